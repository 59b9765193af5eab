"""Whoever falls ill, whatever breaks: the appointments that counted on it are listed."""

from datetime import date, time, timedelta

import pytest
from sqlalchemy import select

from portal.bookings import affected as listing
from portal.bookings.hours import close
from portal.bookings.models import AbsenceKind, ResourceSkill, Shift, SkillKind, State
from portal.tenants.boundary import inside
from tests.makers.bookings import a_calendar, a_service, an_absence, an_appointment, at
from tests.makers.vehicles import a_customer

MONDAY = "2027-03-01"
BEFORE = at("2027-02-26 12:00")


async def whats(db, **options):
    found = await listing.affected(db, since=BEFORE, **options)
    return {(one.title, reason.what) for one in found for reason in one.reasons}


async def test_nothing_is_affected_while_all_is_well(parts, shop):
    async with inside(parts, shop.id) as db:
        calendar = await a_calendar(db)
        await an_appointment(db, f"{MONDAY} 09:00", on=[calendar.lift, calendar.person])
        await an_appointment(db, f"{MONDAY} 11:00", 90, on=[calendar.lifts[1], calendar.people[1]])
        assert await listing.affected(db, since=BEFORE) == []


async def test_illness_lists_the_days_appointments_with_whom_to_call(parts, shop):
    async with inside(parts, shop.id) as db:
        calendar = await a_calendar(db)
        customer = await a_customer(db, name="Erika Muster", phone="0170 1")
        ill = await an_appointment(
            db, f"{MONDAY} 09:00", on=[calendar.lift, calendar.person], customer_id=customer.id
        )
        await an_appointment(db, f"{MONDAY} 09:00", on=[calendar.lifts[1], calendar.people[1]])
        await an_appointment(db, "2027-03-02 09:00", on=[calendar.lift, calendar.person])
        await an_absence(
            db, calendar.person, f"{MONDAY} 00:00", "2027-03-02 00:00", kind=AbsenceKind.SICK
        )
        (found,) = await listing.affected(db, since=BEFORE)
    assert (found.id, found.customer, found.phone) == (ill.id, "Erika Muster", "0170 1")
    assert [reason.what for reason in found.reasons] == ["absent"]
    assert calendar.person.name in found.reasons[0].text


async def test_a_broken_lift_and_one_out_of_use_are_named(parts, shop):
    async with inside(parts, shop.id) as db:
        calendar = await a_calendar(db)
        await an_appointment(db, f"{MONDAY} 09:00", on=[calendar.lift], title="A")
        await an_appointment(db, f"{MONDAY} 09:00", on=[calendar.lifts[1]], title="B")
        await an_absence(
            db, calendar.lift, f"{MONDAY} 08:00", f"{MONDAY} 12:00", kind=AbsenceKind.BROKEN
        )
        calendar.lifts[1].active = False
        await db.flush()
        assert await whats(db) == {("A", "absent"), ("B", "out_of_use")}


async def test_closures_holidays_and_hours_are_honoured(parts, shop):
    async with inside(parts, shop.id) as db:
        calendar = await a_calendar(db)
        await an_appointment(db, f"{MONDAY} 09:00", on=[calendar.lift], title="Inventur")
        await an_appointment(db, "2027-03-26 09:00", on=[calendar.lift], title="Karfreitag")
        await an_appointment(db, "2027-03-02 06:00", on=[calendar.lift], title="früh")
        close(db, date(2027, 3, 1), date(2027, 3, 1), "Inventur")
        await db.flush()
        found = await listing.affected(db, since=BEFORE)
        told = {one.title: one.reasons[0].text for one in found}
        assert await whats(db) == {
            ("Inventur", "closed"),
            ("Karfreitag", "closed"),
            ("früh", "outside_hours"),
        }
    assert "Inventur" in told["Inventur"]
    assert "Karfreitag" in told["Karfreitag"]


async def test_new_shifts_leave_appointments_outside(parts, shop):
    async with inside(parts, shop.id) as db:
        calendar = await a_calendar(db)
        await an_appointment(db, f"{MONDAY} 15:00", on=[calendar.person], title="spät")
        await an_appointment(db, f"{MONDAY} 09:00", on=[calendar.person], title="früh")
        await an_appointment(db, "2027-03-02 15:00", on=[calendar.inspector], title="Prüfer fort")
        db.add(Shift(resource_id=calendar.person.id, weekday=0, starts=time(7), ends=time(12)))
        await db.flush()
        assert await whats(db) == {("spät", "outside_shift"), ("Prüfer fort", "outside_shift")}


async def test_a_days_work_across_lunch_with_a_buffer_beyond_closing_is_fine(parts, shop):
    async with inside(parts, shop.id) as db:
        calendar = await a_calendar(db)
        appointment = await an_appointment(db, f"{MONDAY} 08:00", 600, on=[calendar.person])
        appointment.ends_at = at(f"{MONDAY} 17:30")
        db.add_all(
            Shift(resource_id=calendar.person.id, weekday=0, starts=time(a), ends=time(b, c))
            for a, b, c in ((7, 12, 0), (13, 17, 30))
        )
        await db.flush()
        assert await listing.affected(db, since=BEFORE) == []


async def test_an_expired_certificate_and_a_weak_lift_are_found(parts, shop):
    async with inside(parts, shop.id) as db:
        calendar = await a_calendar(db)
        service = await a_service(db, skill=SkillKind.HV_2S, min_lift_kg=5000)
        on = [calendar.lift, calendar.person]
        await an_appointment(db, f"{MONDAY} 09:00", on=on, services=[service], title="HV")
        query = select(ResourceSkill).where(ResourceSkill.skill == SkillKind.HV_2S)
        (await db.scalars(query)).one().valid_until = date(2027, 2, 28)
        await db.flush()
        assert await whats(db) == {("HV", "unskilled"), ("HV", "too_heavy")}


async def test_what_is_over_or_beyond_the_range_is_left_out(parts, shop):
    async with inside(parts, shop.id) as db:
        calendar = await a_calendar(db)
        for number, state in enumerate((State.CANCELLED, State.COLLECTED, State.READY)):
            start = at(f"{MONDAY} 09:00") + timedelta(hours=number)
            await an_appointment(db, start, on=[calendar.lift], state=state, title=state)
        await an_appointment(db, "2027-05-03 09:00", on=[calendar.lift], title="später")
        calendar.lift.active = False
        await db.flush()
        assert await whats(db, until=at("2027-04-01 00:00")) == set()
        assert await whats(db) == {("später", "out_of_use")}


async def test_another_workshops_appointments_stay_unseen(parts, shop, other_shop):
    async with inside(parts, shop.id) as db:
        calendar = await a_calendar(db)
        await an_appointment(db, f"{MONDAY} 09:00", on=[calendar.lift])
        calendar.lift.active = False
    async with inside(parts, other_shop.id) as db:
        assert await listing.affected(db, since=BEFORE) == []


@pytest.mark.parametrize("language", ["de", "en"])
async def test_reasons_are_said_in_the_readers_language(parts, shop, language):
    from portal.kit.text import speaking

    async with inside(parts, shop.id) as db:
        calendar = await a_calendar(db)
        await an_appointment(db, "2027-12-24 09:00", on=[calendar.lift])
        close(db, date(2027, 12, 24), date(2027, 12, 31), "Betriebsferien", reason_en="Holidays")
        await db.flush()
        with speaking(language):
            (found,) = await listing.affected(db, since=BEFORE)
    assert {"de": "Betriebsferien", "en": "Holidays"}[language] in found.reasons[0].text
