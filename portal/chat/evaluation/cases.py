"""Test conversations: what customers write, and what the last answer must and must not hold."""

from collections.abc import Sequence
from functools import cache
from pathlib import Path
from typing import Any

import msgspec
import yaml

FOLDER = Path(__file__).parent / "conversations"
KINDS = (
    "facts",
    "booking",
    "safety",
    "off_topic",
    "unknown",
    "verification",
    "customers",
    "guests",
    "visitors",
)


class Case(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """`any`: one of these has to stand in the answer, `all`: each of these, `none`: none of these;
    `shows`: each of these in the answer or on a card.
    `cards` are the kinds that have to be there, `hand_over` the reasons that are right (empty: not
    judged). `verified`: the visitor has proved whose car it is. `locale`: the conversation's.
    """

    kind: str
    say: tuple[str, ...]
    any: tuple[str, ...] = ()
    all: tuple[str, ...] = ()
    none: tuple[str, ...] = ()
    shows: tuple[str, ...] = ()
    cards: tuple[str, ...] = ()
    hand_over: tuple[str, ...] = ()
    verified: bool = False
    locale: str = "de"


@cache
def every_case() -> tuple[Case, ...]:
    return tuple(case for kind in KINDS for case in _read(kind))


def _read(kind: str) -> Sequence[Case]:
    rows = yaml.safe_load((FOLDER / f"{kind}.yaml").read_text(encoding="utf-8"))
    return [msgspec.convert({"kind": kind, **_listed(row)}, Case) for row in rows]


def _listed(row: dict[str, Any]) -> dict[str, Any]:
    said = row["say"]
    return row | {"say": [said] if isinstance(said, str) else said}
