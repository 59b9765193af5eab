"""The upload: a page that also works without a connection, and the worker that sends later.

Files that are chosen on the page wait in the browser (IndexedDB) until the API has them. The
script sends them one by one; without script the form is sent as it is.
"""

from typing import Annotated, Any
from uuid import UUID

import msgspec
from litestar import Request, Response, Router, get, post
from litestar.datastructures import UploadFile
from litestar.di import Provide
from litestar.enums import RequestEncodingType
from litestar.params import Body, FromQuery
from litestar.response import Redirect

from portal.diagnostics import scans, upload_limits, upload_texts
from portal.diagnostics.forms import BODY_LIMIT, ScanForm, kilometres
from portal.diagnostics.models import Scan
from portal.kit.db import Db
from portal.kit.errors import Problem
from portal.kit.pages import page, static
from portal.tenants.boundary import DoorDb, member_of, parts_of, staff_db
from portal.tenants.permissions import Permission, needs
from portal.vehicles import vehicles
from portal.vehicles.models import Vehicle

Asked = Request[Any, Any, Any]
Form = Annotated[ScanForm, Body(media_type=RequestEncodingType.MULTI_PART)]
UPLOAD = needs(Permission.SCANS_UPLOAD)
SHEETS = ("tokens", "base", "shell", "layout", "parts", "controls", "forms", "records", "states")
SCRIPTS = ("js/theme.js", "vendor/htmx.min.js", "vendor/sse.js", "js/app.js")
OWN = ("css/chat.css", "css/uploads.css", "js/upload-queue.js", "js/uploads.js", "icons.svg")
FONT = "vendor/inter-latin.woff2"


@get("/diagnostics/upload", opt=UPLOAD)
async def show(request: Asked, db: DoorDb, vehicle_id: FromQuery[str] = "") -> Response[str]:
    vehicle = (await vehicles.get(db, vehicle_id)).vehicle if vehicle_id else None
    return _page(request, vehicle=vehicle)


@post("/diagnostics/upload", opt=UPLOAD, request_max_body_size=BODY_LIMIT)
async def upload(request: Asked, db: DoorDb, data: Form) -> Response[Any]:
    """Several files at once; one leads to its own page, several to the list."""
    vehicle = None
    try:
        vehicle_id = await upload_limits.vehicle_id_of(db, data.vehicle_id)
        vehicle = (await vehicles.get(db, vehicle_id)).vehicle if vehicle_id else None
        odometer_km = kilometres(data.odometer_km)
        stored = [await _receive(request, db, file, vehicle_id, odometer_km) for file in data.file]
        if not stored:
            raise scans.RecordingEmpty
    except Problem as problem:
        return _page(request, vehicle=vehicle, odometer_km=data.odometer_km, problem=problem)
    home = f"/w/{member_of(db).slug}/diagnostics"
    return Redirect(home if len(stored) > 1 else f"{home}/{stored[0].id}", status_code=303)


@get("/diagnostics/upload-worker.js", opt=UPLOAD)
async def worker(db: DoorDb) -> Response[str]:
    """The worker of this workshop's pages: where it keeps and sends, then the script itself."""
    home = f"/w/{member_of(db).slug}/diagnostics"
    files = [*(f"css/{sheet}.css" for sheet in SHEETS), *SCRIPTS, *OWN, FONT]
    config = {
        "page": f"{home}/upload",
        "slug": member_of(db).slug,
        "assets": [static(file) for file in files],
    }
    scripts = [static("js/upload-queue.js"), static("js/upload-worker.js")]
    lines = [
        f"self.carbotHome = {msgspec.json.encode(config).decode()};",
        *(f'importScripts("{script}");' for script in scripts),
    ]
    return Response(
        "\n".join(lines),
        media_type="text/javascript",
        headers={"Cache-Control": "no-cache"},
    )


def _page(
    request: Asked,
    *,
    vehicle: Vehicle | None,
    odometer_km: str = "",
    problem: Problem | None = None,
) -> Response[str]:
    limit_mb = parts_of(request).settings.portal_max_upload_mb
    return page(
        request,
        "diagnostics/upload.html",
        status=problem.status if problem else 200,
        vehicle=vehicle,
        odometer_km=odometer_km,
        problem=problem,
        limit_mb=limit_mb,
        says=msgspec.json.encode(upload_texts.says(limit_mb)).decode(),
    )


async def _receive(
    request: Asked, db: Db, file: UploadFile, vehicle_id: UUID | None, odometer_km: int | None
) -> Scan:
    parts, member = parts_of(request), member_of(db)
    data = await file.read()
    await upload_limits.admit(parts.limits, member, len(data))
    received = scans.Upload(
        data=data,
        file_name=file.filename,
        uploaded_by=member.name,
        vehicle_id=vehicle_id,
        odometer_km=odometer_km,
    )
    limit = parts.settings.portal_max_upload_mb * 1_000_000
    return await scans.receive(db, parts.blobs, received, limit=limit)


ROUTERS = [
    Router(
        "/w/{slug:str}",
        dependencies={"db": Provide(staff_db)},
        route_handlers=[show, upload, worker],
    )
]
