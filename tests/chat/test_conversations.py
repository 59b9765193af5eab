"""States and their consequences: who may speak, who is told, what a stream tells again."""

import pytest
from sqlalchemy import func, select, update

from portal.chat import conversations, presence
from portal.chat.assistant.speech import Card
from portal.chat.models import Conversation
from portal.kit.db import new_id
from portal.kit.outbox import Job
from portal.tenants.boundary import inside
from portal.tenants.permissions import Role
from portal.worker import work_off
from tests.makers.chat import Script, a_guest, scripted, until, wait_for
from tests.makers.shops import found_shop


@pytest.fixture
async def guest(client, shop):
    return await a_guest(client, shop)


def deeds(shop, guest):
    return f"{shop.home}/inbox/{guest.conversation_id}"


async def test_staff_takes_over_hands_back_and_closes(guest, shop, signed_in):
    browser = await signed_in(shop, Role.ADVISOR)
    states = []
    for deed in ("takeover", "takeover", "handback", "handback", "closure", "closure", "takeover"):
        assert (await browser.post(f"{deeds(shop, guest)}/{deed}")).status_code == 303
        states.append((await guest.get("messages")).json()["state"])
    assert states == ["human", "human", "bot", "bot", "closed", "closed", "human"]
    await browser.post(f"{deeds(shop, guest)}/closure")
    refused = await browser.post(f"{deeds(shop, guest)}/handback", headers={"hx-request": "true"})
    assert (refused.status_code, refused.json()["code"]) == (409, "STATE_CONFLICT")


async def test_who_writes_after_the_end_is_answered_again(guest, shop, parts):
    async with inside(parts, shop.id) as db:
        await conversations.close(db, guest.conversation_id)
    with scripted(Script()):
        events = await guest.say("Noch etwas")
    assert (events[-1].data["state"], events[0].data["state"]) == ("bot", "bot")


async def test_after_the_end_a_new_turn_begins_with_the_assistant(guest, shop, signed_in):
    """Thanks for a person's answer call nobody, and an old wish for a person is not heard twice."""
    browser = await signed_in(shop, Role.ADVISOR)
    await guest.post("handover", {"note": "Ich will mit einem Menschen sprechen"})
    await browser.post(f"{deeds(shop, guest)}/messages", data={"text": "Guten Tag"})
    for _round in range(3):
        await browser.post(f"{deeds(shop, guest)}/closure")
        with scripted(Script()) as script:
            events = await guest.say("Danke, das war alles")
        assert events[-1].data["state"] == "bot"
        assert [turn.text for turn in script.asked[0].turns] == []
    said = [m["text"] for m in await guest.history() if m["author"] == "system"]
    assert sum("KI-Assistent" in text for text in said) == 1


async def test_the_handover_answer_asks_how_to_reach_the_visitor(guest):
    first = (await guest.post("handover", {})).json()
    assert (first["state"], first["card"]["kind"]) == ("waiting", "contact_form")
    contact = {"name": "Frau Öz", "email": "oez@post.example", "phone": ""}
    second = (await guest.post("handover", {"contact": contact, "note": "Bitte anrufen"})).json()
    assert "card" not in second
    assert (await guest.history())[-1]["text"] == "Bitte anrufen"
    bad = await guest.post("handover", {"contact": {"email": "keine adresse"}})
    assert bad.status_code == 422


async def test_who_has_left_a_contact_is_not_asked_again_after_a_reload(guest):
    with scripted(Script(cards=[Card("contact_form", {"text": "Wie erreichen wir Sie?"})])):
        await guest.say("Mensch")
    assert [card["kind"] for card in (await guest.history())[-1]["cards"]] == ["contact_form"]
    await guest.post("handover", {"contact": {"name": "Frau Öz", "phone": "0171 5550001"}})
    assert all("cards" not in message for message in await guest.history())


