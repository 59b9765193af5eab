"""The page behind a signed link, as a customer's browser and a mail scanner see it."""

import asyncio
import re
from datetime import timedelta

import pytest
from sqlalchemy import select

from portal.bookings import rules
from portal.bookings.models import Appointment, AppointmentMove, Origin, State
from portal.bookings.public_shell import link_to
from portal.kit import clock
from portal.kit.outbox import Job
from portal.tenants.boundary import inside
from tests.makers.bookings import a_calendar, a_service, an_appointment
from tests.makers.public import in_days
from tests.makers.vehicles import a_customer, a_vehicle

TIME = re.compile(r'name="time" value="([^"]+)"')


@pytest.fixture
async def booked(parts, shop):
    """An appointment in three workdays at 9:00, and the path of its link."""
    return await make(parts, shop)


async def make(parts, shop, starts_at=None, **facts):
    async with inside(parts, shop.id) as db:
        calendar = await a_calendar(db)
        service = await a_service(db)
        customer = await a_customer(db, name="Erika Geheim", email="erika@example.de")
        car = await a_vehicle(db, plate="B-AB 123", model="Golf", make="VW", keeper=customer)
        appointment = await an_appointment(
            db,
            in_days(3, 9) if starts_at is None else starts_at,
            on=[calendar.lift, calendar.person],
            services=[service],
            customer_id=customer.id,
            vehicle_id=car.id,
            **facts,
        )
        return appointment, link_to(db, "t", appointment.id)


async def fresh(parts, shop, appointment):
    async with inside(parts, shop.id) as db:
        return await db.scalar(select(Appointment).where(Appointment.id == appointment.id))


async def test_the_page_shows_the_appointment_and_tells_nobody_else(client, booked):
    appointment, path = booked
    answer = await client.get(path)
    assert answer.status_code == 200
    assert "09:00" in answer.text
    assert appointment.code in answer.text
    assert "Erika" not in answer.text
    assert "erika@example.de" not in answer.text
    assert "Golf" not in answer.text
    assert answer.headers["referrer-policy"] == "no-referrer"
    assert "noindex" in answer.headers["x-robots-tag"]
    assert "no-store" in answer.headers["cache-control"]
    assert "set-cookie" not in answer.headers
    assert "<script" not in answer.text


async def test_opening_links_changes_nothing(client, parts, shop, booked):
    appointment, path = booked
    for page in ("", "/times", "/cancellation", "/appointment.ics", "/offer"):
        assert (await client.get(path + page)).status_code in {200, 302}
    for page in ("/time", "/attendance", "/cancellation"):
        assert (await client.get(path + page)).status_code in {200, 405}
    seen = await fresh(parts, shop, appointment)
    assert (seen.state, seen.starts_at) == (State.CONFIRMED, appointment.starts_at)
    assert seen.attending_at is None


async def test_a_customer_moves_the_appointment(client, parts, shop, booked):
    appointment, path = booked
    page = await client.get(path + "/times")
    times = TIME.findall(page.text)
    assert clock.rfc3339(appointment.starts_at) not in times
    answer = await client.post(path + "/time", data={"time": times[-1]})
    assert answer.status_code == 303
    assert "done=moved" in answer.headers["location"]
    moved = await fresh(parts, shop, appointment)
    assert clock.rfc3339(moved.starts_at) == times[-1]
    assert moved.state == State.CONFIRMED


async def test_a_taken_time_is_refused_and_fresh_ones_are_shown(client, parts, shop, booked):
    _appointment, path = booked
    at_ten = in_days(3, 10)
    async with inside(parts, shop.id) as db:
        from portal.bookings.models import Resource

        for person in (await db.scalars(select(Resource).where(Resource.kind == "person"))).all():
            await an_appointment(db, at_ten, minutes=60, on=[person])
    answer = await client.post(path + "/time", data={"time": clock.rfc3339(at_ten)})
    assert answer.status_code == 409
    assert len(TIME.findall(answer.text)) > 5


@pytest.mark.parametrize(
    "value",
    [
        "",
        "now",
        "2026-11-24T09:00:00",
        "2020-01-01T08:00:00Z",
        "0001-01-01T00:00:00+14:00",
        "9999-12-31T23:59:59-14:00",
    ],
)
async def test_what_is_no_free_time_is_not_booked(client, parts, shop, booked, value):
    appointment, path = booked
    answer = await client.post(path + "/time", data={"time": value})
    assert answer.status_code == 409
    assert (await fresh(parts, shop, appointment)).starts_at == appointment.starts_at


async def test_within_the_lead_time_the_page_names_the_phone_instead(client, parts, shop, booked):
    appointment, path = booked
    async with inside(parts, shop.id) as db:
        await rules.change(db, lead_minutes=60 * 24 * 20)
    page = await client.get(path)
    assert f'href="{path}/times"' not in page.text
    assert "030 1234567" in page.text
    answer = await client.post(path + "/time", data={"time": clock.rfc3339(in_days(3, 11))})
    assert answer.status_code == 409
    assert (await fresh(parts, shop, appointment)).starts_at == appointment.starts_at


async def test_a_customer_cancels_after_being_asked(client, parts, shop, booked):
    appointment, path = booked
    page = await client.get(path + "/cancellation")
    assert page.status_code == 200
    answer = await client.post(path + "/cancellation", data={"why": "Urlaub"})
    assert answer.status_code == 303
    gone = await fresh(parts, shop, appointment)
    assert (gone.state, gone.reason) == (State.CANCELLED, "Urlaub")
    again = await client.post(path + "/cancellation", data={"why": "noch einmal"})
    assert again.status_code == 303
    assert (await client.get(path)).status_code == 200


