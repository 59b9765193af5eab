"""Booking, moving and changing appointments, and what the database refuses by itself."""

import asyncio
from datetime import datetime, time, timedelta
from itertools import pairwise

import pytest
from sqlalchemy import func, select, update
from sqlalchemy.dialects.postgresql import Range
from sqlalchemy.exc import IntegrityError

from portal.bookings import appointments, diary, drawing_up, slots
from portal.bookings import rules as booking_rules
from portal.bookings.appointments import MoveImpossible, NothingFree, SlotTaken
from portal.bookings.conflicts import Obstacle
from portal.bookings.drafts import BookingDraft, CarDraft, GuestDraft
from portal.bookings.models import (
    Answering,
    Appointment,
    AppointmentMove,
    Closure,
    Origin,
    Reservation,
    ResourceKind,
    State,
)
from portal.bookings.slots import SlotInvalid
from portal.kit import clock
from portal.kit.clock import BERLIN
from portal.kit.db import new_id
from portal.tenants.boundary import inside
from portal.vehicles import history, vehicles
from tests.makers.bookings import a_calendar, a_service, an_appointment
from tests.makers.vehicles import a_customer, a_vehicle


def workday(days_ahead=7):
    """A Tuesday ahead without a holiday of all Germany."""
    day = clock.local(clock.now()).date() + timedelta(days=days_ahead)
    while day.weekday() != 1 or (day.month, day.day) in {
        (12, 25),
        (12, 26),
        (1, 1),
        (5, 1),
        (10, 3),
    }:
        day += timedelta(days=1)
    return day


def on_day(day, hour, minute=0):
    return datetime.combine(day, time(hour, minute), BERLIN)


GUEST = GuestDraft(name="Erika Muster", phone="0171 2345678", email="erika@example.de")
CAR = CarDraft(plate="B-EM 123", make="VW", model="Golf")


async def offered(db, service, *, day=None):
    day = day or workday()
    return await slots.find(db, [service.id], day, day)


def draft(slot, service, **more):
    facts = {"customer": GUEST, "vehicle": CAR, **more}
    return BookingDraft(origin=Origin.FORM, slot_id=slot.slot_id, service_ids=[service.id], **facts)


async def test_a_customer_books_an_offered_time_with_lift_and_person(parts, shop):
    async with inside(parts, shop.id) as db:
        await a_calendar(db)
        service = await a_service(db)
        slot = (await offered(db, service))[2]
        booked = await appointments.book(db, draft(slot, service))
        entry = await diary.one(db, booked.id)

    assert booked.state == State.REQUESTED
    assert booked.starts_at == slot.starts_at
    assert set(entry.resources) == {ResourceKind.LIFT, ResourceKind.PERSON}
    assert entry.names[ResourceKind.LIFT] == slot.lift
    assert (entry.customer.name, entry.vehicle.plate) == ("Erika Muster", "B-EM 123")
    assert [one.name for one in entry.services] == ["Ölwechsel"]


async def test_an_offer_works_once(parts, shop):
    async with inside(parts, shop.id) as db:
        await a_calendar(db)
        service = await a_service(db)
        slot = (await offered(db, service))[0]
        await appointments.book(db, draft(slot, service))
        with pytest.raises(SlotTaken) as refused:
            await appointments.book(db, draft(slot, service))
    assert refused.value.extra["slots"]


async def test_another_lift_is_taken_when_the_offered_one_is_gone(parts, shop):
    async with inside(parts, shop.id) as db:
        await a_calendar(db, lifts=2, people=2)
        service = await a_service(db)
        first, again = (await offered(db, service))[0], (await offered(db, service))[0]
        one = await appointments.book(db, draft(first, service))
        other = await appointments.book(db, draft(again, service))
        lifts = {(await diary.one(db, each.id)).names[ResourceKind.LIFT] for each in (one, other)}
    assert len(lifts) == 2


