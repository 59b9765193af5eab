"""Appointments in the built widget: by the form without any AI, and by the cards of an answer."""

import re
from typing import Any

import pytest
from playwright.async_api import Browser, Page, ViewportSize, expect

from tests.widget.test_widget import (
    BUILT,
    _begin,
    _fault,
    _heard,
    _launcher,
    _say,
    browser,
    page,
    pytestmark,
    site,
)

__all__ = ["browser", "page", "pytestmark", "site"]


async def open_form(page: Page, site: str) -> None:
    """From the first screen: the consent, and no message to an assistant."""
    await page.goto(site)
    await _launcher(page).click()
    await page.get_by_role("button", name="Zustimmen und Termin buchen").click()
    await page.get_by_role("heading", name="Was dürfen wir tun?").wait_for()


async def fill_in(page: Page, **more: str) -> None:
    for label, text in {"Name": "Erika Muster", "Telefon": "030 5550123", **more}.items():
        await page.get_by_label(label).fill(text)


async def test_the_form_books_without_a_message(page: Page, site: str) -> None:
    asked: list[str] = []
    page.on("request", lambda request: asked.append(f"{request.method} {request.url}"))
    await open_form(page, site)
    await page.get_by_label("Ölwechsel").check()
    await page.get_by_label("Räderwechsel").check()
    await expect(page.get_by_text("ca. 75 Min. · ab 128,00 €")).to_be_visible()
    await page.get_by_label("Ich warte in der Werkstatt").check()
    await page.get_by_role("button", name="Weiter", exact=True).click()
    await page.locator(".days button").nth(1).click()
    await page.locator(".times button").nth(2).click()
    await fill_in(page, Kennzeichen="B-CB 123")
    await page.get_by_role("button", name="Termin unverbindlich anfragen").click()
    await expect(page.get_by_role("heading", name="Vielen Dank!")).to_be_visible()
    await expect(page.locator(".sheet").get_by_text("K7RQ2M")).to_be_visible()
    await page.get_by_role("button", name="Zum Chat").click()
    await expect(page.locator(".log .booking").get_by_text("K7RQ2M")).to_be_visible()
    assert [one for one in asked if one.endswith("/messages")] == []
    assert (await _heard(page, "booked"))[0]["state"] == "requested"


async def test_a_booking_is_still_there_after_the_page_was_left(page: Page, site: str) -> None:
    await test_the_form_books_without_a_message(page, site)
    await page.reload()
    await _launcher(page).click()
    await expect(page.locator(".log .booking").get_by_text("K7RQ2M")).to_be_visible()


async def test_a_time_of_an_answer_is_booked_with_the_same_form(page: Page, site: str) -> None:
    await _begin(page, site)
    await _say(page, "Ich möchte einen Termin")
    await page.locator(".log .times button").nth(1).click()
    await page.get_by_role("heading", name="Ihre Angaben").wait_for()
    await page.get_by_label("Name").fill("Erika Muster")
    await page.get_by_role("button", name="unverbindlich").click()
    await page.get_by_text("Telefonnummer oder eine E-Mail-Adresse").wait_for()
    await page.get_by_label("Telefon").fill("089 555")
    await page.get_by_role("button", name="unverbindlich").click()
    await page.get_by_role("button", name="Zum Chat").click()
    await expect(page.get_by_text("Gesendet. Ihre Terminnummer: K7RQ2M")).to_be_visible()
    assert (await _heard(page, "booked"))[0]["state"] == "requested"


async def test_who_comes_too_late_chooses_again_and_types_nothing_twice(
    page: Page, site: str
) -> None:
    await _begin(page, site)
    await _say(page, "Ich möchte einen Termin")
    await page.locator(".log .times button").first.click()
    await fill_in(page, Anliegen="vergeben")
    await page.get_by_role("button", name="unverbindlich").click()
    await expect(page.get_by_role("alert")).to_contain_text("gerade vergeben")
    await page.locator(".sheet .times button").nth(2).click()
    await expect(page.get_by_label("Name")).to_have_value("Erika Muster")


async def test_where_staff_plan_the_time_a_description_is_enough(page: Page, site: str) -> None:
    await page.request.get(f"{site}faults?describe=1")
    await open_form(page, site)
    await page.get_by_role("button", name="Weiter", exact=True).click()
    await expect(page.get_by_role("alert")).to_have_text("Bitte ausfüllen.")
    await page.get_by_label("Was ist zu tun?").fill("Es klappert vorn links")
    await page.get_by_role("button", name="Weiter", exact=True).click()
    await fill_in(page)
    await page.get_by_role("button", name="unverbindlich").click()
    await expect(page.locator(".sheet").get_by_text("Termine zur Auswahl")).to_be_visible()


