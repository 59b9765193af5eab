"""Each call of an answer is covered by a budget before it is made, however many answers there are."""

import asyncio
import json
from contextlib import aclosing

import pytest
from sqlalchemy import select

from portal.ai import budgets
from portal.ai.budgets import MICROS, Amount, Purse
from portal.ai.calls import CHARACTERS_PER_TOKEN, Call, size_of
from portal.ai.completing import AiBudgetSpent, NoAiAvailable, complete
from portal.ai.models import AiAllowance, AiCall, AiMeter
from portal.ai.providers import Message, ProviderFailed, Scripted, ToolCall, Usage
from portal.ai.tabs import Tab
from portal.chat.assistant import Done, answer, built_in
from portal.chat.assistant.by_model import MOST_ROUNDS
from portal.tenants.boundary import inside
from tests.makers.assistant import question, staffed
from tests.makers.content import furnished

ASKS = "Können Sie mir da weiterhelfen, bitte?"
ONE_CALL = 6_000
"""Tokens that no call of these tests takes."""


class Insatiable:
    """Always wants one more tool, and counts honestly what it was told."""

    name, model = "insatiable", "script"
    price_in, price_out, price_cached = 1.0, 2.0, None

    def __init__(self, says=""):
        self.calls, self._says = 0, says

    async def stream(self, messages, *, tools=(), **_limits):
        self.calls += 1
        await asyncio.sleep(0)
        if self._says:
            yield self._says
        if tools:
            yield ToolCall("call", "opening_hours", json.dumps({}))
        elif not self._says:
            yield "Gern."
        yield Usage(size_of(messages, tools) // CHARACTERS_PER_TOKEN, 40)


def purse(**changes):
    usual = {
        "most": Amount(6_000, 7_000),
        "day": Amount(400_000, 5 * MICROS),
        "month_micros": 50 * MICROS,
    }
    return Purse(**(usual | changes))


async def answered(parts, shop, wanted):
    """The end of one answer, from its reservation to its settlement."""
    async with inside(parts, shop.id) as db:
        reservation = await budgets.reserve(db, wanted)
    is_paid = reservation is not None
    tab = Tab(parts, shop.id, reservation) if is_paid else None
    asked = question(shop, ASKS, budget_left=is_paid)
    async with aclosing(answer(parts, asked, tab=tab)) as events:
        done = [event async for event in events][-1]
    assert isinstance(done, Done)
    if tab is not None:
        async with inside(parts, shop.id) as db:
            await budgets.settle(db, tab.reservation, done.calls)
    return done


async def taken(parts, shop):
    async with inside(parts, shop.id) as db:
        query = select(AiMeter.tokens, AiMeter.micros).where(AiMeter.scope == "day")
        return Amount(*(await db.execute(query)).one())


@pytest.mark.parametrize("most", [Amount(6_000, 7_000), Amount(1, 1)], ids=["one call", "nothing"])
async def test_answers_that_ask_for_tools_at_once_pass_a_limit_by_one_call_at_most(parts, most):
    shop, limit, model = await furnished(parts), 40_000, Insatiable()
    wanted = purse(most=most, day=Amount(limit, 5 * MICROS))
    with staffed(parts, model):
        ended = await asyncio.gather(*(answered(parts, shop, wanted) for _ in range(40)))
    costs = budgets.cost_of([call for done in ended for call in done.calls])
    assert costs.tokens <= limit + ONE_CALL
    assert await taken(parts, shop) == costs
    assert 0 < model.calls < 40
    assert all(done.text for done in ended)


async def test_money_ends_answers_as_tokens_do(parts):
    shop, limit = await furnished(parts), 40_000
    wanted = purse(day=Amount(4_000_000, limit))
    with staffed(parts, Insatiable()):
        ended = await asyncio.gather(*(answered(parts, shop, wanted) for _ in range(40)))
    costs = budgets.cost_of([call for done in ended for call in done.calls])
    assert 0 < costs.micros <= limit + ONE_CALL
    assert await taken(parts, shop) == costs


async def test_when_the_budget_ends_between_two_calls_the_house_goes_on(parts):
    shop, model = await furnished(parts), Insatiable()
    with staffed(parts, model):
        done = await answered(parts, shop, purse(day=Amount(1, MICROS)))
    assert 0 < model.calls < MOST_ROUNDS
    assert done.provider == built_in.NAME
    assert done.text


async def test_when_the_budget_ends_behind_a_first_sentence_an_honest_one_follows(parts):
    shop, model = await furnished(parts), Insatiable("Ich sehe gern nach.")
    with staffed(parts, model):
        done = await answered(parts, shop, purse(day=Amount(1, MICROS)))
    assert 0 < model.calls < MOST_ROUNDS
    assert done.text.startswith("Ich sehe gern nach.")
    assert "abgebrochen" in done.text


async def test_what_one_call_has_left_pays_the_next(parts, shop):
    """Nothing is asked of the database as long as the reservation suffices."""
    tab = await a_tab(parts, shop, purse(most=Amount(3_000, 4_000)))
    used = Call(provider="p", price_in=1, price_out=2, tokens_in=900, tokens_out=100)
    assert await tab.covers([used], Amount(2_000, 2_900))
    assert tab.reservation.amount == await taken(parts, shop) == Amount(3_000, 4_000)
    assert await tab.covers([used], Amount(2_500, 2_900))
    assert tab.reservation.amount == await taken(parts, shop) == Amount(3_500, 4_000)


async def test_a_spent_tab_asks_no_more(parts, shop):
    tab = await a_tab(parts, shop, purse(day=Amount(1, MICROS)))
    assert not await tab.covers([], Amount(6_001, 0))
    assert not await tab.covers([], Amount(1, 0))
    assert await taken(parts, shop) == Amount(6_000, 7_000)


async def test_who_leaves_while_more_is_reserved_still_pays_exactly(parts, shop):
    for passes in range(12):
        tab = await a_tab(parts, shop, purse())
        covering = asyncio.create_task(tab.covers([], Amount(9_000, 9_000)))
        for _ in range(passes * passes):
            await asyncio.sleep(0)
        covering.cancel()
        await asyncio.gather(covering, return_exceptions=True)
        async with inside(parts, shop.id) as db:
            await budgets.settle(db, tab.reservation, [])
        assert await taken(parts, shop) == Amount(0, 0)


async def test_a_text_for_somebody_who_waits_is_covered_call_by_call(parts, shop):
    """The first provider breaks off and has cost the day's budget: the second one is not asked."""
    async with inside(parts, shop.id) as db:
        db.add(AiAllowance(daily_micros=1))
    broken, second = Scripted("Good", fails=ProviderFailed("gone")), Scripted(" day", name="second")
    asked = [Message("user", "Guten Tag")]
    with staffed(parts, broken, second):
        with pytest.raises(NoAiAvailable):
            await complete(parts, shop.id, "translate", asked)
        with pytest.raises(AiBudgetSpent):
            await complete(parts, shop.id, "translate", asked)
    assert (len(broken.calls), second.calls) == (1, [])
    async with inside(parts, shop.id) as db:
        outcomes = list(await db.scalars(select(AiCall.outcome)))
    assert outcomes == ["broken"]


async def a_tab(parts, shop, wanted):
    async with inside(parts, shop.id) as db:
        reservation = await budgets.reserve(db, wanted)
    assert reservation is not None
    return Tab(parts, shop.id, reservation)
