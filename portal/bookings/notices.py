"""What customers are told about their appointments."""

from uuid import UUID

import msgspec
from sqlalchemy import func, select

from portal.bookings import notice_rows, reminders, rules
from portal.bookings.models import (
    Appointment,
    AppointmentMove,
    BookingNotice,
    BookingRules,
    Delivery,
    NoticeKind,
    State,
    WaitlistEntry,
    WaitlistInvitation,
)
from portal.bookings.recipients import ways_to
from portal.kit import clock
from portal.kit.db import Db
from portal.kit.errors import N_, NotFound, Problem
from portal.kit.outbox import later
from portal.tenants.audit import note
from portal.vehicles.models import Customer


class NoticeNotFound(NotFound):
    code, title = "NOTICE_NOT_FOUND", N_("We could not find this message.")


class NobodyToTell(Problem):
    status, code = 409, "NOBODY_TO_TELL"
    title = N_("There is no address for this customer – please call.")


class _History(msgspec.Struct, frozen=True):
    """How often something happened to an appointment, and what the last of it was."""

    moves: int = 0
    from_state: str = ""
    was_at: str | None = ""


async def queue(
    db: Db,
    appointment: Appointment | None,
    kind: NoticeKind,
    *,
    invitation: UUID | None = None,
    to: str = "",
) -> None:
    """Queue the messages of this kind with the transaction of `db`; a second time is nothing.

    An offer to the waiting list names its invitation and no appointment. `to` is a mail address
    that goes before the customer's own.
    """
    history = await _history(db, appointment.id) if appointment else _History()
    if appointment is not None and not _is_news(appointment, kind, history):
        return
    booking_rules = await rules.load(db)
    customer = await _customer(db, appointment, invitation)
    for way in ways_to(customer, kind, by_sms=booking_rules.reminder_by_sms, to=to):
        added = await notice_rows.add(
            db,
            way,
            kind,
            _key(appointment, invitation, kind, history),
            appointment_id=appointment.id if appointment else None,
            invitation_id=None if appointment else invitation,
        )
        if added is not None:
            later(db, "bookings.send_notice", notice_id=added)
    if appointment is not None:
        await _plan_reminders(db, appointment, kind, customer, booking_rules, history)


async def again(db: Db, notice: BookingNotice) -> BookingNotice:
    """Send it once more, to the address that the customer has now; one that waits stays one.

    Raises `NobodyToTell`.
    """
    if notice.state == Delivery.QUEUED:
        return notice
    appointment = await db.scalar(
        select(Appointment).where(Appointment.id == notice.appointment_id)
    )
    customer = await _customer(db, appointment, notice.invitation_id)
    kind = NoticeKind(notice.kind)
    ways = [way for way in ways_to(customer, kind, by_sms=True) if not way.problem]
    same = [way for way in ways if way.channel == notice.channel] or ways
    if not same:
        raise NobodyToTell
    stem = notice.key.partition(":again:")[0]
    tries = await db.scalar(
        select(func.count()).where(
            BookingNotice.appointment_id == notice.appointment_id
            if notice.appointment_id
            else BookingNotice.invitation_id == notice.invitation_id
        )
    )
    added = await notice_rows.add(
        db,
        same[0],
        kind,
        f"{stem}:again:{tries}",
        appointment_id=notice.appointment_id,
        invitation_id=notice.invitation_id,
    )
    if added is None:
        return notice
    later(db, "bookings.send_notice", notice_id=added)
    note(db, "booking.notice_again", str(notice.id), kind=kind)
    return await get(db, added)


async def get(db: Db, notice_id: UUID) -> BookingNotice:
    """Raises `NoticeNotFound`."""
    found = await db.scalar(select(BookingNotice).where(BookingNotice.id == notice_id))
    if found is None:
        raise NoticeNotFound
    return found


def _is_news(appointment: Appointment, kind: NoticeKind, history: _History) -> bool:
    """Neither a click that was taken back nor another lift is news to the customer."""
    if kind == NoticeKind.CONFIRMED:
        return history.from_state in {"", State.REQUESTED}
    if kind == NoticeKind.MOVED:
        here = appointment.starts_at and clock.rfc3339(appointment.starts_at)
        early = appointment.state in {State.REQUESTED, State.CONFIRMED}
        return early and history.was_at != here
    return True


async def _history(db: Db, appointment_id: UUID) -> _History:
    query = (
        select(AppointmentMove, func.count().over().label("moves"))
        .where(AppointmentMove.appointment_id == appointment_id)
        .order_by(AppointmentMove.happened_at.desc())
        .limit(1)
    )
    row = (await db.execute(query)).one_or_none()
    if row is None:
        return _History()
    last: AppointmentMove = row.AppointmentMove
    return _History(row.moves, last.from_state, last.details.get("starts_at", ""))


async def _customer(
    db: Db, appointment: Appointment | None, invitation: UUID | None
) -> Customer | None:
    query = select(Customer)
    if appointment is not None:
        query = query.where(Customer.id == appointment.customer_id)
    else:
        query = query.join(WaitlistEntry, WaitlistEntry.customer_id == Customer.id)
        query = query.join(WaitlistInvitation, WaitlistInvitation.entry_id == WaitlistEntry.id)
        query = query.where(WaitlistInvitation.id == invitation)
    found: Customer | None = await db.scalar(query)
    return found


def _key(
    appointment: Appointment | None,
    invitation: UUID | None,
    kind: NoticeKind,
    history: _History,
) -> str:
    """The same for the same news: what happened last, the time, the estimate."""
    if appointment is None:
        return f"{kind}:{invitation}"
    arrives_at = appointment.drop_off_at or appointment.starts_at
    when = f"{arrives_at.timestamp():.0f}" if arrives_at else "-"
    return f"{kind}:{appointment.id}:{history.moves}:{when}:{appointment.work_minutes or '-'}"


async def _plan_reminders(
    db: Db,
    appointment: Appointment,
    kind: NoticeKind,
    customer: Customer | None,
    booking_rules: BookingRules,
    history: _History,
) -> None:
    if kind in {NoticeKind.CONFIRMED, NoticeKind.MOVED}:
        await reminders.plan(db, appointment, customer, booking_rules, moves=history.moves)
    elif kind == NoticeKind.CANCELLED:
        await reminders.drop(db, appointment)
