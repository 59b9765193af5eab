"""What is said while nobody else does anything is stored in one statement; all else is noticed."""

import asyncio

import pytest
from sqlalchemy import select

from portal.chat import conversations, live, messages, threads, undisturbed
from portal.chat.models import Author, State
from portal.chat.models_inbox import ConversationWord
from portal.kit.db import new_id
from portal.tenants.boundary import glancing, inside
from tests.makers.chat import until_a_statement_waits


@pytest.fixture
async def talk(parts, shop):
    async with inside(parts, shop.id) as db:
        talk, _greeting = await conversations.begin(
            db, locale="de", consent_version="1", greeting="Guten Tag!"
        )
    return talk.id


async def say(parts, shop, talk, text="Haben Sie WLAN?", *, seq=2, author=Author.VISITOR, **more):
    async with glancing(parts, shop.id) as glance:
        message = undisturbed.message_of(talk, seq, author, text, **more)
        return await undisturbed.append(glance, message)


async def said(parts, shop, talk):
    async with inside(parts, shop.id) as db:
        return [one.text for one in await threads.after(db, talk, 0)]


async def test_a_message_is_stored_as_the_long_way_stores_it(parts, shop, talk):
    async with inside(parts, shop.id) as db:
        other, _greeting = await conversations.begin(
            db, locale="de", consent_version="1", greeting="Guten Tag!"
        )
    client_id = new_id()
    await say(parts, shop, talk, "Haben  Sie\nWLAN?", client_id=client_id)
    async with inside(parts, shop.id) as db:
        await messages.receive(db, other.id, client_id, "Haben  Sie\nWLAN?")
    async with inside(parts, shop.id) as db:
        short, long = [
            (await threads.after(db, one, 1))[0].__dict__ | {"at": None} for one in (talk, other.id)
        ]
        lines = [live.thread_of(await conversations.get(db, one)) for one in (talk, other.id)]
    own = {"id", "conversation_id", "created_at", "answering_until", "_sa_instance_state"}
    assert {k: v for k, v in short.items() if k not in own} == {
        k: v for k, v in long.items() if k not in own
    }
    for line in lines:
        line.id, line.last_message_at, line.changed_at = shop.id, None, None
    assert lines[0] == lines[1]


async def test_the_line_is_what_the_inbox_would_read(parts, shop, talk):
    line = await say(parts, shop, talk)
    async with inside(parts, shop.id) as db:
        assert live.thread_of(line) == live.thread_of(await conversations.get(db, talk))


async def test_an_answer_ends_a_row_of_failures(parts, shop, talk):
    async with inside(parts, shop.id) as db:
        (await conversations.get(db, talk)).failures = 1
    await say(parts, shop, talk)
    async with inside(parts, shop.id) as db:
        assert (await conversations.get(db, talk)).failures == 1
    cards = [{"kind": "slots", "slots": []}]
    await say(parts, shop, talk, "Ja.", seq=3, author=Author.BOT, cards=cards)
    async with inside(parts, shop.id) as db:
        assert (await conversations.get(db, talk)).failures == 0
        assert (await threads.after(db, talk, 2))[0].cards == cards


async def test_a_search_finds_what_the_visitor_says_and_not_the_assistant(parts, shop, talk):
    await say(parts, shop, talk, "Der Auspuff klappert.")
    await say(parts, shop, talk, "Bitte bringen Sie ihn vorbei.", seq=3, author=Author.BOT)
    async with inside(parts, shop.id) as db:
        words = set(await db.scalars(select(ConversationWord.word)))
    assert words == {"der", "auspuff", "klappert"}


async def test_nothing_is_stored_when_somebody_has_said_something(parts, shop, talk):
    assert await say(parts, shop, talk, "Zuerst.") is not None
    assert await say(parts, shop, talk, "Zugleich.") is None
    assert await said(parts, shop, talk) == ["Guten Tag!", "Zuerst."]


@pytest.mark.parametrize("state", [State.WAITING, State.HUMAN, State.CLOSED])
async def test_nothing_is_stored_when_the_assistant_may_not_speak(parts, shop, talk, state):
    async with inside(parts, shop.id) as db:
        (await conversations.get(db, talk)).state = state
    assert await say(parts, shop, talk) is None
    assert await said(parts, shop, talk) == ["Guten Tag!"]


async def test_nothing_is_stored_in_a_conversation_that_is_erased(parts, shop, talk):
    async with inside(parts, shop.id) as db:
        await conversations.erase(db, talk)
    assert await say(parts, shop, talk, seq=2) is None


async def test_nothing_is_stored_in_another_workshop(parts, shop, other_shop, talk):
    assert await say(parts, other_shop, talk) is None
    assert await said(parts, shop, talk) == ["Guten Tag!"]


async def test_whoever_comes_second_sees_what_the_first_has_done(parts, shop, talk):
    async with inside(parts, shop.id) as db:
        conversation = await conversations.locked(db, talk)
        saying = asyncio.create_task(say(parts, shop, talk))
        await until_a_statement_waits(parts)
        await threads.append(db, conversation, Author.VISITOR, "Ich war zuerst da.")
    assert await saying is None
    assert await said(parts, shop, talk) == ["Guten Tag!", "Ich war zuerst da."]
