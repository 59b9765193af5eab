"""What the counts mean: shares, medians and sums, each with its formula: pure.

A share is None where nothing was there to take a share of.
"""

from collections import Counter
from collections.abc import Iterable, Sequence
from datetime import date
from decimal import Decimal
from uuid import UUID

import msgspec

from portal.bookings.models.kinds import Origin, ResourceKind, State
from portal.bookings.numbers_available import Basis, OpenDay, available, available_by_hour
from portal.bookings.numbers_period import DAY, Period, monday_of
from portal.bookings.numbers_queries import Counted, Earned, Taken

LEAD_STEPS = ((0, 0), (1, 1), (2, 3), (4, 7), (8, 14), (15, 28), (29, None))
"""Days between booking and appointment, both included."""
Days = tuple[Sequence[OpenDay], Sequence[OpenDay]]
"""Open days of a period and of the one before."""
KEPT = frozenset({State.ARRIVED, State.IN_WORK, State.READY, State.COLLECTED})


class Usage(msgspec.Struct, frozen=True):
    """Minutes of one resource, or of several together."""

    id: UUID | None
    name: str
    reserved: int
    available: int
    reserved_before: int
    available_before: int

    @property
    def share(self) -> float | None:
        return share(self.reserved, self.available)

    @property
    def share_before(self) -> float | None:
        return share(self.reserved_before, self.available_before)


class Outcome(msgspec.Struct, frozen=True):
    """How the appointments of a period went, of one origin or of all."""

    booked: int
    cancelled: int
    no_show: int
    kept: int

    @property
    def cancelled_share(self) -> float | None:
        return share(self.cancelled, self.booked)

    @property
    def no_show_share(self) -> float | None:
        """Of those whose time had come: whoever cancelled is not missed."""
        return share(self.no_show, self.no_show + self.kept)


class OriginLine(msgspec.Struct, frozen=True):
    origin: Origin
    outcome: Outcome
    before: Outcome


class LeadTimes(msgspec.Struct, frozen=True):
    """`counts` in the order of `LEAD_STEPS`; the median in days."""

    counts: tuple[int, ...]
    counts_before: tuple[int, ...]
    median: int | None
    median_before: int | None


class HourUse(msgspec.Struct, frozen=True):
    weekday: int
    hour: int
    reserved: int
    available: int

    @property
    def share(self) -> float | None:
        return share(self.reserved, self.available)


class WeekEarned(msgspec.Struct, frozen=True):
    """What the services of a week's appointments cost, gross. `least` is a lower bound."""

    monday: date
    done: Decimal
    booked: Decimal
    asked: Decimal
    least: Decimal
    visits: int
    unpriced: int

    @property
    def total(self) -> Decimal:
        return self.done + self.booked + self.asked


class Numbers(msgspec.Struct, frozen=True):
    """All figures of one period; `hours_of` says whose minutes the busiest hours are."""

    period: Period
    lifts: tuple[Usage, ...]
    people: tuple[Usage, ...]
    all_lifts: Usage
    all_people: Usage
    lead: LeadTimes
    outcome: Outcome
    outcome_before: Outcome
    origins: tuple[OriginLine, ...]
    weeks: tuple[WeekEarned, ...]
    hours: tuple[HourUse, ...]
    hours_of: ResourceKind


def share(part: float, whole: float) -> float | None:
    return part / whole if whole > 0 else None


def usages(
    basis: Basis, taken: Sequence[Taken], days: Days, kind: ResourceKind
) -> tuple[Usage, ...]:
    """In the workshop's order; one that is out of service appears while it has been used."""
    minutes: Counter[tuple[UUID, bool]] = Counter()
    for row in taken:
        minutes[row.resource_id, row.is_now] += row.minutes
    found = []
    for resource in basis.resources:
        now, before = minutes[resource.id, True], minutes[resource.id, False]
        if resource.kind != kind or not (resource.active or now or before):
            continue
        there, there_before = available(days[0], resource), available(days[1], resource)
        found.append(Usage(resource.id, resource.name, now, there, before, there_before))
    return tuple(found)


