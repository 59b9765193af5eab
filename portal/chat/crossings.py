"""Two of the team who answer at the same moment: the second is told before the visitor is."""

from uuid import UUID

from sqlalchemy import or_, select

from portal.chat.models import Author, Conversation, Message
from portal.kit.db import Db
from portal.kit.errors import N_, Problem
from portal.kit.text import _
from portal.tenants.callers import Member


class AnsweredMeanwhile(Problem):
    status, code = 409, "ANSWERED_MEANWHILE"
    title = N_("A colleague has just answered.")


async def must_have_seen(db: Db, conversation: Conversation, member: Member, seen: int) -> None:
    """The row must be locked. Raises `AnsweredMeanwhile` when a colleague said something behind it.

    `seen` is the number of the newest message that this person had on the screen.
    """
    name = await _colleague_behind(db, conversation.id, member, seen)
    if name is not None:
        said = _("%(name)s has just answered. Read it first, then send yours again.", name=name)
        raise AnsweredMeanwhile(said)


async def _colleague_behind(db: Db, conversation_id: UUID, member: Member, seen: int) -> str | None:
    query = (
        select(Message.staff_name)
        .where(
            Message.conversation_id == conversation_id,
            Message.seq > seen,
            Message.author == Author.STAFF,
            or_(Message.staff_id.is_(None), Message.staff_id != member.id),
        )
        .order_by(Message.seq.desc())
        .limit(1)
    )
    name: str | None = await db.scalar(query)
    return name
