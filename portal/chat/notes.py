"""Notes among colleagues. They stand in a table of their own, and are told to the inbox alone."""

from collections.abc import Sequence
from uuid import UUID

from sqlalchemy import select

from portal.chat import conversations, live, threads, words
from portal.chat.live import NoteShown
from portal.chat.messages import cleaned
from portal.chat.models import Conversation
from portal.chat.models_inbox import ConversationNote
from portal.kit import clock
from portal.kit.db import Db, new_id
from portal.tenants.callers import Member


async def add(
    db: Db, conversation_id: UUID, member: Member, text: str
) -> tuple[Conversation, NoteShown]:
    """Behind what has been said so far. Raises `MessageEmpty` or `MessageTooLong`."""
    said = cleaned(text)
    conversation = await conversations.locked(db, conversation_id)
    note = ConversationNote(
        id=new_id(),
        conversation_id=conversation.id,
        after_seq=conversation.last_seq,
        staff_id=threads.staff_id_of(member),
        staff_name=member.name,
        text=said,
        created_at=clock.now(),
    )
    db.add(note)
    await db.flush()
    await words.note(db, conversation.id, said)
    shown = note_shown(note)
    live.tell_note(db, conversation, shown)
    return conversation, shown


async def of_conversation(db: Db, conversation_id: UUID) -> Sequence[ConversationNote]:
    """In the order in which they were written."""
    query = select(ConversationNote).where(ConversationNote.conversation_id == conversation_id)
    return (await db.scalars(query.order_by(ConversationNote.id).limit(500))).all()


def note_shown(note: ConversationNote) -> NoteShown:
    return NoteShown(
        note_id=note.id,
        after_seq=note.after_seq,
        text=note.text,
        name=note.staff_name,
        created_at=clock.rfc3339(note.created_at),
    )