async def test_the_visitor_hears_staff_live(guest, shop, signed_in):
    browser = await signed_in(shop, Role.ADVISOR)
    async with guest.listening() as events:
        assert (await wait_for(events, lambda e: e.name == "state")).data["state"] == "bot"
        await browser.post(f"{deeds(shop, guest)}/typing")
        typing = await wait_for(events, lambda e: e.name == "typing")
        await browser.post(f"{deeds(shop, guest)}/messages", data={"text": "Hier ist Anna."})
        state = await wait_for(events, lambda e: e.name == "state")
        said = await wait_for(events, lambda e: e.name == "message" and e.data["author"] == "staff")
    assert typing.data["name"].startswith("Advisor")
    assert (state.data["state"], state.data["name"]) == ("human", typing.data["name"])
    assert said.data["text"] == "Hier ist Anna."
    assert int(said.id) == said.data["seq"]


async def test_a_stream_resumes_after_the_last_event(guest, shop, signed_in):
    browser = await signed_in(shop, Role.ADVISOR)
    async with guest.listening() as events:
        await browser.post(f"{deeds(shop, guest)}/messages", data={"text": "Eins"})
        one = await wait_for(events, lambda e: e.name == "message" and e.data["text"] == "Eins")
    for text in ("Zwei", "Drei"):
        await browser.post(f"{deeds(shop, guest)}/messages", data={"text": text})
    async with guest.listening(last_id=int(one.id)) as events:
        two = await wait_for(events, lambda e: e.name == "message")
        three = await wait_for(events, lambda e: e.name == "message")
        await browser.post(f"{deeds(shop, guest)}/messages", data={"text": "Vier"})
        four = await wait_for(events, lambda e: e.name == "message")
    assert [e.data["text"] for e in (two, three, four)] == ["Zwei", "Drei", "Vier"]
    assert [int(e.id) for e in (two, three, four)] == [int(one.id) + n for n in (1, 2, 3)]


async def test_visitors_of_one_workshop_hear_only_their_own_conversation(client, shop, parts):
    mine, other = await a_guest(client, shop), await a_guest(client, shop)
    async with mine.listening() as events:
        await wait_for(events, lambda e: e.name == "state")
        with scripted(Script()):
            await other.say("Geheim")
            await mine.say("Meins")
        heard = await wait_for(events, lambda e: e.name == "message")
    assert heard.data["text"] == "Meins"
    assert "Geheim" not in str(await mine.history())


async def test_no_connection_is_held_while_streams_are_open(client, shop, parts):
    guests = [await a_guest(client, shop) for _ in range(3)]
    async with guests[0].listening() as a, guests[1].listening() as b, guests[2].listening() as c:
        for events in (a, b, c):
            await wait_for(events, lambda e: e.name == "state")
        await until(lambda: parts.engine.pool.checkedout() == 0)


async def test_somebody_waiting_is_mailed_when_nobody_has_the_inbox_open(client, parts, settings):
    shop = await found_shop(parts, email="werkstatt@brandt.example")
    guest = await a_guest(client, shop)
    await guest.post("handover", {})
    before = _mails(settings)
    await work_off(parts)
    assert _mails(settings) == before, "not before the minutes have passed"
    await _minutes_pass(parts, shop)
    await work_off(parts)
    new = _mails(settings) - before
    mail = next(m for m in new if str(guest.conversation_id) in m)
    assert "werkstatt@brandt.example" in mail
    await work_off(parts)
    assert len(_mails(settings)) == len(before) + len(new)


async def test_a_wait_that_was_answered_calls_nobody_for_the_next_one(
    client, parts, settings, signed_in
):
    shop = await found_shop(parts, email="werkstatt@brandt.example")
    guest = await a_guest(client, shop)
    await guest.post("handover", {})
    browser = await signed_in(shop, Role.ADVISOR)
    await browser.post(f"{deeds(shop, guest)}/messages", data={"text": "Guten Tag"})
    await _minutes_pass(parts, shop)
    await guest.say("Und wann ist es fertig?")
    before = _mails(settings)
    await work_off(parts)
    assert not any(str(guest.conversation_id) in mail for mail in _mails(settings) - before)
    await _minutes_pass(parts, shop)
    await work_off(parts)
    assert sum(str(guest.conversation_id) in mail for mail in _mails(settings) - before) == 1


