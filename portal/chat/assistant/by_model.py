"""An answer by a model, checked on its way out."""

from collections.abc import AsyncGenerator
from contextlib import aclosing

import msgspec
import structlog

from portal.ai.calls import Call
from portal.ai.desk import Desk, Talk
from portal.ai.providers import Message, ToolCall
from portal.chat.assistant.gate import Gate
from portal.chat.assistant.guard import guard_for
from portal.chat.assistant.prompt import fenced
from portal.chat.assistant.redact import Restoring
from portal.chat.assistant.tools import registry
from portal.chat.assistant.tools.using import Refused, Using
from portal.kit.parts import Parts
from portal.kit.text import _, speaking
from portal.tenants.boundary import inside

log = structlog.get_logger()

MOST_ROUNDS = 4
"""Streams of one answer: the last one gets no tools any more."""


class Outcome(msgspec.Struct):
    """Filled while the answer streams. Without a `speaker` no model answered."""

    text: str = ""
    speaker: Call | None = None
    broke_off: bool = False
    was_corrected: bool = False
    is_kept: bool = False

    @property
    def is_sound(self) -> bool:
        """Said to the end, and nothing of it had to be refused."""
        return self.speaker is not None and not self.broke_off and not self.was_corrected


async def spoken(
    desk: Desk, talk: Talk, gate: Gate, outcome: Outcome, using: Using, parts: Parts
) -> AsyncGenerator[str, None]:
    """The pieces that may leave, as they come; `outcome` says afterwards how it went.

    Tools that the model asks for are used between two streams, and the gate learns what they
    found. What was hidden from the model is put back before the gate, which judges what is read.
    """
    said, restoring = [], Restoring(using.redaction)
    for left in reversed(range(MOST_ROUNDS)):
        async with aclosing(desk.speak(talk)) as pieces:
            async for piece in pieces:
                if leaving := gate.push(restoring.push(piece)):
                    said.append(leaving)
                    yield leaving
                if gate.is_closed:
                    break
        if gate.is_closed or not talk.asked or not talk.is_complete:
            break
        await _use(parts, talk, using, may_ask_again=left > 1)
        gate.know(guard_for(using.facts, using.reading.voice))
    outcome.speaker = talk.speaker if said or talk.said else None
    if outcome.speaker is None:
        return
    outcome.broke_off = not talk.is_complete and not gate.is_closed
    for leaving in _end(gate, outcome, using.reading.voice, restoring.finish()):
        said.append(leaving)
        yield leaving
    outcome.text = "".join(said)
    outcome.was_corrected = gate.violation is not None


async def _use(parts: Parts, talk: Talk, using: Using, *, may_ask_again: bool) -> None:
    """Each tool in a short transaction of its own; the talk goes on behind their results."""
    asked, talk.asked = tuple(talk.asked), []
    results = []
    for call in asked:
        result = await _used(parts, using, call)
        told = fenced("tool", registry.as_text(using, result))
        results.append(Message("tool", told, answers=call.id))
    talk.messages = [*talk.messages, Message("assistant", talk.said, asks=asked), *results]
    talk.said, talk.is_complete = "", False
    if not may_ask_again:
        talk.tools = ()


async def _used(parts: Parts, using: Using, call: ToolCall) -> msgspec.Struct:
    """Whatever a model asks for, the visitor still gets an answer."""
    try:
        async with inside(parts, using.question.workshop_id) as db:
            return await registry.used(db, using, call)
    except Exception:
        log.exception("tool failed", tool=call.name[:40])
        return Refused("This did not work. Go on without it.")


def _end(gate: Gate, outcome: Outcome, language: str, rest: str) -> list[str]:
    leaving = [gate.push(rest), gate.finish()]
    if outcome.broke_off and gate.violation is None:
        leaving.append(_interrupted(language))
    return [text for text in leaving if text]


def _interrupted(language: str) -> str:
    with speaking(language):
        honest = _(
            "My answer broke off here, I am sorry. A colleague gladly answers you – please leave "
            "your number or e-mail below."
        )
    return f" …\n\n{honest}"
