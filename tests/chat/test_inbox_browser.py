"""The inbox in two real browsers: what one does, the other sees."""

import pytest
from playwright.async_api import async_playwright, expect

from portal.tenants.callers import COOKIE
from portal.tenants.permissions import Role
from tests.browser_launch import launch_async
from tests.makers.chat import Script, a_guest, scripted
from tests.makers.screens import is_live
from tests.makers.shops import session_of

pytestmark = pytest.mark.browser

ATTACK = "<img src=x onerror=\"document.title='gotcha'\"><script>document.title='gotcha'</script>"


@pytest.fixture
async def desk(address, parts):
    """A page of that person in a browser of its own; faults in its scripts are collected."""
    async with async_playwright() as playwright:
        browser = await launch_async(playwright)
        faults: list[str] = []

        async def sit_down(shop, role, **options):
            context = await browser.new_context(locale="de-DE", **options)
            token = await session_of(parts, shop.accounts[role])
            await context.add_cookies([{"name": COOKIE, "value": token, "url": address}])
            page = await context.new_page()
            page.on("pageerror", lambda error: faults.append(str(error)))
            page.on("console", lambda m: faults.append(m.text) if m.type == "error" else None)
            return page

        yield sit_down
        await browser.close()
        assert faults == []


async def test_two_people_see_the_same_conversation_live(desk, client, address, shop):
    guest = await a_guest(client, shop)
    other = await a_guest(client, shop)
    with scripted(Script()):
        await guest.say("Meine Bremsen quietschen")
        await other.say("Zweites Gespräch")
    anna, ben = await desk(shop, Role.ADVISOR), await desk(shop, Role.OWNER)
    here = f"{address}{shop.home}/inbox/{guest.conversation_id}"
    await anna.goto(here)
    await ben.goto(f"{address}{shop.home}/inbox")
    await expect(ben.locator(".thread").first).to_contain_text("Wir haben geöffnet")
    for page in (anna, ben):
        await is_live(page)

    await guest.post("handover", {})
    row = ben.locator(f"#thread-{guest.conversation_id}")
    await expect(ben.locator(".thread").first).to_have_id(f"thread-{guest.conversation_id}")
    await expect(row).to_have_class("thread thread--unread")
    await expect(ben).to_have_title(f"(1) Posteingang · {await _name(ben)}")

    await ben.goto(here)
    await expect(ben.locator("#composer")).to_be_visible()
    await is_live(ben)
    await anna.fill("#composer textarea", "Guten Tag, hier ist Anna.")
    await expect(ben.locator("#typing")).to_contain_text("Advisor")
    await anna.keyboard.press("Control+Enter")
    for page in (anna, ben):
        await expect(page.locator(".message").last).to_contain_text("hier ist Anna")
        await expect(page.locator("#conversation-head")).to_contain_text("Advisor")
        await expect(page.locator(".message", has_text="hier ist Anna")).to_have_count(1)
    await expect(anna.locator("#composer textarea")).to_have_value("")

    await ben.fill("#composer textarea", "ein Entwurf, der bleibt")
    await guest.say(ATTACK)
    await expect(ben.locator(".message").last).to_contain_text("onerror")
    await expect(ben.locator("#composer textarea")).to_have_value("ein Entwurf, der bleibt")
    assert "gotcha" not in await ben.title()
    await expect(anna.locator(".thread")).to_have_count(2)


async def test_on_a_phone_the_list_leads_to_the_conversation_and_back(desk, client, address, shop):
    guest = await a_guest(client, shop)
    page = await desk(shop, Role.ADVISOR, viewport={"width": 390, "height": 800}, has_touch=True)
    await page.goto(f"{address}{shop.home}/inbox")
    await page.click(f"#thread-{guest.conversation_id}")
    await expect(page.locator("#composer")).to_be_visible()
    await expect(page.locator("#threads")).to_be_hidden()
    await page.click("[data-pane=aside]")
    await expect(page.locator(".inbox__facts")).to_be_visible()
    await page.click(".split__aside [data-pane=detail]")
    await page.click(".split__back")
    await expect(page.locator("#threads")).to_be_visible()


async def test_a_search_narrows_the_list_and_keeps_the_conversation_live(
    desk, client, address, shop
):
    guest, other = await a_guest(client, shop), await a_guest(client, shop)
    with scripted(Script()):
        await guest.say("Winterreifen")
        await other.say("Sommerreifen")
    page = await desk(shop, Role.ADVISOR)
    await page.goto(f"{address}{shop.home}/inbox/{guest.conversation_id}")
    await expect(page.locator(".thread")).to_have_count(2)
    await page.fill("input[name=q]", "sommer")
    await expect(page.locator(".thread")).to_have_count(1)
    await is_live(page)
    with scripted(Script(pieces=["Eine neue ", "Antwort."])):
        await guest.say("Noch da?")
    await expect(page.locator(".message").last).to_contain_text("Eine neue Antwort.")
    await expect(page.locator(".thread")).to_have_count(1)
    await page.fill("input[name=q]", "gibt es nicht")
    await expect(page.locator(".empty")).to_contain_text("Nichts gefunden")


async def _name(page):
    return await page.locator(".brand__name").inner_text()
