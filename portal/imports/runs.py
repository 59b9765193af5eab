"""Imports: a file is received, its columns are assigned, it runs, and it can be taken back."""

import asyncio
from collections.abc import Mapping, Sequence
from itertools import islice
from typing import Any
from uuid import UUID

from sqlalchemy import func, select
from sqlalchemy.dialects.postgresql import insert

from portal.imports import calendars, fields, guessing, sheets
from portal.imports.kinds import Deed, Kind, OnDuplicate, RunState
from portal.imports.models import ImportMark, ImportRun, ImportShape
from portal.imports.reading import Reader
from portal.imports.sheets import Sheet
from portal.kit import clock, text
from portal.kit.blobs import Blobs
from portal.kit.db import Db, new_id
from portal.kit.errors import N_, NotFound, Problem, TooLarge
from portal.kit.limits import Rate
from portal.kit.outbox import later
from portal.kit.text import _
from portal.tenants.audit import note
from portal.tenants.boundary import workshop_id_of
from portal.vehicles.paging import Page, page_of
from portal.vehicles.typed import clean

UPLOADS = Rate("imports", per_minute=6, burst=20)
SAMPLED = 300
_DAYS = ("happened_on", "starts_on", "ends_on", "first_registration", "hu_due")


class RunNotFound(NotFound):
    code, title = "IMPORT_NOT_FOUND", N_("We do not know this import.")


class RunBusy(Problem):
    status, code, title = 409, "IMPORT_BUSY", N_("This import cannot do that at the moment.")


class MappingIncomplete(Problem):
    status, code, title = 422, "MAPPING_INCOMPLETE", N_("Some columns still have to be assigned.")


MOST_BYTES = 15_000_000
"""Tables of 50,000 lines are smaller; recordings have a limit of their own."""


class FileTooLarge(TooLarge):
    code, title = "FILE_TOO_LARGE", N_("This file is too large.")


