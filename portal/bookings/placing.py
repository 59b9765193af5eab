"""Whether a visit fits at a moment, and on what: the search behind `free_times`, pure.

A visit takes one lift, one person with the skills, and perhaps an inspector, a loaner car and a
seat. Work that fits into one day is done on one day, across a lunch break if need be; longer work
goes on the next day. Lift and person stay taken for the buffer; an inspector for a part of it.
"""

from collections.abc import Callable, Mapping, Sequence
from datetime import datetime
from uuid import UUID

import msgspec

from portal.bookings import capacity
from portal.bookings.capacity import Capacity, Interval, Occupancy
from portal.bookings.models.kinds import LiftKind, ResourceKind
from portal.bookings.planning import LIFT_LIKE, Need, fits, minutes_on

Wanted = Mapping[ResourceKind, UUID]
INSPECTION_MINUTES = 30
"""How long an inspector needs the car within the work."""
OPEN_WITH_THE_WORKSHOP = frozenset({ResourceKind.PERSON, ResourceKind.SEAT})
_ANYTHING: Wanted = {}
_Order = Callable[[Capacity, Need], tuple[int, ...]]
"""What candidates are sorted by; ties keep the workshop's own order."""


class Slot(msgspec.Struct, frozen=True, kw_only=True):
    """A time at which everything is free. `parts` are the stretches of work."""

    starts_at: datetime
    ends_at: datetime
    parts: tuple[tuple[datetime, datetime], ...]
    held: dict[UUID, tuple[tuple[datetime, datetime], ...]]
    """By resource: when it is taken, buffers included."""
    lift: UUID | None = None
    person: UUID | None = None
    inspector: UUID | None = None
    loaner: UUID | None = None
    seat: UUID | None = None

    @property
    def resources(self) -> dict[ResourceKind, UUID]:
        chosen = {
            ResourceKind.LIFT: self.lift,
            ResourceKind.PERSON: self.person,
            ResourceKind.INSPECTOR: self.inspector,
            ResourceKind.LOANER: self.loaner,
            ResourceKind.SEAT: self.seat,
        }
        return {kind: one for kind, one in chosen.items() if one is not None}


