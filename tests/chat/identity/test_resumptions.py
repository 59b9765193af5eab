"""Going on elsewhere: only for who is verified, by a link to the address on file, once."""

import re
from datetime import timedelta

import pytest
from sqlalchemy import func, select, update

from portal.chat import conversations, resumptions
from portal.chat.resume_models import ResumeLink
from portal.kit import clock
from portal.tenants.boundary import inside
from tests.makers.chat import Guest, a_guest
from tests.makers.identity import a_verified_guest, an_owner


@pytest.fixture
async def guest(parts, shop, client, desk):
    await an_owner(parts, shop)
    return await a_verified_guest(client, shop, desk)


async def link_of(guest, desk):
    before = len(desk.mails)
    answer = await guest.post("resume-links", {})
    assert answer.status_code == 202, answer.text
    await desk.deliver()
    assert len(desk.mails) == before + 1
    return re.search(r"https?://\S+", desk.mails[-1].get_content())[0]


async def redeem(client, shop, link, **changes):
    code = link.split("#carbot=")[1]
    body = {"site_key": shop.site_key, "code": code}
    headers = {"origin": shop.origin} | changes
    return await client.post("/widget/v1/resumptions", json=body, headers=headers)


async def test_the_link_opens_the_conversation_in_another_browser(client, shop, desk, guest):
    await guest.say("Wann haben Sie geöffnet?")
    link = await link_of(guest, desk)
    assert link.startswith(shop.origin)
    assert guest.token not in link
    answer = await redeem(client, shop, link)
    there = Guest(client, answer.json()["token"], guest.conversation_id, shop.origin, {})
    assert [m["text"] for m in await there.history()] == [m["text"] for m in await guest.history()]


async def test_a_link_works_once_and_for_half_an_hour(client, shop, parts, desk, guest):
    link = await link_of(guest, desk)
    assert (await redeem(client, shop, link)).status_code == 200
    again = await redeem(client, shop, link)
    assert (again.status_code, again.json()["code"]) == (404, "LINK_GONE")
    late = await link_of(guest, desk)
    async with inside(parts, shop.id) as db:
        await db.execute(update(ResumeLink).values(expires_at=clock.now() - timedelta(seconds=1)))
    assert (await redeem(client, shop, late)).status_code == 404


async def test_a_newer_link_ends_the_older_one(client, shop, desk, guest):
    older = await link_of(guest, desk)
    await link_of(guest, desk)
    assert (await redeem(client, shop, older)).status_code == 404


async def test_who_has_proven_nothing_gets_no_link(client, shop, desk):
    stranger = await a_guest(client, shop)
    answer = await stranger.post("resume-links", {})
    assert (answer.status_code, answer.json()["code"]) == (409, "NOT_VERIFIED")
    await desk.deliver()
    assert desk.mails == []


async def test_the_new_browser_has_proven_nothing_yet(client, shop, desk, guest):
    answer = await redeem(client, shop, await link_of(guest, desk))
    there = Guest(client, answer.json()["token"], guest.conversation_id, shop.origin, {})
    assert (await there.post("resume-links", {})).json()["code"] == "NOT_VERIFIED"


async def test_another_website_and_another_workshop_get_nothing(
    client, shop, other_shop, desk, guest
):
    link = await link_of(guest, desk)
    assert (await redeem(client, shop, link, origin="https://elsewhere.example")).status_code == 403
    assert (await redeem(client, other_shop, link, origin=other_shop.origin)).status_code == 404
    assert (await redeem(client, shop, link)).status_code == 200


async def test_the_code_stands_in_no_table(shop, parts, desk, guest):
    code = (await link_of(guest, desk)).split("#carbot=")[1]
    async with inside(parts, shop.id) as db:
        rows = await db.execute(ResumeLink.__table__.select())
        assert code not in str(rows.all())
        assert code.encode() not in b"".join(
            row.code_hash for row in await db.execute(ResumeLink.__table__.select())
        )


async def test_who_has_no_mail_address_on_file_gets_the_same_answer(client, shop, parts, desk):
    await an_owner(parts, shop, email="")
    guest = await a_guest(client, shop)
    await guest.post("verifications", {"plate": "B-KF 1234", "channel": "sms"})
    await desk.deliver()
    await guest.post("verifications/confirm", {"code": desk.sms_code})
    answer = await guest.post("resume-links", {})
    assert answer.json() == {"valid_s": 1800}
    await desk.deliver()
    assert desk.mails == []


async def test_an_erased_conversation_is_not_reopened(client, shop, parts, desk, guest):
    link = await link_of(guest, desk)
    async with inside(parts, shop.id) as db:
        await conversations.erase(db, guest.conversation_id)
        assert await db.scalar(select(func.count()).select_from(ResumeLink)) == 0
    assert (await redeem(client, shop, link)).status_code == 404


async def test_the_link_leads_to_a_website_of_the_workshop(client, shop, parts, desk):
    """What a page says of its own address is believed only where the workshop's list has it."""
    await an_owner(parts, shop)
    guest = await a_guest(client, shop, page_url="https://phishing.example/chat")
    await guest.post("verifications", {"plate": "B-KF 1234"})
    await desk.deliver()
    await guest.post("verifications/confirm", {"code": desk.mail_code})
    assert (await link_of(guest, desk)).startswith(f"{shop.origin}/#carbot=")
    assert resumptions.MARK == "#carbot="
