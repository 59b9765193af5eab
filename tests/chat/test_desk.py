"""What the team does beside the thread: notes nobody else reads, prepared answers, links, drafts."""

import asyncio
from datetime import UTC, datetime, timedelta
from uuid import uuid4

import pytest
from sqlalchemy import insert, select, text

from portal.ai.desk import close_desk, desk_of, make_desk, seat
from portal.chat import canned_replies, conversations, links, notes
from portal.chat.models import Message
from portal.chat.models_inbox import ConversationNote
from portal.kit.settings import Settings
from portal.tenants.boundary import inside
from portal.tenants.models import AuditEntry
from portal.tenants.permissions import Role
from portal.worker import work_off
from tests.makers import ai_server
from tests.makers.bookings import a_calendar, a_service, an_appointment
from tests.makers.chat import Script, a_guest, scripted, wait_for
from tests.makers.patience import PATIENCE_S
from tests.makers.vehicles import a_customer, a_vehicle

SECRET = "Achtung: zahlt immer erst nach der dritten Mahnung"


@pytest.fixture
async def guest(client, shop):
    visitor = await a_guest(client, shop)
    with scripted(Script()):
        await visitor.say("Meine Bremsen quietschen")
    return visitor


def place(shop, guest, deed=""):
    return f"{shop.home}/inbox/{guest.conversation_id}{deed}"


async def test_no_note_ever_reaches_the_visitor(signed_in, shop, guest, device):
    """Not in the history, not in a stream, not in the answer to anything the widget can ask."""
    browser = await signed_in(shop, Role.ADVISOR)
    async with guest.listening() as events:
        await wait_for(events, lambda e: e.name == "state")
        written = await browser.post(
            place(shop, guest, "/notes"), data={"text": SECRET}, headers={"hx-request": "true"}
        )
        assert SECRET in written.text
        await browser.post(place(shop, guest, "/messages"), data={"text": "Guten Tag"})
        heard = [await wait_for(events, lambda e: e.name == "message") for _ in range(2)]
    assert SECRET not in str(heard)
    async with guest.listening(last_id=0) as events:
        heard = []
        while len(heard) < 5:
            heard.append(await wait_for(events, lambda _event: True))
    assert SECRET not in str(heard)
    said = [
        await guest.get("messages"),
        await guest.get("messages?after=1"),
        await guest.post("handover", {}),
        await guest.post("ratings", {"stars": 5}),
    ]
    assert SECRET not in "".join(answer.text for answer in said)
    with scripted(Script()) as script:
        await browser.post(place(shop, guest, "/handback"))
        await guest.say("Was wissen Sie über mich?")
    assert SECRET not in str(script.asked), "the assistant is not told it either"
    async with device(shop) as program:
        listed = await program.get(f"/api/v1/conversations/{guest.conversation_id}/notes")
        thread = await program.get(f"/api/v1/conversations/{guest.conversation_id}/messages")
    assert [note["text"] for note in listed.json()["items"]] == [SECRET]
    assert SECRET not in thread.text


async def test_a_note_stands_where_it_was_written(signed_in, shop, guest):
    browser = await signed_in(shop, Role.ADVISOR)
    await browser.post(place(shop, guest, "/notes"), data={"text": "Zwischen den Zeilen"})
    await browser.post(place(shop, guest, "/messages"), data={"text": "Danach"})
    page = (await browser.get(place(shop, guest))).text
    assert page.index("quietschen") < page.index("Zwischen den Zeilen") < page.index(">Danach<")
    assert "Das sieht nur Ihr Team." in page
    assert str(guest.conversation_id) in (await browser.get(f"{shop.home}/inbox?q=zeilen")).text


async def test_erasing_takes_notes_and_words_along(shop, guest, parts, signed_in):
    browser = await signed_in(shop)
    await browser.post(place(shop, guest, "/notes"), data={"text": SECRET})
    await guest.delete("conversations/current")
    async with inside(parts, shop.id) as db:
        assert (await db.scalars(select(ConversationNote))).all() == []
        assert await db.scalar(text("select count(*) from conversation_words")) == 0


