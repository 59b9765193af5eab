"""The main job in one flow: a car owner asks, the workshop answers, a mechanic reads a car."""

import asyncio
from contextlib import asynccontextmanager, suppress
from decimal import Decimal

import pytest
from playwright.async_api import Page, expect

from portal.bookings.models import Service
from portal.demo import recordings
from portal.tenants.boundary import inside
from portal.tenants.permissions import Role
from portal.worker import work_off
from tests.browser.conftest import PASSWORD
from tests.diagnostics.test_scans import STARTED, VIN
from tests.makers.shops import found_shop

pytestmark = pytest.mark.browser


@pytest.fixture
async def shop(parts, site, address, with_passwords):
    shop = await found_shop(parts, name="Kfz Musterbetrieb", allowed_origins=[site.origin])
    async with inside(parts, shop.id) as db:
        db.add(Service(name="Ölwechsel", duration_minutes=45, price=Decimal("89.00")))
    await with_passwords(shop)
    site.embed(address, shop.site_key)
    return shop


@asynccontextmanager
async def a_worker(parts):
    async def work():
        while True:
            await work_off(parts)
            await asyncio.sleep(0.1)

    working = asyncio.create_task(work())
    try:
        yield
    finally:  # a story that fails leaves nobody behind who does the jobs of other tests
        working.cancel()
        with suppress(asyncio.CancelledError):
            await working


@asynccontextmanager
async def a_page(browser, complaints, **options):
    context = await browser.new_context(locale="de-DE", **options)
    page = await context.new_page()
    page.on("console", lambda said: said.type == "error" and complaints.append(said.text))
    page.on("pageerror", lambda fault: complaints.append(str(fault)))
    yield page
    await context.close()


async def sign_in(page: Page, address, shop, role):
    await page.goto(f"{address}/signin")
    await page.get_by_label("E-Mail-Adresse").fill(shop.accounts[role].email)
    await page.get_by_label("Passwort").fill(PASSWORD)
    await page.get_by_role("button", name="Anmelden").click()
    await page.wait_for_url("**/w/**")


async def write(visitor: Page, text):
    await visitor.get_by_role("textbox", name="Ihre Nachricht").fill(text)
    await visitor.keyboard.press("Enter")


async def answer(staff: Page, text):
    await staff.get_by_label("Ihre Antwort").fill(text)
    await staff.keyboard.press("Control+Enter")


async def test_a_car_owner_asks_and_the_workshop_takes_over(browser, parts, address, shop, site):
    complaints: list[str] = []
    phone = {"viewport": {"width": 390, "height": 844}}
    async with (
        a_worker(parts),
        a_page(browser, complaints, **phone) as visitor,
        a_page(browser, complaints) as advisor,
        a_page(browser, complaints) as owner,
    ):
        await sign_in(advisor, address, shop, Role.ADVISOR)
        await sign_in(owner, address, shop, Role.OWNER)
        await expect(advisor.get_by_role("heading", name="Posteingang")).to_be_visible()

        requests: list[str] = []
        visitor.on("request", lambda request: requests.append(request.url))
        await visitor.goto(site.origin)
        launcher = visitor.get_by_role("button", name="Fragen oder Termin?")
        await launcher.wait_for()
        assert [url for url in requests if url.startswith(address)] == [
            f"{address}/widget/v1/carbot.js"
        ]
        assert await visitor.context.cookies() == []
        assert await visitor.evaluate("localStorage.length + sessionStorage.length") == 0

        await launcher.click()
        await visitor.get_by_role("button", name="Einverstanden").click()
        await write(visitor, "Was kostet ein Ölwechsel?")
        await expect(visitor.get_by_text("89,00")).to_be_visible()

        for staff in (advisor, owner):
            await staff.get_by_text("89,00").first.wait_for()
            await staff.locator("a.thread").first.click()
            await staff.get_by_role("log").get_by_text("Was kostet ein Ölwechsel?").wait_for()

        await advisor.get_by_role("button", name="Übernehmen").click()
        await answer(advisor, "Guten Tag, gern auch mit <b>Leihwagen</b>.")
        await expect(visitor.get_by_text("mit <b>Leihwagen</b>")).to_be_visible()
        await expect(owner.get_by_role("log").get_by_text("mit <b>Leihwagen</b>")).to_be_visible()

        await write(visitor, "Was kostet ein Ölwechsel am Samstag?")
        for staff in (advisor, owner):
            await staff.get_by_role("log").get_by_text("am Samstag?").wait_for()
        await answer(advisor, "Am Samstag ist es dasselbe.")
        await expect(visitor.get_by_text("ist es dasselbe")).to_be_visible()
        said = await visitor.get_by_text("89,00").count()
        assert said == 1, "the bot spoke over a person"

        await visitor.reload()
        await visitor.get_by_role("button", name="Fragen oder Termin?").click()
        await expect(visitor.get_by_text("am Samstag?")).to_be_visible()

        await advisor.get_by_role("button", name="Beenden").click()
        await expect(visitor.get_by_text("Gespräch beendet").first).to_be_visible()
        await expect(owner.locator("#conversation-head").get_by_text("Beendet")).to_be_visible()
    assert complaints == []


async def test_a_mechanic_uploads_a_recording_and_reads_it_in_german(
    browser, parts, address, shop, tmp_path
):
    made = recordings.adapter_scan(
        vin=VIN, started_at=STARTED, seed=1, stored=["P0171"], duration_s=30
    )
    file = tmp_path / made.name
    file.write_bytes(made.data)
    complaints: list[str] = []
    tablet = {"viewport": {"width": 820, "height": 1180}}
    async with a_worker(parts), a_page(browser, complaints, **tablet) as mechanic:
        await sign_in(mechanic, address, shop, Role.MECHANIC)
        await mechanic.get_by_role("link", name="Diagnose").first.click()
        await mechanic.get_by_role("link", name="Hochladen").first.click()
        await mechanic.get_by_label("Aufzeichnungen").set_input_files(file)
        await mechanic.get_by_role("link", name="Ansehen").click()
        await expect(mechanic.get_by_role("heading", name="P0171", exact=True)).to_be_visible()
        await expect(mechanic.get_by_text("Gemisch").first).to_be_visible()
        await expect(mechanic.get_by_text(VIN).first).to_be_visible()
        await mechanic.locator("[data-plot] canvas").first.wait_for()
    assert complaints == []
