"""A visitor waits for a person: how urgent it is, until when to answer, who is told."""

from datetime import datetime, timedelta

from sqlalchemy import exists, or_, select

from portal.bookings.calendar import Week
from portal.bookings.models import Appointment
from portal.bookings.models import State as AppointmentState
from portal.chat import answer_clock, arrivals, inbox_settings, priorities
from portal.chat.models import Conversation
from portal.kit import clock
from portal.kit.db import Db
from portal.kit.outbox import later

_GOING_ON = tuple(state for state in AppointmentState if not state.is_over)


async def begin(
    db: Db,
    conversation: Conversation,
    reason: str,
    *,
    at: datetime | None = None,
    week: Week | None = None,
) -> None:
    """Start the clock unless it runs already, and say how urgent the answer is.

    While it runs nothing makes it less urgent. The row must be locked. `at`: the visitor said it
    back then, and nobody is mailed.
    """
    level = priorities.level_of(
        reason=reason,
        is_upset=conversation.is_upset,
        has_booking=await _has_booking(db, conversation),
    )
    conversation.priority = max(conversation.priority, level)
    if conversation.unanswered_since is not None:
        return
    moment = at or clock.now()
    settings = await inbox_settings.get(db)
    known = week or await arrivals.week_of(db, moment)
    runs = answer_clock.clock_from(known, moment, settings.answer_minutes)
    conversation.unanswered_since = moment
    conversation.answer_due_at, conversation.answer_spans = runs.due_at, runs.spans
    if at is None:
        when = moment + timedelta(minutes=settings.mail_after_minutes)
        later(
            db,
            "chat.notify_staff",
            run_at=when,
            conversation_id=conversation.id,
            since=moment.isoformat(),
        )


async def _has_booking(db: Db, conversation: Conversation) -> bool:
    theirs = Appointment.source_id == conversation.id
    if conversation.customer_id is not None:
        theirs = or_(theirs, Appointment.customer_id == conversation.customer_id)
    query = select(exists().where(theirs, Appointment.state.in_(_GOING_ON)))
    return bool(await db.scalar(query))
