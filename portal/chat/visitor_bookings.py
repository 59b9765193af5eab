"""What the team sees of a visitor's appointments beside the conversation."""

from collections.abc import Sequence
from datetime import datetime
from uuid import UUID

import msgspec
from sqlalchemy import ColumnElement, or_, select

from portal.bookings.models import Appointment
from portal.bookings.planner_words import state, tone
from portal.chat.bookings import SOURCE
from portal.chat.models import Conversation
from portal.kit.db import Db
from portal.vehicles import customers

SHOWN = 6


class Line(msgspec.Struct):
    """`is_from_here`: made in this conversation."""

    id: UUID
    code: str
    title: str
    starts_at: datetime | None
    state: str
    tone: str
    is_from_here: bool


async def of_conversation(db: Db, conversation: Conversation) -> list[Line]:
    """The newest appointments of this visitor."""
    known: Sequence[UUID] = []
    if conversation.has_contact:
        found = await customers.find_by_contact(
            db, email=conversation.email, phone=conversation.phone
        )
        known = [one.id for one in found]
    query = select(Appointment).where(_is_theirs(conversation, known))
    newest = query.order_by(Appointment.created_at.desc()).limit(SHOWN)
    return [_line(one, conversation) for one in await db.scalars(newest)]


def _is_theirs(conversation: Conversation, known: Sequence[UUID]) -> ColumnElement[bool]:
    own = Appointment.source_id == conversation.id
    return or_(own, Appointment.customer_id.in_(known)) if known else own


def _line(appointment: Appointment, conversation: Conversation) -> Line:
    return Line(
        appointment.id,
        appointment.code,
        appointment.title,
        appointment.starts_at,
        state(appointment.state),
        tone(appointment.state),
        appointment.source_kind == SOURCE and appointment.source_id == conversation.id,
    )
