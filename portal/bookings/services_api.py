"""`/api/v1/workshops/{slug}/services`."""

from typing import Annotated
from uuid import UUID

import msgspec
from litestar import Router, get
from litestar.di import Provide
from litestar.params import QueryParameter

from portal.bookings import services
from portal.bookings.models import Service
from portal.kit import money
from portal.tenants.boundary import DoorDb, device_db
from portal.tenants.permissions import Permission, needs

Limit = Annotated[int, QueryParameter(ge=1, le=500)]
After = Annotated[str | None, QueryParameter(max_length=60)]


class ServiceShown(msgspec.Struct, frozen=True, kw_only=True):
    """`price` is gross, null when it depends on the car; with `price_from` it is the least."""

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
async def show_services(db: DoorDb, limit: Limit = 100, after: After = None) -> ServicePage:
    page, following = await services.page_of_services(db, after=after, limit=limit)
    return ServicePage([shown(service) for service in page], following)


def shown(service: Service) -> ServiceShown:
    return ServiceShown(
        id=service.id,
        name=service.name,
        name_en=service.name_en,
        description=service.description,
        category=service.category,
        duration_minutes=service.duration_minutes,
        price=None if service.price is None else money.as_json(service.price),
        price_from=service.price_from,
        currency=service.currency,
        bookable_online=service.bookable_online,
    )


ROUTERS = [
    Router(
        "/api/v1/workshops/{slug:str}",
        dependencies={"db": Provide(device_db)},
        route_handlers=[show_services],
    )
]
