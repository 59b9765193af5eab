"""Vocational school of apprentices, as schools announce it: pure.

Some send a list of calendar weeks (`KW 3, 5, 7-9/2027`), others fixed weekdays for half a year.
"""

import re
from collections.abc import Collection
from datetime import date, timedelta

from portal.kit.errors import N_

_PART = re.compile(r"(\d{1,2})(?:\s?[-–]\s?(\d{1,2}))?(?:\s?/\s?(\d{4}|\d{2}))?")
MOST_DAYS = 250

NO_WEEK = N_("Please enter calendar weeks like 3, 5, 7-9 or 40-42/2027.")


class NoSchoolWeek(ValueError):
    """Part of a list that names no calendar week; the text is that part."""


def weeks_in(text: str, year: int) -> list[tuple[date, date]]:
    """Monday and Friday of each week named, in order; a year after a slash holds for what follows.

    `KW 48-2/2026` runs over New Year. Raises `NoSchoolWeek`.
    """
    found: set[tuple[date, date]] = set()
    cleaned = re.sub(r"(?i)\bkw\b|\bund\b|\n|;", ",", text)
    for part in filter(None, (part.strip(" .") for part in cleaned.split(","))):
        match = _PART.fullmatch(part)
        if match is None:
            raise NoSchoolWeek(part)
        first, last = int(match[1]), int(match[2] or match[1])
        if match[3]:
            year = int(match[3]) + (2000 if len(match[3]) == 2 else 0)
        found.update(_run(part, year, first, last))
    return sorted(found)


def weekdays_between(first: date, last: date, weekdays: Collection[int]) -> list[date]:
    """Each of these weekdays (0 is Monday) from the first day to the last."""
    days = (first + timedelta(days=n) for n in range(min((last - first).days, 400) + 1))
    return [day for day in days if day.weekday() in weekdays]


def _run(part: str, year: int, first: int, last: int) -> list[tuple[date, date]]:
    try:
        begin = date.fromisocalendar(year, first, 1)
        end = date.fromisocalendar(year if last >= first else year + 1, last, 1)
    except ValueError as error:
        raise NoSchoolWeek(part) from error
    count = (end - begin).days // 7 + 1
    mondays = (begin + timedelta(weeks=n) for n in range(count))
    return [(monday, monday + timedelta(days=4)) for monday in mondays]