async def test_a_taken_time_is_refused_with_fresh_ones(parts, shop):
    async with inside(parts, shop.id) as db:
        await a_calendar(db, lifts=1, people=1)
        service = await a_service(db)
        first, again = (await offered(db, service))[0], (await offered(db, service))[0]
        await appointments.book(db, draft(first, service))
        with pytest.raises(SlotTaken) as refused:
            await appointments.book(db, draft(again, service))
    assert first.starts_at not in {slot.starts_at for slot in refused.value.extra["slots"]}


async def test_fifty_at_once_never_overlap(parts, shop):
    async with inside(parts, shop.id) as db:
        await a_calendar(db, lifts=2, people=2)
        service = await a_service(db)

    async with inside(parts, shop.id) as db:
        again = [slot for _ in range(50) for slot in (await offered(db, service))[:3]]
    results = await asyncio.gather(
        *(attempt_with(parts, shop, service, again[n], n) for n in range(50))
    )
    async with inside(parts, shop.id) as db:
        rows = (await db.scalars(select(Reservation))).all()
    by_resource = {}
    for row in rows:
        by_resource.setdefault(row.resource_id, []).append((row.during.lower, row.during.upper))
    for times in by_resource.values():
        times.sort()
        assert all(a[1] <= b[0] for a, b in pairwise(times))
    assert sum(results) == len(rows) // 2


async def attempt_with(parts, shop, service, slot, number):
    guest = GuestDraft(name=f"Gast {number}", phone=f"0171 23456{number:02}")
    try:
        async with inside(parts, shop.id) as db:
            await appointments.book(db, draft(slot, service, customer=guest, vehicle=None))
    except SlotTaken:
        return False
    return True


async def test_the_database_refuses_an_overlap_whoever_writes_it(parts, shop):
    day = workday()
    with pytest.raises(IntegrityError, match="ex_reservations_no_overlap"):
        async with inside(parts, shop.id) as db:
            calendar = await a_calendar(db)
            one = await an_appointment(db, on_day(day, 9), on=[calendar.lift])
            db.add(
                Reservation(
                    appointment_id=one.id,
                    resource_id=calendar.lift.id,
                    during=Range(on_day(day, 9, 30), on_day(day, 10)),
                )
            )


@pytest.mark.parametrize(
    ("start", "to"),
    [
        (State.REQUESTED, State.IN_WORK),
        (State.CONFIRMED, State.READY),
        (State.COLLECTED, State.ARRIVED),
        (State.CANCELLED, State.CONFIRMED),
    ],
)
async def test_the_database_refuses_an_illegal_move(parts, shop, start, to):
    with pytest.raises(IntegrityError):
        async with inside(parts, shop.id) as db:
            one = await an_appointment(db, on_day(workday(), 9), state=start)
            await db.execute(update(Appointment).where(Appointment.id == one.id).values(state=to))


async def test_no_appointment_begins_in_the_middle(parts, shop):
    with pytest.raises(IntegrityError):
        async with inside(parts, shop.id) as db:
            db.add(
                Appointment(
                    code="X", state=State.READY, origin=Origin.PHONE,
                    starts_at=on_day(workday(), 9), ends_at=on_day(workday(), 10),
                )
            )  # fmt: skip


async def test_every_move_is_written_down_with_who_and_why(parts, shop):
    async with inside(parts, shop.id) as db:
        one = await an_appointment(db, on_day(workday(), 9))
        await appointments.change_state(db, one, State.CANCELLED, why="Kunde krank", by="Elif")
        rows = (await db.scalars(select(AppointmentMove))).all()
    assert [(r.from_state, r.to_state, r.made_by, r.why) for r in rows] == [
        ("confirmed", "cancelled", "Elif", "Kunde krank")
    ]


async def test_a_cancelled_time_is_free_again(parts, shop):
    async with inside(parts, shop.id) as db:
        calendar = await a_calendar(db, lifts=1, people=1)
        one = await an_appointment(db, on_day(workday(), 9), on=[calendar.lift, calendar.person])
        await appointments.change_state(db, one, State.CANCELLED)
        left = await db.scalar(select(func.count()).select_from(Reservation))
    assert left == 0


