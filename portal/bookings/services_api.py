"""`/api/v1/workshops/{slug}/services`."""

from typing import Annotated
from uuid import UUID

import msgspec
from litestar import Router, get
from litestar.di import Provide
from litestar.params import QueryParameter

from portal.bookings import services
from portal.tenants.boundary import DoorGlance, device_glance
from portal.tenants.permissions import Permission, needs

Limit = Annotated[int, QueryParameter(ge=1, le=500)]
After = Annotated[str | None, QueryParameter(max_length=60)]


class ServiceShown(msgspec.Struct, frozen=True):
    """In the order of `services.SHOWN`. `price` is gross, null when it depends on the car; with
    `price_from` it is the least.
    """

    id: UUID
    name: str
    name_en: str
    description: str
    category: str
    duration_minutes: int
    price: str | None
    price_from: bool
    currency: str
    bookable_online: bool


class ServicePage(msgspec.Struct, frozen=True):
    items: list[ServiceShown]
    next: str | None


@get("/services", opt=needs(Permission.BOOKINGS_READ))
async def show_services(db: DoorGlance, limit: Limit = 100, after: After = None) -> ServicePage:
    page, following = await services.page_of_services(db, after=after, limit=limit)
    return ServicePage([ServiceShown(*service) for service in page], following)


ROUTERS = [
    Router(
        "/api/v1/workshops/{slug:str}",
        dependencies={"db": Provide(device_glance)},
        route_handlers=[show_services],
    )
]