async def test_a_search_reaches_an_index_under_row_level_security(parts, shop, guest):
    """The words are compared with ranges of text: the only comparison that may use one here.

    With few rows every index is as good; with thousands the one of words is.
    """
    from portal.chat import words
    from portal.chat.models import Conversation
    from portal.chat.models_inbox import ConversationWord

    query = select(Conversation.id).where(words.has_words("Bremsen", Conversation.id))
    async with inside(parts, shop.id) as db:
        many = [
            {"conversation_id": guest.conversation_id, "word": f"wort{number:05}"}
            for number in range(5_000)
        ]
        await db.execute(insert(ConversationWord), many)
        await db.execute(text("set local enable_seqscan = off"))
        sql = str(query.compile(compile_kwargs={"literal_binds": True}))
        plan = "\n".join(await db.scalars(text("explain " + sql)))
    assert any("Index Cond" in line and "word >=" in line for line in plan.splitlines()), plan


async def test_any_word_its_beginning_and_several_together_are_found(
    client, shop, parts, signed_in
):
    one, two = await a_guest(client, shop), await a_guest(client, shop)
    with scripted(Script(pieces=["Gern."])):
        await one.say("Ölwechsel am Škoda, B-AP 4417, Müller")
        await two.say("Reifenwechsel, Telefon 0171 392 0014")
    browser = await signed_in(shop)

    async def found(words):
        page = (await browser.get(f"{shop.home}/inbox", params={"q": words})).text
        return [str(guest.conversation_id) in page for guest in (one, two)]

    assert await found("oelwech") == [True, False]
    assert await found("skoda mueller") == [True, False]
    assert await found("skoda reifen") == [False, False]
    assert await found("4417") == [True, False]
    assert await found("01713920014") == [False, True]
    assert await found("wechsel") == [False, False], "words are found by their beginning"


async def test_prepared_answers_are_filled_in_and_never_sent_with_gaps(
    signed_in, shop, guest, parts
):
    async with inside(parts, shop.id) as db:
        keeper = await a_customer(db, name="Erika Muster")
        vehicle = await a_vehicle(db, plate="B-AP 4417", keeper=keeper)
        await canned_replies.save(
            db, None, shortcut="fertig", title="Fertig", text="{name}, {kennzeichen} ist da. {ich}"
        )
        await canned_replies.save(
            db, None, shortcut="termin", title="Termin", text="Ihr Termin: {appointment}"
        )
    browser = await signed_in(shop, Role.ADVISOR)
    before = (await browser.get(place(shop, guest, "/replies"))).text
    assert "Noch auszufüllen: Name, Kennzeichen" in before
    await browser.post(
        place(shop, guest, "/link"),
        data={"who": f"v:{vehicle.id}:{keeper.id}"},
        headers={"hx-request": "true"},
    )
    after = (await browser.get(place(shop, guest, "/replies"))).text
    assert "Erika Muster, B-AP 4417 ist da. Advisor" in after
    refused = await browser.post(
        place(shop, guest, "/messages"),
        data={"text": "Ihr Termin: {appointment}"},
        headers={"hx-request": "true"},
    )
    assert (refused.status_code, refused.json()["code"]) == (422, "PLACEHOLDER_LEFT")
    assert "{appointment}" in refused.json()["detail"]
    german = {"text": "Ihr Termin: {termin}"}
    again = await browser.post(
        place(shop, guest, "/messages"), data=german, headers={"hx-request": "true"}
    )
    assert again.json()["code"] == "PLACEHOLDER_LEFT"


