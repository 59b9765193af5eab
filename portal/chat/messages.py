"""What visitor, assistant and staff say to each other."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from msgspec import structs
from sqlalchemy import bindparam, select

from portal.ai import budgets
from portal.ai.budgets import Purse, Reservation
from portal.chat import (
    answers,
    assignments,
    conversations,
    crossings,
    live,
    spoken_bookings,
    threads,
    translations,
    waits,
)
from portal.chat.assistant import Question, Turn
from portal.chat.assistant.dangers import danger_in
from portal.chat.assistant.language import voice_of
from portal.chat.assistant.replies import warning
from portal.chat.assistant.speech import Author as TurnAuthor
from portal.chat.assistant.words import plain
from portal.chat.canned_replies import must_be_filled
from portal.chat.identity import verifications
from portal.chat.languages import addressed
from portal.chat.models import Author, Completeness, Conversation, Message, State
from portal.chat.moves import answered
from portal.chat.tempers import is_upset
from portal.kit import clock
from portal.kit.db import Db
from portal.kit.errors import N_, Invalid
from portal.kit.text import speaking
from portal.tenants.boundary import workshop_id_of
from portal.tenants.callers import Member

LONGEST = 4_000
CONTEXT = 20
"""Earlier messages that the assistant is told."""

_AUTHORS: dict[str, TurnAuthor] = {
    Author.VISITOR: "visitor",
    Author.BOT: "assistant",
    Author.STAFF: "staff",
}


class MessageTooLong(Invalid):
    code, title = "MESSAGE_TOO_LONG", N_("A message may have at most 4,000 characters.")


class MessageEmpty(Invalid):
    code, title = "MESSAGE_EMPTY", N_("Please write a message first.")


@dataclass(frozen=True)
class Received:
    """A stored message, and what is to be done about it.

    `question` is there when this caller shall fetch the answer; `answer` when it is stored
    already; `is_being_answered` when somebody else is at it. Otherwise nobody answers now.
    """

    message: live.MessageShown
    state: live.StateShown
    answer: live.MessageShown | None = None
    question: Question | None = None
    is_being_answered: bool = False
    reservation: Reservation | None = None


async def receive(
    db: Db,
    conversation_id: UUID,
    client_id: UUID,
    text: str,
    *,
    purse: Purse | None = None,
    token_hash: bytes = b"",
) -> Received:
    """Store a visitor's message once, however often it arrives.

    `purse` is what an answer may take, and of whose budgets; None when answers cost nothing.
    `token_hash` is the visitor's token: with it a proof of identity counts.
    """
    said = cleaned(text)
    conversation = await conversations.locked(db, conversation_id)
    message = await _with_client_id(db, conversation, client_id)
    if message is None:
        message = await _store(db, conversation, client_id, said)
    else:
        known = await _known_answer(db, conversation, message)
        if known is not None:
            return known
        message.answering_until = answers.lease()
    shown, state = live.message_shown(message), live.state_shown(conversation)
    if not conversation.bot_may_speak:
        return Received(shown, state)
    reservation = await budgets.reserve(db, purse) if purse is not None else None
    is_paid = reservation is not None or purse is None
    question = await _question(db, conversation, message, is_paid=is_paid)
    question = structs.replace(
        question, verified=await verifications.find_verified(db, conversation.id, token_hash)
    )
    return Received(shown, state, question=question, reservation=reservation)


async def reply(
    db: Db,
    conversation_id: UUID,
    member: Member,
    text: str,
    *,
    client_id: UUID | None = None,
    seen: int | None = None,
    cards: list[dict[str, Any]] | None = None,
    at: datetime | None = None,
) -> tuple[Conversation, Message]:
    """A person answers, once however often it arrives; whoever is first takes the talk over.

    `seen`: up to which message the person has read; `cards` stand below the words. Raises
    `AnsweredMeanwhile`.
    """
    said = cleaned(text)
    must_be_filled(said)
    conversation = await conversations.locked(db, conversation_id)
    known = await _with_client_id(db, conversation, client_id) if client_id else None
    if known is not None:
        return conversation, known
    if seen is not None:
        await crossings.must_have_seen(db, conversation, member, seen)
    if conversation.state != State.HUMAN or not conversation.assigned_name:
        await assignments.answer_as(db, conversation, member, at=at)
    conversation.unread = 0
    answered(conversation)
    message = await threads.append(
        db,
        conversation,
        Author.STAFF,
        said,
        member=member,
        client_id=client_id,
        cards=cards,
        at=at,
    )
    return conversation, message


async def add_note_of_visitor(db: Db, conversation: Conversation, text: str) -> None:
    """What a visitor writes into a form beside the chat, as if it had been said there."""
    said = text.strip()
    await threads.append(db, conversation, Author.VISITOR, said)
    await expect_answer(db, conversation, said)


def turn_author(author: str) -> TurnAuthor | None:
    """As the assistant calls them; what is said between the messages is nobody's turn."""
    return _AUTHORS.get(author)


