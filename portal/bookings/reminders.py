"""Reminders: planned when an appointment is confirmed, planned anew when it is moved."""

from datetime import datetime, time, timedelta

from portal.bookings import notice_rows
from portal.bookings.models import Appointment, BookingRules, NoticeKind, State
from portal.bookings.recipients import for_staff, ways_to
from portal.kit import clock
from portal.kit.db import Db
from portal.kit.errors import N_
from portal.kit.outbox import later
from portal.vehicles.models import Customer

EVENING, MORNING = time(20), time(7)
"""Nobody's telephone rings at night: what would come then comes the evening before."""
NOT_SOONER_THAN = timedelta(hours=1)
"""Who has just been told when to come needs no reminder."""
_MOVED = N_("the appointment was moved")
_OVER = N_("the appointment no longer stands")


async def plan(
    db: Db, appointment: Appointment, customer: Customer | None, rules: BookingRules, *, moves: int
) -> None:
    """One for each of the workshop's distances; those for another time are skipped.

    `moves` tells plans apart: an appointment may come back to a time that it had before.
    """
    await notice_rows.skip_reminders(db, appointment.id, for_staff(_MOVED))
    arrives_at = appointment.drop_off_at or appointment.starts_at
    if arrives_at is None or appointment.state != State.CONFIRMED:
        return
    for hours in sorted(set(rules.reminder_hours)):
        due = due_at(arrives_at, hours)
        if due < clock.now() + NOT_SOONER_THAN:
            continue
        for way in ways_to(customer, NoticeKind.REMINDER, by_sms=rules.reminder_by_sms):
            key = f"reminder:{appointment.id}:{moves}:{arrives_at.timestamp():.0f}:{hours}"
            added = await notice_rows.add(
                db, way, NoticeKind.REMINDER, key, appointment_id=appointment.id, due_at=due
            )
            if added is not None:
                stands_at = clock.rfc3339(arrives_at)
                later(db, "bookings.remind", run_at=due, notice_id=added, stands_at=stands_at)


async def drop(db: Db, appointment: Appointment) -> None:
    await notice_rows.skip_reminders(db, appointment.id, for_staff(_OVER))


def due_at(arrives_at: datetime, hours: int) -> datetime:
    """So many hours before by the clock on the wall; at night the evening before."""
    due = clock.local(arrives_at) - timedelta(hours=hours)  # wall time: the zone stays the same
    if due.time() < MORNING:
        return datetime.combine(due.date() - timedelta(days=1), EVENING, due.tzinfo)
    if due.time() > EVENING:
        return datetime.combine(due.date(), EVENING, due.tzinfo)
    return due
