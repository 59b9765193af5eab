"""What is being written at the desk: never lost, never sent twice, never shown in the wrong place."""

import asyncio
import re

import pytest
from playwright.async_api import expect

from portal.tenants.callers import COOKIE
from portal.tenants.permissions import Role
from tests.browser.conftest import PASSWORD
from tests.makers.chat import Script, a_guest, scripted
from tests.makers.desks import arrive, at_the_desk
from tests.makers.screens import becomes, is_live

pytestmark = pytest.mark.browser

DESKTOP = {"viewport": {"width": 1440, "height": 900}}
FIELD = "#composer textarea"


@pytest.fixture
async def guests(client, shop):
    both = []
    for text in ("Ist mein Auto fertig?", "Haben Sie morgen Zeit?"):
        visitor = await a_guest(client, shop)
        with scripted(Script()):
            await visitor.say(text)
        both.append(visitor)
    return both


@pytest.fixture
async def page(parts, browser, shop, address):
    return await at_the_desk(parts, browser, shop, address, Role.ADVISOR, **DESKTOP)


def inbox_of(address, shop, guest=None):
    return f"{address}{shop.home}/inbox" + (f"/{guest.conversation_id}" if guest else "")


async def open_talk(page, guest):
    await page.click(f"#thread-{guest.conversation_id}")
    await expect(
        page.locator(f"#messages[data-conversation='{guest.conversation_id}']")
    ).to_have_count(1)


async def test_a_draft_waits_while_somebody_looks_at_another_conversation(
    page, guests, shop, address
):
    first, second = guests
    await arrive(page, inbox_of(address, shop, first))
    await page.fill(FIELD, "Ja, ab 16")
    await open_talk(page, second)
    await expect(page.locator(FIELD)).to_have_value("")
    await open_talk(page, first)
    await expect(page.locator(FIELD)).to_have_value("Ja, ab 16")


async def test_a_note_that_was_begun_comes_back_as_a_note(page, guests, shop, address):
    first, second = guests
    await arrive(page, inbox_of(address, shop, first))
    await page.click(".composer__mode[value=note]")
    await page.fill(FIELD, "Zahlt immer spät")
    await open_talk(page, second)
    await open_talk(page, first)
    await expect(page.locator("#composer.composer--note textarea")).to_have_value(
        "Zahlt immer spät"
    )
    await page.focus(FIELD)
    await page.keyboard.press("Control+Enter")
    await expect(page.locator(".message--note")).to_contain_text("Zahlt immer spät")
    assert "Zahlt" not in str(await first.history())


async def test_a_session_that_ended_costs_nobody_what_was_typed(
    page, guests, shop, address, with_passwords
):
    await with_passwords(shop)
    await arrive(page, inbox_of(address, shop, guests[0]))
    await page.fill(FIELD, "Ein langer, wichtiger Text")
    await page.context.clear_cookies(name=COOKIE)
    await page.keyboard.press("Control+Enter")
    await page.get_by_label("E-Mail").fill(shop.accounts[Role.ADVISOR].email)
    await page.get_by_label("Passwort", exact=True).fill(PASSWORD)
    await page.keyboard.press("Enter")
    await expect(page).to_have_url(re.compile(str(guests[0].conversation_id)))
    await expect(page.locator(FIELD)).to_have_value("Ein langer, wichtiger Text")


async def test_whoever_signs_out_leaves_no_draft_behind(page, guests, shop, address):
    await arrive(page, inbox_of(address, shop, guests[0]))
    await page.fill(FIELD, "Nicht für fremde Augen")
    await page.goto(f"{address}{shop.home}/vehicles")
    await page.evaluate("document.querySelector('form[action=\"/signout\"]').requestSubmit()")
    await expect(page.get_by_label("Passwort", exact=True)).to_be_visible()
    assert "fremde" not in await page.evaluate("JSON.stringify(sessionStorage)")


async def test_an_answer_whose_receipt_was_lost_is_sent_again_and_said_once(
    page, guests, shop, address
):
    async def store_and_lose(route):
        await route.fetch()
        await route.abort()

    await arrive(page, inbox_of(address, shop, guests[0]))
    await page.route("**/messages", store_and_lose)
    await page.fill(FIELD, "Ja, ab 16 Uhr.")
    await page.keyboard.press("Control+Enter")
    await expect(page.get_by_text("Noch nicht gesendet.")).to_be_visible()
    await page.unroute("**/messages")
    await page.evaluate("dispatchEvent(new Event('online'))")
    await expect(page.locator(FIELD)).to_have_value("")
    await expect(page.get_by_text("Noch nicht gesendet.")).to_be_hidden()
    await expect(page.locator(".message", has_text="Ja, ab 16 Uhr.")).to_have_count(1)
    said = [message["text"] for message in await guests[0].history()]
    assert said.count("Ja, ab 16 Uhr.") == 1


async def test_what_was_sent_without_a_connection_goes_out_by_itself(page, guests, shop, address):
    await arrive(page, inbox_of(address, shop, guests[0]))
    await is_live(page)
    await page.fill(FIELD, "Ja, ab 16 Uhr.")
    await page.context.set_offline(True)
    await page.keyboard.press("Control+Enter")
    await expect(page.get_by_text("Noch nicht gesendet.")).to_be_visible()
    await page.context.set_offline(False)
    await expect(page.locator(FIELD)).to_have_value("")
    await is_live(page)
    await expect(page.locator(".message", has_text="Ja, ab 16 Uhr.")).to_have_count(1)
    said = [message["text"] for message in await guests[0].history()]
    assert said.count("Ja, ab 16 Uhr.") == 1


