"""An appointment out of a conversation begins with what was said and who is on file."""

import re

import pytest

from portal.chat import conversations, links
from portal.tenants.boundary import inside
from portal.tenants.permissions import Role
from tests.makers.bookings import a_calendar, a_service
from tests.makers.chat import Script, a_guest, scripted
from tests.makers.vehicles import a_customer, a_vehicle, counted_statements

CHOSEN = re.compile(r'name="who" value="([^"]+)" data-who checked')


@pytest.fixture
async def owner_on_file(parts, shop):
    async with inside(parts, shop.id) as db:
        await a_calendar(db)
        await a_service(db)
        keeper = await a_customer(db, name="Anja Petersen", phone="0171 3920014")
        second = await a_vehicle(db, plate="B-AP 100", keeper=keeper)
        car = await a_vehicle(db, plate="B-AP 4417", keeper=keeper)
    return keeper, car, second


@pytest.fixture
async def guest(client, shop):
    visitor = await a_guest(client, shop)
    with scripted(Script()):
        await visitor.say("Mein b-ap 4417 ruckelt beim Anfahren")
    return visitor


async def begun(signed_in, shop, guest):
    browser = await signed_in(shop, Role.ADVISOR)
    page = await browser.get(f"{shop.home}/inbox/{guest.conversation_id}/booking")
    assert page.status_code == 200
    return CHOSEN.findall(page.text), page.text


async def left(guest, **contact):
    await guest.post("handover", {"contact": contact})


async def test_what_was_said_stands_in_the_form(signed_in, shop, guest, owner_on_file):
    await left(guest, name="Jens Neu", phone="0160 1", email="jens@example.org")
    chosen, page = await begun(signed_in, shop, guest)
    assert chosen == ["new"], "another name is not taken for the keeper of the plate"
    for known in ("Jens Neu", "0160 1", "jens@example.org", 'value="B-AP 4417"', "ruckelt beim"):
        assert known in page


async def test_the_plate_that_was_named_finds_its_keeper(signed_in, shop, guest, owner_on_file):
    keeper, car, _second = owner_on_file
    chosen, _page = await begun(signed_in, shop, guest)
    assert chosen == [f"v:{car.id}:{keeper.id}"]


async def test_a_number_written_differently_finds_the_customer_with_the_car_that_was_named(
    signed_in, shop, guest, owner_on_file
):
    keeper, car, _second = owner_on_file
    await left(guest, name="A. P.", phone="+49 (171) 39 200 14")
    chosen, _page = await begun(signed_in, shop, guest)
    assert chosen == [f"v:{car.id}:{keeper.id}"]


async def test_who_is_linked_comes_before_what_was_typed(
    signed_in, shop, guest, owner_on_file, parts
):
    async with inside(parts, shop.id) as db:
        other = await a_customer(db, name="Bernd Anders")
        van = await a_vehicle(db, plate="B-XY 1", keeper=other)
        await links.link(db, guest.conversation_id, customer_id=None, vehicle_id=van.id)
    chosen, _page = await begun(signed_in, shop, guest)
    assert chosen == [f"v:{van.id}:{other.id}"]


async def test_the_page_asks_the_database_six_times_at_most(
    signed_in, shop, guest, owner_on_file, parts
):
    keeper, car, _second = owner_on_file
    browser = await signed_in(shop, Role.ADVISOR)

    async def asked():
        with counted_statements(parts) as sent:
            await browser.get(f"{shop.home}/inbox/{guest.conversation_id}/booking")
        return sent

    by_plate = await asked()
    async with inside(parts, shop.id) as db:
        talk = await conversations.locked(db, guest.conversation_id)
        talk.phone = keeper.phone
    by_contact = await asked()
    async with inside(parts, shop.id) as db:
        await links.link(db, guest.conversation_id, customer_id=keeper.id, vehicle_id=car.id)
    by_link = await asked()
    for sent in (by_plate, by_contact, by_link):
        assert len(sent) <= 6, sent


async def test_the_panel_offers_who_it_may_be_and_one_click_links_them(
    signed_in, shop, guest, owner_on_file, parts
):
    keeper, car, _second = owner_on_file
    browser = await signed_in(shop, Role.ADVISOR)
    place = f"{shop.home}/inbox/{guest.conversation_id}"
    with counted_statements(parts) as sent:
        panel = (await browser.get(f"{place}/context")).text
    assert len(sent) <= 6, sent
    assert "Vielleicht ist es:" in panel
    assert f"v:{car.id}:{keeper.id}" in panel
    linked = await browser.post(
        f"{place}/link",
        data={"who": f"v:{car.id}:{keeper.id}"},
        headers={"hx-request": "true"},
    )
    assert "Anja Petersen" in linked.text
    assert "Vielleicht ist es:" not in linked.text
    assert "Petersen" not in str(await guest.history())


async def test_a_name_that_is_not_the_keepers_is_offered_nobodys_car(
    signed_in, shop, guest, owner_on_file
):
    await left(guest, name="Jens Neu", phone="0160 1")
    browser = await signed_in(shop, Role.ADVISOR)
    panel = await browser.get(f"{shop.home}/inbox/{guest.conversation_id}/context")
    assert "Noch niemand verknüpft" in panel.text
    assert "Petersen" not in panel.text


async def test_a_bookkeeper_makes_no_appointment_out_of_a_conversation(signed_in, shop, guest):
    browser = await signed_in(shop, Role.BOOKKEEPER)
    page = await browser.get(f"{shop.home}/inbox/{guest.conversation_id}/booking")
    assert page.status_code == 403
