"""What a workshop's assistant may use a day, counted exactly also when many answer at once.

An answer reserves before it begins and settles when it is done, in one row per day. So the spend
passes the limit by one answer at most.
"""

from datetime import date

from sqlalchemy import literal, select, update
from sqlalchemy.dialects.postgresql import insert

from portal.chat.models import AiDay
from portal.kit import clock
from portal.kit.db import Db, new_id
from portal.kit.settings import Settings

RESERVED = 4_000
"""Tokens that an answer with its context takes at most, as a rule."""


def daily_tokens(settings: Settings) -> int | None:
    """None where no provider is paid: the built-in assistant costs nothing."""
    return settings.portal_ai_daily_tokens if settings.ai_providers else None


def today() -> date:
    return clock.local(clock.now()).date()


async def reserve(db: Db, limit: int) -> bool:
    """Whether one more answer may be paid for today; if so, it is counted already."""
    first = select(literal(new_id()), literal(today()), literal(RESERVED)).where(literal(limit) > 0)
    row = insert(AiDay).from_select(["id", "day", "tokens"], first, include_defaults=False)
    counted = row.on_conflict_do_update(
        index_elements=["workshop_id", "day"],
        set_={"tokens": AiDay.tokens + row.excluded.tokens},
        where=AiDay.tokens < limit,
    ).returning(AiDay.tokens)
    return (await db.execute(counted)).first() is not None


async def settle(db: Db, day: date, used: int) -> None:
    """Replace a reservation of that day by what was really used."""
    difference = used - RESERVED
    await db.execute(update(AiDay).where(AiDay.day == day).values(tokens=AiDay.tokens + difference))
