"""When people want to come, in the words that they use."""

from datetime import date, datetime, time

import pytest

from portal.chat.assistant.when import days_asked
from portal.chat.assistant.wishes import Wish, wish_in
from portal.chat.assistant.words import plain
from portal.kit.clock import BERLIN
from tests.makers.assistant import FRIDAY
from tests.makers.bookings import week


def wish(text: str) -> Wish:
    words = plain(text)
    return wish_in(words, days_asked(words, FRIDAY, week()), FRIDAY)


def nov(*days: int) -> tuple[date, ...]:
    return tuple(date(2026, 11, day) for day in days)


@pytest.mark.parametrize(
    ("text", "days"),
    [
        ("am Dienstag", nov(24)),
        ("Dienstag oder Mittwoch", nov(24, 25)),
        ("morgen", nov(21)),
        ("am 30.11.", nov(30)),
        ("nächste Woche Dienstag", nov(24)),
        ("übernächste Woche am Donnerstag", (date(2026, 12, 3),)),
        ("next week on Monday or Tuesday", nov(23, 24)),
    ],
)
def test_days_are_understood(text, days):
    assert wish(text).days == days


@pytest.mark.parametrize(
    ("text", "first", "last"),
    [
        ("nächste Woche", date(2026, 11, 23), date(2026, 11, 29)),
        ("kommende Woche irgendwann", date(2026, 11, 23), date(2026, 11, 29)),
        ("diese Woche noch", date(2026, 11, 20), date(2026, 11, 22)),
        ("übernächste Woche", date(2026, 11, 30), date(2026, 12, 6)),
        ("in zwei Wochen", date(2026, 11, 30), date(2026, 12, 6)),
        ("nächsten Monat", date(2026, 12, 1), date(2026, 12, 31)),
        ("im Dezember", date(2026, 12, 1), date(2026, 12, 31)),
        ("im Februar", date(2027, 2, 1), date(2027, 2, 28)),
        ("next week", date(2026, 11, 23), date(2026, 11, 29)),
    ],
)
def test_stretches_of_days_are_understood(text, first, last):
    assert (wish(text).first, wish(text).last) == (first, last)


@pytest.mark.parametrize("text", ["ab Dienstag", "frühestens am Dienstag", "from Tuesday"])
def test_from_a_day_on_is_no_single_day(text):
    assert (wish(text).days, wish(text).first, wish(text).last) == ((), date(2026, 11, 24), None)


@pytest.mark.parametrize(
    ("text", "since", "until"),
    [
        ("Dienstag Vormittag", None, time(12)),
        ("morgen früh", None, time(12)),
        ("nachmittags", time(12), None),
        ("gegen Mittag", time(11), time(14)),
        ("nach Feierabend", time(16), None),
        ("ab 15 Uhr", time(15), None),
        ("vor 10 Uhr", None, time(10)),
        ("um 9", time(8), time(11)),
        ("um 9:30 Uhr", time(8, 30), time(11, 30)),
        ("at 3 pm", time(14), time(17)),
        ("in the afternoon", time(12), None),
        ("am 24.11.", None, None),
        ("Guten Morgen", None, None),
        ("4 Reifen", None, None),
    ],
)
def test_times_of_day_are_understood(text, since, until):
    assert (wish(text).since, wish(text).until) == (since, until)


def test_a_wish_fits_by_the_clock_on_the_wall():
    tuesday = wish("Dienstag Nachmittag")
    assert tuesday.fits(datetime(2026, 11, 24, 12, 0, tzinfo=BERLIN))
    assert not tuesday.fits(datetime(2026, 11, 24, 11, 30, tzinfo=BERLIN))
    assert not tuesday.fits(datetime(2026, 11, 25, 13, 0, tzinfo=BERLIN))


def test_nothing_said_is_no_wish():
    assert not wish("Ich brauche einen Termin für den Ölwechsel").says_when


@pytest.mark.parametrize(
    ("year", "found"), [(2028, [date(2028, 2, 29)]), (2027, [date(2028, 2, 29)]), (2026, [])]
)
def test_a_day_that_not_every_year_has_is_the_next_one_within_a_year(year, found):
    after_february = datetime(year, 3, 1, 12, tzinfo=BERLIN)
    before = datetime(year, 1, 5, 12, tzinfo=BERLIN)
    now = before if year == 2028 else after_february
    assert days_asked(plain("am 29. Februar"), now, week()) == found
    assert days_asked(plain("am 29. Februar"), datetime(2028, 3, 1, tzinfo=BERLIN), week()) == []
