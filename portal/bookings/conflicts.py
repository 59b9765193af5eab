"""Why a visit does not fit at a moment: the reasons, resource by resource, pure."""

from collections.abc import Iterator, Sequence
from datetime import datetime, timedelta
from enum import StrEnum
from uuid import UUID

import msgspec

from portal.bookings import capacity
from portal.bookings.calendar import why_closed
from portal.bookings.capacity import Capacity, Interval, Occupancy
from portal.bookings.models.kinds import LiftKind, ResourceKind
from portal.bookings.placing import Search, Wanted
from portal.bookings.planning import Need, fits, minutes_on

_ANYTHING: Wanted = {}


class Obstacle(StrEnum):
    CLOSED = "closed"
    OUTSIDE_HOURS = "outside_hours"
    OUTSIDE_SHIFT = "outside_shift"
    ABSENT = "absent"
    TAKEN = "taken"
    UNSKILLED = "unskilled"
    TOO_HEAVY = "too_heavy"
    WRONG_LIFT = "wrong_lift"
    NONE_THERE = "none_there"


class Conflict(msgspec.Struct, frozen=True, kw_only=True):
    """One reason. `name` is the resource's; `detail` a holiday or a skill; the appointment is the
    one that has taken it.
    """

    what: Obstacle
    kind: ResourceKind | None = None
    name: str = ""
    detail: str = ""
    resource_id: UUID | None = None
    appointment_id: UUID | None = None


def conflicts(
    occupancy: Occupancy, need: Need, starts_at: datetime, *, wanted: Wanted = _ANYTHING
) -> list[Conflict]:
    """Nothing when it fits; otherwise what stands against it, the workshop's hours first."""
    start = int(starts_at.timestamp())
    if Search(occupancy, need, wanted=wanted).slot_at(start) is not None:
        return []
    closed = found = [*_of_the_day(occupancy, start)]
    for kind in _needed(occupancy, need):
        there = [one for one in occupancy.of(kind) if wanted.get(kind, one.id) == one.id]
        reasons = [[*_against(occupancy, need, one, start)] for one in there]
        if not reasons:
            found = [*found, Conflict(what=Obstacle.NONE_THERE, kind=kind)]
        elif all(reasons):
            firsts = [one[0] for one in reasons]
            # Where nobody is there at all, it says nothing that each of them is not there.
            found = found + [
                one for one in firsts if not closed or one.what != Obstacle.OUTSIDE_SHIFT
            ]
    return found or [Conflict(what=Obstacle.NONE_THERE)]


def _of_the_day(occupancy: Occupancy, start: int) -> Iterator[Conflict]:
    day = capacity.day_of(start)
    closed = why_closed(occupancy.week, day)
    if closed is not None:
        yield Conflict(what=Obstacle.CLOSED, detail=closed)
    elif capacity.around(capacity.open_times(occupancy.week, day), start) is None:
        yield Conflict(what=Obstacle.OUTSIDE_HOURS)


def _needed(occupancy: Occupancy, need: Need) -> list[ResourceKind]:
    wishes = {
        ResourceKind.PERSON: True,
        ResourceKind.LIFT: bool(need.lift),
        ResourceKind.INSPECTOR: need.inspector,
        ResourceKind.LOANER: need.loaner,
        ResourceKind.SEAT: need.seat,
    }
    there = {one.kind for one in occupancy.resources}
    return [kind for kind, wish in wishes.items() if wish and kind in there]


def _against(occupancy: Occupancy, need: Need, one: Capacity, start: int) -> Iterator[Conflict]:
    """What this resource has against it, the lasting reasons first."""
    day = capacity.day_of(start)

    def because(what: Obstacle, detail: str = "", appointment: UUID | None = None) -> Conflict:
        return Conflict(
            what=what,
            kind=one.kind,
            name=one.name,
            detail=detail,
            resource_id=one.id,
            appointment_id=appointment,
        )

    missing = [skill for skill in sorted(need.skills) if not one.knows([skill], day)]
    if one.kind == ResourceKind.PERSON and missing:
        yield because(Obstacle.UNSKILLED, missing[0])
    if one.kind == ResourceKind.LIFT:
        if not fits(LiftKind(need.lift), LiftKind(one.lift_kind)):
            yield because(Obstacle.WRONG_LIFT, need.lift)
        if need.min_lift_kg > (one.max_weight_kg or need.min_lift_kg):
            yield because(Obstacle.TOO_HEAVY)
    minutes = minutes_on(need.minutes, one.percent) + need.buffer_minutes
    end = start + int(timedelta(minutes=minutes).total_seconds())
    for taken in one.taken:
        if taken.start < end and start < taken.end:
            yield because(Obstacle.TAKEN, appointment=taken.appointment_id)
    if _meets(one.absences, start, end):
        yield because(Obstacle.ABSENT)
    if capacity.around(capacity.work_times(occupancy, one), start) is None:
        yield because(Obstacle.OUTSIDE_SHIFT)


def _meets(times: Sequence[Interval], start: int, end: int) -> bool:
    return any(begin < end and start < stop for begin, stop in times)
