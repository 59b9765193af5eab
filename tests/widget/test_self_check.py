"""The page on which anybody can see what the widget asks and keeps."""

from pathlib import Path

import pytest
from playwright.async_api import async_playwright

from tests.browser_launch import NoBrowser, launch_async

ROOT = Path(__file__).parents[2]
pytestmark = [
    pytest.mark.browser,
    pytest.mark.skipif(
        not (ROOT / "portal/kit/static/widget/carbot.js").exists(), reason="widget not built"
    ),
]


@pytest.fixture
async def page():
    async with async_playwright() as playwright:
        try:
            browser = await launch_async(playwright)
        except NoBrowser as missing:
            pytest.skip(str(missing))
        made = await browser.new_page(locale="de-DE")
        yield made
        await browser.close()


async def test_the_promise_holds_before_and_after_the_click(page, address, shop):
    complaints = []
    page.on("console", lambda message: complaints.append(message.text))
    await page.goto(f"{address}/widget/v1/self-check?site_key={shop.site_key}")
    before = page.get_by_role("region", name="Vor dem Klick")
    after = page.get_by_role("region", name="Nach dem Klick, vor jeder Einwilligung")
    await before.get_by_text("wie zugesagt").wait_for()
    await after.get_by_text("wie zugesagt").wait_for()
    assert await before.locator("li").all_text_contents() == ["/widget/v1/carbot.js"]
    asked = await after.locator("li").all_text_contents()
    assert len(asked) == 3
    assert any(path.startswith("/widget/v1/chat-de-") for path in asked)
    assert await page.context.cookies() == []
    assert complaints == []


async def test_a_widget_that_keeps_something_is_found_out(page, address, shop):
    async def cheat(route):
        script = (await (await route.fetch()).text()) + ";sessionStorage.spy='1'"
        await route.fulfill(body=script, content_type="text/javascript")

    await page.route("**/widget/v1/carbot.js", cheat)
    await page.goto(f"{address}/widget/v1/self-check?site_key={shop.site_key}")
    await (
        page.get_by_role("region", name="Vor dem Klick")
        .get_by_text("nicht wie zugesagt")
        .wait_for()
    )
    await page.get_by_text("sessionStorage: spy").first.wait_for()


async def test_an_unknown_site_key_has_no_page(client):
    assert (await client.get("/widget/v1/self-check?site_key=nobody")).status_code == 404
    assert (await client.get("/widget/v1/self-check/frame?site_key=nobody")).status_code == 404
