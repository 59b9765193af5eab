"""Customers, vehicles and their history, put where the portal's own verbs would put them."""

import random
from collections.abc import Sequence
from datetime import date, datetime, time, timedelta

from portal.demo.people import ADVISOR, MECHANIC, OWNER, DemoShop
from portal.demo.world import history, plans
from portal.demo.world.models import MODELS
from portal.demo.world.numbers import vin_of
from portal.demo.world.plans import ShopPlan
from portal.demo.world.rows import Car, Person
from portal.demo.world.workdays import months_before, next_hu
from portal.kit.clock import BERLIN
from portal.kit.db import Db
from portal.vehicles import customers, ownerships, vehicles
from portal.vehicles.forms import CustomerDraft, VehicleDraft
from portal.vehicles.models import Customer, HistoryEntry, Vehicle

Life = history.Life


async def fill(db: Db, shop: DemoShop, today: date) -> None:
    plan = plans.of_shop(shop)
    known = {person.key: await _customer(db, person, plan, today) for person in plan.customers}
    lives = [life_of(shop, car, today) for car in reversed(plan.cars)]  # lists show the last first
    kept = [await _vehicle(db, life, known) for life in lives]
    db.add_all(_entries(kept))
    await db.flush()


def life_of(shop: DemoShop, car: Car, today: date) -> Life:
    """All that the tables leave to chance is decided here, the same at every call of a day."""
    plan, chance = plans.of_shop(shop), random.Random(car.plate)
    month = months_before(today, car.age)
    registered = month + timedelta(days=chance.randrange(28))
    due = next_hu(registered, today) if car.hu is None else months_before(today, -car.hu)
    return Life(
        car=car,
        model=MODELS[car.model],
        registered=registered,
        hu_due=due,
        today=today,
        days=plan.workdays,
        mechanics=(shop.people[MECHANIC],) * 3 + (shop.people[OWNER],),
        advisor=shop.people[ADVISOR],
    )


def events_of(life: Life) -> list[history.Event]:
    return history.of_life(life, random.Random(f"{life.car.plate} history"))


def vin_of_life(life: Life) -> str:
    """Empty for a car whose number nobody has typed in yet, or that is older than VINs."""
    if not life.car.has_vin:
        return ""
    return vin_of(life.model.vin, life.registered, random.Random(f"{life.car.plate} vin"))


async def _customer(db: Db, person: Person, plan: ShopPlan, today: date) -> Customer:
    draft = CustomerDraft(
        salutation=person.salutation,
        name=person.name,
        company=person.company,
        email=person.email,
        phone=person.phone,
        street=person.street,
        postcode=person.postcode,
        city=person.city,
        note=person.note,
        locale=person.locale,
    )
    customer = await customers.create(db, draft)
    months = max((car.known for car in plan.cars if car.keeper == person.key), default=24)
    customer.created_at = customer.updated_at = _at(plan.first_day(today, months), "08:30")
    return customer


async def _vehicle(db: Db, life: Life, known: dict[str, Customer]) -> tuple[Vehicle, Life]:
    car = life.car
    since = months_before(life.today, car.known)
    keeper = known[car.before or car.keeper]
    vehicle = await vehicles.create(db, _draft(life), keeper=keeper, since=since)
    if car.before:
        changed = months_before(life.today, car.changed) + timedelta(days=12)
        await ownerships.begin(db, vehicle, known[car.keeper], since=changed)
    vehicle.created_at = vehicle.updated_at = _at(life.days.on_or_after(since), "08:35")
    return vehicle, life


def _draft(life: Life) -> VehicleDraft:
    car, model = life.car, life.model
    return VehicleDraft(
        vin=vin_of_life(life),
        plate=car.plate,
        make=model.make,
        model=model.name,
        hsn=model.hsn,
        tsn=model.tsn,
        first_registration=life.registered.isoformat(),
        fuel=model.fuel,
        power_kw=str(model.kw),
        displacement_ccm=_text(model.ccm),
        tyre_size=model.tyres,
        color=car.color,
        hu_due=f"{life.hu_due:%Y-%m}",
        note=car.note,
    )


def _entries(kept: Sequence[tuple[Vehicle, Life]]) -> list[HistoryEntry]:
    """Rows in the order of their days, with the numbers of orders that run through the year."""
    told = [(event, vehicle) for vehicle, life in kept for event in events_of(life)]
    told.sort(key=lambda pair: (pair[0].day, pair[1].plate, pair[0].km))
    numbers: dict[int, int] = {}
    rows = []
    for event, vehicle in told:
        if event.source == "order":
            numbers[event.day.year] = numbers.get(event.day.year, 100) + 3
        label = event.label or f"Auftrag {event.day.year}-{numbers[event.day.year]:04}"
        vehicle.odometer_km = max(vehicle.odometer_km or 0, event.km)
        rows.append(_row(event, vehicle, label))
    return rows


def _row(event: history.Event, vehicle: Vehicle, label: str) -> HistoryEntry:
    return HistoryEntry(
        vehicle_id=vehicle.id,
        kind=event.kind,
        happened_on=event.day,
        odometer_km=event.km,
        title=event.title,
        text=event.text,
        source_kind=event.source,
        source_label=label,
        provenance=event.provenance,
        created_by=event.by,
        created_at=_at(event.day, "16:40"),
    )


def _at(day: date, clock: str) -> datetime:
    return datetime.combine(day, time.fromisoformat(clock), BERLIN)


def _text(value: int | None) -> str:
    return "" if value is None else str(value)
