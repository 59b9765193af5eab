# ruff: noqa: E501  # a table: one row a line
"""Requests that nobody has answered yet, and customers who wait for a time to come free."""

import random
from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta
from typing import NamedTuple

from portal.bookings.drawing_up import CODE_LETTERS
from portal.bookings.models import Appointment, Origin, Service, State, WaitlistEntry
from portal.demo.world.bookings_shapes import Guest
from portal.kit.clock import BERLIN
from portal.kit.db import Db


class Asked(NamedTuple):
    """`minutes` ago."""

    title: str
    wishes: str
    origin: Origin
    minutes: int


ASKED = [
    Asked("Klappern vorne links", "Beim Überfahren von Bodenwellen klappert es vorne links.", Origin.CHAT, 35),
    Asked("Motorkontrollleuchte", "Die gelbe Motorlampe leuchtet seit gestern, er fährt aber normal.", Origin.FORM, 190),
    Asked("Kratzer an der Beifahrertür", "Kann man das ohne Lackieren entfernen? Fotos kommen nach.", Origin.FORM, 60 * 22),
]  # fmt: skip
WEEKDAYS: tuple[list[int], ...] = ([], [0, 1, 2, 3, 4], [4], [])


async def ask(
    db: Db,
    guests: Sequence[Guest],
    services: Mapping[str, Service],
    now: datetime,
    chance: random.Random,
) -> None:
    strangers = [guest for guest in guests if not guest.is_planned]
    for guest, asked in zip(strangers[5:], ASKED, strict=False):
        db.add(_request(guest, asked, now, chance))
    online = [row for row in services.values() if row.bookable_online]
    offered = [row for row in online if row.duration_minutes > 30]
    for number, guest in enumerate(strangers[8:12]):
        db.add(_waiting(guest, offered[(number * 3 + 1) % len(offered)], number, now))
    await db.flush()


def _request(guest: Guest, asked: Asked, now: datetime, chance: random.Random) -> Appointment:
    """Described by the customer, without a time: staff says how long it takes."""
    since = now - timedelta(minutes=asked.minutes)
    return Appointment(
        code="".join(chance.choices(CODE_LETTERS, k=6)),
        state=State.REQUESTED,
        state_since=since,
        origin=asked.origin,
        customer_id=guest.customer_id,
        vehicle_id=guest.vehicle_id,
        title=asked.title,
        wishes=asked.wishes,
        created_at=since,
    )


def _waiting(guest: Guest, service: Service, number: int, now: datetime) -> WaitlistEntry:
    today = now.astimezone(BERLIN).date()
    return WaitlistEntry(
        customer_id=guest.customer_id,
        vehicle_id=guest.vehicle_id,
        service_ids=[service.id],
        title=service.name,
        minutes=service.duration_minutes,
        from_day=today + timedelta(days=1),
        to_day=today + timedelta(days=8 + 5 * number),
        weekdays=WEEKDAYS[number],
        created_at=now - timedelta(hours=5 + 19 * number),
    )
