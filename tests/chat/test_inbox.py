"""The inbox: who sees it, what it shows, and how it stays up to date."""

import asyncio
import re
from contextlib import asynccontextmanager
from datetime import UTC, date, datetime, timedelta

import httpx
import pytest

from portal.chat import canned_replies, conversations, links
from portal.diagnostics.models import Scan
from portal.tenants.boundary import inside
from portal.tenants.permissions import Role
from tests.makers.chat import Script, a_guest, scripted, until
from tests.makers.identity import an_owner, entered
from tests.makers.vehicles import counted_statements


@pytest.fixture
async def guest(client, shop):
    visitor = await a_guest(client, shop)
    with scripted(Script()):
        await visitor.say("Meine Bremsen quietschen")
    return visitor


def place(shop, guest, deed=""):
    return f"{shop.home}/inbox/{guest.conversation_id}{deed}"


async def test_the_inbox_lists_conversations(signed_in, shop, guest):
    browser = await signed_in(shop, Role.ADVISOR)
    page = await browser.get(f"{shop.home}/inbox")
    assert page.status_code == 200
    assert f'id="thread-{guest.conversation_id}"' in page.text


async def test_an_empty_inbox_says_so(signed_in, shop):
    browser = await signed_in(shop)
    for show in ("open", "waiting", "mine", "closed"):
        page = await browser.get(f"{shop.home}/inbox?show={show}")
        assert 'class="empty"' in page.text


async def test_a_conversation_shows_its_thread(signed_in, shop, guest):
    browser = await signed_in(shop, Role.ADVISOR)
    page = await browser.get(place(shop, guest))
    assert "Meine Bremsen quietschen" in page.text
    assert "Guten Tag! Wir haben geöffnet." in page.text
    assert 'id="composer"' in page.text


async def test_the_way_home_leads_to_the_inbox_or_to_the_cars(signed_in, shop):
    advisor, bookkeeper = await signed_in(shop), await signed_in(shop, Role.BOOKKEEPER)
    assert (await advisor.get(f"{shop.home}/")).headers["location"].endswith("/inbox")
    assert (await bookkeeper.get(f"{shop.home}/")).headers["location"].endswith("/vehicles")


async def test_a_bookkeeper_may_not_read_conversations(signed_in, shop, guest):
    browser = await signed_in(shop, Role.BOOKKEEPER)
    for path in ("/inbox", "/inbox/events", f"/inbox/{guest.conversation_id}"):
        assert (await browser.get(shop.home + path)).status_code == 403


async def test_a_mechanic_reads_and_does_not_answer(signed_in, shop, guest):
    browser = await signed_in(shop, Role.MECHANIC)
    page = await browser.get(place(shop, guest))
    assert page.status_code == 200
    assert 'id="composer"' not in page.text
    for deed in ("/messages", "/takeover", "/handback", "/closure", "/reading", "/typing"):
        answer = await browser.post(place(shop, guest, deed), data={"text": "x"})
        assert answer.status_code == 403, deed


async def test_a_foreign_conversation_does_not_exist(signed_in, shop, other_shop, guest):
    browser = await signed_in(other_shop)
    path = f"{other_shop.home}/inbox/{guest.conversation_id}"
    assert (await browser.get(path)).status_code == 404
    assert (await browser.post(f"{path}/takeover")).status_code == 404
    assert (await browser.post(f"{path}/messages", data={"text": "x"})).status_code == 404
    page = await browser.get(f"{other_shop.home}/inbox")
    assert str(guest.conversation_id) not in page.text


async def test_filters_and_search_find_what_they_name(signed_in, shop, client, guest, parts):
    other = await a_guest(client, shop)
    await other.post(
        "handover", {"contact": {"name": "Ayşe Kaya", "phone": "0170 1"}, "note": "Rückruf 100%_"}
    )
    browser = await signed_in(shop)

    async def found(query):
        page = await browser.get(f"{shop.home}/inbox?{query}")
        return [str(g.conversation_id) in page.text for g in (guest, other)]

    assert await found("show=open") == [True, True]
    assert await found("show=waiting") == [False, True]
    assert await found("show=mine") == [False, False]
    assert await found("q=quietschen") == [True, False]
    assert await found("q=Kaya") == [False, True]
    assert await found("q=100%25_") == [False, True]
    async with inside(parts, shop.id) as db:
        await conversations.close(db, guest.conversation_id)
    assert await found("show=closed") == [True, False]


