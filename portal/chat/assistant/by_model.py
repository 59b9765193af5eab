"""An answer by a model, checked on its way out."""

from collections.abc import AsyncGenerator, Sequence
from contextlib import aclosing

import msgspec

from portal.chat.assistant.desk import BrokeOff, Desk, Speaking
from portal.chat.assistant.gate import Gate
from portal.chat.assistant.prompt import Message
from portal.chat.assistant.providers import Provider, Usage
from portal.kit.text import _, speaking

CHARACTERS_PER_TOKEN = 4


class Outcome(msgspec.Struct):
    """Filled while the answer streams. Without a `provider` nobody answered."""

    provider: Provider | None = None
    text: str = ""
    usage: Usage | None = None
    broke_off: bool = False
    was_corrected: bool = False

    @property
    def cost(self) -> float:
        """By the prices per million tokens in the settings."""
        if self.provider is None or self.usage is None:
            return 0.0
        usage = self.usage
        into = usage.tokens_in * self.provider.price_in
        out = usage.tokens_out * self.provider.price_out
        return round((into + out) / 1_000_000, 6)


async def spoken(
    desk: Desk, messages: Sequence[Message], gate: Gate, outcome: Outcome, language: str
) -> AsyncGenerator[str, None]:
    """The pieces that may leave, as they come; `outcome` says afterwards how it went."""
    received = 0
    async with aclosing(desk.speak(messages)) as pieces:
        async for piece in pieces:
            if isinstance(piece, Speaking):
                outcome.provider = piece.provider
            elif isinstance(piece, Usage):
                outcome.usage = piece
            elif isinstance(piece, BrokeOff):
                outcome.broke_off = True
            else:
                received += len(piece)
                if leaving := gate.push(piece):
                    outcome.text += leaving
                    yield leaving
                if gate.is_closed:
                    break
    if outcome.provider is None:
        return
    for leaving in _end(gate, outcome, language):
        outcome.text += leaving
        yield leaving
    outcome.was_corrected = gate.violation is not None
    outcome.usage = outcome.usage or _estimated(messages, received)


def _end(gate: Gate, outcome: Outcome, language: str) -> list[str]:
    leaving = [gate.finish()]
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


def _estimated(messages: Sequence[Message], received: int) -> Usage:
    """Some endpoints do not count, and a stream that ends early never tells."""
    sent = sum(len(message.content) for message in messages)
    return Usage(sent // CHARACTERS_PER_TOKEN, -(-received // CHARACTERS_PER_TOKEN))
