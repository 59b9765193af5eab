"""When somebody will be there, as a person says it: „Wir sind am Montag ab 7:30 Uhr wieder da.“"""

from datetime import date, datetime

from babel.dates import format_date

from portal.bookings import hours
from portal.bookings.calendar import Week, opening_at
from portal.kit import clock
from portal.kit.db import Db
from portal.kit.text import _, locale
from portal.tenants import workshops

SOON = 6
"""Days ahead of which the weekday alone says which day is meant."""


async def week_of(db: Db, now: datetime) -> Week:
    profile = await workshops.get_profile(db)
    return await hours.load_week(db, profile.federal_state, since=clock.local(now).date())


def is_closed(week: Week, now: datetime) -> bool:
    """Where no hours are known nobody can say that it is closed."""
    return bool(week.spans) and not opening_at(week, now).is_open


def back_sentence(week: Week, now: datetime) -> str:
    """Nothing while it is open, or where nobody knows the hours."""
    opens_at = opening_at(week, now).opens_at if is_closed(week, now) else None
    if opens_at is None:
        return ""
    return _(
        "We are back %(day)s from %(time)s.",
        day=_day(opens_at.date(), clock.local(now).date()),
        time=f"{opens_at.hour}:{opens_at.minute:02}",
    )


def _day(day: date, today: date) -> str:
    distance = (day - today).days
    if distance == 0:
        return _("today")
    if distance == 1:
        return _("tomorrow")
    language = locale.get()
    if distance <= SOON:
        return _("on %(weekday)s", weekday=format_date(day, "EEEE", locale=language))
    pattern = "EEEE, d. MMMM" if language == "de" else "EEEE, d MMMM"
    return _("on %(weekday)s", weekday=format_date(day, pattern, locale=language))
