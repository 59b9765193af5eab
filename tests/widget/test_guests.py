"""Who is addressed how: seven languages, both directions, questions without any AI, another device."""

import re

import pytest
from playwright.async_api import Page, expect

from tests.widget.test_widget import (
    INSIDE,
    _begin,
    _fault,
    _launcher,
    _say,
    browser,
    page,
    pytestmark,
    site,
)

__all__ = ["browser", "page", "pytestmark", "site"]

OPENINGS = {
    "de": "Einverstanden, Chat starten",
    "en": "I agree, start chat",
    "tr": "Kabul ediyorum, sohbeti başlat",
    "pl": "Zgadzam się, rozpocznij czat",
    "uk": "Погоджуюся, почати чат",
    "ar": "أوافق، ابدأ الدردشة",
    "ru": "Соглашаюсь, начать чат",
}


async def speak(page: Page, site: str, locale: str) -> None:
    """The visitor's page in a language of its own, up to the first screen."""
    await page.goto(f"{site}?locale={locale}")
    await page.locator("carbot-chat").get_by_role("button").click()


@pytest.mark.parametrize("locale", OPENINGS)
async def test_the_first_screen_speaks_every_language(page: Page, site: str, locale: str) -> None:
    await speak(page, site, locale)
    await expect(page.get_by_role("button", name=OPENINGS[locale])).to_be_visible()
    frame = page.locator(f"div[lang={locale}]")
    await expect(frame).to_have_attribute("dir", "rtl" if locale == "ar" else "ltr")


@pytest.mark.parametrize("locale", ["de", "ar"])
async def test_who_writes_stands_on_the_side_of_their_language(
    page: Page, site: str, locale: str
) -> None:
    await speak(page, site, locale)
    await page.get_by_role("button", name=OPENINGS[locale]).click()
    await page.get_by_role("textbox").fill("Wann offen?")
    await page.keyboard.press("Enter")
    await page.get_by_text("Samstags nehmen wir").wait_for()
    starts = f"[...{INSIDE}.querySelectorAll('.row')].map((row) => row.getBoundingClientRect().x)"
    bot, visitor = (await page.evaluate(starts))[:2]
    assert visitor < bot if locale == "ar" else visitor > bot


async def test_a_telephone_number_reads_from_left_to_right_amid_arabic(
    page: Page, site: str
) -> None:
    await speak(page, site, "ar")
    link = page.locator("a[href='tel:089123456']")
    edges = """link => ["089", "123456"].map(part => {
        const text = link.lastChild, range = document.createRange(), at = text.data.indexOf(part);
        range.setStart(text, at); range.setEnd(text, at + part.length);
        return range.getBoundingClientRect().x;
    })"""
    first, second = await link.evaluate(edges)
    assert first < second


async def test_another_language_is_spoken_in_the_middle_of_a_conversation(
    page: Page, site: str
) -> None:
    await _begin(page, site)
    await _say(page, "Wann offen?")
    await page.get_by_text("Quelle: Häufige Fragen").wait_for()
    await page.get_by_role("button", name="Weitere Möglichkeiten").click()
    await page.get_by_role("button", name="English").click()
    await page.get_by_role("textbox", name="Your message").wait_for()
    await expect(page.get_by_text("Samstags nehmen wir")).to_have_count(1)
    async with page.expect_request("**/messages") as asked:
        await page.get_by_role("textbox").fill("And on Sundays?")
        await page.keyboard.press("Enter")
    assert (await asked.value).headers["accept-language"] == "en"


async def test_questions_are_answered_before_anything_is_agreed_to(page: Page, site: str) -> None:
    await page.goto(site)
    await _launcher(page).click()
    opener = page.get_by_role("button", name="Häufige Fragen")
    await opener.click()
    await page.get_by_text("Kann ich auf mein Auto warten?").click()
    await expect(page.get_by_text("Der Kaffee geht auf uns.")).to_be_visible()
    await page.get_by_role("searchbox").fill("ersatz wagen")
    await expect(page.get_by_text("Kann ich auf mein Auto warten?")).to_be_hidden()
    await expect(page.get_by_text("Haben Sie einen Ersatzwagen?")).to_be_visible()
    await page.get_by_role("searchbox").fill("Mondfahrt")
    await expect(page.get_by_text("Nichts Passendes dabei?")).to_be_visible()
    await page.keyboard.press("Escape")
    await expect(opener).to_be_focused()
    assert await page.evaluate("sessionStorage.length") == 0


async def test_the_team_sees_that_a_visitor_writes_and_has_read(page: Page, site: str) -> None:
    told: list[tuple[str, object]] = []

    def note(request):
        if found := re.search(r"/(typing|reading)$", request.url):
            told.append((found[1], request.post_data_json))

    page.on("request", note)
    await _begin(page, site)
    await page.get_by_role("textbox").press_sequentially("Hallo")
    assert told == []
    await page.get_by_role("button", name="Mit einem Menschen sprechen").click()
    await page.get_by_text("auch im Leerlauf?").wait_for()
    async with page.expect_request("**/typing"):
        await page.get_by_role("textbox").press("!")
    assert told == [("reading", {"seq": 2}), ("typing", {})]


async def test_what_nobody_sees_is_not_read(page: Page, site: str) -> None:
    await _fault(page, site, "away=1")
    await _begin(page, site)
    await page.get_by_role("button", name="Mit einem Menschen sprechen").click()
    await page.get_by_text("Team wird verständigt").wait_for()
    await page.keyboard.press("Escape")
    await expect(_launcher(page)).to_be_focused()
    await page.request.get(f"{site}staff")
    await expect(page.locator("carbot-chat button i")).to_have_text("1")
    async with page.expect_request("**/reading") as asked:
        await _launcher(page).click()
    assert (await asked.value).post_data_json == {"seq": 2}


async def test_a_mailed_link_goes_on_with_the_conversation_once(page: Page, site: str) -> None:
    await _begin(page, site)
    await _say(page, "Wann offen?")
    await page.get_by_text("Samstags nehmen wir").wait_for()
    await page.evaluate("sessionStorage.clear()")
    await page.goto("about:blank")
    await page.goto(f"{site}#carbot=einmal")
    await page.get_by_text("Samstags nehmen wir").wait_for()
    assert page.url == site
    await page.evaluate("sessionStorage.clear()")
    await page.goto("about:blank")
    await page.goto(f"{site}#carbot=einmal")
    await page.get_by_role("button", name="Einverstanden").wait_for()


async def test_the_keyboard_stays_in_the_chat_when_what_was_pressed_is_gone(
    page: Page, site: str
) -> None:
    await _begin(page, site)
    await page.get_by_role("button", name="Mit einem Menschen sprechen").press("Enter")
    await page.get_by_text("Stefan Brandt antwortet").wait_for()
    await expect(page.locator("carbot-panel")).to_be_focused()
    await page.get_by_role("textbox").focus()
    await page.evaluate("document.body.tabIndex = 0, document.body.focus()")
    await page.get_by_text("auch im Leerlauf?").wait_for()
    await expect(page.locator("carbot-panel")).not_to_be_focused()
