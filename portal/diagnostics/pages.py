"""What the page of a scan shows, put together from its rows in the reader's language."""

from typing import Any

from portal.diagnostics import findings, scans, shown_findings, shown_readings, summaries
from portal.diagnostics.models import Scan, ScanState
from portal.diagnostics.obd.not_a_recording import NotARecording
from portal.diagnostics.shown_codes import ShownCode, loose_frames, shown_codes, shown_faults
from portal.diagnostics.signal_texts import format_text, signal_text, unit_text
from portal.kit.db import Db
from portal.kit.text import _
from portal.vehicles import vehicles

__all__ = ["ShownCode", "about", "refusal_of", "shown_codes"]


async def about(db: Db, scan: Scan) -> dict[str, Any]:
    """Everything that the page of a scan that was read shows."""
    signals = await scans.signals_of(db, scan)
    vehicle = (await vehicles.get(db, scan.vehicle_id)).vehicle if scan.vehicle_id else None
    make = vehicle.make if vehicle else None
    faults = shown_faults(scan, await scans.codes_of(db, [scan.id]), make)
    found = shown_findings.shown_findings(
        await findings.of_scan(db, scan.id), [signal.key for signal in signals]
    )
    return {
        "scan": scan,
        "vehicle": vehicle,
        "faults": faults,
        "found": [one for one in found if one.is_found],
        "fine": [one for one in found if one.state == "ok"],
        "unknown": [one for one in found if one.state in {"not_assessable", "pid_missing"}],
        "summary": summaries.summarize(
            faults, found, codes_read=scan.report.get("codes_read", "none")
        ),
        "frames": loose_frames(scan, faults),
        "readiness": shown_readings.shown_readiness(scan),
        "results": shown_readings.shown_results(scan),
        "units": shown_readings.shown_units(scan),
        "unread": shown_readings.unread(scan),
        "refusals": shown_readings.shown_refusals(scan),
        "quarantine": shown_readings.shown_quarantine(scan),
        "refusal": refusal_of(scan),
        "signals": sorted(map(_measured, signals), key=lambda one: one["label"].lower()),
        "format_name": format_text(scan.format),
    }


def refusal_of(scan: Scan) -> str:
    """Why the file was refused, in words that say what to do."""
    if scan.state == ScanState.FAILED:
        return _("The diagnosis failed. The file has been kept and we have been told.")
    code, _line, detail = (scan.problem or "").partition("\n")
    return str(NotARecording(code, detail)) if code else ""


def _measured(signal: Any) -> dict[str, Any]:
    return {
        **signal.facts,
        "label": signal_text(signal.key, signal.facts["source_name"]),
        "shown_unit": unit_text(signal.facts["unit"]),
    }
