"""Reminders: planned when an appointment is confirmed, planned anew when it is moved."""

from datetime import datetime, time, timedelta

from sqlalchemy import select

from portal.bookings import notice_rows
from portal.bookings import rules as booking_rules
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
_OTHER_RULES = N_("the workshop reminds at other times now")
_OVER = N_("the appointment no longer stands")


async def plan(
    db: Db,
    appointment: Appointment,
    customer: Customer | None,
    rules: BookingRules,
    *,
    moves: int,
    why: str = _MOVED,
) -> None:
    """One for each of the workshop's distances; those planned before are skipped, with `why`.

    `moves` tells plans apart: an appointment may come back to a time that it had before.
    """
    await notice_rows.skip_reminders(db, appointment.id, for_staff(why))
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


async def plan_all(db: Db) -> None:
    """As the rules are now, for every appointment that is still ahead."""
    rules = await booking_rules.load(db)
    query = (
        select(Appointment, Customer)
        .outerjoin(Customer, Customer.id == Appointment.customer_id)
        .where(Appointment.state == State.CONFIRMED, Appointment.starts_at > clock.now())
    )
    this_time = int(clock.now().timestamp())
    for row in (await db.execute(query)).all():
        await plan(db, row.Appointment, row.Customer, rules, moves=this_time, why=_OTHER_RULES)


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