async def test_prepared_answers_are_kept_per_workshop(signed_in, shop, other_shop):
    browser, other = await signed_in(shop), await signed_in(other_shop)
    home = f"{shop.home}/inbox/settings"
    typed = {"shortcut": "/Hallo", "title": "Gruß", "text": "Guten Tag {name}"}
    assert (await browser.post(f"{home}/replies", data=typed)).status_code == 303
    again = await browser.post(f"{home}/replies", data=typed)
    assert again.status_code == 422
    assert "Dieses Kürzel hat schon" in again.text
    assert "Guten Tag {name}" in again.text, "nothing typed is lost"
    unknown = await browser.post(
        f"{home}/replies", data={"shortcut": "x", "title": "x", "text": "{passwort}"}
    )
    assert "{passwort} kennen wir nicht" in unknown.text
    assert "/hallo" in (await browser.get(home)).text
    assert "/hallo" not in (await other.get(f"{other_shop.home}/inbox/settings")).text
    advisor, mechanic = await signed_in(shop, Role.ADVISOR), await signed_in(shop, Role.MECHANIC)
    assert (await advisor.get(home)).status_code == 200
    assert (await mechanic.get(home)).status_code == 403
    pace = {"answer_minutes": "20", "mail_after_minutes": "3"}
    assert (await advisor.post(home, data=pace)).status_code == 403
    assert (await browser.post(home, data=pace)).status_code == 303
    wrong = await browser.post(home, data={"answer_minutes": "1", "mail_after_minutes": "3"})
    assert "Bitte geben Sie 5 bis 2880 an." in wrong.text


async def test_a_link_shows_who_is_behind_it_to_the_team_alone(signed_in, shop, guest, parts):
    async with inside(parts, shop.id) as db:
        keeper = await a_customer(db, name="Erika Muster")
        vehicle = await a_vehicle(db, plate="B-AP 4417", keeper=keeper)
    browser = await signed_in(shop, Role.ADVISOR)
    found = await browser.get(place(shop, guest, "/people"), params={"q": "b ap 4417"})
    assert "Erika Muster" in found.text
    linked = await browser.post(
        place(shop, guest, "/link"),
        data={"who": f"v:{vehicle.id}:{keeper.id}"},
        headers={"hx-request": "true"},
    )
    assert "Erika Muster" in linked.text
    assert "B-AP 4417" not in (await guest.get("messages")).text
    async with inside(parts, shop.id) as db:
        known = await links.who(db, await conversations.get(db, guest.conversation_id))
        assert (known.customer.id, known.vehicle.id, known.is_verified) == (
            keeper.id, vehicle.id, False,
        )  # fmt: skip
        actions = (await db.scalars(select(AuditEntry.action))).all()
    assert "conversation.linked" in actions
    nobody = await browser.post(
        place(shop, guest, "/link"),
        data={"who": f"c:{uuid4()}"},
        headers={"hx-request": "true"},
    )
    assert nobody.status_code == 404


async def test_an_appointment_makes_an_answer_more_urgent(client, shop, parts, signed_in):
    async with inside(parts, shop.id) as db:
        keeper = await a_customer(db, name="Erika Muster", phone="0171 5550001")
        calendar = await a_calendar(db)
        service = await a_service(db)
        appointment = await an_appointment(
            db, "2099-03-02 09:00", on=[calendar.lift], services=[service]
        )
        appointment.customer_id = keeper.id
    early, late = await a_guest(client, shop), await a_guest(client, shop)
    await early.post("handover", {})
    async with inside(parts, shop.id) as db:
        await links.link(db, late.conversation_id, customer_id=keeper.id, vehicle_id=None)
    await late.post("handover", {})
    browser = await signed_in(shop)
    page = (await browser.get(f"{shop.home}/inbox")).text
    assert page.index(f"thread-{late.conversation_id}") < page.index(
        f"thread-{early.conversation_id}"
    )
    assert "Hat einen Termin" in page
    await early.say("Das ist eine Frechheit!")
    page = (await browser.get(f"{shop.home}/inbox")).text
    assert page.index(f"thread-{early.conversation_id}") < page.index(
        f"thread-{late.conversation_id}"
    )
    assert "Verärgert" in page


async def test_the_visitor_is_seen_writing_and_reading(client, shop, guest, signed_in):
    browser = await signed_in(shop, Role.ADVISOR)
    path = f"{shop.home}/inbox/events?conversation={guest.conversation_id}"
    async with browser.stream("GET", path) as stream:
        lines = stream.aiter_lines()

        async def until(wanted):
            async with asyncio.timeout(PATIENCE_S):
                async for line in lines:
                    if wanted in line:
                        return

        await until("count-open")
        assert (await guest.post("typing", {})).status_code == 204
        await until("Der Besucher schreibt")
        seq = (await guest.history())[-1]["seq"]
        assert (await guest.post("reading", {"seq": seq + 7})).status_code == 204
        await until("Vom Besucher gelesen")


