"""Who keeps, drives and pays for a vehicle, from which day to which: history is cut along it."""

from collections.abc import Sequence
from datetime import date
from typing import Any
from uuid import UUID

from sqlalchemy import select

from portal.kit import clock
from portal.kit.db import Db
from portal.kit.errors import N_, Invalid, NotFound
from portal.tenants.audit import note
from portal.vehicles.models import Customer, Ownership, OwnershipRole, Vehicle

Period = tuple[date | None, date | None]
"""From a day (None: always) to before another (None: still)."""


class OwnershipOverlaps(Invalid):
    status, code = 409, "OWNERSHIP_OVERLAPS"
    title = N_("The present ownership began after this day.")


async def begin(
    db: Db,
    vehicle: Vehicle,
    customer: Customer,
    *,
    role: OwnershipRole = OwnershipRole.KEEPER,
    since: date | None = None,
) -> Ownership:
    """The customer becomes keeper (driver, payer); the former keeper's time ends that day.

    Without `since` the first keeper we know has kept it all along, and a later one from today.
    Raises `OwnershipOverlaps`.
    """
    open_ones = await _open(db, vehicle.id, role)
    for one in open_ones:
        if one.customer_id == customer.id:
            return one
    if open_ones and role is OwnershipRole.KEEPER:
        since = since or clock.local(clock.now()).date()
        for one in open_ones:
            _end(one, since)
        await db.flush()
    ownership = Ownership(
        vehicle_id=vehicle.id, customer_id=customer.id, role=role, valid_from=since
    )
    db.add(ownership)
    note(db, "ownership.begun", str(vehicle.id), customer=str(customer.id), role=role)
    await db.flush()
    return ownership


async def end(db: Db, ownership: Ownership, *, on: date | None = None) -> None:
    _end(ownership, on or clock.local(clock.now()).date())
    note(db, "ownership.ended", str(ownership.vehicle_id), customer=str(ownership.customer_id))
    await db.flush()


async def get(db: Db, ownership_id: UUID) -> Ownership:
    found = await db.scalar(select(Ownership).where(Ownership.id == ownership_id))
    if found is None:
        raise NotFound
    return found


async def of_vehicle(db: Db, vehicle_id: UUID) -> Sequence[Any]:
    """Rows of (Ownership, Customer), those that last first, then the latest."""
    query = (
        select(Ownership, Customer)
        .join(Customer, Customer.id == Ownership.customer_id)
        .where(Ownership.vehicle_id == vehicle_id)
    )
    order = (Ownership.valid_to.desc().nulls_first(), Ownership.role, Ownership.id)
    return (await db.execute(query.order_by(*order).limit(50))).all()


async def of_customer(db: Db, customer_id: UUID) -> Sequence[Any]:
    """Rows of (Ownership, Vehicle), those that last first."""
    query = (
        select(Ownership, Vehicle)
        .join(Vehicle, Vehicle.id == Ownership.vehicle_id)
        .where(Ownership.customer_id == customer_id)
    )
    order = (Ownership.valid_to.desc().nulls_first(), Vehicle.id.desc())
    return (await db.execute(query.order_by(*order).limit(200))).all()


async def periods(db: Db, vehicle_id: UUID, customer_id: UUID) -> Sequence[Period]:
    """When the customer kept the vehicle; nothing when never."""
    query = select(Ownership.valid_from, Ownership.valid_to).where(
        Ownership.vehicle_id == vehicle_id,
        Ownership.customer_id == customer_id,
        Ownership.role == OwnershipRole.KEEPER,
    )
    return [(row.valid_from, row.valid_to) for row in (await db.execute(query)).all()]


async def _open(db: Db, vehicle_id: UUID, role: OwnershipRole) -> Sequence[Ownership]:
    query = select(Ownership).where(
        Ownership.vehicle_id == vehicle_id,
        Ownership.role == role,
        Ownership.valid_to.is_(None),
    )
    return (await db.scalars(query)).all()


def _end(ownership: Ownership, on: date) -> None:
    if ownership.valid_from is not None and ownership.valid_from > on:
        raise OwnershipOverlaps
    ownership.valid_to = on
