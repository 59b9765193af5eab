"""However an answer ends, what it has cost is recorded and paid once, and nothing stays reserved."""

import asyncio
from contextlib import aclosing
from uuid import uuid4

import asyncpg
import pytest
from sqlalchemy import func, select

from portal.ai.models import AiCall, AiMeter
from portal.ai.providers import Scripted
from portal.chat import answering, answers, conversations, head_starts, messages, undisturbed
from portal.chat.answering import Answering
from portal.chat.forms import VisitorMessageForm
from portal.chat.models import Author, State
from portal.chat.purses import purse_for
from portal.tenants.boundary import inside
from portal.tenants.callers import Visitor, visitor_token
from tests.makers.assistant import staffed
from tests.makers.bookings import a_calendar, a_service
from tests.makers.chat import Guest, Script, a_guest, scripted, until
from tests.makers.patience import PATIENCE_S

WORK = {"head start", "answer", "end of an answer"}


@pytest.fixture
async def guest(client, shop):
    return await a_guest(client, shop)


async def outcomes(parts, shop):
    async with inside(parts, shop.id) as db:
        return list(await db.scalars(select(AiCall.outcome).order_by(AiCall.created_at)))


async def all_is_settled(parts, shop):
    """Nobody is at work, and of the day's budget exactly what the calls have cost is taken."""

    async def is_so():
        if any(task.get_name() in WORK for task in asyncio.all_tasks()):
            return False
        async with inside(parts, shop.id) as db:
            spent = await db.scalar(select(AiMeter.tokens).where(AiMeter.scope == "day"))
            cost = await db.scalar(select(func.sum(AiCall.tokens_in + AiCall.tokens_out)))
        return (spent or 0) == (cost or 0)

    await until(is_so)


async def begun(parts, shop, guest):
    visitor = Visitor(shop.id, guest.conversation_id, guest.origin)
    form = VisitorMessageForm(client_id=uuid4(), text="Haben Sie WLAN?")
    started = await head_starts.begin(parts, visitor, form, purse_for(parts, visitor, ""))
    return started.answering


async def read(answer):
    async with aclosing(answer.frames()) as frames:
        async for _frame in frames:
            pass


def held_for_the_answer(monkeypatch, fails=None):
    """The answer's storing waits at this gate, then goes on or fails; `reached` tells when."""
    append, reached, gate = undisturbed.append, asyncio.Event(), asyncio.Event()

    async def slowly(glance, message):
        if message.author == Author.BOT:
            reached.set()
            await gate.wait()
            if fails:
                raise fails
        return await append(glance, message)

    monkeypatch.setattr(undisturbed, "append", slowly)
    return reached, gate


async def test_whoever_leaves_while_a_failed_answer_is_put_away(guest, parts, shop, monkeypatch):
    give_up, reached, gate = answers.give_up, asyncio.Event(), asyncio.Event()

    async def slowly(db, message_id):
        reached.set()
        await gate.wait()
        await give_up(db, message_id)

    monkeypatch.setattr(answers, "give_up", slowly)
    with staffed(parts, Scripted("Gern.")), scripted(Script(breaks=True)):
        answer = await begun(parts, shop, guest)
        await asyncio.wait_for(reached.wait(), PATIENCE_S)
        answer.let_go()
        gate.set()
        await all_is_settled(parts, shop)


async def test_whoever_leaves_while_storing_fails(guest, parts, shop, monkeypatch):
    reached, gate = held_for_the_answer(monkeypatch, fails=ConnectionResetError())
    with staffed(parts, Scripted("Gern.")):
        reading = asyncio.create_task(read(await begun(parts, shop, guest)))
        await asyncio.wait_for(reached.wait(), PATIENCE_S)
        reading.cancel()
        await asyncio.gather(reading, return_exceptions=True)
        gate.set()
        await all_is_settled(parts, shop)
    assert await outcomes(parts, shop) == ["failed"]


