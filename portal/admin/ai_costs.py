"""What AI providers cost the platform, by workshop: sums, and nothing of what was said."""

from collections.abc import Sequence
from datetime import date
from decimal import Decimal

import msgspec
from sqlalchemy import func, select

from portal.ai.budgets import MICROS
from portal.ai.models import AiCost
from portal.kit.db import Db
from portal.tenants.models import Workshop

PAGE = 100


class ShopCost(msgspec.Struct, frozen=True, kw_only=True):
    """Euro and calls of one workshop since a day."""

    slug: str
    calls: int
    failed: int
    tokens_in: int
    tokens_out: int
    tokens_cached: int
    cost: Decimal


class Bill(msgspec.Struct, frozen=True, kw_only=True):
    """Over all workshops."""

    calls: int
    failed: int
    tokens: int
    cost: Decimal


async def by_workshop(db: Db, since: date, *, limit: int = PAGE) -> Sequence[ShopCost]:
    """The dearest first."""
    sums = [
        func.sum(column)
        for column in (
            *(AiCost.calls, AiCost.failed, AiCost.tokens_in),
            *(AiCost.tokens_out, AiCost.tokens_cached, AiCost.micros),
        )
    ]
    query = (
        select(Workshop.slug, *sums)
        .join(Workshop, Workshop.id == AiCost.workshop_id)
        .where(AiCost.day >= since)
        .group_by(Workshop.slug)
        .order_by(sums[-1].desc(), sums[0].desc(), Workshop.slug)
        .limit(limit)
    )
    return [
        ShopCost(
            slug=row[0],
            calls=int(row[1]),
            failed=int(row[2]),
            tokens_in=int(row[3]),
            tokens_out=int(row[4]),
            tokens_cached=int(row[5]),
            cost=Decimal(int(row[6])) / MICROS,
        )
        for row in await db.execute(query)
    ]


async def together(db: Db, since: date) -> Bill:
    total = func.coalesce
    query = select(
        total(func.sum(AiCost.calls), 0),
        total(func.sum(AiCost.failed), 0),
        total(func.sum(AiCost.tokens_in + AiCost.tokens_out), 0),
        total(func.sum(AiCost.micros), 0),
    ).where(AiCost.day >= since)
    calls, failed, tokens, micros = (await db.execute(query)).one()
    return Bill(
        calls=int(calls),
        failed=int(failed),
        tokens=int(tokens),
        cost=Decimal(int(micros)) / MICROS,
    )