async def test_a_missing_customer_who_turns_up_gets_the_time_back(parts, shop):
    async with inside(parts, shop.id) as db:
        calendar = await a_calendar(db, lifts=1, people=1)
        one = await an_appointment(db, on_day(workday(), 9), on=[calendar.lift, calendar.person])
        await appointments.change_state(db, one, State.NO_SHOW)
        await appointments.change_state(db, one, State.CONFIRMED)
        entry = await diary.one(db, one.id)
    assert set(entry.resources) == {ResourceKind.LIFT, ResourceKind.PERSON}


async def test_moving_keeps_the_length_and_says_why_it_cannot(parts, shop):
    day = workday()
    async with inside(parts, shop.id) as db:
        calendar = await a_calendar(db, lifts=1, people=1)
        resources = [calendar.lift, calendar.person]
        one = await an_appointment(db, on_day(day, 9), minutes=90, on=resources)
        await an_appointment(db, on_day(day, 14), on=resources)
        await appointments.move(db, one, starts_at=on_day(day, 11))
        assert one.ends_at == on_day(day, 12, 30)
        with pytest.raises(NothingFree) as refused:
            await appointments.move(db, one, starts_at=on_day(day, 13))
    assert {c.what for c in refused.value.extra["conflicts"]} == {Obstacle.TAKEN}


async def test_what_is_over_is_not_moved(parts, shop):
    async with inside(parts, shop.id) as db:
        one = await an_appointment(db, on_day(workday(), 9), state=State.COLLECTED)
        with pytest.raises(MoveImpossible):
            await appointments.move(db, one, starts_at=on_day(workday(), 11))


async def test_a_described_job_waits_for_an_estimate_and_then_for_a_time(parts, shop):
    async with inside(parts, shop.id) as db:
        await a_calendar(db)
        await booking_rules.change(db, answering=Answering.ASK_FIRST)
        asked = BookingDraft(origin=Origin.FORM, customer=GUEST, wishes="Es klappert vorne links")
        one = await appointments.book(db, asked)
        assert (one.state, one.starts_at, one.work_minutes) == (State.REQUESTED, None, None)
        await appointments.set_duration(db, one, 120)
        await appointments.move(db, one, starts_at=on_day(workday(), 9))
    assert one.ends_at - one.starts_at == timedelta(hours=2)


async def test_at_once_means_confirmed(parts, shop):
    async with inside(parts, shop.id) as db:
        await a_calendar(db)
        service = await a_service(db)
        await booking_rules.change(db, answering=Answering.AT_ONCE)
        booked = await appointments.book(db, draft((await offered(db, service))[0], service))
    assert booked.state == State.CONFIRMED


async def test_a_walk_in_has_arrived(parts, shop):
    async with inside(parts, shop.id) as db:
        await a_calendar(db)
        walk_in = BookingDraft(
            origin=Origin.WALK_IN, starts_at=on_day(workday(), 9), minutes=30, customer=GUEST
        )
        assert (await appointments.book(db, walk_in)).state == State.ARRIVED


async def test_a_known_customer_is_recognised_and_never_changed(parts, shop):
    async with inside(parts, shop.id) as db:
        await a_calendar(db)
        service = await a_service(db)
        known = await a_customer(db, name="Erika Muster", phone="+49 171 2345678", email="")
        booked = await appointments.book(db, draft((await offered(db, service))[0], service))
        assert booked.customer_id == known.id
        assert known.email == ""


async def test_the_same_number_with_another_name_is_another_person(parts, shop):
    async with inside(parts, shop.id) as db:
        await a_calendar(db)
        service = await a_service(db)
        known = await a_customer(db, name="Karl Otto", phone="+49 171 2345678")
        booked = await appointments.book(db, draft((await offered(db, service))[0], service))
        assert booked.customer_id != known.id


async def test_somebody_elses_plate_changes_no_keeper(parts, shop):
    async with inside(parts, shop.id) as db:
        await a_calendar(db)
        service = await a_service(db)
        keeper = await a_customer(db, name="Hans Halter")
        car = await a_vehicle(db, plate="B-EM 123", keeper=keeper)
        booked = await appointments.book(db, draft((await offered(db, service))[0], service))
        kept = await vehicles.get(db, car.id)
    assert booked.vehicle_id == car.id
    assert kept.keeper.id == keeper.id