async def receive(
    db: Db, blobs: Blobs, data: bytes, file_name: str, *, by: str, limit: int
) -> ImportRun:
    """Keep the bytes as they came and guess what they are. Raises `SheetUnreadable`."""
    if len(data) > limit:
        raise FileTooLarge(_("At most %(most)s MB.", most=limit // 1_000_000))
    sheet, lines, samples = await asyncio.to_thread(_look_at, data)
    kind = Kind.BOOKINGS if sheet.is_calendar else guessing.kind_of(sheet.columns, samples)
    run = ImportRun(
        id=new_id(),
        file_name=" ".join(clean(file_name).split())[-200:] or "import.csv",
        blob_key=await blobs.put(workshop_id_of(db), data),
        size_bytes=len(data),
        kind=kind,
        encoding=sheet.encoding,
        delimiter=sheet.delimiter,
        is_calendar=sheet.is_calendar,
        columns=list(sheet.columns),
        shape=guessing.shape_of(sheet.columns),
        lines=lines,
        locale=text.locale.get(),
        created_by=by,
        mapping={},
    )
    db.add(run)
    await suggest(db, run, kind, samples)
    note(db, "import.received", str(run.id), file=run.file_name, lines=lines)
    await db.flush()
    return run


async def suggest(db: Db, run: ImportRun, kind: Kind, samples: Sequence[Sequence[str]]) -> None:
    """The columns as files of this shape were read before, otherwise as they look."""
    run.kind = kind
    if run.is_calendar:
        run.mapping = dict(calendars.MAPPINGS.get(kind, calendars.MAPPINGS[Kind.BOOKINGS]))
        return
    saved = await db.scalar(
        select(ImportShape).where(ImportShape.shape == run.shape, ImportShape.kind == kind)
    )
    if saved is not None:
        run.mapping, run.on_duplicate = dict(saved.mapping), saved.on_duplicate
    else:
        run.mapping = guessing.mapping_of(kind, run.columns, samples)


def assign(
    run: ImportRun,
    mapping: Mapping[str, int],
    *,
    on_duplicate: str,
    resource_id: UUID | None,
) -> None:
    """Take over what was chosen; what does not exist is left out."""
    if run.state != RunState.READY:
        raise RunBusy
    known = {field.key for field in fields.FIELDS[Kind(run.kind)]}
    if not run.is_calendar:
        run.mapping = {
            key: at for key, at in mapping.items() if key in known and 0 <= at < len(run.columns)
        }
    updates = on_duplicate == OnDuplicate.UPDATE
    run.on_duplicate = OnDuplicate.UPDATE if updates else OnDuplicate.SKIP
    run.resource_id = resource_id


async def start(db: Db, run: ImportRun) -> None:
    """Raises `MappingIncomplete`, `RunBusy`."""
    if run.state != RunState.READY:
        raise RunBusy
    lacking = fields.missing(Kind(run.kind), set(run.mapping))
    if lacking:
        raise MappingIncomplete(_("Missing: %(fields)s", fields="; ".join(lacking)))
    run.state, run.started_at = RunState.RUNNING, clock.now()
    if not run.is_calendar:
        await _remember(db, run)
    note(db, "import.started", str(run.id), kind=run.kind, file=run.file_name)
    later(db, "imports.run", run_id=run.id)


def stop(run: ImportRun) -> None:
    """What was stored until then stays, and can be taken back."""
    if run.state != RunState.RUNNING:
        raise RunBusy
    run.state, run.finished_at = RunState.STOPPED, clock.now()


def undo(db: Db, run: ImportRun) -> None:
    if run.state not in {RunState.DONE, RunState.STOPPED, RunState.FAILED}:
        raise RunBusy
    run.state, run.undone = RunState.UNDOING, 0
    note(db, "import.undone", str(run.id), file=run.file_name)
    later(db, "imports.undo", run_id=run.id)


async def remove(db: Db, blobs: Blobs, run: ImportRun) -> None:
    """Only what never ran leaves without a trace."""
    if run.state != RunState.READY:
        raise RunBusy
    await db.delete(run)
    await db.flush()
    await blobs.delete(run.blob_key)


async def get(db: Db, run_id: UUID, *, locked: bool = False) -> ImportRun:
    """Raises `RunNotFound`."""
    query = select(ImportRun).where(ImportRun.id == run_id)
    found = await db.scalar(query.with_for_update() if locked else query)
    if found is None:
        raise RunNotFound
    return found


async def list_runs(db: Db, *, after: str | None = None, limit: int = 25) -> Page[Any]:
    """Rows of (ImportRun,), the latest first."""
    return await page_of(
        db, select(ImportRun), ImportRun.id, after=after, limit=limit, descending=True
    )


async def deeds_of(db: Db, run_id: UUID) -> dict[str, dict[str, int]]:
    """How many rows of each table were made, changed, and kept when it was taken back."""
    by = (ImportMark.subject, ImportMark.deed, ImportMark.kept)
    query = select(*by, func.count()).where(ImportMark.run_id == run_id).group_by(*by)
    found: dict[str, dict[str, int]] = {}
    for subject, deed, kept, number in (await db.execute(query)).all():
        row = found.setdefault(subject, {Deed.CREATED: 0, Deed.UPDATED: 0, "kept": 0})
        row[Deed(deed)] += number
        row["kept"] += number if kept else 0
    return found


async def kept_of(db: Db, run_id: UUID, limit: int = 100) -> Sequence[ImportMark]:
    query = select(ImportMark).where(ImportMark.run_id == run_id, ImportMark.kept != "")
    return (await db.scalars(query.order_by(ImportMark.line).limit(limit))).all()


def open_sheet(data: bytes) -> Sheet:
    """Raises `SheetUnreadable`."""
    if calendars.looks_like(data):
        return calendars.read(data)
    return sheets.read(data, fields.is_column)


def samples_of(sheet: Sheet, most: int = SAMPLED) -> list[list[str]]:
    return [line.cells for line in islice(sheet.lines(), most)]


def reader_of(run: ImportRun, samples: Sequence[Sequence[str]]) -> Reader:
    days = [
        row[at]
        for key in _DAYS
        if (at := run.mapping.get(key)) is not None
        for row in samples
        if at < len(row)
    ]
    return Reader(
        kind=Kind(run.kind),
        mapping=run.mapping,
        month_first=guessing.has_month_first(days),
        default_person=run.resource_id is not None,
    )


def _look_at(data: bytes) -> tuple[Sheet, int, list[list[str]]]:
    sheet = open_sheet(data)
    return sheet, sheets.count(sheet), samples_of(sheet)


async def _remember(db: Db, run: ImportRun) -> None:
    facts = {"mapping": run.mapping, "on_duplicate": run.on_duplicate, "used_at": clock.now()}
    query = insert(ImportShape).values(id=new_id(), shape=run.shape, kind=run.kind, **facts)
    index = ["workshop_id", "shape", "kind"]
    await db.execute(query.on_conflict_do_update(index_elements=index, set_=facts))
