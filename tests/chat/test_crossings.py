"""Answers that cross: sent twice by a bad line, or by two of the team at the same moment."""

from uuid import uuid4

import pytest

from portal.tenants.permissions import Role
from tests.makers.chat import Script, a_guest, scripted

HX = {"hx-request": "true"}


@pytest.fixture
async def guest(client, shop):
    visitor = await a_guest(client, shop)
    with scripted(Script()):
        await visitor.say("Ist mein Auto fertig?")
    return visitor


def answers_of(shop, guest):
    return f"{shop.home}/inbox/{guest.conversation_id}/messages"


async def test_an_answer_that_arrives_twice_is_said_once(signed_in, shop, guest):
    browser = await signed_in(shop, Role.ADVISOR)
    said = {"text": "Ja, ab 16 Uhr.", "client_id": str(uuid4())}
    for _attempt in range(2):
        answer = await browser.post(answers_of(shop, guest), data=said, headers=HX)
        assert answer.status_code == 200
        assert answer.text.count("Ja, ab 16 Uhr.") >= 1
    assert [m["text"] for m in await guest.history()].count("Ja, ab 16 Uhr.") == 1


async def test_the_same_words_may_be_said_again(signed_in, shop, guest):
    browser = await signed_in(shop, Role.ADVISOR)
    for _time in range(2):
        said = {"text": "Gern.", "client_id": str(uuid4())}
        await browser.post(answers_of(shop, guest), data=said, headers=HX)
    assert [m["text"] for m in await guest.history()].count("Gern.") == 2


async def test_the_name_of_an_attempt_is_not_told_to_the_visitor(signed_in, shop, guest):
    browser = await signed_in(shop, Role.ADVISOR)
    name = str(uuid4())
    await browser.post(answers_of(shop, guest), data={"text": "Gern.", "client_id": name})
    assert name not in str(await guest.history())


async def test_whoever_has_not_read_a_colleagues_answer_is_told_before_theirs_is_sent(
    signed_in, shop, guest
):
    advisor, owner = await signed_in(shop, Role.ADVISOR), await signed_in(shop, Role.OWNER)
    seen = (await guest.history())[-1]["seq"]
    first = await advisor.post(
        answers_of(shop, guest), data={"text": "Um 16 Uhr.", "seen": str(seen)}
    )
    assert first.status_code == 303
    crossed = {"text": "Um 17 Uhr.", "seen": str(seen)}
    second = await owner.post(answers_of(shop, guest), data=crossed, headers=HX)
    assert second.status_code == 409
    assert second.json()["code"] == "ANSWERED_MEANWHILE"
    assert shop.people[Role.ADVISOR].name in second.json()["detail"]
    assert "Um 17 Uhr." not in str(await guest.history())

    crossed["seen"] = str((await guest.history())[-1]["seq"])
    third = await owner.post(answers_of(shop, guest), data=crossed, headers=HX)
    assert third.status_code == 200


async def test_what_i_said_myself_elsewhere_does_not_stop_me(signed_in, shop, guest):
    browser = await signed_in(shop, Role.ADVISOR)
    seen = str((await guest.history())[-1]["seq"])
    for text in ("Vom Telefon.", "Vom Rechner."):
        answer = await browser.post(
            answers_of(shop, guest), data={"text": text, "seen": seen}, headers=HX
        )
        assert answer.status_code == 200
