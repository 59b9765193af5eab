"""What the workshop knows of the people, cars and records that a batch of lines is about.

Asked once for the whole batch, with conditions that reach an index, and kept up to date while
the batch is stored, so that a file that names somebody twice makes one customer.
"""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from typing import Any
from uuid import UUID

from sqlalchemy import and_, or_, select, tuple_

from portal.bookings.models import Appointment, Resource
from portal.imports.entries import CustomerPart, Entry, VehiclePart
from portal.imports.models import ImportKey
from portal.kit.db import Db
from portal.vehicles.models import Customer, Ownership, OwnershipRole, Vehicle
from portal.vehicles.search_keys import name_key

CUSTOMERS, VEHICLES = "customers", "vehicles"


@dataclass
class Known:
    """`keys` say which row another system's name means, `numbered` which names a row has."""

    customers: dict[UUID, Customer] = field(default_factory=dict)
    vehicles: dict[UUID, Vehicle] = field(default_factory=dict)
    keys: dict[tuple[str, str], UUID] = field(default_factory=dict)
    numbered: dict[UUID, set[str]] = field(default_factory=lambda: defaultdict(set))
    by_contact: dict[str, list[Customer]] = field(default_factory=lambda: defaultdict(list))
    by_name: dict[str, list[Customer]] = field(default_factory=lambda: defaultdict(list))
    by_vin: dict[str, Vehicle] = field(default_factory=dict)
    by_plate: dict[str, list[Vehicle]] = field(default_factory=lambda: defaultdict(list))
    keepers: dict[UUID, Ownership] = field(default_factory=dict)
    resources: dict[str, Resource] = field(default_factory=dict)
    appointments: set[UUID] = field(default_factory=set)

    def add_customer(self, customer: Customer) -> None:
        self.customers[customer.id] = customer
        for contact in (customer.email_key, customer.phone_key):
            if contact and customer not in self.by_contact[contact]:
                self.by_contact[contact].append(customer)
        if customer not in self.by_name[customer.name_key]:
            self.by_name[customer.name_key].append(customer)

    def add_vehicle(self, vehicle: Vehicle) -> None:
        self.vehicles[vehicle.id] = vehicle
        if vehicle.vin:
            self.by_vin[vehicle.vin] = vehicle
        if vehicle.plate_key and vehicle not in self.by_plate[vehicle.plate_key]:
            self.by_plate[vehicle.plate_key].append(vehicle)

    def add_key(self, subject: str, key: str, row_id: UUID) -> None:
        self.keys[subject, key] = row_id
        self.numbered[row_id].add(key)

    def find_customer(self, part: CustomerPart, digest: str) -> Customer | None:
        """By number; by a contact and a word of the name; by the same line; by name and street."""
        for key in filter(None, (number_key(part.number), line_key(digest))):
            found = self.customers.get(self.keys.get((CUSTOMERS, key), _NOBODY))
            if found is not None:
                return found
        if not part.facts:
            return None
        words = _words(part.facts["name"], part.facts["company"])
        for contact in (part.facts["email_key"], part.facts["phone_key"]):
            for one in self.by_contact.get(contact or "", []):
                if words & _words(one.name, one.company) and self._may_be(one, part):
                    return one
        for one in self.by_name.get(part.facts["name_key"], []):
            if _same_place(one, part) and self._may_be(one, part):
                return one
        return None

    def find_keeper(self, car: VehiclePart, part: CustomerPart) -> Customer | None:
        """Whoever keeps this very vehicle and has the same name, whatever else is missing."""
        vehicle = self.find_vehicle(car)
        ownership = self.keepers.get(vehicle.id) if vehicle else None
        keeper = self.customers.get(ownership.customer_id) if ownership else None
        if keeper is None or not part.facts or not self._may_be(keeper, part):
            return None
        theirs = _words(part.facts["name"], part.facts["company"])
        return keeper if theirs == _words(keeper.name, keeper.company) else None

    def find_vehicle(self, part: VehiclePart) -> Vehicle | None:
        if part.number:
            found = self.vehicles.get(self.keys.get((VEHICLES, number_key(part.number)), _NOBODY))
            if found is not None:
                return found
        if not part.facts:
            return None
        vin, plate = part.facts["vin"], part.facts["plate_key"]
        if vin and vin in self.by_vin:
            return self.by_vin[vin]
        for one in self.by_plate.get(plate or "", []):
            if not (vin and one.vin):
                return one
        return None

    def _may_be(self, customer: Customer, part: CustomerPart) -> bool:
        """Two customer numbers are two customers, even with one telephone."""
        others = {key for key in self.numbered.get(customer.id, ()) if key.startswith("number:")}
        return not part.number or not others or number_key(part.number) in others


