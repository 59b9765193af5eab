"""The pages of imports: upload, assign columns, follow, see the result, take back."""

import asyncio
from typing import Annotated, Any
from urllib.parse import quote
from uuid import UUID

from litestar import Request, Response, Router, get, post
from litestar.di import Provide
from litestar.enums import RequestEncodingType
from litestar.params import Body, FromPath, FromQuery
from litestar.response import Redirect

from portal.imports import faults, fields, preview, resources, runs
from portal.imports.forms import BODY_LIMIT, FileForm, choice_of
from portal.imports.kinds import Kind, RunState, kept_text, kind_text, table_text
from portal.imports.models import ImportRun
from portal.kit.errors import Problem
from portal.kit.pages import fragment, page
from portal.tenants.boundary import DoorDb, member_of, parts_of, staff_db
from portal.tenants.permissions import Permission, needs

Upload = Annotated[FileForm, Body(media_type=RequestEncodingType.MULTI_PART)]
Columns = Annotated[dict[str, Any], Body(media_type=RequestEncodingType.URL_ENCODED)]
IMPORT = needs(Permission.DATA_IMPORT)
TEXTS: dict[str, Any] = {
    "kind_text": kind_text,
    "table_text": table_text,
    "kept_text": kept_text,
    "worst": preview.worst,
}


@get("/imports", opt=IMPORT)
async def index(
    request: Request[Any, Any, Any], db: DoorDb, after: FromQuery[str | None] = None
) -> Response[str]:
    return page(
        request,
        "imports/imports.html",
        rows=await runs.list_runs(db, after=after),
        problem=None,
        **TEXTS,
    )


@post("/imports", opt=IMPORT, request_max_body_size=BODY_LIMIT)
async def upload(request: Request[Any, Any, Any], db: DoorDb, data: Upload) -> Response[Any]:
    parts, member = parts_of(request), member_of(db)
    await parts.limits.spend(runs.UPLOADS, member.workshop_id)
    try:
        run = await runs.receive(
            db,
            parts.blobs,
            await data.file.read(),
            data.file.filename,
            by=member.name,
            limit=runs.MOST_BYTES,
        )
    except Problem as problem:
        rows = await runs.list_runs(db)
        return page(
            request,
            "imports/imports.html",
            status=problem.status,
            rows=rows,
            problem=problem,
            **TEXTS,
        )
    return _to(db, run)


@get("/imports/{run_id:uuid}", opt=IMPORT)
async def show(
    request: Request[Any, Any, Any],
    db: DoorDb,
    run_id: FromPath[UUID],
) -> Response[Any]:
    run = await runs.get(db, run_id)
    if run.state == RunState.READY:
        return await _assignment(request, db, run)
    return page(request, "imports/result.html", **await _result(db, run))


@post("/imports/{run_id:uuid}", opt=IMPORT)
async def assign(
    request: Request[Any, Any, Any], db: DoorDb, run_id: FromPath[UUID], data: Columns
) -> Response[Any]:
    """The columns as chosen: shown again with what they would give, or started."""
    run = await runs.get(db, run_id, locked=True)
    choice = choice_of(data)
    if choice.kind in set(Kind) and choice.kind != run.kind and run.state == RunState.READY:
        raw_bytes = await parts_of(request).blobs.get(run.blob_key)
        sheet = await asyncio.to_thread(runs.open_sheet, raw_bytes)
        await runs.suggest(db, run, Kind(choice.kind), runs.samples_of(sheet))
        return await _assignment(request, db, run)
    resource_id = await resources.known_id(db, choice.resource_id)
    runs.assign(run, choice.mapping, on_duplicate=choice.on_duplicate, resource_id=resource_id)
    if not choice.starts:
        return await _assignment(request, db, run)
    try:
        await runs.start(db, run)
    except runs.MappingIncomplete as problem:
        return await _assignment(request, db, run, problem)
    return _to(db, run)


@get("/imports/{run_id:uuid}/progress", opt=IMPORT)
async def progress(
    request: Request[Any, Any, Any], db: DoorDb, run_id: FromPath[UUID]
) -> Response[str]:
    """How far it is; asked every second, and the whole page again at the end."""
    run = await runs.get(db, run_id)
    headers = {} if RunState(run.state).is_busy else {"HX-Refresh": "true"}
    return fragment(request, "imports/_progress.html", headers=headers, run=run)


