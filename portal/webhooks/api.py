"""`/api/v1/integrations/webhooks`: programs that set up their own webhooks."""

from datetime import datetime
from typing import Annotated, Any
from uuid import UUID

import msgspec
from litestar import Router, delete, get, patch, post
from litestar.di import Provide
from litestar.params import FromPath, FromQuery, JSONBody, QueryParameter

from portal.tenants.boundary import DoorDb, device_db
from portal.tenants.permissions import Permission, needs
from portal.webhooks import deliveries, endpoints
from portal.webhooks.events import EVENTS, TEST
from portal.webhooks.forms import EndpointDraft, EndpointIn
from portal.webhooks.models import Delivered, WebhookDelivery, WebhookEndpoint

MANAGE = needs(Permission.SETTINGS_MANAGE)
Limit = Annotated[int, QueryParameter(ge=1, le=500)]


class EndpointOut(msgspec.Struct, kw_only=True):
    id: UUID
    url: str
    description: str
    events: list[str]
    active: bool
    stopped: str
    stopped_at: datetime | None
    failing_since: datetime | None
    last_success_at: datetime | None
    created_at: datetime


class EndpointWithSecret(EndpointOut, kw_only=True):
    """`secret` is told this once."""

    secret: str


class EndpointPage(msgspec.Struct):
    items: list[EndpointOut]
    next: str | None
    events: list[str]


class DeliveryOut(msgspec.Struct, kw_only=True):
    id: UUID
    message_id: str
    event: str
    state: str
    attempts: int
    response_code: int | None
    last_error: str
    next_try_at: datetime | None
    last_try_at: datetime | None
    created_at: datetime


class DeliveryPage(msgspec.Struct):
    items: list[DeliveryOut]
    next: str | None


@get("/", opt=MANAGE)
async def list_endpoints(db: DoorDb) -> EndpointPage:
    found = await endpoints.everyone(db)
    return EndpointPage([_endpoint_out(one) for one in found], None, list(EVENTS))


@post("/", opt=MANAGE)
async def create_endpoint(db: DoorDb, data: JSONBody[EndpointDraft]) -> EndpointWithSecret:
    endpoint, secret = await endpoints.create(db, data)
    return EndpointWithSecret(**_facts(endpoint), secret=secret)


@get("/{endpoint_id:uuid}", opt=MANAGE)
async def show_endpoint(db: DoorDb, endpoint_id: FromPath[UUID]) -> EndpointOut:
    return _endpoint_out(await endpoints.get(db, endpoint_id))


@patch("/{endpoint_id:uuid}", opt=MANAGE)
async def change_endpoint(
    db: DoorDb, endpoint_id: FromPath[UUID], data: JSONBody[EndpointIn]
) -> EndpointOut:
    endpoint = await endpoints.get(db, endpoint_id, locked=True)
    draft = EndpointDraft(
        url=endpoint.url,
        description=endpoint.description,
        events=endpoint.events,
        active=endpoint.is_active,
    )
    for field in EndpointIn.__struct_fields__:
        value = getattr(data, field)
        if value is not msgspec.UNSET:
            setattr(draft, field, value)
    await endpoints.update(db, endpoint, draft)
    return _endpoint_out(endpoint)


@delete("/{endpoint_id:uuid}", opt=MANAGE)
async def remove_endpoint(db: DoorDb, endpoint_id: FromPath[UUID]) -> None:
    await endpoints.remove(db, await endpoints.get(db, endpoint_id))


@post("/{endpoint_id:uuid}/secret", opt=MANAGE)
async def rotate_secret(db: DoorDb, endpoint_id: FromPath[UUID]) -> EndpointWithSecret:
    """A new secret; deliveries of the next 24 hours are signed with both."""
    endpoint = await endpoints.get(db, endpoint_id, locked=True)
    secret = await endpoints.rotate(db, endpoint)
    return EndpointWithSecret(**_facts(endpoint), secret=secret)


@post("/{endpoint_id:uuid}/test", opt=MANAGE, status_code=202)
async def send_test(db: DoorDb, endpoint_id: FromPath[UUID]) -> DeliveryOut:
    endpoint = await endpoints.get(db, endpoint_id)
    if not endpoint.is_active:
        raise endpoints.EndpointStopped
    return _delivery_out(await deliveries.queue(db, endpoint, TEST, {"hello": "CarBot"}))


@get("/{endpoint_id:uuid}/deliveries", opt=MANAGE)
async def list_deliveries(
    db: DoorDb,
    endpoint_id: FromPath[UUID],
    wanted: Annotated[Delivered | None, QueryParameter(name="state")] = None,
    after: FromQuery[str | None] = None,
    limit: Limit = 100,
) -> DeliveryPage:
    endpoint = await endpoints.get(db, endpoint_id)
    page = await deliveries.of_endpoint(db, endpoint.id, state=wanted, after=after, limit=limit)
    return DeliveryPage([_delivery_out(row[0]) for row in page.items], page.next)


@post("/{endpoint_id:uuid}/deliveries/{delivery_id:uuid}/retry", opt=MANAGE, status_code=202)
async def retry_delivery(
    db: DoorDb, endpoint_id: FromPath[UUID], delivery_id: FromPath[UUID]
) -> DeliveryOut:
    endpoint, delivery = await deliveries.get(db, endpoint_id, delivery_id)
    deliveries.send_again(db, endpoint, delivery)
    return _delivery_out(delivery)


def _endpoint_out(endpoint: WebhookEndpoint) -> EndpointOut:
    return EndpointOut(**_facts(endpoint))


def _facts(endpoint: WebhookEndpoint) -> dict[str, Any]:
    same = set(EndpointOut.__struct_fields__) - {"active"}
    return {name: getattr(endpoint, name) for name in same} | {"active": endpoint.is_active}


def _delivery_out(delivery: WebhookDelivery) -> DeliveryOut:
    return DeliveryOut(**{name: getattr(delivery, name) for name in DeliveryOut.__struct_fields__})


ROUTERS = [
    Router(
        "/api/v1/integrations/webhooks",
        dependencies={"db": Provide(device_db)},
        route_handlers=[
            list_endpoints,
            create_endpoint,
            show_endpoint,
            change_endpoint,
            remove_endpoint,
            rotate_secret,
            send_test,
            list_deliveries,
            retry_delivery,
        ],
    )
]
