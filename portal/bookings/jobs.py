"""What the bookings do behind the scenes: tell customers, remind them, watch over the work."""

from uuid import UUID

from sqlalchemy import select

from portal.bookings import deliveries, progress, reminders
from portal.bookings.models import Appointment
from portal.kit.outbox import JobFunction, Work, later


async def send_notice(work: Work, *, notice_id: str) -> None:
    await deliveries.deliver(work, UUID(notice_id))


async def remind(work: Work, *, notice_id: str, stands_at: str) -> None:
    """Only if the appointment still stands at that time (RFC 3339)."""
    await deliveries.deliver(work, UUID(notice_id), stands_at=stands_at)


async def plan_reminders(work: Work) -> None:
    """The workshop reminds at other times now: so do the reminders that wait already."""
    async with work.finishing() as db:
        await reminders.plan_all(db)


async def check_progress(work: Work, *, appointment_id: str) -> None:
    """When four fifths of the time are over staff sees it; before that it looks again later."""
    async with work.finishing() as db:
        found = select(Appointment).where(Appointment.id == UUID(appointment_id))
        appointment = await db.scalar(found.with_for_update())
        due = await progress.check(db, appointment) if appointment is not None else None
        if due is not None:
            later(db, "bookings.check_progress", run_at=due, appointment_id=appointment_id)


JOBS: dict[str, JobFunction] = {
    "bookings.send_notice": send_notice,
    "bookings.remind": remind,
    "bookings.plan_reminders": plan_reminders,
    "bookings.check_progress": check_progress,
}
