"""Booking at the counter or on the telephone: who, what, when, in three actions."""

from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

import msgspec

from portal.bookings import planner_pages, services, slots
from portal.bookings.capacity import Occupancy
from portal.bookings.drafts import BookingDraft, CarDraft, GuestDraft
from portal.bookings.models import Origin, State
from portal.bookings.planner_forms import (
    NewForm,
    TimeUnclear,
    read_minutes,
    read_moment,
)
from portal.bookings.planning import need_of
from portal.bookings.slots import OfferedSlot
from portal.kit import clock
from portal.kit.db import Db
from portal.kit.errors import N_, Invalid
from portal.vehicles import customers, plate, search, vehicles

DAYS_AHEAD = 12
PROPOSALS = 5
FIRST_DAY = 2
OTHER_DAYS = 1
MOST_FOUND = 8
SOON = timedelta(hours=2)
ROUND_TO = 5


class NobodyNamed(Invalid):
    code, title = "NOBODY_NAMED", N_("Please choose a customer, or enter a name.")


class Candidate(msgspec.Struct, frozen=True, kw_only=True):
    """A customer with a vehicle, or one of them alone: what a click chooses."""

    value: str
    plate: str = ""
    plate_country: str = "D"
    title: str = ""
    customer: str = ""
    phone: str = ""
    note: str = ""


class Fresh(msgspec.Struct, frozen=True, kw_only=True):
    """What was typed, read as the beginning of a new customer."""

    name: str = ""
    phone: str = ""
    plate: str = ""
    email: str = ""


async def candidates(db: Db, typed: str) -> list[Candidate]:
    """Whoever and whatever fits, vehicles first; each with its keeper."""
    if not typed.strip():
        return []
    found = await search.find(db, typed, limit=MOST_FOUND)
    shown = [_of_vehicle(hit.vehicle, hit.keeper) for hit in found.vehicles]
    for hit in found.customers:
        shown += _of_customer(hit)
    unique = {one.value: one for one in shown}
    return list(unique.values())[: MOST_FOUND * 2]


async def with_contact(db: Db, contact: str) -> list[Candidate]:
    """Who has this number or mail address, with each car and without one; one statement."""
    found = await search.find_customers(db, contact, limit=MOST_FOUND)
    return [one for hit in found for one in _of_customer(hit)]


async def with_plate(db: Db, plate: str) -> list[Candidate]:
    """The cars that carry it, each with its keeper; one statement."""
    found = await search.find_vehicles(db, plate, limit=MOST_FOUND)
    return [_of_vehicle(hit.vehicle, hit.keeper) for hit in found]


async def known(db: Db, vehicle_id: UUID | None, customer_id: UUID | None) -> list[Candidate]:
    """The candidate that another page has chosen already."""
    if vehicle_id is not None:
        kept = await vehicles.get(db, vehicle_id)
        keeper = await customers.get(db, customer_id) if customer_id else kept.keeper
        return [_of_vehicle(kept.vehicle, keeper)]
    if customer_id is not None:
        one = await customers.get(db, customer_id)
        return [Candidate(value=f"c:{one.id}", customer=one.title, phone=one.phone)]
    return []


def fresh(typed: str) -> Fresh:
    """A plate, a number or a name: into the field where it belongs."""
    words = " ".join(typed.split())[:80]
    if not any(c.isdigit() for c in words):
        return Fresh(name=words)
    if not any(c.isalpha() for c in words):
        return Fresh(phone=words)
    if plate.search_keys(words):
        return Fresh(plate=words.upper())
    return Fresh(name=words)


async def offers(db: Db, form: NewForm) -> tuple[list[OfferedSlot], Occupancy]:
    """The next free times, several on the first day that has one, then one of each day; and what
    there is on these days.
    """
    today = clock.local(clock.now()).date()
    last = today + timedelta(days=DAYS_AHEAD)
    minutes = read_minutes(form.minutes)
    chosen = await services.chosen(db, form.services, online=False)
    need = need_of(chosen, minutes=minutes, waits=bool(form.waits), loaner=bool(form.wants_loaner))
    there = await slots.look(db, need, today, last)
    found = slots.among(db, there, chosen, need, last, minutes=minutes, online=False)
    return pick(found), there


