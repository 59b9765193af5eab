"""What the chat does behind the scenes: tell the team, close what has gone quiet."""

from contextlib import suppress
from datetime import datetime, timedelta
from uuid import UUID

from sqlalchemy import select

from portal.chat import (
    conversations,
    inbox_settings,
    notices,
    open_questions,
    presence,
    resumptions,
    translations,
    words,
)
from portal.chat.assistant import foreign_texts
from portal.chat.assistant.links import host_of
from portal.chat.conversations import ConversationNotFound
from portal.chat.models import Conversation
from portal.chat.open_questions import OpenQuestionNotFound
from portal.content import faq
from portal.content.search import Entry
from portal.kit import clock, text
from portal.kit.db import Db
from portal.kit.mail import MailRefused
from portal.kit.outbox import JobFunction, Work, later
from portal.tenants import workshops
from portal.tenants.models import Workshop

LOOKS_AGAIN = timedelta(days=1)


async def notify_staff(work: Work, *, conversation_id: str, since: str) -> None:
    """A mail to the workshop when somebody is owed an answer and nobody has the inbox open.

    While somebody looks it is asked again later, as long as the visitor waits. `since` is the wait
    that this job is about: one that began after an answer has a job of its own.
    """
    assert work.workshop_id is not None  # noqa: S101  # only conversations of workshops queue this
    message, look_again = None, None
    async with work.reading() as db:
        try:
            conversation = await conversations.get(db, UUID(conversation_id))
        except ConversationNotFound:
            conversation = None
        begun = datetime.fromisoformat(since)
        if conversation is not None and conversation.unanswered_since == begun:
            profile = await workshops.get_profile(db)
            slug = await db.scalar(select(Workshop.slug).where(Workshop.id == work.workshop_id))
            if await presence.is_anybody_here(work.parts, work.workshop_id):
                look_again = await _next_look(db, conversation)
            elif profile.email:
                message = notices.somebody_waits(
                    work.parts.settings, conversation, to=profile.email, slug=slug or ""
                )
    if message is not None:
        try:
            await work.parts.mailer.send(message)
        except MailRefused as refused:
            notices.log.warning("mail refused", error=str(refused))
    async with work.finishing() as db:
        if look_again is not None:
            later(
                db,
                "chat.notify_staff",
                run_at=look_again,
                conversation_id=conversation_id,
                since=since,
            )


async def _next_look(db: Db, conversation: Conversation) -> datetime | None:
    """None after a day: who has not been answered by then is not helped by a mail."""
    since = conversation.unanswered_since or clock.now()
    if clock.now() - since > LOOKS_AGAIN:
        return None
    settings = await inbox_settings.get(db)
    return clock.now() + timedelta(minutes=settings.mail_after_minutes)


async def close_idle(work: Work, *, conversation_id: str) -> None:
    """A talk with the assistant that nobody goes on with ends after a day, without a word."""
    async with work.finishing() as db:
        touched = await conversations.close_when_idle(db, UUID(conversation_id))
        if touched is not None:
            again = max(touched + conversations.IDLE, clock.now() + timedelta(hours=1))
            later(db, "chat.close_idle", run_at=again, conversation_id=conversation_id)


async def settle_question(work: Work, *, question_id: str) -> None:
    """Somebody has written the answer to it."""
    async with work.finishing() as db:
        with suppress(OpenQuestionNotFound):
            await open_questions.settle(db, UUID(question_id))


async def translate(work: Work, *, conversation_id: str) -> None:
    """The newest foreign messages, one call each, and then all stored at once."""
    assert work.workshop_id is not None  # noqa: S101  # only conversations of workshops queue this
    async with work.reading() as db:
        found = await translations.untranslated(db, UUID(conversation_id))
    said = {
        one.id: await translations.in_german(work.parts, work.workshop_id, one) for one in found
    }
    async with work.finishing() as db:
        with suppress(ConversationNotFound):
            conversation = await conversations.get(db, UUID(conversation_id))
            await translations.keep(db, conversation, said)


async def translate_faq(work: Work, *, language: str) -> None:
    """The frequent questions for guests of this language, as far as there is a budget for it."""
    assert work.workshop_id is not None  # noqa: S101  # only conversations of workshops queue this
    async with work.reading() as db:
        _spoken, entries = await faq.for_visitors(db, text.DEFAULT)
        profile = await workshops.get_profile(db)
    hosts = frozenset({host_of(profile.website), profile.email.rpartition("@")[2]} - {""})
    texts = [Entry(str(one.id), one.question, one.answer, one.locale) for one in entries]
    await foreign_texts.translate(work.parts, work.workshop_id, texts, language, hosts)
    async with work.finishing():
        pass


async def send_resume_link(work: Work, *, link_id: str) -> None:
    """To the verified contact's address, or to nobody."""
    async with work.reading() as db:
        message = await resumptions.letter(db, UUID(link_id))
    if message is not None:
        with suppress(MailRefused):
            await work.parts.mailer.send(message)
    async with work.finishing():
        pass


async def index_words(work: Work, *, after: str | None = None) -> None:
    """Makes what was said before words were kept findable: some conversations at a time."""
    async with work.finishing() as db:
        last = await words.index(db, UUID(after) if after else None)
        if last is not None:
            later(db, "chat.index_words", after=last)


JOBS: dict[str, JobFunction] = {
    "chat.notify_staff": notify_staff,
    "chat.close_idle": close_idle,
    "chat.translate": translate,
    "chat.translate_faq": translate_faq,
    "chat.settle_question": settle_question,
    "chat.send_resume_link": send_resume_link,
    "chat.index_words": index_words,
}