async def test_nobody_is_mailed_while_somebody_has_the_inbox_open(client, parts, settings):
    shop = await found_shop(parts, email="werkstatt@brandt.example")
    guest = await a_guest(client, shop)
    await presence.say_here(parts, shop.id)
    await guest.post("handover", {})
    await _minutes_pass(parts, shop)
    await work_off(parts)
    assert not any(str(guest.conversation_id) in mail for mail in _mails(settings))


async def test_a_quiet_talk_with_the_assistant_ends_after_a_day(client, shop, parts):
    quiet, fresh, waiting = [await a_guest(client, shop) for _ in range(3)]
    await waiting.post("handover", {})
    async with inside(parts, shop.id) as db:
        for guest in (quiet, waiting):
            await db.execute(
                update(Conversation)
                .where(Conversation.id == guest.conversation_id)
                .values(changed_at=Conversation.changed_at - conversations.IDLE)
            )
        await db.execute(update(Job).where(Job.name == "chat.close_idle").values(run_at=func.now()))
    await work_off(parts)
    states = [(await guest.get("messages")).json()["state"] for guest in (quiet, fresh, waiting)]
    assert states == ["closed", "bot", "waiting"]
    async with inside(parts, shop.id) as db:
        again = await db.scalar(
            select(func.count()).select_from(Job).where(Job.name == "chat.close_idle")
        )
    assert again == 2


async def test_programs_read_and_answer_conversations(guest, shop, other_shop, device):
    async with device(shop) as program, device(other_shop) as foreign:
        path = f"/api/v1/conversations/{guest.conversation_id}"
        listed = (await program.get("/api/v1/conversations?limit=10")).json()
        assert [c["id"] for c in listed["items"]] == [str(guest.conversation_id)]
        assert (await program.get(path)).json()["state"] == "bot"
        said = await program.post(f"{path}/messages", json={"text": "Aus dem Programm"})
        assert (said.status_code, said.json()["author"]) == (201, "staff")
        thread = (await program.get(f"{path}/messages?after=1&limit=1")).json()
        assert (len(thread["items"]), thread["next"]) == (1, 2)
        assert (await program.post(f"{path}/closure")).json()["state"] == "closed"
        assert (await program.post(f"{path}/handover")).json()["state"] == "waiting"
        assert (await program.get("/api/v1/conversations?limit=501")).status_code == 422
        for answer in (
            await foreign.get(path),
            await foreign.get(f"{path}/messages"),
            await foreign.post(f"{path}/messages", json={"text": "x"}),
            await foreign.post(f"{path}/closure"),
            await foreign.get(f"/api/v1/conversations/{new_id()}"),
        ):
            assert answer.status_code == 404
        assert (await foreign.get("/api/v1/conversations")).json()["items"] == []


async def _minutes_pass(parts, shop):
    async with inside(parts, shop.id) as db:
        due = update(Job).where(Job.name == "chat.notify_staff")
        await db.execute(due.values(run_at=func.now()))


def _mails(settings):
    return {path.read_text() for path in (settings.portal_home / "mail").glob("*.eml")}


async def test_danger_is_warned_of_while_nobody_has_answered_yet(client, parts, shop, signed_in):
    guest = await a_guest(client, shop)
    await guest.post("handover", {})
    await guest.say("Die Bremse geht kaum noch und eine rote Lampe leuchtet. Kann ich fahren?")
    last = (await guest.history())[-1]
    assert last["author"] == "system"
    assert "Bitte fahren Sie nicht weiter" in last["text"]
    advisor = await signed_in(shop, Role.ADVISOR)
    path = f"{shop.home}/inbox/{guest.conversation_id}"
    await advisor.post(f"{path}/messages", data={"text": "Ich rufe Sie an."})
    await guest.say("Die rote Lampe leuchtet immer noch.")
    assert (await guest.history())[-1]["author"] == "visitor", "a person speaks now"
