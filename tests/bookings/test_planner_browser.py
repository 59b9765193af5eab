"""The calendar in real browsers: dragging, two viewers, a call, a refusal, the keyboard."""

import asyncio

import pytest
from playwright.async_api import async_playwright, expect
from sqlalchemy import select

from portal.bookings.models import Appointment, State
from portal.tenants.boundary import inside
from portal.tenants.callers import COOKIE
from portal.tenants.permissions import Role
from tests.browser_launch import launch_async
from tests.makers.bookings import a_calendar, a_service, an_appointment, at
from tests.makers.public import next_monday
from tests.makers.screens import becomes
from tests.makers.shops import session_of
from tests.makers.vehicles import a_customer, a_vehicle

pytestmark = pytest.mark.browser


DAY = next_monday()


@pytest.fixture
async def counter(address, parts, shop):
    """Opens the day in a browser of its own; faults in its scripts are collected."""
    async with async_playwright() as playwright:
        browser = await launch_async(playwright)
        faults: list[str] = []

        def note(message):
            if message.type == "error" and "409" not in message.text:
                faults.append(message.text)

        async def sit_down(role=Role.ADVISOR, *, query=f"view=day&date={DAY}", **options):
            size = {"viewport": {"width": 1280, "height": 900}, **options}
            context = await browser.new_context(locale="de-DE", **size)
            token = await session_of(parts, shop.accounts[role])
            await context.add_cookies([{"name": COOKIE, "value": token, "url": address}])
            page = await context.new_page()
            page.on("pageerror", lambda error: faults.append(str(error)))
            page.on("console", note)
            await page.goto(f"{address}{shop.home}/bookings?{query}")
            await expect(page.locator("[data-connection]")).to_have_attribute("data-state", "live")
            return page

        yield sit_down
        await browser.close()
        assert faults == []


@pytest.fixture
async def made(parts, shop):
    async with inside(parts, shop.id) as db:
        there = await a_calendar(db)
        service = await a_service(db)
        keeper = await a_customer(db, name="Horst Krause", phone="0171 5550101")
        car = await a_vehicle(db, keeper=keeper)
        resources = (there.lift, there.person)
        known = {"customer_id": keeper.id, "vehicle_id": car.id, "services": (service,)}
        one = await an_appointment(db, at(f"{DAY} 09:00"), on=resources, **known)
    return there, one


async def box_of(locator):
    """Where it is; the calendar may just be coming afresh."""
    for _attempt in range(20):
        await locator.wait_for()
        box = await locator.bounding_box()
        if box:
            return box
    raise AssertionError("it does not stay")


async def drag(page, visit, to_column, to_hour, *, key=None):
    """The block's upper edge to an hour of a column, as a hand would."""
    box = await box_of(visit)
    await page.mouse.move(box["x"] + 20, box["y"] + 8)
    await page.mouse.down()
    await drag_on(page, box, to_column, to_hour, key=key)


async def drag_on(page, box, to_column, to_hour, *, key=None):
    """On with what was pressed at its upper left corner."""
    column = page.locator("[data-column]").nth(to_column)
    target = await box_of(column)
    first, hours = [
        int(await page.locator(".day").get_attribute(name)) for name in ("data-first", "data-hours")
    ]
    y = target["y"] + (to_hour - first) * target["height"] / hours + 8
    await page.mouse.move(box["x"] + 40, box["y"] + 30, steps=3)
    if key:
        await page.keyboard.down(key)
    await page.mouse.move(target["x"] + 30, y, steps=6)
    await page.mouse.up()
    if key:
        await page.keyboard.up(key)


async def test_a_dragged_appointment_stays_and_another_viewer_sees_it(counter, made, parts, shop):
    anna, ben = await counter(), await counter(Role.OWNER)
    await drag(anna, anna.locator(".slot .visit"), 1, 14)
    for page in (anna, ben):
        column = page.locator("[data-column]").nth(1)
        await expect(column.locator(".visit")).to_contain_text("14:00–15:00")
        await expect(page.locator(".slot .visit")).to_have_count(1)
    await anna.reload()
    await expect(anna.locator("[data-connection]")).to_have_attribute("data-state", "live")
    moved = anna.locator("[data-column]").nth(1).locator(".visit")
    await expect(moved).to_contain_text("14:00–15:00")

    await drag(anna, moved, 0, 10, key="Alt")
    await expect(ben.locator(".slot .visit")).to_have_count(2)

    await expect(anna.locator(".ghost")).to_have_count(0)
    await expect(anna.locator(".slot .visit")).to_have_count(2)
    edge = anna.locator("[data-column]").nth(0).locator(".slot__edge")
    box = await box_of(edge)
    await anna.mouse.move(box["x"] + 40, box["y"] + 4)
    await anna.mouse.down()
    await anna.mouse.move(box["x"] + 40, box["y"] + 40, steps=4)
    await anna.mouse.move(box["x"] + 40, box["y"] + 4 + 68, steps=4)
    await anna.mouse.up()
    await expect(ben.locator("[data-column]").nth(0)).to_contain_text("10:00–12:00")


