"""Taking an import back: exactly what it made, as far as nobody has built on it since.

A row that was made goes when it is still as the import left it and nothing refers to it. A row
that was changed becomes as it was before, field by field. What stays is marked with the reason.
"""

from collections.abc import Sequence
from datetime import date, datetime
from typing import Any
from uuid import UUID

from sqlalchemy import ForeignKeyConstraint, Table, delete, select

from portal.imports.kinds import Deed, Kept
from portal.imports.marks import FIELDS, SUBJECTS, snapshot
from portal.imports.models import ImportKey, ImportMark
from portal.kit.db import Base, Db
from portal.vehicles import customers, vehicles
from portal.vehicles.models import Customer, Vehicle

CHUNK = 300
_PARTS_OF_IT = frozenset({"customer_words", "former_plates", "appointment_services"}) | {
    "appointment_moves",
    "reservations",
}
"""Rows that belong to the row itself and go with it."""


async def next_chunk(db: Db, run_id: UUID, after: tuple[int, UUID | None]) -> Sequence[ImportMark]:
    """Marks of one subject at a time, the last first. `after` is (subject's place, last id)."""
    place, last = after
    query = select(ImportMark).where(
        ImportMark.run_id == run_id, ImportMark.subject == list(SUBJECTS)[place]
    )
    if last is not None:
        query = query.where(ImportMark.id < last)
    return (await db.scalars(query.order_by(ImportMark.id.desc()).limit(CHUNK))).all()


async def undo(db: Db, found: Sequence[ImportMark]) -> int:
    """Of marks of one subject; how many were taken back."""
    subject = found[0].subject
    model: Any = SUBJECTS[subject]
    ids = {mark.row_id for mark in found}
    rows = {row.id: row for row in await db.scalars(select(model).where(model.id.in_(ids)))}
    in_use = await _in_use(db, subject, ids)
    going: list[UUID] = []
    changed: list[ImportMark] = []
    for mark in found:
        mark.kept = _why_kept(mark, rows.get(mark.row_id), in_use) or ""
        if not mark.kept and mark.deed == Deed.CREATED:
            going.append(mark.row_id)
        elif not mark.kept:
            changed.append(mark)
    if going:
        for row_id in going:
            db.expunge(rows[row_id])
        await db.execute(delete(ImportKey).where(ImportKey.row_id.in_(going)))
        await db.execute(delete(model).where(model.id.in_(going)))
    for mark in changed:
        await _restore(db, rows[mark.row_id], mark)
    return len(going) + len(changed)


def _why_kept(mark: ImportMark, row: Any, in_use: set[UUID]) -> Kept | None:
    if row is None:
        return Kept.GONE
    now = snapshot(row)
    if any(now[name] != value for name, value in mark.after.items()):
        return Kept.CHANGED
    if mark.deed == Deed.CREATED and mark.row_id in in_use:
        return Kept.IN_USE
    return None


async def _in_use(db: Db, subject: str, ids: set[UUID]) -> set[UUID]:
    """Which of these rows any other row of the house refers to."""
    found: set[UUID] = set()
    for table, column in _referring(Base.metadata.tables[subject]):
        query = select(table.c[column]).where(table.c[column].in_(ids)).distinct()
        found.update(await db.scalars(query))
    return found


def _referring(target: Table) -> list[tuple[Table, str]]:
    """Tables of any room with a reference to this one, and the column that holds it."""
    return [
        (table, constraint.column_keys[-1])
        for table in Base.metadata.sorted_tables
        if table.name not in _PARTS_OF_IT and table.name != target.name
        for constraint in table.constraints
        if isinstance(constraint, ForeignKeyConstraint) and constraint.referred_table is target
    ]


async def _restore(db: Db, row: Any, mark: ImportMark) -> None:
    """Customers and vehicles through their verbs, which keep the search keys right."""
    if isinstance(row, Customer):
        draft = customers.draft_of(row)
        for name, value in mark.before.items():
            setattr(draft, name, value or "")
        await customers.update(db, row, draft)
        return
    if isinstance(row, Vehicle):
        vehicle_draft = vehicles.draft_of(row)
        for name, value in mark.before.items():
            setattr(vehicle_draft, name, "" if value is None else str(value))
        vehicle_draft.plate_conflict = "share"
        await vehicles.update(db, row, vehicle_draft)
        return
    for name in FIELDS[mark.subject]:
        if name in mark.before:
            setattr(row, name, _typed(row, name, mark.before[name]))
    await db.flush()


def _typed(row: Any, name: str, value: Any) -> Any:
    kind = type(row).__table__.c[name].type.python_type
    if value is None:
        return None
    if kind is datetime:
        return datetime.fromisoformat(value)
    if kind is date:
        return date.fromisoformat(value)
    return UUID(value) if kind is UUID else value
