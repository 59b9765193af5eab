"""From the booking to the collected car: what one customer hears, through the real verbs."""

from datetime import datetime, timedelta

import pytest
from icalendar import Calendar
from sqlalchemy import delete, select

from portal.bookings import appointments, rules, slots
from portal.bookings.drafts import BookingDraft, CarDraft, GuestDraft
from portal.bookings.models import Answering, Appointment, BookingNotice, Delivery, Origin, State
from portal.kit import clock
from portal.kit.outbox import Job
from portal.tenants.boundary import inside
from portal.worker import work_off
from tests.makers.bookings import a_calendar, a_service
from tests.makers.post import Telephones, postbox, with_post
from tests.makers.shops import found_shop


@pytest.fixture
async def box(parts):
    await work_off(parts)
    async with postbox() as made:
        yield made


@pytest.fixture
async def place(parts):
    made = await found_shop(parts, name="KFZ Brandt", email="post@brandt.example")
    yield made
    async with inside(parts, made.id) as db:
        await db.execute(delete(Job))


async def booked(db, service, **more):
    first = clock.local(clock.now()).date() + timedelta(days=7)
    found = await slots.find(db, [service.id], first, first + timedelta(days=4))
    draft = BookingDraft(
        origin=Origin.FORM,
        slot_id=found[0].slot_id,
        customer=GuestDraft(name="Erika Mustermann", email="erika@example.de"),
        vehicle=CarDraft(plate="B-KF 1234", make="VW", model="Golf"),
        **more,
    )
    return await appointments.book(db, draft)


async def test_a_customer_hears_each_step_once_and_nothing_else(parts, place, box):
    post = with_post(parts, box, Telephones())
    async with inside(parts, place.id) as db:
        await a_calendar(db)
        service = await a_service(db)
        appointment = await booked(db, service)
    await work_off(post)
    for state in (
        State.CONFIRMED,
        None,
        State.ARRIVED,
        State.IN_WORK,
        State.READY,
        State.COLLECTED,
    ):
        async with inside(parts, place.id) as db:
            appointment = await appointments.get(db, appointment.id)
            if state is None:
                later_on = next_weekday(appointment.starts_at)
                await appointments.move(db, appointment, starts_at=later_on)
            else:
                await appointments.change_state(db, appointment, state)
        await work_off(post)
    subjects = [mail["Subject"].partition(":")[0] for mail in box.messages]
    assert subjects == [
        "Ihre Terminanfrage bei KFZ Brandt",
        "Termin bestätigt",
        "Ihr neuer Termin",
        "Ihr Fahrzeug ist fertig",
    ]
    sequences = [event["sequence"] for mail in box.messages for event in events_of(mail)]
    assert sequences == sorted(set(sequences))
    assert len(sequences) == 2


async def test_who_cancels_gets_no_reminder(parts, place, box):
    post = with_post(parts, box)
    async with inside(parts, place.id) as db:
        await rules.change(db, answering=Answering.AT_ONCE)
        await a_calendar(db)
        appointment = await booked(db, await a_service(db))
        assert appointment.state == State.CONFIRMED
    await work_off(post)
    async with inside(parts, place.id) as db:
        appointment = await appointments.get(db, appointment.id)
        await appointments.change_state(db, appointment, State.CANCELLED, why="krank")
    await work_off(post)
    confirmed, cancelled = box.messages
    assert confirmed["Subject"].startswith("Termin bestätigt: ")
    assert cancelled["Subject"].startswith("Termin abgesagt: ")
    assert "krank" not in cancelled.get_body(("plain",)).get_content()
    (event,) = events_of(cancelled)
    assert event["status"] == "CANCELLED"
    async with inside(parts, place.id) as db:
        query = select(BookingNotice.state).where(BookingNotice.kind == "reminder")
        assert (await db.scalars(query)).all() == [Delivery.SKIPPED]


async def test_a_described_work_is_estimated_and_the_customer_asked_to_choose(parts, place, box):
    post = with_post(parts, box)
    async with inside(parts, place.id) as db:
        await a_calendar(db)
        draft = BookingDraft(
            origin=Origin.CHAT,
            title="Klappert, siehe https://böse.example",
            customer=GuestDraft(name="Erika Mustermann", email="erika@example.de"),
            locale="en",
        )
        appointment = await appointments.book(db, draft)
    await work_off(post)
    async with inside(parts, place.id) as db:
        appointment = await appointments.get(db, appointment.id)
        await appointments.set_duration(db, appointment, 150)
    await work_off(post)
    received, choice = box.messages
    assert "example/" not in received.get_body(("plain",)).get_content().replace("127.0.0.1", "")
    assert "böse" not in received.get_body(("plain",)).get_content()
    assert "2.5 hours" in choice.get_body(("plain",)).get_content()


async def test_a_work_begun_is_watched(parts, place, box):
    async with inside(parts, place.id) as db:
        await rules.change(db, answering=Answering.AT_ONCE)
        await a_calendar(db)
        appointment = await booked(db, await a_service(db))
        await appointments.change_state(db, appointment, State.ARRIVED)
        await appointments.change_state(db, appointment, State.IN_WORK)
    await work_off(with_post(parts, box))
    async with inside(parts, place.id) as db:
        kept = (await db.scalars(select(Appointment))).one()
        jobs = await db.scalars(select(Job.run_at).where(Job.name == "bookings.check_progress"))
        (run_at,) = jobs.all()
        assert kept.nearly_done_at is None
        assert run_at > clock.now()


def next_weekday(moment: datetime) -> datetime:
    following = clock.local(moment) + timedelta(days=1)
    while following.weekday() > 4:
        following += timedelta(days=1)
    return following


def events_of(mail):
    return [
        event
        for file in mail.iter_attachments()
        for event in Calendar.from_ical(file.get_payload(decode=True)).walk("VEVENT")
    ]
