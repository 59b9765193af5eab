"""The built widget on a workshop's page, talking to the real portal."""

import asyncio
from collections.abc import AsyncIterator
from pathlib import Path

import pytest
from playwright.async_api import Page, async_playwright, expect

from portal.kit.parts import Parts
from tests.browser_launch import NoBrowser, launch_async
from tests.makers.chat import Script, scripted
from tests.makers.shops import found_shop

LOADER = Path(__file__).parents[2] / "portal/kit/static/widget/carbot.js"

pytestmark = [
    pytest.mark.browser,
    pytest.mark.skipif(not LOADER.exists(), reason="widget not built"),
]


@pytest.fixture
async def page(address: str, parts: Parts) -> AsyncIterator[Page]:
    """The workshop's own page, which is elsewhere than the portal."""
    html = ""

    async def serve(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        await reader.readuntil(b"\r\n\r\n")
        head = "HTTP/1.0 200 OK\r\nContent-Type: text/html\r\n\r\n"
        writer.write(f"{head}{html}".encode())
        await writer.drain()
        writer.close()

    async with await asyncio.start_server(serve, "127.0.0.1", 0) as site, async_playwright() as p:
        origin = f"http://127.0.0.1:{site.sockets[0].getsockname()[1]}"
        shop = await found_shop(parts, allowed_origins=[origin])
        source = f"{address}/widget/v1/carbot.js"
        tag = f'<script src="{source}" data-site-key="{shop.site_key}" async></script>'
        html = f'<!doctype html><html lang="de"><h1>Werkstatt</h1>{tag}</html>'
        try:
            browser = await launch_async(p)
        except NoBrowser as missing:
            pytest.skip(str(missing))
        made = await browser.new_page(locale="de-DE")
        await made.goto(origin)
        yield made
        await browser.close()


async def test_a_visitor_agrees_asks_and_calls_a_person(page: Page) -> None:
    complaints: list[str] = []
    page.on("console", lambda message: complaints.append(message.text))
    await page.get_by_role("button", name="Fragen oder Termin?").click()
    await page.get_by_role("button", name="Einverstanden").click()
    with scripted(Script()):
        await page.get_by_role("textbox", name="Ihre Nachricht").fill("Haben Sie offen?")
        await page.keyboard.press("Enter")
        await page.get_by_text("Guten Tag! Wir haben geöffnet.").wait_for()
        await page.get_by_text("Quelle: Öffnungszeiten").wait_for()
    await page.get_by_role("button", name="Mit einem Menschen sprechen").click()
    await page.get_by_text("Team wird verständigt").wait_for()
    await page.get_by_label("Name").fill("Erika Muster")
    await page.get_by_label("Telefon").fill("089 555")
    await page.get_by_role("button", name="Absenden").click()
    await page.get_by_text("Vielen Dank. Wir melden uns bei Ihnen.").wait_for()
    await page.reload()
    await page.get_by_role("button", name="Fragen oder Termin?").click()
    await page.get_by_text("Guten Tag! Wir haben geöffnet.").wait_for()
    await expect(page.get_by_text("Haben Sie offen?")).to_have_count(1)
    assert complaints == []
