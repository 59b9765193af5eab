"""A person's calendar at a secret address: right, silent about people, and closed when it should."""

import re
from datetime import timedelta

import pytest
from icalendar import Calendar
from sqlalchemy import select

from portal.bookings import feeds
from portal.bookings.models import Resource, State
from portal.kit import clock
from portal.tenants import callers, workshops
from portal.tenants.boundary import inside
from portal.tenants.callers import Feed
from portal.tenants.permissions import Role
from tests.makers.bookings import a_calendar, a_service, an_appointment
from tests.makers.vehicles import a_customer, a_vehicle


async def a_feed(parts, shop, *, days=1, **facts):
    async with inside(parts, shop.id) as db:
        made = await a_calendar(db)
        customer = await a_customer(
            db, name="Erika Mustermann", phone="0151 12345678", email="erika@example.de"
        )
        vehicle = await a_vehicle(db, keeper=customer)
        service = await a_service(db, name="Zahnriemen", price="799.00")
        appointment = await an_appointment(
            db,
            clock.now().replace(microsecond=0) + timedelta(days=days),
            on=(made.lift, made.person),
            services=(service,),
            customer_id=customer.id,
            vehicle_id=vehicle.id,
            wishes="Bitte anrufen: 0151 12345678",
            note="zahlt spät",
            **facts,
        )
        address = await feeds.open(db, made.person)
        return address.removeprefix(parts.settings.base_url), appointment, made.person


async def test_a_feed_shows_times_plate_work_and_code(parts, shop, client):
    path, appointment, _person = await a_feed(parts, shop)
    assert re.fullmatch(r"/calendar/[\w.-]+\.ics", path)
    answer = await client.get(path)
    assert answer.headers["content-type"] == "text/calendar; charset=utf-8"
    assert answer.headers["cache-control"] == "private, max-age=300"
    (event,) = Calendar.from_ical(answer.content).walk("VEVENT")
    assert event["summary"] == "B-KF 1234 · Zahnriemen"
    assert event["dtstart"].dt == appointment.starts_at
    assert event["dtend"].dt == appointment.ends_at
    assert appointment.code in event["description"]


async def test_a_feed_tells_nothing_of_people_and_money(parts, shop, client):
    path, _appointment, _person = await a_feed(parts, shop)
    words = (await client.get(path)).text.replace("\r\n ", "")
    for secret in ("Mustermann", "12345678", "erika@", "799", "zahlt"):
        assert secret not in words


async def test_a_program_that_has_it_already_gets_nothing(parts, shop, client):
    path, appointment, _person = await a_feed(parts, shop)
    first = await client.get(path)
    tag, date = first.headers["etag"], first.headers["last-modified"]
    assert (await client.get(path, headers={"if-none-match": tag})).status_code == 304
    assert (await client.get(path, headers={"if-none-match": f'W/{tag}, "x"'})).status_code == 304
    assert (await client.get(path, headers={"if-modified-since": date})).status_code == 304
    assert (await client.get(path, headers={"if-modified-since": "nonsense"})).status_code == 200
    async with inside(parts, shop.id) as db:
        changed = await db.merge(appointment, load=False)
        changed.title, changed.state = "Neu", State.ARRIVED
        changed.updated_at = clock.now() + timedelta(seconds=2)
    assert (await client.get(path, headers={"if-none-match": tag})).status_code == 200
    assert (await client.get(path, headers={"if-modified-since": date})).status_code == 200


async def test_only_ones_own_appointments_are_in_it(parts, shop, client):
    path, _appointment, person = await a_feed(parts, shop)
    async with inside(parts, shop.id) as db:
        others = await db.scalars(select(Resource).where(Resource.id != person.id))
        later_on = clock.now() + timedelta(days=2)
        await an_appointment(db, later_on, on=others.all(), title="Fremd")
    assert "Fremd" not in (await client.get(path)).text


async def test_a_closed_feed_and_its_old_address_stay_closed(parts, shop, client):
    path, _appointment, person = await a_feed(parts, shop)
    async with inside(parts, shop.id) as db:
        person = await db.merge(person, load=False)
        await feeds.revoke(db, person)
        assert feeds.address(db, person) == ""
    assert (await client.get(path)).status_code == 404
    async with inside(parts, shop.id) as db:
        renewed = await feeds.open(db, await db.merge(person, load=False))
    assert (await client.get(path)).status_code == 404
    fresh = await client.get(renewed.removeprefix(parts.settings.base_url))
    assert fresh.status_code == 200


