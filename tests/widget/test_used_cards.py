"""What a visitor has used stays done: in another language, and after the page was left."""

from collections.abc import Awaitable, Callable

import pytest
from playwright.async_api import Page, expect

from tests.widget.test_widget import _begin, _launcher, _say, browser, page, pytestmark, site
from tests.widget.tour import texts

__all__ = ["browser", "page", "pytestmark", "site"]

TURKISH = texts("tr")


async def speak_turkish(page: Page) -> None:
    await page.get_by_role("button", name="Weitere Möglichkeiten").click()
    await page.get_by_role("button", name="Türkçe").click()
    await page.locator("div[lang=tr] .log").wait_for(state="attached")


async def leave_a_contact(page: Page) -> str:
    await _say(page, "kontakt")
    await page.get_by_label("Name").fill("Erika Muster")
    await page.get_by_label("Telefon").fill("089 555")
    await page.get_by_role("button", name="Absenden").click()
    await page.get_by_text("Vielen Dank. Wir melden uns").wait_for()
    return "card.contact.done"


async def confirm_a_code(page: Page) -> str:
    await request_a_code(page)
    await page.get_by_label("Code").fill("123456")
    await page.get_by_role("button", name="Bestätigen").click()
    await page.get_by_text("Bestätigt.").wait_for()
    return "card.verify.done"


async def request_a_code(page: Page) -> str:
    await _say(page, "fahrzeug")
    await page.get_by_label("Kennzeichen oder").fill("B-CB 123")
    await page.get_by_role("button", name="Code anfordern").click()
    await page.get_by_label("Code").wait_for()
    return "card.verify.sent"


async def book_a_time(page: Page) -> str:
    await _say(page, "termin")
    await page.locator(".log .times button").first.click()
    await page.get_by_label("Name").fill("Erika Muster")
    await page.get_by_label("Telefon").fill("089 555")
    await page.get_by_role("button", name="Termin unverbindlich anfragen").click()
    await page.get_by_role("button", name="Zum Chat").click()
    await page.locator(".log .booking").wait_for()
    return "card.slots.done"


@pytest.mark.parametrize("use", [leave_a_contact, confirm_a_code, request_a_code, book_a_time])
async def test_a_used_card_stays_done_in_another_language(
    page: Page, site: str, use: Callable[[Page], Awaitable[str]]
) -> None:
    await _begin(page, site)
    said = TURKISH[await use(page)].replace("{code}", "K7RQ2M")
    await speak_turkish(page)
    card = page.locator(".log section").first
    await expect(card).to_contain_text(said)
    for name in ("name", "vehicle"):
        await expect(card.locator(f"[name={name}]")).to_have_count(0)
    await expect(card.locator(".times")).to_have_count(0)


async def test_a_rating_is_asked_for_once(page: Page, site: str) -> None:
    await _begin(page, site)
    await page.request.get(f"{site}close")
    await page.get_by_role("radio").nth(3).check()
    await page.get_by_role("button", name="Bewertung senden").click()
    await page.get_by_text("Vielen Dank für Ihre Bewertung.").wait_for()
    await speak_turkish(page)
    await expect(page.get_by_text(TURKISH["card.rating.done"])).to_be_visible()
    await page.reload()
    await _launcher(page).click()
    await expect(page.get_by_text("Vielen Dank für Ihre Bewertung.")).to_be_visible()
    await expect(page.get_by_role("radio")).to_have_count(0)


async def test_the_keyboard_goes_from_a_talk_that_ends_to_the_stars_and_on(
    page: Page, site: str
) -> None:
    await _begin(page, site)
    await _say(page, "Wann offen?")
    await page.get_by_text("Quelle: Häufige Fragen").wait_for()
    await page.get_by_role("textbox", name="Ihre Nachricht").fill("Danke, das")
    await page.request.get(f"{site}close")
    stars = page.get_by_role("radio")
    await stars.first.wait_for()
    await page.keyboard.press("Tab")
    await expect(stars.first).to_be_focused()
    await page.keyboard.press("Space")
    await page.keyboard.press("Tab")
    await page.keyboard.press("Tab")
    await page.keyboard.press("Enter")
    await page.get_by_text("Vielen Dank für Ihre Bewertung.").wait_for()
    await page.keyboard.press("Tab")
    await expect(page.get_by_role("button", name="Neues Gespräch")).to_be_focused()


async def test_a_half_filled_booking_goes_on_in_another_language(page: Page, site: str) -> None:
    await _begin(page, site)
    await _say(page, "termin")
    await page.locator(".log .times button").first.click()
    await page.get_by_label("Name").fill("Erika Muster")
    chosen = await page.locator(".sheet strong").inner_text()
    await speak_turkish(page)
    await expect(page.locator(".sheet [name=name]")).to_have_value("Erika Muster")
    await expect(page.locator(".sheet strong")).not_to_have_text(chosen)
    await page.locator(".sheet [name=phone]").fill("089 555")
    await page.get_by_role("button", name=TURKISH["book.request"]).click()
    await expect(page.locator(".sheet")).to_contain_text("K7RQ2M")


async def test_chosen_services_are_kept_in_another_language(page: Page, site: str) -> None:
    await _begin(page, site)
    await page.get_by_role("button", name="Termin buchen").click()
    await page.get_by_label("Ölwechsel").check()
    await page.get_by_role("button", name="Weiter", exact=True).click()
    await page.locator(".sheet .times button").first.wait_for()
    await speak_turkish(page)
    await page.locator(".sheet .times button").first.wait_for()
    await expect(page.locator(".sheet strong").first).to_contain_text("Ölwechsel")
