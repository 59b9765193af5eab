"""Two hundred scripts in every text that widget, inbox and mail show: none runs, none calls home."""

from contextlib import asynccontextmanager
from uuid import UUID, uuid4

import pytest
from sqlalchemy import select

from portal.bookings.models import NoticeKind
from portal.bookings.notice_facts import Facts, Person, Place
from portal.bookings.notice_texts import letter
from portal.chat import conversations, threads
from portal.chat.models import Author, Conversation
from portal.kit.pages import rendered
from portal.tenants.boundary import inside
from portal.tenants.callers import COOKIE
from portal.tenants.permissions import Role
from tests.makers.chat import until
from tests.makers.payloads import PAYLOADS
from tests.makers.shops import found_shop, session_of

pytestmark = pytest.mark.browser

AUTHORS = (Author.VISITOR, Author.BOT, Author.STAFF, Author.SYSTEM)
LETTERS = 20
INVALID = "evil.invalid"
FAILED_LAST = """() => new Promise((done) => {
  const image = new Image();
  image.onerror = () => requestAnimationFrame(() => requestAnimationFrame(done));
  image.src = "data:,";
})"""
"""What was to load before this has been asked for, and what was to fail has failed."""


@asynccontextmanager
async def watched(browser, *allowed):
    """A page; what runs and what asks another host is noted."""
    context = await browser.new_context(locale="de-DE")
    foreign: list[str] = []

    async def judge(route):
        if route.request.url.startswith((*allowed, "data:", "about:", "blob:")):
            await route.continue_()
        else:
            foreign.append(route.request.url)
            await route.abort()

    await context.route("**/*", judge)
    await context.add_init_script("top.hit = top.hit || 0; window.alert = () => { top.hit++; };")
    page = await context.new_page()
    page.on("dialog", lambda dialog: foreign.append(dialog.message))
    yield page
    hits = await page.evaluate("top.hit")
    await context.close()
    assert hits == 0
    assert foreign == []


@pytest.mark.parametrize("text", [PAYLOADS[0], PAYLOADS[10], PAYLOADS[30], PAYLOADS[110]])
async def test_the_watch_sees_what_runs_and_what_calls_home(browser, text):
    """The control: bare in a page, these do their work."""
    with pytest.raises(AssertionError):
        async with watched(browser) as page:
            asked = []
            page.on("request", lambda one: asked.append(one.url) if INVALID in one.url else None)
            await page.set_content(f"<p>{text}</p>")
            await until(lambda: asked or page.evaluate("top.hit"))


def test_there_are_two_hundred_of_them():
    assert len(set(PAYLOADS)) == 200


def cards_with(text):
    return [
        {"kind": "vehicle", "title": text, "rows": [{"label": text, "value": text}]},
        {"kind": "services", "services": [{"name": text}]},
        {"kind": "contact_form", "title": text, "text": text},
        {"kind": "booking", "code": text, "title": text, "services": [{"name": text}]},
        {"kind": "estimate", "title": text, "text": text, "rows": [{"label": text, "value": "1"}]},
        {"kind": text, "note": text, "title": text},
        {"kind": "slots", "title": text, "slots": [], "services": [{"name": text}]},
        {"kind": "booking_form", "text": text},
        {"kind": "verification", "title": text, "text": text},
    ]


async def say_all(parts, shop, conversation_id):
    """Every payload once as a text, a source, a card, a name."""
    async with inside(parts, shop.id) as db:
        conversation = await conversations.locked(db, conversation_id)
        for place, text in enumerate(PAYLOADS):
            author = AUTHORS[place % len(AUTHORS)]
            is_bot = author == Author.BOT
            message = await threads.append(
                db,
                conversation,
                author,
                text,
                sources=[{"kind": "faq", "label": text}] if is_bot else [],
                cards=[cards_with(text)[place // len(AUTHORS) % 9]] if is_bot else [],
            )
            message.staff_name = text[:120] if author == Author.STAFF else ""
        last = await threads.append(db, conversation, Author.VISITOR, "Das war alles.")
        conversation.visitor_name, conversation.email = PAYLOADS[1][:120], PAYLOADS[0][:100]
        conversation.page_url = f"https://x.example/{PAYLOADS[3]}"
        conversation.rating, conversation.rating_comment = 1, PAYLOADS[5]
    return last


@pytest.fixture
async def shop(parts, site, address):
    shop = await found_shop(
        parts,
        name=PAYLOADS[1],
        greeting=PAYLOADS[0],
        assistant_name=PAYLOADS[10][:60],
        allowed_origins=[site.origin],
    )
    site.embed(address, shop.site_key)
    return shop


@pytest.mark.slow
async def test_no_script_runs_in_the_widget_and_in_the_inbox(browser, parts, address, shop, site):
    async with watched(browser, address, site.origin) as visitor:
        await visitor.goto(site.origin)
        await visitor.get_by_role("button", name="Fragen oder Termin?").click()
        await visitor.get_by_role("button", name="Einverstanden").click()
        await visitor.get_by_role("textbox", name="Ihre Nachricht").wait_for()
        async with inside(parts, shop.id) as db:
            conversation_id = await db.scalar(select(Conversation.id))
        await say_all(parts, shop, conversation_id)
        await visitor.get_by_text("Das war alles.").wait_for()
        await visitor.reload()
        await visitor.get_by_role("button", name="Fragen oder Termin?").click()
        await visitor.get_by_text("Das war alles.").wait_for()
        await visitor.evaluate(FAILED_LAST)
    await _look_at_inbox(browser, parts, address, shop, conversation_id)


async def _look_at_inbox(browser, parts, address, shop, conversation_id: UUID):
    async with watched(browser, address) as staff:
        token = await session_of(parts, shop.accounts[Role.OWNER])
        await staff.context.add_cookies([{"name": COOKIE, "value": token, "url": address}])
        here = f"{address}{shop.home}/inbox/{conversation_id}"
        await staff.goto(here)
        await staff.get_by_role("log").get_by_text("Das war alles.").wait_for()
        shown = staff.locator(".message")
        assert await shown.count() >= 60
        for before in (101, 51, 21):
            await staff.goto(f"{here}?before={before}")
            assert await staff.evaluate("top.hit") == 0
        await staff.goto(f"{address}{shop.home}/inbox?q=%3Cimg+src%3Dx%3E")
        await staff.evaluate(FAILED_LAST)


@pytest.mark.slow
async def test_no_script_runs_in_a_mail(browser):
    """Mail programs differ: here nothing stands in the way of a script but the mail itself."""
    step = len(PAYLOADS) // LETTERS
    async with watched(browser) as page:
        for first in range(0, len(PAYLOADS), step):
            mine = PAYLOADS[first : first + step]
            await page.set_content(_mail(mine))
            await page.evaluate(FAILED_LAST)
            shown = await page.locator("body").inner_text()
            assert any(mark in shown for mark in ("top.hit", "evil.invalid", "base64"))
            assert await page.evaluate("top.hit") == 0


def _mail(texts) -> str:
    facts = Facts(
        place=Place(name=texts[0], street=texts[1], city=texts[2], phone=texts[3]),
        person=Person(name=texts[4], company=texts[5]),
        subject_id=uuid4(),
        code=texts[6],
        state="confirmed",
        plate=texts[7],
        car=texts[8],
        title=texts[9],
        services=tuple(texts),
    )
    words = letter(NoticeKind.RECEIVED, facts)
    return rendered("kit/letter.html", letter=words, language="de", accent="#1f5fbf")
