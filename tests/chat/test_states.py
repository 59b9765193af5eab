"""The state machine of conversations: raced, and refused by the database itself."""

import asyncio
from datetime import UTC, datetime, time
from uuid import uuid4

import pytest
from sqlalchemy import update
from sqlalchemy.exc import IntegrityError

from portal.bookings.calendar import Span, Week
from portal.bookings.hours import add_span
from portal.chat import arrivals, assignments, conversations, messages, moves, tasks, threads
from portal.chat.models import Author, Conversation, State
from portal.chat.models_inbox import TaskKind
from portal.kit.db import new_id
from portal.kit.text import speaking
from portal.tenants.boundary import inside
from portal.tenants.callers import Member
from portal.tenants.permissions import Role
from tests.makers.chat import Script, a_guest, scripted

ROUNDS = 8


@pytest.fixture
async def guest(client, shop):
    return await a_guest(client, shop)


def member_of(shop, role):
    person = shop.people[role]
    return Member(
        id=person.id,
        account_id=person.account_id,
        workshop_id=shop.id,
        slug=shop.slug,
        name=person.name,
        email="",
        role=role,
        locale="de",
        permissions=frozenset(),
    )


@pytest.mark.parametrize("here", list(State))
@pytest.mark.parametrize("to", list(State))
async def test_the_database_knows_the_same_moves_as_the_verbs(guest, parts, shop, here, to):
    """Written past the verbs: what the table does not know, the trigger refuses."""

    async def put(state):
        async with inside(parts, shop.id) as db:
            mine = update(Conversation).where(Conversation.id == guest.conversation_id)
            await db.execute(mine.values(state=state))

    await put(here)
    if to == here or to in moves.MOVES[here]:
        await put(to)
    else:
        with pytest.raises(IntegrityError, match="no conversation goes"):
            await put(to)


@pytest.mark.parametrize("state", [State.WAITING, State.HUMAN, State.CLOSED])
async def test_a_conversation_begins_with_the_assistant(parts, shop, state):
    with pytest.raises(IntegrityError, match="cannot begin"):
        async with inside(parts, shop.id) as db:
            begun = datetime.now(UTC)
            db.add(
                Conversation(
                    id=new_id(), state=state, locale="de", consent_version="1", consent_at=begun
                )
            )


@pytest.mark.parametrize("state", [State.WAITING, State.HUMAN, State.CLOSED])
async def test_no_word_of_the_assistant_is_stored_while_it_has_not_the_word(
    guest, parts, shop, state
):
    """Also when a verb forgets to ask: the database does."""
    with pytest.raises(IntegrityError, match="does not speak"):
        async with inside(parts, shop.id) as db:
            conversation = await conversations.locked(db, guest.conversation_id)
            moves.move(conversation, state)
            await db.flush()
            await threads.append(db, conversation, Author.BOT, "Zu spät")


async def test_of_two_who_take_over_at_once_one_answers(client, parts, shop, signed_in):
    guests = [await a_guest(client, shop) for _ in range(ROUNDS)]
    anna, ben = await signed_in(shop, Role.ADVISOR), await signed_in(shop, Role.OWNER)

    async def take(browser, guest):
        path = f"{shop.home}/inbox/{guest.conversation_id}/takeover"
        answer = await browser.post(path, headers={"hx-request": "true"})
        return answer.status_code, answer.json()["code"] if answer.status_code == 409 else ""

    for guest in guests:
        got = await asyncio.gather(take(anna, guest), take(ben, guest))
        assert sorted(got) == [(200, ""), (409, "TAKEN_ALREADY")]
        told = [m for m in await guest.history() if m["author"] == "system"]
        assert len(told) == 1, "the visitor hears of one person"


async def test_a_message_and_an_end_at_once_leave_no_message_behind(client, parts, shop):
    """Whichever is first: the message is stored, and either it is over or the assistant answers."""
    guests = [await a_guest(client, shop) for _ in range(ROUNDS)]

    async def write(guest):
        async with inside(parts, shop.id) as db:
            return await messages.receive(db, guest.conversation_id, uuid4(), "Noch etwas")

    async def end(guest):
        async with inside(parts, shop.id) as db:
            await conversations.close(db, guest.conversation_id)

    for guest in guests:
        received, _ended = await asyncio.gather(write(guest), end(guest))
        history = await guest.history()
        assert [m["seq"] for m in history] == [*range(1, len(history) + 1)]
        assert sum(m["text"] == "Noch etwas" for m in history) == 1
        order = [m["author"] for m in history[1:]]
        state = (await guest.get("messages")).json()["state"]
        assert (order, state) in [
            (["visitor", "system"], "closed"),
            (["system", "visitor"], "bot"),
        ]
        assert received.question is not None


