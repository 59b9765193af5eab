"""Conversations: begun with consent, and always in one of four states.

Who may speak is a fact of the database. Every move locks the row first, so of a person who takes
over and an assistant that is about to answer, one comes second and sees what the other did.
"""

from datetime import datetime, timedelta
from uuid import UUID

from sqlalchemy import bindparam, delete, select, update

from portal.chat import announcing, arrivals, live, tasks, threads, translations, waits, words
from portal.chat.languages import addressed
from portal.chat.models import Author, Conversation, Message, State
from portal.chat.models_inbox import ConversationNote, ConversationWord
from portal.chat.moves import move
from portal.chat.resume_models import ResumeLink
from portal.kit import clock, text
from portal.kit.db import Db, new_id
from portal.kit.errors import N_, NotFound
from portal.kit.outbox import later
from portal.kit.text import _

IDLE = timedelta(hours=24)
"""The visitor's token has run out by then."""


class ConversationNotFound(NotFound):
    code, title = "CONVERSATION_NOT_FOUND", N_("We could not find this conversation.")


async def begin(
    db: Db,
    *,
    locale: str,
    consent_version: str,
    greeting: str,
    page_url: str = "",
    visitor_name: str = "",
    at: datetime | None = None,
) -> tuple[Conversation, Message]:
    """A new conversation with the assistant's greeting. The consent is stored with its version."""
    moment = at or clock.now()
    conversation = Conversation(
        id=new_id(),
        state=State.BOT,
        locale=locale,
        page_url=page_url[:500],
        visitor_name=visitor_name,
        consent_version=consent_version,
        consent_at=moment,
        created_at=moment,
        last_seq=0,
        unread=0,
        assigned_name="",
        handover_reason="",
        preview="",
        preview_author="",
        priority=0,
        is_upset=False,
        answer_spans=[],
        failures=0,
        turn=1,
        turn_began_seq=0,
        visitor_read_seq=0,
    )
    db.add(conversation)
    await db.flush()
    if at is None:
        later(db, "chat.close_idle", run_at=moment + IDLE, conversation_id=conversation.id)
        translations.want_faq(db, locale)
    return conversation, await threads.append(db, conversation, Author.BOT, greeting, at=moment)


async def get(db: Db, conversation_id: UUID) -> Conversation:
    """Raises `ConversationNotFound`, also for one that its visitor has erased."""
    return await _one(db, conversation_id, for_update=False)


async def locked(db: Db, conversation_id: UUID) -> Conversation:
    """The row, held until the transaction ends: nobody else moves it meanwhile."""
    return await _one(db, conversation_id, for_update=True)


async def hand_over(
    db: Db, conversation_id: UUID, reason: str, *, at: datetime | None = None
) -> Conversation:
    """A person shall answer: `asked`, `safety`, `complaint`, `unanswered` or `staff`.

    Twice is as once.
    """
    conversation = await locked(db, conversation_id)
    if not conversation.needs_person:
        await wait_for_person(db, conversation, reason, at=at)
    return conversation


async def wait_for_person(
    db: Db, conversation: Conversation, reason: str, *, at: datetime | None = None
) -> None:
    """The same for a row that is locked. The visitor is told when somebody will be there."""
    moment = at or clock.now()
    week = await arrivals.week_of(db, moment)
    move(conversation, State.WAITING, at=at)
    conversation.handover_reason = reason
    conversation.unread = max(conversation.unread, 1)
    with text.speaking(addressed(conversation.locale)):
        passed_on = _("We have passed your request on to our team. A person will answer you here.")
        said = f"{passed_on} {arrivals.back_sentence(week, moment)}".strip()
    await waits.begin(db, conversation, reason, at=at, week=week)
    translations.want(db, conversation)
    await threads.append(db, conversation, Author.SYSTEM, said, at=at)
    live.tell_state(db, conversation)
    await announcing.handed_over(db, conversation)


async def close(db: Db, conversation_id: UUID, *, at: datetime | None = None) -> Conversation:
    """Ended by the team. Twice is as once."""
    conversation = await locked(db, conversation_id)
    if conversation.state != State.CLOSED:
        move(conversation, State.CLOSED, at=at)
        conversation.unread = 0
        with text.speaking(addressed(conversation.locale)):
            said = _("This conversation has ended. Write again at any time.")
        await threads.append(db, conversation, Author.SYSTEM, said, at=at)
        live.tell_state(db, conversation)
        await announcing.closed(db, conversation)
    return conversation