def together(name: str, lines: Iterable[Usage]) -> Usage:
    rows = list(lines)
    return Usage(
        None,
        name,
        sum(row.reserved for row in rows),
        sum(row.available for row in rows),
        sum(row.reserved_before for row in rows),
        sum(row.available_before for row in rows),
    )


def hour_uses(
    basis: Basis, taken: Sequence[Taken], days: Days, kind: ResourceKind
) -> tuple[HourUse, ...]:
    """Every hour of the week in which somebody or something of this kind is there."""
    mine = [one for one in basis.resources if one.kind == kind and one.active]
    ids = {one.id for one in mine}
    reserved: Counter[tuple[int, int]] = Counter()
    for row in taken:
        if row.is_now and row.resource_id in ids:
            reserved[row.weekday, row.hour] += row.minutes
    there = available_by_hour(days[0], mine)
    return tuple(
        HourUse(weekday, hour, reserved[weekday, hour], minutes)
        for (weekday, hour), minutes in sorted(there.items())
        if minutes
    )


def outcome_of(
    counted: Iterable[Counted], *, is_now: bool, origin: Origin | None = None
) -> Outcome:
    states: Counter[State] = Counter()
    for row in counted:
        if row.state is not None and row.is_now == is_now and origin in {None, row.origin}:
            states[State(row.state)] += row.how_many
    return Outcome(
        booked=states.total(),
        cancelled=states[State.CANCELLED],
        no_show=states[State.NO_SHOW],
        kept=sum(states[state] for state in KEPT),
    )


def origin_lines(counted: Sequence[Counted]) -> tuple[OriginLine, ...]:
    """The most frequent first; origins that nobody used are left out."""
    lines = [
        OriginLine(
            origin,
            outcome_of(counted, is_now=True, origin=origin),
            outcome_of(counted, is_now=False, origin=origin),
        )
        for origin in Origin
    ]
    used = [line for line in lines if line.outcome.booked or line.before.booked]
    return tuple(sorted(used, key=lambda line: -line.outcome.booked))


def lead_times(counted: Sequence[Counted]) -> LeadTimes:
    now, before = _days(counted, is_now=True), _days(counted, is_now=False)
    return LeadTimes(_steps(now), _steps(before), _median(now), _median(before))


def week_lines(earned: Iterable[Earned], first: date, last: date) -> tuple[WeekEarned, ...]:
    """Every week between the two days, also those without an appointment."""
    found: dict[date, dict[str, Earned]] = {}
    for row in earned:
        found.setdefault(row.week, {})[row.stage] = row
    weeks, monday = [], monday_of(first)
    while monday <= last:
        weeks.append(_week(monday, found.get(monday, {})))
        monday += 7 * DAY
    return tuple(weeks)


def _week(monday: date, stages: dict[str, Earned]) -> WeekEarned:
    def cost(stage: str) -> Decimal:
        row = stages.get(stage)
        return row.fixed + row.least if row else Decimal(0)

    rows = stages.values()
    return WeekEarned(
        monday=monday,
        done=cost("done"),
        booked=cost("booked"),
        asked=cost("asked"),
        least=sum((row.least for row in rows), Decimal(0)),
        visits=sum(row.visits for row in rows),
        unpriced=sum(row.unpriced for row in rows),
    )


def _days(counted: Sequence[Counted], *, is_now: bool) -> Counter[int]:
    days: Counter[int] = Counter()
    for row in counted:
        if row.state is None and row.lead_days is not None and row.is_now == is_now:
            days[row.lead_days] += row.how_many
    return days


def _steps(days: Counter[int]) -> tuple[int, ...]:
    return tuple(
        sum(count for day, count in days.items() if day >= low and (high is None or day <= high))
        for low, high in LEAD_STEPS
    )


def _median(days: Counter[int]) -> int | None:
    """The lower of two in the middle."""
    middle, seen = (days.total() - 1) // 2, 0
    for day in sorted(days):
        seen += days[day]
        if seen > middle:
            return day
    return None
