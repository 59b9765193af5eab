"""Vehicles: taken in, changed, found by id, VIN or plate."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

import msgspec
from sqlalchemy import Select, and_, bindparam, func, select
from sqlalchemy.exc import IntegrityError

from portal.kit import clock
from portal.kit.db import Db
from portal.kit.errors import N_, NotFound
from portal.kit.glances import Glance, Sentence
from portal.kit.text import _
from portal.tenants.audit import note
from portal.vehicles import due, ownerships, vehicle_facts
from portal.vehicles import plate as plates
from portal.vehicles import vin as vins
from portal.vehicles.forms import VehicleDraft
from portal.vehicles.models import Customer, FormerPlate, Ownership, OwnershipRole, Vehicle
from portal.vehicles.paging import Page, page_of
from portal.vehicles.typed import Reading
from portal.vehicles.vehicle_facts import VehicleInvalid


class VehicleNotFound(NotFound):
    code, title = "VEHICLE_NOT_FOUND", N_("We do not know this vehicle.")


class VinTaken(VehicleInvalid):
    status, code, title = 409, "VIN_TAKEN", N_("Another vehicle of yours has this VIN.")


class PlateTaken(VehicleInvalid):
    status, code, title = 409, "PLATE_TAKEN", N_("Another vehicle of yours carries this plate.")


@dataclass(frozen=True)
class KeptVehicle:
    """A vehicle, who keeps it now, and the plates that it carried before."""

    vehicle: Vehicle
    keeper: Customer | None
    former_plates: Sequence[str] = ()


async def create(
    db: Db,
    draft: VehicleDraft,
    *,
    keeper: Customer | None = None,
    since: date | None = None,
    asks_back: bool = False,
) -> Vehicle:
    """A new vehicle, kept by the customer. Raises `VehicleInvalid`, `VinTaken`, `PlateTaken`."""
    facts = vehicle_facts.read(draft, asks_back=asks_back)
    await _settle_conflicts(db, facts, None, draft.plate_conflict)
    vehicle = Vehicle(**facts)
    await _store(db, vehicle)
    note(db, "vehicle.created", str(vehicle.id))
    if keeper is not None:
        await ownerships.begin(db, vehicle, keeper, since=since)
    await db.flush()
    return vehicle


async def update(db: Db, vehicle: Vehicle, draft: VehicleDraft, *, asks_back: bool = False) -> None:
    """As `create`. The plate that a vehicle loses stays with it as a former one."""
    facts = vehicle_facts.read(draft, asks_back=asks_back)
    await _settle_conflicts(db, facts, vehicle, draft.plate_conflict)
    changed = {field for field, value in facts.items() if getattr(vehicle, field) != value}
    if "plate_key" in changed:
        _retire_plate(db, vehicle)
    await _store(db, vehicle, facts)
    if changed:
        fields = sorted(
            field for field in changed if not field.endswith(("_key", "_search", "_end"))
        )
        note(db, "vehicle.changed", str(vehicle.id), fields=fields)
    await db.flush()


async def get(db: Db, reference: str | UUID) -> KeptVehicle:
    """By id or VIN. Raises `VehicleNotFound`."""
    former = (
        select(func.array_agg(FormerPlate.plate))
        .where(FormerPlate.vehicle_id == Vehicle.id)
        .scalar_subquery()
    )
    query = with_keeper().add_columns(former.label("former")).where(_named(reference))
    row = (await db.execute(query)).one_or_none()
    if row is None:
        raise VehicleNotFound
    return KeptVehicle(row.Vehicle, row.Customer, row.former or ())


async def at_a_glance(glance: Glance, reference: str) -> Any:
    """A row of the vehicle's columns and its keeper's `customer_id`. Raises `VehicleNotFound`."""
    vin = vins.normalize(reference).vin
    if vin is not None:
        row = await glance.one_or_none(_BY_VIN, vin=vin)
    else:
        row = await glance.one_or_none(_BY_ID, id=_as_id(reference))
    if row is None:
        raise VehicleNotFound
    return row


async def find_by_vin(db: Db, typed: str) -> Vehicle | None:
    vin = vins.normalize(typed).vin
    if vin is None:
        return None
    found: Vehicle | None = await db.scalar(select(Vehicle).where(Vehicle.vin == vin))
    return found


async def find_by_plate(db: Db, typed: str) -> Sequence[Vehicle]:
    """Every vehicle that carries a plate which the text may mean; the oldest first."""
    looks = {plate.search_key for plate in plates.candidates(typed)}
    keys = {vehicle_facts.look_of(key) for key in (*looks, vehicle_facts.foreign_key(typed))}
    query = select(Vehicle).where(Vehicle.plate_search.in_(keys)).order_by(Vehicle.id)
    return (await db.scalars(query.limit(20))).all()


async def list_vehicles(
    db: Db, *, after: str | None = None, before: str | None = None, limit: int = 50
) -> Page[Any]:
    """Rows of (Vehicle, keeper or None), the newest first."""
    return await page_of(
        db, with_keeper(), Vehicle.id, after=after, before=before, limit=limit, descending=True
    )


async def list_due(
    db: Db, *, until: str, after: str | None = None, before: str | None = None, limit: int = 50
) -> Page[Any]:
    """Rows of (Vehicle, keeper or None) whose HU is due by the month `YYYY-MM`."""
    query = with_keeper().where(due.by(until))
    order = (Vehicle.hu_due, Vehicle.id)
    return await page_of(db, query, *order, after=after, before=before, limit=limit)


async def count(db: Db, *, due_until: str) -> tuple[int, int, int]:
    """How many vehicles, how many of them with an HU due by the month, how many customers."""
    soon = func.count().filter(due.by(due_until))
    customers = select(func.count()).select_from(Customer).scalar_subquery()
    row = (await db.execute(select(func.count(), soon, customers).select_from(Vehicle))).one()
    return row[0], row[1], row[2]


def with_keeper() -> Select[Vehicle, Customer]:
    """Vehicles beside their present keeper."""
    is_kept = and_(
        Ownership.vehicle_id == Vehicle.id,
        Ownership.role == OwnershipRole.KEEPER,
        Ownership.valid_to.is_(None),
    )
    return (
        select(Vehicle, Customer)
        .outerjoin(Ownership, is_kept)
        .outerjoin(Customer, Customer.id == Ownership.customer_id)
    )


def draft_of(vehicle: Vehicle) -> VehicleDraft:
    """What a form shows of a stored vehicle, as people of this country write it."""
    fields = {field.name for field in msgspec.structs.fields(VehicleDraft)} - {"plate_conflict"}
    draft = VehicleDraft(**{field: _typed(getattr(vehicle, field)) for field in fields})
    if vehicle.hu_due:
        year, month = vehicle.hu_due.split("-")
        draft.hu_due = f"{month}/{year}"
    return draft


def _typed(value: Any) -> str:
    if isinstance(value, date):
        return value.strftime("%d.%m.%Y")
    return "" if value is None else str(value)


def _named(reference: str | UUID) -> Any:
    if isinstance(reference, UUID):
        return Vehicle.id == reference
    vin = vins.normalize(reference).vin
    if vin is not None:
        return Vehicle.vin == vin
    return Vehicle.id == _as_id(reference)


def _as_id(reference: str) -> UUID:
    try:
        return UUID(reference)
    except ValueError as error:
        raise VehicleNotFound from error


async def _store(db: Db, vehicle: Vehicle, facts: dict[str, Any] | None = None) -> None:
    """Two forms with one VIN may arrive together: the table decides."""
    vin = (facts or {}).get("vin", vehicle.vin)
    try:
        async with db.begin_nested():
            for field, value in (facts or {}).items():
                setattr(vehicle, field, value)
            db.add(vehicle)
    except IntegrityError as error:
        other = await db.scalar(select(Vehicle).where(Vehicle.vin == vin))
        if other is None:
            raise
        _refuse_vin(other, error)


async def _settle_conflicts(
    db: Db, facts: dict[str, Any], mine: Vehicle | None, plate_conflict: str
) -> None:
    my_id = mine.id if mine else None
    if facts["vin"]:
        other = await db.scalar(select(Vehicle).where(Vehicle.vin == facts["vin"]))
        if other is not None and other.id != my_id:
            _refuse_vin(other)
    if not facts["plate_key"] or (mine and mine.plate_key == facts["plate_key"]):
        return
    query = select(Vehicle).where(Vehicle.plate_key == facts["plate_key"]).limit(5)
    for other in (await db.scalars(query)).all():
        if other.id == my_id or plate_conflict == "share":
            continue
        if plate_conflict != "move":
            _refuse_plate(other)
        _retire_plate(db, other)
        other.plate = ""
        other.plate_key = other.plate_search = other.plate_end = None


def _retire_plate(db: Db, vehicle: Vehicle) -> None:
    if vehicle.plate:
        today = clock.local(clock.now()).date()
        former = FormerPlate(vehicle_id=vehicle.id, plate=vehicle.plate, valid_to=today)
        former.plate_search = vehicle.plate_search
        db.add(former)


def _refuse_vin(other: Vehicle, cause: Exception | None = None) -> None:
    reading = Reading(VinTaken)
    label = other.plate or other.title
    reading.refuse("vin", "VIN_TAKEN", _("This VIN belongs to %(vehicle)s.", vehicle=label))
    try:
        reading.end(other={"id": str(other.id), "label": label})
    except VinTaken as taken:
        raise taken from cause


def _refuse_plate(other: Vehicle) -> None:
    reading = Reading(PlateTaken)
    label = other.title or other.vin or other.plate
    reading.refuse("plate", "PLATE_TAKEN", _("%(vehicle)s carries this plate.", vehicle=label))
    reading.end(other={"id": str(other.id), "label": label})


_COLUMNS = with_keeper().with_only_columns(
    *Vehicle.__table__.columns, Customer.id.label("customer_id"), maintain_column_froms=True
)
_BY_ID = Sentence(_COLUMNS.where(Vehicle.id == bindparam("id")))
_BY_VIN = Sentence(_COLUMNS.where(Vehicle.vin == bindparam("vin")))