@post("/imports/{run_id:uuid}/stop", opt=IMPORT, status_code=303)
async def stop(db: DoorDb, run_id: FromPath[UUID]) -> Redirect:
    run = await runs.get(db, run_id, locked=True)
    runs.stop(run)
    return _to(db, run)


@post("/imports/{run_id:uuid}/undo", opt=IMPORT, status_code=303)
async def undo(db: DoorDb, run_id: FromPath[UUID]) -> Redirect:
    run = await runs.get(db, run_id, locked=True)
    runs.undo(db, run)
    return _to(db, run)


@post("/imports/{run_id:uuid}/deletion", opt=IMPORT, status_code=303)
async def remove(request: Request[Any, Any, Any], db: DoorDb, run_id: FromPath[UUID]) -> Redirect:
    run = await runs.get(db, run_id, locked=True)
    await runs.remove(db, parts_of(request).blobs, run)
    return Redirect(f"/w/{member_of(db).slug}/imports", status_code=303)


@get("/imports/{run_id:uuid}/errors.csv", opt=IMPORT)
async def errors(db: DoorDb, run_id: FromPath[UUID]) -> Response[bytes]:
    run = await runs.get(db, run_id)
    found = await faults.first(db, run.id, faults.MOST_KEPT * 2)
    stem = run.file_name.rsplit(".", 1)[0]
    return download(faults.as_table(found), f"{stem}-fehler.csv", "text/csv; charset=utf-8")


@get("/imports/{run_id:uuid}/file", opt=IMPORT)
async def raw(
    request: Request[Any, Any, Any], db: DoorDb, run_id: FromPath[UUID]
) -> Response[bytes]:
    """The bytes as they were uploaded: always a download, never shown by the browser."""
    run = await runs.get(db, run_id)
    data = await parts_of(request).blobs.get(run.blob_key)
    return download(data, run.file_name, "application/octet-stream")


async def _assignment(
    request: Request[Any, Any, Any], db: DoorDb, run: ImportRun, problem: Problem | None = None
) -> Response[str]:
    data = await parts_of(request).blobs.get(run.blob_key)
    _sheet, samples, shown = await preview.of(run, data)
    kind = Kind(run.kind)
    by_column = {at: key for key, at in run.mapping.items()}
    people = await resources.who_can_be_absent(db) if kind is Kind.ABSENCES else []
    kinds = [Kind.BOOKINGS, Kind.ABSENCES] if run.is_calendar else list(Kind)
    return page(
        request,
        "imports/assignment.html",
        status=problem.status if problem else 200,
        run=run,
        problem=problem,
        kinds=[(one, kind_text(one)) for one in kinds],
        columns=[
            (at, name, by_column.get(at, ""), _examples(samples, at))
            for at, name in enumerate(run.columns)
        ],
        options=[(field.key, field.text) for field in fields.FIELDS[kind]],
        lacking=fields.missing(kind, set(run.mapping)),
        preview=shown,
        people=people,
        **TEXTS,
    )


async def _result(db: DoorDb, run: ImportRun) -> dict[str, Any]:
    return {
        "run": run,
        "deeds": await runs.deeds_of(db, run.id),
        "kept": await runs.kept_of(db, run.id) if run.state == RunState.UNDONE else [],
        "faults": await faults.first(db, run.id, 50),
        **TEXTS,
    }


def _examples(samples: list[list[str]], at: int) -> str:
    """The first three different values of a column."""
    found: list[str] = []
    for row in samples:
        value = row[at] if at < len(row) else ""
        if value and value not in found:
            found.append(value[:40])
        if len(found) == 3:
            break
    return " · ".join(found)


def download(data: bytes, name: str, media_type: str) -> Response[bytes]:
    return Response(
        data,
        media_type=media_type,
        headers={
            "Content-Disposition": f"attachment; filename*=UTF-8''{quote(name)}",
            "Cache-Control": "private, no-store",
        },
    )


def _to(db: DoorDb, run: ImportRun) -> Redirect:
    return Redirect(f"/w/{member_of(db).slug}/imports/{run.id}", status_code=303)


ROUTERS = [
    Router(
        "/w/{slug:str}",
        dependencies={"db": Provide(staff_db)},
        route_handlers=[
            index,
            upload,
            show,
            assign,
            progress,
            stop,
            undo,
            remove,
            errors,
            raw,
        ],
    )
]