async def test_a_reply_reaches_the_visitor_and_takes_the_conversation_over(signed_in, shop, guest):
    browser = await signed_in(shop, Role.ADVISOR)
    answer = await browser.post(
        place(shop, guest, "/messages"),
        data={"text": "Kommen Sie gern vorbei."},
        headers={"hx-request": "true"},
    )
    assert answer.status_code == 200
    assert "Kommen Sie gern vorbei." in answer.text
    history = await guest.history()
    assert [m["author"] for m in history[-2:]] == ["system", "staff"]
    assert history[-1]["name"].startswith("Advisor")
    with scripted(Script()) as script:
        events = await guest.say("Danke!")
    assert [e.name for e in events] == ["accepted", "done"]
    assert (events[-1].data["state"], events[-1].data["message_id"]) == ("human", None)
    assert script.asked == []


async def test_without_script_a_reply_leads_back_to_the_page(signed_in, shop, guest):
    browser = await signed_in(shop)
    answer = await browser.post(place(shop, guest, "/messages"), data={"text": "Hallo"})
    assert (answer.status_code, answer.headers["location"]) == (303, place(shop, guest))


async def test_reading_takes_the_mark_away(signed_in, shop, guest):
    await guest.post("handover", {})
    browser = await signed_in(shop)
    before = await browser.get(f"{shop.home}/inbox")
    assert "thread--unread" in before.text
    assert "<title>(1)" in before.text
    assert (await browser.post(place(shop, guest, "/reading"))).status_code == 204
    after = await browser.get(f"{shop.home}/inbox")
    assert "thread--unread" not in after.text


async def test_script_in_a_message_stays_text(signed_in, shop, client):
    guest = await a_guest(client, shop)
    attack = "<script>alert(1)</script><img src=x onerror=alert(2)>"
    with scripted(Script(pieces=[attack])):
        await guest.say(attack)
    await guest.post("handover", {"contact": {"name": attack, "email": "a@b.example"}})
    browser = await signed_in(shop)
    for path in (f"{shop.home}/inbox", place(shop, guest)):
        page = (await browser.get(path)).text
        assert "<script>alert" not in page
        assert "<img src=x" not in page
        assert "&lt;script&gt;" in page


@pytest.fixture
async def known_guest(guest, parts, shop):
    """Linked with a customer whose car has more history and scans than the panel shows."""
    owner = await an_owner(parts, shop)
    for month in range(1, 7):
        await entered(parts, shop, owner.vehicle, date(2026, month, 3), f"Arbeit {month}")
    ids = {"customer_id": owner.customer.id, "vehicle_id": owner.vehicle.id}
    async with inside(parts, shop.id) as db:
        await links.link(db, guest.conversation_id, **ids)
        await canned_replies.save(db, None, shortcut="da", title="Da", text="Guten Tag {name}")
        for day in range(1, 6):
            db.add(
                Scan(
                    vehicle_id=owner.vehicle.id,
                    file_name=f"fahrt-{day}.csv",
                    size=1,
                    content_hash="0" * 64,
                    blob_key=f"{shop.id}/{day}",
                    uploaded_by="Mara",
                    uploaded_at=datetime(2026, 9, day, 12, tzinfo=UTC),
                )
            )
    return guest


@pytest.mark.parametrize("deed", ["", "/context", "/plans", "/replies", "?q=bremsen"])
async def test_a_page_takes_six_statements_at_most(signed_in, shop, known_guest, parts, deed):
    """However much is known of the visitor, with those of the door."""
    browser = await signed_in(shop)
    addresses = [place(shop, known_guest, deed)]
    if not deed.startswith("/"):
        addresses.append(f"{shop.home}/inbox{deed}")
    for address in addresses:
        with counted_statements(parts) as sent:
            assert (await browser.get(address)).status_code == 200
        assert 0 < len(sent) <= 6, sent


async def test_the_panel_shows_the_newest_of_what_was_done_and_read(signed_in, shop, known_guest):
    panel = (await (await signed_in(shop)).get(place(shop, known_guest, "/context"))).text
    shown = re.findall(r"Arbeit \d|fahrt-\d", panel)
    assert shown == [f"Arbeit {n}" for n in (6, 5, 4, 3)] + [f"fahrt-{n}" for n in (5, 4, 3)]
    assert "05.09.2026" in panel
    assert "03.06.2026" in panel


