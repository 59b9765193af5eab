"""An appointment that the team makes out of a conversation, begun with what is known already."""

from typing import Any
from uuid import UUID

from portal.bookings import planner_new
from portal.bookings.planner_forms import NewForm
from portal.bookings.planner_new import Candidate, Fresh
from portal.chat import hints, links
from portal.kit.db import Db

LONGEST_NOTE = 500


async def begun(db: Db, conversation_id: UUID) -> dict[str, Any]:
    """What the page of a new appointment is filled with: four statements beside the door's two,
    one more where a contact is left that nobody has. Raises `ConversationNotFound`.

    Who is linked or has proved who it is comes first; then whoever it may be.
    """
    known = await hints.of_talk(db, conversation_id)
    conversation = known.conversation
    form = NewForm(note="\n".join(known.said)[:LONGEST_NOTE], source=str(conversation.id))
    behind = await links.behind_proof(db, conversation, known.proved)
    is_known = behind.customer or behind.vehicle
    return {
        **await planner_new.form_facts(db, form),
        "found": _of_behind(behind) if is_known else await hints.likely(db, known),
        "fresh": Fresh(
            name=conversation.visitor_name,
            phone=conversation.phone,
            email=conversation.email,
            plate=known.plate,
        ),
        "q": "",
        "problem": None,
    }


def _of_behind(known: links.Behind) -> list[Candidate]:
    """The first of them is chosen already."""
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
