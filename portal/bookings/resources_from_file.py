"""Lifts, people, loaner cars, inspectors and seats from `resources.yaml`.

Read only while the workshop has no resource at all: afterwards they are staff's own, who rename
them, send them on vacation and put them out of service.
"""

from collections.abc import Iterator, Mapping
from datetime import date, datetime, time, timedelta
from pathlib import Path
from uuid import UUID

import msgspec
from sqlalchemy import exists, select

from portal.bookings.models import (
    Absence,
    AbsenceKind,
    LiftKind,
    Resource,
    ResourceKind,
    ResourceSkill,
    Shift,
    SkillKind,
)
from portal.bookings.spans_in_files import spans_of, weekday_of
from portal.content.sources import ContentUnreadable
from portal.content.sync import read_file
from portal.kit.clock import BERLIN
from portal.kit.db import Db
from portal.tenants.models import Staff


class SchoolInFile(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """An apprentice's weeks at school: the one of `first`, then each so many weeks later."""

    first: date
    every_weeks: int
    until: date


class ResourceInFile(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """`skills`: until when the certificate holds, null for ever. `shifts` by weekday."""

    name: str
    lift_kind: LiftKind = LiftKind.NONE
    max_weight_kg: int | None = None
    capacity_percent: int = 100
    bookable_online: bool = True
    plate: str = ""
    note: str = ""
    skills: dict[SkillKind, date | None] = {}
    shifts: dict[str, list[str]] = {}
    school: SchoolInFile | None = None


class ResourcesInFile(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    lifts: list[ResourceInFile] = []
    people: list[ResourceInFile] = []
    loaners: list[ResourceInFile] = []
    inspectors: list[ResourceInFile] = []
    seats: list[ResourceInFile] = []

    def by_kind(self) -> Mapping[ResourceKind, list[ResourceInFile]]:
        return {
            ResourceKind.LIFT: self.lifts,
            ResourceKind.PERSON: self.people,
            ResourceKind.LOANER: self.loaners,
            ResourceKind.INSPECTOR: self.inspectors,
            ResourceKind.SEAT: self.seats,
        }


async def load_resources(db: Db, path: Path) -> None:
    """People with a name of the staff are linked to whoever signs in under it."""
    wanted = read_file(path, ResourcesInFile)
    if await db.scalar(select(exists(select(Resource.id)))):
        return
    staff = {row.name: row.id for row in await db.execute(select(Staff.name, Staff.id))}
    made: list[tuple[Resource, ResourceInFile]] = []
    for kind, entries in wanted.by_kind().items():
        for position, entry in enumerate(entries):
            made.append((_resource(kind, position, entry, staff), entry))
    db.add_all(resource for resource, _ in made)
    await db.flush()
    for resource, entry in made:
        db.add_all(_skills(resource, entry))
        db.add_all(_shifts(resource, entry, path))
        db.add_all(_school_weeks(resource, entry, path))
    await db.flush()


def _resource(
    kind: ResourceKind, position: int, entry: ResourceInFile, staff: Mapping[str, UUID]
) -> Resource:
    return Resource(
        kind=kind,
        name=entry.name,
        position=position,
        lift_kind=entry.lift_kind,
        max_weight_kg=entry.max_weight_kg,
        capacity_percent=entry.capacity_percent,
        bookable_online=entry.bookable_online,
        plate=entry.plate,
        note=entry.note,
        staff_id=staff.get(entry.name) if kind == ResourceKind.PERSON else None,
    )


def _skills(resource: Resource, entry: ResourceInFile) -> Iterator[ResourceSkill]:
    for skill, valid_until in entry.skills.items():
        yield ResourceSkill(resource_id=resource.id, skill=skill, valid_until=valid_until)


def _shifts(resource: Resource, entry: ResourceInFile, path: Path) -> Iterator[Shift]:
    for weekday, spans in entry.shifts.items():
        for starts, ends in spans_of(spans, path):
            yield Shift(
                resource_id=resource.id,
                weekday=weekday_of(weekday, path),
                starts=starts,
                ends=ends,
            )


def _school_weeks(resource: Resource, entry: ResourceInFile, path: Path) -> Iterator[Absence]:
    school = entry.school
    if school is None:
        return
    if school.every_weeks < 1:
        raise ContentUnreadable(f"{path.name}: {entry.name} goes to school every week or less")
    monday = school.first - timedelta(days=school.first.weekday())
    while monday <= school.until:
        yield Absence(
            resource_id=resource.id,
            kind=AbsenceKind.SCHOOL,
            starts_at=datetime.combine(monday, time(), BERLIN),
            ends_at=datetime.combine(monday + timedelta(days=5), time(), BERLIN),
            source_id=f"school {monday}",
        )
        monday += timedelta(weeks=school.every_weeks)