async def test_who_has_left_and_who_is_suspended_has_no_feed(parts, shop, other_shop, client):
    path, _appointment, person = await a_feed(parts, shop)
    async with inside(parts, shop.id) as db:
        (await db.merge(person, load=False)).active = False
    assert (await client.get(path)).status_code == 404
    path, _appointment, _person = await a_feed(parts, other_shop)
    await workshops.suspend(parts, other_shop.slug, "tests")
    assert (await client.get(path)).status_code == 404


async def test_made_up_addresses_open_nothing(parts, shop, other_shop, client):
    path, _appointment, person = await a_feed(parts, shop)
    secret = parts.settings.secret
    async with inside(parts, shop.id) as db:
        key = (await db.scalars(select(Resource.feed_key).where(Resource.id == person.id))).one()
    forged = [
        Feed(other_shop.id, person.id, key),
        Feed(shop.id, shop.id, key),
        Feed(shop.id, person.id, ""),
        Feed(shop.id, person.id, key[:-1]),
    ]
    paths = [f"/calendar/{callers.feed_token(feed, secret)}.ics" for feed in forged]
    paths += [path[:-6] + "xx.ics", "/calendar/x.ics", "/calendar/.ics", "/calendar/ä.b.ics"]
    paths += [
        f"/calendar/{callers.owner_link(callers.Visitor(shop.id, person.id, ''), secret)}.ics"
    ]
    for wrong in paths:
        assert (await client.get(wrong)).status_code == 404, wrong


async def test_a_program_that_asks_all_the_time_is_slowed_down(parts, shop, client):
    path, _appointment, _person = await a_feed(parts, shop)
    answers = [(await client.get(path)).status_code for _time in range(14)]
    assert answers[0] == 200
    assert answers[-1] == 429


async def test_staff_opens_and_closes_a_feed_on_the_page(parts, shop, signed_in, client):
    _path, _appointment, person = await a_feed(parts, shop)
    advisor = await signed_in(shop, Role.ADVISOR)
    base = f"{shop.home}/bookings/people/{person.id}/feed"
    piece = await advisor.post(base, headers={"hx-request": "true"})
    assert piece.status_code == 200
    address = re.search(r'value="(\S+/calendar/\S+\.ics)"', piece.text).group(1)
    path = address.removeprefix(parts.settings.base_url)
    assert (await client.get(path)).status_code == 200
    gone = await advisor.post(f"{base}/revoke", headers={"hx-request": "true"})
    assert "Kalender-Abo einrichten" in gone.text
    assert (await client.get(path)).status_code == 404
    plain = await advisor.post(base)
    assert plain.status_code == 303


async def test_the_page_of_a_person_shows_the_feed(parts, shop, signed_in):
    path, _appointment, person = await a_feed(parts, shop)
    owner = await signed_in(shop)
    page = await owner.get(f"{shop.home}/bookings/settings/resources/{person.id}")
    assert path in page.text
    assert page.text.count(f'action="{shop.home}/bookings/people/{person.id}/feed') == 2


@pytest.mark.parametrize("what", ["feed", "feed/revoke"])
async def test_a_mechanic_a_lift_and_a_stranger_get_no_feed(
    parts, shop, other_shop, signed_in, what
):
    path, _appointment, person = await a_feed(parts, shop)
    assert path
    base = f"{shop.home}/bookings/people"
    mechanic = await signed_in(shop, Role.MECHANIC)
    assert (await mechanic.post(f"{base}/{person.id}/{what}")).status_code == 403
    async with inside(parts, shop.id) as db:
        lift = (await db.scalars(select(Resource).where(Resource.kind == "lift").limit(1))).one()
    owner = await signed_in(shop)
    assert (await owner.post(f"{base}/{lift.id}/{what}")).status_code == 404
    stranger = await signed_in(other_shop)
    theirs = f"{other_shop.home}/bookings/people/{person.id}/{what}"
    assert (await stranger.post(theirs)).status_code == 404


async def test_a_work_over_two_days_has_two_entries(parts, shop, client):
    from sqlalchemy.dialects.postgresql import Range

    from portal.bookings.models import Reservation

    path, appointment, person = await a_feed(parts, shop)
    async with inside(parts, shop.id) as db:
        begins = appointment.starts_at + timedelta(days=1)
        db.add(
            Reservation(
                appointment_id=appointment.id,
                resource_id=person.id,
                during=Range(begins, begins + timedelta(hours=1), bounds="[)"),
            )
        )
    events = Calendar.from_ical((await client.get(path)).content).walk("VEVENT")
    assert len({event["uid"] for event in events}) == 2
