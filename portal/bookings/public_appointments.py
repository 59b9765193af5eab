"""What a customer sees of an appointment behind its signed link, and what they may still do.

The link may be forwarded, so that the page names neither the customer nor what else is known about
them: only what was booked, with the plate it was booked for.
"""

from collections.abc import Sequence
from datetime import date, datetime, timedelta
from decimal import Decimal

import msgspec
from sqlalchemy import select

from portal.bookings import appointments, rules, slots
from portal.bookings.models import (
    Appointment,
    AppointmentMove,
    AppointmentService,
    BookingRules,
    State,
)
from portal.bookings.public_days import PAGE_DAYS, FreeTime
from portal.bookings.reservations import NothingFree, SlotTaken, need_for
from portal.kit import clock
from portal.kit.db import Db
from portal.kit.errors import N_, Problem
from portal.kit.text import _
from portal.tenants.boundary import tell, visitor_of
from portal.vehicles.models import Vehicle

BY_CUSTOMER = N_("Customer")
FORGOTTEN_AFTER = timedelta(days=14)
"""A page about what is long over says nothing any more."""
BEFORE_WORK = frozenset({State.REQUESTED, State.CONFIRMED})
_OVER = frozenset({State.COLLECTED, State.NO_SHOW})


class TooLate(Problem):
    status, code = 409, "TOO_LATE"
    title = N_("It is too late to change this online. Please call us.")


class TimeTaken(Problem):
    """Somebody was faster; the page shows what is free now."""

    status, code, title = 409, "TIME_TAKEN", N_("This time has just been taken.")


class Shown(msgspec.Struct, frozen=True, kw_only=True):
    """An appointment with what belongs to it."""

    appointment: Appointment
    services: Sequence[AppointmentService]
    plate: str
    rules: BookingRules

    @property
    def state(self) -> State:
        return State(self.appointment.state)

    @property
    def is_past(self) -> bool:
        """Collected, missed, or over for so long that nobody needs the page."""
        ended = self.appointment.ends_at or self.appointment.state_since
        long_ago = ended + FORGOTTEN_AFTER < clock.now()
        return self.state in _OVER or (long_ago and self.appointment.starts_at is not None)

    @property
    def needs_time(self) -> bool:
        """Staff said how long it takes; now the customer says when."""
        waiting = self.state == State.REQUESTED and self.appointment.starts_at is None
        return waiting and self.appointment.work_minutes is not None

    @property
    def is_ahead(self) -> bool:
        starts = self.appointment.starts_at
        return starts is not None and starts > clock.now()

    @property
    def is_too_late(self) -> bool:
        """Not over, but so near that the workshop has got ready for it."""
        return self.state in BEFORE_WORK and self.is_ahead and not self.can_move

    @property
    def can_move(self) -> bool:
        starts = self.appointment.starts_at
        lead = timedelta(minutes=self.rules.lead_minutes)
        return self.state in BEFORE_WORK and starts is not None and starts - lead > clock.now()

    @property
    def can_cancel(self) -> bool:
        """Up to the last minute: a late word is better than none."""
        return self.state in BEFORE_WORK and (self.appointment.starts_at is None or self.is_ahead)

    @property
    def can_promise(self) -> bool:
        asked = self.state == State.CONFIRMED and self.is_ahead
        return asked and self.appointment.attending_at is None


async def shown(db: Db) -> Shown:
    """The appointment of the link. Raises `AppointmentNotFound`."""
    query = (
        select(Appointment, Vehicle.plate)
        .outerjoin(Vehicle, Vehicle.id == Appointment.vehicle_id)
        .where(Appointment.id == visitor_of(db).subject)
    )
    row = (await db.execute(query)).one_or_none()
    if row is None:
        raise appointments.AppointmentNotFound
    services = select(AppointmentService).where(
        AppointmentService.appointment_id == row.Appointment.id
    )
    return Shown(
        appointment=row.Appointment,
        services=(await db.scalars(services.order_by(AppointmentService.position))).all(),
        plate=row.plate or "",
        rules=await rules.load(db),
    )


async def times_for(db: Db, seen: Shown, first: date) -> list[FreeTime]:
    """When it could be instead, on a page of days from `first` on."""
    last = first + timedelta(days=PAGE_DAYS - 1)
    return await _free(db, seen, first, last)


async def choose(db: Db, seen: Shown, value: str) -> Appointment:
    """To a time that is free now; whoever was asked to choose has it confirmed with that.

    Raises `TooLate`, `TimeTaken`.
    """
    if not (seen.can_move or seen.needs_time):
        raise TooLate
    starts_at = _moment(value)
    day = clock.local(starts_at).date()
    if all(one.starts_at != starts_at for one in await _free(db, seen, day, day)):
        raise TimeTaken
    by = _(BY_CUSTOMER)
    was_asked = seen.needs_time
    try:
        moved = await appointments.move(
            db, seen.appointment, starts_at=starts_at, online=True, by=by
        )
    except (NothingFree, SlotTaken) as taken:
        raise TimeTaken from taken
    if was_asked:
        await appointments.change_state(db, moved, State.CONFIRMED, by=by)
    return moved


async def cancel(db: Db, seen: Shown, why: str) -> None:
    """Raises `TooLate`."""
    if seen.state == State.CANCELLED:
        return
    if not seen.can_cancel:
        raise TooLate
    reason = " ".join(why.split())[:200] or _("Cancelled by the customer")
    await appointments.change_state(
        db, seen.appointment, State.CANCELLED, why=reason, by=_(BY_CUSTOMER)
    )


async def promise(db: Db, seen: Shown) -> None:
    """The customer says that they will come; once is enough."""
    if not seen.can_promise:
        return
    seen.appointment.attending_at = clock.now()
    db.add(
        AppointmentMove(
            appointment_id=seen.appointment.id,
            from_state=seen.state,
            to_state=seen.state,
            made_by=_(BY_CUSTOMER),
            why=_("Will come"),
            details={},
        )
    )
    await db.flush()
    body = msgspec.json.encode({"id": seen.appointment.id, "what": "attending"})
    tell(db, "calendar", body)


async def _free(db: Db, seen: Shown, first: date, last: date) -> list[FreeTime]:
    """Within lead time and horizon, on what customers may book; its own time counts as free."""
    need = await need_for(db, seen.appointment)
    there = await slots.look(db, need, first, last, without=seen.appointment.id)
    return [
        FreeTime(value=clock.rfc3339(one.starts_at), starts_at=one.starts_at, ends_at=one.ends_at)
        for one in slots.starts_in(there, need, last)
        if one.starts_at != seen.appointment.starts_at
    ]


def _moment(value: str) -> datetime:
    """Raises `TimeTaken` for what no page of ours offers."""
    try:
        found = datetime.fromisoformat(value)
        if found.tzinfo is None:
            raise TimeTaken
        return clock.local(found)
    except (ValueError, OverflowError) as error:
        raise TimeTaken from error


def price_of(seen: Shown) -> tuple[Decimal | None, bool]:
    """The sum of what has a price, and whether that is all and fixed."""
    priced = [one.price for one in seen.services if one.price is not None]
    is_fixed = bool(priced) and all(
        one.price is not None and not one.price_from for one in seen.services
    )
    return (sum(priced, start=Decimal(0)) if priced else None), is_fixed
