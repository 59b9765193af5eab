"""Pages of the diagnosis: the list of scans, one scan with its plot."""

from typing import Annotated, Any
from urllib.parse import quote
from uuid import UUID

from litestar import Request, Response, Router, get, post
from litestar.di import Provide
from litestar.enums import RequestEncodingType
from litestar.params import Body, FromPath, FromQuery
from litestar.response import Redirect

from portal.diagnostics import (
    findings,
    pages,
    plots,
    scans,
    shown_findings,
    timelines,
    upload_limits,
)
from portal.diagnostics.forms import VehicleForm
from portal.diagnostics.signal_texts import format_text
from portal.kit.errors import Problem
from portal.kit.pages import fragment, page
from portal.tenants.boundary import DoorDb, member_of, parts_of, staff_db
from portal.tenants.permissions import Permission, needs
from portal.vehicles import vehicles

READ = needs(Permission.SCANS_READ)


@get("/diagnostics", opt=READ)
async def index(
    request: Request[Any, Any, Any], db: DoorDb, before: FromQuery[UUID | None] = None
) -> Response[str]:
    found = await scans.recent(db, before=before)
    return page(
        request,
        "diagnostics/scans.html",
        scans=await _rows(db, found),
        next=found[-1].id if len(found) == scans.PAGE else None,
    )


@get("/diagnostics/{scan_id:uuid}", opt=READ)
async def show(
    request: Request[Any, Any, Any], db: DoorDb, scan_id: FromPath[UUID]
) -> Response[str]:
    scan, vehicle = await scans.get_with_vehicle(db, scan_id)
    said = await pages.about(db, scan, vehicle)
    return page(request, "diagnostics/scan.html", problem=None, **said)


@get("/diagnostics/{scan_id:uuid}/plot", opt=READ)
async def plot(db: DoorDb, scan_id: FromPath[UUID]) -> dict[str, Any]:
    """Every signal by name, a few of them with their points."""
    scan = await scans.get(db, scan_id)
    signals = await scans.signals_of(db, scan)
    keys = [signal.key for signal in signals]
    found = shown_findings.shown_findings(await findings.of_scan(db, scan.id), keys)
    codes = [one.code for one in await scans.codes_of(db, [scan.id])]
    first = plots.first_signals(keys, shown_findings.weightiest_signals(found), codes)
    traced = await scans.traces_of(db, scan, first)
    return plots.plot_of(scan, signals, traced, shown_findings.windows(found))


@get("/diagnostics/{scan_id:uuid}/traces", opt=READ)
async def traces(
    db: DoorDb,
    scan_id: FromPath[UUID],
    key: FromQuery[list[str] | None] = None,
    from_s: FromQuery[float | None] = None,
    to_s: FromQuery[float | None] = None,
) -> dict[str, Any]:
    """Single signals, whole or a stretch of them."""
    scan = await scans.get(db, scan_id)
    return plots.traces_of(await scans.traces_of(db, scan, key or []), from_s, to_s)


@get("/diagnostics/{scan_id:uuid}/file", opt=READ)
async def raw(
    request: Request[Any, Any, Any], db: DoorDb, scan_id: FromPath[UUID]
) -> Response[bytes]:
    """The bytes as they were uploaded: always a download, never shown by the browser."""
    scan = await scans.get_with_file(db, scan_id)
    return Response(
        await parts_of(request).blobs.get(scan.blob_key),
        media_type="application/octet-stream",
        headers={
            "Content-Disposition": f"attachment; filename*=UTF-8''{quote(scan.file_name)}",
            "Cache-Control": "private, no-store",
        },
    )


@post("/diagnostics/{scan_id:uuid}/reading", opt=needs(Permission.SCANS_UPLOAD), status_code=303)
async def read_again(db: DoorDb, scan_id: FromPath[UUID]) -> Redirect:
    scan = await scans.get(db, scan_id)
    await scans.read_again(db, scan)
    return Redirect(f"/w/{member_of(db).slug}/diagnostics/{scan.id}", status_code=303)


@post("/diagnostics/{scan_id:uuid}/vehicle", opt=needs(Permission.SCANS_UPLOAD))
async def assign(
    request: Request[Any, Any, Any],
    db: DoorDb,
    scan_id: FromPath[UUID],
    data: Annotated[VehicleForm, Body(media_type=RequestEncodingType.URL_ENCODED)],
) -> Response[Any]:
    """For recordings without a VIN, and for cars that came into the register later."""
    scan, vehicle = await scans.get_with_vehicle(db, scan_id)
    try:
        await scans.assign(db, scan, await upload_limits.vehicle_id_of(db, data.vehicle_id))
    except Problem as problem:
        said = await pages.about(db, scan, vehicle)
        return page(
            request, "diagnostics/scan.html", status=problem.status, problem=problem, **said
        )
    return Redirect(f"/w/{member_of(db).slug}/diagnostics/{scan.id}", status_code=303)


@get("/vehicles/{vehicle_id:uuid}/scans", opt=READ)
async def of_vehicle(
    request: Request[Any, Any, Any], db: DoorDb, vehicle_id: FromPath[UUID]
) -> Response[str]:
    vehicle = (await vehicles.get(db, vehicle_id)).vehicle
    found = await scans.of_vehicle(db, vehicle.id)
    rows = await _rows(db, found)
    return fragment(
        request,
        "diagnostics/vehicle_scans.html",
        scans=rows,
        vehicle_id=vehicle_id,
        timeline=await timelines.of_scans(db, found, [c for row in rows for c in row["codes"]]),
    )


async def _rows(db: DoorDb, found: Any) -> list[dict[str, Any]]:
    codes = await scans.codes_of(db, [scan.id for scan in found])
    cars = await scans.vehicles_of(db, found)
    by_scan: dict[UUID, list[Any]] = {}
    for code in codes:
        by_scan.setdefault(code.scan_id, []).append(code)
    return [
        {
            "scan": scan,
            "vehicle": cars.get(scan.vehicle_id),
            "codes": by_scan.get(scan.id, []),
            "format_name": format_text(scan.format),
        }
        for scan in found
    ]


pages_router = Router(
    "/w/{slug:str}",
    dependencies={"db": Provide(staff_db)},
    route_handlers=[index, show, plot, traces, raw, read_again, assign, of_vehicle],
)
ROUTERS = [pages_router]
