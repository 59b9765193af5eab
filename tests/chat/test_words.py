"""Conversations from before words were kept are found, too."""

import pytest
from sqlalchemy import delete, func, select

from portal.chat import links, words
from portal.chat.models_inbox import ConversationWord
from portal.kit.outbox import Job, later
from portal.tenants.boundary import inside
from portal.tenants.permissions import Role
from portal.worker import work_off
from tests.makers.chat import Script, a_guest, scripted, until
from tests.makers.vehicles import a_customer, a_vehicle


@pytest.fixture
async def old(client, shop, parts, signed_in):
    """Five talks without words: one with a note, one with a contact, one that was erased."""
    guests = [await a_guest(client, shop) for _ in range(5)]
    with scripted(Script()):
        for number, guest in enumerate(guests):
            await guest.say(f"Meine Bremsen quietschen am Wagen B-KF 10{number}")
    browser = await signed_in(shop, Role.ADVISOR)
    place = f"{shop.home}/inbox/{guests[1].conversation_id}/notes"
    assert (await browser.post(place, data={"text": "Stammkundin"})).status_code == 303
    contact = {"name": "Frau Sommerfeld", "phone": "0171 2345678"}
    assert (await guests[2].post("handover", {"contact": contact})).is_success
    await guests[3].delete("conversations/current")
    async with inside(parts, shop.id) as db:
        await db.execute(delete(ConversationWord))
    return [guest.conversation_id for guest in guests]


async def indexed(parts, shop):
    async with inside(parts, shop.id) as db:
        later(db, "chat.index_words")

    async def is_done():
        await work_off(parts)
        async with inside(parts, shop.id) as db:
            waiting = select(func.count()).select_from(Job).where(Job.name == "chat.index_words")
            return await db.scalar(waiting) == 0

    await until(is_done, seconds=20)


async def found(parts, shop, text):
    async with inside(parts, shop.id) as db:
        query = select(ConversationWord.conversation_id).distinct()
        query = query.where(words.has_words(text, ConversationWord.conversation_id))
        return set(await db.scalars(query))


@pytest.mark.parametrize("batch", [1, 2, 4, 50])
async def test_what_was_said_noted_or_left_before_is_found(parts, shop, old, monkeypatch, batch):
    monkeypatch.setattr(words, "BATCH", batch)
    assert await found(parts, shop, "bremsen") == set()
    await indexed(parts, shop)
    assert await found(parts, shop, "bremsen") == {old[0], old[1], old[2], old[4]}
    assert await found(parts, shop, "KF 104") == {old[4]}
    assert await found(parts, shop, "stammkundin") == {old[1]}
    assert await found(parts, shop, "sommerfeld 01712345678") == {old[2]}


async def test_indexing_again_changes_nothing(parts, shop, old):
    async def rows():
        async with inside(parts, shop.id) as db:
            return await db.scalar(select(func.count()).select_from(ConversationWord))

    await indexed(parts, shop)
    before = await rows()
    await indexed(parts, shop)
    assert await rows() == before > 0


async def test_the_words_of_another_workshop_stay_as_they_are(parts, shop, other_shop, old):
    await indexed(parts, other_shop)
    assert await found(parts, shop, "bremsen") == set()


PLATES = ("B-KF 4417", "BKF4417", "b-kf4417", "B KF 4417", "bkf 4417", "B-KF 44", "bkf44")
NUMBERS = ("0171 5550199", "01715550199", "+49 171 5550199", "0049171 5550199", "0171/5550199")
HALF = ("+49171555", "(0171) 555 01 99")


@pytest.mark.parametrize("typed", [*PLATES, *NUMBERS, *HALF])
@pytest.mark.parametrize("said", ["B-KF 4417, Tel. 0171/5550199", "bkf4417 +49 171 555 01 99"])
async def test_a_plate_or_a_number_is_found_however_it_was_written(
    client, shop, parts, said, typed
):
    guest, other = await a_guest(client, shop), await a_guest(client, shop)
    with scripted(Script()):
        await guest.say(f"Mein Auto ist der {said}")
        await other.say("Mein Auto ist der B-KF 4418, Tel. 0171 5550188")
    assert guest.conversation_id in await found(parts, shop, typed)
    if typed.endswith(("17", "99")):
        assert await found(parts, shop, typed) == {guest.conversation_id}


@pytest.mark.parametrize("typed", ["Özdemir", "ozdemir", "Oezdemir", "OEZ", "zeynep öz", "wüxy987"])
async def test_a_linked_customer_is_found_by_name_and_plate(client, shop, parts, typed):
    guest = await a_guest(client, shop)
    async with inside(parts, shop.id) as db:
        keeper = await a_customer(db, name="Zeynep Özdemir")
        car = await a_vehicle(db, plate="WÜ-XY 987", keeper=keeper)
        await links.link(db, guest.conversation_id, customer_id=None, vehicle_id=car.id)
    assert await found(parts, shop, typed) == {guest.conversation_id}
