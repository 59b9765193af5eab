"""Readiness, freeze frames, monitor results, identities and what was left out: named, grouped."""

from collections.abc import Sequence
from typing import Any

import msgspec

from portal.diagnostics.answer_texts import (
    ecu_text,
    module_state_text,
    refusal_text,
    service_text,
)
from portal.diagnostics.models import Scan
from portal.diagnostics.obd.signals import KNOWN
from portal.diagnostics.obd.words import monitor_text, reason_text
from portal.diagnostics.result_texts import result_text
from portal.diagnostics.signal_texts import signal_text, unit_text
from portal.kit import text
from portal.kit.text import _, ngettext

_CODE_SERVICES = frozenset({"03", "07", "0A", "19"})


class ShownFrame(msgspec.Struct, frozen=True):
    ecu: str
    frame: int
    code: str | None
    values: list[tuple[str, str]]


class ShownMonitor(msgspec.Struct, frozen=True):
    """`marks`: for each ECU of the table True (complete), False or None (does not have it)."""

    name: str
    marks: list[bool | None]

    @property
    def complete(self) -> bool:
        return False not in self.marks


class ShownReadiness(msgspec.Struct, frozen=True):
    ecus: list[str]
    monitors: list[ShownMonitor]

    @property
    def waiting(self) -> list[str]:
        return [monitor.name for monitor in self.monitors if not monitor.complete]


class ShownResult(msgspec.Struct, frozen=True):
    """A test of service 06; `place` is where between its limits the value lies, 0 to 100."""

    name: str
    number: str
    ecu: str
    value: str
    limits: str
    place: float
    passed: bool


class ShownUnit(msgspec.Struct, frozen=True):
    """A control unit and what it says of itself."""

    name: str
    facts: list[tuple[str, str]]
    state: str = ""


class Unread(msgspec.Struct, frozen=True):
    """Something that nobody may conclude from, and how grave that is."""

    text: str
    tone: str = "warning"


def shown_readiness(scan: Scan) -> ShownReadiness:
    """A monitor is complete only when every ECU that has it says so."""
    entries = [one for one in scan.report.get("readiness", []) if one["supported"]]
    ecus = list(dict.fromkeys(one["ecu"] for one in entries))
    said = {(one["monitor"], one["ecu"]): bool(one["complete"]) for one in entries}
    names = dict.fromkeys(one["monitor"] for one in entries)
    monitors = [
        ShownMonitor(monitor_text(name), [said.get((name, ecu)) for ecu in ecus]) for name in names
    ]
    return ShownReadiness([_unit_name(scan, ecu) for ecu in ecus], monitors)


def shown_frames(scan: Scan) -> list[ShownFrame]:
    return [
        ShownFrame(
            frame["ecu"],
            frame["frame"],
            frame["code"],
            [_frozen(key, value) for key, value in frame["values"].items()],
        )
        for frame in scan.report.get("freeze_frames", [])
    ]


def shown_results(scan: Scan) -> list[ShownResult]:
    """Failed tests first."""
    results = [_result(scan, one) for one in scan.report.get("monitor_results", [])]
    return sorted(results, key=lambda one: (one.passed, one.name))


def shown_units(scan: Scan) -> list[ShownUnit]:
    """ECUs that answered, and the modules that a tester listed."""
    units = [
        ShownUnit(ecu_text(one["ecu"], one.get("name")), _identity(one))
        for one in scan.report.get("ecus", [])
    ]
    return units + [
        ShownUnit(
            f"{one['address']} {one['name']}",
            _module(one),
            module_state_text(one.get("state") or ""),
        )
        for one in scan.report.get("modules", [])
    ]


def shown_refusals(scan: Scan) -> list[tuple[str, str, str]]:
    """(ECU, service, what it answered), each once."""
    rows = [
        (_unit_name(scan, one["ecu"]), service_text(one["service"]), refusal_text(one["code"]))
        for one in scan.report.get("negative_responses", [])
    ]
    return list(dict.fromkeys(rows))


def shown_quarantine(scan: Scan) -> list[tuple[int, str]]:
    return [(row["line"], reason_text(row["reason"])) for row in scan.report.get("quarantined", [])]