def cleaned(text: str) -> str:
    """Raises `MessageEmpty` or `MessageTooLong`. PostgreSQL stores no NUL."""
    said = text.replace("\0", "").strip()
    if not said:
        raise MessageEmpty
    if len(said) > LONGEST:
        raise MessageTooLong
    return said


async def _store(db: Db, conversation: Conversation, client_id: UUID, said: str) -> Message:
    was_closed = conversation.state == State.CLOSED
    if was_closed:
        await conversations.reopen(db, conversation)
    message = await threads.append(
        db,
        conversation,
        Author.VISITOR,
        said,
        client_id=client_id,
        answering_until=answers.lease() if conversation.bot_may_speak else None,
    )
    if was_closed:
        live.tell_state(db, conversation)
    if conversation.needs_person:
        await expect_answer(db, conversation, said)
    return message


async def expect_answer(
    db: Db, conversation: Conversation, said: str, *, at: datetime | None = None
) -> None:
    """A person owes an answer from now on, if none was owed already. `at`: said back then."""
    conversation.is_upset = conversation.is_upset or is_upset(said)
    is_waiting = conversation.state == State.WAITING
    is_dangerous = danger_in(plain(said)) is not None
    reason = conversation.handover_reason if is_waiting else ""
    await waits.begin(db, conversation, "safety" if is_dangerous else reason, at=at)
    live.tell_state(db, conversation)
    if at is None:
        translations.want(db, conversation)
        if is_waiting:
            await _warn(db, conversation, said)


async def _warn(db: Db, conversation: Conversation, said: str) -> None:
    """Danger does not wait for a person: as long as nobody has answered, the rule is said."""
    kind = danger_in(plain(said))
    if kind is not None:
        # A warning has to be understood: it is said in the language of who is in danger.
        with speaking(voice_of(said, addressed(conversation.locale))):
            await threads.append(db, conversation, Author.SYSTEM, warning(kind))


async def _known_answer(db: Db, conversation: Conversation, message: Message) -> Received | None:
    """What a repeated message finds; None when an answer is still to be fetched."""
    shown, state = live.message_shown(message), live.state_shown(conversation)
    answer = await answers.find(db, conversation, message.id)
    if answer is not None and answer.state == Completeness.COMPLETE:
        return Received(shown, state, answer=live.message_shown(answer))
    if not conversation.bot_may_speak:
        return Received(shown, state)
    if message.answering_until is not None and message.answering_until > clock.now():
        return Received(shown, state, is_being_answered=True)
    return None


async def _question(
    db: Db, conversation: Conversation, message: Message, *, is_paid: bool
) -> Question:
    before = (
        select(Message.author, Message.text)
        .where(Message.conversation_id == conversation.id, Message.seq < message.seq)
        .where(Message.seq > conversation.turn_began_seq)
        .order_by(Message.seq.desc())
        .limit(CONTEXT)
    )
    turns = [
        Turn(_AUTHORS[author], text)
        for author, text in (await db.execute(before)).all()[::-1]
        if author in _AUTHORS
    ]
    return Question(
        workshop_id=workshop_id_of(db),
        conversation_id=conversation.id,
        locale=conversation.locale,
        text=message.text,
        now=clock.now(),
        turns=turns,
        budget_left=is_paid,
        names=(conversation.visitor_name,) if conversation.visitor_name else (),
        book=spoken_bookings.book,
    )


async def _with_client_id(db: Db, conversation: Conversation, client_id: UUID) -> Message | None:
    asked = {"conversation": conversation.id, "client": client_id}
    found: Message | None = await db.scalar(_WITH_CLIENT_ID, asked)
    return found


_WITH_CLIENT_ID = select(Message).where(
    Message.conversation_id == bindparam("conversation"), Message.client_id == bindparam("client")
)
