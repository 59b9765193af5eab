"""The page that sets two scans of one vehicle side by side."""

from typing import Any
from uuid import UUID

from litestar import Request, Response, Router, get
from litestar.di import Provide
from litestar.params import FromPath, FromQuery

from portal.diagnostics import comparisons, findings, scans, visits
from portal.diagnostics.models import Scan, ScanState
from portal.diagnostics.shown_comparisons import shown_comparison
from portal.kit import text
from portal.kit.db import Db
from portal.kit.errors import N_, Invalid
from portal.kit.pages import page
from portal.tenants.boundary import DoorDb, staff_db
from portal.tenants.permissions import Permission, needs
from portal.vehicles import vehicles


class NotTheSameVehicle(Invalid):
    code = "NOT_THE_SAME_VEHICLE"
    title = N_("Only scans of one vehicle can be compared.")


@get("/diagnostics/{scan_id:uuid}/comparison", opt=needs(Permission.SCANS_READ))
async def show(
    request: Request[Any, Any, Any],
    db: DoorDb,
    scan_id: FromPath[UUID],
    earlier: FromQuery[str] = "",
) -> Response[str]:
    """`earlier` names the other scan; without it the one before."""
    scan = await scans.get(db, scan_id)
    vehicle = (await vehicles.get(db, scan.vehicle_id)).vehicle if scan.vehicle_id else None
    others = await _others(db, scan)
    before = _chosen(others, earlier, scan)
    shown = None
    if before is not None and vehicle is not None:
        said = await comparisons.of(db, before, scan)
        shown = shown_comparison(
            said,
            await findings.of_scan(db, scan.id),
            vehicle.make,
            scans=[before, scan],
            codes_complete=before.codes_were_read and scan.codes_were_read,
        )
    return page(
        request,
        "diagnostics/comparison.html",
        scan=scan,
        vehicle=vehicle,
        before=before,
        choices=[(one.id, _label(one)) for one in others],
        shown=shown,
        happened_at=visits.happened_at,
    )


async def _others(db: Db, scan: Scan) -> list[Scan]:
    """Other scans of the vehicle that were read, the newest first."""
    if scan.vehicle_id is None or scan.state != ScanState.READ:
        return []
    found = await scans.of_vehicle(db, scan.vehicle_id)
    read = [one for one in found if one.state == ScanState.READ and one.id != scan.id]
    return sorted(read, key=visits.happened_at, reverse=True)


def _chosen(others: list[Scan], earlier: str, scan: Scan) -> Scan | None:
    """The named one, or the last before this scan. Raises `NotTheSameVehicle`."""
    if earlier:
        named = next((one for one in others if str(one.id) == earlier), None)
        if named is None:
            raise NotTheSameVehicle
        return named
    now = visits.happened_at(scan)
    return next((one for one in others if visits.happened_at(one) < now), None)


def _label(scan: Scan) -> str:
    return f"{text.moment(visits.happened_at(scan))} · {scan.file_name}"


ROUTERS = [Router("/w/{slug:str}", dependencies={"db": Provide(staff_db)}, route_handlers=[show])]
