"""When a workshop is open, through holidays, closures and both nights that change the clock."""

from datetime import UTC, date, datetime, time, timedelta

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from portal.bookings.calendar import (
    Closed,
    Span,
    Week,
    holiday_on,
    holidays_of,
    is_open,
    next_opening,
    opening_at,
    spans_on,
    why_closed,
)
from portal.kit.clock import BERLIN
from tests.makers.bookings import at, on, span, week

SPRING, AUTUMN = on("2027-03-28"), on("2026-10-25")
STATES = [
    "BW",
    "BY",
    "BE",
    "BB",
    "HB",
    "HH",
    "HE",
    "MV",
    "NI",
    "NW",
    "RP",
    "SL",
    "SN",
    "ST",
    "SH",
    "TH",
]


def test_a_workshop_is_open_from_the_first_minute_and_closed_at_the_last():
    hours = week(mo="07:30-17:30")
    assert is_open(hours, at("2026-11-23 07:30"))
    assert not is_open(hours, at("2026-11-23 07:29"))
    assert is_open(hours, at("2026-11-23 17:29"))
    assert not is_open(hours, at("2026-11-23 17:30"))


def test_a_lunch_break_is_closed_and_says_when_it_ends():
    hours = week(mo="08:00-12:30 13:30-18:00")
    opening = opening_at(hours, at("2026-11-23 13:00"))
    assert not opening.is_open
    assert opening.opens_at == at("2026-11-23 13:30")


def test_spans_of_a_day_come_in_order_however_they_were_entered():
    hours = Week({0: (span("13:00-17:00"), span("08:00-12:00"))})
    assert [s.opens for s in spans_on(hours, on("2026-11-23"))] == [time(8), time(13)]


def test_over_the_weekend_the_next_opening_is_monday():
    assert next_opening(week(), at("2026-11-20 18:00")) == at("2026-11-23 07:30")


def test_while_open_the_next_opening_is_that_of_the_next_day():
    assert next_opening(week(), at("2026-11-23 09:00")) == at("2026-11-24 07:30")


def test_a_workshop_without_hours_never_opens():
    nothing = Week({})
    assert next_opening(nothing, at("2026-11-23 09:00")) is None
    assert opening_at(nothing, at("2026-11-23 09:00")).opens_at is None


def test_a_closure_covers_both_its_ends_and_not_the_day_after():
    closed = Closed(on("2026-11-23"), on("2026-11-24"), "Inventur", "stocktaking")
    hours = week(closures=(closed,))
    assert why_closed(hours, on("2026-11-23")) == "Inventur"
    assert why_closed(hours, on("2026-11-24"), "en") == "stocktaking"
    assert why_closed(hours, on("2026-11-25")) is None
    assert spans_on(hours, on("2026-11-24")) == ()


def test_a_closure_without_an_english_reason_says_the_german_one():
    assert Closed(on("2026-11-23"), on("2026-11-23"), "Inventur").reason_in("en") == "Inventur"


@pytest.mark.parametrize(
    ("state", "day", "name"),
    [
        ("BE", "2027-03-08", "Frauentag"),
        ("NW", "2027-03-08", None),
        ("NW", "2026-11-01", "Allerheiligen"),
        ("BE", "2026-11-01", None),
        ("SN", "2026-11-18", "Buß- und Bettag"),
        ("BY", "2027-01-06", "Heilige Drei Könige"),
        ("BE", "2026-12-24", None),
        ("", "2026-10-03", "Tag der Deutschen Einheit"),
        ("XX", "2027-03-08", None),
    ],
)
def test_holidays_are_those_of_the_state(state, day, name):
    assert holiday_on(state, on(day)) == name


def test_a_holiday_has_an_english_name_too():
    assert holiday_on("BE", on("2026-12-25"), "en") == "Christmas Day"
    assert holiday_on("BE", on("2026-12-25"), "tr") == "Christmas Day"


@pytest.mark.parametrize("state", STATES)
def test_no_workshop_opens_on_the_nine_holidays_of_all_germany(state):
    everywhere = set(holidays_of("", 2027))
    assert len(everywhere) == 9
    assert everywhere <= set(holidays_of(state, 2027))
    always = Week(dict.fromkeys(range(7), (Span(time(0), time(23, 59)),)), (), state)
    assert not any(spans_on(always, day) for day in everywhere)


def test_a_night_shift_in_the_skipped_hour_opens_when_the_clock_has_jumped():
    hours = week(su="02:30-06:00")
    assert next_opening(hours, at("2027-03-27 20:00")).astimezone(UTC) == datetime(
        2027, 3, 28, 1, 30, tzinfo=UTC
    )


