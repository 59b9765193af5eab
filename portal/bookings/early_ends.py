"""Work that ends before its time: what it would still occupy is free, and comes back with it.

A loaner car and a seat belong to the customer until the car is collected.
"""

from collections.abc import Sequence
from datetime import datetime
from uuid import UUID

import msgspec
from sqlalchemy import delete, func, select, update
from sqlalchemy.dialects.postgresql import Range
from sqlalchemy.exc import IntegrityError

from portal.bookings.models import (
    Appointment,
    AppointmentMove,
    Reservation,
    Resource,
    ResourceKind,
    State,
)
from portal.kit import clock
from portal.kit.db import Db

ENDING = frozenset({State.READY, State.COLLECTED})
WITH_THE_CUSTOMER = (ResourceKind.LOANER, ResourceKind.SEAT)


class Stretch(msgspec.Struct, frozen=True):
    """A time that a resource was to be taken for."""

    resource_id: UUID
    since: datetime
    until: datetime


async def free_rest(db: Db, appointment: Appointment) -> list[Stretch]:
    """Nothing of it is taken from now on; the stretches that are free by that."""
    now = clock.now().replace(microsecond=0)
    query = (
        select(Reservation.id, Reservation.resource_id, Reservation.starts_at, Reservation.ends_at)
        .join(Resource, Resource.id == Reservation.resource_id)
        .where(Reservation.appointment_id == appointment.id, Reservation.ends_at > now)
    )
    if appointment.state == State.READY:
        query = query.where(Resource.kind.not_in(WITH_THE_CUSTOMER))
    rows = (await db.execute(query)).all()
    ids = [row.id for row in rows]
    if ids:
        mine = Reservation.id.in_(ids)
        await db.execute(delete(Reservation).where(mine, Reservation.starts_at >= now))
        shortened = func.tstzrange(func.lower(Reservation.during), now)
        running = update(Reservation).where(mine).values(during=shortened)
        await db.execute(running.execution_options(synchronize_session=False))
    return [Stretch(row.resource_id, max(row.starts_at, now), row.ends_at) for row in rows]


async def take_rest(db: Db, appointment: Appointment) -> None:
    """The work goes on: what it gave up is taken again, as far as nobody else has it by now."""
    now = clock.now().replace(microsecond=0)
    for one in await _given_up(db, appointment):
        since = max(one.since, now)
        if since < one.until:
            await _take(db, appointment, one.resource_id, Range(since, one.until))


def span_of(freed: Sequence[Stretch]) -> tuple[datetime, datetime] | None:
    """From the first to the last moment of it."""
    if not freed:
        return None
    return min(one.since for one in freed), max(one.until for one in freed)


async def _given_up(db: Db, appointment: Appointment) -> list[Stretch]:
    query = (
        select(AppointmentMove.details)
        .where(AppointmentMove.appointment_id == appointment.id)
        .where(AppointmentMove.to_state == State.READY)
        .order_by(AppointmentMove.happened_at.desc())
    )
    details = await db.scalar(query.limit(1)) or {}
    return msgspec.convert(details.get("freed", []), list[Stretch])


async def _take(
    db: Db, appointment: Appointment, resource_id: UUID, during: Range[datetime]
) -> None:
    try:
        async with db.begin_nested():
            db.add(
                Reservation(appointment_id=appointment.id, resource_id=resource_id, during=during)
            )
    except IntegrityError:
        return
