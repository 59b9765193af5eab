"""The assistant: one question in, a stream of events out.

`answer` is all that the rest of the chat needs to know.
"""

from collections.abc import AsyncIterator

from portal.chat.assistant.speech import (
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

__all__ = ["Card", "Delta", "Done", "Event", "HandOver", "Question", "Source", "Turn", "answer"]


async def answer(parts: Parts, question: Question) -> AsyncIterator[Event]:  # noqa: ARG001  # the facts come next
    """The assistant's events for one message: `Delta`… `Card`… `HandOver`? `Done`.

    Never raises for a provider's fault; holds no database connection while it streams.
    """
    text = "Das weiß ich leider nicht sicher."
    yield Delta(text)
    yield Card("contact_form")
    yield HandOver("unknown")
    yield Done(text=text, sources=[], provider="built-in")
