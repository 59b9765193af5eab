"""What nobody's text answers is noted, counted, answered by an entry or put aside."""

import pytest

from portal.chat import conversations, open_questions
from portal.chat.open_questions import OpenQuestionNotFound
from portal.kit.db import new_id
from portal.tenants.boundary import inside
from portal.tenants.permissions import Role
from portal.worker import work_off
from tests.makers.chat import a_guest


async def asked(parts, shop):
    async with inside(parts, shop.id) as db:
        return [(one.text, one.times) for one in await open_questions.open_ones(db)]


async def test_what_the_assistant_does_not_know_is_noted_and_counted(parts, shop, client):
    for words in ("Machen Sie Unterbodenwäsche?", "machen sie unterbodenwaesche ??"):
        guest = await a_guest(client, shop)
        await guest.say(words)
    assert await asked(parts, shop) == [("machen sie unterbodenwaesche ??", 2)]


async def test_what_it_knows_is_not_noted(parts, shop, client):
    guest = await a_guest(client, shop)
    await guest.say("Wann haben Sie geöffnet?")
    assert await asked(parts, shop) == []


async def test_the_note_tells_nothing_of_who_asked(parts, shop, client):
    guest = await a_guest(client, shop)
    await guest.say("Unterbodenwäsche? Bitte an kunde@example.de oder 0151 23456789")
    text = (await asked(parts, shop))[0][0]
    assert "kunde@" not in text
    assert "23456789" not in text


async def test_an_answer_settles_all_who_asked_the_same(parts, shop, client, signed_in):
    for _ in range(2):
        guest = await a_guest(client, shop)
        await guest.say("Machen Sie Unterbodenwäsche?")
    office = await signed_in(shop, Role.ADVISOR)
    page = await office.get(f"{shop.home}/faq/unanswered")
    assert "Unterbodenwäsche" in page.text
    async with inside(parts, shop.id) as db:
        one = (await open_questions.open_ones(db))[0]
    draft = {"question": "Unterbodenwäsche?", "answer": "Ja, 29,00 €.", "locale": "de"}
    await office.post(f"{shop.home}/faq/", data={**draft, "open_question": str(one.id)})
    await work_off(parts)
    assert await asked(parts, shop) == []
    guest = await a_guest(client, shop)
    events = await guest.say("Machen Sie Unterbodenwäsche?")
    assert "29,00" in "".join(e.data["text"] for e in events if e.name == "delta")


async def test_what_is_put_aside_returns_when_somebody_asks_again(parts, shop, client, signed_in):
    await (await a_guest(client, shop)).say("Machen Sie Unterbodenwäsche?")
    office = await signed_in(shop, Role.ADVISOR)
    async with inside(parts, shop.id) as db:
        one = (await open_questions.open_ones(db))[0]
    await office.post(f"{shop.home}/faq/unanswered/{one.id}/settling")
    assert await asked(parts, shop) == []
    await (await a_guest(client, shop)).say("Machen Sie Unterbodenwäsche?")
    assert len(await asked(parts, shop)) == 1


async def test_an_erased_conversation_takes_its_question_along(parts, shop, client):
    guest = await a_guest(client, shop)
    await guest.say("Machen Sie Unterbodenwäsche?")
    async with inside(parts, shop.id) as db:
        await conversations.erase(db, guest.conversation_id)
    assert await asked(parts, shop) == []


async def test_a_question_that_nobody_asked_cannot_be_settled(parts, shop):
    async with inside(parts, shop.id) as db:
        with pytest.raises(OpenQuestionNotFound):
            await open_questions.settle(db, new_id())
