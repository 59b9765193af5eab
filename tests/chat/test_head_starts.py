"""The short way from a message to its answer: nothing is lost, said twice or left unpaid."""

import asyncio
from uuid import uuid4

import pytest
from sqlalchemy import func, select, text, update

from portal.ai.models import AiAllowance, AiCall, AiMeter
from portal.ai.providers import Scripted
from portal.chat import assistant, head_starts, spoken_bookings, undisturbed
from portal.chat.assistant import facts
from portal.chat.forms import VisitorMessageForm
from portal.chat.models import Author, Conversation
from portal.chat.purses import purse_for
from portal.tenants.boundary import inside
from portal.tenants.callers import Visitor
from tests.makers.assistant import staffed
from tests.makers.chat import Script, a_guest, scripted, until, until_a_statement_waits
from tests.makers.patience import PATIENCE_S


class Endless:
    """A provider that has begun, and says nothing more as long as anybody listens."""

    name, model = "endless", "script"
    price_in, price_out, price_cached = 1.0, 2.0, None

    def __init__(self):
        self.begun, self.left = asyncio.Event(), asyncio.Event()

    async def stream(self, _messages, **_limits):
        self.begun.set()
        try:
            yield "Gern"
            await asyncio.Event().wait()
        finally:
            self.left.set()


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
    await until(lambda: _settled(parts, shop), seconds=20)


async def _settled(parts, shop):
    return await spent(parts, shop) < 1_000


async def test_danger_is_answered_at_once_and_no_provider_is_asked(guest, parts):
    model = Scripted("Sie können weiterfahren.")
    with staffed(parts, model):
        events = await asyncio.wait_for(guest.say("Meine Bremsen versagen!"), PATIENCE_S)
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


async def test_who_goes_while_the_message_is_stored_leaves_nobody_at_work(guest, parts, shop):
    model = Endless()
    with staffed(parts, model):
        async with inside(parts, shop.id) as db:
            await db.execute(text("select 1 from conversations for update"))
            saying = asyncio.create_task(guest.say("Haben Sie WLAN?"))
            await until_a_statement_waits(parts)
            saying.cancel()
            await asyncio.gather(saying, return_exceptions=True)
        await until(lambda: _nothing_is_left(parts, shop), seconds=20)
    assert (await guest.history())[1]["text"] == "Haben Sie WLAN?"


async def test_a_model_books_what_it_was_shown_and_knows_the_visitor_by_no_name(
    guest, parts, shop, monkeypatch
):
    """Whoever is asked ahead of the message may use the same tools and hears as little."""
    asked = []

    async def note(_parts, question, **_more):
        asked.append(question)
        yield assistant.Done(text="", sources=[], provider="script", latency_ms=0)

    async with inside(parts, shop.id) as db:
        await db.execute(update(Conversation).values(visitor_name="Erika Mustermann"))
    monkeypatch.setattr(assistant, "answer", note)
    with staffed(parts, Scripted("Gern.")):
        begun = await begin(parts, shop, guest)
        begun.answering.let_go()
    assert asked[0].book is spoken_bookings.book
    assert asked[0].names == ("Erika Mustermann",)


async def test_an_empty_message_reserves_nothing(guest, parts, shop):
    with staffed(parts, Scripted("Gern.")):
        refused = await guest.post("messages", {"client_id": str(uuid4()), "text": " "})
    assert refused.json()["code"] == "MESSAGE_EMPTY"
    assert await spent(parts, shop) is None


def begin(parts, shop, guest):
    visitor = Visitor(shop.id, guest.conversation_id, guest.origin)
    form = VisitorMessageForm(client_id=uuid4(), text="Haben Sie WLAN?")
    return head_starts.begin(parts, visitor, form, purse_for(parts, visitor, ""))


async def test_whoever_is_cancelled_at_the_start_leaves_no_provider_and_no_reservation(
    guest, parts, shop
):
    for passes in range(12):
        model = Endless()
        with staffed(parts, model):
            starting = asyncio.create_task(begin(parts, shop, guest))
            for _ in range(passes * passes):
                await asyncio.sleep(0)
            if starting.cancel():
                await asyncio.gather(starting, return_exceptions=True)
            elif (begun := await starting) is not None:
                begun.answering.let_go()
            await until(lambda: _nothing_is_left(parts, shop), seconds=20)
        assert model.left.is_set() or not model.begun.is_set()