async def test_a_calendar_that_comes_afresh_under_the_hand_does_not_spoil_the_drag(
    counter, made, parts, shop
):
    page = await counter()
    hand = asyncio.Event()

    async def late(route):
        await hand.wait()
        await route.continue_()

    await page.route("**/bookings?**", late)
    visit = page.locator(".slot .visit")
    box = await box_of(visit)
    async with page.expect_request("**/bookings?**"):
        await page.evaluate("document.dispatchEvent(new CustomEvent('planner-changed'))")
    await page.mouse.move(box["x"] + 20, box["y"] + 8)
    await page.mouse.down()
    async with page.expect_response("**/bookings?**"):
        hand.set()
    await becomes(page, "!htmx.find('.htmx-request')")
    await drag_on(page, box, 1, 14)
    await expect(page.locator("[data-column]").nth(1)).to_contain_text("14:00–15:00")


async def test_a_refused_drag_springs_back_and_is_explained(counter, made, parts, shop):
    there, one = made
    async with inside(parts, shop.id) as db:
        await an_appointment(db, at(f"{DAY} 13:00"), 120, on=(*there.lifts, *there.people))
    page = await counter()
    mine = page.locator(f"#visit-{one.id}")
    await drag(page, mine, 0, 13)
    dialog = page.locator("#planner-dialog")
    await expect(dialog).to_be_visible()
    await expect(dialog.locator(".reasons")).to_contain_text(there.lift.name)
    await page.keyboard.press("Escape")
    await expect(mine).to_contain_text("09:00–10:00")
    await expect(page.locator(".ghost")).to_have_count(0)
    async with inside(parts, shop.id) as db:
        kept = await db.scalar(select(Appointment).where(Appointment.id == one.id))
        assert kept.starts_at == at(f"{DAY} 09:00")


async def test_a_call_is_booked_in_three_actions(counter, made, parts, shop):
    page = await counter()
    await expect(page.locator("#new-q")).to_be_attached()
    await page.keyboard.press("n")
    await expect(page.locator("#new-q")).to_be_focused()
    await page.keyboard.type("kf 1234")
    await expect(page.locator("#new-people")).to_contain_text("Horst Krause")
    await page.keyboard.press("Enter")  # one: who
    await page.keyboard.press("Enter")  # two: the first service
    await expect(page.locator("#new-when input:checked[name=services]")).to_have_count(1)
    await page.keyboard.press("Enter")  # three: the first free time
    await expect(page.locator("#toasts")).to_contain_text(":")
    await expect(page.locator("#new-appointment")).to_be_hidden()
    async with inside(parts, shop.id) as db:
        found = (await db.scalars(select(Appointment).order_by(Appointment.id))).all()
        assert len(found) == 2
        assert found[1].vehicle_id == found[0].vehicle_id
        assert found[1].work_minutes == 60


async def test_the_keyboard_reaches_opens_and_moves_an_appointment(counter, made, parts, shop):
    page = await counter()
    visit = page.locator(".slot .visit")
    await page.keyboard.press("j")
    await expect(visit).to_be_focused()
    await page.keyboard.press("Enter")
    await expect(page.locator("#sheet .sheet__title")).to_be_focused()
    await page.keyboard.press("Escape")
    await expect(visit).to_be_focused()
    await page.keyboard.press("m")
    await expect(page.locator("#move-time")).to_be_visible()
    await page.fill("#move-time", "11:15")
    await page.keyboard.press("Enter")
    await expect(visit).to_contain_text("11:15–12:15")
    await expect(page.locator("dialog[open]")).to_have_count(0)
    await page.keyboard.press("w")
    await expect(page.locator(".week .visit")).to_contain_text("11:15")
    await page.keyboard.press("d")
    await expect(page.locator(".day")).to_be_visible()


async def test_a_request_is_confirmed_and_leaves_everybody_s_list(counter, made, parts, shop):
    there, _one = made
    async with inside(parts, shop.id) as db:
        free = (there.lifts[1], there.people[1])
        await an_appointment(db, at(f"{DAY} 10:00"), state=State.REQUESTED, on=free)
    anna, ben = await counter(), await counter(Role.OWNER)
    for page in (anna, ben):
        await page.click("text=Anfragen")
        await expect(page.locator(".case")).to_have_count(1)
        await expect(page.locator("[data-connection]")).to_have_attribute("data-state", "live")
    await anna.locator(".case .button--primary").click()
    for page in (anna, ben):
        await expect(page.locator(".case")).to_have_count(0)


async def test_a_phone_lists_the_day_and_nothing_overflows(counter, made):
    page = await counter(viewport={"width": 390, "height": 844}, has_touch=True)
    await expect(page.locator(".agenda__visit")).to_have_count(1)
    await expect(page.locator(".day")).to_be_hidden()
    wide = "document.documentElement.scrollWidth - document.documentElement.clientWidth"
    assert await page.evaluate(wide) == 0
    await page.click(".agenda__visit")
    await expect(page.locator("#sheet")).to_contain_text("Horst Krause")
    small = await page.evaluate(
        "[...document.querySelectorAll('#sheet button, #sheet a.button, .planner__tabs button')]"
        ".filter((one) => one.checkVisibility() && one.getBoundingClientRect().height < 44)"
        ".map((one) => one.outerHTML.slice(0, 80))"
    )
    assert small == []
