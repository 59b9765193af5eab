"""Pages of live recordings: what runs now and how to record, one recording with its values."""

from typing import Any
from uuid import UUID

from litestar import Request, Response, Router, get
from litestar.di import Provide
from litestar.params import FromPath
from litestar.response import Stream

from portal.diagnostics import live, live_stream, scans
from portal.diagnostics.live_models import LiveRecording
from portal.kit.db import Db
from portal.kit.pages import page
from portal.kit.streams import event_stream
from portal.tenants.boundary import DoorDb, member_of, parts_of, staff_db, workshop_id_of
from portal.tenants.permissions import Permission, needs
from portal.vehicles import vehicles

Asked = Request[Any, Any, Any]
READ = needs(Permission.SCANS_READ)


@get("/diagnostics/live", opt=READ)
async def index(request: Asked, db: DoorDb) -> Response[str]:
    found = await live.recent(db)
    cars = await scans.vehicles_of(db, found)
    return page(
        request,
        "diagnostics/live_index.html",
        rows=[(one, cars.get(one.vehicle_id), live.is_running(one)) for one in found],
        address=parts_of(request).settings.base_url,
    )


@get("/diagnostics/live/{recording_id:uuid}", opt=READ)
async def show(request: Asked, db: DoorDb, recording_id: FromPath[UUID]) -> Response[str]:
    recording = await live.get(db, recording_id)
    return page(
        request,
        "diagnostics/live.html",
        recording=recording,
        vehicle=await _vehicle(db, recording),
        running=live.is_running(recording),
    )


@get("/diagnostics/live/{recording_id:uuid}/events", opt=READ)
async def events(request: Asked, db: DoorDb, recording_id: FromPath[UUID]) -> Stream:
    recording = await live.get(db, recording_id)
    running = live.is_running(recording)
    parts, member = parts_of(request), member_of(db)
    live_stream.admit(parts, workshop_id_of(db), recording.id)
    return event_stream(live_stream.frames(parts, member, recording.id, running=running))


async def _vehicle(db: Db, recording: LiveRecording) -> Any:
    if recording.vehicle_id is None:
        return None
    return (await vehicles.get(db, recording.vehicle_id)).vehicle


ROUTERS = [
    Router(
        "/w/{slug:str}",
        dependencies={"db": Provide(staff_db)},
        route_handlers=[index, show, events],
    )
]
