"""Findings: what the rules say about a scan, kept beside it."""

from collections.abc import Sequence
from uuid import UUID

from sqlalchemy import delete, select

from portal.diagnostics import scans, visits
from portal.diagnostics.models import Scan, ScanFinding
from portal.diagnostics.obd.recording import Recording
from portal.diagnostics.rules.case import Background
from portal.diagnostics.rules.sentences import evidence_json
from portal.diagnostics.rules.verdicts import STATES, Verdict
from portal.kit.db import Db
from portal.vehicles import vehicles
from portal.vehicles.models import Vehicle


async def of_scan(db: Db, scan_id: UUID) -> list[ScanFinding]:
    """Worst first, the surest first among equals; what could not be judged comes last.

    Each has `rule`, `number`, `state`, `confidence`, `evidence` and, in the reader's language,
    `title`, `text`, `next_step`. Empty for a scan that was read before there were rules.
    """
    return ranked((await of_scans(db, [scan_id])).get(scan_id, []))


async def of_scans(db: Db, scan_ids: Sequence[UUID]) -> dict[UUID, list[ScanFinding]]:
    """By scan, for lists and comparisons in one statement; ordered as `of_scan`."""
    if not scan_ids:
        return {}
    found: dict[UUID, list[ScanFinding]] = {}
    for one in await db.scalars(select(ScanFinding).where(ScanFinding.scan_id.in_(scan_ids))):
        found.setdefault(one.scan_id, []).append(one)
    return {scan_id: ranked(rows) for scan_id, rows in found.items()}


def ranked(findings: Sequence[ScanFinding]) -> list[ScanFinding]:
    return sorted(findings, key=lambda one: (STATES.index(one.state), -one.confidence, one.number))


async def background_of(db: Db, scan: Scan, recording: Recording) -> Background:
    """What the workshop knows about the car: earlier visits, displacement, first registration."""
    vin = recording.vin or scan.stated_vin or ""
    vehicle = (
        await db.scalar(select(Vehicle).where(Vehicle.id == scan.vehicle_id))
        if scan.vehicle_id
        else await vehicles.find_by_vin(db, vin)
    )
    if vehicle is None:
        return Background(odometer_km=scan.stated_odometer_km)
    moment = scans.in_time(recording.started_at) or scan.uploaded_at
    return Background(
        visits=await visits.of_vehicle(db, vehicle.id, before=moment),
        displacement_l=vehicle.displacement_ccm / 1000 if vehicle.displacement_ccm else None,
        first_registration=vehicle.first_registration,
        odometer_km=scan.stated_odometer_km,
    )


async def record(db: Db, scan: Scan, verdicts: Sequence[Verdict]) -> None:
    """Judging again replaces what older rules had said."""
    await db.execute(delete(ScanFinding).where(ScanFinding.scan_id == scan.id))
    db.add_all(
        ScanFinding(
            scan_id=scan.id,
            number=verdict.number,
            rule=verdict.rule,
            state=verdict.state,
            confidence=verdict.confidence,
            evidence=evidence_json(verdict.evidence),
        )
        for verdict in verdicts
    )
    await db.flush()
