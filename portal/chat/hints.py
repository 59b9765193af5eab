"""What a visitor has let fall of who they are, and who on file that may be.

A guess for the team alone: somebody of it confirms by a click, or chooses another. The visitor is
told nothing of it; for that they prove who they are by a code, see `identity`.
"""

import re
from collections.abc import Sequence
from typing import Any
from uuid import UUID

import msgspec
from sqlalchemy import and_, func, select

from portal.bookings import planner_new
from portal.bookings.planner_new import Candidate
from portal.chat import links
from portal.chat.conversations import ConversationNotFound
from portal.chat.models import Author, Conversation, Message
from portal.chat.verification_models import Verification
from portal.content.folding import folded
from portal.kit.db import Db
from portal.vehicles.plate import plate_key, plate_text

SAID = 20
_PLATE = re.compile(r"\b[A-ZÄÖÜ]{1,3}[- ][A-ZÄÖÜ]{1,2}[- ]?[0-9]{1,4}[EH]?\b", re.IGNORECASE)


class Hints(msgspec.Struct, frozen=True):
    """`said`: the visitor's newest messages, the oldest of them first; `proved`: a row of
    `links.PROVED`, None where nothing is proved.
    """

    conversation: Any
    said: Sequence[str]
    proved: Any

    @property
    def plate(self) -> str:
        """The last thing said that reads like a plate and is one."""
        for text in reversed(self.said):
            for found in _PLATE.findall(text):
                if plate_key(found) is not None:
                    return plate_text(found)
        return ""


async def of_talk(db: Db, conversation_id: UUID) -> Hints:
    """One statement. Raises `ConversationNotFound`."""
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
    return Hints(row.Conversation, row.said[::-1], row if row.customer_id else None)


async def likely(db: Db, hints: Hints) -> list[Candidate]:
    """Who has the contact that was left, with the car that was named before the others; else who
    keeps that car, unless the visitor gave another name. At most two statements.
    """
    conversation, plate = hints.conversation, hints.plate
    contact = conversation.phone or conversation.email
    found = await planner_new.with_contact(db, contact) if contact else []
    if found:
        return sorted(found, key=lambda one: plate_key(one.plate) != plate_key(plate))
    found = await planner_new.with_plate(db, plate) if plate else []
    return [one for one in found if _may_be(one, conversation.visitor_name)]


def _may_be(one: Candidate, name: str) -> bool:
    given = folded(name).split()
    return not given or given[-1] in folded(one.customer).split()
