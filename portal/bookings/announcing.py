"""What follows when something happens to an appointment: who is told, and what is written down."""

from datetime import datetime
from enum import StrEnum
from typing import Any

import msgspec
from sqlalchemy import select

from portal.bookings import notices, waitlist
from portal.bookings.models import Appointment, AppointmentService, NoticeKind, State
from portal.kit import clock
from portal.kit.db import Db
from portal.kit.outbox import later
from portal.kit.text import _
from portal.tenants.boundary import tell
from portal.vehicles import history, vehicles
from portal.vehicles.history import Source
from portal.vehicles.models import HistoryKind
from portal.webhooks import announcements

Times = tuple[datetime | None, datetime | None]


class Happening(StrEnum):
    """What happened; the words of states stand for having come there."""

    BOOKED = "booked"
    MOVED = "moved"
    ESTIMATED = "estimated"
    CONFIRMED = "confirmed"
    ARRIVED = "arrived"
    IN_WORK = "in_work"
    READY = "ready"
    COLLECTED = "collected"
    CANCELLED = "cancelled"
    NO_SHOW = "no_show"


NOTICES = {
    Happening.MOVED: NoticeKind.MOVED,
    Happening.ESTIMATED: NoticeKind.CHOICE,
    Happening.CONFIRMED: NoticeKind.CONFIRMED,
    Happening.READY: NoticeKind.READY,
    Happening.CANCELLED: NoticeKind.CANCELLED,
}
"""What the customer is told; a booking is received or confirmed by its state."""


async def happened(
    db: Db, appointment: Appointment, what: Happening, *, freed: Times | None = None
) -> None:
    """All with the transaction of `db`. `freed` is the time that is open again."""
    tell(db, "calendar", msgspec.json.encode({"id": appointment.id, "what": what}))
    kind = NOTICES.get(what)
    if what == Happening.BOOKED:
        is_new = appointment.state in {State.REQUESTED, State.CONFIRMED}
        is_firm = appointment.state == State.CONFIRMED
        kind = (NoticeKind.CONFIRMED if is_firm else NoticeKind.RECEIVED) if is_new else None
    if kind is not None:
        await notices.queue(db, appointment, kind)
    if what != Happening.ESTIMATED:
        event = "created" if what == Happening.BOOKED else str(what)
        await announcements.announce(db, f"booking.{event}", body_of(appointment))
    if what == Happening.IN_WORK:
        later(db, "bookings.check_progress", appointment_id=appointment.id)
    if what == Happening.COLLECTED:
        await _write_history(db, appointment)
    if freed is not None and freed[0] is not None and freed[1] is not None:
        await waitlist.time_freed(db, freed[0], freed[1])


def body_of(appointment: Appointment) -> dict[str, Any]:
    """What other programs are told: ids and times, no names."""
    return {
        "id": str(appointment.id),
        "code": appointment.code,
        "state": appointment.state,
        "origin": appointment.origin,
        "title": appointment.title,
        "customer_id": _text(appointment.customer_id),
        "vehicle_id": _text(appointment.vehicle_id),
        "starts_at": _moment(appointment.starts_at),
        "ends_at": _moment(appointment.ends_at),
        "drop_off_at": _moment(appointment.drop_off_at),
        "pick_up_at": _moment(appointment.pick_up_at),
    }


async def _write_history(db: Db, appointment: Appointment) -> None:
    """The vehicle remembers the visit once it is over."""
    if appointment.vehicle_id is None or appointment.starts_at is None:
        return
    kept = await vehicles.get(db, appointment.vehicle_id)
    query = select(AppointmentService.name).where(
        AppointmentService.appointment_id == appointment.id
    )
    names = (await db.scalars(query.order_by(AppointmentService.position))).all()
    await history.record(
        db,
        kept.vehicle,
        kind=HistoryKind.BOOKING,
        happened_on=clock.local(appointment.starts_at).date(),
        title=appointment.title or _("Workshop visit"),
        text="\n".join(names) if len(names) > 1 else "",
        source=Source("appointment", appointment.code, appointment.id),
    )


def _text(value: Any) -> str | None:
    return None if value is None else str(value)


def _moment(value: datetime | None) -> str | None:
    return None if value is None else clock.rfc3339(value)
