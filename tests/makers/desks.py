"""A workshop's desk as full and as wordy as it gets: what its screens have to carry."""

from datetime import timedelta
from typing import Any

import httpx
from playwright.async_api import Browser, Page, expect
from sqlalchemy import select

from portal.ai.models import AiCall
from portal.chat import canned_replies, conversations, open_questions, tasks
from portal.chat.models import Author, Conversation, Message, State
from portal.chat.models_inbox import CannedReply, TaskKind, TaskPriority
from portal.content.models import FaqEntry
from portal.kit import clock
from portal.kit.db import Db, new_id
from portal.kit.parts import Parts
from portal.tenants.boundary import inside
from portal.tenants.callers import COOKIE
from portal.tenants.models import Account
from portal.tenants.permissions import Role
from tests.makers.chat import Script, a_guest, scripted
from tests.makers.screens import is_at_rest
from tests.makers.shops import Shop, found_shop, session_of
from tests.makers.vehicles import a_customer, a_vehicle

WORD = "Kraftfahrzeughaftpflichtversicherungsbescheinigungsdoppelkarte"
NAME = "Maximiliane Freifrau von Schwarzenberger-Hohenlohe-Waldenburg-Schillingsfürst"
SENTENCE = f"Meine {WORD} fehlt noch, und die Zweimassenschwungradkupplung rattert im Leerlauf. "
ROWS = 500


async def a_wordy_shop(parts: Parts) -> Shop:
    """Everybody and everything in it has a long name."""
    shop = await found_shop(parts, name=f"Kraftfahrzeugmeisterbetrieb {NAME}")
    async with inside(parts, None) as db:
        for role, account in shop.accounts.items():
            (await db.get_one(Account, account.id)).name = f"{role.title()} {NAME}"
    return shop


async def an_empty_desk(parts: Parts, client: httpx.AsyncClient) -> tuple[Shop, list[str]]:
    """A workshop to which nobody has written yet but to say nothing, and that page."""
    shop = await found_shop(parts)
    guest = await a_guest(client, shop)
    return shop, [f"inbox/{guest.conversation_id}"]


async def a_full_desk(parts: Parts, client: httpx.AsyncClient) -> tuple[Shop, list[str]]:
    """A workshop with hundreds of rows, and the pages that are about one of them."""
    shop = await a_wordy_shop(parts)
    answered, waiting = await a_guest(client, shop), await a_guest(client, shop)
    with scripted(Script(pieces=[SENTENCE] * 6)):
        await answered.say(f"{SENTENCE} https://example.de/{WORD * 2}")
        await waiting.say(SENTENCE)
    await waiting.post("handover", {"contact": {"name": NAME, "phone": "0171 1"}})
    async with inside(parts, shop.id) as db:
        talk = await conversations.get(db, answered.conversation_id)
    await fill_desk(parts, shop, talk)
    async with inside(parts, shop.id) as db:
        reply, entry = await db.scalar(select(CannedReply.id)), await db.scalar(select(FaqEntry.id))
    talks = [f"inbox/{guest.conversation_id}" for guest in (answered, waiting)]
    return shop, [*talks, f"inbox/settings/replies/{reply}", f"faq/{entry}"]


async def at_the_desk(
    parts: Parts,
    browser: Browser,
    shop: Shop,
    address: str,
    role: Role = Role.OWNER,
    **options: Any,
) -> Page:
    """A browser of that person; the owner happens to work for the platform, too."""
    account = shop.accounts[role]
    async with inside(parts, None) as db:
        (await db.get_one(Account, account.id)).is_platform_staff = role is Role.OWNER
    context = await browser.new_context(locale="de-DE", **options)
    cookie = {"name": COOKIE, "value": await session_of(parts, account), "url": address}
    await context.add_cookies([cookie])
    return await context.new_page()


async def arrive(page: Page, address: str) -> None:
    """The page with all that it fetches by itself."""
    answer = await page.goto(address)
    assert answer.status == 200, address
    await expect(page.locator("main .fetched--first")).to_have_count(0)
    await is_at_rest(page)


