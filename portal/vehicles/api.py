"""`/api/v1/customers` and `/api/v1/vehicles` with their history."""

from typing import Annotated
from uuid import UUID

from litestar import Router, get, patch, post
from litestar.di import Provide
from litestar.params import FromPath, FromQuery, JSONBody, QueryParameter
from msgspec import UnsetType

from portal.kit.db import Db
from portal.tenants.boundary import DoorDb, DoorGlance, device_db, device_glance
from portal.tenants.permissions import Permission, needs
from portal.vehicles import customers, history, ownerships, search, vehicles
from portal.vehicles.api_shapes import (
    CustomerIn,
    CustomerOut,
    CustomerPage,
    EntryIn,
    EntryOut,
    EntryPage,
    VehicleIn,
    VehicleOut,
    VehiclePage,
    customer_out,
    entry_out,
    merged,
    vehicle_out,
    vehicle_shape,
)
from portal.vehicles.forms import CustomerDraft, HistoryDraft, VehicleDraft
from portal.vehicles.models import HistoryKind, OwnershipRole, Vehicle

Limit = Annotated[int, QueryParameter(ge=1, le=500)]
READ_CUSTOMERS = needs(Permission.CUSTOMERS_READ)
READ_VEHICLES = needs(Permission.VEHICLES_READ)
EDIT_CUSTOMERS = needs(Permission.CUSTOMERS_EDIT)
EDIT_VEHICLES = needs(Permission.VEHICLES_EDIT)


@get("/customers", opt=READ_CUSTOMERS)
async def list_customers(
    db: DoorDb, q: FromQuery[str] = "", after: FromQuery[str | None] = None, limit: Limit = 100
) -> CustomerPage:
    """All by name, or with `q` those that fit a name, number or mail address."""
    if q.strip():
        found = await search.find_customers(db, q, limit=limit)
        return CustomerPage([customer_out(hit.customer) for hit in found], None)
    page = await customers.list_customers(db, after=after, limit=limit)
    return CustomerPage([customer_out(row.Customer) for row in page.items], page.next)


@post("/customers", opt=EDIT_CUSTOMERS)
async def create_customer(db: DoorDb, data: JSONBody[CustomerIn]) -> CustomerOut:
    return customer_out(await customers.create(db, merged(CustomerDraft(), data)))


@get("/customers/{customer_id:uuid}", opt=READ_CUSTOMERS)
async def show_customer(db: DoorDb, customer_id: FromPath[UUID]) -> CustomerOut:
    return customer_out(await customers.get(db, customer_id))


@patch("/customers/{customer_id:uuid}", opt=EDIT_CUSTOMERS)
async def change_customer(
    db: DoorDb, customer_id: FromPath[UUID], data: JSONBody[CustomerIn]
) -> CustomerOut:
    customer = await customers.get(db, customer_id)
    await customers.update(db, customer, merged(customers.draft_of(customer), data))
    return customer_out(customer)


@get("/vehicles", opt=READ_VEHICLES)
async def list_vehicles(
    db: DoorDb, q: FromQuery[str] = "", after: FromQuery[str | None] = None, limit: Limit = 100
) -> VehiclePage:
    """The newest first, or with `q` those that fit a plate or a part of the VIN."""
    if q.strip():
        found = (await search.find(db, q, limit=limit)).vehicles
        return VehiclePage([vehicle_out(hit.vehicle, hit.keeper) for hit in found], None)
    page = await vehicles.list_vehicles(db, after=after, limit=limit)
    return VehiclePage([vehicle_out(row.Vehicle, row.Customer) for row in page.items], page.next)


@post("/vehicles", opt=EDIT_VEHICLES)
async def create_vehicle(db: DoorDb, data: JSONBody[VehicleIn]) -> VehicleOut:
    named = data.customer_id
    keeper = await customers.get(db, named) if isinstance(named, UUID) else None
    vehicle = await vehicles.create(db, merged(VehicleDraft(), data), keeper=keeper)
    return vehicle_out(vehicle, keeper)


@get("/vehicles/{vehicle:str}", opt=READ_VEHICLES, dependencies={"db": Provide(device_glance)})
async def show_vehicle(db: DoorGlance, vehicle: FromPath[str]) -> VehicleOut:
    row = await vehicles.at_a_glance(db, vehicle)
    return vehicle_shape(row, row.customer_id)


@patch("/vehicles/{vehicle:str}", opt=EDIT_VEHICLES)
async def change_vehicle(
    db: DoorDb, vehicle: FromPath[str], data: JSONBody[VehicleIn]
) -> VehicleOut:
    kept = await vehicles.get(db, vehicle)
    await vehicles.update(db, kept.vehicle, merged(vehicles.draft_of(kept.vehicle), data))
    if not isinstance(data.customer_id, UnsetType):
        await _change_keeper(db, kept.vehicle, data.customer_id)
    changed = await vehicles.get(db, kept.vehicle.id)
    return vehicle_out(changed.vehicle, changed.keeper)


@get("/vehicles/{vehicle:str}/history", opt=READ_VEHICLES)
async def show_history(
    db: DoorDb, vehicle: FromPath[str], after: FromQuery[str | None] = None, limit: Limit = 100
) -> EntryPage:
    """The latest first."""
    return await _entries(db, vehicle, (), after, limit)


@get("/vehicles/{vehicle:str}/maintenance", opt=READ_VEHICLES)
async def show_maintenance(
    db: DoorDb, vehicle: FromPath[str], after: FromQuery[str | None] = None, limit: Limit = 100
) -> EntryPage:
    """The entries of the history that are services or inspections."""
    return await _entries(db, vehicle, history.MAINTENANCE, after, limit)


@post("/vehicles/{vehicle:str}/history", opt=EDIT_VEHICLES)
async def add_entry(db: DoorDb, vehicle: FromPath[str], data: JSONBody[EntryIn]) -> EntryOut:
    kept = await vehicles.get(db, vehicle)
    return entry_out(await history.record_typed(db, kept.vehicle, merged(HistoryDraft(), data)))


async def _entries(
    db: Db, reference: str, kinds: tuple[HistoryKind, ...], after: str | None, limit: int
) -> EntryPage:
    kept = await vehicles.get(db, reference)
    page = await history.list_entries(db, kept.vehicle.id, kinds=kinds, after=after, limit=limit)
    return EntryPage([entry_out(row.HistoryEntry) for row in page.items], page.next)


async def _change_keeper(db: Db, vehicle: Vehicle, customer_id: UUID | None) -> None:
    if customer_id is not None:
        await ownerships.begin(db, vehicle, await customers.get(db, customer_id))
        return
    for row in await ownerships.of_vehicle(db, vehicle.id):
        if row.Ownership.is_open and row.Ownership.role == OwnershipRole.KEEPER:
            await ownerships.end(db, row.Ownership)


ROUTERS = [
    Router(
        "/api/v1",
        dependencies={"db": Provide(device_db)},
        route_handlers=[
            list_customers,
            create_customer,
            show_customer,
            change_customer,
            list_vehicles,
            create_vehicle,
            show_vehicle,
            change_vehicle,
            show_history,
            show_maintenance,
            add_entry,
        ],
        tags=["vehicles"],
    )
]
