"""Visitors book on a phone: one by form, one with the assistant; the workshop sees both."""

from contextlib import asynccontextmanager

import pytest
from playwright.async_api import Page, expect
from sqlalchemy import select

from portal.bookings.models import Appointment
from portal.tenants.boundary import inside
from portal.tenants.permissions import Role
from tests.browser.conftest import PASSWORD
from tests.makers.bookings import a_calendar, a_service
from tests.makers.shops import found_shop

pytestmark = pytest.mark.browser

PHONE = {"viewport": {"width": 390, "height": 844}, "has_touch": True}


@pytest.fixture
async def shop(parts, site, address, with_passwords):
    """One lift: a time that one visitor books is gone for the other."""
    shop = await found_shop(parts, name="Kfz Musterbetrieb", allowed_origins=[site.origin])
    async with inside(parts, shop.id) as db:
        await a_calendar(db, 1, 1)
        await a_service(db)
        await a_service(db, "Klimaservice", duration_minutes=75, price="99.00")
    await with_passwords(shop)
    site.embed(address, shop.site_key)
    return shop


@asynccontextmanager
async def a_page(browser, complaints, **options):
    context = await browser.new_context(locale="de-DE", **options)
    page = await context.new_page()
    page.on("console", lambda said: said.type == "error" and complaints.append(said.text))
    page.on("pageerror", lambda fault: complaints.append(str(fault)))
    yield page
    await context.close()


async def open_widget(page: Page, site, how):
    await page.goto(site.origin)
    await page.get_by_role("button", name="Fragen oder Termin?").click()
    await page.get_by_role("button", name=how).click()


async def say(page: Page, text):
    await page.get_by_role("textbox", name="Ihre Nachricht").fill(text)
    await page.keyboard.press("Enter")


async def send(page: Page, name):
    await page.get_by_label("Name").fill(name)
    await page.get_by_label("Telefon").fill("030 5550123")
    await page.get_by_role("button", name="Termin unverbindlich anfragen").click()


async def sign_in(page: Page, address, shop):
    await page.goto(f"{address}/signin")
    await page.get_by_label("E-Mail-Adresse").fill(shop.accounts[Role.ADVISOR].email)
    await page.get_by_label("Passwort").fill(PASSWORD)
    await page.get_by_role("button", name="Anmelden").click()
    await page.wait_for_url("**/w/**")


async def test_one_books_by_form_and_one_with_the_assistant(browser, parts, address, shop, site):
    complaints: list[str] = []
    async with (
        a_page(browser, complaints, **PHONE) as erika,
        a_page(browser, complaints, **PHONE) as otto,
        a_page(browser, complaints) as advisor,
    ):
        await sign_in(advisor, address, shop)

        await open_widget(erika, site, "Zustimmen und Termin buchen")
        await erika.get_by_label("Ölwechsel").check()
        await erika.get_by_role("button", name="Weiter", exact=True).click()
        await erika.locator(".times button").first.wait_for()

        await open_widget(otto, site, "Einverstanden, Chat starten")
        await say(otto, "Ich brauche einen Termin")
        await otto.get_by_role("button", name="Ölwechsel", exact=True).click()
        await otto.locator(".log .times button").first.wait_for()

        # Both have the same first time before them; Erika is quicker.
        await erika.locator(".times button").first.click()
        await send(erika, "Erika Muster")
        await expect(erika.get_by_role("heading", name="Vielen Dank!")).to_be_visible()
        await erika.get_by_role("button", name="Zum Chat").click()
        await expect(erika.locator(".log .booking")).to_contain_text("Ölwechsel")

        await otto.locator(".log .times button").first.click()
        await send(otto, "Otto Beispiel")
        await expect(otto.get_by_role("alert")).to_contain_text("gerade vergeben")
        await otto.locator(".sheet .times button").first.click()
        await expect(otto.get_by_label("Name")).to_have_value("Otto Beispiel")
        await otto.get_by_role("button", name="Termin unverbindlich anfragen").click()
        await otto.get_by_role("button", name="Zum Chat").click()
        await expect(otto.locator(".log .booking")).to_be_visible()
        await otto.reload()
        await otto.get_by_role("button", name="Fragen oder Termin?").click()
        await expect(otto.locator(".log .booking")).to_contain_text("Terminnummer")
        await expect(otto.locator(".log .times")).to_have_count(0)

        async with inside(parts, shop.id) as db:
            made = (await db.scalars(select(Appointment).order_by(Appointment.created_at))).all()
        assert [one.origin for one in made] == ["form", "chat"]
        assert made[0].ends_at <= made[1].starts_at

        await advisor.goto(f"{address}{shop.home}/inbox/{made[1].source_id}")
        await expect(advisor.locator("#visitor-bookings")).to_contain_text(made[1].code)
        await expect(advisor.locator("#visitor-bookings")).to_contain_text("Angefragt")
        await expect(advisor.get_by_role("log")).to_contain_text(made[1].code)
        await advisor.get_by_role("link", name="Termin ansehen").click()
        await expect(advisor.get_by_text("Otto Beispiel").first).to_be_visible()
    taken = [said for said in complaints if "409" not in said]
    assert taken == []
