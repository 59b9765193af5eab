"""Conversations: begun with consent, and always in one of four states.

Who may speak is a fact of the database. Every move locks the row first, so of a person who takes
over and an assistant that is about to answer, one comes second and sees what the other did.
"""

from datetime import datetime, timedelta
from uuid import UUID

from sqlalchemy import delete, select, update

from portal.chat import live, threads
from portal.chat.languages import ours
from portal.chat.models import Author, Conversation, Message, State
from portal.kit import clock, text
from portal.kit.db import Db, new_id
from portal.kit.errors import N_, NotFound, Problem
from portal.kit.outbox import later
from portal.kit.text import _
from portal.tenants.callers import Member

IDLE = timedelta(hours=24)
"""The visitor's token has run out by then."""

MOVES: dict[State, frozenset[State]] = {
    State.BOT: frozenset({State.WAITING, State.HUMAN, State.CLOSED}),
    State.WAITING: frozenset({State.HUMAN, State.BOT, State.CLOSED}),
    State.HUMAN: frozenset({State.BOT, State.CLOSED}),
    State.CLOSED: frozenset({State.BOT, State.WAITING, State.HUMAN}),
}


class ConversationNotFound(NotFound):
    code, title = "CONVERSATION_NOT_FOUND", N_("We could not find this conversation.")


class MoveNotAllowed(Problem):
    status, code = 409, "STATE_CONFLICT"
    title = N_("The conversation is in another state by now.")


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
    )
    db.add(conversation)
    await db.flush()
    if at is None:
        later(db, "chat.close_idle", run_at=moment + IDLE, conversation_id=conversation.id)
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
    """A person shall answer: `asked`, `safety`, `complaint` or `staff`. Twice is as once."""
    conversation = await locked(db, conversation_id)
    if not conversation.needs_person:
        await wait_for_person(db, conversation, reason, at=at)
    return conversation


async def wait_for_person(
    db: Db, conversation: Conversation, reason: str, *, at: datetime | None = None
) -> None:
    """The same for a row that is locked already."""
    move(conversation, State.WAITING, at=at)
    conversation.handover_reason = reason
    conversation.unread = max(conversation.unread, 1)
    with text.speaking(ours(conversation.locale)):
        said = _("We have passed your request on to our team. A person will answer you here.")
    await threads.append(db, conversation, Author.SYSTEM, said, at=at)
    live.tell_state(db, conversation)
    if at is None:
        later(db, "chat.notify_staff", conversation_id=conversation.id)


async def take_over(
    db: Db, conversation_id: UUID, member: Member, *, at: datetime | None = None
) -> Conversation:
    """From here on this person answers, and the assistant is silent."""
    conversation = await locked(db, conversation_id)
    if conversation.state == State.HUMAN and conversation.assigned_to == member.id:
        return conversation
    await assign(db, conversation, member, at=at)
    return conversation


async def assign(
    db: Db, conversation: Conversation, member: Member, *, at: datetime | None = None
) -> None:
    if conversation.state != State.HUMAN:
        move(conversation, State.HUMAN, at=at)
    conversation.assigned_to = threads.staff_id_of(member)
    conversation.assigned_name = member.name
    conversation.unread = 0
    with text.speaking(ours(conversation.locale)):
        said = _("%(name)s from our team is answering you now.", name=member.name)
    await threads.append(db, conversation, Author.SYSTEM, said, at=at)
    live.tell_state(db, conversation)


async def hand_back(db: Db, conversation_id: UUID, *, at: datetime | None = None) -> Conversation:
    """The assistant answers again, and says that it is one. Raises `MoveNotAllowed` when closed."""
    conversation = await locked(db, conversation_id)
    if conversation.state == State.CLOSED:
        raise MoveNotAllowed
    if conversation.needs_person:
        move(conversation, State.BOT, at=at)
        conversation.assigned_to, conversation.assigned_name = None, ""
        conversation.unread = 0
        with text.speaking(ours(conversation.locale)):
            said = _("From here on our AI assistant answers you again.")
        await threads.append(db, conversation, Author.SYSTEM, said, at=at)
        live.tell_state(db, conversation)
    return conversation


async def close(db: Db, conversation_id: UUID, *, at: datetime | None = None) -> Conversation:
    conversation = await locked(db, conversation_id)
    if conversation.state != State.CLOSED:
        move(conversation, State.CLOSED, at=at)
        conversation.unread = 0
        with text.speaking(ours(conversation.locale)):
            said = _("This conversation has ended. Write again at any time.")
        await threads.append(db, conversation, Author.SYSTEM, said, at=at)
        live.tell_state(db, conversation)
    return conversation


def reopen(conversation: Conversation) -> None:
    """The visitor writes again: back to whoever answered last, the team or the assistant."""
    had_person = conversation.assigned_name or conversation.handover_reason
    move(conversation, State.WAITING if had_person else State.BOT)
    conversation.assigned_to, conversation.assigned_name = None, ""


def move(conversation: Conversation, to: State, *, at: datetime | None = None) -> None:
    """The only place that changes a state. Raises `MoveNotAllowed`."""
    if to not in MOVES[State(conversation.state)]:
        raise MoveNotAllowed
    moment = at or clock.now()
    conversation.state = to
    conversation.changed_at = moment
    conversation.waiting_since = moment if to == State.WAITING else None
    conversation.closed_at = moment if to == State.CLOSED else None
    if to == State.BOT:
        conversation.handover_reason = ""


async def leave_contact(
    db: Db, conversation_id: UUID, *, name: str, email: str, phone: str
) -> Conversation:
    """How to reach the visitor; what was given before stays where nothing new is given."""
    conversation = await locked(db, conversation_id)
    conversation.visitor_name = name.strip() or conversation.visitor_name
    conversation.email = email.strip() or conversation.email
    conversation.phone = phone.strip() or conversation.phone
    return conversation


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
    await db.execute(delete(Message).where(Message.conversation_id == conversation.id))
    if conversation.state != State.CLOSED:
        move(conversation, State.CLOSED)
    conversation.erased_at = clock.now()
    conversation.visitor_name = conversation.email = conversation.phone = ""
    conversation.page_url = conversation.preview = conversation.rating_comment = ""
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


async def _one(db: Db, conversation_id: UUID, *, for_update: bool) -> Conversation:
    query = select(Conversation).where(
        Conversation.id == conversation_id, Conversation.erased_at.is_(None)
    )
    if for_update:
        query = query.with_for_update().execution_options(populate_existing=True)
    found = await db.scalar(query)
    if found is None:
        raise ConversationNotFound
    return found
