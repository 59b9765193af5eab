"""Lists of VINs: taken in, judged part by part by the worker, shown with trouble first.

What is judged is kept as read, not as text: pages and files speak the reader's language.
"""

import asyncio
from datetime import timedelta
from typing import Any
from uuid import UUID

import msgspec
from sqlalchemy import select

from portal.imports import vin_rows
from portal.imports.kinds import RunState
from portal.imports.models import VinList
from portal.imports.runs import FileTooLarge
from portal.imports.vin_rows import Entry, Row
from portal.kit import clock
from portal.kit.blobs import Blobs
from portal.kit.db import Db, new_id
from portal.kit.errors import N_, NotFound, Problem
from portal.kit.limits import Rate
from portal.kit.outbox import later
from portal.kit.text import _
from portal.tenants.audit import note
from portal.tenants.boundary import after_commit, workshop_id_of
from portal.vehicles.models import Vehicle
from portal.vehicles.paging import Page, page_of
from portal.vehicles.typed import clean

LISTS = Rate("vin_lists", per_minute=6, burst=20)
MOST_BYTES = 3_000_000
KEPT = timedelta(days=30)
FORGOTTEN_AT_ONCE = 50
SIZE = 500
SHOWN = 100
_entries = msgspec.json.Decoder(list[Entry])
encode, decode = msgspec.json.encode, _entries.decode


class VinListNotFound(NotFound):
    code, title = "VIN_LIST_NOT_FOUND", N_("We do not know this list.")


class VinListUnfinished(Problem):
    status, code, title = 409, "VIN_LIST_UNFINISHED", N_("This list is still being judged.")


async def receive(db: Db, blobs: Blobs, data: bytes, file_name: str, *, by: str) -> VinList:
    """Read the numbers and queue their judgement; lists older than a month go at the same time.

    Raises `FileTooLarge`, `NoVins`, `TooManyVins`, `SheetUnreadable`.
    """
    if len(data) > MOST_BYTES:
        raise FileTooLarge(_("At most %(most)s MB.", most=MOST_BYTES // 1_000_000))
    entries = await asyncio.to_thread(vin_rows.entries_of, data)
    await forget_old(db, blobs)
    found = VinList(
        id=new_id(),
        file_name=" ".join(clean(file_name).split())[-200:] or _("Pasted list"),
        entries_key=await blobs.put(workshop_id_of(db), encode(entries)),
        total=len(entries),
        created_by=by,
    )
    db.add(found)
    note(db, "vin_list.received", str(found.id), count=len(entries))
    await db.flush()
    later(db, "imports.judge_vins", list_id=found.id)
    return found


async def get(db: Db, list_id: UUID, *, locked: bool = False) -> VinList:
    """Raises `VinListNotFound`."""
    query = select(VinList).where(VinList.id == list_id)
    found = await db.scalar(query.with_for_update() if locked else query)
    if found is None:
        raise VinListNotFound
    return found


async def list_lists(db: Db, *, after: str | None = None, limit: int = 25) -> Page[Any]:
    """Rows of (VinList,), the latest first."""
    return await page_of(db, select(VinList), VinList.id, after=after, limit=limit, descending=True)


async def entries_of(blobs: Blobs, found: VinList) -> list[Entry]:
    """All numbers, trouble first. Raises `VinListUnfinished`."""
    if found.state != RunState.DONE:
        raise VinListUnfinished
    return decode(await blobs.get(found.result_key))


async def rows_of(blobs: Blobs, found: VinList, part: int) -> list[Row]:
    """The `part`th hundred from 0, judged."""
    entries = await entries_of(blobs, found)
    return [vin_rows.row_of(entry) for entry in entries[part * SHOWN : (part + 1) * SHOWN]]


async def known_vehicles(db: Db, rows: list[Row]) -> dict[str, UUID]:
    """Which of these the workshop has, by VIN."""
    asked = {row.report.normalized for row in rows if row.report.normalized}
    found = await db.execute(select(Vehicle.vin, Vehicle.id).where(Vehicle.vin.in_(asked)))
    return {str(vin): vehicle_id for vin, vehicle_id in found}


async def progress(db: Db, list_id: UUID, ranks: list[int]) -> None:
    """`ranks` of all numbers judged so far; a worker that begins anew counts anew."""
    found = await get(db, list_id, locked=True)
    found.position = len(ranks)
    found.refused, found.doubtful = ranks.count(0), ranks.count(1)


async def finish(db: Db, list_id: UUID, result_key: str) -> None:
    found = await get(db, list_id, locked=True)
    found.state, found.result_key, found.finished_at = RunState.DONE, result_key, clock.now()


async def remove(db: Db, blobs: Blobs, found: VinList) -> None:
    """The row now, the bytes once that is certain."""
    await db.delete(found)
    await db.flush()
    keys = [key for key in (found.entries_key, found.result_key) if key]

    async def forget() -> None:
        for key in keys:
            await blobs.delete(key)

    after_commit(db, forget)


async def forget_old(db: Db, blobs: Blobs) -> bool:
    """Lists that were kept long enough, some at a time; whether more remain."""
    old = select(VinList).where(VinList.created_at < clock.now() - KEPT).limit(FORGOTTEN_AT_ONCE)
    lists = (await db.scalars(old)).all()
    for found in lists:
        await remove(db, blobs, found)
    return len(lists) == FORGOTTEN_AT_ONCE
