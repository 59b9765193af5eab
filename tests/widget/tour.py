"""Through everything that the widget can show, in any language: one state after the other."""

from collections.abc import AsyncIterator
from io import BytesIO
from pathlib import Path
from typing import Any

from babel.messages.pofile import read_po
from playwright.async_api import Page

ROOT = Path(__file__).parents[2]


def texts(locale: str) -> dict[str, str]:
    """The widget's sentences by key."""
    file = ROOT / f"locales/{locale}/LC_MESSAGES/widget.po"
    return {
        str(one.context): str(one.string) for one in read_po(BytesIO(file.read_bytes())) if one.id
    }


class Tour:
    """One visitor on one page. Every step ends when the page shows what it is named after."""

    def __init__(self, page: Page, site: str, locale: str) -> None:
        self.page, self.site, self.locale, self.t = page, site, locale, texts(locale)
        self.chat = page.locator("carbot-panel")

    async def states(self) -> AsyncIterator[str]:
        """The name of each state while it is shown."""
        for part in (self.first_screen, self.cards, self.booking, self.troubles, self.the_end):
            async for name in part():
                yield name

    async def first_screen(self) -> AsyncIterator[str]:
        await self.page.goto(f"{self.site}?locale={self.locale}")
        await self.page.locator("carbot-chat").get_by_role("button").click()
        await self.button("welcome.accept").wait_for()
        yield "welcome"
        await self.button("menu").click()
        await self.button("faq.title").nth(0).wait_for()
        yield "menu before consent"
        await self.page.keyboard.press("Escape")
        await self.button("faq.title").click()
        await self.chat.locator("summary").first.click()
        yield "questions"
        await self.chat.get_by_role("searchbox").fill("Mondfahrt")
        await self.chat.get_by_text(self.t["faq.none"]).wait_for()
        yield "questions, none found"
        await self.page.keyboard.press("Escape")
        await self.button("welcome.accept").click()
        await self.button("handover").wait_for()
        yield "conversation"

    async def cards(self) -> AsyncIterator[str]:
        await self.say("kontakt", "card.contact.title")
        yield "contact"
        await self.card().get_by_role("textbox").first.fill("Erika")
        await self.card().get_by_role("button").click()
        await self.chat.get_by_text(self.t["card.reachable"]).wait_for()
        yield "contact, refused"
        await self.say("angebot", "card.total")
        yield "estimate"
        await self.hear("historie", "VW Golf")
        await self.card().get_by_role("link").wait_for()
        yield "vehicle"
        await self.say("leistungen", "card.services.title")
        yield "services"
        await self.say("formular", "card.form.open")
        yield "booking form offered"
        await self.say("fahrzeug", "card.verify.title")
        yield "verification"
        await self.card().get_by_role("textbox").fill("B-CB 123")
        await self.card().get_by_role("button").click()
        await self.button("card.verify.confirm").wait_for()
        yield "code"
        await self.card().get_by_role("textbox").fill("111111")
        await self.button("card.verify.confirm").click()
        await self.card().get_by_role("alert").wait_for()
        yield "code, wrong"
        await self.card().get_by_role("textbox").fill("123456")
        await self.button("card.verify.confirm").click()
        await self.chat.get_by_text(self.t["card.verify.done"]).wait_for()
        yield "verified"
        await self.say("termin", "card.slots.title")
        yield "free times"

    async def booking(self) -> AsyncIterator[str]:
        await self.card().get_by_text(self.t["card.slots.other"]).click()
        sheet = self.chat.locator(".sheet")
        await sheet.locator(".days button, [type=checkbox]").first.wait_for()
        await sheet.get_by_role("button", name=self.t["card.back"]).click()
        await sheet.get_by_text(self.t["book.other"]).wait_for()
        for box in (await sheet.locator("fieldset [type=checkbox]").all())[:1]:
            await box.uncheck()
        await self.button("book.next").click()
        await sheet.get_by_role("alert").wait_for()
        yield "services to choose, none chosen"
        await sheet.locator("fieldset [type=checkbox]").nth(1).check()
        yield "services chosen"
        await self.button("book.next").click()
        await sheet.locator(".times button").first.wait_for()
        yield "times"
        await sheet.locator(".times button").first.click()
        await self.button("book.request").click()
        await sheet.get_by_role("alert").wait_for()
        yield "who comes, refused"
        await sheet.locator("[name=name]").fill("Erika Muster")
        await sheet.locator("[name=phone]").fill("030 5550123")
        await self.button("book.request").click()
        await sheet.get_by_text("K7RQ2M").wait_for()
        yield "booked"
        await self.button("book.toChat").click()
        await self.chat.locator(".log .booking").wait_for()
        yield "booking"

    async def troubles(self) -> AsyncIterator[str]:
        await self.button("menu").click()
        await self.button("resume.offer").click()
        yield "another device"
        await self.button("resume.send").click()
        await self.chat.get_by_text(self.t["resume.sent"]).wait_for()
        yield "another device, sent"
        await self.page.keyboard.press("Escape")
        await self.button("menu").click()
        await self.button("menu.delete").click()
        yield "really delete"
        await self.page.keyboard.press("Escape")
        await self.fault("limited=1")
        await self.hear("zu schnell", self.t["error.429"].split("{")[0].strip())
        yield "too many"
        await self.fault("limited=0")
        await self.page.context.set_offline(offline=True)
        await self.hear("ohne Netz", self.t["error.offline"])
        yield "offline"
        await self.page.context.set_offline(offline=False)
        await self.chat.get_by_text(self.t["error.offline"]).wait_for(state="detached")

    async def the_end(self) -> AsyncIterator[str]:
        await self.button("handover").click()
        await self.chat.get_by_text(self.t["state.waiting"]).wait_for()
        yield "waiting"
        await self.chat.get_by_text("auch im Leerlauf?").wait_for()
        yield "a person answers"
        await self.page.request.get(f"{self.site}close")
        stars = self.chat.locator("fieldset [type=radio]")
        await stars.nth(4).wait_for()
        yield "rating"
        await stars.nth(3).check()
        await self.button("card.rating.send").wait_for()
        yield "rating, with stars"
        await self.button("card.rating.send").click()
        await self.chat.get_by_text(self.t["card.rating.done"]).wait_for()
        yield "rated"
        await self.button("again").click()
        await self.button("welcome.accept").click()
        await self.button("handover").wait_for()
        await self.fault("expire=1")
        await self.hear("zu spät", self.t["welcome.expired"])
        await self.fault("expire=0")
        yield "expired"

    def button(self, key: str) -> Any:
        return self.chat.get_by_role("button", name=self.t[key], exact=True)

    def card(self) -> Any:
        """The newest."""
        return self.chat.locator(".log section").last

    async def say(self, text: str, key: str) -> None:
        await self.hear(text, self.t[key])

    async def hear(self, text: str, answer: str) -> None:
        """Until the newest row has said it, or the first screen of a session that ran out."""
        await self.chat.locator("form > textarea").last.fill(text)
        await self.page.keyboard.press("Enter")
        newest = ".log > .row:last-child:not(:has([aria-live=off]))"
        said = self.chat.locator(f"{newest}, div:has(> section) > [role=status]", has_text=answer)
        await said.wait_for()

    async def fault(self, fault: str) -> None:
        await self.page.request.get(f"{self.site}faults?{fault}")
