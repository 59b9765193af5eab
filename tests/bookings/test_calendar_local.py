"""Holidays of municipalities, and calendars of ten years in every Bundesland."""

from datetime import date, timedelta
from uuid import UUID

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from portal.bookings.calendar import LOCAL_HOLIDAYS, Span, Week, holiday_on, holidays_of, why_closed
from portal.bookings.capacity import Capacity, Occupancy
from portal.bookings.free_times import free_slots
from portal.bookings.models.kinds import LiftKind, ResourceKind
from portal.bookings.planning import Need
from portal.kit.clock import BERLIN
from tests.bookings.test_calendar import STATES
from tests.makers.bookings import at, on, week

SWITCHES = [
    on(day)
    for day in (
        "2025-03-30", "2025-10-26", "2026-03-29", "2026-10-25", "2027-03-28", "2027-10-31",
        "2028-03-26", "2028-10-29", "2029-03-25", "2029-10-28", "2030-03-31", "2030-10-27",
        "2031-03-30", "2031-10-26", "2032-03-28", "2032-10-31", "2033-03-27", "2033-10-30",
        "2034-03-26", "2034-10-29", "2035-03-25", "2035-10-28",
    )
]  # fmt: skip


@pytest.mark.parametrize(
    ("state", "key", "day", "name"),
    [
        ("BY", "assumption", "2026-08-15", "Mariä Himmelfahrt"),
        ("BY", "peace_festival", "2026-08-08", "Augsburger Hohes Friedensfest"),
        ("SN", "corpus_christi", "2026-06-04", "Fronleichnam"),
        ("TH", "corpus_christi", "2027-05-27", "Fronleichnam"),
    ],
)
def test_a_municipality_has_holidays_of_its_own(state, key, day, name):
    assert holiday_on(state, on(day)) is None
    assert holiday_on(state, on(day), local=(key,)) == name
    assert why_closed(Week({}, (), state, (key,)), on(day)) == name


def test_a_local_holiday_that_does_not_fit_the_bundesland_adds_nothing():
    for key in ("corpus_christi", "unknown"):
        assert holidays_of("BE", 2026, local=(key,)) == holidays_of("BE", 2026)


@pytest.mark.parametrize("state", STATES)
def test_nothing_is_free_on_any_holiday_of_ten_years(state):
    hours = week(
        state=state, **dict.fromkeys(("mo", "tu", "we", "th", "fr", "sa", "su"), "08:00-10:00")
    )
    for year in range(2025, 2036):
        for day in holidays_of(state, year):
            assert (
                free_slots(there(hours, day), Need(minutes=60), since=at("2025-01-01 00:00")) == []
            )


@pytest.mark.parametrize("day", SWITCHES)
def test_both_switch_days_offer_each_real_hour_once(day):
    hours = week(su="00:00-23:59")
    found = free_slots(there(hours, day), Need(minutes=60), since=at("2025-01-01 00:00"))
    starts = [slot.starts_at for slot in found]
    real = 25 if day.month == 10 else 23
    assert len(starts) == len(set(starts)) == (real - 1) * 2
    assert all(slot.ends_at - slot.starts_at == timedelta(hours=1) for slot in found)


@settings(max_examples=150, deadline=None)
@given(
    day=st.dates(date(2025, 1, 1), date(2035, 12, 31)),
    state=st.sampled_from(STATES),
    local=st.sets(st.sampled_from(sorted(LOCAL_HOLIDAYS))),
    minutes=st.integers(5, 900),
    opens=st.integers(0, 20),
    length=st.integers(1, 3),
)
def test_every_free_time_lies_within_the_hours_of_an_open_day(
    day, state, local, minutes, opens, length
):
    spans = {
        number: (Span(time_of(opens), time_of(min(opens + length, 23))),) for number in range(6)
    }
    hours = Week(spans, (), state, tuple(sorted(local)))
    occupancy = there(hours, day, days=4)
    for slot in free_slots(occupancy, Need(minutes=minutes), since=at("2024-12-01 00:00")):
        for begin, end in slot.parts:
            here = begin.astimezone(BERLIN)
            assert why_closed(hours, here.date()) is None
            span = spans[here.weekday()][0]
            assert span.opens <= here.time()
            assert end.astimezone(BERLIN).time() <= span.closes
        worked = sum((end - begin for begin, end in slot.parts), timedelta())
        assert worked == timedelta(minutes=minutes)


def time_of(hour):
    return at(f"2026-01-01 {hour:02}:00").time()


def there(hours, day, *, days=1):
    return Occupancy(
        first=day,
        last=day + timedelta(days=days - 1),
        week=hours,
        resources=(
            Capacity(id=UUID(int=1), kind=ResourceKind.LIFT, name="1", lift_kind=LiftKind.TWO_POST),
            Capacity(id=UUID(int=2), kind=ResourceKind.PERSON, name="Jonas"),
        ),
    )
