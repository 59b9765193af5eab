"""Fills working days: who works on what, on which lift, without two at once."""

import random
from collections.abc import Iterable, Sequence
from datetime import date, datetime, timedelta
from uuid import UUID

from portal.bookings.calendar import Week, spans_on
from portal.bookings.models import LiftKind, ResourceKind
from portal.bookings.placing import INSPECTION_MINUTES
from portal.bookings.planning import fits, minutes_on
from portal.demo.world.bookings_shapes import Job, Minutes, Spot, at, minute_of

STEP = 15
ALONE_MINUTES = 60
"""Longer work is not left to an apprentice alone."""
Held = list[tuple[UUID, datetime, datetime]]
Placed = tuple[int, int, Held]
"""First and last minute of the work, and what is taken for it."""


class Diary:
    """Which resource is taken when; a day is planned in its own minutes."""

    def __init__(self, week: Week, spots: Sequence[Spot]) -> None:
        self.week = week
        self._by_kind: dict[ResourceKind, list[Spot]] = {}
        for spot in spots:
            self._by_kind.setdefault(spot.kind, []).append(spot)
        self._busy: dict[tuple[UUID, date], list[Minutes]] = {}

    def of(self, kind: ResourceKind) -> list[Spot]:
        return self._by_kind.get(kind, [])

    def block(self, spot: Spot, day: date) -> None:
        self._busy.setdefault((spot.id, day), []).append((0, 24 * 60))

    def opening(self, day: date) -> list[Minutes]:
        return [(minute_of(s.opens), minute_of(s.closes)) for s in spans_on(self.week, day)]

    def shifts(self, spot: Spot, day: date, opening: Sequence[Minutes]) -> Sequence[Minutes]:
        if not opening or self._is_away(spot, day):
            return []
        return opening if spot.shifts is None else spot.shifts.get(day.weekday(), [])

    def is_free(self, spot: Spot, day: date, start: int, end: int) -> bool:
        taken = self._busy.get((spot.id, day), ())
        return all(end <= begin or start >= finish for begin, finish in taken)

    def take(self, spot: Spot, day: date, start: int, end: int) -> tuple[UUID, datetime, datetime]:
        self._busy.setdefault((spot.id, day), []).append((start, end))
        return spot.id, at(day, start), at(day, end)

    def place(self, job: Job, person: Spot, day: date, start: int, until: int) -> Placed | None:
        """The job from this minute on, done before `until`; None when something is missing."""
        need = job.need
        end = start + minutes_on(need.minutes, person.percent)
        held_until = end + need.buffer_minutes
        if end > until or not need.skills <= person.skills:
            return None
        if person.percent < 100 and need.minutes > ALONE_MINUTES:
            return None
        if not self.is_free(person, day, start, held_until):
            return None
        wanted: list[tuple[Spot, int]] = [(person, held_until)]
        if need.lift:
            lift = self._lift(need.lift, day, start, held_until)
            if lift is None:
                return None
            wanted.append((lift, held_until))
        if need.inspector:
            inspector = self._inspector(day, start)
            if inspector is None:
                return None
            wanted.append((inspector, start + INSPECTION_MINUTES))
        return start, end, [self.take(spot, day, start, last) for spot, last in wanted]

    def take_any(self, kind: ResourceKind, day: date, start: int, end: int) -> Held:
        """One loaner car or seat, if there is one."""
        for spot in self.of(kind):
            if self.is_free(spot, day, start, end):
                return [self.take(spot, day, start, end)]
        return []

    def _lift(self, wish: LiftKind, day: date, start: int, end: int) -> Spot | None:
        for lift in self.of(ResourceKind.LIFT):
            if fits(wish, lift.lift_kind) and self.is_free(lift, day, start, end):
                return lift
        return None

    def _inspector(self, day: date, start: int) -> Spot | None:
        for spot in self.of(ResourceKind.INSPECTOR):
            for begin, end in (spot.shifts or {}).get(day.weekday(), ()):
                until = start + INSPECTION_MINUTES
                if begin <= start and until <= end and self.is_free(spot, day, start, until):
                    return spot
        return None

    def inspections(self, day: date) -> int:
        """How many fit into the windows of that day's inspectors, one an hour."""
        windows = [
            window
            for spot in self.of(ResourceKind.INSPECTOR)
            for window in (spot.shifts or {}).get(day.weekday(), ())
        ]
        return sum(end - begin for begin, end in windows) // 60

    def _is_away(self, spot: Spot, day: date) -> bool:
        return (0, 24 * 60) in self._busy.get((spot.id, day), ())


class Weighted:
    """Jobs by how often they are asked for in a month."""

    def __init__(self, jobs: Iterable[Job]) -> None:
        self._jobs = list(jobs)
        self._weights: dict[int, list[float]] = {}

    def choose(self, chance: random.Random, month: int) -> Job:
        if month not in self._weights:
            self._weights[month] = [_weight(job, month) for job in self._jobs]
        return chance.choices(self._jobs, self._weights[month])[0]


def fill_day(
    diary: Diary, day: date, jobs: Weighted, chance: random.Random, fullness: float
) -> list[tuple[Job, Placed]]:
    """Each person in turn takes the next job that fits; `fullness` from 0 to 1 leaves gaps."""
    opening = diary.opening(day)
    found: list[tuple[Job, Placed]] = []
    people = diary.of(ResourceKind.PERSON)
    for person in chance.sample(people, len(people)):
        for begin, end in diary.shifts(person, day, opening):
            found += _work(diary, (person, day), (begin, end), jobs, chance, fullness)
    return found


def place_somewhere(
    diary: Diary, day: date, job: Job, people: Sequence[Spot], chance: random.Random
) -> Placed | None:
    """On that day at any time that is free, with one of these people."""
    opening = diary.opening(day)
    for person in people:
        for begin, end in diary.shifts(person, day, opening):
            starts = list(range(begin, max(end - job.need.minutes, begin) + 1, STEP))
            for start in chance.sample(starts, len(starts)):
                placed = diary.place(job, person, day, start, end)
                if placed is not None:
                    return placed
    return None


def _work(
    diary: Diary,
    who: tuple[Spot, date],
    shift: Minutes,
    jobs: Weighted,
    chance: random.Random,
    fullness: float,
) -> Iterable[tuple[Job, Placed]]:
    person, day = who
    now, end = shift
    misses = 0
    while now < end and misses < 12:
        if chance.random() > fullness:
            now += chance.choice((STEP, 2 * STEP, 4 * STEP))
            continue
        job = jobs.choose(chance, day.month)
        placed = diary.place(job, person, day, now, end)
        if placed is None:
            misses += 1
            now += STEP if misses % 4 == 0 else 0
            continue
        yield job, placed
        misses, now = 0, _round_up(placed[1] + job.need.buffer_minutes)


def _round_up(minute: int) -> int:
    return -(-minute // STEP) * STEP


def _weight(job: Job, month: int) -> float:
    if not job.months:
        return job.weight
    return job.weight * (6 if month in job.months else 0.3)


def next_days(week: Week, day: date, count: int) -> list[date]:
    """The next working days from this one on."""
    found: list[date] = []
    for _ in range(60):
        if len(found) < count and spans_on(week, day):
            found.append(day)
        day += timedelta(days=1)
    return found