async def test_what_is_typed_while_an_answer_is_on_its_way_stays(page, guests, shop, address):
    await arrive(page, inbox_of(address, shop, guests[0]))
    held = asyncio.Queue()
    await page.route("**/messages", held.put_nowait)
    await page.fill(FIELD, "Ja.")
    await page.keyboard.press("Control+Enter")
    on_its_way = await held.get()
    await page.keyboard.type(" Und bringen Sie")
    await on_its_way.continue_()
    await expect(page.locator(".message").last).to_contain_text("Ja.")
    await expect(page.locator(FIELD)).to_have_value("Und bringen Sie")


async def test_an_answer_that_comes_late_shows_in_its_own_conversation_only(
    page, guests, shop, address
):
    first, second = guests
    await arrive(page, inbox_of(address, shop, first))
    held = asyncio.Queue()
    await page.route("**/messages", held.put_nowait)
    await page.fill(FIELD, "Nur für das erste Gespräch")
    await page.keyboard.press("Control+Enter")
    on_its_way = await held.get()
    await open_talk(page, second)
    async with page.expect_event("requestfinished", lambda one: one.url.endswith("/messages")):
        await on_its_way.continue_()
    await becomes(page, "!Object.keys(sessionStorage).some((name) => name.startsWith('draft:'))")
    await expect(page.locator("#messages", has_text="Nur für das erste")).to_have_count(0)
    await open_talk(page, first)
    await expect(page.locator(FIELD)).to_have_value("")
    await expect(page.locator("#messages")).to_contain_text("Nur für das erste Gespräch")


async def test_an_answer_that_fails_behind_somebodys_back_waits_with_its_mark(
    page, guests, shop, address
):
    first, second = guests
    await arrive(page, inbox_of(address, shop, first))
    held = asyncio.Queue()
    await page.route("**/messages", held.put_nowait)
    await page.fill(FIELD, "Ja, ab 16 Uhr.")
    await page.keyboard.press("Control+Enter")
    on_its_way = await held.get()
    await open_talk(page, second)
    await on_its_way.abort()
    await expect(page.locator(".toast")).to_contain_text("Keine Verbindung")
    await expect(page.get_by_text("Noch nicht gesendet.")).to_be_hidden()
    await open_talk(page, first)
    await expect(page.locator(FIELD)).to_have_value("Ja, ab 16 Uhr.")
    await expect(page.get_by_text("Noch nicht gesendet.")).to_be_visible()


async def test_two_who_answer_at_the_same_moment_do_not_cross(
    page, guests, shop, address, parts, browser
):
    owner = await at_the_desk(parts, browser, shop, address, **DESKTOP)
    await owner.route("**/inbox/events*", lambda route: route.abort())
    for one in (page, owner):
        await arrive(one, inbox_of(address, shop, guests[0]))
    await page.fill(FIELD, "Um 16 Uhr.")
    await page.keyboard.press("Control+Enter")
    await expect(page.locator(FIELD)).to_have_value("")
    await owner.fill(FIELD, "Um 17 Uhr.")
    await owner.keyboard.press("Control+Enter")
    await expect(owner.locator(".toast")).to_contain_text("hat gerade geantwortet")
    await expect(owner.locator(FIELD)).to_have_value("Um 17 Uhr.")
    assert "Um 17 Uhr." not in str(await guests[0].history())
    await owner.keyboard.press("Control+Enter")
    await expect(owner.locator(FIELD)).to_have_value("")
    assert (await guests[0].history())[-1]["text"] == "Um 17 Uhr."


async def test_what_a_visitor_erases_leaves_the_screens_of_the_team(page, guests, shop, address):
    guest = guests[0]
    await arrive(page, inbox_of(address, shop, guest))
    await is_live(page)
    await page.click(".composer__mode[value=note]")
    await page.fill(FIELD, "Stammkunde")
    await page.keyboard.press("Control+Enter")
    await expect(page.locator(".message--note")).to_contain_text("Stammkunde")
    await page.fill(FIELD, "Guten Tag Frau Geheim")
    assert (await guest.delete("conversations/current")).status_code == 204
    await expect(page.locator("#detail")).to_contain_text("Vom Besucher gelöscht")
    for gone in ("Ist mein Auto fertig?", "Stammkunde", "Frau Geheim"):
        await expect(page.locator("main")).not_to_contain_text(gone)
    await expect(page.locator("#about")).to_be_empty()
    await expect(page.locator(f"#thread-{guest.conversation_id}")).to_have_count(0)
    assert "Geheim" not in await page.evaluate("JSON.stringify(sessionStorage)")


async def test_nobody_is_shown_the_door_in_the_middle_of_a_sentence(page, guests, shop, address):
    await arrive(page, inbox_of(address, shop, guests[0]))
    await is_live(page)
    asked = []

    async def answer(dialog):
        asked.append(dialog.message)
        await (dialog.dismiss() if len(asked) == 1 else dialog.accept())

    page.on("dialog", answer)
    end = page.locator("#conversation-head [data-key=e]")
    for _attempt in range(2):
        assert (await guests[0].post("typing", {})).is_success
        await expect(page.locator("#typing")).to_contain_text("Der Besucher schreibt")
        await end.click()
    await expect(page.locator("#conversation-head")).to_contain_text("Beendet")
    assert asked == ["Der Besucher schreibt gerade. Gespräch trotzdem beenden?"] * 2
