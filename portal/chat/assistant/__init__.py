"""The assistant: one question in, a stream of events out.

`answer` is all that the rest of the chat needs to know. Facts are loaded in one short
transaction; nothing is held while text streams. Danger, anger and the wish for a person are
always answered by the built-in assistant; so is everything when no provider can or may answer.
"""

import time
from collections.abc import AsyncGenerator
from contextlib import aclosing

import msgspec

from portal.ai.calls import Call, Result
from portal.ai.completing import complete
from portal.ai.desk import Talk, desk_of
from portal.ai.tabs import Tab
from portal.chat.assistant import (
    built_in,
    by_model,
    facts,
    kept_answers,
    other_words,
    prompt,
    replies_booking,
)
from portal.chat.assistant.gate import Gate
from portal.chat.assistant.guard import guard_for
from portal.chat.assistant.kept_answers import may_be_kept
from portal.chat.assistant.reading import Reading
from portal.chat.assistant.replies import Said
from portal.chat.assistant.speech import (
    Calling,
    Card,
    Delta,
    Done,
    Event,
    HandOver,
    Question,
    Source,
    Turn,
)
from portal.chat.assistant.tools import registry
from portal.chat.assistant.tools.using import Using
from portal.kit.parts import Parts
from portal.kit.text import speaking
from portal.tenants.boundary import inside

__all__ = [
    "Calling",
    "Card",
    "Delta",
    "Done",
    "Event",
    "HandOver",
    "Known",
    "Question",
    "Source",
    "Turn",
    "answer",
    "complete",
]

Known = tuple[facts.Facts, Reading]
"""What an answer may be made of, and the question as it was understood."""

_CONTACT_FORM = Card("contact_form", {"purpose": "question"})


async def answer(
    parts: Parts,
    question: Question,
    known_before: Known | None = None,
    tab: Tab | None = None,
) -> AsyncGenerator[Event, None]:
    """The events for one message: `Delta`…, `Card`…, at most one `HandOver`, `Done`.

    `Calling` has the list of all calls and comes before the first. `tab` pays: when it ends, the
    answer goes on with what there is. No provider's fault is raised. To be closed (`aclosing`).
    """
    begun = time.perf_counter()
    known, reading = await _understood(parts, question, known_before)
    outcome, talk = by_model.Outcome(), Talk([])
    if other_words.may_help(parts, known, reading, question):
        yield Calling(talk.calls)
        known = await other_words.found(parts, known, reading, question)
    said = built_in.reply(known, reading)
    using: Using | None = None
    desk = desk_of(parts)
    if desk.is_staffed and question.budget_left and not built_in.must_not_wait(reading):
        redaction = prompt.redaction_for(known, question)
        using = Using(question, reading, redaction, known, owned_before=known.owned)
        told = prompt.messages(known, reading, question, using.redaction)
        talk = Talk(told, tools=registry.offered(), tab=tab)
        yield Calling(talk.calls)
        gate = Gate(guard_for(known, reading.voice))
        async with aclosing(by_model.spoken(desk, talk, gate, outcome, using, parts)) as stream:
            async for piece in stream:
                yield Delta(piece)
    kept = desk.is_staffed and may_be_kept(known, reading, question, said)
    if outcome.speaker is None or using is None:
        planned, said = said, _instead_of_the_model(known, reading, said, using)
        kept = kept and said is planned
        found = await kept_answers.find(parts, known, reading, question) if kept else None
        async for delta in built_in.spoken(found or said.text):
            yield delta
        outcome.text = found or said.text
        outcome.is_kept = found is not None
        cards, hand_over = list(said.cards), said.hand_over
    else:
        cards, hand_over = _beside_the_model(said, reading, outcome, using)
        if kept and outcome.is_sound and not (cards or hand_over or using.sources):
            await kept_answers.keep(parts, known, reading, question, outcome.text)
    for card in cards:
        yield card
    if hand_over is not None:
        yield HandOver(hand_over)
    sources = [*said.sources, *(using.sources if using and outcome.speaker else ())]
    yield _done(sources, outcome, talk, begun)


async def _understood(parts: Parts, question: Question, known_before: Known | None) -> Known:
    if known_before is None:
        async with inside(parts, question.workshop_id) as db:
            known_before = await facts.load(db, question)
    known, reading = known_before
    return await facts.spoken(parts, question.workshop_id, known, reading.voice), reading


def _instead_of_the_model(
    known: facts.Facts, reading: Reading, said: Said, using: Using | None
) -> Said:
    """Whatever tools have found or done before the model fell silent is told all the same."""
    if using is None or using.is_unused:
        return said
    if len(using.facts.owned) > len(known.owned):
        with speaking(reading.voice):
            said = replies_booking.own(using.facts)
    else:
        said = built_in.reply(using.facts, reading)
    kinds = {card.kind for card in said.cards}
    cards = (*said.cards, *(card for card in using.cards if card.kind not in kinds))
    return msgspec.structs.replace(said, cards=cards, hand_over=using.hand_over or said.hand_over)


def _beside_the_model(
    said: Said, reading: Reading, outcome: by_model.Outcome, using: Using
) -> tuple[list[Card], str | None]:
    """Cards follow from what was asked, from tools and from how it went, never from words."""
    cards = list(said.cards) if reading.intents & built_in.WITH_FORM else []
    has_booked = len(using.facts.owned) > len(using.owned_before)
    cards = [] if has_booked else cards
    cards += [card for card in using.cards if card.kind not in {one.kind for one in cards}]
    if outcome.broke_off or outcome.was_corrected:
        return cards or [_CONTACT_FORM], "unknown"
    return cards, using.hand_over or (said.hand_over if cards and not has_booked else None)


def _done(sources: list[Source], outcome: by_model.Outcome, talk: Talk, begun: float) -> Done:
    total_ms = round((time.perf_counter() - begun) * 1000)
    calls = list(talk.calls)
    house = kept_answers.NAME if outcome.is_kept else built_in.NAME
    if outcome.speaker is None:
        calls.append(Call(provider=house, total_ms=total_ms, result=Result.ANSWERED))
    return Done(
        text=outcome.text,
        sources=list(dict.fromkeys(sources)),
        provider=outcome.speaker.provider if outcome.speaker else house,
        calls=calls,
        latency_ms=total_ms,
    )
