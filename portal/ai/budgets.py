"""What calls to AI providers may take: by workshop and day, month, conversation and visitor.

Who asks reserves before, in one statement over all counters, and settles when the answer is done.
The rows stay locked until the reservation is stored, so of any number of parallel calls each sees
what the others have reserved. An answer that needs more than one call extends its reservation
before each (`tabs`): a limit is passed by one call at most.
"""

from collections.abc import Sequence
from datetime import datetime
from enum import StrEnum
from uuid import UUID

import msgspec
import structlog
from sqlalchemy import text

from portal.ai.calls import Call
from portal.kit import clock
from portal.kit.db import Db, new_id
from portal.kit.glances import Glance, Sentence, rows_of
from portal.kit.settings import Settings

log = structlog.get_logger()

MICROS = 1_000_000
"""Of a euro."""
SHARE_OF_TALK, SHARE_OF_VISITOR = 0.1, 0.2
"""Of the day's money, so that one visitor cannot spend everybody's."""


class Scope(StrEnum):
    DAY = "day"
    MONTH = "month"
    TALK = "talk"
    VISITOR = "visitor"


class Amount(msgspec.Struct, frozen=True):
    """Tokens, and millionths of a euro."""

    tokens: int
    micros: int

    def __add__(self, other: "Amount") -> "Amount":
        return Amount(self.tokens + other.tokens, self.micros + other.micros)

    def __neg__(self) -> "Amount":
        return Amount(-self.tokens, -self.micros)

    def __bool__(self) -> bool:
        return bool(self.tokens or self.micros)

    def without(self, other: "Amount") -> "Amount":
        """What of it `other` does not cover."""
        return Amount(max(0, self.tokens - other.tokens), max(0, self.micros - other.micros))


class Purse(msgspec.Struct, frozen=True, kw_only=True):
    """What the first call takes at most (`most`), and what bounds them. `visitor`: a keyed hash."""

    most: Amount
    day: Amount
    month_micros: int
    talk_tokens: int = 0
    visitor_tokens: int = 0
    talk: UUID | None = None
    visitor: str = ""


class Reservation(msgspec.Struct, frozen=True):
    """To be settled with `settle`, on the counters that it was taken from."""

    amount: Amount
    meters: tuple[tuple[str, str], ...]
    purse: Purse


class Used(msgspec.Struct, frozen=True):
    """A counter as it stands, with the reservation on it, and what the workshop itself allows."""

    scope: str
    tokens: int
    micros: int
    daily_micros: int | None
    monthly_micros: int | None


def purse_of(
    settings: Settings, most: Amount, *, talk: UUID | None = None, visitor: str = ""
) -> Purse:
    return Purse(
        most=most,
        day=Amount(
            settings.portal_ai_daily_tokens, round(settings.portal_ai_daily_budget * MICROS)
        ),
        month_micros=round(settings.portal_ai_monthly_budget * MICROS),
        talk_tokens=settings.portal_ai_conversation_tokens,
        visitor_tokens=settings.portal_ai_visitor_tokens,
        talk=talk,
        visitor=visitor,
    )


async def reserve(db: Db | Glance, purse: Purse) -> Reservation | None:
    """Take what the call needs at most from each counter; None when one of them is used up."""
    meters = _meters(purse, clock.local(clock.now()))
    used = await _take(db, purse, meters, purse.most)
    if used is None:
        return None
    if any(one.scope == Scope.DAY and one.tokens == purse.most.tokens for one in used):
        await rows_of(db, _FORGET)
    return Reservation(purse.most, meters, purse)


async def extend(db: Db, reservation: Reservation, more: Amount) -> Reservation | None:
    """The reservation with `more` for a further call; None when a counter is used up by now."""
    if await _take(db, reservation.purse, reservation.meters, more) is None:
        return None
    return msgspec.structs.replace(reservation, amount=reservation.amount + more)


async def settle(db: Db | Glance, reservation: Reservation, calls: Sequence[Call]) -> None:
    """Replace a reservation by what the calls really took."""
    await _count(db, reservation.meters, cost_of(calls) + -reservation.amount)


def cost_of(calls: Sequence[Call]) -> Amount:
    tokens = sum(call.tokens_in + call.tokens_out for call in calls)
    return Amount(tokens, sum(call.micros for call in calls))


async def _take(
    db: Db | Glance, purse: Purse, meters: Sequence[tuple[str, str]], amount: Amount
) -> list[Used] | None:
    """The counters with `amount`, or None and nothing is counted."""
    used = await _count(db, meters, amount)
    spent = [one.scope for one in used if _is_spent(one, purse, amount)]
    if not spent:
        return used
    # Nobody has seen it counted: the rows are locked until this transaction ends.
    await _count(db, meters, -amount)
    log.info("AI budget used up", scopes=spent)
    return None


def _meters(purse: Purse, now: datetime) -> tuple[tuple[str, str], ...]:
    """Always in this order: whoever locks several rows in one order never deadlocks."""
    day = now.date().isoformat()
    found = [(Scope.DAY.value, day), (Scope.MONTH.value, day[:7])]
    if purse.talk is not None:
        found.append((Scope.TALK.value, str(purse.talk)))
    if purse.visitor:
        found.append((Scope.VISITOR.value, f"{day} {purse.visitor}"))
    return tuple(found)


def _is_spent(used: Used, purse: Purse, amount: Amount) -> bool:
    """Whether nothing was left before `amount` was counted."""
    tokens, micros = used.tokens - amount.tokens, used.micros - amount.micros
    daily = purse.day.micros if used.daily_micros is None else used.daily_micros
    daily = min(daily, purse.day.micros)
    monthly = purse.month_micros if used.monthly_micros is None else used.monthly_micros
    limits = {
        Scope.DAY: (purse.day.tokens, daily),
        Scope.MONTH: (None, monthly),
        Scope.TALK: (purse.talk_tokens, round(daily * SHARE_OF_TALK)),
        Scope.VISITOR: (purse.visitor_tokens, round(daily * SHARE_OF_VISITOR)),
    }
    most_tokens, most_micros = limits[Scope(used.scope)]
    is_paid = purse.most.micros > 0
    return (most_tokens is not None and tokens >= most_tokens) or (
        is_paid and micros >= most_micros
    )


_COUNT = Sentence(
    text("""
with allowed as (select daily_micros, monthly_micros from ai_allowances),
counted as (
  insert into ai_meters as m (id, scope, key, tokens, micros)
  select * from unnest(cast(:ids as uuid[]), cast(:scopes as text[]), cast(:keys as text[]),
                       cast(:tokens as bigint[]), cast(:micros as bigint[]))
  on conflict (workshop_id, scope, key) do update set
    tokens = m.tokens + excluded.tokens, micros = m.micros + excluded.micros,
    touched_at = clock_timestamp()
  returning m.scope, m.tokens, m.micros
)
select c.scope, c.tokens, c.micros, a.daily_micros, a.monthly_micros
from counted c left join allowed a on true
""")
)

# Conversations and visitors are counted no longer than they matter.
_FORGET = Sentence(
    text("""
delete from ai_meters where scope in ('talk', 'visitor')
  and touched_at < clock_timestamp() - interval '2 days'
returning 1
""")
)


async def _count(db: Db | Glance, meters: Sequence[tuple[str, str]], amount: Amount) -> list[Used]:
    rows = await rows_of(
        db,
        _COUNT,
        ids=[new_id() for _ in meters],
        scopes=[scope for scope, _ in meters],
        keys=[key for _, key in meters],
        tokens=[amount.tokens] * len(meters),
        micros=[amount.micros] * len(meters),
    )
    return [Used(*row) for row in rows]
