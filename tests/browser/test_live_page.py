"""The page of a live recording: gauges and charts move as the car does."""

import json
from datetime import UTC, datetime
from uuid import uuid4

import pytest
from playwright.async_api import expect
from websockets.asyncio.client import connect

from portal.tenants.permissions import Role
from tests.browser.test_story import a_page, sign_in
from tests.makers.shops import found_shop

pytestmark = pytest.mark.browser


def answer(number, rpm):
    high, low = divmod(rpm * 4, 256)
    return [number, number / 10, "010C", [f"7E8 04 41 0C {high:02X} {low:02X}"]]


async def test_a_gauge_shows_the_newest_value_and_the_end_is_told(
    browser, parts, address, with_passwords
):
    shop = await found_shop(parts)
    await with_passwords(shop)
    complaints, recording_id = [], uuid4()
    url = address.replace("http", "ws") + "/api/v1/integrations/obd/live"
    headers = {"Authorization": f"Bearer {shop.token}"}
    async with (
        a_page(browser, complaints) as page,
        connect(url, additional_headers=headers, proxy=None) as line,
    ):

        async def say(**message):
            await line.send(json.dumps(message))
            return json.loads(await line.recv())

        started = datetime.now(UTC).isoformat()
        await say(type="hello", recording=str(recording_id), started_at=started, device="PC")
        await sign_in(page, address, shop, Role.MECHANIC)
        await page.goto(f"{address}{shop.home}/diagnostics/live/{recording_id}")
        await expect(page.locator("[data-state-text]")).to_have_text("zeichnet auf")
        for number, rpm in enumerate((800, 1500, 2345), start=1):
            await say(type="entries", items=[answer(number, rpm)])
        await expect(page.locator(".gauge__value").first).to_have_text("2.345 1/min")
        await expect(page.locator(".strip")).to_have_count(1)
        await page.locator(".gauge").first.click()
        await expect(page.locator(".strip")).to_have_count(0)
        await say(type="end", reason="CAN ERROR")
        await expect(page.locator("[data-state-text]")).to_contain_text("Störung")
    assert complaints == []
