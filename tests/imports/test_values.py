"""German days, numbers and words."""

from datetime import UTC, date, datetime, time

import pytest

from portal.bookings.models import AbsenceKind, State
from portal.imports import values
from portal.vehicles.models import HistoryKind


@pytest.mark.parametrize(
    "typed",
    ["14.03.2016", "14.3.16", "2016-03-14", "14/03/2016", "14-03-2016", "20160314", "42443",
     "14.03.2016 00:00:00", "2016-03-14T08:00:00"],
)  # fmt: skip
def test_a_day_is_read_however_it_is_written(typed):
    assert values.as_day(typed) == date(2016, 3, 14)


@pytest.mark.parametrize(
    "typed", ["", "00.00.0000", "01.01.1900", "30.12.1899", "0000-00-00", "-", "NULL"]
)
def test_placeholders_of_databases_are_no_days(typed):
    assert values.day(typed) == ""


@pytest.mark.parametrize("typed", ["31.02.2025", "heute", "99999", "1.1.1", "32.01.2020"])
def test_what_is_no_day_stays_as_it_was(typed):
    assert values.as_day(typed) is None


def test_american_days_are_read_when_they_are_meant():
    assert values.as_day("03/14/2016", month_first=True) == date(2016, 3, 14)


@pytest.mark.parametrize(
    ("typed", "digits"),
    [("123.456", "123456"), ("123.456 km", "123456"), ("123456,0", "123456"), ("12 345", "12345"),
     ("1.234.567", "1234567"), ("1.968", "1968"), ("85,5", "86"), ("", ""), ("viel", "viel"),
     ("1,234.6", "1235"), ("9" * 40, "9" * 40)],
)  # fmt: skip
def test_numbers_are_read_as_people_here_write_them(typed, digits):
    assert values.whole(typed) == digits


@pytest.mark.parametrize(
    ("typed", "in_ps", "kilowatts"),
    [("85", False, "85"), ("85 kW", False, "85"), ("85/116", False, "85"), ("116 PS", False, "85"),
     ("116", True, "85"), ("51,00", False, "51")],
)  # fmt: skip
def test_power_becomes_kilowatts(typed, in_ps, kilowatts):
    assert values.kilowatts(typed, in_ps=in_ps) == kilowatts


@pytest.mark.parametrize(
    ("typed", "read"),
    [
        ("8:00", (8, 0)),
        ("08.30 Uhr", (8, 30)),
        ("8 Uhr", (8, 0)),
        ("17:45:00", (17, 45)),
        ("7h15", (7, 15)),
    ],
)
def test_times_are_read(typed, read):
    assert values.clock_time(typed) == time(*read)


def test_a_moment_is_wall_time_in_berlin_on_both_sides_of_the_switch():
    assert values.moment("28.03.2026", "08:00") == datetime(2026, 3, 28, 7, tzinfo=UTC)
    assert values.moment("29.03.2026 08:00", "") == datetime(2026, 3, 29, 6, tzinfo=UTC)
    assert values.moment("2026-03-29T08:00:00+02:00", "") == datetime(2026, 3, 29, 6, tzinfo=UTC)


@pytest.mark.parametrize(
    ("typed", "minutes"),
    [("90", 90), ("90 min", 90), ("1:30", 90), ("1,5 Std", 90), ("1.5h", 90), ("x", None)],
)
def test_durations_are_read(typed, minutes):
    assert values.minutes(typed) == minutes


def test_words_find_their_choice():
    assert values.salutation("Herrn") == "mr"
    assert values.salutation("Firma") == ""
    assert values.fuel("Super E10") == "petrol"
    assert values.fuel("Plug-in-Hybrid (Benzin)") == "plug_in_hybrid"
    assert values.fuel("Holzgas") == "other"
    assert values.state("Nicht erschienen") is State.NO_SHOW
    assert values.state("seltsam") is None
    assert values.history_kind("HU/AU") is HistoryKind.INSPECTION
    assert values.history_kind("Hupe ersetzt") is HistoryKind.SERVICE
    assert values.absence_kind("Jahresurlaub") is AbsenceKind.VACATION
    assert values.absence_kind("krankgeschrieben") is AbsenceKind.SICK
    assert values.month("30.09.2027") == "2027-09"