async def test_a_long_list_goes_on_where_the_page_ended(signed_in, shop, parts, monkeypatch):
    async with inside(parts, shop.id) as db:
        for _ in range(45):
            await conversations.begin(db, locale="de", consent_version="1", greeting="Hallo")
    browser = await signed_in(shop)
    first = (await browser.get(f"{shop.home}/inbox")).text
    path = first.split('hx-trigger="revealed"')[0].rsplit('hx-get="', 1)[1].split('"')[0]
    rest = (await browser.get(path.replace("&amp;", "&"))).text
    ids = [part.split('"')[0] for page in (first, rest) for part in page.split('id="thread-')[1:]]
    assert len(ids) == len(set(ids)) == 45


@asynccontextmanager
async def watching(browser: httpx.AsyncClient, path: str):
    """The live pieces that this browser gets, as text."""
    async with browser.stream("GET", path) as response:
        assert response.status_code == 200
        got: list[str] = []

        async def read():
            async for line in response.aiter_lines():
                got.append(line)  # noqa: PERF401  # others look at it while it grows

        task = asyncio.create_task(read())
        try:
            await until(lambda: any("retry" in line for line in got))
            yield got
        finally:
            task.cancel()
            await asyncio.gather(task, return_exceptions=True)


async def test_two_browsers_see_messages_and_states_without_reload(signed_in, shop, guest):
    one, two = await signed_in(shop, Role.ADVISOR), await signed_in(shop, Role.OWNER)
    here = f"&conversation={guest.conversation_id}"
    async with (
        watching(one, f"{shop.home}/inbox/events?show=open{here}") as first,
        watching(two, f"{shop.home}/inbox/events?show=waiting") as second,
    ):
        with scripted(Script(pieces=["Eine ", "Antwort"])):
            await guest.say("Noch eine Frage")
        await until(lambda: "Eine Antwort" in "".join(first))
        assert "Noch eine Frage" in "".join(first)
        await guest.post("handover", {})
        await until(lambda: 'data-live="move"' in "".join(second))
        await two.post(place(shop, guest, "/takeover"), headers={"hx-request": "true"})
        await until(lambda: "Owner" in "".join(first))
        await until(lambda: 'data-live="gone"' in "".join(second)[-20000:])
        await two.post(place(shop, guest, "/typing"))
        await until(lambda: "schreibt" in "".join(first) or "is writing" in "".join(first))


async def test_a_browser_that_comes_back_is_brought_up_to_date(signed_in, shop, guest, monkeypatch):
    monkeypatch.setattr("portal.chat.inbox_live.SETTLED", timedelta(0))
    browser = await signed_in(shop)
    page = (await browser.get(place(shop, guest))).text
    path = page.split('sse-connect="')[1].split('"')[0].replace("&amp;", "&")
    async with watching(browser, path) as got:
        await until(lambda: any("count-open" in line for line in got))
        assert "innerHTML:#messages" not in "".join(got)
    with scripted(Script()):
        await guest.say("In der Zwischenzeit")
    async with watching(browser, path) as got:
        await until(lambda: "innerHTML:#messages" in "".join(got))
        await until(lambda: "In der Zwischenzeit" in "".join(got))


async def test_events_of_one_workshop_never_reach_another(
    signed_in, shop, other_shop, guest, client
):
    foreign = await signed_in(other_shop)
    path = f"{other_shop.home}/inbox/events?conversation={guest.conversation_id}"
    async with watching(foreign, path) as got:
        with scripted(Script()):
            await guest.say("Nur für diese Werkstatt")
            await (await a_guest(client, other_shop)).say("Für die andere")
        await until(lambda: "Für die andere" in "".join(got))
        assert "Nur für diese Werkstatt" not in "".join(got)
        assert str(guest.conversation_id) not in "".join(got)


async def test_who_is_dismissed_is_told_nothing_more(signed_in, shop, guest):
    owner, advisor = await signed_in(shop), await signed_in(shop, Role.ADVISOR)
    leaver = f"{shop.home}/settings/staff/{shop.people[Role.ADVISOR].id}"
    async with watching(advisor, f"{shop.home}/inbox/events") as seen:
        assert (await owner.post(f"{leaver}/dismissal")).status_code == 303
        with scripted(Script()):
            await guest.say("Nur für Kolleginnen")
        await asyncio.sleep(0.5)
        assert not any("Kolleginnen" in line for line in seen)
    again = await advisor.get(f"{shop.home}/inbox/events")
    assert again.status_code == 404


async def test_a_visitors_mail_address_adds_nothing_to_a_mail(signed_in, shop, guest):
    await guest.post("handover", {"contact": {"email": "a@b.example?bcc=spy&body=x"}})
    browser = await signed_in(shop, Role.ADVISOR)
    page = await browser.get(place(shop, guest))
    assert 'href="mailto:a@b.example%3Fbcc%3Dspy%26body%3Dx"' in page.text
