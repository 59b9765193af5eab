"""Free times: pure functions over who is there, what works and what is taken."""

from collections.abc import Iterator
from datetime import datetime
from itertools import islice

from portal.bookings import capacity
from portal.bookings.capacity import Occupancy
from portal.bookings.conflicts import Conflict, conflicts
from portal.bookings.placing import Search, Slot, Wanted
from portal.bookings.planning import Need

__all__ = ["Conflict", "Slot", "Wanted", "conflicts", "free_slots", "place"]
_ANYTHING: Wanted = {}


def free_slots(
    occupancy: Occupancy,
    need: Need,
    *,
    since: datetime,
    until: datetime | None = None,
    step_minutes: int = 0,
    online: bool = True,
    most: int | None = None,
) -> list[Slot]:
    """One slot for each start at which the visit fits, in order.

    Starts lie within opening hours, because somebody brings the car then. `online` leaves out
    what customers cannot book themselves.
    """
    search = Search(occupancy, need, online=online)
    first, last = int(since.timestamp()), int(until.timestamp()) if until else 1 << 62
    step = (step_minutes or occupancy.step_minutes) * 60
    found = (search.slot_at(start) for start in _starts(occupancy, step) if first <= start <= last)
    return list(islice((slot for slot in found if slot is not None), most))


def place(
    occupancy: Occupancy,
    need: Need,
    starts_at: datetime,
    *,
    wanted: Wanted = _ANYTHING,
    online: bool = False,
    force: bool = False,
) -> Slot | None:
    """The visit at this moment, on these resources where they are wanted.

    `force` is staff's word against hours, shifts, absences and skills, never against what is taken.
    """
    search = Search(occupancy, need, wanted=wanted, online=online, force=force)
    return search.slot_at(int(starts_at.timestamp()))


def _starts(occupancy: Occupancy, step: int) -> Iterator[int]:
    for day in occupancy.days():
        for opens, closes in capacity.open_times(occupancy.week, day):
            yield from range(opens, closes, step)
