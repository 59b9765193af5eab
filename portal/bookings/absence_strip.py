"""The absences of some weeks as a strip: one line for each resource, one cell a day. Pure."""

from collections.abc import Iterable, Sequence
from datetime import date, timedelta

import msgspec

from portal.bookings import absences
from portal.bookings.calendar import Week, why_closed
from portal.bookings.models import Absence, Resource, ResourceKind
from portal.kit.text import locale

WEEKS = 5
STEP = timedelta(weeks=4)


_FIRST_PEOPLE = (
    ResourceKind.PERSON,
    ResourceKind.LIFT,
    ResourceKind.LOANER,
    ResourceKind.INSPECTOR,
    ResourceKind.SEAT,
)


class Day(msgspec.Struct, frozen=True):
    """`closed` is the holiday or closure; `off` is a weekday without opening hours."""

    on: date
    closed: str
    off: bool
    is_today: bool


class Cell(msgspec.Struct, frozen=True):
    """`absence` None: there. `part`: only for some hours."""

    day: Day
    absence: Absence | None = None
    part: bool = False


class Line(msgspec.Struct, frozen=True):
    resource: Resource
    cells: tuple[Cell, ...]


def first_day(today: date, wanted: date | None) -> date:
    """The Monday with which the strip begins."""
    day = wanted or today
    return day - timedelta(days=day.weekday())


def in_order(resources: Iterable[Resource]) -> list[Resource]:
    """People first: they are who is asked about."""
    return sorted(resources, key=lambda one: _FIRST_PEOPLE.index(ResourceKind(one.kind)))


def days_from(first: date, week: Week, today: date) -> list[Day]:
    found = (first + timedelta(days=n) for n in range(7 * WEEKS))
    language = locale.get()
    return [
        Day(
            on=day,
            closed=why_closed(week, day, language) or "",
            off=bool(week.spans) and not week.spans.get(day.weekday()),
            is_today=day == today,
        )
        for day in found
    ]


def lines(
    resources: Sequence[Resource], away: Iterable[Absence], days: Sequence[Day]
) -> list[Line]:
    """Where absences overlap on a day, the one for whole days is shown."""
    marks: dict[tuple[object, date], tuple[Absence, bool]] = {}
    for absence in away:
        first, last = absences.days_of(absence.starts_at, absence.ends_at)
        day = max(first, days[0].on)
        while day <= min(last, days[-1].on):
            part = _is_part(absence, day)
            key = (absence.resource_id, day)
            if key not in marks or (marks[key][1] and not part):
                marks[key] = (absence, part)
            day += timedelta(days=1)
    return [
        Line(one, tuple(Cell(day, *marks.get((one.id, day.on), (None, False))) for day in days))
        for one in resources
    ]


def _is_part(absence: Absence, day: date) -> bool:
    begins = absence.starts_at > absences.day_begins(day)
    return begins or absence.ends_at < absences.day_begins(day + timedelta(days=1))
