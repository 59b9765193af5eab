"""Comparisons: one scan against another of the same car, from what is stored about both."""

from collections.abc import Sequence

import msgspec

from portal.diagnostics import findings, scans, visits
from portal.diagnostics.models import Scan, ScanCode, ScanFinding, ScanSignal
from portal.diagnostics.obd.recording import Readiness, WarningLamp
from portal.diagnostics.rules.comparison import Comparison, Figures, Snapshot, compare
from portal.diagnostics.rules.emission_test import EmissionStatus, Forecast, forecast
from portal.kit.db import Db


async def of(db: Db, before: Scan, after: Scan) -> Comparison:
    """Codes gone, new, still there; readiness; findings that changed; key signals. 4 statements."""
    codes = await scans.codes_of(db, [before.id, after.id])
    found = await findings.of_scans(db, [before.id, after.id])
    sides = [
        snapshot(
            scan,
            [code for code in codes if code.scan_id == scan.id],
            found.get(scan.id, []),
            await scans.signals_of(db, scan),
        )
        for scan in (before, after)
    ]
    return compare(sides[0], sides[1])


def snapshot(
    scan: Scan,
    codes: Sequence[ScanCode],
    found: Sequence[ScanFinding],
    signals: Sequence[ScanSignal],
) -> Snapshot:
    states: dict[tuple[str, str], set[str]] = {}
    for code in codes:
        states.setdefault((code.code, code.ecu), set()).add(code.status)
    return Snapshot(
        at=visits.happened_at(scan),
        odometer_km=scan.report.get("odometer_km") or scan.stated_odometer_km,
        codes={place: frozenset(told) for place, told in states.items()},
        codes_complete=scan.codes_were_read,
        readiness=_readiness(scan),
        findings={one.rule: one.state for one in found},
        signals={one.key: _figures(one) for one in signals},
        read=visits.read_completely(scan),
    )


def emission_forecast(
    scan: Scan, codes: Sequence[ScanCode], signals: Sequence[ScanSignal]
) -> Forecast:
    """Whether the OBD part of the AU would pass, from rows that a page has loaded anyway.

    Its words: `rules.emission_test.title_of`, `reason_text`, and always `caution` below.
    """
    last = {one.key: one.facts.get("last") for one in signals}
    return forecast(
        EmissionStatus(
            readiness=_readiness(scan),
            lamps=_lamps(scan),
            stored_codes=[code.code for code in codes if _counts_for_emission_test(code)],
            codes_complete=scan.codes_were_read,
            silent=_silent(scan),
            kilometres_since_cleared=last.get("distance_since_cleared"),
            warm_ups_since_cleared=last.get("warm_ups_since_cleared"),
        )
    )


def _counts_for_emission_test(code: ScanCode) -> bool:
    """Powertrain and network: a fault of the central locking fails no emission test."""
    return code.status in {"stored", "permanent"} and code.code[:1] in {"P", "U"}


def _silent(scan: Scan) -> list[str]:
    """Control units that did not tell their status (service 01)."""
    read = scan.report.get("services_read", [])
    return [ecu for one in read if one["service"] == "01" for ecu in one["silent"]]


def _lamps(scan: Scan) -> list[WarningLamp]:
    return [msgspec.convert(one, WarningLamp) for one in scan.report.get("warning_lamps", [])]


def _readiness(scan: Scan) -> list[Readiness]:
    return [msgspec.convert(one, Readiness) for one in scan.report.get("readiness", [])]


def _figures(signal: ScanSignal) -> Figures:
    facts = signal.facts
    return Figures(facts["unit"], facts["min"], facts["mean"], facts["max"])
