"""An answer by a model, checked on its way out."""

from collections.abc import AsyncGenerator
from contextlib import aclosing

import msgspec

from portal.ai.calls import Call
from portal.ai.desk import Desk, Talk
from portal.chat.assistant.gate import Gate
from portal.chat.assistant.redact import Restoring
from portal.kit.text import _, speaking


class Outcome(msgspec.Struct):
    """Filled while the answer streams. Without a `speaker` no model answered."""

    text: str = ""
    speaker: Call | None = None
    broke_off: bool = False
    was_corrected: bool = False


async def spoken(
    desk: Desk,
    talk: Talk,
    gate: Gate,
    outcome: Outcome,
    language: str,
    restoring: Restoring,
) -> AsyncGenerator[str, None]:
    """The pieces that may leave, as they come; `outcome` says afterwards how it went.

    What was hidden from the model is put back before the gate, which judges what will be read.
    """
    said = []
    async with aclosing(desk.speak(talk)) as pieces:
        async for piece in pieces:
            if leaving := gate.push(restoring.push(piece)):
                said.append(leaving)
                yield leaving
            if gate.is_closed:
                break
    outcome.speaker = talk.speaker
    if outcome.speaker is None:
        return
    outcome.broke_off = not talk.is_complete and not gate.is_closed
    for leaving in _end(gate, outcome, language, restoring.finish()):
        said.append(leaving)
        yield leaving
    outcome.text = "".join(said)
    outcome.was_corrected = gate.violation is not None


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
