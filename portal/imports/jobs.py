"""Running an import and taking it back: long work in short transactions.

A worker that dies in the middle is followed by one that goes on behind the last batch stored.
"""

import asyncio
from collections.abc import Sequence
from itertools import islice
from uuid import UUID

import structlog
from sqlalchemy import select

from portal.imports import running, runs, undoing, vin_lists, vin_rows
from portal.imports.kinds import RunState
from portal.imports.marks import SUBJECTS
from portal.imports.reading import Reader
from portal.imports.running import SIZE, UNFORESEEN, Overtaken
from portal.imports.sheets import Line, Sheet
from portal.kit import clock
from portal.kit.outbox import JobFunction, Work, later
from portal.kit.parts import Parts
from portal.kit.text import speaking
from portal.tenants.boundary import inside
from portal.tenants.models import Workshop

log = structlog.get_logger()


async def run(work: Work, *, run_id: str) -> None:
    key = UUID(run_id)
    async with work.reading() as db:
        found = await runs.get(db, key)
    if found.state == RunState.RUNNING:
        data = await work.parts.blobs.get(found.blob_key)
        sheet: Sheet = await asyncio.to_thread(runs.open_sheet, data)
        reader = runs.reader_of(found, runs.samples_of(sheet))
        with speaking(found.locale):
            try:
                await _store_all(work, key, found.position, reader, sheet)
            except Overtaken:
                log.info("import stopped or taken over")
    async with work.finishing() as db:
        await running.finish(db, key)


async def undo(work: Work, *, run_id: str) -> None:
    key = UUID(run_id)
    place, last = 0, None
    while place < len(SUBJECTS):
        async with work.reading() as db:
            found = await undoing.next_chunk(db, key, (place, last))
            if found:
                taken_back = await undoing.undo(db, found)
                importing = await runs.get(db, key, locked=True)
                importing.undone += taken_back
        place, last = (place, found[-1].id) if found else (place + 1, None)
    async with work.finishing() as db:
        importing = await runs.get(db, key, locked=True)
        importing.state, importing.undone_at = RunState.UNDONE, clock.now()


async def _store_all(work: Work, key: UUID, place: int, reader: Reader, sheet: Sheet) -> None:
    lines = islice(sheet.lines(), place, None)
    while batch := list(islice(lines, SIZE)):
        try:
            async with work.reading() as db:
                await running.store(db, key, place, reader, batch)
        except UNFORESEEN:
            log.warning("batch not stored at once", exc_info=True)
            await _one_by_one(work, key, place, reader, batch)
        place += len(batch)


async def _one_by_one(
    work: Work, key: UUID, place: int, reader: Reader, lines: Sequence[Line]
) -> None:
    for at, line in enumerate(lines, start=place):
        try:
            async with work.reading() as db:
                await running.store(db, key, at, reader, [line])
        except UNFORESEEN:
            async with work.reading() as db:
                await running.refuse(db, key, at, reader, line)


async def judge_vins(work: Work, *, list_id: str) -> None:
    """All numbers of a list, part by part; one that was begun before begins anew."""
    key = UUID(list_id)
    async with work.reading() as db:
        found = await vin_lists.get(db, key)
    entries = vin_lists.decode(await work.parts.blobs.get(found.entries_key))
    ranks: list[int] = []
    while found.state == RunState.RUNNING and len(ranks) < len(entries):
        part = entries[len(ranks) : len(ranks) + vin_lists.SIZE]
        ranks += await asyncio.to_thread(vin_rows.ranks_of, part)
        async with work.reading() as db:
            await vin_lists.progress(db, key, ranks)
    ordered = sorted(zip(ranks, entries, strict=False), key=lambda pair: pair[0])
    result = vin_lists.encode([entry for _rank, entry in ordered])
    result_key = await work.parts.blobs.put(found.workshop_id, result)
    async with work.finishing() as db:
        await vin_lists.finish(db, key, result_key)


async def forget_old_lists(work: Work) -> None:
    async with work.finishing() as db:
        if await vin_lists.forget_old(db, work.parts.blobs):
            later(db, "imports.forget_old_lists")


async def forget_lists_everywhere(parts: Parts) -> None:
    """Every night: one job for each workshop."""
    async with inside(parts, None) as db:
        ids = (await db.scalars(select(Workshop.id))).all()
    for workshop_id in ids:
        async with inside(parts, workshop_id) as db:
            later(db, "imports.forget_old_lists")


JOBS: dict[str, JobFunction] = {
    "imports.run": run,
    "imports.undo": undo,
    "imports.judge_vins": judge_vins,
    "imports.forget_old_lists": forget_old_lists,
}
