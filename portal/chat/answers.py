"""The assistant's answers: stored once for each question, and never over a person's head."""

from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from sqlalchemy import bindparam, select, text, update

from portal.chat import conversations, live, open_questions, threads
from portal.chat.assistant import Done
from portal.chat.models import Author, Completeness, Conversation, Message
from portal.kit import clock
from portal.kit.db import Db
from portal.kit.glances import Glance, Sentence

LEASE = timedelta(seconds=25)
"""How long an answer may be on its way before another attempt may take over."""

MOST_FAILURES = 2


def lease() -> datetime:
    """Until when nobody else begins the answer to a message that comes in now."""
    return clock.now() + LEASE


@dataclass
class Said:
    """What the assistant has said so far."""

    text: str = ""
    cards: list[dict[str, Any]] = field(default_factory=list)
    handover: str = ""
    found_nothing: bool = False
    done: Done | None = None

    @property
    def sources(self) -> list[dict[str, Any]]:
        return [{"kind": s.kind, "label": s.label} for s in self.done.sources] if self.done else []


async def answer(
    db: Db, conversation_id: UUID, message_id: UUID, said: Said
) -> tuple[live.MessageShown | None, live.StateShown]:
    """Store the assistant's answer, unless a person speaks by now: then it is dropped."""
    assert said.done is not None  # noqa: S101  # the caller has seen the end
    conversation = await conversations.locked(db, conversation_id)
    earlier = await find(db, conversation, message_id)
    if earlier is not None and earlier.state == Completeness.COMPLETE:
        return live.message_shown(earlier), live.state_shown(conversation)
    if not conversation.bot_may_speak:
        await give_up(db, message_id)
        return None, live.state_shown(conversation)
    stored = await _put(db, conversation, message_id, earlier, said, Completeness.COMPLETE)
    if said.found_nothing:
        await open_questions.note(db, conversation, message_id)
    reason = said.handover or _given_up(conversation, said)
    if reason:
        await conversations.wait_for_person(db, conversation, reason)
    return live.message_shown(stored), live.state_shown(conversation)


def _given_up(conversation: Conversation, said: Said) -> str:
    """Who has got no answer twice in a row gets a person, without having to ask for one."""
    conversation.failures = conversation.failures + 1 if said.found_nothing else 0
    return "unanswered" if conversation.failures >= MOST_FAILURES else ""


async def keep_partial(db: Db, conversation_id: UUID, message_id: UUID, said: Said) -> None:
    """The visitor left in the middle: what was said stands, marked as not finished."""
    conversation = await conversations.locked(db, conversation_id)
    await give_up(db, message_id)
    earlier = await find(db, conversation, message_id)
    is_done = earlier is not None and earlier.state == Completeness.COMPLETE
    if said.text and conversation.bot_may_speak and not is_done:
        await _put(db, conversation, message_id, earlier, said, Completeness.PARTIAL)


async def give_up(db: Db, message_id: UUID) -> None:
    """Nobody is at work on the answer any more: another attempt may begin at once."""
    await db.execute(update(Message).where(Message.id == message_id).values(answering_until=None))


_RENEW = Sentence(text("update messages set answering_until = :until where id = :message"))


async def renew(glance: Glance, message_id: UUID) -> None:
    """The answer takes longer than a lease. Of a thousand that do, somebody renews all the time."""
    await glance.run(_RENEW, until=lease(), message=message_id)


async def _put(
    db: Db,
    conversation: Conversation,
    message_id: UUID,
    earlier: Message | None,
    said: Said,
    state: Completeness,
) -> Message:
    """A new answer, or the rest of one that was cut off."""
    if earlier is None:
        return await threads.append(
            db,
            conversation,
            Author.BOT,
            said.text,
            reply_to=message_id,
            sources=said.sources,
            cards=said.cards,
            state=state,
        )
    earlier.text, earlier.cards, earlier.sources = said.text, said.cards, said.sources
    earlier.state = state
    threads.note_change(conversation, earlier, clock.now())
    await db.flush()
    live.tell_message(db, conversation, earlier)
    return earlier


async def find(db: Db, conversation: Conversation, message_id: UUID) -> Message | None:
    asked = {"conversation": conversation.id, "message": message_id}
    found: Message | None = await db.scalar(_ANSWER_TO, asked)
    return found


_ANSWER_TO = select(Message).where(
    Message.conversation_id == bindparam("conversation"), Message.reply_to == bindparam("message")
)
