"""A whole text for other rooms: paid from the same budget, written into the same book."""

import pytest
from sqlalchemy import select

from portal.ai import completing
from portal.ai.calls import Purpose
from portal.ai.completing import AiBudgetSpent, NoAiAvailable, complete
from portal.ai.models import AiAllowance, AiCall, AiCost, AiMeter
from portal.ai.providers import Message, ProviderFailed, Scripted
from portal.kit.db import new_id
from portal.tenants.boundary import inside
from tests.makers.assistant import staffed

ASKED = [Message("user", "Übersetzen Sie: Guten Tag")]


async def recorded(parts, shop):
    async with inside(parts, shop.id) as db:
        return list(await db.scalars(select(AiCall).order_by(AiCall.created_at, AiCall.id)))


async def test_a_text_is_fetched_paid_and_recorded(parts, shop):
    about = new_id()
    with staffed(parts, Scripted(" Good", " day ", name="p1")):
        found = await complete(parts, shop.id, Purpose.TRANSLATE, ASKED, about_id=about)
    assert (found.text, found.provider, found.model) == ("Good day", "p1", "script")
    call = (await recorded(parts, shop))[0]
    assert (call.purpose, call.about_id, call.outcome) == ("translate", about, "answered")
    assert (call.tokens_in, call.tokens_out, call.micros) == (1, 2, 5)
    assert call.first_ms is not None
    async with inside(parts, shop.id) as db:
        assert await db.scalar(select(AiMeter.tokens).where(AiMeter.scope == "day")) == 3
        bill = (await db.scalars(select(AiCost).where(AiCost.workshop_id == shop.id))).one()
    assert (bill.calls, bill.failed, bill.micros) == (1, 0, 5)


async def test_without_a_provider_nothing_is_offered(parts, shop):
    with staffed(parts):
        assert not completing.is_available(parts)
        with pytest.raises(NoAiAvailable):
            await complete(parts, shop.id, Purpose.SUGGEST, ASKED)


async def test_a_spent_budget_is_told_before_anything_is_asked(parts, shop):
    async with inside(parts, shop.id) as db:
        db.add(AiAllowance(daily_micros=0))
    model = Scripted("Gern.")
    with staffed(parts, model), pytest.raises(AiBudgetSpent):
        await complete(parts, shop.id, Purpose.SUMMARISE, ASKED)
    assert model.calls == []


async def test_providers_that_fail_are_recorded_and_told(parts, shop):
    busy = Scripted(fails=ProviderFailed("429", is_busy=True), name="busy")
    with staffed(parts, busy), pytest.raises(NoAiAvailable):
        await complete(parts, shop.id, Purpose.REPORT, ASKED)
    calls = await recorded(parts, shop)
    assert [(call.outcome, call.reason, call.tokens_in) for call in calls] == [
        ("failed", "429", 0),
        ("failed", "429", 0),
    ]


async def test_half_a_text_is_no_text(parts, shop):
    with staffed(parts, Scripted("Good", fails=True)), pytest.raises(NoAiAvailable):
        await complete(parts, shop.id, Purpose.TRANSLATE, ASKED)
    call = (await recorded(parts, shop))[0]
    assert call.outcome == "broken"
    assert call.tokens_in > 0