async def test_a_plate_that_nobody_can_read_sends_no_customer_away(parts, shop):
    async with inside(parts, shop.id) as db:
        await a_calendar(db)
        service = await a_service(db)
        odd = CarDraft(plate="???", make="VW")
        slot = (await offered(db, service))[0]
        booked = await appointments.book(db, draft(slot, service, vehicle=odd))
    assert booked.vehicle_id is None
    assert "???" in booked.wishes


async def test_a_collected_car_remembers_the_visit(parts, shop):
    async with inside(parts, shop.id) as db:
        car = await a_vehicle(db)
        one = await an_appointment(db, on_day(workday(), 9), state=State.READY, vehicle_id=car.id)
        await appointments.change_state(db, one, State.COLLECTED)
        entries = (await history.list_entries(db, car.id)).items
    assert [row.HistoryEntry.title for row in entries] == ["Ölwechsel"]


async def test_an_offer_of_another_workshop_is_worth_nothing(parts, shop, other_shop):
    async with inside(parts, shop.id) as db:
        await a_calendar(db)
        service = await a_service(db)
        slot = (await offered(db, service))[0]
    async with inside(parts, other_shop.id) as db:
        with pytest.raises(SlotInvalid):
            await appointments.book(db, draft(slot, service))


async def test_customers_are_offered_nothing_within_the_lead_time_or_beyond_the_horizon(
    parts, shop
):
    today = clock.local(clock.now()).date()
    async with inside(parts, shop.id) as db:
        await a_calendar(db)
        service = await a_service(db)
        await booking_rules.change(db, lead_minutes=3 * 24 * 60, horizon_days=10)
        found = await slots.find(db, [service.id], today, today + timedelta(days=40))
    starts = [slot.starts_at for slot in found]
    assert starts
    assert min(starts) >= clock.now() + timedelta(days=3) - timedelta(minutes=1)
    assert max(starts).astimezone(BERLIN).date() <= today + timedelta(days=10)


async def test_an_offer_is_worth_nothing_once_its_time_has_come(parts, shop, monkeypatch):
    async with inside(parts, shop.id) as db:
        await a_calendar(db)
        service = await a_service(db)
        await booking_rules.change(db, lead_minutes=0)
        slot = (await offered(db, service))[0]
        monkeypatch.setattr(slots, "LIFETIME", timedelta(days=30))
        monkeypatch.setattr(clock, "now", lambda: slot.starts_at + timedelta(minutes=1))
        with pytest.raises(SlotTaken) as refused:
            await appointments.book(db, draft(slot, service))
    assert all(one.starts_at > slot.starts_at for one in refused.value.extra["slots"])


async def test_work_that_goes_on_after_a_closed_week_is_booked_as_offered(parts, shop):
    day = workday()
    async with inside(parts, shop.id) as db:
        await a_calendar(db)
        engine = await a_service(db, "Motor", duration_minutes=900)
        db.add(Closure(starts_on=day + timedelta(days=1), ends_on=day + timedelta(days=12)))
        slot = (await offered(db, engine, day=day))[0]
        booked = await appointments.book(db, draft(slot, engine))
    assert booked.ends_at - booked.starts_at > timedelta(days=12)


async def test_an_unknown_service_is_named_as_such(parts, shop):
    async with inside(parts, shop.id) as db:
        await a_calendar(db)
        with pytest.raises(appointments.services.ServiceUnknown):
            await slots.find(db, [new_id()], workday(), workday())


async def test_a_code_that_is_taken_is_drawn_again(parts, shop, monkeypatch):
    drawn = iter("AAAAAA" + "AAAAAA" + "CCCCCC")
    monkeypatch.setattr(drawing_up.secrets, "choice", lambda _letters: next(drawn))
    codes = []
    async with inside(parts, shop.id) as db:
        for _ in range(2):
            asked = BookingDraft(origin=Origin.PHONE, customer=GUEST, wishes="Es klappert")
            codes.append((await appointments.book(db, asked)).code)
    assert codes == ["AAAAAA", "CCCCCC"]
