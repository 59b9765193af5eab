"""A conversation as the team reads it: messages and notes between them, in one statement."""

from typing import Any
from uuid import UUID

import msgspec
from sqlalchemy import Row, literal, null, select

from portal.chat.live import MessageForStaff, NoteShown
from portal.chat.models import Completeness, Message
from portal.chat.models_inbox import ConversationNote
from portal.kit import clock
from portal.kit.db import Db

PAGE = 100
MOST_NOTES = 200

Entry = MessageForStaff | NoteShown


class Page(msgspec.Struct):
    """Oldest first. `earlier` is the `before` of the page that comes before this one."""

    entries: list[Entry]
    earlier: int | None = None


async def latest(
    db: Db, conversation_id: UUID, *, before: int | None = None, limit: int = PAGE
) -> Page:
    """The newest messages, or those before `seq`, with the notes that were written among them."""
    rows = (await db.execute(_both(conversation_id, before, limit))).all()
    said = sorted((row for row in rows if not row.is_note), key=lambda row: row.seq)
    if not said:
        return Page([])
    first = said[0].seq
    notes = [row for row in rows if row.is_note and (row.seq >= first or first == 1)]
    ordered = sorted([*said, *notes], key=lambda row: (row.seq, row.is_note, row.created_at))
    return Page([_shown(row) for row in ordered], first if first > 1 else None)


def _both(conversation_id: UUID, before: int | None, limit: int) -> Any:
    said = (
        select(
            literal(value=False).label("is_note"),
            Message.id,
            Message.seq,
            Message.author,
            Message.staff_name,
            Message.text,
            Message.translation,
            Message.cards,
            Message.sources,
            Message.state,
            Message.created_at,
        )
        .where(Message.conversation_id == conversation_id)
        .order_by(Message.seq.desc())
        .limit(limit)
    )
    notes = (
        select(
            literal(value=True),
            ConversationNote.id,
            ConversationNote.after_seq,
            literal("note"),
            ConversationNote.staff_name,
            ConversationNote.text,
            literal(""),
            null().cast(Message.cards.type),
            null().cast(Message.sources.type),
            literal(""),
            ConversationNote.created_at,
        )
        .where(ConversationNote.conversation_id == conversation_id)
        .order_by(ConversationNote.after_seq.desc())
        .limit(MOST_NOTES)
    )
    if before is not None:
        said = said.where(Message.seq < before)
        notes = notes.where(ConversationNote.after_seq < before)
    return said.union_all(notes)


def _shown(row: Row[Any]) -> Entry:
    at = clock.rfc3339(row.created_at)
    if row.is_note:
        return NoteShown(
            note_id=row.id, after_seq=row.seq, text=row.text, name=row.staff_name, created_at=at
        )
    return MessageForStaff(
        message_id=row.id,
        seq=row.seq,
        author=row.author,
        text=row.text,
        created_at=at,
        name=row.staff_name,
        cards=row.cards,
        sources=row.sources,
        is_partial=row.state == Completeness.PARTIAL,
        translation=row.translation,
    )
