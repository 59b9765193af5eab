"""What goes wrong at the desk is said in a sentence, and mended without reloading."""

import pytest
from playwright.async_api import expect

from portal.chat import canned_replies
from portal.tenants.boundary import inside
from tests.makers.chat import Script, a_guest, scripted
from tests.makers.desks import arrive, at_the_desk

pytestmark = pytest.mark.browser


@pytest.fixture
async def guest(client, shop):
    visitor = await a_guest(client, shop)
    with scripted(Script()):
        await visitor.say("Ist mein Auto fertig?")
    return visitor


@pytest.fixture
async def page(parts, browser, shop, address):
    viewport = {"width": 1440, "height": 900}
    return await at_the_desk(parts, browser, shop, address, viewport=viewport)


async def refuse(route):
    await route.fulfill(status=500, content_type="text/plain", body="")


async def test_a_part_of_the_panel_that_does_not_come_can_be_asked_for_again(
    page, guest, shop, address
):
    await page.route("**/context", refuse)
    await page.goto(f"{address}{shop.home}/inbox/{guest.conversation_id}")
    part = page.locator("#visitor-context")
    await expect(part).to_contain_text("Das konnte nicht geladen werden.")
    await expect(page.locator("#visitor-tasks")).to_contain_text("Aus diesem Gespräch noch keine.")
    await page.unroute("**/context")
    await part.get_by_role("button", name="Noch einmal versuchen").click()
    await expect(part).to_contain_text("Noch niemand verknüpft")


async def test_prepared_answers_that_do_not_come_can_be_asked_for_again(
    page, guest, shop, address, parts
):
    async with inside(parts, shop.id) as db:
        await canned_replies.save(db, None, shortcut="fertig", title="Fertig", text="Fertig.")
    await page.route("**/replies", refuse)
    await arrive(page, f"{address}{shop.home}/inbox/{guest.conversation_id}")
    await page.click("[data-replies]")
    await expect(page.locator(".toast")).to_contain_text("Das hat nicht geklappt")
    await expect(page.locator("#replies")).to_be_hidden()
    await page.unroute("**/replies")
    await page.click("[data-replies]")
    await expect(page.locator(".reply")).to_contain_text("/fertig")


async def test_an_answer_that_does_not_get_through_stays_in_the_field(page, guest, shop, address):
    await page.route("**/messages", lambda route: route.abort())
    await arrive(page, f"{address}{shop.home}/inbox/{guest.conversation_id}")
    await page.fill("#composer textarea", "Ja, ab 16 Uhr.")
    await page.keyboard.press("Control+Enter")
    await expect(page.locator("#composer").get_by_role("alert")).to_be_visible()
    await expect(page.locator(".toast")).to_have_count(0)
    await expect(page.locator("#composer textarea")).to_have_value("Ja, ab 16 Uhr.")
    await page.unroute("**/messages")
    await page.keyboard.press("Control+Enter")
    await expect(page.locator(".message").last).to_contain_text("Ja, ab 16 Uhr.")


async def test_what_fails_behind_a_dialog_is_told_in_it(page, guest, shop, address):
    await arrive(page, f"{address}{shop.home}/inbox/{guest.conversation_id}")
    await page.route("**/inbox/tasks", refuse)
    await page.click("[data-task=other]")
    await page.click("#task-dialog button.button--primary")
    told = page.locator("#task-dialog .toast")
    await expect(told).to_contain_text("Das hat nicht geklappt")
    await told.get_by_role("button").click()
    await page.unroute("**/inbox/tasks")
    await page.click("#task-dialog button.button--primary")
    await expect(page.locator("#task-dialog")).to_be_hidden()


async def test_a_lost_connection_is_shown_and_what_was_missed_comes_after_it(
    page, guest, shop, address
):
    await page.route("**/inbox/events*", lambda route: route.abort())
    await arrive(page, f"{address}{shop.home}/inbox/{guest.conversation_id}")
    connection = page.locator("[data-connection]")
    await expect(connection).to_have_text("Verbindung wird hergestellt …")
    await guest.say("Hallo? Ist da jemand?")
    await page.unroute("**/inbox/events*")
    await expect(connection).to_have_attribute("data-state", "live", timeout=15_000)
    thread = page.get_by_role("log")
    await expect(thread.get_by_text("Hallo? Ist da jemand?")).to_have_count(1)


async def test_the_panel_comes_without_taking_the_focus(page, guest, shop, address):
    await arrive(page, f"{address}{shop.home}/inbox/{guest.conversation_id}")
    await expect(page.locator("#visitor-tasks [data-task=other]")).to_be_visible()
    assert await page.evaluate("document.activeElement === document.body")