async def test_a_draft_is_offered_without_any_provider(signed_in, shop, client):
    guest = await a_guest(client, shop)
    browser = await signed_in(shop, Role.ADVISOR)
    nothing = await browser.post(place(shop, guest, "/suggestion"))
    assert (nothing.status_code, nothing.text.count("NOTHING_ASKED")) != (200, 0)
    await guest.say("Wann haben Sie geöffnet?")
    before = await guest.history()
    draft = await browser.post(place(shop, guest, "/suggestion"))
    assert draft.status_code == 200
    assert draft.text.startswith("Guten Tag, hier ist Advisor")
    assert await guest.history() == before, "nothing is sent"


@pytest.fixture
async def provider(parts):
    """An AI provider of our own behind this process's desk, and the desk as it was afterwards."""
    old = desk_of(parts)
    async with ai_server.serving() as ai:
        settings = Settings(
            openai_api_key="k", openai_base_url=ai.address, openai_model="m", portal_secret="x" * 40
        )
        seat(parts, make_desk(settings))
        yield ai
        await close_desk(parts)
    seat(parts, old)


async def test_foreign_words_are_translated_for_the_team_and_stored(
    provider, client, shop, parts, signed_in
):
    provider.script = ai_server.Script(tokens=("Wann", " sind", " Sie", " da, [NAME_AAAA]?"))
    guest = await a_guest(client, shop, locale="en")
    await guest.post("handover", {"note": "When are you there?"})
    await work_off(parts)
    async with inside(parts, shop.id) as db:
        query = select(Message.text, Message.translation).where(Message.author == "visitor")
        assert (await db.execute(query)).all() == [
            ("When are you there?", "Wann sind Sie da, ?"),
        ]
    browser = await signed_in(shop)
    assert "Wann sind Sie da" in (await browser.get(place(shop, guest))).text
    assert "Wann sind Sie da" not in (await guest.get("messages")).text


async def test_who_somebody_is_never_reaches_the_provider(provider, client, shop, signed_in):
    provider.script = ai_server.Script(tokens=("Gern, wir rufen an.",))
    guest = await a_guest(client, shop)
    contact = {"name": "Erika Mustermann", "phone": "0171 5550001"}
    await guest.post(
        "handover", {"contact": contact, "note": "Rufen Sie Frau Mustermann an: 0171 5550001"}
    )
    browser = await signed_in(shop)
    draft = await browser.post(place(shop, guest, "/suggestion"))
    assert draft.text == "Gern, wir rufen an."
    assert provider.asked
    assert "Mustermann" not in str(provider.asked)
    assert "5550001" not in str(provider.asked)


async def test_notes_of_another_day_do_not_break_the_page_of_earlier_messages(
    parts, shop, signed_in, client
):
    guest = await a_guest(client, shop)
    async with inside(parts, shop.id) as db:
        conversation = await conversations.locked(db, guest.conversation_id)
        from portal.chat import threads
        from portal.chat.models import Author

        for number in range(130):
            await threads.append(db, conversation, Author.VISITOR, f"Zeile {number}")
    browser = await signed_in(shop)
    await browser.post(place(shop, guest, "/notes"), data={"text": "ganz unten"})
    page = (await browser.get(place(shop, guest))).text
    assert ("Zeile 129" in page, "Zeile 5<" in page, "ganz unten" in page) == (True, False, True)
    before = page.split("?before=")[1].split('"')[0]
    earlier = (await browser.get(place(shop, guest, f"?before={before}"))).text
    assert ("Zeile 5<" in earlier, "ganz unten" in earlier) == (True, False)


async def test_notes_may_not_be_empty(parts, shop, guest, signed_in):
    browser = await signed_in(shop)
    refused = await browser.post(
        place(shop, guest, "/notes"), data={"text": "   "}, headers={"hx-request": "true"}
    )
    assert (refused.status_code, refused.json()["code"]) == (422, "MESSAGE_EMPTY")
    async with inside(parts, shop.id) as db:
        assert await notes.of_conversation(db, guest.conversation_id) == []
        found = await conversations.get(db, guest.conversation_id)
    assert datetime.now(UTC) - found.changed_at < timedelta(minutes=1)
