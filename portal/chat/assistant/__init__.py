"""The assistant: one question in, a stream of events out.

`answer` is all that the rest of the chat needs to know. Facts are loaded in one short
transaction; nothing is held while text streams. Danger, anger and the wish for a person are
always answered by the built-in assistant; so is everything when no provider can or may answer.
"""

import time
from collections.abc import AsyncGenerator
from contextlib import aclosing

from portal.ai.calls import Call, Result
from portal.ai.completing import complete
from portal.ai.desk import Talk, desk_of
from portal.chat.assistant import built_in, by_model, facts, prompt
from portal.chat.assistant.gate import Gate
from portal.chat.assistant.guard import guard_for
from portal.chat.assistant.reading import Reading
from portal.chat.assistant.redact import Restoring
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
from portal.kit.parts import Parts
from portal.tenants.boundary import inside

__all__ = [
    "Calling",
    "Card",
    "Delta",
    "Done",
    "Event",
    "HandOver",
    "Question",
    "Source",
    "Turn",
    "answer",
    "complete",
]

_CONTACT_FORM = Card("contact_form", {"purpose": "question"})


async def answer(parts: Parts, question: Question) -> AsyncGenerator[Event, None]:
    """The events for one message: `Delta`…, `Card`…, at most one `HandOver`, `Done`.

    `Calling` comes before a model is asked: its list has every call that is made from then on.

    Never raises for a provider's fault. Close it (`aclosing`) when the visitor leaves: the
    provider's stream is then closed at once.
    """
    begun = time.perf_counter()
    async with inside(parts, question.workshop_id) as db:
        known, reading = await facts.load(db, question)
    said = built_in.reply(known, reading)
    outcome, talk = by_model.Outcome(), Talk([])
    desk = desk_of(parts)
    if desk.is_staffed and question.budget_left and not built_in.must_not_wait(reading):
        redaction = prompt.redaction_for(known, question)
        talk = Talk(prompt.messages(known, reading, question, redaction))
        yield Calling(talk.calls)
        gate, restoring = Gate(guard_for(known, reading.language)), Restoring(redaction)
        pieces = by_model.spoken(desk, talk, gate, outcome, reading.language, restoring)
        async with aclosing(pieces) as stream:
            async for piece in stream:
                yield Delta(piece)
    if outcome.speaker is None:
        async for delta in built_in.spoken(said.text):
            yield delta
        outcome.text = said.text
        cards, hand_over = list(said.cards), said.hand_over
    else:
        cards, hand_over = _beside_the_model(said, reading, outcome)
    for card in cards:
        yield card
    if hand_over is not None:
        yield HandOver(hand_over)
    yield _done(said, outcome, talk, begun)


def _beside_the_model(
    said: Said, reading: Reading, outcome: by_model.Outcome
) -> tuple[list[Card], str | None]:
    """Cards follow from what was asked and from how it went, never from the model's words."""
    cards = list(said.cards) if reading.intents & built_in.WITH_FORM else []
    if outcome.broke_off or outcome.was_corrected:
        return cards or [_CONTACT_FORM], "unknown"
    return cards, said.hand_over if cards else None


def _done(said: Said, outcome: by_model.Outcome, talk: Talk, begun: float) -> Done:
    total_ms = round((time.perf_counter() - begun) * 1000)
    calls = list(talk.calls)
    if outcome.speaker is None:
        calls.append(Call(provider=built_in.NAME, total_ms=total_ms, result=Result.ANSWERED))
    return Done(
        text=outcome.text,
        sources=list(said.sources),
        provider=outcome.speaker.provider if outcome.speaker else built_in.NAME,
        calls=calls,
        latency_ms=total_ms,
    )
