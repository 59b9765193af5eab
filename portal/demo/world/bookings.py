"""Two years of appointments, today, and what is booked for the coming weeks.

Planned without the database and stored in bulk; the same day gives the same plan. The database
proves that nothing overlaps.
"""

import random
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from uuid import UUID

from sqlalchemy import select

from portal.bookings import hours
from portal.bookings.from_files import load_services_and_hours
from portal.bookings.models import (
    Absence,
    Resource,
    ResourceKind,
    ResourceSkill,
    Service,
    Shift,
)
from portal.demo.people import ADVISOR, DemoShop
from portal.demo.world import bookings_absences as absences
from portal.demo.world import bookings_guests, bookings_requests, bookings_store, garage, plans
from portal.demo.world import bookings_works as works
from portal.demo.world.bookings_days import Diary, Weighted, fill_day, place_somewhere
from portal.demo.world.bookings_present import Present
from portal.demo.world.bookings_shapes import Guest, Spot, Visit, days_of, job_of, minute_of
from portal.demo.world.bookings_visits import Visits
from portal.kit.clock import BERLIN
from portal.kit.db import Db
from portal.tenants import workshops
from portal.vehicles.models import HistoryKind, Vehicle

PAST_DAYS, AHEAD_DAYS = 730, 27
MOVES_DAYS = 60
SPECIAL = 12
"""Guests who are kept for what is special."""
FEW = 4
"""People on as many lifts have hardly a gap."""


@dataclass(frozen=True)
class Told:
    """An entry of a vehicle's history for which there was an appointment."""

    title: str
    by: str
    guest: Guest


async def fill(db: Db, shop: DemoShop, now: datetime) -> None:
    """Everything that the bookings room shows; `now` decides what is past."""
    await load_services_and_hours(db, shop.content)
    today = now.astimezone(BERLIN).date()
    chance = random.Random(f"{shop.slug} bookings {today}")
    services = {row.source_id or "": row for row in await db.scalars(select(Service))}
    spots = await _spots(db)
    profile = await workshops.get_profile(db)
    since = today - timedelta(days=PAST_DAYS)
    week = await hours.load_week(db, profile.federal_state, since=since)
    diary = Diary(week, spots)
    known = list(await db.scalars(select(Absence)))
    away = list(absences.planned(spots, today, chance))
    absences.block(diary, spots, [*known, *away])
    guests = await bookings_guests.invite(db, shop, today)
    told = await _told(db, shop, today, guests)
    plan = _Plan(diary, guests, services, told, now, chance)
    visits = plan.visits(shop.slug)
    advisor = shop.people[ADVISOR]
    moves_since = now - timedelta(days=MOVES_DAYS)
    await bookings_store.store(db, visits, chance, advisor=advisor, moves_since=moves_since)
    sick = _busiest(visits, diary, today)
    db.add_all([*away, *absences.sudden(diary, sick, today)])
    await bookings_requests.ask(db, guests, services, now, chance)