async def _nothing_is_left(parts, shop):
    """No task at work, and of the budget no more is taken than the calls have cost."""
    if any(task.get_name() in {"head start", "answer"} for task in asyncio.all_tasks()):
        return False
    async with inside(parts, shop.id) as db:
        cost = await db.scalar(select(func.sum(AiCall.tokens_in + AiCall.tokens_out)))
    return (await spent(parts, shop) or 0) == (cost or 0)


async def test_what_cannot_be_stored_is_neither_asked_nor_paid(guest, parts, shop, monkeypatch):
    model, append = Scripted("Gern."), undisturbed.append

    async def append_and_lose_the_database(glance, message):
        await append(glance, message)
        raise ConnectionResetError

    with staffed(parts, model), monkeypatch.context() as patch:
        patch.setattr(undisturbed, "append", append_and_lose_the_database)
        failed = await guest.post("messages", {"client_id": str(uuid4()), "text": "WLAN?"})
    assert failed.status_code == 500
    assert model.calls == []
    assert await spent(parts, shop) is None
    assert len(await guest.history()) == 1


async def test_who_has_gone_before_the_first_word_is_not_answered_on(guest, parts, shop, app):
    model = Endless()
    body = f'{{"client_id": "{uuid4()}", "text": "Haben Sie WLAN?"}}'.encode()
    heard = [{"type": "http.request", "body": body, "more_body": False}]

    async def receive():
        return heard.pop() if heard else {"type": "http.disconnect"}

    async def send(_message):
        pass

    with staffed(parts, model):
        await app(guest.asking("messages"), receive, send)
        await asyncio.wait_for(model.left.wait(), 20)
    await until(lambda: _nothing_is_left(parts, shop), seconds=20)


async def test_of_a_message_is_told_before_its_answer(guest, parts, monkeypatch):
    """However slow the way to the readers is."""
    publish, told, is_told = parts.hub.publish, [], asyncio.Event()

    async def slow_for_visitors(events):
        if any(b'"author":"visitor"' in body for _name, body in events):
            await asyncio.sleep(0.2)
        await publish(events)
        told.extend(body for name, body in events if name.endswith(":inbox"))
        if b'"state":"waiting"' in told[-1]:
            is_told.set()

    monkeypatch.setattr(parts.hub, "publish", slow_for_visitors)
    with scripted(Script(handover="asked")):
        await guest.say("Ich will einen Menschen.")
    await asyncio.wait_for(is_told.wait(), PATIENCE_S)
    assert b'"state":"waiting"' in told[-1]
    assert [b'"author":"visitor"' in body for body in told].index(True) == 0


async def test_a_question_that_nobody_could_read_is_stored_all_the_same(guest, parts, monkeypatch):
    def broken(*_about):
        raise ZeroDivisionError

    with monkeypatch.context() as patch:
        patch.setattr(facts, "understood", broken)
        with scripted(Script()):
            events = await guest.say("Haben Sie WLAN?")
    assert events[-1].name == "done"
    assert (await guest.history())[1]["text"] == "Haben Sie WLAN?"


async def test_who_leaves_while_the_answer_is_stored_pays_it_once(guest, parts, shop, monkeypatch):
    append, is_storing, may_go_on = undisturbed.append, asyncio.Event(), asyncio.Event()

    async def slowly(glance, message):
        if message.author == Author.BOT:
            is_storing.set()
            await may_go_on.wait()
        return await append(glance, message)

    with staffed(parts, Scripted("Gern.")), monkeypatch.context() as patch:
        patch.setattr(undisturbed, "append", slowly)
        saying = asyncio.create_task(guest.say("Haben Sie WLAN?"))
        await asyncio.wait_for(is_storing.wait(), 20)
        saying.cancel()
        await asyncio.gather(saying, return_exceptions=True)
        may_go_on.set()
        await until(lambda: _settled(parts, shop), seconds=20)
    assert await outcomes(parts, shop) == ["answered"]
    assert [m["text"] for m in await guest.history()][1:] == ["Haben Sie WLAN?", "Gern."]
