"""A text by a model for somebody who waits for the whole of it: `complete`.

Translations, suggested replies, summaries and drafts: the same providers, budgets, circuits and
records as the chat's. Nothing here may run inside an open transaction.
"""

from collections.abc import Sequence
from contextlib import aclosing
from uuid import UUID

import msgspec

from portal.ai import budgets, calls
from portal.ai.budgets import Amount, Reservation
from portal.ai.calls import BYTES_PER_TOKEN, Call, Purpose, Result, size_of
from portal.ai.desk import Desk, Talk, desk_of
from portal.ai.providers import MOST_TOKENS, Message
from portal.ai.tabs import Tab
from portal.kit.errors import N_, Problem
from portal.kit.parts import Parts
from portal.tenants.boundary import inside


class NoAiAvailable(Problem):
    """No provider is set up, or none answers now."""

    status, code = 503, "AI_UNAVAILABLE"
    title = N_("The AI does not answer at the moment. Please try again later.")


class AiBudgetSpent(Problem):
    status, code = 429, "AI_BUDGET_SPENT"
    title = N_("The workshop's AI budget is used up for now.")


class Completion(msgspec.Struct, frozen=True):
    """`text` is what the model said, without blanks around it; checked by nobody yet."""

    text: str
    provider: str
    model: str


def is_available(parts: Parts) -> bool:
    """Whether any provider is set up: what needs one is offered only then."""
    return desk_of(parts).is_staffed


async def complete(
    parts: Parts,
    workshop_id: UUID,
    purpose: Purpose,
    messages: Sequence[Message],
    *,
    about_id: UUID | None = None,
    most_tokens: int = MOST_TOKENS,
) -> Completion:
    """The whole answer to `messages`, which hold no personal data (`assistant.redact`).

    `about_id` is the conversation, scan or whatever it is for. Raises `AiBudgetSpent` before
    anything is spent, and `NoAiAvailable`.
    """
    desk = desk_of(parts)
    if not desk.is_staffed:
        raise NoAiAvailable
    async with inside(parts, workshop_id) as db:
        purse = budgets.purse_of(parts.settings, most_of(desk, messages, most_tokens))
        reservation = await budgets.reserve(db, purse)
    if reservation is None:
        raise AiBudgetSpent
    tab = Tab(parts, workshop_id, reservation)
    talk = Talk(messages, most_tokens, tab=tab)
    try:
        async with aclosing(desk.speak(talk)) as pieces:
            async for _piece in pieces:
                pass
    finally:
        await _store(parts, workshop_id, tab.reservation, talk.calls, purpose, about_id)
    last = talk.speaker
    if last is None or not talk.is_complete:
        raise NoAiAvailable
    return Completion(talk.said.strip(), last.provider, last.model)


def most_of(desk: Desk, messages: Sequence[Message], most_tokens: int) -> Amount:
    """What a call takes at most: all that is sent, and the longest answer."""
    sent = size_of(messages) // BYTES_PER_TOKEN + 1
    return Amount(sent + most_tokens, desk.most_micros(sent, most_tokens))


async def _store(
    parts: Parts,
    workshop_id: UUID,
    reservation: Reservation,
    made: Sequence[Call],
    purpose: Purpose,
    about_id: UUID | None,
) -> None:
    async with inside(parts, workshop_id) as db:
        await calls.note(db, made, purpose, about_id)
        await budgets.settle(db, reservation, made)


__all__ = [
    "AiBudgetSpent",
    "Completion",
    "Message",
    "NoAiAvailable",
    "Purpose",
    "Result",
    "complete",
    "is_available",
]