class Search:
    """The candidates of each kind with their free times, worked out once for many starts."""

    def __init__(
        self,
        occupancy: Occupancy,
        need: Need,
        *,
        wanted: Wanted = _ANYTHING,
        online: bool = False,
        force: bool = False,
    ) -> None:
        self._occupancy, self._need, self._force = occupancy, need, force
        self._wanted, self._online = wanted, online
        self._kinds = {one.kind for one in occupancy.resources}
        self._free: dict[UUID, list[Interval]] = {}
        self._taken: dict[UUID, list[Interval]] = {}
        self._work: dict[UUID | None, list[Interval]] = {}
        self._longest: dict[UUID | None, int] = {}
        self._people = self._candidates(ResourceKind.PERSON, _by_training)
        self._lifts = self._candidates(ResourceKind.LIFT, _by_use) if need.lift else []
        self._inspectors = self._asked(ResourceKind.INSPECTOR, wish=need.inspector)
        self._loaners = self._asked(ResourceKind.LOANER, wish=need.loaner)
        self._seats = self._asked(ResourceKind.SEAT, wish=need.seat)

    def slot_at(self, start: int) -> Slot | None:
        """Raises nothing: a start at which something is missing has no slot."""
        if not self._may_begin(start):
            return None
        if self._people or self._exists(ResourceKind.PERSON):
            for person in self._people:
                slot = self._with(person, start)
                if slot is not None:
                    return slot
            return None
        return self._with(None, start)

    def _with(self, person: Capacity | None, start: int) -> Slot | None:
        day = capacity.day_of(start)
        if person and not self._force and not person.knows(self._need.skills, day):
            return None
        parts = self._laid_out(person, start)
        if parts is None:
            return None
        held_parts = _held(parts, self._need.buffer_minutes * 60)
        whole: Sequence[Interval] = ((parts[0][0], parts[-1][1]),)
        chosen: dict[ResourceKind, tuple[Capacity, Sequence[Interval]]] = {}
        if person is not None:
            if not self._is_untaken(person, held_parts):
                return None
            chosen[ResourceKind.PERSON] = (person, held_parts)
        wishes = (
            (ResourceKind.LIFT, self._lifts, bool(self._need.lift), held_parts),
            (ResourceKind.LOANER, self._loaners, self._need.loaner, whole),
            (ResourceKind.SEAT, self._seats, self._need.seat, whole),
        )
        for kind, candidates, wish, times in wishes:
            if not wish or not self._exists(kind):
                continue
            free = next((one for one in candidates if self._is_free(one, times)), None)
            if free is None:
                return None
            chosen[kind] = (free, times)
        if self._need.inspector and self._exists(ResourceKind.INSPECTOR):
            visit = self._inspection(parts)
            if visit is None:
                return None
            chosen[ResourceKind.INSPECTOR] = visit
        return _slot(parts, chosen)

    def _laid_out(self, person: Capacity | None, start: int) -> list[Interval] | None:
        """The stretches of work from this start on, or None when they do not fit."""
        minutes = minutes_on(self._need.minutes, person.percent if person else 100)
        left = minutes * 60
        work = self._work_times(person)
        if self._force and capacity.around(work, start) is None:
            return [(start, start + left)]
        goes_on = left > self._longest_day(person, work)
        first_day = capacity.day_of(start)
        parts: list[Interval] = []
        for begin, end in work:
            if end <= start:
                continue
            if not parts and begin > start:
                return None
            if not goes_on and capacity.day_of(begin) != first_day:
                break
            begin = max(begin, start)  # noqa: PLW2901  # the first stretch begins within a shift
            taken = min(left, end - begin)
            parts.append((begin, begin + taken))
            left -= taken
            if left == 0:
                return parts if self._stays(person, parts) else None
        return [*parts, (parts[-1][1], parts[-1][1] + left)] if self._force and parts else None

    def _stays(self, person: Capacity | None, parts: Sequence[Interval]) -> bool:
        if person is None or self._force:
            return True
        free = self._free_times(person)
        return all(capacity.holds(free, *part) for part in parts)

    def _inspection(self, parts: Sequence[Interval]) -> tuple[Capacity, Sequence[Interval]] | None:
        """The first moment within the work at which an inspector is free."""
        length = INSPECTION_MINUTES * 60
        for inspector in self._inspectors:
            times = self._untaken_times(inspector) if self._force else self._free_times(inspector)
            for begin, end in parts:
                needed = min(length, end - begin)
                for free_begin, free_end in times:
                    start = max(begin, free_begin)
                    if start + needed <= min(end, free_end):
                        return inspector, ((start, start + needed),)
        return None

    def _is_free(self, one: Capacity, times: Sequence[Interval]) -> bool:
        if not self._is_untaken(one, times):
            return False
        return self._force or not any(_overlaps(one.absences, *part) for part in times)

    def _is_untaken(self, one: Capacity, times: Sequence[Interval]) -> bool:
        free = self._untaken_times(one)
        return all(capacity.holds(free, *part) for part in times)

    def _free_times(self, one: Capacity) -> list[Interval]:
        if one.id not in self._free:
            self._free[one.id] = capacity.without(self._work_times(one), one.blocked())
        return self._free[one.id]

    def _untaken_times(self, one: Capacity) -> list[Interval]:
        if one.id not in self._taken:
            taken = sorted((each.start, each.end) for each in one.taken)
            self._taken[one.id] = capacity.without([(0, 1 << 62)], taken)
        return self._taken[one.id]

    def _may_begin(self, start: int) -> bool:
        """A first look: of each kind that is needed, one is not taken at this very moment."""
        wishes = (
            (ResourceKind.LIFT, self._lifts, bool(self._need.lift)),
            (ResourceKind.LOANER, self._loaners, self._need.loaner),
            (ResourceKind.PERSON, self._people, True),
        )
        return all(
            any(capacity.around(self._untaken_times(one), start) for one in candidates)
            for kind, candidates, wish in wishes
            if wish and self._exists(kind)
        )

    def _work_times(self, one: Capacity | None) -> list[Interval]:
        if one is not None and not one.shifts and one.kind in OPEN_WITH_THE_WORKSHOP:
            one = None  # all of them work the same hours
        key = one.id if one else None
        if key not in self._work:
            self._work[key] = capacity.work_times(self._occupancy, one)
        return self._work[key]

    def _longest_day(self, one: Capacity | None, work: Sequence[Interval]) -> int:
        key = one.id if one else None
        if key not in self._longest:
            self._longest[key] = _longest_day(work)
        return self._longest[key]

    def _exists(self, kind: ResourceKind) -> bool:
        """A workshop that never entered its lifts is not held up by lifts."""
        return kind in self._kinds

    def _asked(self, kind: ResourceKind, *, wish: bool) -> list[Capacity]:
        return self._candidates(kind, _by_place) if wish else []

    def _candidates(self, kind: ResourceKind, order: _Order) -> list[Capacity]:
        wanted = self._wanted.get(kind)
        found = [
            one
            for one in self._occupancy.of(kind)
            if (wanted is None or one.id == wanted)
            and (not self._online or one.online)
            and (self._force or _can_carry(one, self._need))
        ]
        return sorted(found, key=lambda one: order(one, self._need))


