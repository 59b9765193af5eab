"""What the page of a scan shows, put together from its rows in the reader's language."""

from collections.abc import Sequence
from typing import Any, NamedTuple

from portal.diagnostics import (
    comparisons,
    findings,
    scans,
    shown_findings,
    shown_readings,
    summaries,
)
from portal.diagnostics.models import Scan, ScanCode, ScanSignal, ScanState
from portal.diagnostics.obd.not_a_recording import NotARecording
from portal.diagnostics.rules import emission_test
from portal.diagnostics.shown_codes import (
    ShownCode,
    ShownFault,
    loose_frames,
    shown_codes,
    shown_faults,
)
from portal.diagnostics.shown_findings import ShownFinding
from portal.diagnostics.signal_texts import format_text, signal_text, unit_text
from portal.kit.db import Db
from portal.kit.text import _
from portal.vehicles import vehicles, vin
from portal.vehicles.models import Vehicle

__all__ = ["ShownCode", "about", "refusal_of", "shown_codes"]


class Shown(NamedTuple):
    """What a scan says, in the reader's language; the page and the owner's report begin with it."""

    vehicle: Vehicle | None
    faults: list[ShownFault]
    findings: list[ShownFinding]
    unread: list[shown_readings.Unread]
    codes_read: summaries.CodesRead
    signals: Sequence[ScanSignal]
    codes: Sequence[ScanCode]


async def shown(db: Db, scan: Scan, vehicle: Vehicle | None) -> Shown:
    signals = await scans.signals_of(db, scan)
    codes = await scans.codes_of(db, [scan.id])
    judged = await findings.of_scan(db, scan.id)
    return Shown(
        vehicle=vehicle,
        faults=shown_faults(scan, codes, _make(scan, vehicle)),
        findings=shown_findings.shown_findings(judged, [signal.key for signal in signals]),
        unread=shown_readings.unread(scan),
        codes_read=scan.report.get("codes_read", "none"),
        signals=signals,
        codes=codes,
    )


def _make(scan: Scan, vehicle: Vehicle | None) -> str | None:
    """Whose codes these are: of the vehicle in the file, else of whoever built this VIN."""
    if vehicle and vehicle.make:
        return vehicle.make
    number = scan.vin or scan.stated_vin
    return vin.decode(number).brand if number else None


async def about(db: Db, scan: Scan, vehicle: Vehicle | None) -> dict[str, Any]:
    """Everything that the page of a scan that was read shows.

    `namesake`: a vehicle that has this VIN by now, though the scan belongs to none yet.
    """
    said = await shown(db, scan, vehicle)
    found = said.findings
    may_be = None if vehicle or not scan.vin else await vehicles.find_by_vin(db, scan.vin)
    return {
        "scan": scan,
        "namesake": may_be,
        "vehicle": said.vehicle,
        "faults": said.faults,
        "found": [one for one in found if one.is_found],
        "fine": [one for one in found if one.state == "ok"],
        "unknown": [one for one in found if one.state in {"not_assessable", "pid_missing"}],
        "summary": summaries.summarize(said.faults, found, codes_read=said.codes_read),
        "frames": loose_frames(scan, said.faults),
        "readiness": shown_readings.shown_readiness(scan),
        "forecast": shown_forecast(scan, said),
        "results": shown_readings.shown_results(scan),
        "units": shown_readings.shown_units(scan),
        "unread": said.unread,
        "refusals": shown_readings.shown_refusals(scan),
        "quarantine": shown_readings.shown_quarantine(scan),
        "refusal": refusal_of(scan),
        "signals": sorted(map(_measured, said.signals), key=lambda one: one["label"].lower()),
        "format_name": format_text(scan.format),
    }


def shown_forecast(scan: Scan, said: Shown) -> dict[str, Any]:
    """Whether the OBD part of the AU would pass: outlook, title, reasons, caution."""
    told = comparisons.emission_forecast(scan, said.codes, said.signals)
    return {
        "tone": {"ready": "success", "not_ready": "warning", "unknown": "neutral"}[told.outlook],
        "title": emission_test.title_of(told.outlook),
        "reasons": [emission_test.reason_text(reason) for reason in told.reasons],
        "caution": emission_test.caution(),
    }


def refusal_of(scan: Scan) -> str:
    """Why the file was refused, in words that say what to do."""
    if scan.state == ScanState.FAILED:
        return _("The diagnosis failed. The file has been kept and we have been told.")
    code, _line, detail = (scan.problem or "").partition("\n")
    return str(NotARecording(code, detail)) if code else ""


def _measured(signal: Any) -> dict[str, Any]:
    """`digits`: of its lowest, mean and highest value."""
    low, high = signal.facts["min"], signal.facts["max"]
    return {
        **signal.facts,
        "label": signal_text(signal.key, signal.facts["source_name"]),
        "shown_unit": unit_text(signal.facts["unit"]),
        "digits": max(map(shown_readings.digits_of, (low, high))),
    }
