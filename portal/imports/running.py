"""Storing a file batch by batch: each batch, its counts and its place are one transaction."""

from collections.abc import Sequence
from uuid import UUID

import structlog
from sqlalchemy.exc import DBAPIError

from portal.imports import faults, known, runs, storing_cars, storing_people, storing_times
from portal.imports.batch import Batch, Outcome
from portal.imports.entries import Entry
from portal.imports.kinds import Kind, RunState
from portal.imports.models import ImportRun
from portal.imports.reading import Reader
from portal.imports.sheets import Line
from portal.kit import clock
from portal.kit.db import Db
from portal.kit.errors import Problem
from portal.kit.text import _

log = structlog.get_logger()

SIZE = 200
UNFORESEEN = (DBAPIError, Problem, ValueError, TypeError, LookupError, AttributeError)


class Overtaken(Exception):
    """Another worker has stored these lines meanwhile, or somebody stopped the import."""


async def store(db: Db, run_id: UUID, place: int, reader: Reader, lines: Sequence[Line]) -> None:
    """These lines, which follow `place`. Raises `Overtaken`, and whatever a line makes go wrong."""
    run = await _run_at(db, run_id, place)
    entries = [reader.read(line) for line in lines]
    good = [entry for entry in entries if not entry.is_refused]
    ids = [
        storing_times.appointment_key(run.workshop_id, entry)
        for entry in good
        if reader.kind is Kind.BOOKINGS
    ]
    batch = Batch(db, run, await known.load(db, good, ids))
    labels = reader.labels()
    for entry in entries:
        outcome = Outcome.REFUSED if entry.is_refused else await _store(batch, reader.kind, entry)
        _count(run, Outcome.REFUSED if entry.is_refused else outcome)
        if entry.faults and run.refused <= faults.MOST_KEPT:
            faults.note(db, run, entry, labels)
    await batch.finish()
    run.position = place + len(lines)


async def refuse(db: Db, run_id: UUID, place: int, reader: Reader, line: Line) -> None:
    """One line that could not be stored for a reason that nobody foresaw."""
    run = await _run_at(db, run_id, place)
    entry = Entry(line.number, "")
    entry.refuse("", " | ".join(line.cells)[:300], _("This line could not be stored."))
    faults.note(db, run, entry, reader.labels())
    run.refused += 1
    run.position = place + 1


async def finish(db: Db, run_id: UUID) -> None:
    run = await runs.get(db, run_id, locked=True)
    if run.state == RunState.RUNNING:
        run.state, run.finished_at = RunState.DONE, clock.now()


async def _run_at(db: Db, run_id: UUID, place: int) -> ImportRun:
    run = await runs.get(db, run_id, locked=True)
    if run.state != RunState.RUNNING or run.position != place:
        raise Overtaken
    return run


async def _store(batch: Batch, kind: Kind, entry: Entry) -> Outcome:
    if kind is Kind.HISTORY and entry.history is not None:
        return await storing_cars.record(batch, entry, entry.history)
    if kind is Kind.BOOKINGS and entry.time is not None:
        return await storing_times.book(batch, entry, entry.time)
    if kind is Kind.ABSENCES and entry.time is not None:
        return await storing_times.be_absent(batch, entry, entry.time)
    if entry.vehicle is not None:
        return (await storing_cars.store(batch, entry, entry.vehicle))[1]
    if entry.customer is not None:
        return (await storing_people.store(batch, entry, entry.customer))[1]
    return Outcome.UNCHANGED


def _count(run: ImportRun, outcome: Outcome) -> None:
    setattr(run, outcome, getattr(run, outcome) + 1)
