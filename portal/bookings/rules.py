"""How the workshop takes bookings."""

from collections.abc import Sequence
from typing import Any

from sqlalchemy import select

from portal.bookings.models import Answering, BookingRules, Service
from portal.bookings.models.kinds import Agreement
from portal.kit.db import Db
from portal.tenants.owned import keep_only


async def load(db: Db) -> BookingRules:
    """The workshop's rules, or the defaults as long as nobody changed any."""
    return await db.scalar(select(BookingRules)) or _defaults()


async def change(db: Db, **columns: Any) -> BookingRules:
    """Keep these columns; the row is made with the first change."""
    return await keep_only(db, BookingRules, columns)


def makes_contract(rules: BookingRules, services: Sequence[Service]) -> bool:
    """A contract needs a price that holds."""
    is_fixed = bool(services) and all(
        one.price is not None and not one.price_from for one in services
    )
    return closes_contracts(rules) and is_fixed


def closes_contracts(rules: BookingRules) -> bool:
    """Only with all that the law wants told before."""
    told = bool(rules.terms.strip() and rules.withdrawal_policy.strip())
    wanted = rules.agreement == Agreement.CONTRACT and rules.answering != Answering.ASK_FIRST
    return wanted and told


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
