"""A head start: the provider is asked while the visitor's message is still being stored.

What an answer needs is read in one short transaction that also reserves what it may cost. Then the
assistant begins, and only then the message is stored, announced and accepted; what the provider
says meanwhile waits. Whether the answer may be given is decided under the conversation's lock, as
ever: a head start that was in vain is called back, and what it cost is paid.
"""

import asyncio

import msgspec
from msgspec.structs import replace
from sqlalchemy import text

from portal.ai import budgets
from portal.ai.budgets import Purse, Reservation
from portal.chat import spoken_bookings
from portal.chat.answering import Answering
from portal.chat.assistant import Known, Question, Turn, facts
from portal.chat.forms import VisitorMessageForm
from portal.chat.identity import verifications
from portal.chat.messages import CONTEXT, cleaned
from portal.kit import clock
from portal.kit.glances import Sentence
from portal.kit.parts import Parts
from portal.tenants.boundary import glancing, inside
from portal.tenants.callers import Visitor

_TALK = Sentence(
    text(f"""
select c.locale, c.visitor_name, ({facts.STANDING}) as standing, (
  select coalesce(json_agg(json_build_object('author', t.author, 'text', t.text) order by t.seq),
                  '[]')::text
  from (select seq, text, case author when 'bot' then 'assistant' else author end as author
          from messages
         where conversation_id = :conversation and seq > c.turn_began_seq and author <> 'system'
         order by seq desc limit {CONTEXT}) t
) as turns,
exists (select from verifications v where v.conversation_id = :conversation) as has_asked_for_proof
from conversations c
where c.id = :conversation and c.state = 'bot' and c.erased_at is null
  and not exists (
    select from messages where conversation_id = :conversation and client_id = :client
  )
""")  # noqa: S608  # of ours
)
_turns = msgspec.json.Decoder(list[Turn]).decode


async def begin(
    parts: Parts, visitor: Visitor, form: VisitorMessageForm, purse: Purse
) -> Answering | None:
    """The answer on its way; None for a message that needs none, or may not have one.

    Whoever is cancelled meanwhile leaves neither a reservation nor a provider behind. Raises what
    `messages.cleaned` raises.
    """
    beginning = asyncio.create_task(_begun(parts, visitor, form, purse), name="head start")
    try:
        return await asyncio.shield(beginning)
    except asyncio.CancelledError:
        beginning.add_done_callback(_let_go)
        raise


def _let_go(beginning: asyncio.Task[Answering | None]) -> None:
    if not beginning.cancelled() and not beginning.exception() and (begun := beginning.result()):
        begun.let_go()


async def _begun(
    parts: Parts, visitor: Visitor, form: VisitorMessageForm, purse: Purse
) -> Answering | None:
    found = await _find(parts, visitor, form, purse)
    if found is None:
        return None
    answering = Answering(parts, *found)
    answering.begin()
    await answering.asked()
    return answering


async def _find(
    parts: Parts, visitor: Visitor, form: VisitorMessageForm, purse: Purse
) -> tuple[Question, Reservation, Known] | None:
    """Everything in one transaction; the counters, which others wait for, come last."""
    question = Question(
        workshop_id=visitor.workshop_id,
        conversation_id=visitor.subject,
        locale="",
        text=cleaned(form.text),
        now=clock.now(),
        book=spoken_bookings.book,
    )
    async with glancing(parts, visitor.workshop_id) as glance:
        asked = facts.asked_for(question)
        row = await glance.one_or_none(_TALK, client=form.client_id, **asked)
        if row is None:
            return None
        names = (row.visitor_name,) if row.visitor_name else ()
        question = replace(question, locale=row.locale, turns=_turns(row.turns), names=names)
        if not row.has_asked_for_proof:
            known = await facts.at_a_glance(glance, question, row.standing)
            if known is not None:
                reservation = await budgets.reserve(glance, purse)
                return None if reservation is None else (question, reservation, known)
    return await _find_more(parts, visitor, question, purse)


async def _find_more(
    parts: Parts, visitor: Visitor, question: Question, purse: Purse
) -> tuple[Question, Reservation, Known] | None:
    """For a visitor who may be verified, and for answers with free times."""
    async with inside(parts, visitor.workshop_id) as db:
        verified = await verifications.find_verified(db, visitor.subject, visitor.token_hash)
        question = replace(question, verified=verified)
        known = await facts.load(db, question)
        reservation = await budgets.reserve(db, purse)
    return None if reservation is None else (question, reservation, known)
