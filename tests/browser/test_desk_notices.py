"""Notices of the browser: asked for, shown while nobody looks, and silent about who it is."""

import pytest
from playwright.async_api import expect

from portal.chat import conversations
from portal.tenants.boundary import inside
from portal.tenants.permissions import Role
from tests.makers.chat import Script, a_guest, scripted
from tests.makers.desks import arrive, at_the_desk
from tests.makers.screens import becomes, is_live

pytestmark = pytest.mark.browser

KEEP_NOTICES = """
  window.notices = [];
  window.Notification = class {
    static permission = "default";
    static async requestPermission() { return (this.permission = window.answer ?? "granted"); }
    constructor(title, options) {
      if (window.refuses) throw new TypeError("Illegal constructor");
      window.notices.push(Object.assign(this, { title, ...options }));
    }
    close() {}
  };
"""
HIDE = "Object.defineProperty(document, 'visibilityState', { get: () => 'hidden', configurable: true })"
TOLD = "window.notices.map(({ title, body }) => `${title}: ${body}`)"
WAITS = "Neu im Posteingang: Ein Besucher wartet auf Antwort."


@pytest.fixture
async def page(parts, browser, shop, address):
    page = await at_the_desk(parts, browser, shop, address, Role.ADVISOR)
    await page.context.add_init_script(KEEP_NOTICES)
    return page


@pytest.fixture
async def guest(client, shop):
    visitor = await a_guest(client, shop)
    with scripted(Script()):
        await visitor.say("Ist mein Auto fertig?")
    return visitor


async def look_away(page, address):
    """Notices are allowed, and from now on the page is behind another one."""
    await arrive(page, address)
    await is_live(page)
    await page.click("[data-notify]")
    await expect(page.locator(".toast")).to_contain_text("Sie werden benachrichtigt")
    await page.evaluate(f"{HIDE}; window.notices = []")


async def test_a_notice_calls_without_a_name_and_leads_to_the_conversation(
    page, guest, shop, address
):
    await look_away(page, f"{address}{shop.home}/inbox?show=mine")
    with scripted(Script()):
        await guest.say("Und der Ölwechsel?")
    contact = {"name": "Karla Geheim", "phone": "0171 5550199"}
    await guest.post("handover", {"contact": contact, "note": "Meine IBAN ist DE02 1203"})
    await becomes(page, "window.notices.length === 2")
    assert await page.evaluate(TOLD) == [WAITS, WAITS]
    shown = await page.evaluate("JSON.stringify(window.notices)")
    for secret in ("Geheim", "0171", "IBAN", "Ölwechsel"):
        assert secret not in shown
    await page.evaluate("window.notices[0].onclick()")
    await expect(page.locator("#messages")).to_contain_text("Meine IBAN ist DE02 1203")


async def test_whoever_looks_is_not_called(page, guest, shop, address):
    await arrive(page, f"{address}{shop.home}/inbox")
    await is_live(page)
    await page.click("[data-notify]")
    await page.evaluate("window.notices = []")
    await guest.post("handover", {})
    await expect(page.locator(f"#thread-{guest.conversation_id}")).to_contain_text("Wartet")
    assert await page.evaluate("window.notices") == []


async def test_nobody_is_called_for_what_a_colleague_has_taken_on(
    page, guest, shop, address, parts, signed_in
):
    owner = await signed_in(shop)
    await owner.post(f"{shop.home}/inbox/{guest.conversation_id}/takeover")
    await look_away(page, f"{address}{shop.home}/inbox")
    await guest.say("Hallo?")
    line = page.locator(f"#thread-{guest.conversation_id}")
    await expect(line).to_contain_text("Hallo?")
    assert await page.evaluate("window.notices") == []
    await owner.post(f"{shop.home}/inbox/{guest.conversation_id}/assignment", data={"staff_id": ""})
    await guest.say("Noch jemand da?")
    await becomes(page, "window.notices.length === 1")


async def test_danger_is_said_to_be_urgent(page, guest, shop, address, parts):
    await look_away(page, f"{address}{shop.home}/inbox")
    async with inside(parts, shop.id) as db:
        await conversations.hand_over(db, guest.conversation_id, "safety")
    await becomes(page, "window.notices.length === 1")
    assert "Dringend" in (await page.evaluate(TOLD))[0]


@pytest.mark.parametrize("why", ["window.answer = 'denied'", "window.refuses = true"])
async def test_a_browser_without_notices_says_so(page, guest, shop, address, why):
    await page.context.add_init_script(why)
    await arrive(page, f"{address}{shop.home}/inbox")
    await page.click("[data-notify]")
    await expect(page.locator(".toast")).to_contain_text("keine Benachrichtigungen")
