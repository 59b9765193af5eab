"""Visits: the scans of one car over time, as the rules and the timeline want them."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import func, select

from portal.diagnostics.models import Scan, ScanCode, ScanState
from portal.diagnostics.rules.case import Calibration, Visit
from portal.diagnostics.rules.recurrence import CodeHistory, histories
from portal.kit.db import Db

MOST = 100


async def of_vehicle(db: Db, vehicle_id: UUID, *, before: datetime | None = None) -> list[Visit]:
    """Every scan that was read, oldest first; `before` leaves out that moment and later ones."""
    happened = func.coalesce(Scan.started_at, Scan.uploaded_at)
    query = select(Scan).where(Scan.vehicle_id == vehicle_id, Scan.state == ScanState.READ)
    if before is not None:
        query = query.where(happened < before)
    scans = (await db.scalars(query.order_by(happened.desc()).limit(MOST))).all()
    codes = await _codes(db, [scan.id for scan in scans])
    return [of_scan(scan, codes.get(scan.id, {})) for scan in reversed(scans)]


async def code_histories(db: Db, vehicle_id: UUID) -> tuple[list[Visit], list[CodeHistory]]:
    """The visits, and for each code ever seen whether it was there, gone or not read at each.

    Codes that went and came back stand first: `CodeHistory.is_recurring`, `returns`, `sights`.
    """
    visits = await of_vehicle(db, vehicle_id)
    return visits, histories(visits)


def happened_at(scan: Scan) -> datetime:
    return scan.started_at or scan.uploaded_at


def read_completely(scan: Scan) -> frozenset[str]:
    """The control units that told all their stored codes, in the old way or in that of UDS."""
    read = scan.report.get("services_read", [])
    return frozenset(ecu for one in read if one["service"] in {"03", "19"} for ecu in one["ecus"])


def of_scan(scan: Scan, codes: Mapping[str, set[str]]) -> Visit:
    """`codes`: the control units that told each."""
    return Visit(
        at=happened_at(scan),
        codes=frozenset(codes),
        shown_by={code: frozenset(ecus) for code, ecus in codes.items()},
        read=read_completely(scan),
        codes_complete=scan.codes_were_read,
        odometer_km=scan.report.get("odometer_km") or scan.stated_odometer_km,
        calibrations={one["ecu"]: _calibration(one) for one in scan.report.get("ecus", [])},
        scan_id=scan.id,
    )


async def _codes(db: Db, scan_ids: Sequence[UUID]) -> dict[UUID, dict[str, set[str]]]:
    """By scan and code, the control units that told it."""
    if not scan_ids:
        return {}
    found: dict[UUID, dict[str, set[str]]] = {}
    query = select(ScanCode.scan_id, ScanCode.code, ScanCode.ecu)
    for scan_id, code, ecu in await db.execute(query.where(ScanCode.scan_id.in_(scan_ids))):
        found.setdefault(scan_id, {}).setdefault(code, set()).add(ecu)
    return found


def _calibration(told: dict[str, Any]) -> Calibration:
    return tuple(told.get("calibration_ids", [])), tuple(told.get("calibration_checks", []))
