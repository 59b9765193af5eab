"""The record of a call: filled in while it runs, stored when it is over, read by nobody's model."""

from collections.abc import Sequence
from datetime import date
from enum import StrEnum
from uuid import UUID

import msgspec
from sqlalchemy import bindparam, insert, text

from portal.ai.models import AiCall
from portal.ai.providers import Message, Tool
from portal.kit import clock
from portal.kit.db import Db, new_id
from portal.kit.glances import Glance, Sentence, run_in

CHARACTERS_PER_TOKEN = 4
"""For endpoints that do not count, and for streams that end before they tell."""
BYTES_PER_TOKEN = 3
"""For what is reserved before a call: fewer than German, Arabic or JSON have."""


class Purpose(StrEnum):
    CHAT = "chat"
    TRANSLATE = "translate"
    SUGGEST = "suggest"
    SUMMARISE = "summarise"
    REPORT = "report"
    SEARCH = "search"


class Result(StrEnum):
    ANSWERED = "answered"
    FAILED = "failed"
    BROKEN = "broken"
    ABORTED = "aborted"
    DROPPED = "dropped"


class Call(msgspec.Struct, kw_only=True):
    """One call to one provider. `micros` are millionths of a euro, times in milliseconds.

    `id` is its record's: whoever is not sure that a call was stored and paid tries it again, and
    the database refuses a second time.
    """

    provider: str
    id: UUID = msgspec.field(default_factory=new_id)
    model: str = ""
    price_in: float = 0.0
    price_out: float = 0.0
    price_cached: float | None = None
    tokens_in: int = 0
    tokens_out: int = 0
    tokens_cached: int = 0
    first_ms: int | None = None
    total_ms: int = 0
    result: Result = Result.ABORTED
    reason: str = ""

    @property
    def micros(self) -> int:
        """Prices are per million tokens, so a token costs as many millionths as the price says."""
        cached = min(self.tokens_cached, self.tokens_in)
        price_cached = self.price_in if self.price_cached is None else self.price_cached
        told = (self.tokens_in - cached) * self.price_in + cached * price_cached
        return round(told + self.tokens_out * self.price_out)


def size_of(messages: Sequence[Message], tools: Sequence[Tool] = ()) -> int:
    """Bytes of all that a provider is told, with the tools that it is offered."""
    said = sum(len(message.content.encode()) for message in messages)
    asked = sum(len(call.arguments.encode()) for message in messages for call in message.asks)
    return said + asked + (len(msgspec.json.encode(tools)) if tools else 0)


_COLUMNS = (
    "id",
    "purpose",
    "about_id",
    "provider",
    "model",
    "tokens_in",
    "tokens_out",
    "tokens_cached",
    "micros",
    "first_ms",
    "total_ms",
    "outcome",
    "reason",
)
_KEEP = Sentence(insert(AiCall).values({name: bindparam(name) for name in _COLUMNS}))
_BILL = Sentence(
    text("""
insert into ai_costs as c (day, calls, failed, tokens_in, tokens_out, tokens_cached, micros)
values (:day, :calls, :failed, :tokens_in, :tokens_out, :tokens_cached, :micros)
on conflict (workshop_id, day) do update set
  calls = c.calls + excluded.calls, failed = c.failed + excluded.failed,
  tokens_in = c.tokens_in + excluded.tokens_in, tokens_out = c.tokens_out + excluded.tokens_out,
  tokens_cached = c.tokens_cached + excluded.tokens_cached, micros = c.micros + excluded.micros
""")
)


async def note(
    db: Db | Glance, calls: Sequence[Call], purpose: Purpose, about_id: UUID | None = None
) -> None:
    """Store the calls, and add them to the day's bill of the workshop."""
    for call in calls:
        await run_in(db, _KEEP, **_row(call, purpose, about_id))
    paid = [call for call in calls if call.model]
    if paid:
        await run_in(db, _BILL, **_sums(paid, clock.local(clock.now()).date()))


def _row(call: Call, purpose: Purpose, about_id: UUID | None) -> dict[str, object]:
    return {
        "id": call.id,
        "purpose": purpose,
        "about_id": about_id,
        "provider": call.provider[:60],
        "model": call.model[:80],
        "tokens_in": call.tokens_in,
        "tokens_out": call.tokens_out,
        "tokens_cached": call.tokens_cached,
        "micros": call.micros,
        "first_ms": call.first_ms,
        "total_ms": call.total_ms,
        "outcome": call.result,
        "reason": call.reason[:60],
    }


def _sums(calls: Sequence[Call], day: date) -> dict[str, object]:
    return {
        "day": day,
        "calls": len(calls),
        "failed": sum(call.result in {Result.FAILED, Result.BROKEN} for call in calls),
        "tokens_in": sum(call.tokens_in for call in calls),
        "tokens_out": sum(call.tokens_out for call in calls),
        "tokens_cached": sum(call.tokens_cached for call in calls),
        "micros": sum(call.micros for call in calls),
    }