async def fill_desk(parts: Parts, shop: Shop, talk: Conversation) -> None:
    """Rows for every screen of the chat; `talk` becomes a linked visitor whom somebody answers."""
    async with inside(parts, shop.id) as db:
        await _fill_lists(db)
        await _fill_numbers(db)
    async with inside(parts, shop.id) as db:
        keeper = await a_customer(db, name=NAME, phone="0171 23456789012")
        vehicle = await a_vehicle(db, plate="WÜM-XY 987", model=SENTENCE[:80], keeper=keeper)
        conversation = await conversations.locked(db, talk.id)
        conversation.visitor_name = NAME
        conversation.email = f"{'lang' * 12}@{'noch-laenger.' * 9}example"
        conversation.phone = "0171 23456789012"
        conversation.page_url = f"https://{'werkstatt-' * 20}.example/{WORD}"
        conversation.rating, conversation.rating_comment = 3, SENTENCE
        conversation.customer_id, conversation.vehicle_id = keeper.id, vehicle.id
        conversation.state = State.HUMAN
        conversation.assigned_to = shop.people[Role.ADVISOR].id
        conversation.assigned_name = f"Advisor {NAME}"
        await tasks.create(db, _draft(0, talk))


async def _fill_lists(db: Db) -> None:
    now = clock.now()
    lines = [_line(number, now - timedelta(minutes=3 * number)) for number in range(ROWS)]
    db.add_all(lines)
    await db.flush()
    for number, line in enumerate(lines):
        line.state = (State.BOT, State.WAITING, State.HUMAN)[number % 3]
    for number in range(16):
        await tasks.create(db, _draft(number))
    for number in range(12):
        await canned_replies.save(
            db, None, shortcut=f"zweimassenschwungrad-{number}", title=SENTENCE[:80], text=SENTENCE
        )
    for number in range(24):
        db.add(FaqEntry(question=f"{number} {SENTENCE}", answer=SENTENCE * 4, position=number))


async def _fill_numbers(db: Db) -> None:
    at = clock.now() - timedelta(days=3)
    for number in range(12):
        talk = _line(number, at - timedelta(days=number))
        talk.rating = number % 5 + 1
        db.add(talk)
        await db.flush()
        asked = Message(
            conversation_id=talk.id, seq=1, author=Author.VISITOR, text=f"{SENTENCE}{number}"
        )
        asked.created_at = talk.created_at
        answered = Message(conversation_id=talk.id, seq=2, author=Author.BOT, text=SENTENCE)
        answered.sources = [{"kind": "faq", "label": f"{WORD} {number}"}]
        answered.created_at = talk.created_at + timedelta(seconds=2)
        db.add_all([asked, answered])
        await db.flush()
        await open_questions.note(db, talk, asked.id)
        db.add(
            AiCall(
                purpose="chat",
                provider="ein-anbieter-mit-langem-namen",
                model=WORD,
                tokens_in=1_234_567,
                tokens_out=98_765,
                micros=12_345_678,
                outcome="answered",
                created_at=talk.created_at,
            )
        )


def _line(number: int, at: object) -> Conversation:
    is_waiting = number % 3 == 1
    return Conversation(
        id=new_id(),
        state=State.BOT,
        locale="de",
        consent_version="1",
        consent_at=at,
        created_at=at,
        changed_at=at,
        last_message_at=at,
        visitor_name=f"{NAME} {number}" if number % 2 else "",
        preview=SENTENCE[:160],
        preview_author="visitor",
        unread=number % 4,
        priority=number % 5,
        unanswered_since=at if is_waiting else None,
        answer_due_at=at if is_waiting else None,
        assigned_name=NAME if number % 3 == 2 else "",
    )


def _draft(number: int, talk: Conversation | None = None) -> tasks.Draft:
    kinds, priorities = list(TaskKind), list(TaskPriority)
    return tasks.Draft(
        title=f"{number} {SENTENCE}"[:160],
        kind=kinds[number % len(kinds)],
        priority=priorities[number % len(priorities)],
        description=SENTENCE * 4,
        phone="0171 23456789012",
        due_at=clock.now() - timedelta(days=1),
        conversation_id=talk.id if talk else None,
    )