def _by_training(one: Capacity, need: Need) -> tuple[int, ...]:
    """The fast before the slow; who knows more than needed is kept free for others."""
    return (-one.percent, len(set(one.skills) - need.skills))


def _by_use(one: Capacity, _need: Need) -> tuple[int, ...]:
    return (LIFT_LIKE.index(one.lift_kind) if one.lift_kind in LIFT_LIKE else len(LIFT_LIKE),)


def _by_place(_one: Capacity, _need: Need) -> tuple[int, ...]:
    return ()


def _can_carry(one: Capacity, need: Need) -> bool:
    if one.kind != ResourceKind.LIFT:
        return True
    is_strong = need.min_lift_kg <= (one.max_weight_kg or need.min_lift_kg)
    return is_strong and fits(LiftKind(need.lift), LiftKind(one.lift_kind))


def _longest_day(work: Sequence[Interval]) -> int:
    days: dict[object, int] = {}
    for begin, end in work:
        day = capacity.day_of(begin)
        days[day] = days.get(day, 0) + end - begin
    return max(days.values(), default=0)


def _held(parts: Sequence[Interval], buffer: int) -> list[Interval]:
    """One stretch a day, from the day's first minute to its last: the car stays where it is."""
    by_day: dict[object, Interval] = {}
    for begin, end in parts:
        day = capacity.day_of(begin)
        so_far = by_day.get(day, (begin, end))
        by_day[day] = (so_far[0], end)
    held = list(by_day.values())
    return [*held[:-1], (held[-1][0], held[-1][1] + buffer)]


def _overlaps(times: Sequence[Interval], start: int, end: int) -> bool:
    return any(begin < end and start < stop for begin, stop in times)


def _slot(
    parts: Sequence[Interval], chosen: Mapping[ResourceKind, tuple[Capacity, Sequence[Interval]]]
) -> Slot:
    moments = tuple((capacity.moment(begin), capacity.moment(end)) for begin, end in parts)
    held = {
        one.id: tuple((capacity.moment(begin), capacity.moment(end)) for begin, end in times)
        for one, times in chosen.values()
    }
    ids = {str(kind): one.id for kind, (one, _times) in chosen.items()}
    return Slot(starts_at=moments[0][0], ends_at=moments[-1][1], parts=moments, held=held, **ids)
