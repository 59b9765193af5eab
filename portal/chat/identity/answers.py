"""What a right code opens is said at once: the question that was waiting gets its answer."""

from datetime import datetime
from uuid import UUID

from sqlalchemy import select

from portal.chat import conversations, threads
from portal.chat.assistant import built_in, facts
from portal.chat.assistant.intents import Intent
from portal.chat.assistant.replies import Said
from portal.chat.assistant.replies_vehicle import history
from portal.chat.assistant.speech import Question, Verified
from portal.chat.languages import addressed
from portal.chat.models import Author, Conversation, Message
from portal.kit import clock
from portal.kit.db import Db
from portal.kit.text import _, speaking
from portal.tenants.boundary import workshop_id_of

ABOUT_THE_CAR = (Intent.HISTORY, Intent.ORDER_STATUS)


async def tell(
    db: Db, conversation_id: UUID, verified: Verified, *, at: datetime | None = None
) -> None:
    """The assistant answers, unless a person speaks; staff see that the visitor has proved it."""
    conversation = await conversations.locked(db, conversation_id)
    with speaking(addressed(conversation.locale)):
        said = _("You have proved that this is your vehicle.")
        await threads.append(db, conversation, Author.SYSTEM, said, at=at)
    if conversation.bot_may_speak:
        answer = await _answer(db, conversation, verified)
        await threads.append(
            db,
            conversation,
            Author.BOT,
            answer.text,
            sources=[{"kind": one.kind, "label": one.label} for one in answer.sources],
            cards=[{"kind": card.kind, **card.data} for card in answer.cards],
            at=at,
        )


async def _answer(db: Db, conversation: Conversation, verified: Verified) -> Said:
    question = Question(
        workshop_id=workshop_id_of(db),
        conversation_id=conversation.id,
        locale=conversation.locale,
        text=await _last_words(db, conversation),
        now=clock.now(),
        verified=verified,
    )
    known, reading = await facts.load(db, question, about_the_car=True)
    if reading.wants(*ABOUT_THE_CAR):
        return built_in.reply(known, reading)
    with speaking(reading.voice):
        return history(known, reading)


async def _last_words(db: Db, conversation: Conversation) -> str:
    query = select(Message.text).where(
        Message.conversation_id == conversation.id, Message.author == Author.VISITOR
    )
    said: str | None = await db.scalar(query.order_by(Message.seq.desc()).limit(1))
    return said or ""
