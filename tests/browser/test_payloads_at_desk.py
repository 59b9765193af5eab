"""Scripts in what a workshop writes itself: notes, tasks, prepared answers, FAQ, services, cars."""

from datetime import date
from uuid import UUID

import pytest
from playwright.async_api import expect
from sqlalchemy import select

from portal.chat import canned_replies, conversations, open_questions, tasks
from portal.chat.models import Author, Message
from portal.chat.models_inbox import CannedReply
from portal.content.models import FaqEntry
from portal.tenants.boundary import inside
from portal.tenants.callers import COOKIE
from portal.tenants.models import Account, Staff
from portal.tenants.permissions import Role
from portal.vehicles import history
from portal.vehicles.models import HistoryKind
from tests.browser.test_payloads import watched
from tests.makers.bookings import a_service
from tests.makers.chat import Script, a_guest, scripted
from tests.makers.payloads import PAYLOADS
from tests.makers.shops import found_shop, session_of
from tests.makers.vehicles import a_customer, a_vehicle

pytestmark = [pytest.mark.browser, pytest.mark.slow]

THIRTY = PAYLOADS[3::7][:30]
"""From every way to run a script, in changing disguises."""


@pytest.fixture
async def shop(parts, site, address):
    shop = await found_shop(parts, name=THIRTY[0][:120], allowed_origins=[site.origin])
    shop.origin = site.origin
    site.embed(address, shop.site_key)
    async with inside(parts, None) as db:
        (await db.get_one(Account, shop.accounts[Role.OWNER].id)).name = THIRTY[1][:120]
    async with inside(parts, shop.id) as db:
        (await db.get_one(Staff, (shop.id, shop.people[Role.ADVISOR].id))).name = THIRTY[2][:120]
        for place, text in enumerate(THIRTY):
            await a_service(db, text[:120], description=text, category=text[:40])
            db.add(FaqEntry(question=text[:300], answer=text, keywords=[text[:60]], position=place))
            shortcut = f"antwort-{place}"
            await canned_replies.save(db, None, shortcut=shortcut, title=text[:80], text=text)
    return shop


async def a_talk(parts, client, shop) -> UUID:
    """Linked to a customer and a car, with notes, tasks and a question that nobody answers."""
    guest = await a_guest(client, shop, page_url="https://x.example/?q=%3Cscript%3E")
    with scripted(Script()):
        await guest.say(THIRTY[4])
    async with inside(parts, shop.id) as db:
        talk = await conversations.locked(db, guest.conversation_id)
        keeper = await a_customer(db, name=THIRTY[5][:120])
        facts = {"make": THIRTY[6][:40], "model": THIRTY[7][:60], "color": THIRTY[8][:40]}
        vehicle = await a_vehicle(db, note=THIRTY[9], keeper=keeper, **facts)
        talk.customer_id, talk.vehicle_id, talk.phone = keeper.id, vehicle.id, THIRTY[10][:40]
        talk.assigned_name, talk.visitor_name = THIRTY[11][:120], THIRTY[12][:120]
        asked = await db.scalar(select(Message).where(Message.author == Author.VISITOR))
        await open_questions.note(db, talk, asked.id)
        for text in THIRTY:
            draft = tasks.Draft(title=text[:160], description=text, conversation_id=talk.id)
            await tasks.create(db, draft)
            await history.record(
                db,
                vehicle,
                kind=HistoryKind.SERVICE,
                happened_on=date(2026, 3, 1),
                title=text[:200],
                text=text,
                created_by=text[:80],
            )
    return guest.conversation_id


async def test_no_script_runs_in_what_the_workshop_wrote_itself(
    browser, parts, client, address, shop, signed_in
):
    talk = await a_talk(parts, client, shop)
    office = await signed_in(shop)
    for text in THIRTY:
        answer = await office.post(f"{shop.home}/inbox/{talk}/notes", data={"text": text})
        assert answer.is_success or answer.is_redirect
    async with inside(parts, shop.id) as db:
        reply, entry = await db.scalar(select(CannedReply.id)), await db.scalar(select(FaqEntry.id))
        vehicle = (await conversations.get(db, talk)).vehicle_id
    places = (
        *("inbox/tasks", "inbox/settings", f"inbox/settings/replies/{reply}", "inbox/numbers"),
        *("faq", f"faq/{entry}", "faq/unanswered", "inbox/budget", f"vehicles/{vehicle}"),
        *("vehicles", "bookings/settings/services", "bookings"),
    )
    async with watched(browser, address) as page:
        token = await session_of(parts, shop.accounts[Role.OWNER])
        await page.context.add_cookies([{"name": COOKIE, "value": token, "url": address}])
        for place in places:
            answer = await page.goto(f"{address}{shop.home}/{place}")
            assert answer.status == 200, place
            assert await page.evaluate("top.hit") == 0, place
        await _open_everything(page, f"{address}{shop.home}/inbox/{talk}")


async def _open_everything(page, address):
    """The panel, the prepared answers, the people and the form of a task."""
    await page.goto(address)
    await expect(page.locator(".fetched--first")).to_have_count(0)
    await expect(page.locator(".message--note")).to_have_count(len(THIRTY))
    await page.click("[data-replies]")
    await expect(page.locator(".reply")).to_have_count(len(THIRTY))
    await page.locator(".reply").nth(7).click()
    await page.locator("#conversation-head summary").click()
    await expect(page.locator("#conversation-head .menu__item").first).to_be_visible()
    await page.keyboard.press("Escape")
    await page.locator("[data-task=other]").click()
    await expect(page.locator("#task-title")).to_be_visible()
    assert await page.evaluate("top.hit") == 0


async def test_no_script_runs_in_the_questions_of_the_widget(browser, address, shop, site):
    async with watched(browser, address, site.origin) as visitor:
        await visitor.goto(site.origin)
        await visitor.get_by_role("button", name="Fragen oder Termin?").click()
        await visitor.get_by_role("button", name="Häufige Fragen").click()
        await expect(visitor.locator("details")).to_have_count(len(THIRTY))
        assert await visitor.evaluate("top.hit") == 0
