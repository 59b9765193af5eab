"""One answer for one question, whoever interrupts, repeats or leaves."""

import asyncio
from uuid import uuid4

import pytest
from sqlalchemy import select

from portal.ai.models import AiCall
from portal.chat import answers, assignments, conversations, messages, moves
from portal.chat.assistant import Card
from portal.chat.models import Completeness, Message, State
from portal.kit.db import new_id
from portal.tenants.boundary import inside
from portal.tenants.callers import Member
from tests.makers.chat import Script, a_guest, scripted, until, wait_for
from tests.makers.patience import PATIENCE_S

PARTIAL = Message.state == Completeness.PARTIAL


@pytest.fixture
async def guest(client, shop):
    return await a_guest(client, shop)


def anna(shop, staff):
    return Member(
        id=staff.id,
        account_id=staff.account_id,
        workshop_id=shop.id,
        slug=shop.slug,
        name="Anna Brandt",
        email="anna@brandt.example",
        role="advisor",
        locale="de",
        permissions=frozenset(),
    )


@pytest.fixture
def member(shop):
    return anna(shop, next(iter(shop.people.values())))


async def stored(parts, shop, *conditions):
    async with inside(parts, shop.id) as db:
        query = select(Message).where(*conditions).order_by(Message.seq)
        return list(await db.scalars(query))


async def test_the_same_message_again_replays_the_stored_answer(guest, parts, shop):
    client_id = uuid4()
    with scripted(Script(cards=[Card("slots", {"slots": []})])) as script:
        first = await guest.say("Haben Sie offen?", client_id)
        second = await guest.say("Haben Sie offen?", client_id)
    assert len(script.asked) == 1
    assert first[0].data["message_id"] == second[0].data["message_id"]
    assert [e.name for e in second] == ["accepted", "delta", "card", "done"]
    assert second[1].data["text"] == "Guten Tag! Wir haben geöffnet."
    assert second[-1].data["message_id"] == first[-1].data["message_id"]
    assert len(await guest.history()) == 3


async def test_parallel_repetitions_get_one_answer(guest, parts, shop):
    client_id = uuid4()
    script = Script(gate=asyncio.Event())
    with scripted(script):
        tries = [asyncio.create_task(guest.say("Hallo", client_id)) for _ in range(5)]
        await asyncio.wait_for(script.reached.wait(), PATIENCE_S)
        await asyncio.sleep(0.2)
        script.gate.set()
        ended = await asyncio.wait_for(asyncio.gather(*tries), PATIENCE_S)
    assert len(script.asked) == 1
    assert {e[-1].data["message_id"] for e in ended} == {ended[0][-1].data["message_id"]}
    assert {"".join(e.data["text"] for e in t if e.name == "delta") for t in ended} == {
        "Guten Tag! Wir haben geöffnet."
    }
    assert len(await guest.history()) == 3


async def test_who_takes_over_while_the_bot_answers_has_the_word(guest, parts, shop, member):
    script = Script(gate=asyncio.Event())
    with scripted(script):
        answer = asyncio.create_task(guest.say("Was kostet das?"))
        await asyncio.wait_for(script.reached.wait(), PATIENCE_S)
        async with inside(parts, shop.id) as db:
            await assignments.take_over(db, guest.conversation_id, member)
        await asyncio.sleep(0.1)
        script.gate.set()
        events = await asyncio.wait_for(answer, PATIENCE_S)
    assert events[-1].name == "done"
    assert (events[-1].data["message_id"], events[-1].data["state"]) == (None, "human")
    authors = [m["author"] for m in await guest.history()]
    assert authors == ["bot", "visitor", "system"]
    async with inside(parts, shop.id) as db:
        assert await db.scalar(select(AiCall.outcome)) == "dropped"


async def test_the_state_is_judged_again_when_the_answer_is_stored(guest, parts, shop, member):
    """The live event may be lost: the lock of the row decides."""
    async with inside(parts, shop.id) as db:
        received = await messages.receive(db, guest.conversation_id, uuid4(), "Hallo")
    async with inside(parts, shop.id) as db:
        await assignments.take_over(db, guest.conversation_id, member)
    said = answers.Said(text="Zu spät")
    said.done = _done("Zu spät")
    async with inside(parts, shop.id) as db:
        kept, state = await answers.answer(
            db, guest.conversation_id, received.message.message_id, said
        )
    assert (kept, state.state, state.name) == (None, "human", "Anna Brandt")
    assert await stored(parts, shop, Message.text == "Zu spät") == []


