"""Without a mouse: from the workshop's page to a booking, a code, a person and back."""

from datetime import date

import pytest
from playwright.async_api import Page, expect
from sqlalchemy import select

from portal.chat import conversations, messages
from portal.chat.models import Conversation
from portal.content import faq
from portal.content.faq import FaqDraft
from portal.tenants.boundary import inside
from portal.tenants.permissions import Role
from tests.browser.test_booking_story import a_page
from tests.chat.test_states import member_of
from tests.makers.bookings import a_calendar, a_service
from tests.makers.identity import an_owner, entered, post_office
from tests.makers.screens import becomes
from tests.makers.shops import found_shop

pytestmark = pytest.mark.browser

MOST_STEPS = 40
# Notes what a screen reader is told to read out.
WATCH = """
window.told = [];
window.inner = () => document.querySelector("carbot-chat")?.shadowRoot.querySelector("carbot-panel:not([hidden])");
window.listen = () => {
  const log = inner().shadowRoot.querySelector("[role=log]");
  const isHeard = (node) => node.isConnected && node.parentElement.closest("[aria-live]") === log;
  new MutationObserver((changes) => {
    for (const node of changes.flatMap(({ addedNodes }) => [...addedNodes]).filter(isHeard)) {
      const silent = [...(node.querySelectorAll?.("[aria-live=off]") ?? [])].map((part) => part.textContent);
      told.push(silent.reduce((text, part) => text.replace(part, ""), node.textContent));
    }
  }).observe(log, { childList: true, subtree: true });
  return log.ariaLive;
};
"""
# The open chat puts the keyboard where it belongs a moment after it shows something new.
IN_PLACE = "!inner() || document.activeElement.localName === 'carbot-chat'"
FOCUSED = """() => {
  let one = document.activeElement;
  while (one.shadowRoot?.activeElement) one = one.shadowRoot.activeElement;
  return one.ariaLabel ?? (one.labels?.[0] ?? one).textContent;
}"""


@pytest.fixture(autouse=True)
def patience():
    """A long story on a busy machine."""
    expect.set_options(timeout=20_000)
    yield
    expect.set_options(timeout=5_000)


@pytest.fixture
async def shop(parts, site, address):
    shop = await found_shop(parts, allowed_origins=[site.origin])
    async with inside(parts, shop.id) as db:
        await a_calendar(db, 1, 1)
        await a_service(db)
        await faq.write(db, FaqDraft(question="Wo kann ich parken?", answer="Im Hof."))
    site.embed(address, shop.site_key)
    return shop


@pytest.fixture
async def desk(parts, shop):
    async with post_office(parts, shop) as made:
        yield made


async def reach(page: Page, name: str, key: str = "Tab") -> None:
    """One step after the other, as far as what bears that name. The open chat has the keyboard
    before anybody looks for it: who would have to begin at the top of the page has lost the place.
    """
    await becomes(page, IN_PLACE)
    for _step in range(MOST_STEPS):
        if str(await page.evaluate(FOCUSED)).strip().startswith(name):
            return
        await page.keyboard.press(key)
    raise AssertionError(f"{name} cannot be reached by {key}")


async def press(page: Page, name: str, key: str = "Tab") -> None:
    await reach(page, name, key)
    await page.keyboard.press("Enter")


async def back_to(page: Page, name: str) -> None:
    await press(page, name, "Shift+Tab")


async def write(page: Page, text: str) -> None:
    await reach(page, "Ihre Nachricht")
    await page.keyboard.type(text)
    await page.keyboard.press("Enter")


async def test_a_whole_visit_needs_no_mouse_and_never_loses_its_place(
    browser, parts, address, shop, site, desk
):
    owner = await an_owner(parts, shop)
    await entered(parts, shop, owner.vehicle, date(2026, 3, 12), "Große Inspektion")
    complaints: list[str] = []
    async with a_page(browser, complaints) as page:
        page.set_default_timeout(20_000)
        await page.add_init_script(WATCH)
        await page.goto(site.origin)
        await page.get_by_role("button", name="Fragen oder Termin?").wait_for()
        await press(page, "Fragen oder Termin?")
        await _agree_and_ask(page)
        await _book(page)
        await _prove(page, parts, shop, owner, desk)
        await _read_questions(page)
        await _speak_another_language(page)
        await _meet_a_person(page, parts, shop)
        await _leave(page)
    assert complaints == []


