"""What the team sees of a visitor's appointments beside the conversation."""

import re
from collections.abc import Sequence
from datetime import datetime
from urllib.parse import urlencode
from uuid import UUID

import msgspec
from sqlalchemy import ColumnElement, or_, select

from portal.bookings.models import Appointment
from portal.bookings.planner_words import state, tone
from portal.chat import threads
from portal.chat.bookings import SOURCE
from portal.chat.models import Conversation
from portal.kit.db import Db
from portal.vehicles import customers
from portal.vehicles.plate import plate_key

SHOWN = 6
SAID = 20
LONGEST_NOTE = 500
_PLATE = re.compile(r"\b[A-ZÄÖÜ]{1,3}[- ][A-ZÄÖÜ]{1,2}[- ]?[0-9]{1,4}[EH]?\b", re.IGNORECASE)


class Line(msgspec.Struct):
    """`is_from_here`: made in this conversation."""

    id: UUID
    code: str
    title: str
    starts_at: datetime | None
    state: str
    tone: str
    is_from_here: bool


class Shown(msgspec.Struct):
    """The newest appointments of this visitor, and what a new one begins with."""

    lines: list[Line]
    prefilled: str


async def of_conversation(db: Db, conversation: Conversation) -> Shown:
    known: Sequence[UUID] = []
    if conversation.has_contact:
        found = await customers.find_by_contact(
            db, email=conversation.email, phone=conversation.phone
        )
        known = [one.id for one in found]
    query = select(Appointment).where(_is_theirs(conversation, known))
    newest = query.order_by(Appointment.created_at.desc()).limit(SHOWN)
    lines = [_line(one, conversation) for one in await db.scalars(newest)]
    customer = known[0] if len(known) == 1 else None
    return Shown(lines, await _prefilled(db, conversation, customer))


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


async def _prefilled(db: Db, conversation: Conversation, customer: UUID | None) -> str:
    """The query of the calendar's form: what the visitor has already said once."""
    texts = await threads.said_by_visitor(db, conversation.id, limit=SAID)
    facts = {
        "new": "1",
        "conversation": str(conversation.id),
        "customer": str(customer or ""),
        "name": conversation.visitor_name,
        "phone": conversation.phone,
        "email": conversation.email,
        "plate": _plate_in(texts),
        "note": "\n".join(texts)[:LONGEST_NOTE],
    }
    return urlencode({name: value for name, value in facts.items() if value})


def _plate_in(texts: Sequence[str]) -> str:
    """The last thing said that reads like a plate and is one."""
    for text in reversed(texts):
        for found in _PLATE.findall(text):
            if plate_key(found) is not None:
                return str(found).upper()
    return ""
