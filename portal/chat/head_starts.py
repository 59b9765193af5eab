"""The short way of a message to its answer: one transaction of the driver, then the provider.

What an answer needs is read, the message stored and what the answer may cost reserved, without a
session. Then the assistant begins, and only then the others are told. Whatever is out of the
ordinary (a repeated message, a person who speaks, a conversation that was closed) goes the long way
of `messages.receive`, and nothing has happened before.
"""

import asyncio
from dataclasses import dataclass
from typing import Any

import msgspec
import structlog
from msgspec.structs import replace
from sqlalchemy import text

from portal.ai import budgets
from portal.ai.budgets import Purse
from portal.chat import answers, live, spoken_bookings, undisturbed
from portal.chat.answering import Answering
from portal.chat.assistant import Known, Question, Turn, facts
from portal.chat.forms import VisitorMessageForm
from portal.chat.identity import verifications
from portal.chat.messages import CONTEXT, Received, cleaned
from portal.chat.models import Author, Message
from portal.kit import clock
from portal.kit.glances import Glance, Sentence
from portal.kit.parts import Parts
from portal.tenants.boundary import after_commit, glancing
from portal.tenants.callers import Visitor

log = structlog.get_logger()

_TALK = Sentence(
    text(f"""
select c.locale, c.visitor_name, c.last_seq, ({facts.STANDING}) as standing, (
  select coalesce(json_agg(json_build_object('author', t.author, 'text', t.text) order by t.seq),
                  '[]')::text
  from (select seq, text, case author when 'bot' then 'assistant' else author end as author
          from messages
         where conversation_id = :conversation and seq > c.turn_began_seq and author <> 'system'
         order by seq desc limit {CONTEXT}) t
) as turns,
exists (select from verifications where conversation_id = :conversation) as has_asked_for_proof
from conversations c
where c.id = :conversation and c.state = 'bot' and c.erased_at is null
  and not exists (
    select from messages where conversation_id = :conversation and client_id = :client
  )
""")  # noqa: S608  # of ours
)
_turns = msgspec.json.Decoder(list[Turn]).decode


@dataclass(frozen=True)
class Begun:
    """A message that is stored, and its answer on the way."""

    received: Received
    answering: Answering


async def begin(
    parts: Parts, visitor: Visitor, form: VisitorMessageForm, purse: Purse | None
) -> Begun | None:
    """None for a message that has to go the long way.

    Whoever is cancelled meanwhile leaves no reservation and no provider behind. Raises what
    `messages.cleaned` raises.
    """
    beginning = asyncio.create_task(_begun(parts, visitor, form, purse), name="head start")
    try:
        return await asyncio.shield(beginning)
    except asyncio.CancelledError:
        beginning.add_done_callback(_let_go)
        raise


def _let_go(beginning: asyncio.Task[Begun | None]) -> None:
    if not beginning.cancelled() and not beginning.exception() and (begun := beginning.result()):
        begun.answering.let_go()


async def _begun(
    parts: Parts, visitor: Visitor, form: VisitorMessageForm, purse: Purse | None
) -> Begun | None:
    """The counters of the budgets, which others wait for, come last."""
    async with glancing(parts, visitor.workshop_id) as glance:
        stored = await _stored(glance, visitor, form)
        if stored is None:
            return None
        question, known = await _asked(glance, visitor, stored)
        reservation = await budgets.reserve(glance, purse) if purse is not None else None
        received = Received(
            live.message_shown(stored.message),
            live.state_shown(stored.line),
            question=replace(question, budget_left=purse is None or reservation is not None),
            reservation=reservation,
        )
        answering = Answering(parts, received, known)
        if known is not None:
            # Whoever still looks for times needs a share of sessions, and this request holds one:
            # such an answer begins with its stream.
            after_commit(glance, answering.asked)
        live.tell_message(glance, stored.line, stored.message)
    return Begun(received, answering)


@dataclass(frozen=True)
class _Stored:
    """`talk` is a row of `_TALK`, `line` the conversation as it is with the message."""

    message: Message
    talk: Any
    line: Any
    question: Question
    known: Known | None


async def _stored(glance: Glance, visitor: Visitor, form: VisitorMessageForm) -> _Stored | None:
    """The question is read while the database stores its message."""
    question = Question(
        workshop_id=visitor.workshop_id,
        conversation_id=visitor.subject,
        locale="",
        text=cleaned(form.text),
        now=clock.now(),
        book=spoken_bookings.book,
    )
    asked = facts.asked_for(question)
    talk = await glance.one_or_none(_TALK, client=form.client_id, **asked)
    if talk is None:
        return None
    message = _message(visitor, form, question.text, talk.last_seq + 1)
    appending = asyncio.create_task(undisturbed.append(glance, message))
    await _let_leave()
    names = (talk.visitor_name,) if talk.visitor_name else ()
    question = replace(question, locale=talk.locale, turns=_turns(talk.turns), names=names)
    try:
        known = facts.understood(question, talk.standing, glance.info["parts"].settings)
    except Exception:
        # Whoever answers reads it once more; what was said is stored whatever became of it.
        log.exception("question not understood", conversation=str(visitor.subject))
        known = None
    line = await appending
    return None if line is None else _Stored(message, talk, line, question, known)


async def _asked(
    glance: Glance, visitor: Visitor, stored: _Stored
) -> tuple[Question, Known | None]:
    """The question as somebody asks it who may be verified; nothing known where only a session
    can find it.
    """
    question = stored.question
    if stored.talk.has_asked_for_proof:
        verified = await verifications.find_verified(glance, visitor.subject, visitor.token_hash)
        question = replace(question, verified=verified)
    if stored.known is None or not facts.are_seen_at_a_glance(question, *stored.known):
        return question, None
    known, reading = stored.known
    return question, (await facts.with_answers(glance, known, reading), reading)


def _message(visitor: Visitor, form: VisitorMessageForm, text: str, seq: int) -> Message:
    return undisturbed.message_of(
        visitor.subject,
        seq,
        Author.VISITOR,
        text,
        client_id=form.client_id,
        answering_until=answers.lease(),
    )


async def _let_leave() -> None:
    """A statement that was just begun is sent: the task has its turn, then the loop its writes.

    While the database works on it there is time to read the question.
    """
    await asyncio.sleep(0)
    await asyncio.sleep(0)
