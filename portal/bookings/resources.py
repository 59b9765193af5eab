"""Lifts, people, loaner cars, inspectors and seats: what appointments can occupy."""

from collections.abc import Sequence
from datetime import date, datetime
from typing import Any
from uuid import UUID

import msgspec
from sqlalchemy import ColumnElement, Select, exists, func, select
from sqlalchemy.orm import InstrumentedAttribute

from portal.bookings.capacity import Capacity, ShiftRule
from portal.bookings.models import (
    Absence,
    AbsenceKind,
    LiftKind,
    Reservation,
    Resource,
    ResourceKind,
    ResourceSkill,
    Shift,
    SkillKind,
)
from portal.kit import clock
from portal.kit.db import Db
from portal.kit.errors import N_, NotFound, Problem
from portal.tenants import audit


class ResourceNotFound(NotFound):
    code, title = "RESOURCE_NOT_FOUND", N_("We do not know this lift or person.")


class ResourceInUse(Problem):
    status, code = 409, "RESOURCE_IN_USE"
    title = N_("There are appointments for it. Put it out of use instead of deleting it.")


class Training(msgspec.Struct, frozen=True):
    """`valid_until` None: it does not expire."""

    skill: SkillKind
    valid_until: date | None

    def holds_on(self, day: date) -> bool:
        return self.valid_until is None or day <= self.valid_until


class Away(msgspec.Struct, frozen=True):
    id: UUID
    kind: AbsenceKind
    starts_at: datetime
    ends_at: datetime
    note: str


class Kept(msgspec.Struct, frozen=True):
    """A resource with its training, its weekly shifts and the absences that are not over."""

    resource: Resource
    skills: list[Training]
    shifts: list[ShiftRule]
    absences: list[Away]

    def absence_at(self, moment: datetime) -> Away | None:
        return next((a for a in self.absences if a.starts_at <= moment < a.ends_at), None)

    def away_during(self, start: datetime, end: datetime) -> Away | None:
        return next((a for a in self.absences if a.starts_at < end and start < a.ends_at), None)

    @property
    def capacity(self) -> Capacity:
        """As the search for free times sees it, without what is taken."""
        one = self.resource
        return Capacity(
            id=one.id,
            kind=ResourceKind(one.kind),
            name=one.name,
            lift_kind=LiftKind(one.lift_kind),
            max_weight_kg=one.max_weight_kg,
            percent=one.capacity_percent,
            online=one.bookable_online,
            skills={training.skill: training.valid_until for training in self.skills},
            shifts=tuple(self.shifts),
        )


async def load(db: Db, *, since: datetime | None = None) -> list[Kept]:
    """All resources in their order with what belongs to them, in one statement.

    Absences that ended before `since` (now) are left out.
    """
    query = _with_belongings(since or clock.now())
    return [_kept(row) for row in await db.execute(query)]


async def get(db: Db, resource_id: UUID, *, since: datetime | None = None) -> Kept:
    query = _with_belongings(since or clock.now()).where(Resource.id == resource_id)
    row = (await db.execute(query)).one_or_none()
    if row is None:
        raise ResourceNotFound
    return _kept(row)


def find(kept: Sequence[Kept], resource_id: UUID) -> Kept:
    """One of those loaded. Raises `ResourceNotFound`."""
    found = next((one for one in kept if one.resource.id == resource_id), None)
    if found is None:
        raise ResourceNotFound
    return found


async def active_of(db: Db, *kinds: ResourceKind) -> Sequence[Resource]:
    """Those in use, in their order; without kinds all of them."""
    query = select(Resource).where(Resource.active).order_by(*_PLACE)
    if kinds:
        query = query.where(Resource.kind.in_(kinds))
    return (await db.scalars(query)).all()


async def add(db: Db, kind: ResourceKind, name: str, **columns: Any) -> Resource:
    """A new one, behind the others of its kind."""
    last = select(func.coalesce(func.max(Resource.position), -1)).where(Resource.kind == kind)
    position = (await db.scalar(last) or 0) + 1 if await _any_of(db, kind) else 0
    made = Resource(kind=kind, name=name, **{"position": position, **columns})
    db.add(made)
    await db.flush()
    audit.note(db, "resource.added", str(made.id), kind=kind, name=name)
    return made


async def edit(db: Db, resource: Resource, **columns: Any) -> None:
    """Take over these columns; the entry in the trail names those that changed."""
    changed = {name: value for name, value in columns.items() if getattr(resource, name) != value}
    for name, value in changed.items():
        setattr(resource, name, value)
    if changed:
        await db.flush()
        audit.note(db, "resource.edited", str(resource.id), fields=sorted(changed))


async def set_in_use(db: Db, resource: Resource, *, active: bool) -> None:
    """What is out of use gets no new appointments and keeps those it has."""
    if resource.active != active:
        resource.active = active
        action = "resource.put_into_use" if active else "resource.put_out_of_use"
        audit.note(db, action, str(resource.id), name=resource.name)


async def delete(db: Db, resource: Resource) -> None:
    """Only what never had an appointment. Raises `ResourceInUse`."""
    taken = select(exists().where(Reservation.resource_id == resource.id))
    if await db.scalar(taken):
        raise ResourceInUse
    await db.delete(resource)
    audit.note(db, "resource.deleted", str(resource.id), name=resource.name)


async def shift_place(db: Db, resource: Resource, step: int) -> None:
    """One place up (-1) or down (1) among those of its kind; at the end nothing happens."""
    query = select(Resource).where(Resource.kind == resource.kind).order_by(*_PLACE)
    row = list((await db.scalars(query)).all())
    at = row.index(resource)
    to = min(max(at + step, 0), len(row) - 1)
    row.insert(to, row.pop(at))
    for position, other in enumerate(row):
        other.position = position
    audit.note(db, "resource.moved", str(resource.id), place=to)


_PLACE = (Resource.kind, Resource.position, Resource.id)


async def _any_of(db: Db, kind: ResourceKind) -> bool:
    return bool(await db.scalar(select(exists().where(Resource.kind == kind))))


def _with_belongings(since: datetime) -> Select[Any]:
    skills = _rows(ResourceSkill.resource_id, ResourceSkill.skill, ResourceSkill.valid_until)
    shifts = _rows(
        Shift.resource_id,
        Shift.weekday,
        Shift.starts,
        Shift.ends,
        Shift.valid_from,
        Shift.valid_to,
    )
    away = _rows(
        Absence.resource_id,
        Absence.id,
        Absence.kind,
        Absence.starts_at,
        Absence.ends_at,
        Absence.note,
        where=Absence.ends_at > since,
    )
    return select(Resource, skills, shifts, away).order_by(*_PLACE)


def _rows(
    owner: InstrumentedAttribute[UUID],
    *columns: InstrumentedAttribute[Any],
    where: ColumnElement[bool] | None = None,
) -> ColumnElement[Any]:
    """The rows of a belonging as one JSON list: three more statements would be three trips."""
    names = [part for column in columns for part in (column.key, column)]
    query = select(func.json_agg(func.json_build_object(*names))).where(owner == Resource.id)
    if where is not None:
        query = query.where(where)
    return query.correlate(Resource).scalar_subquery()


def _kept(row: Any) -> Kept:
    resource, skills, shifts, away = row
    return Kept(
        resource,
        sorted(
            msgspec.convert(skills or [], list[Training]),
            key=lambda s: list(SkillKind).index(s.skill),
        ),
        sorted(msgspec.convert(shifts or [], list[ShiftRule]), key=lambda t: (t.weekday, t.starts)),
        sorted(msgspec.convert(away or [], list[Away]), key=lambda a: a.starts_at),
    )
