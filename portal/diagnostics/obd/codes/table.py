"""All codes that ISO/SAE controls, as component × failure: numbers are facts, words are ours.

Numbers and meanings follow SAE J2012/ISO 15031-6 as public lists repeat them; no wording is taken
over. One line per run of consecutive codes: first code, component, one failure per code. A
component may carry its place: `o2:1,2` is the oxygen sensor of bank 1, sensor 2. `RESERVED 3` are
three codes that the lists name without a meaning; after `*` one failure is shared by the
components that follow.
"""

from typing import NamedTuple

from portal.diagnostics.obd.codes import (
    air_and_fuel,
    body,
    chassis,
    exhaust_treatment,
    gearbox,
    hybrid,
    ignition_and_exhaust,
    later_editions,
    network,
    per_cylinder,
    speed_and_units,
    throttle_and_outputs,
)
from portal.diagnostics.obd.codes.failures import FAILURES, PATTERNS
from portal.diagnostics.obd.codes.words import Language, Texts, read_words

AREAS = (
    *(air_and_fuel, ignition_and_exhaust, speed_and_units, gearbox, hybrid, exhaust_treatment),
    *(throttle_and_outputs, chassis, body, network),
)
_RESERVED: Texts = {
    "de": "Reserviert: in öffentlichen Listen ohne Bedeutung",
    "en": "Reserved: without a meaning in public lists",
}


class Entry(NamedTuple):
    """`place` fills the blanks of the component's name; a reserved code has no component."""

    component: str
    place: tuple[str, ...]
    failure: str

    @property
    def is_reserved(self) -> bool:
        return not self.component

    def text(self, language: Language) -> str:
        """„Gemisch Bank 1: zu mager“"""
        if self.is_reserved:
            return _RESERVED[language]
        component = WORDS[self.component][language].format(*self.place)
        return f"{component}: {FAILURES[self.failure][language]}"


def _expand(run: str) -> dict[str, Entry]:
    first, what, *rest = run.split()
    if what == "RESERVED":
        entries = [Entry("", (), "")] * int(rest[0])
    elif what == "*":
        entries = [_entry(component, rest[0]) for component in rest[1:]]
    else:
        failures = " ".join(PATTERNS.get(word, word) for word in rest).split()
        entries = [_entry(what, failure) for failure in failures]
    start = int(first[1:], 16)
    return {f"{first[0]}{_following(start, at):04X}": entry for at, entry in enumerate(entries)}


def _entry(named: str, failure: str) -> Entry:
    component, _, place = named.partition(":")
    parts = place.replace("_", " ").split(",") if place else ()
    return Entry(component, tuple(parts), failure)


def _following(start: int, steps: int) -> int:
    """Codes count in decimal where they can (P0109, then P0110), else in hexadecimal."""
    if f"{start:X}".isdecimal():
        return int(str(int(f"{start:X}") + steps), 16)
    return start + steps


def _all(*runs: str) -> dict[str, Entry]:
    lines = "".join(runs).split("\n")
    return {code: entry for run in lines if run for code, entry in _expand(run).items()}


WORDS: dict[str, Texts] = {
    key: texts
    for area in (*AREAS, per_cylinder, later_editions)
    for key, texts in read_words(area.WORDS).items()
}
LISTED: dict[str, Entry] = _all(*(area.RUNS for area in AREAS), "\n".join(per_cylinder.runs()))
LATER: dict[str, Entry] = _all(later_editions.RUNS)
TABLE: dict[str, Entry] = LISTED | LATER
