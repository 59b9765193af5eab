"""Visitor, advisor and owner in three browsers: one talk from the first word to the stars."""

import asyncio
import re

import pytest
from playwright.async_api import expect
from sqlalchemy import select

from portal.chat import canned_replies
from portal.chat.open_question_models import OpenQuestion
from portal.tenants.boundary import inside
from portal.tenants.permissions import Role
from portal.worker import work_off
from tests.makers.chat import until
from tests.makers.desks import arrive, at_the_desk
from tests.makers.shops import found_shop

pytestmark = pytest.mark.browser

DESKTOP = {"viewport": {"width": 1440, "height": 900}}
NOTHING_KNOWN = "Machen Sie Unterbodenwäsche?"


@pytest.fixture
async def shop(parts, site, address):
    shop = await found_shop(parts, name="Kfz Musterbetrieb", allowed_origins=[site.origin])
    site.embed(address, shop.site_key)
    async with inside(parts, shop.id) as db:
        text = "Guten Tag {name}, hier ist {me}."
        await canned_replies.save(db, None, shortcut="gruß", title="Gruß", text=text)
    return shop


@pytest.fixture
async def visit(browser, site):
    """Opens the chat of the workshop's website, as somebody who has not been here."""

    async def come():
        context = await browser.new_context(locale="de-DE")
        visitor = await context.new_page()
        await visitor.goto(site.origin)
        await visitor.get_by_role("button", name="Fragen oder Termin?").click()
        await visitor.get_by_role("button", name="Einverstanden").click()
        await visitor.get_by_role("textbox", name="Ihre Nachricht").wait_for()
        return visitor

    return come


async def one_question_is_open(parts, shop):
    """It is noted with the answer, which is read before it is stored."""
    async with inside(parts, shop.id) as db:
        return await db.scalar(select(OpenQuestion.id)) is not None


async def say(visitor, text):
    await visitor.get_by_role("textbox", name="Ihre Nachricht").fill(text)
    await visitor.keyboard.press("Enter")


async def test_an_advisor_leads_a_talk_to_its_end(browser, parts, address, shop, visit):
    visitor = await visit()
    await say(visitor, NOTHING_KNOWN)
    advisor = await at_the_desk(parts, browser, shop, address, Role.ADVISOR, **DESKTOP)
    owner = await at_the_desk(parts, browser, shop, address, **DESKTOP)
    await arrive(advisor, f"{address}{shop.home}/inbox")
    await advisor.locator(".thread").first.click()
    await expect(advisor.get_by_role("log")).to_contain_text(NOTHING_KNOWN)
    await owner.goto(advisor.url)
    await _take_over_and_answer(visitor, advisor, owner, shop.people[Role.ADVISOR].name)
    await _choose_a_colleague_while_the_visitor_writes(visitor, advisor, shop)
    await _note_and_prepare(visitor, advisor, owner, shop.people[Role.ADVISOR].name)
    await _make_a_task(advisor)
    await _end_and_begin_again(visitor, advisor, owner)


async def _take_over_and_answer(visitor, advisor, owner, name):
    field = advisor.locator("#composer textarea")
    await advisor.keyboard.press("t")
    await expect(field).to_be_focused()
    await expect(visitor.get_by_text(f"{name} antwortet", exact=True)).to_be_visible()
    # Both at once: that somebody writes is forgotten after seconds.
    await asyncio.gather(
        expect(visitor.get_by_text(re.compile("schreibt"))).to_be_visible(),
        expect(owner.locator("#typing")).to_contain_text(name),
        field.press_sequentially("Guten Tag, ja, "),
    )
    await field.fill("Guten Tag, ja, für 29 €.")
    await advisor.keyboard.press("Control+Enter")
    await expect(visitor.get_by_text("ja, für 29 €.")).to_be_visible()
    await expect(advisor.locator("#seen")).to_contain_text("gelesen")


async def _choose_a_colleague_while_the_visitor_writes(visitor, advisor, shop):
    """The head of the talk changes, and the open menu stays in the hand."""
    head, colleague = advisor.locator("#conversation-head"), shop.people[Role.OWNER].name
    await head.locator("summary").click()
    choice = head.get_by_role("button", name=colleague)
    await expect(choice).to_be_visible()
    await say(visitor, "Geht das am Montag?")
    await expect(advisor.get_by_role("log")).to_contain_text("Geht das am Montag?")
    await expect(head.locator("[data-clock]")).to_be_visible()
    await choice.click()
    await expect(head.locator(".badge").last).to_contain_text(colleague)
    await expect(head.locator("summary")).to_be_focused()


