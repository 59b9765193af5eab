"""Pages that carry the widget: strict ones, hostile ones, and what opening it moves on them."""

import pytest
from playwright.async_api import Page, expect

from tests.widget.test_widget import _begin, _launcher, _say, browser, page, pytestmark, site

__all__ = ["browser", "page", "pytestmark", "site"]

WATCH = """
window.moved = 0;
new PerformanceObserver(list => { for (const one of list.getEntries()) if (!one.hadRecentInput) moved += one.value; })
  .observe({ type: "layout-shift", buffered: true });
"""


@pytest.fixture
async def complaints(page: Page) -> list[str]:
    heard: list[str] = []
    page.on("console", lambda message: heard.append(message.text))
    page.on("pageerror", lambda error: heard.append(str(error)))
    return heard


async def test_a_nonce_on_the_tag_is_all_that_a_policy_has_to_allow(
    page: Page, site: str, complaints: list[str]
) -> None:
    await _begin(page, f"{site}nonce")
    await _say(page, "Ich möchte einen Termin")
    await page.get_by_role("heading", name="Freie Termine").wait_for()
    assert complaints == []


async def test_the_rules_of_a_hostile_page_stay_outside(page: Page, site: str) -> None:
    await page.goto(f"{site}hostile")
    box = await _launcher(page).bounding_box()
    assert box
    assert (box["height"], round(box["x"] + box["width"])) == (56, 1260)
    look = "one => [getComputedStyle(one).textTransform, getComputedStyle(one).letterSpacing]"
    assert await _launcher(page).evaluate(look) == ["none", "normal"]
    await _begin(page, f"{site}hostile")
    await expect(page.get_by_role("textbox")).to_be_visible()
    assert await page.get_by_role("textbox").evaluate(look) == ["none", "normal"]


async def test_nothing_on_the_page_moves_and_the_widget_does_not_either(
    page: Page, site: str
) -> None:
    await page.add_init_script(WATCH)
    await _begin(page, site)
    await _say(page, "Ich möchte einen Termin")
    await page.get_by_role("heading", name="Freie Termine").wait_for()
    assert await page.evaluate("moved") == 0


async def test_what_was_written_without_a_network_is_kept_and_sent_once_it_is_back(
    page: Page, site: str
) -> None:
    await _begin(page, site)
    await page.context.set_offline(True)
    await _say(page, "Haben Sie offen?")
    await expect(page.get_by_text("Keine Verbindung zum Server.")).to_be_visible()
    await page.context.set_offline(False)
    await page.get_by_text("Samstags nehmen wir").wait_for()
    await expect(page.get_by_text("Haben Sie offen?")).to_have_count(1)


async def test_a_part_that_does_not_arrive_is_told_and_fetched_again(page: Page, site: str) -> None:
    await page.goto(site)
    await _launcher(page).click()
    await page.get_by_role("button", name="Einverstanden").wait_for()
    await page.route("**/more-*.js", lambda route: route.abort())
    menu = page.get_by_role("button", name="Weitere Möglichkeiten")
    await menu.click()
    await expect(page.get_by_text("Das hat leider nicht geklappt.")).to_be_visible()
    await page.unroute("**/more-*.js")
    await menu.click()
    await expect(page.get_by_role("button", name="English")).to_be_visible()