async def test_a_hundred_answers_and_takeovers_never_overlap(parts, shop, member, client):
    """Whatever comes first: behind the take-over there is no word of the bot."""
    guests = [await a_guest(client, shop) for _ in range(12)]

    async def answer(guest):
        async with inside(parts, shop.id) as db:
            received = await messages.receive(db, guest.conversation_id, uuid4(), "Hallo")
        said = answers.Said(text="Antwort")
        said.done = _done("Antwort")
        async with inside(parts, shop.id) as db:
            await answers.answer(db, guest.conversation_id, received.message.message_id, said)

    async def take(guest):
        async with inside(parts, shop.id) as db:
            await assignments.take_over(db, guest.conversation_id, member)

    await asyncio.gather(*(deed(guest) for guest in guests for deed in (answer, take)))
    for guest in guests:
        authors = [m["author"] for m in await guest.history()]
        taken = authors.index("system")
        assert "bot" not in authors[taken:]


async def test_who_leaves_ends_the_answer_and_what_was_said_is_kept(guest, parts, shop):
    script = Script(gate=asyncio.Event())
    with scripted(script):
        async with guest.saying("Hallo") as events:
            await wait_for(events, lambda e: e.name == "delta")
        await until(lambda: script.was_ended)
        await until(lambda: stored(parts, shop, PARTIAL))
    kept = await stored(parts, shop, PARTIAL)
    assert [m.text for m in kept] == ["Guten Tag! "]


async def test_who_comes_back_gets_the_whole_answer(guest, parts, shop):
    client_id = uuid4()
    with scripted(Script(gate=asyncio.Event())):
        async with guest.saying("Hallo", client_id) as events:
            await wait_for(events, lambda e: e.name == "delta")
        await until(lambda: stored(parts, shop, PARTIAL))
    with scripted(Script()):
        again = await guest.say("Hallo", client_id)
    assert again[-1].name == "done"
    assert [m["text"] for m in await guest.history()][-1] == "Guten Tag! Wir haben geöffnet."
    assert len(await guest.history()) == 3


async def test_a_fault_of_the_assistant_is_told_and_may_be_tried_again(guest):
    client_id = uuid4()
    with scripted(Script(breaks=True)):
        events = await guest.say("Hallo", client_id)
    assert events[-1].name == "error"
    assert (events[-1].data["status"], events[-1].data["code"]) == (503, "UNAVAILABLE")
    with scripted(Script()):
        assert (await guest.say("Hallo", client_id))[-1].name == "done"


@pytest.mark.parametrize(
    ("reason", "state"),
    [("asked", "waiting"), ("safety", "waiting"), ("complaint", "waiting"), ("unknown", "bot")],
)
async def test_the_assistant_hands_over_or_only_offers_it(guest, reason, state):
    with scripted(Script(handover=reason)):
        events = await guest.say("Ich möchte mit jemandem sprechen")
    assert events[-1].data["state"] == state
    history = await guest.history()
    expected = ["bot", "visitor", "bot"] + (["system"] if state == "waiting" else [])
    assert [m["author"] for m in history] == expected


async def test_while_waiting_the_bot_is_silent(guest):
    await guest.post("handover", {})
    with scripted(Script()) as script:
        events = await guest.say("Ist da jemand?")
    assert [e.name for e in events] == ["accepted", "done"]
    assert events[-1].data["state"] == "waiting"
    assert script.asked == []


async def test_an_answer_on_its_way_is_taken_over_when_its_process_dies(guest, parts, shop):
    client_id = uuid4()
    async with inside(parts, shop.id) as db:
        received = await messages.receive(db, guest.conversation_id, client_id, "Hallo")
        assert received.question is not None
    async with inside(parts, shop.id) as db:
        assert (
            await messages.receive(db, guest.conversation_id, client_id, "Hallo")
        ).is_being_answered
        await answers.give_up(db, received.message.message_id)  # as if the lease had run out
    with scripted(Script()) as script:
        events = await guest.say("Hallo", client_id)
    assert (events[-1].name, len(script.asked)) == ("done", 1)


async def test_the_numbers_of_messages_have_no_gaps(guest, parts, shop):
    async def say(number):
        async with inside(parts, shop.id) as db:
            await messages.receive(db, guest.conversation_id, uuid4(), f"Nachricht {number}")

    await asyncio.gather(*(say(number) for number in range(20)))
    assert [m["seq"] for m in await guest.history()] == list(range(1, 22))


@pytest.mark.parametrize("here", list(State))
@pytest.mark.parametrize("to", list(State))
def test_a_state_moves_only_where_it_may(here, to):
    conversation = conversations.Conversation(id=new_id(), state=here, turn=1, last_seq=0)
    if to in moves.MOVES[here]:
        moves.move(conversation, to)
        assert conversation.state == to
    else:
        with pytest.raises(moves.MoveNotAllowed):
            moves.move(conversation, to)
        assert conversation.state == here


def _done(text):
    from portal.chat.assistant import Done

    return Done(text=text, sources=[], provider="test")
