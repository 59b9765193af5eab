"""Which freed time is offered to whom: pure, no database."""

from collections.abc import Iterator, Sequence
from datetime import date, datetime, time, timedelta
from uuid import UUID

import msgspec

from portal.bookings.capacity import Occupancy
from portal.bookings.free_times import Slot, place
from portal.bookings.planning import Need
from portal.kit import clock

MOST_ASKED = 3
"""How many are asked about the same time at once."""
NOTICE = timedelta(minutes=60)
"""Nobody is offered a time that begins sooner; the usual lead time would waste what is freed."""
TO_GET_READY = timedelta(minutes=30)
QUIET_FROM, QUIET_UNTIL = time(20), time(8)
"""While people sleep an offer waits for them."""


class Wish(msgspec.Struct, frozen=True, kw_only=True):
    """An entry of the waiting list as the search reads it."""

    entry_id: UUID
    need: Need
    first: date
    last: date
    weekdays: frozenset[int] = frozenset()
    earliest: time | None = None
    latest: time | None = None

    def suits(self, starts_at: datetime) -> bool:
        """Whether they would come at this moment; `latest` is the last time to bring the car."""
        shown = clock.local(starts_at)
        return (
            self.first <= shown.date() <= self.last
            and (not self.weekdays or shown.weekday() in self.weekdays)
            and (self.earliest is None or shown.time() >= self.earliest)
            and (self.latest is None or shown.time() <= self.latest)
        )


class Proposal(msgspec.Struct, frozen=True):
    """A time that is kept, and who is asked about it, in their order."""

    slot: Slot
    entry_ids: tuple[UUID, ...]


def propose(
    occupancy: Occupancy,
    wishes: Sequence[Wish],
    starts_at: datetime,
    ends_at: datetime,
    *,
    now: datetime,
) -> Proposal | None:
    """The first wish, in order, that fits into the freed time, with others that fit the same.

    The others fit when they need nothing but what is kept for the first.
    """
    soonest = max(starts_at, now + NOTICE)
    for place_in_line, wish in enumerate(wishes):
        for start in _starts(occupancy, starts_at, soonest, ends_at):
            slot = place(occupancy, wish.need, start, online=True) if wish.suits(start) else None
            if slot is not None:
                rest = wishes[place_in_line + 1 :]
                also = (one.entry_id for one in rest if _shares(occupancy, one, slot))
                asked = [wish.entry_id, *also][:MOST_ASKED]
                return Proposal(slot, tuple(asked))
    return None


def hold_until(now: datetime, starts_at: datetime, minutes: int) -> datetime:
    """How long an offer is kept: some minutes of the day, and never until the car is due."""
    shown = clock.local(now)
    if shown.time() >= QUIET_FROM or shown.time() < QUIET_UNTIL:
        morning = shown.date() + timedelta(days=shown.time() >= QUIET_FROM)
        now = max(now, datetime.combine(morning, QUIET_UNTIL, clock.BERLIN))
    held = now + timedelta(minutes=minutes)
    return min(held, starts_at - TO_GET_READY)


def _starts(
    occupancy: Occupancy, freed: datetime, soonest: datetime, until: datetime
) -> Iterator[datetime]:
    """From the freed time on in the workshop's steps, so that its plan stays in its rhythm."""
    step = timedelta(minutes=occupancy.step_minutes)
    start = freed
    while start < until:
        if start >= soonest:
            yield start
        start += step


def _shares(occupancy: Occupancy, wish: Wish, kept: Slot) -> bool:
    if not wish.suits(kept.starts_at):
        return False
    slot = place(occupancy, wish.need, kept.starts_at, wanted=kept.resources, online=True)
    return slot is not None and all(
        _covers(kept.held.get(resource, ()), times) for resource, times in slot.held.items()
    )


def _covers(
    kept: Sequence[tuple[datetime, datetime]], times: Sequence[tuple[datetime, datetime]]
) -> bool:
    return all(any(a <= start and end <= b for a, b in kept) for start, end in times)
