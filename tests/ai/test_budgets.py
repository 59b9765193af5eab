"""Budgets hold exactly, however many ask at once."""

import asyncio

import pytest
from sqlalchemy import select
from sqlalchemy.exc import TimeoutError as NoConnectionFree

from portal.ai import budgets
from portal.ai.budgets import MICROS, Amount, Purse
from portal.ai.calls import Call
from portal.ai.models import AiAllowance, AiMeter
from portal.kit.db import new_id
from portal.tenants.boundary import inside


def purse(**changes):
    usual = {
        "most": Amount(1_000, 2_000),
        "day": Amount(400_000, 5 * MICROS),
        "month_micros": 50 * MICROS,
        "talk_tokens": 80_000,
        "visitor_tokens": 160_000,
    }
    return Purse(**(usual | changes))


async def ask(parts, shop, wanted):
    async with inside(parts, shop.id) as db:
        return await budgets.reserve(db, wanted)


async def counted(parts, shop, scope="day"):
    async with inside(parts, shop.id) as db:
        query = select(AiMeter.tokens, AiMeter.micros).where(AiMeter.scope == scope)
        return tuple((await db.execute(query)).one())


@pytest.mark.slow
async def test_a_limit_is_exact_when_two_thousand_ask_at_once(parts, shop):
    wanted = purse(day=Amount(100_000, 5 * MICROS))
    crowd = (ask(parts, shop, wanted) for _ in range(2_000))
    granted = await asyncio.gather(*crowd, return_exceptions=True)
    # Whoever waits too long for a connection is asked to come back, and has got nothing either.
    late = [one for one in granted if isinstance(one, NoConnectionFree)]
    assert sum(one is not None for one in granted) - len(late) == 100
    assert await counted(parts, shop) == (100_000, 200_000)


@pytest.mark.parametrize(
    ("changes", "fits"),
    [
        ({"day": Amount(3_000, 5 * MICROS)}, 3),
        ({"day": Amount(400_000, 4_000)}, 2),
        ({"month_micros": 8_000}, 4),
        ({"talk": new_id(), "talk_tokens": 5_000}, 5),
        ({"talk": new_id(), "day": Amount(400_000, 120_000)}, 6),
        ({"visitor": "somebody", "visitor_tokens": 2_000}, 2),
        ({"visitor": "somebody", "day": Amount(400_000, 70_000)}, 7),
        ({"day": Amount(0, 0)}, 0),
    ],
)
async def test_each_budget_ends_what_it_bounds(parts, shop, changes, fits):
    granted = [await ask(parts, shop, purse(**changes)) for _ in range(9)]
    assert [one is not None for one in granted] == [True] * fits + [False] * (9 - fits)
    assert await counted(parts, shop) == (fits * 1_000, fits * 2_000)


async def test_one_visitor_who_has_used_up_theirs_stops_nobody_else(parts, shop):
    greedy = purse(visitor="greedy", visitor_tokens=1_000)
    assert await ask(parts, shop, greedy)
    assert not await ask(parts, shop, greedy)
    assert await ask(parts, shop, purse(visitor="other", visitor_tokens=1_000))


async def test_a_workshop_never_counts_against_another(parts, shop, other_shop):
    wanted = purse(day=Amount(1_000, MICROS))
    assert await ask(parts, shop, wanted)
    assert await ask(parts, other_shop, wanted)
    assert not await ask(parts, shop, wanted)


async def test_what_was_not_used_is_free_again(parts, shop):
    wanted = purse(talk=new_id(), visitor="somebody")
    reservation = await ask(parts, shop, wanted)
    used = Call(provider="p", price_in=1, price_out=2, tokens_in=100, tokens_out=50)
    async with inside(parts, shop.id) as db:
        await budgets.settle(db, reservation, [used])
    for scope in ("day", "month", "talk", "visitor"):
        assert await counted(parts, shop, scope) == (150, 200)


async def test_the_workshop_may_allow_itself_less(parts, shop):
    async with inside(parts, shop.id) as db:
        db.add(AiAllowance(daily_micros=2_000, monthly_micros=None))
    assert await ask(parts, shop, purse())
    assert not await ask(parts, shop, purse())


async def test_the_workshop_may_allow_itself_more_a_month_but_not_more_a_day(parts, shop):
    async with inside(parts, shop.id) as db:
        db.add(AiAllowance(daily_micros=900 * MICROS, monthly_micros=900 * MICROS))
    assert await ask(parts, shop, purse(month_micros=0))
    assert not await ask(parts, shop, purse(day=Amount(400_000, 2_000)))


async def test_reserving_and_settling_at_once_never_locks_up(parts, shop):
    wanted = purse(talk=new_id(), visitor="somebody")

    async def answer():
        reservation = await ask(parts, shop, wanted)
        async with inside(parts, shop.id) as db:
            await budgets.settle(db, reservation, [])

    await asyncio.gather(*(answer() for _ in range(60)))
    assert await counted(parts, shop) == (0, 0)
