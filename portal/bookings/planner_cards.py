"""An appointment as the calendar shows it: short, with everything that a block needs. Pure."""

from collections.abc import Iterable
from datetime import date, datetime
from typing import Any
from uuid import UUID

import msgspec
from babel.dates import format_date

from portal.bookings.capacity import Interval
from portal.bookings.diary import DiaryEntry
from portal.bookings.models import ResourceKind, State
from portal.kit import clock, text

SHORT_MINUTES = 30


class Card(msgspec.Struct, frozen=True, kw_only=True):
    """`start` and `end` are seconds since 1970, as in `capacity`; 0 without a time."""

    id: UUID
    code: str
    state: State
    title: str
    customer: str
    phone: str
    plate: str
    vehicle: str
    services: tuple[str, ...]
    starts_at: datetime | None
    ends_at: datetime | None
    start: int
    end: int
    minutes: int | None
    waits: bool
    loaner: bool
    is_nearly_done: bool
    names: dict[ResourceKind, str]
    resources: dict[ResourceKind, UUID]
    stretches: tuple[Interval, ...] = ()
    """When it is worked on; empty without reservations. Loaner cars are away in between."""

    @property
    def is_planned(self) -> bool:
        return self.start > 0 and self.state.occupies

    def within(self, first: int, last: int) -> list[Interval]:
        """The parts that lie between these moments: nights and closed days in between are none."""
        times = self.stretches or ((self.start, self.end),)
        cut = ((max(start, first), min(end, last)) for start, end in times)
        return [one for one in cut if one[0] < one[1]]

    @property
    def can_move(self) -> bool:
        return not self.state.is_over and self.state != State.READY

    @property
    def what(self) -> str:
        return ", ".join(self.services) or self.title

    @property
    def span(self) -> str:
        """`08:00–09:30`, over several days `Fr. 15:00 – Mo. 10:00`."""
        if self.starts_at is None or self.ends_at is None:
            return ""
        begins, ends = text.time(self.starts_at), text.time(self.ends_at)
        first, last = (clock.local(one).date() for one in (self.starts_at, self.ends_at))
        if first == last:
            return f"{begins}–{ends}"
        return f"{_weekday(first)} {begins} – {_weekday(last)} {ends}"

    def others(self, shown: ResourceKind) -> str:
        """What it occupies beside the column in which it stands."""
        return " · ".join(name for kind, name in self.names.items() if kind != shown)

    @property
    def headline(self) -> str:
        """The plate, or whoever comes, or what is done."""
        return self.plate or self.customer or self.what or self.code

    @property
    def about(self) -> str:
        return self.customer if self.plate else self.vehicle


def card_of(entry: DiaryEntry) -> Card:
    one, customer, vehicle = entry.appointment, entry.customer, entry.vehicle
    return Card(
        id=one.id,
        code=one.code,
        state=entry.state,
        title=one.title,
        customer=customer.title if customer else "",
        phone=customer.phone if customer else "",
        plate=vehicle.plate if vehicle else "",
        vehicle=vehicle.title if vehicle else "",
        services=tuple(service.name for service in entry.services),
        starts_at=one.starts_at,
        ends_at=one.ends_at,
        start=_seconds(one.starts_at),
        end=_seconds(one.ends_at),
        minutes=one.work_minutes,
        waits=one.waits,
        loaner=one.wants_loaner,
        is_nearly_done=one.nearly_done_at is not None and one.state == State.IN_WORK,
        names=entry.names,
        resources=entry.resources,
        stretches=_stretches(entry),
    )


def cards_of(entries: Iterable[DiaryEntry]) -> dict[UUID, Card]:
    return {entry.appointment.id: card_of(entry) for entry in entries}


def _stretches(entry: DiaryEntry) -> tuple[Interval, ...]:
    """When anything is occupied for its work, in order; a buffer after its end is not work."""
    last = _seconds(entry.appointment.ends_at)
    times = sorted(
        (_seconds(one.starts_at), min(_seconds(one.ends_at), last))
        for one in entry.occupied
        if one.kind != ResourceKind.LOANER and _seconds(one.starts_at) < last
    )
    found: list[Interval] = []
    for start, end in times:
        if found and start <= found[-1][1]:
            found[-1] = (found[-1][0], max(end, found[-1][1]))
        else:
            found.append((start, end))
    return tuple(found)


def _weekday(day: date) -> str:
    return format_date(day, "EEE", locale=text.locale.get())


def _seconds(moment: Any) -> int:
    return int(moment.timestamp()) if moment is not None else 0
