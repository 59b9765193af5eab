"""Two scans of one car side by side: what went, what came, what stayed."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Literal, NamedTuple

from portal.diagnostics.obd.recording import Readiness
from portal.diagnostics.rules.readiness import incomplete_monitors
from portal.diagnostics.rules.recurrence import was_read
from portal.diagnostics.rules.verdicts import STATES, State

Change = Literal["gone", "new", "still", "unknown"]
Direction = Literal["better", "worse", "unknown"]
_JUDGED: frozenset[State] = frozenset({"ok", "borderline", "abnormal"})

KEY_SIGNALS = (
    "short_term_fuel_trim_bank_1",
    "long_term_fuel_trim_bank_1",
    "short_term_fuel_trim_bank_2",
    "long_term_fuel_trim_bank_2",
    "coolant_temperature",
    "control_module_voltage",
    "intake_manifold_pressure",
    "mass_air_flow",
    "engine_load",
    "engine_rpm",
    "fuel_rail_pressure",
    "egr_error",
    "particulate_filter_pressure_bank_1",
)
"""Signals whose level a repair changes, in the order in which they are shown."""


class Figures(NamedTuple):
    """Of one signal over a whole recording, in its unit."""

    unit: str
    low: float
    mean: float
    high: float


class Snapshot(NamedTuple):
    """One scan, as far as it can be compared. `codes`: (code, control unit) → states.

    `read`: the control units that told all their stored codes.
    """

    at: datetime
    odometer_km: float | None
    codes: Mapping[tuple[str, str], frozenset[str]]
    codes_complete: bool
    readiness: Sequence[Readiness]
    findings: Mapping[str, State]
    signals: Mapping[str, Figures]
    read: frozenset[str] = frozenset()


class CodeChange(NamedTuple):
    """`unknown`: not seen on one side, where its control unit did not tell all its codes."""

    code: str
    ecu: str
    change: Change
    before: frozenset[str]
    after: frozenset[str]


class MonitorChange(NamedTuple):
    """None where the monitor was not read."""

    monitor: str
    before: bool | None
    after: bool | None


class FindingChange(NamedTuple):
    """`unknown` where one of the two could not be judged."""

    rule: str
    before: State
    after: State
    direction: Direction


class SignalChange(NamedTuple):
    key: str
    before: Figures
    after: Figures


class Comparison(NamedTuple):
    """Codes: new ones first, then what stayed, then what went. Findings: only those that differ."""

    codes: Sequence[CodeChange]
    monitors: Sequence[MonitorChange]
    findings: Sequence[FindingChange]
    signals: Sequence[SignalChange]
    kilometres: float | None

    def codes_that_are(self, change: Change) -> list[CodeChange]:
        return [one for one in self.codes if one.change == change]


def compare(before: Snapshot, after: Snapshot) -> Comparison:
    """A code is gone or new only if the other side read its control unit completely."""
    known = before.odometer_km is not None and after.odometer_km is not None
    return Comparison(
        codes=_codes(before, after),
        monitors=_monitors(before, after),
        findings=_findings(before, after),
        signals=[
            SignalChange(key, before.signals[key], after.signals[key])
            for key in KEY_SIGNALS
            if key in before.signals and key in after.signals
        ],
        kilometres=(after.odometer_km or 0) - (before.odometer_km or 0) if known else None,
    )


def _codes(before: Snapshot, after: Snapshot) -> list[CodeChange]:
    found = []
    for place in sorted({*before.codes, *after.codes}):
        was, now = before.codes.get(place, frozenset()), after.codes.get(place, frozenset())
        lacking = before if not was else after
        change: Change = "still" if was and now else "new" if now else "gone"
        ecu = frozenset({place[1]})
        if change != "still" and not was_read(
            ecu, read=lacking.read, complete=lacking.codes_complete
        ):
            change = "unknown"
        found.append(CodeChange(*place, change, was, now))
    order: list[Change] = ["new", "still", "unknown", "gone"]
    return sorted(found, key=lambda one: order.index(one.change))


def _monitors(before: Snapshot, after: Snapshot) -> list[MonitorChange]:
    sides = [_completeness(one.readiness) for one in (before, after)]
    names = list(dict.fromkeys(name for side in sides for name in side))
    return [MonitorChange(name, sides[0].get(name), sides[1].get(name)) for name in names]


def _completeness(readiness: Sequence[Readiness]) -> dict[str, bool]:
    waiting = set(incomplete_monitors(readiness))
    return {one.monitor: one.monitor not in waiting for one in readiness if one.supported}


def _findings(before: Snapshot, after: Snapshot) -> list[FindingChange]:
    rules = [rule for rule in after.findings if rule in before.findings]
    both = [(rule, before.findings[rule], after.findings[rule]) for rule in rules]
    changed = [
        FindingChange(rule, was, now, _direction(was, now))
        for rule, was, now in both
        if was != now and (was in _JUDGED or now in _JUDGED)
    ]
    return sorted(changed, key=lambda one: STATES.index(one.after))


def _direction(was: State, now: State) -> Direction:
    if was not in _JUDGED or now not in _JUDGED:
        return "unknown"
    return "better" if STATES.index(now) > STATES.index(was) else "worse"
