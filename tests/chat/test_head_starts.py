"""The provider is asked while the message is stored, and nothing is lost or said twice by it."""

import asyncio
from uuid import uuid4

import pytest
from sqlalchemy import select, text

from portal.ai.models import AiAllowance, AiCall, AiMeter
from portal.ai.providers import Scripted
from portal.tenants.boundary import inside
from tests.makers.assistant import staffed
from tests.makers.chat import a_guest, until


@pytest.fixture
async def guest(client, shop):
    return await a_guest(client, shop)


async def spent(parts, shop):
    async with inside(parts, shop.id) as db:
        return await db.scalar(select(AiMeter.tokens).where(AiMeter.scope == "day"))


async def outcomes(parts, shop):
    async with inside(parts, shop.id) as db:
        return list(await db.scalars(select(AiCall.outcome).order_by(AiCall.created_at)))


async def test_an_answer_by_a_provider_is_stored_paid_and_recorded(guest, parts, shop):
    with staffed(parts, Scripted("Gern ", "helfen wir.")):
        events = await guest.say("Haben Sie WLAN?")
    assert events[0].name == "accepted"
    assert events[-1].name == "done"
    assert [m["text"] for m in await guest.history()][1:] == ["Haben Sie WLAN?", "Gern helfen wir."]
    assert await outcomes(parts, shop) == ["answered"]
    assert 0 < await spent(parts, shop) < 100


async def test_the_provider_hears_what_was_said_before(guest, parts):
    model = Scripted("Gern.")
    with staffed(parts, model):
        await guest.say("Haben Sie WLAN?")
        await guest.say("Und Kaffee?")
    heard = [m.content for m in model.calls[1]]
    assert any("WLAN" in content for content in heard)
    assert sum("Und Kaffee" in content for content in heard) == 1


async def test_the_same_message_again_asks_nobody(guest, parts, shop):
    model, client_id = Scripted("Gern."), uuid4()
    with staffed(parts, model):
        for _ in range(2):
            assert (await guest.say("Haben Sie WLAN?", client_id))[-1].name == "done"
    assert len(model.calls) == 1


async def test_of_repetitions_at_once_one_is_answered_and_all_are_paid(guest, parts, shop):
    client_id = uuid4()
    with staffed(parts, Scripted("Gern.")):
        ended = await asyncio.gather(*(guest.say("Haben Sie WLAN?", client_id) for _ in range(4)))
    assert len({events[-1].data["message_id"] for events in ended}) == 1
    assert len(await guest.history()) == 3
    await until(lambda: _settled(parts, shop))


async def _settled(parts, shop):
    return await spent(parts, shop) < 1_000


async def test_danger_is_answered_at_once_and_no_provider_is_asked(guest, parts):
    model = Scripted("Sie können weiterfahren.")
    with staffed(parts, model):
        events = await asyncio.wait_for(guest.say("Meine Bremsen versagen!"), 5)
    assert events[-1].data["state"] == "waiting"
    assert model.calls == []


async def test_without_budget_the_house_answers_by_itself(guest, parts, shop):
    async with inside(parts, shop.id) as db:
        db.add(AiAllowance(daily_micros=0))
    model = Scripted("Gern.")
    with staffed(parts, model):
        events = await guest.say("Wann haben Sie offen?")
    assert events[-1].name == "done"
    assert model.calls == []


async def test_a_message_that_cannot_be_stored_is_not_answered(guest, parts, shop, settings):
    """What was asked for it is called back and paid."""
    with staffed(parts, Scripted("Gern.")):
        async with inside(parts, shop.id) as db:
            await db.execute(text("select 1 from conversations for update"))
            saying = asyncio.create_task(guest.say("Haben Sie WLAN?"))
            await asyncio.sleep(0.3)
            saying.cancel()
            await asyncio.gather(saying, return_exceptions=True)
    await until(lambda: _settled(parts, shop))
    assert len(await guest.history()) <= 3


async def test_an_empty_message_reserves_nothing(guest, parts, shop):
    with staffed(parts, Scripted("Gern.")):
        refused = await guest.post("messages", {"client_id": str(uuid4()), "text": " "})
    assert refused.json()["code"] == "MESSAGE_EMPTY"
    assert await spent(parts, shop) is None
