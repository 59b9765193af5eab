"""Absences: vacation, illness, vocational school, a lift that is out of order."""

from collections.abc import Iterable, Sequence
from datetime import UTC, date, datetime, time, timedelta
from typing import Any
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.dialects.postgresql import insert

from portal.bookings.models import Absence, AbsenceKind, Resource
from portal.kit import clock
from portal.kit.db import Db, new_id
from portal.kit.errors import N_, NotFound
from portal.tenants import audit


class AbsenceNotFound(NotFound):
    code, title = "ABSENCE_NOT_FOUND", N_("We do not know this absence.")


async def between(db: Db, first: date, last: date) -> Sequence[Absence]:
    """Absences that touch these days, in order."""
    since, until = day_begins(first), day_begins(last + timedelta(days=1))
    query = select(Absence).where(Absence.ends_at > since, Absence.starts_at < until)
    return (await db.scalars(query.order_by(Absence.starts_at, Absence.id))).all()


async def get(db: Db, absence_id: UUID) -> Absence:
    absence = await db.scalar(select(Absence).where(Absence.id == absence_id))
    if absence is None:
        raise AbsenceNotFound
    return absence


async def enter(
    db: Db,
    resource: Resource,
    *,
    kind: AbsenceKind,
    starts_at: datetime,
    ends_at: datetime,
    note: str = "",
) -> Absence:
    """Nobody is asked whether there are appointments: `affected` lists them."""
    absence = Absence(
        resource_id=resource.id, kind=kind, starts_at=starts_at, ends_at=ends_at, note=note
    )
    db.add(absence)
    await db.flush()
    _note(db, "absence.entered", absence, resource.name)
    return absence


async def edit(db: Db, absence: Absence, resource: Resource, **columns: Any) -> None:
    absence.resource_id = resource.id
    for name, value in columns.items():
        setattr(absence, name, value)
    await db.flush()
    _note(db, "absence.edited", absence, resource.name)


async def remove(db: Db, absence: Absence) -> None:
    await db.delete(absence)
    audit.note(db, "absence.removed", str(absence.id), resource=str(absence.resource_id))


async def enter_school(
    db: Db, resource: Resource, days: Iterable[tuple[date, date]], note: str = ""
) -> int:
    """School from the first to the last day of each pair; what is known already stays once."""
    rows = [
        {
            "id": new_id(),
            "resource_id": resource.id,
            "kind": AbsenceKind.SCHOOL,
            "starts_at": day_begins(first),
            "ends_at": day_begins(last + timedelta(days=1)),
            "note": note,
            "source_id": f"school:{first.isoformat()}",
        }
        for first, last in days
    ]
    if not rows:
        return 0
    known = ("workshop_id", "resource_id", "source_id")
    query = insert(Absence).values(rows).on_conflict_do_nothing(index_elements=known)
    entered = len((await db.execute(query.returning(Absence.id))).all())
    audit.note(db, "absence.school_entered", str(resource.id), name=resource.name, times=entered)
    return entered


def day_begins(day: date) -> datetime:
    """Local midnight, in UTC."""
    return datetime.combine(day, time(), clock.BERLIN).astimezone(UTC)


def days_of(starts_at: datetime, ends_at: datetime) -> tuple[date, date]:
    """First and last local day that it touches."""
    last = clock.local(ends_at) - timedelta(microseconds=1)
    return clock.local(starts_at).date(), last.date()


def is_whole_days(starts_at: datetime, ends_at: datetime) -> bool:
    return not any(clock.local(one).time() != time() for one in (starts_at, ends_at))


def _note(db: Db, action: str, absence: Absence, name: str) -> None:
    audit.note(
        db,
        action,
        str(absence.id),
        resource=str(absence.resource_id),
        name=name,
        kind=absence.kind,
        starts_at=clock.rfc3339(absence.starts_at),
        ends_at=clock.rfc3339(absence.ends_at),
    )
