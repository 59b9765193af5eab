"""The desk in real browsers: prepared answers, notes, keys, clocks, and a board that two people see."""

import pytest
from playwright.async_api import async_playwright, expect

from portal.chat import canned_replies, tasks
from portal.tenants.boundary import inside
from portal.tenants.callers import COOKIE
from portal.tenants.permissions import Role
from tests.browser_launch import launch_async
from tests.makers.chat import Script, a_guest, scripted
from tests.makers.screens import faults_of_axe, is_live
from tests.makers.shops import session_of
from tests.makers.vehicles import a_customer, a_vehicle

pytestmark = pytest.mark.browser

PHONE = {"viewport": {"width": 390, "height": 844}, "has_touch": True}


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


@pytest.fixture
async def guest(client, shop, parts):
    async with inside(parts, shop.id) as db:
        for shortcut, text in (("fertig", "Guten Tag {name}, fertig."), ("termin", "Ihr Termin")):
            await canned_replies.save(db, None, shortcut=shortcut, title=shortcut, text=text)
        keeper = await a_customer(db, name="Erika Muster")
        await a_vehicle(db, plate="B-AP 4417", keeper=keeper)
    visitor = await a_guest(client, shop)
    with scripted(Script()):
        await visitor.say("Ist mein Auto fertig?")
    await visitor.post("handover", {"contact": {"name": "Frau Muster", "phone": "0171 1"}})
    return visitor


async def test_the_story_of_an_advisor_by_keyboard(desk, guest, address, shop):
    page = await desk(shop, Role.ADVISOR, viewport={"width": 1440, "height": 900})
    await page.goto(f"{address}{shop.home}/inbox")
    await page.keyboard.press("j")
    await page.keyboard.press("Enter")
    await expect(page.locator("#composer")).to_be_visible()
    await expect(page.locator("#conversation-head [data-clock]")).to_be_visible()
    await page.keyboard.press("?")
    await expect(page.locator("#inbox-keys")).to_be_visible()
    await page.keyboard.press("Escape")

    await page.keyboard.press("n")
    await page.keyboard.type("Wagen steht in Halle 2")
    await page.keyboard.press("Control+Enter")
    await expect(page.locator(".message--note")).to_contain_text("Halle 2")
    assert "Halle 2" not in str(await guest.history())

    await page.locator("h1").click()
    await page.keyboard.press("r")
    await page.keyboard.type("/fer")
    await expect(page.locator(".reply[aria-selected=true]")).to_contain_text("/fertig")
    await page.keyboard.press("Enter")
    await expect(page.locator("#composer textarea")).to_have_value("Guten Tag Frau Muster, fertig.")
    await page.keyboard.press("Control+Enter")
    await expect(page.locator("#composer textarea")).to_have_value("")
    await expect(page.locator("#conversation-head")).to_contain_text("Advisor")
    await expect(page.locator("#conversation-head [data-clock]")).to_have_count(0)
    assert (await guest.history())[-1]["text"] == "Guten Tag Frau Muster, fertig."

    await page.locator("h1").click()
    await page.keyboard.press("e")
    await expect(page.locator("#conversation-head")).to_contain_text("Beendet")


async def test_a_visitor_is_linked_and_becomes_a_task(desk, guest, address, shop):
    page = await desk(shop, Role.ADVISOR, viewport={"width": 1440, "height": 900})
    await page.goto(f"{address}{shop.home}/inbox/{guest.conversation_id}")
    await page.click("[data-dialog=link-dialog]")
    await page.fill("#link-q", "b-ap 4417")
    await page.click(".people__one")
    await expect(page.locator("#visitor-context")).to_contain_text("Erika Muster")
    await expect(page.locator("#link-dialog")).to_be_hidden()
    await page.click("[data-task=callback]")
    await expect(page.locator("#task-title")).to_have_value("Rückruf: Frau Muster")
    await page.click("#task-dialog button.button--primary")
    await expect(page.locator("#task-dialog")).to_be_hidden()
    await expect(page.locator("#visitor-tasks")).to_contain_text("Rückruf: Frau Muster")


async def test_a_draft_waits_to_be_edited(desk, guest, address, shop):
    page = await desk(shop, Role.ADVISOR)
    await page.goto(f"{address}{shop.home}/inbox/{guest.conversation_id}")
    before = len(await guest.history())
    await page.click("[data-suggest]")
    await expect(page.locator("#composer textarea")).not_to_have_value("")
    assert len(await guest.history()) == before


async def test_two_people_see_the_same_board(desk, address, shop, parts):
    async with inside(parts, shop.id) as db:
        one = await tasks.create(db, tasks.Draft(title="Teile bestellen"))
    anna, ben = await desk(shop, Role.ADVISOR), await desk(shop, Role.OWNER, **PHONE)
    for page in (anna, ben):
        await page.goto(f"{address}{shop.home}/inbox/tasks")
        await expect(page.locator(f"[data-state=new] #task-{one.id}")).to_be_visible()
        await is_live(page)
    await anna.locator(f"#task-{one.id}").drag_to(anna.locator("[data-state=in_progress]"))
    for page in (anna, ben):
        await expect(page.locator(f"[data-state=in_progress] #task-{one.id}")).to_be_visible()
    await ben.click(f"#task-{one.id} [data-resolve=completed]")
    await ben.fill("#resolve-form textarea", "Liegt im Regal.")
    await ben.click("#resolve-form button.button--primary")
    for page in (anna, ben):
        await expect(page.locator(f"[data-state=completed] #task-{one.id}")).to_contain_text(
            "Regal"
        )


@pytest.mark.parametrize("scheme", ["light", "dark"])
async def test_nothing_in_the_way_of_people_who_listen_or_see_badly(
    desk, guest, address, shop, parts, scheme
):
    async with inside(parts, shop.id) as db:
        await tasks.create(db, tasks.Draft(title="Teile bestellen", phone="0171 1"))
    for size in ({"viewport": {"width": 1440, "height": 900}}, PHONE):
        page = await desk(shop, Role.OWNER, color_scheme=scheme, **size)
        for path in (f"inbox/{guest.conversation_id}", "inbox/tasks", "inbox/settings"):
            await page.goto(f"{address}{shop.home}/{path}")
            assert await faults_of_axe(page) == [], path
