"""What is free when work ends before its time, and what two clicks at once do."""

import asyncio
from datetime import timedelta

import pytest
from sqlalchemy import select

from portal.bookings import appointments, diary
from portal.bookings.appointments import MoveImpossible
from portal.bookings.models import (
    Appointment,
    AppointmentMove,
    Reservation,
    ResourceKind,
    State,
    Waiting,
    WaitlistEntry,
)
from portal.kit import clock
from portal.kit.outbox import Job
from portal.tenants.boundary import inside
from tests.makers.bookings import a_calendar, an_appointment
from tests.makers.public import in_days
from tests.makers.vehicles import a_customer


async def in_work(db, *, since=-60, minutes=240):
    """Begun an hour ago, to be done in three hours, with lift, person and loaner car."""
    calendar = await a_calendar(db, lifts=1, people=1)
    on = [calendar.lift, calendar.person, calendar.loaners[0]]
    begins = clock.now() + timedelta(minutes=since)
    return calendar, await an_appointment(db, begins, minutes, state=State.IN_WORK, on=on)


async def taken_after(db, moment):
    query = select(Reservation.resource_id).where(Reservation.ends_at > moment)
    return set(await db.scalars(query))


async def test_what_is_ready_early_frees_lift_and_person_and_keeps_the_loaner_car(parts, shop):
    async with inside(parts, shop.id) as db:
        calendar, one = await in_work(db)
        await appointments.change_state(db, one, State.READY)
        assert await taken_after(db, clock.now()) == {calendar.loaners[0].id}
        entry = await diary.one(db, one.id)
    assert set(entry.resources) == {ResourceKind.LIFT, ResourceKind.PERSON, ResourceKind.LOANER}


async def test_a_collected_car_frees_the_loaner_car_too(parts, shop):
    async with inside(parts, shop.id) as db:
        _calendar, one = await in_work(db)
        await appointments.change_state(db, one, State.READY)
        await appointments.change_state(db, one, State.COLLECTED)
        assert await taken_after(db, clock.now()) == set()


async def test_work_that_goes_on_takes_its_lift_again(parts, shop):
    async with inside(parts, shop.id) as db:
        calendar, one = await in_work(db)
        ends_at = one.ends_at
        await appointments.change_state(db, one, State.READY)
        await appointments.change_state(db, one, State.IN_WORK)
        almost = ends_at - timedelta(minutes=1)
        everything = {calendar.lift.id, calendar.person.id, calendar.loaners[0].id}
        assert await taken_after(db, almost) == everything


async def test_work_that_goes_on_leaves_a_lift_to_whoever_has_it_by_now(parts, shop):
    async with inside(parts, shop.id) as db:
        calendar, one = await in_work(db)
        await appointments.change_state(db, one, State.READY)
        soon = clock.now() + timedelta(minutes=30)
        other = await an_appointment(db, soon, 30, on=[calendar.lift])
        await appointments.change_state(db, one, State.IN_WORK)
        query = select(Reservation.appointment_id).where(
            Reservation.resource_id == calendar.lift.id, Reservation.ends_at > soon
        )
        assert set(await db.scalars(query)) == {other.id}
        assert one.state == State.IN_WORK


async def test_a_time_that_is_free_early_is_offered_to_those_who_wait(parts, shop):
    async with inside(parts, shop.id) as db:
        _calendar, one = await in_work(db)
        customer = await a_customer(db)
        today = clock.local(clock.now()).date()
        db.add(
            WaitlistEntry(
                customer_id=customer.id,
                minutes=60,
                from_day=today,
                to_day=today + timedelta(days=1),
                state=Waiting.WAITING,
            )
        )
        await db.flush()
        await appointments.change_state(db, one, State.READY)
        await db.flush()
        jobs = (await db.scalars(select(Job).where(Job.name == "bookings.offer_freed"))).all()
        assert [job.arguments["ends"] for job in jobs] == [one.ends_at.isoformat()]
        await db.rollback()


async def test_two_cancellations_at_once_count_once(parts, shop):
    async with inside(parts, shop.id) as db:
        calendar = await a_calendar(db)
        one = await an_appointment(db, in_days(3, 9), on=[calendar.lift])

    both = asyncio.Barrier(2)
    results = await asyncio.gather(
        *(_cancel(parts, shop, one.id, both) for _ in range(2)), return_exceptions=True
    )

    async with inside(parts, shop.id) as db:
        moves = (await db.scalars(select(AppointmentMove))).all()
    assert sorted(type(result).__name__ for result in results) == ["MoveImpossible", "NoneType"]
    assert len(moves) == 1


async def _cancel(parts, shop, appointment_id, all_have_read=None):
    async with inside(parts, shop.id) as db:
        seen = await appointments.get(db, appointment_id)
        if all_have_read:
            await all_have_read.wait()
        await appointments.change_state(db, seen, State.CANCELLED)


async def test_what_was_cancelled_meanwhile_is_not_moved_and_takes_nothing(parts, shop):
    async with inside(parts, shop.id) as db:
        calendar = await a_calendar(db)
        one = await an_appointment(db, in_days(3, 9), on=[calendar.lift])

    async with inside(parts, shop.id) as slow:
        seen = await appointments.get(slow, one.id)
        await _cancel(parts, shop, one.id)
        with pytest.raises(MoveImpossible):
            await appointments.move(slow, seen, starts_at=in_days(3, 11))

    async with inside(parts, shop.id) as db:
        assert (await db.scalars(select(Reservation))).all() == []


async def test_a_promise_to_come_does_not_count_for_another_time(parts, shop):
    async with inside(parts, shop.id) as db:
        calendar = await a_calendar(db)
        one = await an_appointment(db, in_days(3, 9), on=[calendar.lift], attending_at=clock.now())
        await appointments.move(db, one, starts_at=in_days(3, 11))
        kept = await db.scalar(select(Appointment.attending_at).where(Appointment.id == one.id))
    assert kept is None