def pick(found: Sequence[OfferedSlot]) -> list[OfferedSlot]:
    """Pure: a few that differ, in order."""
    counted: dict[Any, int] = {}
    chosen: list[OfferedSlot] = []
    for slot in found:
        day = clock.local(slot.starts_at).date()
        most = FIRST_DAY if not counted or day == next(iter(counted)) else OTHER_DAYS
        if counted.get(day, 0) < most and len(chosen) < PROPOSALS:
            counted[day] = counted.get(day, 0) + 1
            chosen.append(slot)
    return chosen


async def form_facts(db: Db, form: NewForm) -> dict[str, Any]:
    """What the right half of the dialog needs: services, and times for those that are ticked."""
    times, there = await offers(db, form)
    return {
        **planner_pages.frame(db),
        "form": form,
        "offered": await services.list_services(db),
        "times": times,
        "names": {str(one.id): one.name for one in there.resources},
    }


def draft_of(form: NewForm) -> BookingDraft:
    """Raises `NobodyNamed`, `TimeUnclear`, `MinutesUnclear`."""
    starts_at = _starts_at(form)
    is_new = form.who in {"", "new"}
    if is_new and not (form.name.strip() or form.phone.strip()):
        raise NobodyNamed
    guest = GuestDraft(
        name=form.name.strip() or form.phone.strip(),
        phone=form.phone.strip(),
        email=form.email.strip(),
    )
    car = CarDraft(plate=form.plate.strip(), make=form.make.strip())
    return BookingDraft(
        origin=form.origin,
        slot_id=form.at.removeprefix("slot:") if form.at.startswith("slot:") else "",
        starts_at=starts_at,
        service_ids=form.services,
        title="" if form.services else form.wishes.strip().split("\n")[0][:200],
        minutes=read_minutes(form.minutes),
        customer_id=form.customer_id,
        customer=guest if is_new else None,
        vehicle_id=form.vehicle_id,
        vehicle=car if form.vehicle_id is None and (car.plate or car.make) else None,
        wishes=form.wishes.strip(),
        note=form.note.strip(),
        waits=bool(form.waits),
        loaner=bool(form.wants_loaner),
        wanted=form.wanted if form.at == "own" else {},
        state=_state(form, starts_at),
        force=bool(form.force),
        **_source(form),
    )


def _of_customer(hit: search.FoundCustomer) -> list[Candidate]:
    """Each of their cars, and they alone."""
    customer = hit.customer
    cars = [
        Candidate(
            value=f"v:{car['id']}:{customer.id}",
            plate=car["plate"],
            plate_country=car["plate_country"],
            title=car["title"].strip(),
            customer=customer.title,
            phone=customer.phone,
        )
        for car in hit.vehicles
    ]
    alone = Candidate(
        value=f"c:{customer.id}", customer=customer.title, phone=customer.phone, note=customer.city
    )
    return [*cars, alone]


def _of_vehicle(vehicle: Any, keeper: Any) -> Candidate:
    return Candidate(
        value=f"v:{vehicle.id}:{keeper.id if keeper else ''}",
        plate=vehicle.plate,
        plate_country=vehicle.plate_country,
        title=vehicle.title,
        customer=keeper.title if keeper else "",
        phone=keeper.phone if keeper else "",
    )


def _starts_at(form: NewForm) -> datetime | None:
    if form.at == "now":
        now = clock.now().replace(second=0, microsecond=0)
        return now + timedelta(minutes=-now.minute % ROUND_TO)
    if form.at == "own":
        return read_moment(form.own_date, form.own_time)
    if not form.at:
        raise TimeUnclear
    return None


def _state(form: NewForm, starts_at: datetime | None) -> State | None:
    """Who stands at the counter is here, unless the work is for another time."""
    if form.at == "later":
        return State.REQUESTED
    if form.origin == Origin.WALK_IN and form.at == "now":
        return State.ARRIVED
    if starts_at is not None and abs(starts_at - clock.now()) > SOON:
        return State.CONFIRMED
    return State.ARRIVED if form.origin == Origin.WALK_IN and starts_at else State.CONFIRMED


def _source(form: NewForm) -> dict[str, Any]:
    """A conversation from which somebody books."""
    try:
        return {"source_kind": "conversation", "source_id": UUID(form.source)}
    except ValueError:
        return {}