class _Plan:
    """All visits of a workshop, day after day."""

    def __init__(
        self,
        diary: Diary,
        guests: Sequence[Guest],
        services: Mapping[str, Service],
        told: Mapping[date, list[Told]],
        now: datetime,
        chance: random.Random,
    ) -> None:
        strangers = [guest for guest in guests if not guest.is_planned]
        self._special, usual = strangers[:SPECIAL], strangers[SPECIAL:]
        planned = [guest for guest in guests if guest.is_planned]
        self._makes = Visits(diary, [*usual, *planned], now, chance)
        self._diary, self._services, self._told = diary, services, told
        people = sum(1 for one in diary.of(ResourceKind.PERSON) if one.percent == 100)
        self._busier = 0.15 if people < FEW else 0.0
        self._now, self._chance = now, chance

    def visits(self, slug: str) -> list[Visit]:
        today = self._now.astimezone(BERLIN).date()
        present = Present(self._diary, self._now, self._chance)
        usual = self._services.get("inspection-small") or self._services["inspection"]
        inspection = job_of((usual,), 1, frozenset())
        found = present.visits(self._special, inspection)
        found += present.past_long_jobs([None] * (PAST_DAYS // 15 - 2))
        jobs = Weighted(works.jobs_of(slug, self._services))
        first, last = today - timedelta(days=PAST_DAYS), today + timedelta(days=AHEAD_DAYS)
        for day in days_of(first, last):
            if self._diary.opening(day):
                found += self._day(day, today, jobs)
        return found

    def _day(self, day: date, today: date, jobs: Weighted) -> list[Visit]:
        """What the history tells of comes first, then inspections, then the rest."""
        makes, chance = self._makes, self._chance
        found = []
        people = self._diary.of(ResourceKind.PERSON)
        for told in self._told.get(day, ()):
            job = works.job_from_history(told.title, self._services)
            order = sorted(people, key=lambda one: one.name != told.by)
            placed = place_somewhere(self._diary, day, job, order, chance)
            if placed is not None:
                found.append(makes.make(job, placed, day, told.guest))
        fullness = _fullness(day, today) + self._busier
        hu = job_of((self._services[works.INSPECTION],), 1, frozenset())
        for _ in range(self._diary.inspections(day)):
            if chance.random() < fullness - 0.1:
                placed = place_somewhere(self._diary, day, hu, people, chance)
                if placed is not None:
                    found.append(makes.make(hu, placed, day))
        for job, placed in fill_day(self._diary, day, jobs, chance, fullness):
            found.append(makes.make(job, placed, day))
        if day < today:
            found += makes.missed(day, jobs.choose(chance, day.month), fullness)
        return found


def _fullness(day: date, today: date) -> float:
    """Growing for two years; the coming days are full, later ones fill up slowly."""
    ahead = (day - today).days
    if ahead < 0:
        return 0.58 + 0.1 * (1 + ahead / PAST_DAYS)
    return max(0.62 - 0.02 * ahead, 0.12)


async def _spots(db: Db) -> list[Spot]:
    skills: dict[UUID, set[str]] = {}
    for skill in await db.scalars(select(ResourceSkill)):
        skills.setdefault(skill.resource_id, set()).add(skill.skill)
    shifts: dict[UUID, dict[int, list[tuple[int, int]]]] = {}
    for shift in await db.scalars(select(Shift).order_by(Shift.starts)):
        spans = shifts.setdefault(shift.resource_id, {}).setdefault(shift.weekday, [])
        spans.append((minute_of(shift.starts), minute_of(shift.ends)))
    query = select(Resource).order_by(Resource.kind, Resource.position)
    return [
        Spot(
            id=row.id,
            kind=ResourceKind(row.kind),
            name=row.name,
            lift_kind=row.lift_kind,
            percent=row.capacity_percent,
            skills=frozenset(skills.get(row.id, ())),
            shifts=shifts.get(row.id),
        )
        for row in await db.scalars(query)
    ]


async def _told(
    db: Db, shop: DemoShop, today: date, guests: Sequence[Guest]
) -> dict[date, list[Told]]:
    """Services and inspections of the vehicles whose history stands in the tables."""
    by_vehicle = {guest.vehicle_id: guest for guest in guests if guest.is_planned}
    rows = await db.execute(select(Vehicle.plate, Vehicle.id))
    planned = {row.plate: by_vehicle.get(row.id) for row in rows}
    found: dict[date, list[Told]] = {}
    for car in plans.of_shop(shop).cars:
        guest = planned.get(car.plate)
        for event in garage.events_of(garage.life_of(shop, car, today)):
            came = event.kind in {HistoryKind.SERVICE, HistoryKind.INSPECTION}
            if guest is not None and came and event.day < today:
                found.setdefault(event.day, []).append(Told(event.title, event.by, guest))
    return found


def _busiest(visits: Sequence[Visit], diary: Diary, today: date) -> Spot:
    """Whose absence in the coming days hurts most."""
    soon = today + timedelta(days=5)
    people = diary.of(ResourceKind.PERSON)
    taken = [
        resource
        for visit in visits
        if today < visit.starts_at.astimezone(BERLIN).date() <= soon
        for resource, _begins, _ends in visit.held
    ]
    return max(people[1:], key=lambda person: taken.count(person.id))
