"""A person's appointments at a secret address, for the calendar on their telephone.

The address names workshop and person, is signed, and holds the key that stands at the person:
whoever closes the feed forgets the key. It tells when, which car and what, and nothing of people.
"""

import secrets
from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

import msgspec
from sqlalchemy import Row, func, select

from portal.bookings import calendar_files
from portal.bookings.calendar_files import Work
from portal.bookings.models import (
    Appointment,
    AppointmentService,
    Reservation,
    Resource,
    ResourceKind,
    State,
)
from portal.kit import clock
from portal.kit.db import Db
from portal.kit.errors import N_, NotFound
from portal.kit.parts import Parts
from portal.kit.text import _
from portal.tenants import workshops
from portal.tenants.audit import note
from portal.tenants.boundary import feed_of, workshop_id_of
from portal.tenants.callers import Feed, feed_token
from portal.vehicles.models import Vehicle

WITH_FEEDS = frozenset({ResourceKind.PERSON, ResourceKind.INSPECTOR})
BEHIND, AHEAD = timedelta(days=30), timedelta(days=180)
MOST = 1000
KEY_BYTES = 12


class FeedNotFound(NotFound):
    code, title = "FEED_NOT_FOUND", N_("We could not find this calendar.")


class Shown(msgspec.Struct, frozen=True):
    """A feed's file, a mark of its content, and when what it shows last changed."""

    content: bytes
    changed_at: datetime


async def resource_of(db: Db, resource_id: UUID) -> Resource:
    """Somebody who can have a feed. Raises `NotFound`."""
    query = select(Resource).where(Resource.id == resource_id, Resource.kind.in_(WITH_FEEDS))
    found = await db.scalar(query)
    if found is None:
        raise NotFound
    return found


async def open(db: Db, resource: Resource) -> str:  # noqa: A001  # it is what the button says
    """The feed's address; an older one ends."""
    resource.feed_key = secrets.token_urlsafe(KEY_BYTES)
    note(db, "feed.opened", str(resource.id))
    await db.flush()
    return _address(db, resource.feed_key, resource.id)


async def revoke(db: Db, resource: Resource) -> None:
    """The address is worth nothing from now on."""
    resource.feed_key = None
    note(db, "feed.revoked", str(resource.id))
    await db.flush()


def address(db: Db, resource: Resource) -> str:
    """Where the feed is now; empty without one."""
    return _address(db, resource.feed_key, resource.id) if resource.feed_key else ""


async def show(db: Db) -> Shown:
    """What stands behind the address of this session. Raises `FeedNotFound`."""
    claim = feed_of(db)
    resource = await db.scalar(select(Resource).where(Resource.id == claim.resource_id))
    if resource is None or not resource.active or not _holds(resource, claim):
        raise FeedNotFound
    if (await workshops.get_workshop(db)).suspended_at is not None:
        raise FeedNotFound
    since, until = clock.now() - BEHIND, clock.now() + AHEAD
    rows = await _rows(db, resource.id, since, until)
    works = [_work(row, number) for row, number in _numbered(rows)]
    profile = await workshops.get_profile(db)
    content = calendar_files.feed(f"{resource.name} – {profile.name}", works)
    return Shown(content, await _changed_at(db, since) or profile.updated_at)


def _holds(resource: Resource, claim: Feed) -> bool:
    return secrets.compare_digest((resource.feed_key or "").encode(), claim.key.encode()) and bool(
        resource.feed_key
    )


def _address(db: Db, key: str, resource_id: UUID) -> str:
    parts: Parts = db.info["parts"]
    claim = Feed(workshop_id_of(db), resource_id, key)
    token = feed_token(claim, parts.settings.secret)
    return f"{parts.settings.base_url}/calendar/{token}.ics"


async def _rows(
    db: Db, resource_id: UUID, since: datetime, until: datetime
) -> Sequence[Row[*tuple[Any, ...]]]:
    services = (
        select(func.string_agg(AppointmentService.name, ", "))
        .where(AppointmentService.appointment_id == Appointment.id)
        .scalar_subquery()
    )
    query = (
        select(
            Appointment,
            Vehicle,
            Reservation.starts_at,
            Reservation.ends_at,
            services.label("services"),
        )
        .join(Appointment, Appointment.id == Reservation.appointment_id)
        .outerjoin(Vehicle, Vehicle.id == Appointment.vehicle_id)
        .where(Reservation.resource_id == resource_id)
        .where(Reservation.ends_at >= since, Reservation.starts_at < until)
        .order_by(Reservation.starts_at, Reservation.id)
        .limit(MOST)
    )
    return (await db.execute(query)).all()


def _numbered(
    rows: Sequence[Row[*tuple[Any, ...]]],
) -> list[tuple[Row[*tuple[Any, ...]], int]]:
    """The parts of a work that goes on over days are told apart by their place."""
    seen: dict[UUID, int] = {}
    found = []
    for row in rows:
        seen[row.Appointment.id] = seen.get(row.Appointment.id, 0) + 1
        found.append((row, seen[row.Appointment.id]))
    return found


def _work(row: Row[*tuple[Any, ...]], number: int) -> Work:
    appointment: Appointment = row.Appointment
    vehicle: Vehicle | None = row.Vehicle
    what = row.services or appointment.title or _("Appointment")
    lines = [
        vehicle.title if vehicle else "",
        _("Booking code: %(code)s", code=appointment.code),
    ]
    return Work(
        uid=f"{appointment.id}-{number}@carbot",
        starts_at=row.starts_at,
        ends_at=row.ends_at,
        summary=" · ".join(part for part in (vehicle.plate if vehicle else "", what) if part),
        description="\n".join(line for line in lines if line),
        is_firm=appointment.state != State.REQUESTED,
        touched_at=appointment.updated_at,
        sequence=int((appointment.updated_at - appointment.created_at).total_seconds()),
    )


async def _changed_at(db: Db, since: datetime) -> datetime | None:
    """Of all appointments: one that was cancelled or given to somebody else is gone from here."""
    query = select(func.max(Appointment.updated_at)).where(Appointment.starts_at >= since)
    changed: datetime | None = await db.scalar(query)
    return changed
