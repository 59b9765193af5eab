"""An appointment that the team makes out of a conversation, begun with what is known already.

Who is linked or has proved who it is comes first; then whoever has the contact that was left; then
whoever keeps the car whose plate was named, unless the visitor gave another name.
"""

import re
from collections.abc import Sequence
from typing import Any
from uuid import UUID

from sqlalchemy import Row, and_, func, select

from portal.bookings import planner_new
from portal.bookings.planner_forms import NewForm
from portal.bookings.planner_new import Candidate, Fresh
from portal.chat import links
from portal.chat.conversations import ConversationNotFound
from portal.chat.models import Author, Conversation, Message
from portal.chat.verification_models import Verification
from portal.content.folding import folded
from portal.kit.db import Db
from portal.vehicles.plate import plate_key, plate_text

SAID = 20
LONGEST_NOTE = 500
_PLATE = re.compile(r"\b[A-ZÄÖÜ]{1,3}[- ][A-ZÄÖÜ]{1,2}[- ]?[0-9]{1,4}[EH]?\b", re.IGNORECASE)


async def begun(db: Db, conversation_id: UUID) -> dict[str, Any]:
    """What the page of a new appointment is filled with: four statements beside the door's two,
    one more where a contact is left that nobody has. Raises `ConversationNotFound`.
    """
    conversation, said, proved = await _talk(db, conversation_id)
    plate = plate_in(said)
    form = NewForm(note="\n".join(said)[:LONGEST_NOTE], source=str(conversation.id))
    return {
        **await planner_new.form_facts(db, form),
        "found": await _on_file(db, conversation, proved, plate),
        "fresh": Fresh(
            name=conversation.visitor_name,
            phone=conversation.phone,
            email=conversation.email,
            plate=plate,
        ),
        "q": "",
        "problem": None,
    }


def plate_in(texts: Sequence[str]) -> str:
    """The last thing said that reads like a plate and is one."""
    for text in reversed(texts):
        for found in _PLATE.findall(text):
            if plate_key(found) is not None:
                return plate_text(found)
    return ""


async def _talk(
    db: Db, conversation_id: UUID
) -> tuple[Conversation, Sequence[str], Row[Any] | None]:
    """The conversation, what its visitor said last, the oldest first, and whom that has proved."""
    said = (
        select(Message.text)
        .where(Message.conversation_id == conversation_id, Message.author == Author.VISITOR)
        .order_by(Message.seq.desc())
        .limit(SAID)
    )
    query = (
        select(Conversation, func.array(said.scalar_subquery()).label("said"), *links.PROVED)
        .outerjoin(Verification, and_(*links.is_proof(conversation_id)))
        .where(Conversation.id == conversation_id, Conversation.erased_at.is_(None))
    )
    row = (await db.execute(query.limit(1))).first()
    if row is None:
        raise ConversationNotFound
    return row.Conversation, row.said[::-1], row if row.customer_id else None


async def _on_file(db: Db, conversation: Conversation, proved: Any, plate: str) -> list[Candidate]:
    """The first of them is chosen already."""
    known = await links.behind_proof(db, conversation, proved)
    if known.customer or known.vehicle:
        return _of_behind(known)
    contact = conversation.phone or conversation.email
    found = await planner_new.with_contact(db, contact) if contact else []
    if found:
        return sorted(found, key=lambda one: plate_key(one.plate) != plate_key(plate))
    found = await planner_new.with_plate(db, plate) if plate else []
    return [one for one in found if _may_be(one, conversation.visitor_name)]


def _of_behind(known: links.Behind) -> list[Candidate]:
    customer, chosen = known.customer, known.vehicle
    cars = sorted(known.vehicles, key=lambda car: chosen is None or car.id != chosen.id)
    shown = [
        Candidate(
            value=f"v:{car.id}:{customer.id if customer else ''}",
            plate=car.plate,
            plate_country=car.plate_country,
            title=car.title,
            customer=customer.title if customer else "",
            phone=customer.phone if customer else "",
        )
        for car in cars
    ]
    if customer is None:
        return shown
    alone = Candidate(value=f"c:{customer.id}", customer=customer.title, phone=customer.phone)
    return [*shown, alone] if chosen or not shown else [alone, *shown]


def _may_be(one: Candidate, name: str) -> bool:
    """Whoever gives a name is taken for the keeper only when the keeper has it."""
    given = folded(name).split()
    return not given or given[-1] in folded(one.customer).split()
