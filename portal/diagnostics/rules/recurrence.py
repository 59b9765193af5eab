"""Codes over all visits of one car: „war weg, ist wieder da“."""

from collections.abc import Sequence
from typing import Literal, NamedTuple

from portal.diagnostics.obd.recording import UNKNOWN_ECU
from portal.diagnostics.rules.case import Visit

Sight = Literal["present", "absent", "unknown"]


class CodeHistory(NamedTuple):
    """`sights`: one for each visit, oldest first. `returns`: how often the code came back after a
    visit at which its control unit had told all its codes and it was not among them.
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
    found = [_history(code, visits) for code in codes]
    return sorted(found, key=lambda one: (not one.is_back, not one.is_there))


def was_read(homes: frozenset[str], *, read: frozenset[str], complete: bool) -> bool:
    """Whether a code of these control units would have been seen: only if each of them told all
    of its codes. Where no control unit is named, only a complete reading proves anything.
    """
    named = homes - {UNKNOWN_ECU}
    return named <= read and (complete or (bool(named) and named == homes))


def _history(code: str, visits: Sequence[Visit]) -> CodeHistory:
    sights = _sights(code, visits)
    told = [sight for sight in sights if sight != "unknown"]
    seen, returns = False, 0
    for before, now in zip(["absent", *told], told, strict=False):
        returns += seen and before == "absent" and now == "present"
        seen = seen or now == "present"
    return CodeHistory(code, sights, returns)


def _sights(code: str, visits: Sequence[Visit]) -> list[Sight]:
    """It is gone where it was told before; before the first time, where it will ever be told."""
    ever = frozenset(ecu for visit in visits for ecu in visit.shown_by.get(code, ()))
    homes: frozenset[str] = frozenset()
    sights: list[Sight] = []
    for visit in visits:
        if code in visit.codes:
            homes |= visit.shown_by.get(code, frozenset())
            sights.append("present")
        elif was_read(homes or ever, read=visit.read, complete=visit.codes_complete):
            sights.append("absent")
        else:
            sights.append("unknown")
    return sights