async def reopen(db: Db, conversation: Conversation) -> None:
    """The visitor writes again: a new turn, which the assistant begins.

    Whoever thanks for an answer does not call the team again, and an old wish for a person is
    not heard twice: that would hand over and close for ever.
    """
    had_person = bool(conversation.assigned_name or conversation.handover_reason)
    move(conversation, State.BOT)
    if had_person:
        await say_that_ai_answers(db, conversation)


async def say_that_ai_answers(
    db: Db, conversation: Conversation, *, at: datetime | None = None
) -> None:
    with text.speaking(addressed(conversation.locale)):
        said = _("From here on our AI assistant answers you again.")
    await threads.append(db, conversation, Author.SYSTEM, said, at=at)


async def leave_contact(
    db: Db, conversation_id: UUID, *, name: str, email: str, phone: str
) -> Conversation:
    """How to reach the visitor; what was given before stays where nothing new is given."""
    conversation = await locked(db, conversation_id)
    conversation.visitor_name = name.strip() or conversation.visitor_name
    conversation.email = email.strip() or conversation.email
    conversation.phone = phone.strip() or conversation.phone
    await words.note(db, conversation.id, f"{name} {email} {phone}")
    return conversation


async def note_read(db: Db, conversation_id: UUID, seq: int) -> None:
    """The visitor has seen everything up to this message."""
    conversation = await locked(db, conversation_id)
    seen = min(seq, conversation.last_seq)
    if seen > conversation.visitor_read_seq:
        conversation.visitor_read_seq = seen
        live.tell_seen(db, conversation)


async def rate(db: Db, conversation_id: UUID, stars: int, comment: str) -> Conversation:
    conversation = await locked(db, conversation_id)
    conversation.rating, conversation.rating_comment = stars, comment.strip()
    live.tell_read(db, conversation)
    return conversation


async def mark_read(db: Db, conversation_id: UUID) -> Conversation:
    conversation = await locked(db, conversation_id)
    if conversation.unread:
        conversation.unread = 0
        live.tell_read(db, conversation)
    return conversation


async def erase(db: Db, conversation_id: UUID) -> None:
    """What the visitor said and who they are is gone; that there was a conversation stays."""
    conversation = await locked(db, conversation_id)
    for table in (Message, ConversationNote, ConversationWord, ResumeLink):
        await db.execute(delete(table).where(table.conversation_id == conversation.id))
    await tasks.forget_person(db, conversation.id)
    if conversation.state != State.CLOSED:
        move(conversation, State.CLOSED)
    conversation.erased_at = clock.now()
    conversation.visitor_name = conversation.email = conversation.phone = ""
    conversation.page_url = conversation.preview = conversation.rating_comment = ""
    conversation.customer_id = conversation.vehicle_id = None
    conversation.unread = 0
    await db.flush()
    live.tell_erased(db, conversation)


async def close_when_idle(db: Db, conversation_id: UUID) -> datetime | None:
    """Close quietly what nobody has touched; otherwise when it was touched last.

    Whoever waits for a person, or talks with one, is never closed by the clock.
    """
    quiet = (
        update(Conversation)
        .where(Conversation.id == conversation_id, Conversation.state == State.BOT)
        .where(Conversation.changed_at <= clock.now() - IDLE)
        .values(state=State.CLOSED, closed_at=clock.now())
    )
    await db.execute(quiet)
    query = select(Conversation.changed_at).where(Conversation.id == conversation_id)
    return await db.scalar(query.where(Conversation.state != State.CLOSED))


_ONE = select(Conversation).where(
    Conversation.id == bindparam("id"), Conversation.erased_at.is_(None)
)
_LOCKED = _ONE.with_for_update().execution_options(populate_existing=True)
"""Built once: each message asks for them twice."""


async def _one(db: Db, conversation_id: UUID, *, for_update: bool) -> Conversation:
    found = await db.scalar(_LOCKED if for_update else _ONE, {"id": conversation_id})
    if found is None:
        raise ConversationNotFound
    return found
