"""How many minutes lifts and people are there: pure.

All in local wall time, counted in minutes of a day: workshops are closed in the two hours in
which summer time begins and ends.
"""

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from datetime import date, datetime, time
from typing import NamedTuple
from uuid import UUID

import msgspec

from portal.bookings.calendar import Week, spans_on, why_closed
from portal.bookings.capacity import ShiftRule
from portal.bookings.models.kinds import ResourceKind
from portal.bookings.numbers_period import Period

Minutes = tuple[int, int]
HourCell = tuple[int, int]
"""Weekday (0 is Monday) and hour."""
WHOLE_DAY = 24 * 60


class Absent(msgspec.Struct, frozen=True):
    """Local wall times without a zone."""

    starts: datetime
    ends: datetime


class Bookable(msgspec.Struct, frozen=True, kw_only=True):
    """A lift or a person, and when it works."""

    id: UUID
    kind: ResourceKind
    name: str
    active: bool = True
    shifts: tuple[ShiftRule, ...] = ()
    absences: tuple[Absent, ...] = ()


class Basis(msgspec.Struct, frozen=True, kw_only=True):
    """What is counted against: the opening week with its closures, lifts and people."""

    week: Week
    resources: tuple[Bookable, ...]


class OpenDay(NamedTuple):
    """A day that is neither holiday nor closure, with its opening hours, perhaps none."""

    day: date
    opening: list[Minutes]


def open_days(week: Week, period: Period) -> list[OpenDay]:
    """Looked up once for all resources."""
    return [
        OpenDay(day, [(_minute(span.opens), _minute(span.closes)) for span in spans_on(week, day)])
        for day in period.each_day()
        if why_closed(week, day) is None
    ]


def available(days: Sequence[OpenDay], resource: Bookable) -> int:
    """Minutes: opening hours or shifts, without absences."""
    worked = _worked(days, resource)
    return sum((end - start) * count for (_weekday, start, end), count in worked.items())


def available_by_hour(days: Sequence[OpenDay], resources: Iterable[Bookable]) -> Counter[HourCell]:
    """Minutes of all these together in each hour of the week."""
    found: Counter[HourCell] = Counter()
    for resource in resources:
        for (weekday, start, end), count in _worked(days, resource).items():
            for hour, minutes in _hours(start, end):
                found[weekday, hour] += minutes * count
    return found


def opening_cells(week: Week) -> list[tuple[int, int, int, int]]:
    """Weekday, hour, and from which to which minute of the day the workshop is open in it."""
    cells = []
    for weekday, spans in week.spans.items():
        for span in spans:
            start, end = _minute(span.opens), _minute(span.closes)
            cells += [
                (weekday, hour, max(start, hour * 60), min(end, hour * 60 + 60))
                for hour in range(start // 60, -(-end // 60))
            ]
    return cells


def closed_days(week: Week, period: Period) -> list[date]:
    """Holidays and closures."""
    return [day for day in period.each_day() if why_closed(week, day) is not None]


def _worked(days: Sequence[OpenDay], resource: Bookable) -> Counter[tuple[int, int, int]]:
    """How often each stretch of a weekday was worked: most days are alike."""
    away = _away(resource.absences, Period(days[0].day, days[-1].day)) if days else {}
    found: Counter[tuple[int, int, int]] = Counter()
    for day, opening in days:
        spans = _spans(resource, day, opening)
        for start, end in _without(spans, away[day]) if day in away else spans:
            found[day.weekday(), start, end] += 1
    return found


def _spans(resource: Bookable, day: date, opening: list[Minutes]) -> list[Minutes]:
    if resource.kind != ResourceKind.PERSON or not resource.shifts:
        return opening
    shifts = (shift for shift in resource.shifts if shift.holds_on(day))
    return sorted((_minute(shift.starts), _minute(shift.ends)) for shift in shifts)


def _away(absences: Sequence[Absent], period: Period) -> dict[date, list[Minutes]]:
    """Absences cut into days."""
    found: dict[date, list[Minutes]] = {}
    for absence in absences:
        first = max(absence.starts.date(), period.first)
        last = min(absence.ends.date(), period.last)
        for day in Period(first, last).each_day():
            begin = datetime.combine(day, time())
            start = max(int((absence.starts - begin).total_seconds()) // 60, 0)
            end = min(int((absence.ends - begin).total_seconds()) // 60, WHOLE_DAY)
            if start < end:
                found.setdefault(day, []).append((start, end))
    return {day: sorted(spans) for day, spans in found.items()}


def _without(spans: Sequence[Minutes], away: Sequence[Minutes]) -> Iterator[Minutes]:
    for span_start, span_end in spans:
        start = span_start
        for away_start, away_end in away:
            if start < away_start < span_end:
                yield start, away_start
            if away_start < span_end:
                start = max(start, away_end)
        if start < span_end:
            yield start, span_end


def _hours(start: int, end: int) -> Iterator[tuple[int, int]]:
    for hour in range(start // 60, -(-end // 60)):
        yield hour, min(end, hour * 60 + 60) - max(start, hour * 60)


def _minute(wall: time) -> int:
    return wall.hour * 60 + wall.minute
