"""What appointments occupy: everything at once or nothing, and never twice.

Whoever books waits for the others of the same workshop (an advisory lock until commit), so that
two of them see each other's result instead of each other's constraint. The exclusion constraint
stands behind that, for whoever comes another way.
"""

from datetime import datetime, timedelta
from uuid import UUID

from sqlalchemy import func, select
from sqlalchemy.dialects.postgresql import Range
from sqlalchemy.exc import IntegrityError

from portal.bookings import free_times, occupancy
from portal.bookings.capacity import Occupancy
from portal.bookings.models import (
    Appointment,
    AppointmentService,
    Reservation,
    Resource,
    ResourceKind,
    Service,
)
from portal.bookings.placing import Slot
from portal.bookings.planning import Need, days_after, need_of
from portal.kit import clock
from portal.kit.db import Db
from portal.kit.errors import N_, Problem
from portal.tenants.boundary import workshop_id_of


class SlotTaken(Problem):
    status, code, title = 409, "SLOT_TAKEN", N_("This appointment has just been taken.")


class NothingFree(Problem):
    """Staff chose a time that does not fit; `conflicts` say why."""

    status, code, title = 409, "NOTHING_FREE", N_("The appointment does not fit there.")


async def need_for(db: Db, appointment: Appointment, *, minutes: int | None = None) -> Need:
    """What this appointment needs, from its services as they are today."""
    query = select(AppointmentService.service_id).where(
        AppointmentService.appointment_id == appointment.id
    )
    ids = [one for one in await db.scalars(query) if one is not None]
    found = (await db.scalars(select(Service).where(Service.id.in_(ids)))).all() if ids else []
    return need_of(
        found,
        minutes=minutes or appointment.work_minutes,
        waits=appointment.waits,
        loaner=appointment.wants_loaner,
    )


async def resources_of(db: Db, appointment_id: UUID) -> dict[ResourceKind, UUID]:
    """What the appointment occupies now."""
    query = (
        select(Resource.kind, Resource.id)
        .join(Reservation, Reservation.resource_id == Resource.id)
        .where(Reservation.appointment_id == appointment_id)
    )
    return {ResourceKind(row.kind): row.id for row in await db.execute(query)}


async def load_around(
    db: Db, starts_at: datetime, need: Need, *, without: UUID | None = None
) -> Occupancy:
    day = clock.local(starts_at).date()
    last = day + timedelta(days=days_after(need.minutes) + 1)
    return await occupancy.load(db, day, last, without=without)


async def one_at_a_time(db: Db) -> None:
    key = func.hashtextextended(f"bookings:{workshop_id_of(db)}", 0)
    await db.execute(select(func.pg_advisory_xact_lock(key)))


async def reserve(db: Db, slot: Slot, **owner: UUID) -> None:
    """Take it all or nothing; `owner` is `appointment_id` or `offer_id`. Raises `SlotTaken`."""
    rows = [
        Reservation(resource_id=resource, during=Range(begin, end), **owner)
        for resource, times in sorted(slot.held.items())
        for begin, end in times
    ]
    try:
        async with db.begin_nested():
            db.add_all(rows)
            await db.flush()
    except IntegrityError as error:
        raise SlotTaken from error


async def take_again(db: Db, appointment: Appointment) -> None:
    """Who was thought lost turned up after all: the time is taken again if it is still free."""
    assert appointment.starts_at is not None  # noqa: S101  # a no-show had a time
    need = await need_for(db, appointment)
    there = await load_around(db, appointment.starts_at, need)
    slot = free_times.place(there, need, appointment.starts_at, force=True)
    if slot is None:
        reasons = free_times.conflicts(there, need, appointment.starts_at)
        raise NothingFree(conflicts=reasons)
    await reserve(db, slot, appointment_id=appointment.id)