async def test_an_answer_whose_time_ends_while_it_is_stored(guest, parts, shop, monkeypatch):
    reached, gate = held_for_the_answer(monkeypatch)
    monkeypatch.setattr(answering, "LONGEST_S", 0.5)
    with staffed(parts, Scripted("Gern.")):
        saying = asyncio.create_task(guest.say("Haben Sie WLAN?"))
        await asyncio.wait_for(reached.wait(), PATIENCE_S)
        await asyncio.sleep(0.6)  # its time is over by now
        gate.set()
        events = await saying
        await all_is_settled(parts, shop)
    assert (events[-1].name, await outcomes(parts, shop)) == ("done", ["answered"])


async def test_an_answer_that_is_let_go_before_its_first_step(guest, parts, shop):
    async with inside(parts, shop.id) as db:
        visitor = Visitor(shop.id, guest.conversation_id, guest.origin)
        with staffed(parts, Scripted("Gern.")):
            purse = purse_for(parts, visitor, "")
        received = await messages.receive(db, guest.conversation_id, uuid4(), "WLAN?", purse=purse)
    answer = Answering(parts, received)
    answer.begin()
    answer.let_go()
    await all_is_settled(parts, shop)


async def test_an_answer_whose_storing_nobody_has_confirmed(guest, parts, shop, monkeypatch):
    """The transaction is stored, and its connection breaks before anybody is told."""
    execute, commits = asyncpg.Connection.execute, []

    async def lost(self, sql, *about, **more):
        done = await execute(self, sql, *about, **more)
        if sql == "COMMIT" and type(self) is asyncpg.Connection:
            commits.append(sql)
            if len(commits) == 2:
                self.terminate()
                raise ConnectionResetError
        return done

    with staffed(parts, Scripted("Gern.")):
        with monkeypatch.context() as patch:
            patch.setattr(asyncpg.Connection, "execute", lost)
            await guest.post("messages", {"client_id": str(uuid4()), "text": "Haben Sie WLAN?"})
        await all_is_settled(parts, shop)
    assert await outcomes(parts, shop) == ["answered"]


async def test_a_reader_of_the_long_way_who_goes_before_the_first_word(guest, parts, shop, app):
    async with inside(parts, shop.id) as db:
        (await conversations.locked(db, guest.conversation_id)).state = State.CLOSED
    body = f'{{"client_id": "{uuid4()}", "text": "Haben Sie WLAN?"}}'.encode()
    heard = [{"type": "http.request", "body": body, "more_body": False}]
    is_answered = asyncio.Event()

    async def receive():
        if heard:
            return heard.pop()
        await is_answered.wait()
        return {"type": "http.disconnect"}

    async def send(message):
        if message["type"] == "http.response.body":
            is_answered.set()
            await asyncio.Event().wait()

    with staffed(parts, Scripted("Gern.")):
        await asyncio.wait_for(app(guest.asking("messages"), receive, send), PATIENCE_S)
        await all_is_settled(parts, shop)


async def test_many_who_want_a_time_at_once_do_not_wait_for_each_other(parts, shop, client):
    """Requests hold a share of the connections, and none waits meanwhile for one more."""
    async with inside(parts, shop.id) as db:
        await a_calendar(db)
        await a_service(db, "Ölwechsel")
        talks = [
            await conversations.begin(db, locale="de", consent_version="1", greeting="Guten Tag!")
            for _ in range(parts.settings.portal_pool_size)
        ]
    many = []
    for talk, _greeting in talks:
        token = visitor_token(Visitor(shop.id, talk.id, shop.origin), parts.settings.secret)
        many.append(Guest(client, token, talk.id, shop.origin, {}))
    with staffed(parts, Scripted("Gern.")):
        said = "Ich brauche einen Termin für einen Ölwechsel."
        ended = await asyncio.wait_for(asyncio.gather(*(one.say(said) for one in many)), PATIENCE_S)
        await all_is_settled(parts, shop)
    assert {events[-1].name for events in ended} == {"done"}


async def test_a_lease_that_cannot_be_renewed_ends_no_answer(guest, monkeypatch):
    async def broken(*_about):
        raise ConnectionResetError

    monkeypatch.setattr(answering, "RENEW_EVERY_S", -1.0)
    monkeypatch.setattr(answers, "renew", broken)
    with scripted(Script()):
        assert (await guest.say("Hallo"))[-1].name == "done"
