"""What words are about: „Klötze“, „Bremsbeläge“ and „Scheiben“ are parts of a brake.

The knowledge stands in `concepts.yaml`; words are those of `words.plain`.
"""

from collections.abc import Mapping
from functools import cache, lru_cache
from pathlib import Path

import msgspec
import yaml

from portal.content.folding import folded

FILE = Path(__file__).with_suffix(".yaml")
SHORTEST = 2
THINGS = frozenset(
    """
    tyre oil brake brake_fluid steering battery traction aircon glass belt wiper alignment hu
    inspection engine_lamp coolant fuel
    """.split()  # noqa: SIM905  # a table of words, not a list of calls
)
"""Concepts that are parts of a car, or work of its own: an answer about one fits no other."""
Places = Mapping[str, tuple[int, ...]]
"""Where in a message each concept stands."""


class _Lexicon(msgspec.Struct):
    """Concepts by whole words, by beginnings and by ends of words."""

    whole: dict[str, frozenset[str]] = {}
    begins: dict[str, frozenset[str]] = {}
    ends: dict[str, frozenset[str]] = {}


def concepts_in(words: str) -> dict[str, list[int]]:
    """Each concept that `words` (from `words.plain`) speak of, with the places of its words.

    A word that is no concept stands for itself.
    """
    found: dict[str, list[int]] = {}
    for place, word in enumerate(words.split()):
        found.setdefault(f"={word}", []).append(place)
        for concept in concepts_of(word):
            found.setdefault(concept, []).append(place)
    return found


def things_in(words: str) -> frozenset[str]:
    """The parts of a car that `words` speak of."""
    return frozenset().union(*map(concepts_of, words.split())) & THINGS


@lru_cache(maxsize=8192)
def concepts_of(word: str) -> frozenset[str]:
    """Those of the word itself; otherwise of its longest known beginning and its longest known end,
    so that „Batteriewechsel“ is about both.
    """
    known = _lexicon()
    if word in known.whole:
        return known.whole[word]
    begin = next(
        (
            known.begins[word[:n]]
            for n in range(len(word), SHORTEST - 1, -1)
            if word[:n] in known.begins
        ),
        frozenset(),
    )
    end = next(
        (known.ends[word[n:]] for n in range(1, len(word)) if word[n:] in known.ends), frozenset()
    )
    return begin | end


def names() -> frozenset[str]:
    return frozenset(_table())


@cache
def _table() -> dict[str, str]:
    return dict(yaml.safe_load(FILE.read_text(encoding="utf-8")))


@cache
def _lexicon() -> _Lexicon:
    made = _Lexicon({}, {}, {})
    for concept, listed in _table().items():
        for said in listed.split(","):
            word = folded(said.strip())
            kind = (
                made.begins
                if word.endswith("*")
                else made.ends
                if word.startswith("*")
                else made.whole
            )
            bare = word.strip("*")
            kind[bare] = kind.get(bare, frozenset()) | {concept}
    # A whole word is also a beginning that fits: it keeps what that would tell.
    for word, told in list(made.whole.items()):
        for n in range(len(word), SHORTEST - 1, -1):
            if word[:n] in made.begins:
                made.whole[word] = told | made.begins[word[:n]]
                break
    return made
