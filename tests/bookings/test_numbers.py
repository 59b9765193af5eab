"""The figures of a workshop's bookings, counted on rows that can be counted by hand."""

from datetime import timedelta
from decimal import Decimal

import pytest

from portal.bookings import numbers
from portal.bookings.models import Origin, ResourceKind, Shift, State
from portal.bookings.numbers_period import LONGEST_DAYS, Period, PeriodImpossible, chosen
from portal.tenants.boundary import inside
from tests.makers.bookings import a_calendar, a_service, an_absence, an_appointment, at, on
from tests.makers.vehicles import counted_statements

WEEK = Period(on("2026-11-09"), on("2026-11-15"))
FULL_DAY = 600
"""Minutes from 07:30 to 17:30."""


async def test_a_lift_is_used_for_as_long_as_it_is_reserved_while_it_is_open(parts, shop):
    async with inside(parts, shop.id) as db:
        calendar = await a_calendar(db, lifts=2, people=1)
        await an_appointment(db, "2026-11-09 09:00", 120, on=[calendar.lift])
        await an_appointment(db, "2026-11-02 09:00", 60, on=[calendar.lift])
        found = await numbers.load(db, WEEK)
    first, second = found.lifts
    assert (first.reserved, first.available) == (120, 5 * FULL_DAY)
    assert (first.reserved_before, first.available_before) == (60, 5 * FULL_DAY)
    assert (second.reserved, second.share) == (0, 0.0)
    assert found.all_lifts.share == pytest.approx(120 / (10 * FULL_DAY))


async def test_a_car_that_stands_on_a_lift_overnight_uses_it_while_the_workshop_is_open(
    parts, shop
):
    async with inside(parts, shop.id) as db:
        calendar = await a_calendar(db, lifts=1)
        await an_appointment(db, "2026-11-13 15:30", 60 * 24 * 3, on=[calendar.lift])
        found = await numbers.load(db, Period(on("2026-11-09"), on("2026-11-16")))
    assert found.lifts[0].reserved == 120 + 8 * 60


async def test_a_holiday_is_neither_available_nor_used(parts, shop):
    async with inside(parts, shop.id) as db:
        calendar = await a_calendar(db, lifts=1)
        await an_appointment(db, "2026-12-24 15:30", 60 * 48, on=[calendar.lift])
        found = await numbers.load(db, Period(on("2026-12-24"), on("2026-12-26")))
    assert (found.lifts[0].reserved, found.lifts[0].available) == (120, FULL_DAY)


async def test_an_absence_is_taken_off_what_a_person_can_give(parts, shop):
    async with inside(parts, shop.id) as db:
        calendar = await a_calendar(db, people=2)
        await an_absence(db, calendar.person, "2026-11-10 00:00", "2026-11-12 00:00")
        await an_absence(db, calendar.person, "2026-11-13 16:30", "2026-11-14 12:00")
        await an_appointment(db, "2026-11-09 09:00", 300, on=[calendar.person])
        found = await numbers.load(db, WEEK)
    person, colleague = found.people
    assert (person.reserved, person.available) == (300, 3 * FULL_DAY - 60)
    assert colleague.available == 5 * FULL_DAY


async def test_shifts_count_for_people_who_have_them(parts, shop):
    async with inside(parts, shop.id) as db:
        calendar = await a_calendar(db, people=1)
        db.add(
            Shift(
                resource_id=calendar.person.id,
                weekday=0,
                starts=at("2026-11-09 08:00").time(),
                ends=at("2026-11-09 12:00").time(),
            )
        )
        await db.flush()
        found = await numbers.load(db, WEEK)
    assert found.people[0].available == 240


async def test_cancellations_and_no_shows_are_shares_of_different_wholes(parts, shop):
    async with inside(parts, shop.id) as db:
        for hour, state in enumerate(
            [State.COLLECTED, State.COLLECTED, State.READY, State.NO_SHOW, State.CANCELLED]
        ):
            await an_appointment(db, f"2026-11-10 {8 + hour:02}:00", state=state)
        found = await numbers.load(db, WEEK)
    assert found.outcome.no_show_share == pytest.approx(1 / 4)
    assert found.outcome.cancelled_share == pytest.approx(1 / 5)
    assert found.outcome_before.no_show_share is None


async def test_every_origin_is_counted_with_its_own_shares(parts, shop):
    async with inside(parts, shop.id) as db:
        await an_appointment(db, "2026-11-10 08:00", origin=Origin.CHAT)
        await an_appointment(db, "2026-11-10 09:00", origin=Origin.CHAT, state=State.NO_SHOW)
        await an_appointment(db, "2026-11-10 10:00", origin=Origin.PHONE, state=State.COLLECTED)
        await an_appointment(db, "2026-11-03 10:00", origin=Origin.CAMPAIGN)
        found = await numbers.load(db, WEEK)
    assert [(line.origin, line.outcome.booked) for line in found.origins] == [
        (Origin.CHAT, 2),
        (Origin.PHONE, 1),
        (Origin.CAMPAIGN, 0),
    ]
    assert found.origins[0].outcome.no_show_share == 1.0
    assert found.origins[2].before.booked == 1


