"""An answer that somebody of the team may send once it is edited: by a provider, or built in.

It is written outside any transaction, and nobody but the one who asked reads it.
"""

from collections.abc import AsyncGenerator
from dataclasses import dataclass
from uuid import UUID

from sqlalchemy import select

from portal.ai.calls import Purpose
from portal.ai.completing import AiBudgetSpent, NoAiAvailable, complete, is_available
from portal.ai.providers import Message as Told
from portal.chat import conversations
from portal.chat.assistant import Question, Turn, built_in, facts, prompt
from portal.chat.assistant.guard import hosts_of
from portal.chat.assistant.links import without_foreign_links
from portal.chat.assistant.replies import Said
from portal.chat.assistant.rules import recites_rules
from portal.chat.assistant.sight import seen
from portal.chat.messages import CONTEXT, turn_author
from portal.chat.models import Message
from portal.kit import clock
from portal.kit.db import Db
from portal.kit.errors import N_, Problem
from portal.kit.parts import Parts
from portal.kit.text import _, speaking
from portal.tenants.boundary import inside, workshop_id_of
from portal.tenants.callers import Member

MOST_TOKENS = 500
TASK = (
    "Write as a member of the workshop's team: a draft that is edited before it is sent. No "
    "mention of an AI, no name below. Answer what the visitor asked last; where the facts "
    "do not hold the answer, ask the one question that helps on. Two to five sentences."
)


class NothingAsked(Problem):
    status, code = 409, "NOTHING_ASKED"
    title = N_("The visitor has not written anything yet.")


@dataclass(frozen=True)
class Wish:
    """What the visitor asked last, and who shall answer it."""

    question: Question
    name: str
    visitor_name: str
    workshop: str


async def wish_of(db: Db, conversation_id: UUID, member: Member) -> Wish:
    """Raises `NothingAsked`."""
    conversation = await conversations.get(db, conversation_id)
    query = (
        select(Message.author, Message.text)
        .where(Message.conversation_id == conversation_id)
        .order_by(Message.seq.desc())
        .limit(CONTEXT)
    )
    said = [(turn_author(row.author), row.text) for row in await db.execute(query)]
    asked = next((n for n, (author, _text) in enumerate(said) if author == "visitor"), None)
    if asked is None:
        raise NothingAsked
    turns = [Turn(author, text) for author, text in said[:asked:-1] if author is not None]
    question = Question(
        workshop_id=workshop_id_of(db),
        conversation_id=conversation_id,
        locale=conversation.locale,
        text=said[asked][1],
        now=clock.now(),
        turns=turns,
        names=(conversation.visitor_name,) if conversation.visitor_name else (),
    )
    workshop = member.profile.name if member.profile else ""
    return Wish(question, member.name, conversation.visitor_name, workshop)


async def pieces(parts: Parts, wish: Wish) -> AsyncGenerator[bytes, None]:
    """The draft as UTF-8; a provider that does not answer leaves it to the built-in assistant."""
    async with inside(parts, wish.question.workshop_id) as db:
        known, reading = await facts.load(db, wish.question)
    known = await facts.spoken(parts, wish.question.workshop_id, known, reading.voice)
    if is_available(parts):
        redaction = prompt.redaction_for(known, wish.question)
        told = [
            *prompt.messages(known, reading, wish.question, redaction),
            Told("system", TASK),
        ]
        try:
            draft = await complete(
                parts,
                wish.question.workshop_id,
                Purpose.SUGGEST,
                told,
                about_id=wish.question.conversation_id,
                most_tokens=MOST_TOKENS,
            )
        except (NoAiAvailable, AiBudgetSpent):
            pass
        else:
            checked = _checked(redaction.restore(draft.text), known)
            if checked:
                yield checked.encode()
                return
    with speaking(reading.voice):
        greeting = _greeting(wish)
        asks_on = _("How can I help you?")
    answer = asks_on if built_in.must_not_wait(reading) else _facts(built_in.reply(known, reading))
    yield f"{greeting}\n\n{answer}".encode()


def _checked(draft: str, known: facts.Facts) -> str:
    """Staff edit it, so promises are theirs; links elsewhere are not, rules are nobody's."""
    plain = seen(draft)[0]
    return "" if recites_rules(plain, "") else without_foreign_links(draft, hosts_of(known))


def _facts(said: Said) -> str:
    """What stands above a card belongs to it: the team offers times in its own words."""
    parts = said.text.split("\n\n")
    return "\n\n".join(parts[:-1] if said.cards and len(parts) > 1 else parts)


def _greeting(wish: Wish) -> str:
    if wish.visitor_name:
        return _(
            "Hello %(name)s, this is %(me)s from %(workshop)s.",
            name=wish.visitor_name,
            me=wish.name,
            workshop=wish.workshop,
        )
    return _("Hello, this is %(me)s from %(workshop)s.", me=wish.name, workshop=wish.workshop)
