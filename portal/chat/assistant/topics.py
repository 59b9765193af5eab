"""What a message is about, whatever the order of its words: rows of concepts, and what follows.

„Kann ich die Karre abends hinstellen“ and „Abgabe auch nach Feierabend?“ both speak of handing in
and of a late hour; that asks for the key box. The rows stand in `topics.yaml`.
"""

import re
from collections.abc import Iterator
from functools import cache
from pathlib import Path

import msgspec
import yaml

from portal.chat.assistant import concepts
from portal.content.folding import folded

FILE = Path(__file__).with_suffix(".yaml")
_JOINED = re.compile(r" e (auto|wagen|fahrzeug|golf|up|bike|roller|rechnung)")
"""„E-Auto“ is one word, and neither the E-Rechnung nor the E-Bike are one of those."""
EXPLAINS_NOTHING = frozenset({"repair", "other_trade"})
"""What is broken or sold elsewhere may still be what a frequent question is about."""
SPAN = 10
"""Words between the first and the last of a row, at most."""


class Topics(msgspec.Struct, frozen=True):
    """`asks` finds answers among frequent questions, `names` services, `wants` are values of
    `Intent`, `danger` of `Danger`; `words` are those that showed it.
    """

    asks: tuple[str, ...] = ()
    names: tuple[str, ...] = ()
    wants: tuple[str, ...] = ()
    danger: tuple[str, ...] = ()
    words: frozenset[str] = frozenset()


class Row(msgspec.Struct, frozen=True):
    """`kind` is a field of `Topics`; `holds` are concepts, each time one of several, or `=word`;
    with one of `lacks` in the message the row says nothing.
    """

    kind: str
    means: str
    holds: tuple[tuple[str, ...], ...]
    lacks: tuple[str, ...]


def topics_in(words: str) -> Topics:
    """Everything that `words` (from `words.plain`) are about."""
    words = _JOINED.sub(r" e\1", words)
    found = concepts.concepts_in(words)
    said = words.split()
    told: dict[str, dict[str, None]] = {"asks": {}, "names": {}, "wants": {}, "danger": {}}
    shown: set[str] = set()
    by_first = _rows()
    for concept in found:
        for row in by_first.get(concept, ()):
            places = _places(row, found)
            if places is not None:
                told[row.kind][row.means] = None
                if row.means not in EXPLAINS_NOTHING:
                    shown.update(said[place] for place in places)
    return Topics(
        asks=tuple(told["asks"]),
        names=tuple(told["names"]),
        wants=tuple(told["wants"]),
        danger=tuple(told["danger"]),
        words=frozenset(shown),
    )


def _places(row: Row, found: dict[str, list[int]]) -> tuple[int, ...] | None:
    """Where the row's concepts stand, each at a word of its own or in one compound."""
    if any(concept in found for concept in row.lacks):
        return None
    standing = []
    for one_of in row.holds:
        places = [place for concept in one_of for place in found.get(concept, ())]
        if not places:
            return None
        standing.append(places)
    for first in standing[0]:
        near = [min(places, key=lambda place: abs(place - first)) for places in standing]
        if max(near) - min(near) <= SPAN:
            return tuple(near)
    return None


@cache
def _rows() -> dict[str, tuple[Row, ...]]:
    """Rows by each of the concepts that may come first in them."""
    made: dict[str, list[Row]] = {}
    for row in every_row():
        for concept in row.holds[0]:
            made.setdefault(concept, []).append(row)
    return {concept: tuple(rows) for concept, rows in made.items()}


def every_row() -> Iterator[Row]:
    for kind, meanings in yaml.safe_load(FILE.read_text(encoding="utf-8")).items():
        for means, rows in meanings.items():
            for row in rows:
                parts = str(row).split()
                holds = tuple(_one_of(part) for part in parts if not part.startswith("-"))
                lacks = tuple(
                    one for part in parts if part.startswith("-") for one in _one_of(part[1:])
                )
                yield Row(kind, folded(means), holds, lacks)


def _one_of(part: str) -> tuple[str, ...]:
    known = concepts.names()
    return tuple(one if one in known else f"={folded(one)}" for one in part.split("|"))
