"""`GET /api/v1/vehicles/due`: vehicles whose HU has to be done in a month."""

from typing import Annotated

from litestar import Router, get
from litestar.di import Provide
from litestar.params import FromQuery, QueryParameter

from portal.kit import clock
from portal.tenants.boundary import DoorDb, device_db
from portal.tenants.permissions import Permission, needs
from portal.vehicles import due
from portal.vehicles.api_shapes import VehiclePage, vehicle_out
from portal.vehicles.hu import Month
from portal.vehicles.models import Vehicle
from portal.vehicles.paging import page_of
from portal.vehicles.typed import Reading
from portal.vehicles.vehicles import with_keeper

Limit = Annotated[int, QueryParameter(ge=1, le=500)]


@get("/vehicles/due", opt=needs(Permission.VEHICLES_READ))
async def list_due(
    db: DoorDb, month: FromQuery[str] = "", after: FromQuery[str | None] = None, limit: Limit = 100
) -> VehiclePage:
    """Due in the month `YYYY-MM` (without one: this month), season plates minded; oldest first."""
    reading = Reading()
    asked = reading.month("month", month)
    reading.end()
    wanted = asked or str(Month.of(clock.local(clock.now()).date()))
    query = with_keeper().where(due.by(wanted), due.target() == wanted)
    page = await page_of(db, query, Vehicle.id, after=after, limit=limit)
    return VehiclePage([vehicle_out(row.Vehicle, row.Customer) for row in page.items], page.next)


ROUTERS = [
    Router(
        "/api/v1",
        dependencies={"db": Provide(device_db)},
        route_handlers=[list_due],
        tags=["vehicles"],
    )
]