def test_in_the_repeated_hour_it_is_open_both_times():
    hours = week(su="02:15-02:45")
    first = datetime(2026, 10, 25, 0, 30, tzinfo=UTC)
    assert is_open(hours, first)
    assert is_open(hours, first + timedelta(hours=1))
    assert opening_at(hours, first).until.astimezone(UTC) == datetime(
        2026, 10, 25, 1, 45, tzinfo=UTC
    )


days = st.dates(date(2025, 1, 1), date(2028, 12, 31)) | st.sampled_from([SPRING, AUTUMN])
moments = st.builds(
    lambda day, minute: (
        datetime(day.year, day.month, day.day, tzinfo=UTC) + timedelta(minutes=minute)
    ),
    days,
    st.integers(0, 24 * 60 - 1),
)
times = st.integers(0, 24 * 60 - 2).map(lambda minute: time(minute // 60, minute % 60))


@st.composite
def weeks(draw):
    spans = {}
    for weekday in draw(st.sets(st.integers(0, 6))):
        marks = sorted(draw(st.sets(times, min_size=2, max_size=4)))
        pairs = zip(marks[::2], marks[1::2], strict=False)
        spans[weekday] = tuple(Span(opens, closes) for opens, closes in pairs)
    first = draw(days)
    closure = Closed(first, first + timedelta(days=draw(st.integers(0, 20))), "zu")
    return Week(spans, (closure,), draw(st.sampled_from(STATES)))


IN_THE_GAP = Week({6: (Span(time(1, 1), time(2, 0)),)}, (), "BW")
ALL_IN_THE_GAP = Week(
    {6: (Span(time(2, 10), time(2, 50)), Span(time(2, 55), time(3, 0)))}, (), "BW"
)


@settings(max_examples=150, deadline=None)
@example(IN_THE_GAP, datetime(2027, 3, 28, 0, 0, tzinfo=UTC))
@example(ALL_IN_THE_GAP, datetime(2027, 3, 28, 0, 0, tzinfo=UTC))
@given(weeks(), moments)
def test_the_next_opening_lies_ahead_and_it_is_open_then(hours, moment):
    opens = next_opening(hours, moment)
    if opens is None:
        assert not hours.spans or all(not spans for spans in hours.spans.values())
        return
    assert opens > moment
    assert is_open(hours, opens)
    assert not is_open(hours, opens.astimezone(UTC) - timedelta(seconds=1)) or _touches(
        hours, opens
    )


@settings(max_examples=150, deadline=None)
@given(weeks(), moments)
def test_open_until_is_the_end_of_being_open(hours, moment):
    opening = opening_at(hours, moment)
    if opening.is_open:
        assert opening.until > moment
        assert is_open(hours, opening.until.astimezone(UTC) - timedelta(seconds=1))
        assert not is_open(hours, opening.until) or _touches(hours, opening.until)
    else:
        assert opening.opens_at == next_opening(hours, moment)


@settings(max_examples=100, deadline=None)
@given(weeks(), moments)
def test_whoever_is_open_is_within_the_wall_clock_hours_of_that_day(hours, moment):
    if is_open(hours, moment):
        local = moment.astimezone(BERLIN)
        assert why_closed(hours, local.date()) is None
        wall = local.time()
        repeated_hour = local.date() == AUTUMN or local.date().month in {3, 10}
        assert repeated_hour or any(
            s.opens <= wall < s.closes for s in spans_on(hours, local.date())
        )


@pytest.mark.parametrize("day", [SPRING, AUTUMN])
def test_the_days_that_change_the_clock_have_23_and_25_hours_and_no_opening_is_lost(day):
    always = week(state="", su="00:00-23:59")
    begin = datetime.combine(day, time(0), BERLIN).astimezone(UTC)
    minutes = [begin + timedelta(minutes=15 * step) for step in range(4 * 26)]
    of_day = [minute for minute in minutes if minute.astimezone(BERLIN).date() == day]
    assert len(of_day) == {SPRING: 23 * 4, AUTUMN: 25 * 4}[day]
    assert all(is_open(always, minute) for minute in of_day)


def _touches(hours: Week, moment: datetime) -> bool:
    """One span may begin in the very minute in which another ends (skipped or repeated hour)."""
    local = moment.astimezone(BERLIN)
    return local.date() in {SPRING, AUTUMN} or local.month in {3, 10}