_NOBODY = UUID(int=0)


async def load(db: Db, entries: Sequence[Entry], appointment_ids: Iterable[UUID]) -> Known:
    known = Known()
    people = [entry.customer for entry in entries if entry.customer]
    cars = [entry.vehicle for entry in entries if entry.vehicle]
    keys = await _keys(db, entries)
    for row in keys:
        known.add_key(row.subject, row.key, row.row_id)
    await _load_customers(db, known, people)
    await _load_vehicles(db, known, cars)
    await _load_numbers(db, known)
    if any(entry.time is not None for entry in entries):
        for resource in (await db.scalars(select(Resource).order_by(Resource.id.desc()))).all():
            known.resources[name_key(resource.name)] = resource
        ids = list(appointment_ids)
        query = select(Appointment.source_id).where(Appointment.source_id.in_(ids))
        known.appointments = {one for one in await db.scalars(query) if one is not None}
    return known


async def _keys(db: Db, entries: Sequence[Entry]) -> Sequence[ImportKey]:
    wanted = {line_key(entry.digest) for entry in entries if entry.customer}
    wanted |= {
        number_key(part.number)
        for entry in entries
        for part in (entry.customer, entry.vehicle)
        if part is not None and part.number
    }
    if not wanted:
        return []
    query = select(ImportKey).where(
        ImportKey.subject.in_((CUSTOMERS, VEHICLES)), ImportKey.key.in_(wanted)
    )
    return (await db.scalars(query)).all()


async def _load_customers(db: Db, known: Known, parts: Sequence[CustomerPart]) -> None:
    facts = [part.facts for part in parts if part.facts]
    ids = [row for (subject, _key), row in known.keys.items() if subject == CUSTOMERS]
    emails = {one["email_key"] for one in facts} - {None}
    phones = {one["phone_key"] for one in facts} - {None}
    places = {(one["name_key"], one["postcode"]) for one in facts if one["name_key"]}
    if not (ids or emails or phones or places):
        return
    by_name = Customer.name_key.in_({name for name, _postcode in places})
    same = or_(
        Customer.id.in_(ids),
        Customer.email_key.in_(emails),
        Customer.phone_key.in_(phones),
        and_(by_name, tuple_(Customer.name_key, Customer.postcode).in_(places)),
    )
    for customer in (await db.scalars(select(Customer).where(same).order_by(Customer.id))).all():
        known.add_customer(customer)


async def _load_vehicles(db: Db, known: Known, parts: Sequence[VehiclePart]) -> None:
    ids = [row for (subject, _key), row in known.keys.items() if subject == VEHICLES]
    vins = {part.facts["vin"] for part in parts if part.facts} - {None}
    plates = {part.facts["plate_key"] for part in parts if part.facts} - {None}
    if not (ids or vins or plates):
        return
    same = or_(Vehicle.id.in_(ids), Vehicle.vin.in_(vins), Vehicle.plate_key.in_(plates))
    for vehicle in (await db.scalars(select(Vehicle).where(same).order_by(Vehicle.id))).all():
        known.add_vehicle(vehicle)
    query = select(Ownership).where(
        Ownership.vehicle_id.in_(list(known.vehicles)),
        Ownership.role == OwnershipRole.KEEPER,
        Ownership.valid_to.is_(None),
    )
    known.keepers = {one.vehicle_id: one for one in await db.scalars(query)}
    more = {one.customer_id for one in known.keepers.values()} - set(known.customers)
    if more:
        for customer in await db.scalars(select(Customer).where(Customer.id.in_(more))):
            known.customers[customer.id] = customer


async def _load_numbers(db: Db, known: Known) -> None:
    if known.customers:
        query = select(ImportKey).where(ImportKey.row_id.in_(list(known.customers)))
        for row in await db.scalars(query):
            known.numbered[row.row_id].add(row.key)


def number_key(number: str) -> str:
    return f"number:{number.strip().lower()}"[:120] if number.strip() else ""


def line_key(digest: str) -> str:
    return f"line:{digest}"


def _words(*names: Any) -> set[str]:
    return {word for name in names for word in name_key(name).split() if len(word) > 1}


def _same_place(customer: Customer, part: CustomerPart) -> bool:
    """The same street and postcode; without any address, nothing else that differs either."""
    mine = (name_key(customer.street), customer.postcode)
    theirs = (name_key(part.facts["street"]), part.facts["postcode"])
    return mine == theirs and any(mine)
