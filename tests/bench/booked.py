"""A workshop with a year of bookings: six lifts, eight people, about 12,000 reservations."""

import random
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from uuid import UUID

from portal.bookings.models import Origin, Service, State
from portal.demo.world.bookings_shapes import Visit, job_of
from portal.demo.world.bookings_store import store
from portal.kit import clock
from portal.kit.clock import BERLIN
from portal.tenants.boundary import inside
from tests.bench.world import Bench
from tests.makers.bookings import a_calendar, a_service
from tests.makers.shops import Shop, found_shop

LIFTS, PEOPLE = 6, 8
STARTS = ((8, 0), (9, 45), (12, 15), (14, 30))
MINUTES = 90
PAST_DAYS, AHEAD_DAYS = 364, 28


@dataclass(frozen=True)
class Booked:
    shop: Shop
    service_id: UUID
    reservations: int
    monday: date
    """Of a week that is booked as every other one."""


async def booked_shop(bench: Bench) -> Booked:
    shop = await found_shop(bench.parts)
    today = clock.local(clock.now()).date()
    async with inside(bench.parts, shop.id) as db:
        calendar = await a_calendar(db, lifts=LIFTS, people=PEOPLE, loaners=2, seats=3)
        service = await a_service(db, duration_minutes=MINUTES)
        pairs = [
            (lift.id, person.id)
            for lift, person in zip(calendar.lifts, calendar.people, strict=False)
        ]
        days = [today + timedelta(days=n) for n in range(-PAST_DAYS, AHEAD_DAYS)]
        visits = [
            _visit(service, day, wall, pair)
            for day in days
            if day.weekday() < 5
            for wall in STARTS
            for number, pair in enumerate(pairs)
            if wall != STARTS[2] or number % 2 == 0
        ]
        chance = random.Random(7)
        await store(db, visits, chance, advisor="", moves_since=clock.now())
    monday = today + timedelta(days=7 - today.weekday())
    return Booked(shop, service.id, sum(len(visit.held) for visit in visits), monday)


def _visit(service: Service, day: date, wall: tuple[int, int], pair: tuple[UUID, UUID]) -> Visit:
    begins = datetime.combine(day, time(*wall), BERLIN).astimezone(UTC)
    ends = begins + timedelta(minutes=MINUTES)
    past = ends < clock.now()
    return Visit(
        job=job_of((service,), 1, frozenset()),
        starts_at=begins,
        ends_at=ends,
        guest=None,
        origin=Origin.PHONE,
        created_at=begins - timedelta(days=5),
        state=State.COLLECTED if past else State.CONFIRMED,
        held=[(one, begins, ends) for one in pair],
    )