async def test_an_order_says_that_it_costs_money_and_shows_its_terms(page: Page, site: str) -> None:
    await page.request.get(f"{site}faults?contract=1")
    await open_form(page, site)
    await page.get_by_label("Räderwechsel").check()
    await page.get_by_role("button", name="Weiter", exact=True).click()
    await page.locator(".times button").first.click()
    await page.get_by_text("Auftragsbedingungen").click()
    await expect(page.get_by_text("unsere Reparaturbedingungen")).to_be_visible()
    await page.get_by_text("Widerrufsbelehrung").click()
    await expect(page.get_by_text("binnen vierzehn Tagen")).to_be_visible()
    button = page.get_by_role("button", name="Zahlungspflichtig beauftragen")
    await expect(button).to_be_visible()
    await expect(page.get_by_role("button", name="unverbindlich")).to_have_count(0)


async def test_what_has_no_price_that_holds_is_requested_and_not_ordered(
    page: Page, site: str
) -> None:
    await page.request.get(f"{site}faults?contract=1")
    await open_form(page, site)
    await page.get_by_label("Ölwechsel").check()
    await page.get_by_role("button", name="Weiter", exact=True).click()
    await page.locator(".times button").first.click()
    await expect(page.get_by_role("button", name="unverbindlich")).to_be_visible()
    await expect(page.get_by_role("button", name="Zahlungspflichtig")).to_have_count(0)


async def test_the_whole_form_works_by_keyboard_and_escape_leaves_it(page: Page, site: str) -> None:
    await _begin(page, site)
    await page.get_by_role("button", name="Termin buchen").focus()
    await page.keyboard.press("Enter")
    await expect(page.get_by_role("heading", name="Was dürfen wir tun?")).to_be_focused()
    await page.get_by_label("Ölwechsel").focus()
    await page.keyboard.press("Space")
    await page.get_by_role("button", name="Weiter", exact=True).press("Enter")
    await page.locator(".times button").first.press("Enter")
    await expect(page.get_by_role("heading", name="Ihre Angaben")).to_be_focused()
    await page.keyboard.press("Escape")
    await expect(page.get_by_role("textbox", name="Ihre Nachricht")).to_be_visible()
    await expect(page.locator(".sheet")).to_have_count(0)
    assert [name for name, _ in await page.evaluate("heard")] == ["ready", "open"]


async def test_a_session_that_ran_out_in_the_form_asks_for_consent_again(
    page: Page, site: str
) -> None:
    await open_form(page, site)
    await page.get_by_label("Ölwechsel").check()
    await _fault(page, site, "expire=1")
    await page.get_by_role("button", name="Weiter", exact=True).click()
    await expect(page.get_by_text("Ihre Sitzung ist abgelaufen")).to_be_visible()
    await expect(page.get_by_role("button", name="Einverstanden, Chat starten")).to_be_visible()


@pytest.mark.parametrize("scheme", ["light", "dark"])
async def test_every_step_is_accessible_and_its_targets_are_large(
    browser: Browser, site: str, scheme: Any
) -> None:
    phone = ViewportSize(width=390, height=844)
    page = await browser.new_page(
        color_scheme=scheme, reduced_motion="reduce", locale="de-DE", viewport=phone
    )
    await open_form(page, site)
    await page.evaluate((BUILT / "vendor/axe.min.js").read_text())
    await _examine(page)
    await page.get_by_label("Ölwechsel").check()
    await page.get_by_role("button", name="Weiter", exact=True).click()
    await page.locator(".times button").first.wait_for()
    await _examine(page)
    await page.locator(".times button").first.click()
    await page.get_by_role("heading", name="Ihre Angaben").wait_for()
    await _examine(page)
    await fill_in(page)
    await page.get_by_role("button", name="unverbindlich").click()
    await page.get_by_role("heading", name="Vielen Dank!").wait_for()
    await _examine(page)
    await page.close()


async def _examine(page: Page) -> None:
    found = await page.evaluate("axe.run(document.querySelector('carbot-chat'))")
    faults = [(one["id"], one["nodes"][0]["failureSummary"]) for one in found["violations"]]
    assert faults == []
    for target in await page.locator(".sheet :is(button, .choice, summary, input)").all():
        box = await target.bounding_box()
        kind = await target.evaluate("one => `${one.type ?? one.tagName} ${one.textContent}`")
        if box and not re.match("checkbox", kind):
            assert box["height"] >= 44, kind
    width = "document.documentElement.scrollWidth - innerWidth"
    assert await page.evaluate(width) <= 0
