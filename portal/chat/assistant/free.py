"""Free times for a wish: those that fit it, else the nearest that there are."""

from collections.abc import Iterable, Sequence
from datetime import date, datetime, timedelta
from itertools import groupby
from uuid import UUID

import msgspec

from portal.bookings import slots
from portal.bookings.slots import OfferedSlot
from portal.chat.assistant.wishes import Wish
from portal.kit.clock import BERLIN
from portal.kit.db import Db

USUAL_DAYS = timedelta(days=13)
LONGEST = timedelta(days=60)
MOST_DAYS, A_DAY, A_WISHED_DAY = 6, 4, 10
ENOUGH = 400


class Free(msgspec.Struct, frozen=True, kw_only=True):
    """`slots` to choose from; unless `fits` they are not as wished, but the next ones."""

    slots: tuple[OfferedSlot, ...] = ()
    fits: bool = True


async def look_for(
    db: Db, service_ids: Sequence[UUID], wish: Wish, now: datetime, horizon_days: int
) -> Free:
    """What the tool `find_slots` finds. No slots: nothing is free as far ahead as is planned."""
    today = now.astimezone(BERLIN).date()
    horizon = today + timedelta(days=horizon_days)
    first, last = _bounds(wish, today)
    found = await _find(db, service_ids, first, min(last, horizon))
    fitting = [slot for slot in found if wish.fits(slot.starts_at)]
    if fitting:
        return Free(slots=_spread(fitting, is_wished=bool(wish.days)))
    if not found:
        found = await _find(db, service_ids, max(first, today), min(horizon, first + LONGEST))
    if not found and first > today:
        found = await _find(db, service_ids, today, first)
    return Free(slots=_spread(found, is_wished=False), fits=not wish.says_when)


async def _find(
    db: Db, service_ids: Sequence[UUID], first: date, last: date
) -> Sequence[OfferedSlot]:
    if first > last:
        return ()
    return await slots.find(db, service_ids, first, last, limit=ENOUGH)


def _bounds(wish: Wish, today: date) -> tuple[date, date]:
    if wish.days:
        return min(wish.days), min(max(wish.days), min(wish.days) + LONGEST)
    first = max(wish.first or today, today)
    return first, wish.last or first + USUAL_DAYS


def _spread(found: Iterable[OfferedSlot], *, is_wished: bool) -> tuple[OfferedSlot, ...]:
    """A few times of each day, spread over it, so that early and late birds find one."""
    most = A_WISHED_DAY if is_wished else A_DAY
    by_day = [list(day) for _date, day in groupby(found, lambda slot: _day(slot.starts_at))]
    return tuple(slot for day in by_day[:MOST_DAYS] for slot in _some(day, most))


def _some(day: Sequence[OfferedSlot], most: int) -> Sequence[OfferedSlot]:
    if len(day) <= most:
        return day
    return [day[round(n * (len(day) - 1) / (most - 1))] for n in range(most)]


def _day(moment: datetime) -> date:
    return moment.astimezone(BERLIN).date()