async def test_staff_and_visitor_and_clock_never_lose_an_answer_owed(client, parts, shop):
    """Replies and messages at once: the clock runs exactly when the visitor spoke last."""
    member = member_of(shop, Role.ADVISOR)
    guests = [await a_guest(client, shop) for _ in range(ROUNDS)]

    async def ask(guest):
        async with inside(parts, shop.id) as db:
            await messages.receive(db, guest.conversation_id, uuid4(), "Und wann?")

    async def reply(guest):
        async with inside(parts, shop.id) as db:
            await messages.reply(db, guest.conversation_id, member, "Um acht")

    for guest in guests:
        async with inside(parts, shop.id) as db:
            await assignments.take_over(db, guest.conversation_id, member)
        await asyncio.gather(ask(guest), reply(guest))
        async with inside(parts, shop.id) as db:
            conversation = await conversations.get(db, guest.conversation_id)
        last = (await guest.history())[-1]["author"]
        assert (conversation.unanswered_since is not None) == (last == "visitor")


async def test_a_colleague_gets_it_and_the_visitor_is_told(guest, parts, shop):
    ben = shop.people[Role.OWNER]
    async with inside(parts, shop.id) as db:
        db.info["member"] = member_of(shop, Role.ADVISOR)
        waiting = await assignments.assign(db, guest.conversation_id, ben.id)
        assert (waiting.state, waiting.assigned_name) == ("waiting", ben.name)
    async with inside(parts, shop.id) as db:
        db.info["member"] = member_of(shop, Role.ADVISOR)
        await assignments.take_over(db, guest.conversation_id, member_of(shop, Role.ADVISOR))
        await assignments.assign(db, guest.conversation_id, ben.id)
        left = await assignments.assign(db, guest.conversation_id, None)
        assert (left.state, left.assigned_to) == ("waiting", None)
        with pytest.raises(assignments.CannotAnswer):
            await assignments.assign(db, guest.conversation_id, shop.people[Role.BOOKKEEPER].id)
    assert ben.name in str(await guest.history())


async def test_two_answers_that_know_nothing_bring_a_person(guest):
    for expected in ("bot", "waiting"):
        with scripted(Script(handover="unknown")):
            events = await guest.say("Können Sie mein Boot lackieren?")
        assert events[-1].data["state"] == expected
    assert "an unser Team weitergegeben" in (await guest.history())[-1]["text"]


async def test_an_answer_between_them_counts_anew(guest):
    for handover in ("unknown", None, "unknown"):
        with scripted(Script(handover=handover)):
            events = await guest.say("Und das?")
    assert events[-1].data["state"] == "bot"


async def test_whoever_asks_at_night_hears_when_somebody_is_back(client, parts, shop, monkeypatch):
    async with inside(parts, shop.id) as db:
        for day in range(5):
            add_span(db, day, time(7, 30), time(17, 30))
    saturday = datetime(2026, 11, 28, 20, 0, tzinfo=UTC)
    monkeypatch.setattr("portal.kit.clock.now", lambda: saturday)
    guest = await a_guest(client, shop)
    asked = (await guest.post("handover", {})).json()
    assert asked["note"] == "Wir sind am Montag ab 7:30 Uhr wieder da."
    assert (await guest.history())[-1]["text"].endswith("Wir sind am Montag ab 7:30 Uhr wieder da.")
    assert "einverstanden" in asked["card"]["text"]
    contact = {"name": "Frau Öz", "phone": "0171 5550001"}
    for _twice in range(2):
        await guest.post("handover", {"contact": contact, "note": "Bitte anrufen"})
    async with inside(parts, shop.id) as db:
        (call,) = await tasks.of_conversation(db, guest.conversation_id)
        conversation = await conversations.get(db, guest.conversation_id)
    assert (call.kind, call.phone, call.title) == (
        TaskKind.CALLBACK, "0171 5550001", "Rückruf: Frau Öz",
    )  # fmt: skip
    assert call.consent_at == saturday
    assert call.due_at == datetime(2026, 11, 30, 6, 30, tzinfo=UTC)
    assert conversation.answer_due_at == datetime(2026, 11, 30, 7, 0, tzinfo=UTC)


@pytest.mark.parametrize(
    ("now", "said"),
    [
        ("2026-11-27 12:00", ""),
        ("2026-11-27 20:00", "Wir sind am Montag ab 7:30 Uhr wieder da."),
        ("2026-11-29 20:00", "Wir sind morgen ab 7:30 Uhr wieder da."),
        ("2026-11-30 05:00", "Wir sind heute ab 7:30 Uhr wieder da."),
        ("2026-12-24 20:00", "Wir sind am Montag ab 7:30 Uhr wieder da."),
    ],
)
def test_when_somebody_is_back_is_said_as_people_say_it(now, said):
    spans = {day: (Span(time(7, 30), time(17, 30)),) for day in range(5)}
    moment = datetime.fromisoformat(now).replace(tzinfo=UTC)
    with speaking("de"):
        assert arrivals.back_sentence(Week(spans, (), "BE"), moment) == said
        assert arrivals.back_sentence(Week({}, (), "BE"), moment) == ""
