"""A visitor asks for a person, and is told honestly when one will be there."""

from datetime import datetime
from typing import Any
from uuid import UUID

import msgspec

from portal.bookings.calendar import Week, opening_at
from portal.chat import arrivals, conversations, messages, presence, tasks
from portal.chat.forms import HandoverForm
from portal.chat.languages import addressed
from portal.chat.models import Conversation, State
from portal.chat.models_inbox import TaskKind, TaskPriority
from portal.kit import clock, text
from portal.kit.db import Db
from portal.kit.parts import Parts
from portal.kit.text import _
from portal.tenants.boundary import workshop_id_of


class HandoverAnswer(msgspec.Struct, omit_defaults=True):
    """The state now, a sentence on when to expect somebody, and a form for the way back."""

    state: str
    name: str = ""
    note: str = ""
    card: dict[str, Any] | None = None


async def ask_for_person(
    parts: Parts, db: Db, conversation_id: UUID, form: HandoverForm
) -> HandoverAnswer:
    """Nobody is there and a number was left, under a text that asks to call: that is a consent."""
    somebody_is_here = await presence.is_anybody_here(parts, workshop_id_of(db))
    contact = form.contact
    if contact is not None:
        await conversations.leave_contact(
            db, conversation_id, name=contact.name, email=contact.email, phone=contact.phone
        )
    conversation = await conversations.hand_over(db, conversation_id, "asked")
    if form.note.strip():
        await messages.add_note_of_visitor(db, conversation, form.note)
    now = clock.now()
    week = await arrivals.week_of(db, now)
    is_reachable = somebody_is_here and not arrivals.is_closed(week, now)
    if contact is not None and contact.phone.strip() and not is_reachable:
        await _promise_call(db, conversation, form.note, week, now)
    return _answer(conversation, week, now, is_reachable=is_reachable)


async def _promise_call(
    db: Db, conversation: Conversation, note: str, week: Week, now: datetime
) -> None:
    """One call, however often the form is sent."""
    if await tasks.open_callback(db, conversation.id) is not None:
        return
    with text.speaking(text.DEFAULT):
        name = conversation.visitor_name or conversation.phone
        title = _("Call back: %(name)s", name=name)
    draft = tasks.Draft(
        title=title,
        kind=TaskKind.CALLBACK,
        priority=TaskPriority.HIGH,
        description=note,
        phone=conversation.phone,
        due_at=opening_at(week, now).opens_at or conversation.answer_due_at,
        conversation_id=conversation.id,
        customer_id=conversation.customer_id,
        vehicle_id=conversation.vehicle_id,
        consent_at=now,
    )
    await tasks.create(db, draft)


def _answer(
    conversation: Conversation, week: Week, now: datetime, *, is_reachable: bool
) -> HandoverAnswer:
    if conversation.state == State.HUMAN:
        return HandoverAnswer(conversation.state, name=conversation.assigned_name)
    with text.speaking(addressed(conversation.locale)):
        note = arrivals.back_sentence(week, now)
        if not conversation.has_contact and not is_reachable:
            return HandoverAnswer(conversation.state, note=note, card=_contact_card())
    return HandoverAnswer(conversation.state, note=note)


def _contact_card() -> dict[str, Any]:
    said = _(
        "Leave us a phone number or an e-mail address. By sending it you agree that we call or "
        "write to you about this request."
    )
    return {"kind": "contact_form", "text": said}
