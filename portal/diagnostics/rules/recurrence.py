"""Codes over all visits of one car: „war weg, ist wieder da“."""

from collections.abc import Sequence
from typing import Literal, NamedTuple

from portal.diagnostics.rules.case import Visit

Sight = Literal["present", "absent", "unknown"]


class CodeHistory(NamedTuple):
    """`sights`: one for each visit, oldest first. `returns`: how often the code came back after a
    visit at which all codes had been read and it was not among them.
    """

    code: str
    sights: Sequence[Sight]
    returns: int

    @property
    def is_there(self) -> bool:
        """At the latest visit."""
        return self.sights[-1] == "present"

    @property
    def is_recurring(self) -> bool:
        return self.returns > 0

    @property
    def is_back(self) -> bool:
        """War weg, ist wieder da."""
        return self.is_recurring and self.is_there

    @property
    def first(self) -> int:
        """Index of the visit at which it was first seen."""
        return self.sights.index("present")

    @property
    def last(self) -> int:
        """Index of the visit at which it was last seen."""
        return len(self.sights) - 1 - list(self.sights)[::-1].index("present")


def histories(visits: Sequence[Visit]) -> list[CodeHistory]:
    """Of every code ever seen: those that are back first, then those that are there, by code."""
    codes = sorted({code for visit in visits for code in visit.codes})
    found = [_history(code, visits, _homes(code, visits)) for code in codes]
    return sorted(found, key=lambda one: (not one.is_back, not one.is_there))


def _homes(code: str, visits: Sequence[Visit]) -> frozenset[str]:
    """The control units that ever told a code."""
    return frozenset(ecu for visit in visits for ecu in visit.shown_by.get(code, ()))


def _history(code: str, visits: Sequence[Visit], homes: frozenset[str]) -> CodeHistory:
    sights = [_sight(code, visit, homes) for visit in visits]
    told = [sight for sight in sights if sight != "unknown"]
    seen, returns = False, 0
    for before, now in zip(["absent", *told], told, strict=False):
        returns += seen and before == "absent" and now == "present"
        seen = seen or now == "present"
    return CodeHistory(code, sights, returns)


def _sight(code: str, visit: Visit, homes: frozenset[str]) -> Sight:
    if code in visit.codes:
        return "present"
    was_read = visit.codes_complete or (bool(homes) and homes <= visit.read)
    return "absent" if was_read else "unknown"
