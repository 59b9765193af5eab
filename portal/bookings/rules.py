"""How the workshop takes bookings."""

from typing import Any

from sqlalchemy import select

from portal.bookings.models import Answering, BookingRules
from portal.bookings.models.kinds import Agreement
from portal.kit.db import Db


async def load(db: Db) -> BookingRules:
    """The workshop's rules, or the defaults as long as nobody changed any."""
    return await db.scalar(select(BookingRules)) or _defaults()


async def change(db: Db, **columns: Any) -> BookingRules:
    """Keep these columns; the row is made with the first change."""
    rules = await db.scalar(select(BookingRules))
    if rules is None:
        rules = _defaults()
        db.add(rules)
    for name, value in columns.items():
        setattr(rules, name, value)
    await db.flush()
    return rules


def _defaults() -> BookingRules:
    return BookingRules(
        step_minutes=30,
        lead_minutes=240,
        horizon_days=60,
        answering=Answering.BY_STAFF,
        agreement=Agreement.REQUEST,
        terms="",
        withdrawal_policy="",
        units_per_hour=10,
        local_holidays=[],
        reminder_hours=[24],
        reminder_by_sms=False,
        hold_minutes=60,
    )