async def test_the_lead_time_counts_local_days(parts, shop):
    async with inside(parts, shop.id) as db:
        for hour, before in enumerate([timedelta(0), timedelta(days=1), timedelta(days=9)]):
            start = at(f"2026-11-10 {9 + hour:02}:00")
            await an_appointment(db, start, created_at=start - before - timedelta(hours=1))
        late = at("2026-11-11 00:30")
        await an_appointment(db, late, created_at=late - timedelta(hours=1))
        await an_appointment(db, at("2026-11-12 09:00"), origin=Origin.IMPORT)
        found = await numbers.load(db, WEEK)
    assert found.lead.counts == (1, 2, 0, 0, 1, 0, 0)
    assert found.lead.median == 1
    assert found.lead.median_before is None


async def test_revenue_adds_up_by_week_and_marks_the_lower_bound(parts, shop):
    async with inside(parts, shop.id) as db:
        fixed = await a_service(db, price="100.00")
        least = await a_service(db, name="Inspektion", price="200.00", price_from=True)
        open_ = await a_service(db, name="Auspuff", price=None)
        await an_appointment(db, "2026-11-10 09:00", state=State.COLLECTED, services=[fixed, least])
        await an_appointment(db, "2026-11-18 09:00", services=[least])
        await an_appointment(db, "2026-11-18 11:00", services=[open_])
        await an_appointment(db, "2026-11-19 09:00", state=State.REQUESTED, services=[fixed])
        await an_appointment(db, "2026-11-19 10:00", state=State.CANCELLED, services=[fixed])
        found = await numbers.load(db, WEEK, forecast_until=on("2026-11-30"))
    done, booked, empty, _last = found.weeks
    assert (done.done, done.least, done.visits) == (Decimal(300), Decimal(200), 1)
    assert (booked.booked, booked.asked, booked.least) == (Decimal(200), Decimal(100), Decimal(200))
    assert (booked.visits, booked.unpriced) == (3, 1)
    assert empty.total == 0


async def test_the_busiest_hours_are_shares_of_all_lifts(parts, shop):
    async with inside(parts, shop.id) as db:
        calendar = await a_calendar(db, lifts=2)
        await an_appointment(db, "2026-11-09 07:30", 60, on=[calendar.lift])
        found = await numbers.load(db, WEEK)
    cells = {(cell.weekday, cell.hour): cell for cell in found.hours}
    assert found.hours_of == ResourceKind.LIFT
    assert (cells[0, 7].reserved, cells[0, 7].available) == (30, 60)
    assert (cells[0, 8].reserved, cells[0, 8].available) == (30, 120)
    assert cells[1, 8].share == 0
    assert (5, 8) not in cells


async def test_the_hour_that_comes_twice_in_autumn_does_no_harm(parts, shop):
    async with inside(parts, shop.id) as db:
        calendar = await a_calendar(db, lifts=1)
        await an_appointment(db, "2026-10-23 16:30", 60 * 24 * 3, on=[calendar.lift])
        found = await numbers.load(db, Period(on("2026-10-19"), on("2026-10-26")))
    assert found.lifts[0].reserved == 60 + 8 * 60


async def test_an_empty_workshop_has_no_shares(parts, shop):
    async with inside(parts, shop.id) as db:
        found = await numbers.load(db, WEEK)
    assert (found.lifts, found.people, found.origins, found.hours) == ((), (), (), ())
    assert found.all_lifts.share is None
    assert found.outcome.cancelled_share is None


async def test_other_workshops_are_not_counted(parts, shop, other_shop):
    async with inside(parts, other_shop.id) as db:
        calendar = await a_calendar(db)
        await an_appointment(db, "2026-11-10 09:00", on=[calendar.lift], origin=Origin.CHAT)
    async with inside(parts, shop.id) as db:
        found = await numbers.load(db, WEEK)
    assert found.outcome.booked == 0
    assert found.lifts == ()


async def test_four_statements_are_enough(parts, shop):
    async with inside(parts, shop.id) as db:
        await a_calendar(db)
        with counted_statements(parts) as sent:
            await numbers.load(db, WEEK)
    assert len(sent) == 4


def test_a_period_is_compared_with_the_same_number_of_days_before():
    assert WEEK.before == Period(on("2026-11-02"), on("2026-11-08"))


@pytest.mark.parametrize(
    ("first", "last"),
    [
        (on("2026-11-02"), on("2026-11-01")),
        (on("2026-01-01"), on("2026-01-01") + timedelta(days=LONGEST_DAYS)),
        (on("0001-01-01"), on("0001-01-02")),
        (None, on("0001-01-02")),
        (on("9999-12-31"), None),
    ],
)
def test_a_period_without_sense_is_refused(first, last):
    with pytest.raises(PeriodImpossible):
        chosen(first, last)
