"""Questions that no text of the workshop answers: noted as they happen, settled by an entry."""

from collections.abc import Sequence
from datetime import datetime
from uuid import UUID

import msgspec
from sqlalchemy import func, select, update
from sqlalchemy.dialects.postgresql import insert

from portal.chat.assistant.redact import redacted
from portal.chat.models import Conversation, Message
from portal.chat.open_question_models import OpenQuestion
from portal.content.search import CONFIGS, telling_words
from portal.kit import clock
from portal.kit.db import Db
from portal.kit.errors import N_, NotFound

MOST_SHOWN = 100
LONGEST_TEXT, LONGEST_KEY = 500, 200


class OpenQuestionNotFound(NotFound):
    code, title = "OPEN_QUESTION_NOT_FOUND", N_("We do not know this question.")


class Asked(msgspec.Struct, frozen=True):
    """Questions of the same words: how often, when last, and how one of them put it."""

    id: UUID
    text: str
    locale: str
    times: int
    last_asked: datetime
    conversation_id: UUID


async def note(
    db: Db, conversation: Conversation, message_id: UUID, *, at: datetime | None = None
) -> None:
    """The assistant did not know. Noting the same message twice is noting it once."""
    asked = await db.scalar(select(Message.text).where(Message.id == message_id))
    words = sorted(set(telling_words(asked or "").split()))
    if not words:
        return
    values = {
        "message_id": message_id,
        "key": " ".join(words)[:LONGEST_KEY],
        "text": redacted(asked or "")[:LONGEST_TEXT],
        "locale": conversation.locale if conversation.locale in CONFIGS else "en",
        "asked_at": at or clock.now(),
    }
    await db.execute(insert(OpenQuestion).values(**values).on_conflict_do_nothing())


async def open_ones(db: Db) -> list[Asked]:
    """The most frequent first, then the newest."""
    groups = (
        select(
            OpenQuestion.key,
            OpenQuestion.locale,
            func.count().label("times"),
            func.max(OpenQuestion.asked_at).label("last_asked"),
        )
        .where(OpenQuestion.settled_at.is_(None))
        .group_by(OpenQuestion.key, OpenQuestion.locale)
        .order_by(func.count().desc(), func.max(OpenQuestion.asked_at).desc())
        .limit(MOST_SHOWN)
        .subquery()
    )
    example = (
        select(OpenQuestion, groups.c.times, groups.c.last_asked, Message.conversation_id)
        .join(
            groups,
            (OpenQuestion.key == groups.c.key)
            & (OpenQuestion.locale == groups.c.locale)
            & (OpenQuestion.asked_at == groups.c.last_asked),
        )
        .join(Message, Message.id == OpenQuestion.message_id)
        .where(OpenQuestion.settled_at.is_(None))
        .order_by(groups.c.times.desc(), groups.c.last_asked.desc())
    )
    return [
        Asked(
            id=row.OpenQuestion.id,
            text=row.OpenQuestion.text,
            locale=row.OpenQuestion.locale,
            times=row.times,
            last_asked=row.last_asked,
            conversation_id=row.conversation_id,
        )
        for row in await db.execute(example)
    ]


async def settle(db: Db, question_id: UUID) -> Sequence[UUID]:
    """Put the question and all of the same words aside. Raises `OpenQuestionNotFound`."""
    found = await db.scalar(select(OpenQuestion).where(OpenQuestion.id == question_id))
    if found is None:
        raise OpenQuestionNotFound
    same = (
        update(OpenQuestion)
        .where(OpenQuestion.key == found.key, OpenQuestion.locale == found.locale)
        .where(OpenQuestion.settled_at.is_(None))
        .values(settled_at=clock.now())
        .returning(OpenQuestion.id)
    )
    return list(await db.scalars(same))
