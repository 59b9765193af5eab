"""Reminders come when they should, once, and only for what still stands; works are watched."""

from datetime import UTC, datetime, timedelta

import pytest
from sqlalchemy import delete, select

from portal.bookings import notices, rules
from portal.bookings.models import Appointment, BookingNotice, Delivery, NoticeKind, State
from portal.bookings.progress import nearly_done_at, planned
from portal.bookings.reminders import due_at
from portal.kit import clock
from portal.kit.outbox import Job, later
from portal.tenants.boundary import inside
from portal.worker import work_off
from tests.makers.bookings import a_calendar, an_appointment, at, week
from tests.makers.post import Telephones, postbox, with_post
from tests.makers.shops import found_shop
from tests.makers.vehicles import a_customer

MOBILE = "0151 12345678"


@pytest.fixture
async def place(parts):
    made = await found_shop(parts)
    yield made
    async with inside(parts, made.id) as db:
        await db.execute(delete(Job))


@pytest.fixture
async def box(parts):
    await work_off(parts)
    async with postbox() as made:
        yield made


@pytest.fixture
def telephones():
    return Telephones()


@pytest.fixture
def post(parts, box, telephones):
    return with_post(parts, box, telephones)


def a_day(days=5):
    day = clock.local(clock.now()).date() + timedelta(days=days)
    return datetime.combine(day, datetime.min.time().replace(hour=9), clock.BERLIN)


async def a_confirmed(parts, place, *, starts=None, hours=(24,), by_sms=False, **contact):
    async with inside(parts, place.id) as db:
        await rules.change(db, reminder_hours=list(hours), reminder_by_sms=by_sms)
        customer = await a_customer(db, **(contact or {"email": "erika@example.de"}))
        appointment = await an_appointment(db, starts or a_day(), customer_id=customer.id)
        await notices.queue(db, appointment, NoticeKind.CONFIRMED)
        return appointment


async def reminders_of(parts, place):
    async with inside(parts, place.id) as db:
        query = select(BookingNotice).where(BookingNotice.kind == NoticeKind.REMINDER)
        return (await db.scalars(query.order_by(BookingNotice.id))).all()


async def let_time_pass(parts, place):
    """The reminders' moment has come."""
    async with inside(parts, place.id) as db:
        for job in await db.scalars(select(Job).where(Job.name == "bookings.remind")):
            job.run_at = clock.now() - timedelta(seconds=1)


@pytest.mark.parametrize(
    ("arrives", "hours", "due"),
    [
        ("2026-11-23 08:00", 24, "2026-11-22 08:00"),
        ("2026-11-23 08:00", 48, "2026-11-21 08:00"),
        ("2026-11-23 08:00", 2, "2026-11-22 20:00"),
        ("2026-11-23 16:00", 2, "2026-11-23 14:00"),
        ("2026-11-23 08:00", 10, "2026-11-22 20:00"),
        ("2026-03-30 08:00", 24, "2026-03-29 08:00"),
        ("2026-03-30 08:00", 48, "2026-03-28 08:00"),
        ("2026-10-26 08:00", 48, "2026-10-24 08:00"),
    ],
)
def test_reminders_keep_to_the_clock_on_the_wall_and_let_people_sleep(arrives, hours, due):
    assert due_at(at(arrives), hours) == at(due)
    assert due_at(at(arrives).astimezone(UTC), hours) == at(due)


async def test_a_confirmed_appointment_is_reminded_of_at_each_distance(
    parts, place, post, box, telephones
):
    appointment = await a_confirmed(
        parts, place, hours=(24, 48), by_sms=True, email="e@example.de", phone=MOBILE
    )
    planned = await reminders_of(parts, place)
    assert [row.state for row in planned] == [Delivery.QUEUED] * 4
    assert {row.due_at for row in planned} == {
        appointment.starts_at - timedelta(hours=24),
        appointment.starts_at - timedelta(hours=48),
    }
    await work_off(post)
    assert len(box.messages) == 1
    await let_time_pass(parts, place)
    await work_off(post)
    assert [row.state for row in await reminders_of(parts, place)] == [Delivery.SENT] * 4
    assert len(box.messages) == 3
    assert len(telephones.messages) == 2
    assert box.messages[1]["Subject"].startswith("Erinnerung an Ihren Termin: ")
    assert telephones.messages[0].text.count("/t/") == 1


async def test_who_comes_within_the_hour_is_not_reminded(parts, place):
    await a_confirmed(parts, place, starts=a_day(1), hours=(100,))
    assert await reminders_of(parts, place) == []


def test_work_of_somebody_slower_may_take_as_long_as_was_planned():
    since, until = at("2026-11-24 09:00"), at("2026-11-24 11:00")
    assert planned(week(), 60, since, until) == timedelta(hours=2)
    assert planned(week(), 60, None, None) == timedelta(hours=1)
    overnight = planned(week(), 60, at("2026-11-24 17:00"), at("2026-11-25 08:00"))
    assert overnight == timedelta(hours=1)


async def test_reminders_that_wait_follow_the_workshops_new_times(parts, place, post, box):
    appointment = await a_confirmed(parts, place, hours=(24, 48))
    await work_off(post)
    async with inside(parts, place.id) as db:
        await rules.change(db, reminder_hours=[2])
        later(db, "bookings.plan_reminders")
    await work_off(post)
    *before, new = await reminders_of(parts, place)
    assert [row.state for row in before] == [Delivery.SKIPPED] * 2
    assert (new.state, new.due_at) == (Delivery.QUEUED, due_at(appointment.starts_at, 2))
    await let_time_pass(parts, place)
    await work_off(post)
    assert len([mail for mail in box.messages if "Erinnerung" in mail["Subject"]]) == 1