async def _agree_and_ask(page: Page) -> None:
    await page.get_by_role("button", name="Einverstanden").wait_for()
    await press(page, "Einverstanden")
    await page.get_by_role("log").wait_for()
    assert await page.evaluate("listen()") == "polite"
    await write(page, "Was kostet ein Ölwechsel?")
    await expect(page.get_by_role("log").get_by_text("89,00")).to_be_visible()
    await expect(page.get_by_role("log").get_by_text("Quelle")).to_be_visible()
    told = [said for said in await page.evaluate("told") if "89,00" in said]
    assert len(told) == 1, "the answer is read out once and not word by word"


async def _book(page: Page) -> None:
    await write(page, "Ich brauche einen Termin für einen Ölwechsel")
    times = page.locator(".log .times button")
    await times.first.wait_for()
    await back_to(page, await times.first.inner_text())
    await page.get_by_role("heading", name="Ihre Angaben").wait_for()
    await reach(page, "Name")
    await page.keyboard.type("Erika Muster")
    await press(page, "Termin unverbindlich anfragen")
    await page.get_by_role("alert").wait_for()
    await reach(page, "Telefon", "Shift+Tab")
    await page.keyboard.type("030 5550123")
    await press(page, "Termin unverbindlich anfragen")
    await page.get_by_role("heading", name="Vielen Dank!").wait_for()
    await press(page, "Zum Chat")
    await expect(page.locator(".log .booking")).to_contain_text("Terminnummer")


async def _prove(page: Page, parts, shop, owner, desk) -> None:
    await write(page, "Was wurde letztes Mal an meinem Auto gemacht?")
    await page.get_by_label("Kennzeichen oder Fahrgestellnummer").wait_for()
    await reach(page, "Kennzeichen oder Fahrgestellnummer", "Shift+Tab")
    await page.keyboard.type(owner.vehicle.plate)
    await press(page, "Code anfordern")
    await page.get_by_role("button", name="Bestätigen").wait_for()
    await desk.deliver()
    await reach(page, "Code")
    await page.keyboard.type(desk.mail_code)
    await page.keyboard.press("Enter")
    await page.get_by_text("Sie haben nachgewiesen").wait_for()
    await expect(page.get_by_role("log")).to_contain_text("Große Inspektion")


async def _read_questions(page: Page) -> None:
    await _open_menu(page, "Weitere Möglichkeiten")
    await press(page, "Häufige Fragen")
    await page.get_by_text("Wo kann ich parken?").wait_for()
    await press(page, "Wo kann ich parken?")
    await expect(page.get_by_text("Im Hof.")).to_be_visible()
    await page.keyboard.press("Escape")
    await expect(page.get_by_role("log")).to_be_visible()


async def _open_menu(page: Page, name: str) -> None:
    await back_to(page, name)
    await page.get_by_role("group", name=name).wait_for()


async def _speak_another_language(page: Page) -> None:
    for language, field in (("English", "Your message"), ("Deutsch", "Ihre Nachricht")):
        await _open_menu(page, "Weitere Möglichkeiten" if language == "English" else "More options")
        await press(page, language)
        await expect(page.get_by_role("textbox", name=field)).to_be_focused()
        await page.get_by_role("log").wait_for()


async def _meet_a_person(page: Page, parts, shop) -> None:
    await back_to(page, "Mit einem Menschen sprechen")
    await page.get_by_text("Team wird verständigt").wait_for()
    await page.evaluate("listen(), told.length = 0")
    async with inside(parts, shop.id) as db:
        conversation_id = await db.scalar(select(Conversation.id))
        advisor = member_of(shop, Role.ADVISOR)
        await messages.reply(db, conversation_id, advisor, "Guten Tag, ich rufe Sie gleich an.")
    await expect(page.get_by_role("log")).to_contain_text("ich rufe Sie gleich an.")
    assert [said for said in await page.evaluate("told") if "gleich an." in said]
    async with inside(parts, shop.id) as db:
        await conversations.close(db, conversation_id)


async def _leave(page: Page) -> None:
    await page.get_by_text("Wie zufrieden sind Sie").wait_for()
    await reach(page, "★1 von 5 Sternen")
    await page.keyboard.press("ArrowRight")
    await page.keyboard.press("ArrowRight")
    await reach(page, "Möchten Sie uns noch etwas sagen?")
    await page.keyboard.type("Das ging schnell.")
    await press(page, "Bewertung senden")
    await page.get_by_text("Vielen Dank für Ihre Bewertung.").wait_for()
    await page.keyboard.press("Escape")
    await expect(page.get_by_role("button", name="Fragen oder Termin?")).to_be_focused()