async def test_a_customer_promises_to_come_once(client, parts, shop, booked):
    appointment, path = booked
    for _ in range(2):
        assert (await client.post(path + "/attendance")).status_code == 303
    assert (await fresh(parts, shop, appointment)).attending_at is not None
    async with inside(parts, shop.id) as db:
        query = select(AppointmentMove).where(AppointmentMove.appointment_id == appointment.id)
        assert len((await db.scalars(query)).all()) == 1


async def test_whoever_was_asked_picks_a_time_and_has_it_confirmed(client, parts, shop):
    async with inside(parts, shop.id) as db:
        await a_calendar(db)
        asked = await an_appointment(db, None, minutes=120, state=State.REQUESTED)
        path = link_to(db, "t", asked.id)
    page = await client.get(path)
    assert "/times" in page.text
    times = TIME.findall((await client.get(path + "/times")).text)
    assert (await client.post(path + "/time", data={"time": times[3]})).status_code == 303
    seen = await fresh(parts, shop, asked)
    assert seen.state == State.CONFIRMED
    assert seen.ends_at - seen.starts_at >= timedelta(minutes=120)


async def test_twenty_customers_who_want_one_time_get_one_each(client, parts, shop):
    async with inside(parts, shop.id) as db:
        await a_calendar(db, lifts=1, people=1)
        paths = []
        for _ in range(20):
            asked = await an_appointment(db, None, minutes=60, state=State.REQUESTED)
            paths.append(link_to(db, "t", asked.id))
    wanted = TIME.findall((await client.get(paths[0] + "/times")).text)[0]
    answers = await asyncio.gather(
        *(client.post(path + "/time", data={"time": wanted}) for path in paths)
    )
    assert sorted(answer.status_code for answer in answers) == [303] + [409] * 19


@pytest.mark.parametrize("state", [State.COLLECTED, State.NO_SHOW])
async def test_when_it_is_over_the_page_is_quiet(client, parts, shop, state):
    appointment, path = await make(parts, shop, clock.now() - timedelta(days=2), state=state)
    page = await client.get(path)
    assert page.status_code == 200
    assert appointment.code not in page.text
    assert "B-AB" not in page.text


async def test_a_long_forgotten_appointment_is_over_too(client, parts, shop):
    appointment, path = await make(parts, shop, clock.now() - timedelta(days=30))
    assert appointment.code not in (await client.get(path)).text


async def test_forms_of_other_websites_are_refused(client, parts, shop, booked):
    appointment, path = booked
    for headers in (
        {"sec-fetch-site": "cross-site"},
        {"sec-fetch-site": "same-site"},
        {"origin": "https://evil.example"},
    ):
        answer = await client.post(path + "/cancellation", headers=headers)
        assert answer.status_code == 403
    assert (await fresh(parts, shop, appointment)).state == State.CONFIRMED
    ours = await client.post(path + "/attendance", headers={"sec-fetch-site": "same-origin"})
    assert ours.status_code == 303


async def test_a_broken_link_gets_a_friendly_page(client, booked):
    _appointment, path = booked
    for wrong in (path[:-1], path + "x", "/t/nonsense", "/t/a.b.c"):
        answer = await client.get(wrong)
        assert answer.status_code == 401
        assert answer.headers["referrer-policy"] == "no-referrer"
        assert "set-cookie" not in answer.headers


async def test_a_link_of_another_workshop_finds_nothing(client, parts, other_shop, booked):
    appointment, _path = booked
    async with inside(parts, other_shop.id) as db:
        foreign = link_to(db, "t", appointment.id)
    for page in ("", "/times", "/cancellation", "/appointment.ics"):
        answer = await client.get(foreign + page)
        assert answer.status_code == 404
        assert appointment.code not in answer.text
    assert (await client.post(foreign + "/cancellation")).status_code == 404


async def test_the_calendar_file_holds_the_appointment_and_no_name(client, booked):
    appointment, path = booked
    answer = await client.get(path + "/appointment.ics")
    assert answer.status_code == 200
    assert "BEGIN:VEVENT" in answer.text
    assert appointment.code in answer.text
    assert "Erika" not in answer.text
    assert "erika@" not in answer.text


async def test_a_customer_with_another_language_reads_english(client, parts, shop):
    _appointment, path = await make(parts, shop, locale="en")
    page = await client.get(path)
    assert '<html lang="en">' in page.text
    assert "Your appointment is confirmed" in page.text


async def test_cancelling_asks_those_who_wait(client, parts, shop, booked):
    from portal.bookings import waitlist
    from portal.bookings.waitlist import WaitDraft

    _appointment, path = booked
    async with inside(parts, shop.id) as db:
        waiting = await a_customer(db, name="Willi Wartet", email="willi@example.de")
        day = clock.local(in_days(3, 9)).date()
        await waitlist.join(
            db, WaitDraft(customer_id=waiting.id, from_day=day, to_day=day, minutes=60)
        )
    await client.post(path + "/cancellation")
    async with inside(parts, shop.id) as db:
        names = (await db.scalars(select(Job.name))).all()
    assert "bookings.offer_freed" in names


async def test_a_contract_offers_its_withdrawal(client, parts, shop):
    appointment, path = await make(
        parts, shop, is_contract=True, terms_told="Unsere AGB", origin=Origin.FORM
    )
    page = await client.get(path)
    assert f"/b/{shop.slug}/withdrawal?code={appointment.code}" in page.text
    assert "Unsere AGB" in page.text
