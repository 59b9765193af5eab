"""Which freed time is offered to whom, worked out without a database."""

from datetime import timedelta
from uuid import uuid4

from portal.bookings.capacity import Capacity, Occupancy, Taken
from portal.bookings.models import LiftKind, ResourceKind
from portal.bookings.planning import Need
from portal.bookings.waitlist_fits import NOTICE, Wish, hold_until, propose
from tests.makers.bookings import at, on, week

MONDAY = "2027-03-01"
NOW = at("2027-02-26 10:00")


def workshop(*taken):
    """One lift and one person; taken: (from, to) texts for the person."""
    person = Capacity(
        id=uuid4(),
        kind=ResourceKind.PERSON,
        name="Jonas",
        taken=tuple(
            Taken(int(at(begin).timestamp()), int(at(end).timestamp())) for begin, end in taken
        ),
    )
    lift = Capacity(id=uuid4(), kind=ResourceKind.LIFT, name="Bühne 1", lift_kind=LiftKind.TWO_POST)
    return Occupancy(first=on(MONDAY), last=on("2027-03-05"), week=week(), resources=(lift, person))


def wish(minutes=60, **facts):
    return Wish(
        **{
            "entry_id": uuid4(),
            "need": Need(minutes=minutes, lift=LiftKind.ANY),
            "first": on(MONDAY),
            "last": on("2027-03-05"),
            **facts,
        }
    )


def proposed(wishes, since="09:00", until="11:00", *, there=None, now=NOW):
    return propose(
        there or workshop(), wishes, at(f"{MONDAY} {since}"), at(f"{MONDAY} {until}"), now=now
    )


def test_the_first_in_line_is_asked_first_and_three_at_most():
    wishes = [wish() for _ in range(5)]
    found = proposed(wishes)
    assert found.entry_ids == tuple(one.entry_id for one in wishes[:3])
    assert found.slot.starts_at == at(f"{MONDAY} 09:00")


def test_who_does_not_fit_is_left_out():
    long, short = wish(120), wish(60)
    there = workshop((f"{MONDAY} 10:00", f"{MONDAY} 12:00"))
    assert proposed([long, short], there=there).entry_ids == (short.entry_id,)


def test_who_needs_longer_than_what_is_kept_is_not_asked_about_it():
    first, longer = wish(60), wish(90)
    assert proposed([first, longer]).entry_ids == (first.entry_id,)


def test_days_weekdays_and_hours_are_minded():
    tuesday = wish(weekdays=frozenset({1}))
    next_week = wish(first=on("2027-03-08"), last=on("2027-03-12"))
    afternoon = wish(earliest=at("2027-03-01 12:00").time())
    early = wish(latest=at("2027-03-01 09:00").time())
    assert proposed([tuesday, next_week, afternoon]) is None
    assert proposed([tuesday, early]).entry_ids == (early.entry_id,)


def test_a_later_start_within_the_freed_time_is_found():
    late = wish(earliest=at("2027-03-01 10:30").time())
    assert proposed([late], until="12:00").slot.starts_at == at(f"{MONDAY} 10:30")


def test_nobody_is_asked_to_come_within_the_hour():
    now = at(f"{MONDAY} 09:00")
    found = proposed([wish()], now=now)
    assert found.slot.starts_at >= now + NOTICE


def test_an_offer_is_kept_for_the_agreed_minutes():
    starts = at("2027-03-01 15:00")
    assert hold_until(at("2027-03-01 10:00"), starts, 60) == at("2027-03-01 11:00")


def test_an_offer_in_the_night_is_kept_until_people_are_up():
    starts = at("2027-03-03 15:00")
    assert hold_until(at("2027-03-01 22:00"), starts, 60) == at("2027-03-02 09:00")
    assert hold_until(at("2027-03-02 03:00"), starts, 60) == at("2027-03-02 09:00")


def test_an_offer_ends_before_the_car_is_due():
    starts = at("2027-03-02 08:00")
    assert hold_until(at("2027-03-01 22:00"), starts, 60) == starts - timedelta(minutes=30)
