"""The board of tasks without a mouse, and on a phone."""

import pytest
from playwright.async_api import expect

from portal.chat import tasks
from portal.tenants.boundary import inside
from portal.tenants.permissions import Role
from tests.makers.desks import arrive, at_the_desk

pytestmark = pytest.mark.browser

SIZES = [{"width": 1440, "height": 900}, {"width": 390, "height": 844}]


@pytest.mark.parametrize("viewport", SIZES, ids=["desktop", "phone"])
async def test_a_task_is_done_by_keyboard_and_the_focus_goes_with_its_card(
    parts, browser, shop, address, viewport
):
    async with inside(parts, shop.id) as db:
        for title in ("Teile bestellen", "Rückruf Frau Muster"):
            one = await tasks.create(db, tasks.Draft(title=title))
    page = await at_the_desk(parts, browser, shop, address, Role.ADVISOR, viewport=viewport)
    await arrive(page, f"{address}{shop.home}/inbox/tasks")
    card = page.locator(f"#task-{one.id}")
    first = card.locator(".task__deeds button").first
    await first.focus()
    await page.keyboard.press("Enter")
    await expect(page.locator(f"[data-state=assigned] #task-{one.id}")).to_be_visible()
    await expect(first).to_be_focused()
    await page.keyboard.press("Enter")
    await expect(page.locator(f"[data-state=in_progress] #task-{one.id}")).to_be_visible()
    await expect(first).to_be_focused()
    await page.keyboard.press("Enter")
    await page.keyboard.type("Erledigt am Telefon")
    await page.keyboard.press("Control+Enter")
    await expect(page.locator(f"[data-state=completed] #task-{one.id}")).to_contain_text("Telefon")
    await expect(first).to_be_focused()
    await expect(first).to_have_text("Wieder öffnen")
