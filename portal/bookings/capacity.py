"""Who and what is there, when it works and when it is taken: pure, loaded by `occupancy`.

Moments are whole seconds since 1970 in UTC: comparing them is the inner loop of every search.
"""

from bisect import bisect_right
from collections.abc import Iterable, Sequence
from datetime import UTC, date, datetime, time, timedelta
from uuid import UUID

import msgspec

from portal.bookings.calendar import Week, spans_on, why_closed
from portal.bookings.models.kinds import LiftKind, ResourceKind
from portal.bookings.planning import LONGEST_WORK
from portal.kit.clock import BERLIN

Interval = tuple[int, int]
DAY = timedelta(days=1)


class ShiftRule(msgspec.Struct, frozen=True):
    """As `models.Shift`."""

    weekday: int
    starts: time
    ends: time
    valid_from: date | None = None
    valid_to: date | None = None

    def holds_on(self, day: date) -> bool:
        return (
            self.weekday == day.weekday()
            and (self.valid_from is None or self.valid_from <= day)
            and (self.valid_to is None or day <= self.valid_to)
        )


class Taken(msgspec.Struct, frozen=True):
    """A reservation; without an appointment it is held for the waiting list."""

    start: int
    end: int
    appointment_id: UUID | None = None


class Capacity(msgspec.Struct, frozen=True, kw_only=True):
    """One resource in a range of days. `skills` by name with the last day of validity."""

    id: UUID
    kind: ResourceKind
    name: str
    lift_kind: LiftKind = LiftKind.NONE
    max_weight_kg: int | None = None
    percent: int = 100
    online: bool = True
    skills: dict[str, date | None] = {}
    shifts: tuple[ShiftRule, ...] = ()
    absences: tuple[Interval, ...] = ()
    taken: tuple[Taken, ...] = ()

    def knows(self, skills: Iterable[str], day: date) -> bool:
        """Trained for all of them on that day."""
        return all(
            name in self.skills and (self.skills[name] is None or day <= (self.skills[name] or day))
            for name in skills
        )

    def blocked(self) -> list[Interval]:
        """Absent or taken, in order."""
        return sorted([*self.absences, *((one.start, one.end) for one in self.taken)])


class Occupancy(msgspec.Struct, frozen=True, kw_only=True):
    """Everything that a search for free times reads: the days from `first` to `last`."""

    first: date
    last: date
    week: Week
    resources: tuple[Capacity, ...]
    step_minutes: int = 30
    lead_minutes: int = 240
    horizon_days: int = 60

    def of(self, kind: ResourceKind) -> list[Capacity]:
        return [one for one in self.resources if one.kind == kind]

    def days(self) -> list[date]:
        return [self.first + timedelta(days=n) for n in range((self.last - self.first).days + 1)]


def work_times(occupancy: Occupancy, resource: Capacity | None) -> list[Interval]:
    """When a resource works, in order, before absences and reservations.

    People without shifts, seats and nobody in particular work while the workshop is open; lifts
    and loaner cars are there day and night; an inspector comes in windows of their own.
    """
    if resource is not None and resource.kind in {ResourceKind.LIFT, ResourceKind.LOANER}:
        return [(at(occupancy.first, time()), at(occupancy.last + DAY, time()))]
    found: list[Interval] = []
    for day in occupancy.days():
        if resource is not None and resource.shifts:
            if why_closed(occupancy.week, day) is None:
                found += [
                    (at(day, shift.starts), at(day, shift.ends, last=True))
                    for shift in resource.shifts
                    if shift.holds_on(day)
                ]
        elif resource is None or resource.kind != ResourceKind.INSPECTOR:
            found += open_times(occupancy.week, day)
    return sorted(one for one in found if one[0] < one[1])


def open_times(week: Week, day: date) -> list[Interval]:
    """When the workshop is open on that day."""
    spans = ((at(day, span.opens), at(day, span.closes, last=True)) for span in spans_on(week, day))
    return [one for one in spans if one[0] < one[1]]


def open_time(week: Week, since: datetime, until: datetime) -> timedelta:
    """How long the workshop was open between two moments; without hours the clock counts.

    What is longer than any work is not counted further.
    """
    if not week.spans:
        return until - since
    day, last = since.astimezone(BERLIN).date(), until.astimezone(BERLIN).date()
    first, end = int(since.timestamp()), int(until.timestamp())
    seconds = 0
    while day <= last and seconds <= LONGEST_WORK * 60:
        for opens, closes in open_times(week, day):
            seconds += max(0, min(closes, end) - max(opens, first))
        day += DAY
    return timedelta(seconds=seconds)


def without(times: Sequence[Interval], blocked: Sequence[Interval]) -> list[Interval]:
    """What is left of the times; both in order."""
    left: list[Interval] = []
    for begin, end in times:
        start = begin
        for block_start, block_end in blocked:
            if block_end <= start:
                continue
            if block_start >= end:
                break
            if block_start > start:
                left.append((start, block_start))
            start = max(start, block_end)
        if start < end:
            left.append((start, end))
    return left


def around(times: Sequence[Interval], moment: int) -> Interval | None:
    """The interval that holds this moment."""
    place = bisect_right(times, (moment, 1 << 62)) - 1
    if place >= 0 and times[place][0] <= moment < times[place][1]:
        return times[place]
    return None


def holds(times: Sequence[Interval], start: int, end: int) -> bool:
    found = around(times, start)
    return found is not None and end <= found[1]


def at(day: date, wall: time, *, last: bool = False) -> int:
    """The moment of this wall time; `last` takes the second of two in autumn's repeated hour."""
    moments = (datetime.combine(day, wall, BERLIN).replace(fold=fold) for fold in (0, 1))
    seconds = [int(moment.astimezone(UTC).timestamp()) for moment in moments]
    return max(seconds) if last else min(seconds)


def moment(seconds: int) -> datetime:
    return datetime.fromtimestamp(seconds, UTC)


def day_of(seconds: int) -> date:
    return datetime.fromtimestamp(seconds, BERLIN).date()
