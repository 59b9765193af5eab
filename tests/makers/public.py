"""Moments that customers' pages are about: workdays that lie ahead, never a public holiday."""

from datetime import datetime, time, timedelta

from portal.bookings.calendar import holiday_on
from portal.kit import clock
from portal.kit.clock import BERLIN


def next_monday():
    """The first one after today on which people work."""
    today = clock.local(clock.now()).date()
    day = today + timedelta(days=7 - today.weekday())
    while holiday_on("", day):
        day += timedelta(days=7)
    return day


def in_days(workdays, hour, minute=0):
    """The given hour of that many workdays from today."""
    day = clock.local(clock.now()).date()
    while workdays:
        day += timedelta(days=1)
        if day.weekday() < 5 and holiday_on("", day) is None:
            workdays -= 1
    return datetime.combine(day, time(hour, minute), BERLIN)
