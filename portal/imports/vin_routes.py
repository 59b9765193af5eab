"""The pages of VIN lists: take in a file or pasted lines, follow, see trouble first, download."""

import asyncio
from typing import Annotated, Any
from uuid import UUID

from litestar import Request, Response, Router, get, post
from litestar.di import Provide
from litestar.enums import RequestEncodingType
from litestar.params import Body, FromPath, FromQuery
from litestar.response import Redirect

from portal.imports import vin_lists, vin_rows
from portal.imports.forms import VinListForm
from portal.imports.kinds import RunState
from portal.imports.routes import download
from portal.kit.errors import Problem
from portal.kit.pages import fragment, page
from portal.tenants.boundary import DoorDb, member_of, parts_of, staff_db
from portal.tenants.permissions import Permission, needs
from portal.vehicles.vin import cli_view

Upload = Annotated[VinListForm, Body(media_type=RequestEncodingType.MULTI_PART)]
READ = needs(Permission.VEHICLES_READ)
EDIT = needs(Permission.VEHICLES_EDIT)
BODY_LIMIT = 2 * vin_lists.MOST_BYTES
TEXTS: dict[str, Any] = {
    "result_text": vin_rows.result_text,
    "year_text": vin_rows.year_text,
    "country_text": cli_view.country_text,
    "vpic_line": cli_view.vpic_line,
    "most": vin_rows.MOST,
    "most_bytes": vin_lists.MOST_BYTES,
    "kept_days": vin_lists.KEPT.days,
}


@get("/vins", opt=READ)
async def index(
    request: Request[Any, Any, Any], db: DoorDb, after: FromQuery[str | None] = None
) -> Response[str]:
    return await _index(request, db, after=after)


@post("/vins", opt=EDIT, request_max_body_size=BODY_LIMIT)
async def upload(request: Request[Any, Any, Any], db: DoorDb, data: Upload) -> Response[Any]:
    parts, member = parts_of(request), member_of(db)
    await parts.limits.spend(vin_lists.LISTS, member.workshop_id)
    raw, name = await data.read()
    try:
        found = await vin_lists.receive(db, parts.blobs, raw, name, by=member.name)
    except Problem as problem:
        return await _index(request, db, problem=problem, typed=data.vins)
    return Redirect(f"/w/{member.slug}/vins/{found.id}", status_code=303)


@get("/vins/{list_id:uuid}", opt=READ)
async def show(
    request: Request[Any, Any, Any],
    db: DoorDb,
    list_id: FromPath[UUID],
    part: FromQuery[int] = 0,
) -> Response[str]:
    found = await vin_lists.get(db, list_id)
    is_done = found.state == RunState.DONE
    at = min(max(part, 0), max(found.total - 1, 0) // vin_lists.SHOWN)
    rows = await vin_lists.rows_of(parts_of(request).blobs, found, at) if is_done else []
    return page(
        request,
        "imports/vin_list.html",
        found=found,
        rows=rows,
        known=await vin_lists.known_vehicles(db, rows),
        part=at,
        has_more=(at + 1) * vin_lists.SHOWN < found.total,
        **TEXTS,
    )


@get("/vins/{list_id:uuid}/progress", opt=READ)
async def progress(
    request: Request[Any, Any, Any], db: DoorDb, list_id: FromPath[UUID]
) -> Response[str]:
    """How far it is; asked every second, and the whole page again at the end."""
    found = await vin_lists.get(db, list_id)
    headers = {"HX-Refresh": "true"} if found.state == RunState.DONE else {}
    return fragment(request, "imports/_vin_progress.html", headers=headers, found=found)


@get("/vins/{list_id:uuid}/list.csv", opt=READ)
async def as_file(
    request: Request[Any, Any, Any], db: DoorDb, list_id: FromPath[UUID]
) -> Response[bytes]:
    found = await vin_lists.get(db, list_id)
    entries = await vin_lists.entries_of(parts_of(request).blobs, found)
    told = await asyncio.to_thread(vin_rows.as_csv, entries)
    return download(told, f"{found.file_name.rsplit('.', 1)[0]}-fin.csv", "text/csv; charset=utf-8")


@post("/vins/{list_id:uuid}/deletion", opt=EDIT, status_code=303)
async def remove(request: Request[Any, Any, Any], db: DoorDb, list_id: FromPath[UUID]) -> Redirect:
    found = await vin_lists.get(db, list_id, locked=True)
    await vin_lists.remove(db, parts_of(request).blobs, found)
    return Redirect(f"/w/{member_of(db).slug}/vins", status_code=303)


async def _index(
    request: Request[Any, Any, Any],
    db: DoorDb,
    *,
    after: str | None = None,
    problem: Problem | None = None,
    typed: str = "",
) -> Response[str]:
    return page(
        request,
        "imports/vins.html",
        status=problem.status if problem else 200,
        rows=await vin_lists.list_lists(db, after=after),
        problem=problem,
        typed=typed,
        **TEXTS,
    )


ROUTERS = [
    Router(
        "/w/{slug:str}",
        dependencies={"db": Provide(staff_db)},
        route_handlers=[index, upload, show, progress, as_file, remove],
    )
]
