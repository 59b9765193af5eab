"""Every screen of the chat's desk: on each width, empty and full to the brim, nothing breaks."""

from pathlib import Path

import pytest
from playwright.async_api import expect
from sqlalchemy import select

from portal.chat import conversations
from portal.chat.models_inbox import CannedReply
from portal.content.models import FaqEntry
from portal.tenants.boundary import inside
from portal.tenants.callers import COOKIE
from portal.tenants.models import Account
from portal.tenants.permissions import Role
from tests.makers.chat import Script, a_guest, scripted
from tests.makers.desks import NAME, SENTENCE, WORD, a_wordy_shop, fill_desk
from tests.makers.shops import found_shop, session_of

pytestmark = [pytest.mark.browser, pytest.mark.slow]

LOOK = Path(__file__).with_name("look.js").read_text(encoding="utf-8")
FINGER, MOUSE = {"has_touch": True, "is_mobile": True}, {}
WIDTHS = {"phone": (FINGER, (360, 390)), "tablet": (FINGER, (768, 1024)),
          "desktop": (MOUSE, (1024, 1280, 1300, 1440, 1920))}  # fmt: skip
PLACES = (
    *("inbox", "inbox?show=closed", "inbox/tasks", "inbox/settings", "inbox/numbers"),
    *("inbox/numbers?range=year", "inbox/budget", "faq", "faq/new", "faq/unanswered"),
)
PLATFORM = ("/admin/", "/admin/ai")
DRAWN = """() => new Promise(
    (draw) => requestAnimationFrame(() => requestAnimationFrame(() => draw(innerWidth))))"""


async def an_empty_desk(parts, client):
    shop = await found_shop(parts)
    guest = await a_guest(client, shop)
    return shop, [f"inbox/{guest.conversation_id}"]


async def a_full_desk(parts, client):
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


async def at_the_desk(parts, browser, shop, address, **options):
    """The owner, who happens to work for the platform, too."""
    owner = shop.accounts[Role.OWNER]
    async with inside(parts, None) as db:
        (await db.get_one(Account, owner.id)).is_platform_staff = True
    context = await browser.new_context(locale="de-DE", **options)
    cookie = {"name": COOKIE, "value": await session_of(parts, owner), "url": address}
    await context.add_cookies([cookie])
    return await context.new_page()


async def arrive(page, address):
    """The page with all that it fetches by itself."""
    answer = await page.goto(address)
    assert answer.status == 200, address
    await expect(page.locator("main [hx-trigger=load]")).to_have_count(0)
    await page.evaluate("document.fonts.ready")


@pytest.mark.parametrize("device", WIDTHS)
@pytest.mark.parametrize("make", [an_empty_desk, a_full_desk])
async def test_every_screen_has_room_for_its_words(parts, client, browser, address, make, device):
    shop, further = await make(parts, client)
    options, widths = WIDTHS[device]
    page = await at_the_desk(parts, browser, shop, address, **options)
    places = [f"{shop.home}/{place}" for place in (*PLACES, *further)]
    wrong = []
    for place in (*places, *PLATFORM):
        await page.set_viewport_size({"width": widths[0], "height": 844})
        await arrive(page, address + place)
        for width in widths:
            await page.set_viewport_size({"width": width, "height": 844})
            assert await page.evaluate(DRAWN) == width
            found = await page.evaluate(LOOK, options is FINGER)
            wrong += [f"{place} at {width} px: {line}" for line in found]
    assert not wrong, "\n".join(wrong)


async def test_the_look_sees_what_is_wrong(browser):
    """The control: each of these is found."""
    page = await browser.new_page(viewport={"width": 390, "height": 844})
    await page.set_content(
        "<meta charset=utf-8><div style='width:900px'>breit</div>"
        "<h2 style='width:9px;overflow:hidden;text-overflow:ellipsis;white-space:nowrap'>Name</h2>"
        "<button style='height:90px'>Antwort</button><div style='overflow:auto;width:50px'>"
        f"<p>{WORD}</p></div>"
    )
    found = " ".join(await page.evaluate(LOOK, True))
    for said in (
        "px wide",
        "hardly a word",
        "swollen",
        "moves sideways",
        "stands outside",
        " px: ",
    ):
        assert said in found, said
