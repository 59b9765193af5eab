"""Opening hours in sentences, German and English."""

import pytest

from portal.bookings.calendar import Closed, Week
from portal.bookings.opening_texts import day_sentence, state_sentence, week_lines
from portal.kit.text import speaking
from tests.makers.bookings import at, on, week


@pytest.fixture(autouse=True)
def _german():
    with speaking("de"):
        yield


def test_open_says_until_when():
    assert state_sentence(week(), at("2026-11-20 10:00")) == (
        "Wir haben heute noch bis 17:30 Uhr geöffnet."
    )


def test_closed_says_when_it_opens_again():
    assert state_sentence(week(), at("2026-11-20 18:00")) == (
        "Wir haben gerade geschlossen und sind am Montag, 23.11.2026 ab 07:30 Uhr wieder für "
        "Sie da."
    )


def test_closed_for_good_promises_nothing():
    assert state_sentence(Week({}), at("2026-11-20 18:00")) == "Wir haben gerade geschlossen."


def test_a_day_with_a_lunch_break_names_both_spans():
    hours = week(sa="08:00-12:30 13:30-18:00")
    assert day_sentence(hours, on("2026-11-21"), at("2026-11-20 10:00")) == (
        "Morgen (Samstag) haben wir von 08:00–12:30 und 13:30–18:00 Uhr geöffnet."
    )


def test_a_holiday_is_named_as_the_reason():
    told = day_sentence(week(), on("2026-12-25"), at("2026-11-20 10:00"))
    assert "am freitag, 25.12.2026, haben wir geschlossen" in told.lower()
    assert "(Erster Weihnachtstag)" in told
    assert "Wieder geöffnet ist am Montag, 28.12.2026 ab 07:30 Uhr." in told


def test_a_day_without_reason_names_none():
    told = day_sentence(week(mo="08:00-12:00"), on("2026-11-21"), at("2026-11-20 10:00"))
    assert told.startswith("Morgen (Samstag) haben wir geschlossen. ")


def test_english_visitors_read_english():
    closed = Closed(on("2026-11-23"), on("2026-11-23"), "Inventur", "stocktaking")
    with speaking("en"):
        told = day_sentence(week(closures=(closed,)), on("2026-11-23"), at("2026-11-20 10:00"))
    assert told == (
        "On Monday, 23 November 2026, we are closed (stocktaking). "
        "We open again on Tuesday, 24 November 2026 at 07:30."
    )


def test_a_workshop_that_never_opens_again_does_not_say_when():
    assert "Wieder" not in day_sentence(Week({}), on("2026-11-21"), at("2026-11-20 10:00"))


def test_equal_days_share_a_line():
    assert week_lines(week(mo="08:00-17:00", tu="08:00-17:00", we="08:00-12:00")) == [
        "Mo.–Di. 08:00–17:00 Uhr",
        "Mi. 08:00–12:00 Uhr",
        "Do.–So. geschlossen",
    ]
