"""The API for recorders, chains and scripts: upload a recording, read what was found."""

from typing import Annotated, Any
from uuid import UUID

from litestar import Request, Response, Router, get, post
from litestar.di import Provide
from litestar.enums import RequestEncodingType
from litestar.params import Body, FromPath, FromQuery

from portal.diagnostics import findings, live, pages, scans, upload_limits
from portal.diagnostics.forms import BODY_LIMIT, SessionForm, kilometres
from portal.diagnostics.models import Scan
from portal.kit import clock
from portal.kit.errors import FieldError, Invalid
from portal.kit.text import _
from portal.tenants.boundary import DoorDb, device_db, member_of, parts_of
from portal.tenants.permissions import Permission, needs
from portal.vehicles import vehicles, vin

Form = Annotated[SessionForm, Body(media_type=RequestEncodingType.MULTI_PART)]
READ = needs(Permission.SCANS_READ)


@post(
    "/integrations/obd/sessions",
    opt=needs(Permission.SCANS_UPLOAD),
    status_code=202,
    request_max_body_size=BODY_LIMIT,
)
async def upload_session(request: Request[Any, Any, Any], db: DoorDb, data: Form) -> dict[str, str]:
    """With `X-Queued-By` only that member of staff may send it: a queue names its owner."""
    parts, member = parts_of(request), member_of(db)
    upload_limits.must_be_the_same(member, request.headers.get("x-queued-by"))
    content = await data.file.read()
    await upload_limits.admit(parts.limits, member, len(content))
    upload = scans.Upload(
        data=content,
        file_name=data.file.filename,
        uploaded_by=member.name,
        vehicle_id=await upload_limits.vehicle_id_of(db, data.vehicle_id),
        vin=_vin(data.vin),
        odometer_km=kilometres(data.odometer_km),
        idempotency_key=_key(request),
    )
    limit = parts.settings.portal_max_upload_mb * 1_000_000
    scan = await scans.receive(db, parts.blobs, upload, limit=limit)
    if (recording_id := _id(data.recording_id)) is not None:
        await live.became(db, recording_id, scan.id)
    return {"id": str(scan.id), "status": scan.state}


@get("/diagnostics", opt=READ)
async def index(
    db: DoorDb, after: FromQuery[UUID | None] = None, limit: FromQuery[int] = 100
) -> dict[str, Any]:
    wanted = max(1, min(limit, 500))
    found = await scans.recent(db, before=after, limit=wanted)
    codes = await scans.codes_of(db, [scan.id for scan in found])
    return {
        "items": [as_item(scan, [c for c in codes if c.scan_id == scan.id]) for scan in found],
        "next": str(found[-1].id) if len(found) == wanted else None,
    }


@get("/diagnostics/{scan_id:uuid}", opt=READ)
async def show(db: DoorDb, scan_id: FromPath[UUID]) -> dict[str, Any]:
    scan = await scans.get(db, scan_id)
    signals = await scans.signals_of(db, scan)
    item = as_item(scan, await scans.codes_of(db, [scan.id]))
    return {
        **item,
        "report": scan.report,
        "signals": [signal.facts for signal in signals],
        "findings": [one.as_finding for one in await findings.of_scan(db, scan.id)],
    }


@get("/vehicles/{vehicle:str}/diagnostics", opt=READ)
async def of_vehicle(db: DoorDb, vehicle: FromPath[str]) -> Response[Any]:
    found = await scans.of_vehicle(db, (await vehicles.get(db, vehicle)).vehicle.id)
    codes = await scans.codes_of(db, [scan.id for scan in found])
    items = [as_item(scan, [c for c in codes if c.scan_id == scan.id]) for scan in found]
    return Response({"items": items, "next": None})


def as_item(scan: Scan, codes: Any) -> dict[str, Any]:
    return {
        "id": str(scan.id),
        "status": scan.state,
        "vehicle_id": str(scan.vehicle_id) if scan.vehicle_id else None,
        "file_name": scan.file_name,
        "size": scan.size,
        "format": scan.format,
        "vin": scan.vin or scan.stated_vin,
        "odometer_km": scan.report.get("odometer_km") or scan.stated_odometer_km,
        "uploaded_at": clock.rfc3339(scan.uploaded_at),
        "started_at": clock.rfc3339(scan.started_at) if scan.started_at else None,
        "codes_read": scan.report.get("codes_read", "none"),
        "problem": pages.refusal_of(scan) or None,
        "trouble_codes": [_code(code) for code in pages.shown_codes(codes)],
    }


def _code(code: pages.ShownCode) -> dict[str, Any]:
    return {
        "code": code.code,
        "status": code.raw_status,
        "ecu": code.ecu,
        "origin": code.origin,
        "text": code.text,
        "maker_code": code.maker_code,
    }


def _key(request: Request[Any, Any, Any]) -> str | None:
    key = request.headers.get("idempotency-key")
    if key is not None and not 0 < len(key) <= 120:
        raise Invalid(_("Idempotency-Key may have up to 120 characters."))
    return key


def _id(stated: str) -> UUID | None:
    try:
        return UUID(stated) if stated else None
    except ValueError as error:
        raise live.RecordingNotFound from error


def _vin(stated: str) -> str | None:
    if not stated:
        return None
    report = vin.decode(stated)
    if not report.accept:
        raise Invalid(errors=[FieldError("vin", "INVALID_VIN", _("This is not a valid VIN."))])
    return report.normalized


ROUTERS = [
    Router(
        "/api/v1",
        dependencies={"db": Provide(device_db)},
        route_handlers=[upload_session, index, show, of_vehicle],
    )
]
