from datetime import UTC, date, datetime
from decimal import Decimal

import pytest

from portal.kit import clock, money, text


def test_german_figures_are_written_the_german_way():
    with text.speaking("de"):
        assert text.euro(Decimal("1234.5")) == "1.234,50\xa0€"
        assert text.number(12345.678, 1) == "12.345,7"
        assert text.day(date(2026, 3, 1)) == "01.03.2026"


@pytest.mark.parametrize(
    ("value", "shown"), [(None, "–"), (float("inf"), "–"), (float("nan"), "–"), (1e308, "1E308")]
)
def test_what_is_no_readable_number_is_shown_all_the_same(value, shown):
    assert text.number(value, 2) == shown


def test_times_are_shown_in_berlin_on_both_sides_of_the_switch():
    with text.speaking("de"):
        assert text.time(datetime(2026, 3, 29, 0, 30, tzinfo=UTC)) == "01:30"
        assert text.time(datetime(2026, 3, 29, 1, 30, tzinfo=UTC)) == "03:30"


@pytest.mark.parametrize(
    ("header", "expected"),
    [
        (None, "de"),
        ("", "de"),
        ("en-US,en;q=0.9", "en"),
        ("de-AT", "de"),
        ("fr", "de"),
        ("xx;q=abc,,,", "de"),
        ("tr,en;q=0.5", "en"),
    ],
)
def test_a_caller_is_answered_in_a_language_that_we_speak(header, expected):
    assert text.preferred(header) == expected


def test_an_unknown_language_falls_back_to_german():
    with text.speaking("xx"):
        assert text.locale.get() == "de"


def test_money_is_rounded_half_up():
    assert money.as_json(Decimal("0.125")) == "0.13"
    assert money.rounded(Decimal("2.675")) == Decimal("2.68")


def test_times_leave_the_house_in_utc():
    moment = clock.local(datetime(2026, 7, 1, 12, tzinfo=UTC))
    assert clock.rfc3339(moment) == "2026-07-01T12:00:00Z"
