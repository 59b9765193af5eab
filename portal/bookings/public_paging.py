"""Leafing through free times: two weeks at a time, and on to the first page that has any."""

from collections.abc import Awaitable, Callable
from datetime import date, timedelta

import msgspec

from portal.bookings.public_days import PAGE_DAYS, FreeTime

Find = Callable[[date], Awaitable[list[FreeTime]]]


class Pages(msgspec.Struct, frozen=True, kw_only=True):
    """The times of one page; `earlier` and `later` are the first days of its neighbours."""

    times: list[FreeTime]
    first: date
    earlier: date | None
    later: date | None
    was_skipped: bool

    @property
    def last(self) -> date:
        return self.first + timedelta(days=PAGE_DAYS - 1)


async def pages(find: Find, first: date, today: date, horizon_days: int, *, asked: bool) -> Pages:
    """Whoever did not ask for certain days sees the first ones that have a free time."""
    end = today + timedelta(days=horizon_days)
    begin = first
    times = await find(begin)
    while not times and not asked and begin + timedelta(days=PAGE_DAYS) <= end:
        begin += timedelta(days=PAGE_DAYS)
        times = await find(begin)
    before, after = begin - timedelta(days=PAGE_DAYS), begin + timedelta(days=PAGE_DAYS)
    return Pages(
        times=times,
        first=begin,
        earlier=max(before, today) if begin > today else None,
        later=after if after <= end else None,
        was_skipped=begin != first,
    )
