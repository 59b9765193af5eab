"""A visitor asks for a person, and is told honestly whether one is there."""

from typing import Any
from uuid import UUID

import msgspec

from portal.chat import conversations, presence, threads
from portal.chat.forms import HandoverForm
from portal.chat.languages import ours
from portal.chat.models import Author, Conversation
from portal.chat.widget_config import open_now
from portal.kit import text
from portal.kit.db import Db
from portal.kit.parts import Parts
from portal.kit.text import _
from portal.tenants import workshops
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
    somebody_is_here = await presence.is_anybody_here(parts, workshop_id_of(db))
    contact = form.contact
    if contact is not None:
        await conversations.leave_contact(
            db, conversation_id, name=contact.name, email=contact.email, phone=contact.phone
        )
    conversation = await conversations.hand_over(db, conversation_id, "asked")
    if form.note.strip():
        await threads.append(db, conversation, Author.VISITOR, form.note.strip())
    return await _answer(db, conversation, somebody_is_here=somebody_is_here)


async def _answer(db: Db, conversation: Conversation, *, somebody_is_here: bool) -> HandoverAnswer:
    is_human = conversation.state == "human"
    if is_human:
        return HandoverAnswer(conversation.state, name=conversation.assigned_name)
    with text.speaking(ours(conversation.locale)):
        opening = await open_now(db, await workshops.get_profile(db))
        note = "" if opening.is_open else opening.text
        if not conversation.has_contact and not (somebody_is_here and opening.is_open):
            return HandoverAnswer(conversation.state, note=note, card=_contact_card())
    return HandoverAnswer(conversation.state, note=note)


def _contact_card() -> dict[str, Any]:
    said = _("Leave us a phone number or an e-mail address, and we will get back to you.")
    return {"kind": "contact_form", "text": said}