def unread(scan: Scan) -> list[Unread]:
    """What this scan cannot say, in sentences; empty only when all that was asked was answered."""
    report = scan.report
    found = [_unread_codes(report), *_silent(scan)]
    if not report.get("readiness"):
        found.append(Unread(_("Readiness was not read."), "neutral"))
    if gaps := report.get("gaps"):
        seconds = sum(gap["to_s"] - gap["from_s"] for gap in gaps)
        sentence = ngettext(
            "The connection broke off once, %(seconds)s s are missing.",
            "The connection broke off %(num)s times, %(seconds)s s are missing.",
            len(gaps),
            num=text.number(len(gaps)),
            seconds=text.number(seconds),
        )
        found.append(Unread(sentence))
    if rows := report.get("quarantined_count") or len(report.get("quarantined", [])):
        sentence = ngettext(
            "%(num)s row did not fit and was not judged.",
            "%(num)s rows did not fit and were not judged.",
            rows,
            num=text.number(rows),
        )
        found.append(Unread(sentence, "neutral"))
    return [one for one in found if one is not None]


def _unread_codes(report: dict[str, Any]) -> Unread | None:
    if report.get("codes_read") == "complete":
        return None
    if report.get("codes_read") == "partial":
        return Unread(
            _("Trouble codes were not read from every control unit: there may be more."), "danger"
        )
    return Unread(_("Trouble codes were not read: nobody knows whether there are any."))


def _silent(scan: Scan) -> list[Unread]:
    """Each service once, with the ECUs that did not answer it; codes weigh more than the rest."""
    rows = scan.report.get("services_read", [])
    return [
        Unread(
            _(
                "%(service)s: no complete answer from %(ecus)s.",
                service=service_text(row["service"]),
                ecus=", ".join(_unit_name(scan, ecu) for ecu in row["silent"]),
            ),
            "warning" if row["service"] in _CODE_SERVICES else "neutral",
        )
        for row in rows
        if row["silent"] and row["asked"]
    ]


def unit_names(scan: Scan) -> dict[str, str | None]:
    """What each control unit calls itself, or what the tester's list calls it."""
    listed = {one["address"]: one["name"] for one in scan.report.get("modules", [])}
    return listed | {one["ecu"]: one.get("name") for one in scan.report.get("ecus", [])}


def _unit_name(scan: Scan, ecu: str) -> str:
    return ecu_text(ecu, unit_names(scan).get(ecu))


def _frozen(key: str, value: float) -> tuple[str, str]:
    """A frozen value with its unit, in as many digits as anybody reads."""
    known = KNOWN.get(key)
    unit = unit_text(known.unit) if known else ""
    return signal_text(key), f"{text.number(value, digits_of(value))} {unit}".rstrip()


def _result(scan: Scan, one: dict[str, Any]) -> ShownResult:
    low, high, value = one["min"], one["max"], one["value"]
    width = high - low
    place = (value - low) / width * 100 if width > 0 else 50.0
    digits = max(digits_of(number) for number in (low, high, value))
    return ShownResult(
        name=result_text(one["key"], one["test"]),
        number=f"${one['monitor']} / ${one['test']}",
        ecu=_unit_name(scan, one["ecu"]),
        value=f"{text.number(value, digits)} {one['unit']}".rstrip(),
        limits=f"{text.number(low, digits)} … {text.number(high, digits)}",
        place=min(100.0, max(0.0, place)),
        passed=one["passed"],
    )


def _identity(one: dict[str, Any]) -> list[tuple[str, str]]:
    pairs: list[tuple[str, Sequence[str]]] = [
        (_("VIN"), [one.get("vin") or ""]),
        (_("Calibration (CALID)"), one.get("calibration_ids", [])),
        (_("Check number (CVN)"), one.get("calibration_checks", [])),
    ]
    return [(term, ", ".join(values)) for term, values in pairs if any(values)]


def _module(one: dict[str, Any]) -> list[tuple[str, str]]:
    faults = one.get("faults")
    pairs = [
        (_("State"), module_state_text(one.get("state") or "")),
        (_("Trouble codes"), _("not read") if faults is None else text.number(faults)),
        (_("Part number"), one.get("part_number") or ""),
        (_("Component"), one.get("component") or ""),
        (_("Coding"), one.get("coding") or ""),
    ]
    return [(term, value) for term, value in pairs if value]


def digits_of(value: float) -> int:
    """As many as anybody reads: 85 °C, 12,68 V, 2.294,5 1/min."""
    return 0 if value == round(value) else 1 if abs(value) >= 10 else 2
