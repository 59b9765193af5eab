"""The thread of a conversation: what is said is appended, numbered without gaps, and told.

`append` works under the lock of the conversation's row, for whoever may have to change more of it.
`undisturbed.append` does the same in one statement, for what is said most.
"""

from collections.abc import Sequence
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import select

from portal.chat import live, words
from portal.chat.models import Author, Completeness, Conversation, Message
from portal.kit import clock
from portal.kit.db import Db, new_id
from portal.tenants.callers import Member

PREVIEW = 160


async def append(
    db: Db,
    conversation: Conversation,
    author: Author,
    text: str,
    *,
    member: Member | None = None,
    client_id: UUID | None = None,
    reply_to: UUID | None = None,
    sources: list[dict[str, Any]] | None = None,
    cards: list[dict[str, Any]] | None = None,
    state: Completeness = Completeness.COMPLETE,
    answering_until: datetime | None = None,
    at: datetime | None = None,
) -> Message:
    """Add a message; the conversation's row must be locked, or new. `at`: said back then."""
    moment = at or clock.now()
    conversation.last_seq += 1
    message = Message(
        id=new_id(),
        conversation_id=conversation.id,
        seq=conversation.last_seq,
        author=author,
        staff_id=staff_id_of(member),
        staff_name=member.name if member else "",
        text=text,
        client_id=client_id,
        reply_to=reply_to,
        sources=sources or [],
        cards=cards or [],
        state=state,
        answering_until=answering_until,
        created_at=moment,
    )
    db.add(message)
    note_change(conversation, message, moment)
    await db.flush()
    if author in {Author.VISITOR, Author.STAFF}:
        await words.note(db, conversation.id, text)
    live.tell_message(db, conversation, message)
    return message


def preview_of(text: str) -> str:
    return " ".join(text.split())[:PREVIEW]


def note_change(conversation: Conversation, message: Message, moment: datetime) -> None:
    """Bring the conversation's line in the inbox up to date with its newest message."""
    conversation.changed_at = conversation.last_message_at = moment
    if message.author != Author.SYSTEM:
        conversation.preview = preview_of(message.text)
        conversation.preview_author = message.author
    if message.author == Author.VISITOR and conversation.needs_person:
        conversation.unread += 1


def staff_id_of(member: Member | None) -> UUID | None:
    """A program with an API token is nobody of the staff."""
    return member.id if member is not None and member.account_id is not None else None


async def after(db: Db, conversation_id: UUID, seq: int, *, limit: int = 500) -> Sequence[Message]:
    """Messages from behind `seq` on, oldest first."""
    query = (
        select(Message)
        .where(Message.conversation_id == conversation_id, Message.seq > seq)
        .order_by(Message.seq)
        .limit(limit)
    )
    return (await db.scalars(query)).all()


async def latest(
    db: Db, conversation_id: UUID, *, before: int | None = None, limit: int = 100
) -> list[Message]:
    """The newest messages, or those before `seq`, oldest first."""
    query = select(Message).where(Message.conversation_id == conversation_id)
    if before is not None:
        query = query.where(Message.seq < before)
    found = await db.scalars(query.order_by(Message.seq.desc()).limit(limit))
    return list(found)[::-1]


async def said_by_visitor(db: Db, conversation_id: UUID, *, limit: int) -> list[str]:
    """The visitor's newest messages, the oldest of them first."""
    said = await db.scalars(
        select(Message.text)
        .where(Message.conversation_id == conversation_id, Message.author == Author.VISITOR)
        .order_by(Message.seq.desc())
        .limit(limit)
    )
    return list(said)[::-1]