async def _note_and_prepare(visitor, advisor, owner, name):
    field = advisor.locator("#composer textarea")
    await advisor.keyboard.press("n")
    await advisor.keyboard.type("Stammkundin, bitte vorziehen")
    await advisor.keyboard.press("Control+Enter")
    await expect(owner.get_by_role("log")).to_contain_text("Stammkundin")
    await expect(field).to_have_value("")
    await advisor.locator("h1").click()
    await advisor.keyboard.press("r")
    await advisor.keyboard.type("/gru")
    await expect(advisor.locator(".reply[aria-selected=true]")).to_contain_text("/gruß")
    await advisor.keyboard.press("Enter")
    await expect(field).to_have_value(f"Guten Tag {{name}}, hier ist {name}.")
    await field.fill("Montag um 8 Uhr passt.")
    await advisor.keyboard.press("Control+Enter")
    await expect(visitor.get_by_text("Montag um 8 Uhr passt.")).to_be_visible()
    await expect(visitor.get_by_text("Stammkundin")).to_have_count(0)


async def _make_a_task(advisor):
    await advisor.locator("[data-task=other]").click()
    title = advisor.locator("#task-title")
    await expect(title).to_have_value(re.compile("Geht das am Montag"))
    await advisor.locator("#task-dialog button.button--primary").click()
    await expect(advisor.locator("#visitor-tasks")).to_contain_text("Geht das am Montag")
    await expect(advisor.locator("#visitor-tasks [data-task=other]")).to_be_focused()


async def _end_and_begin_again(visitor, advisor, owner):
    """The stars that the visitor gives show up, and an answer opens the talk again."""
    head, field = advisor.locator("#conversation-head"), advisor.locator("#composer textarea")
    await advisor.locator("h1").click()
    await advisor.keyboard.press("e")
    await expect(head).to_contain_text("Beendet")
    await visitor.locator("input[type=radio][value='4']").check(force=True)
    await visitor.get_by_role("button", name="Bewertung senden").click()
    await expect(visitor.get_by_text(re.compile("Vielen Dank|Danke"))).to_be_visible()
    await arrive(owner, owner.url)
    await expect(owner.locator(".inbox__stars")).to_have_attribute("aria-label", "4 von 5 Sternen")
    await field.fill("Noch etwas: bitte den Schein mitbringen.")
    await advisor.keyboard.press("Control+Enter")
    await expect(head).not_to_contain_text("Beendet")
    await expect(visitor.get_by_text("bitte den Schein mitbringen")).to_be_visible()
    await expect(visitor.get_by_role("textbox", name="Ihre Nachricht")).to_be_visible()


async def test_what_nobody_could_answer_becomes_an_entry_that_the_next_visitor_is_told(
    browser, parts, address, shop, visit
):
    first = await visit()
    await say(first, NOTHING_KNOWN)
    await expect(first.get_by_text("Das weiß ich leider nicht sicher")).to_be_visible()
    await until(lambda: one_question_is_open(parts, shop))
    owner = await at_the_desk(parts, browser, shop, address, **DESKTOP)
    await owner.goto(f"{address}{shop.home}/faq/unanswered")
    row = owner.get_by_role("row", name=re.compile("Unterbodenwäsche"))
    await row.get_by_role("link", name="Antwort").click()
    await expect(owner.get_by_label("Frage")).to_have_value(NOTHING_KNOWN)
    await owner.get_by_label("Antwort").fill("Ja, die Unterbodenwäsche kostet 29,00 €.")
    await owner.get_by_role("button", name="Speichern").click()
    await expect(owner.get_by_text("Die Antwort ist gespeichert")).to_be_visible()

    second = await visit()
    await say(second, NOTHING_KNOWN)
    await expect(second.get_by_text("kostet 29,00 €")).to_be_visible()
    await work_off(parts)
    await owner.goto(f"{address}{shop.home}/faq/unanswered")
    await expect(owner.get_by_text("Nichts offen")).to_be_visible()
