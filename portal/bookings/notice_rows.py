"""The rows that say what a customer was told: one for each message, never two of one key."""

from datetime import datetime
from uuid import UUID

from sqlalchemy import update
from sqlalchemy.dialects.postgresql import insert

from portal.bookings.models import BookingNotice, Delivery, NoticeKind
from portal.bookings.recipients import Way
from portal.kit import clock
from portal.kit.db import Db, new_id


async def add(
    db: Db,
    way: Way,
    kind: NoticeKind,
    key: str,
    *,
    appointment_id: UUID | None = None,
    invitation_id: UUID | None = None,
    due_at: datetime | None = None,
) -> UUID | None:
    """The new row's id when there is something to send, None when not or when it is there."""
    state = Delivery.SKIPPED if way.problem else Delivery.QUEUED
    row = insert(BookingNotice).values(
        id=new_id(),
        appointment_id=appointment_id,
        invitation_id=invitation_id,
        kind=kind,
        channel=way.channel,
        key=f"{key}:{way.channel}",
        recipient=way.to,
        state=state,
        problem=way.problem,
        due_at=due_at or clock.now(),
    )
    same = row.on_conflict_do_nothing(index_elements=["workshop_id", "key"])
    added: UUID | None = await db.scalar(same.returning(BookingNotice.id))
    return added if state == Delivery.QUEUED else None


async def skip_reminders(db: Db, appointment_id: UUID, why: str) -> None:
    """Those that wait for a time that is no longer true."""
    await db.execute(
        update(BookingNotice)
        .where(BookingNotice.appointment_id == appointment_id)
        .where(BookingNotice.kind == NoticeKind.REMINDER, BookingNotice.state == Delivery.QUEUED)
        .values(state=Delivery.SKIPPED, problem=why)
        .execution_options(synchronize_session="fetch")
    )