async def test_a_moved_appointment_gets_a_new_reminder_and_the_old_one_is_skipped(
    parts, place, post, box
):
    appointment = await a_confirmed(parts, place)
    await work_off(post)
    async with inside(parts, place.id) as db:
        appointment = await db.merge(appointment, load=False)
        appointment.starts_at += timedelta(days=1)
        appointment.ends_at += timedelta(days=1)
        await db.flush()
        await notices.queue(db, appointment, NoticeKind.MOVED)
    old, new = await reminders_of(parts, place)
    assert (old.state, old.problem) == (Delivery.SKIPPED, "Der Termin wurde verlegt.")
    assert new.due_at - old.due_at == timedelta(days=1)
    await let_time_pass(parts, place)
    await work_off(post)
    reminders = [mail for mail in box.messages if "Erinnerung" in mail["Subject"]]
    assert len(reminders) == 1


@pytest.mark.parametrize("how", ["cancelled", "moved", "arrived", "no_show"])
async def test_a_reminder_looks_again_whether_the_appointment_stands(parts, place, post, box, how):
    """Also when nobody told it: the rows were changed past all verbs."""
    appointment = await a_confirmed(parts, place)
    await work_off(post)
    async with inside(parts, place.id) as db:
        appointment = await db.merge(appointment, load=False)
        if how == "moved":
            appointment.starts_at -= timedelta(hours=1)
        else:
            appointment.state = State(how)
    await let_time_pass(parts, place)
    await work_off(post)
    assert len(box.messages) == 1
    (row,) = await reminders_of(parts, place)
    assert (row.state, row.problem) == (Delivery.SKIPPED, "inzwischen überholt")


async def test_a_cancelled_appointment_drops_its_reminders_at_once(parts, place):
    appointment = await a_confirmed(parts, place)
    async with inside(parts, place.id) as db:
        appointment = await db.merge(appointment, load=False)
        appointment.state = State.CANCELLED
        await db.flush()
        await notices.queue(db, appointment, NoticeKind.CANCELLED)
    (row,) = await reminders_of(parts, place)
    assert (row.state, row.problem) == (Delivery.SKIPPED, "Der Termin besteht nicht mehr.")


async def test_a_reminder_goes_to_the_address_of_that_day(parts, place, post, box):
    appointment = await a_confirmed(parts, place)
    await work_off(post)
    async with inside(parts, place.id) as db:
        from portal.vehicles import customers

        customer = await customers.get(db, appointment.customer_id)
        customer.email = "moved@example.de"
    await let_time_pass(parts, place)
    await work_off(post)
    assert [mail["To"] for mail in box.messages] == ["erika@example.de", "moved@example.de"]


async def test_a_request_is_not_reminded_of(parts, place):
    async with inside(parts, place.id) as db:
        customer = await a_customer(db, email="e@example.de")
        appointment = await an_appointment(
            db, a_day(), state=State.REQUESTED, customer_id=customer.id
        )
        await notices.queue(db, appointment, NoticeKind.RECEIVED)
    assert await reminders_of(parts, place) == []


@pytest.mark.parametrize(
    ("since", "minutes", "due"),
    [
        ("2026-11-23 08:00", 60, "2026-11-23 08:48"),
        ("2026-11-23 11:30", 100, "2026-11-23 13:50"),
        ("2026-11-20 16:30", 150, "2026-11-23 08:30"),
        ("2026-11-21 10:00", 60, "2026-11-23 08:18"),
        ("2026-11-23 07:30", 1200, "2026-11-24 15:30"),
        ("2026-10-23 16:00", 225, "2026-10-26 09:00"),
    ],
)
def test_four_fifths_of_the_time_count_in_opening_hours(since, minutes, due):
    hours = week(**dict.fromkeys(("mo", "tu", "we", "th", "fr"), "07:30-12:00 13:00-17:30"))
    assert nearly_done_at(hours, at(since), minutes) == at(due)


def test_without_opening_hours_every_minute_counts():
    hours = week(mo="")
    assert nearly_done_at(hours, at("2026-11-22 23:00"), 60) == at("2026-11-22 23:48")


async def test_a_work_that_is_nearly_done_is_noted_once_and_told(parts, place):
    async with inside(parts, place.id) as db:
        appointment = await an_appointment(
            db, clock.now() - timedelta(hours=3), 60, state=State.IN_WORK
        )
        appointment.state_since = clock.now() - timedelta(minutes=50)
        later(db, "bookings.check_progress", appointment_id=appointment.id)
        later(db, "bookings.check_progress", appointment_id=appointment.id)
    await work_off(parts)
    async with inside(parts, place.id) as db:
        noted = (await db.scalars(select(Appointment.nearly_done_at))).one()
        assert noted is not None
        assert (await db.scalars(select(Job.name))).all() == []


async def test_a_work_that_has_just_begun_is_looked_at_again_later(parts, place):
    async with inside(parts, place.id) as db:
        await a_calendar(db)
        appointment = await an_appointment(
            db, clock.now() - timedelta(minutes=5), 60, state=State.IN_WORK
        )
        later(db, "bookings.check_progress", appointment_id=appointment.id)
    await work_off(parts)
    async with inside(parts, place.id) as db:
        assert (await db.scalars(select(Appointment.nearly_done_at))).one() is None
        (run_at,) = (await db.scalars(select(Job.run_at))).all()
        assert run_at > clock.now() + timedelta(minutes=40)


async def test_a_car_that_is_ready_is_not_watched_any_more(parts, place):
    async with inside(parts, place.id) as db:
        appointment = await an_appointment(db, clock.now(), 60, state=State.READY)
        later(db, "bookings.check_progress", appointment_id=appointment.id)
    await work_off(parts)
    async with inside(parts, place.id) as db:
        assert (await db.scalars(select(Job.name))).all() == []
