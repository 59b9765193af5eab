"""The pages of webhooks: which there are, one with its deliveries, one delivery with its body."""

from datetime import datetime
from typing import Annotated, Any
from uuid import UUID

import msgspec
from litestar import Request, Response, Router, get, post
from litestar.di import Provide
from litestar.enums import RequestEncodingType
from litestar.params import Body, FromPath, FromQuery, QueryParameter
from litestar.response import Redirect

from portal.kit.errors import Problem
from portal.kit.pages import page
from portal.tenants.boundary import DoorDb, member_of, staff_db
from portal.tenants.permissions import Permission, needs
from portal.webhooks import deliveries, endpoints
from portal.webhooks.addresses import AddressInvalid
from portal.webhooks.events import EVENTS, TEST, event_text
from portal.webhooks.forms import EndpointDraft, EndpointForm
from portal.webhooks.models import Delivered, WebhookEndpoint
from portal.webhooks.notices import error_shown, reason_shown

Form = Annotated[EndpointForm, Body(media_type=RequestEncodingType.URL_ENCODED)]
MANAGE = needs(Permission.SETTINGS_MANAGE)
TEXTS: dict[str, Any] = {
    "event_text": event_text,
    "error_shown": error_shown,
    "reason_shown": reason_shown,
}


@get("/settings/webhooks", opt=MANAGE)
async def index(request: Request[Any, Any, Any], db: DoorDb) -> Response[str]:
    return page(
        request,
        "webhooks/webhooks.html",
        endpoints=await endpoints.everyone(db),
        counts=await deliveries.counts(db),
        **TEXTS,
    )


@get("/settings/webhooks/new", opt=MANAGE)
async def new(request: Request[Any, Any, Any], db: DoorDb) -> Response[str]:
    await endpoints.must_have_room(db)
    return _form(request, EndpointDraft(events=list(EVENTS)))


@post("/settings/webhooks", opt=MANAGE)
async def create(request: Request[Any, Any, Any], db: DoorDb, data: Form) -> Response[Any]:
    draft = data.draft(active=True)
    try:
        endpoint, secret = await endpoints.create(db, draft)
    except (AddressInvalid, endpoints.TooManyEndpoints) as problem:
        return _form(request, draft, problem=problem)
    return _secret_page(request, endpoint, secret)


@get("/settings/webhooks/{endpoint_id:uuid}", opt=MANAGE)
async def show(
    request: Request[Any, Any, Any],
    db: DoorDb,
    endpoint_id: FromPath[UUID],
    wanted: Annotated[str, QueryParameter(name="state")] = "",
    after: FromQuery[str | None] = None,
) -> Response[str]:
    endpoint = await endpoints.get(db, endpoint_id)
    state = Delivered(wanted) if wanted in set(Delivered) else None
    return page(
        request,
        "webhooks/webhook.html",
        endpoint=endpoint,
        state=state or "",
        counts=(await deliveries.counts(db)).get(endpoint.id, {}),
        rows=await deliveries.of_endpoint(db, endpoint.id, state=state, after=after),
        **TEXTS,
    )


@get("/settings/webhooks/{endpoint_id:uuid}/edit", opt=MANAGE)
async def edit(
    request: Request[Any, Any, Any], db: DoorDb, endpoint_id: FromPath[UUID]
) -> Response[str]:
    endpoint = await endpoints.get(db, endpoint_id)
    draft = EndpointDraft(
        url=endpoint.url,
        description=endpoint.description,
        events=endpoint.events,
        active=endpoint.is_active,
    )
    return _form(request, draft, endpoint=endpoint)


@post("/settings/webhooks/{endpoint_id:uuid}", opt=MANAGE)
async def change(
    request: Request[Any, Any, Any], db: DoorDb, endpoint_id: FromPath[UUID], data: Form
) -> Response[Any]:
    endpoint = await endpoints.get(db, endpoint_id, locked=True)
    draft = data.draft(active=bool(data.active))
    try:
        await endpoints.update(db, endpoint, draft)
    except AddressInvalid as problem:
        return _form(request, draft, endpoint=endpoint, problem=problem)
    return _to(db, endpoint.id)


@post("/settings/webhooks/{endpoint_id:uuid}/secret", opt=MANAGE, status_code=200)
async def rotate(
    request: Request[Any, Any, Any], db: DoorDb, endpoint_id: FromPath[UUID]
) -> Response[str]:
    endpoint = await endpoints.get(db, endpoint_id, locked=True)
    return _secret_page(request, endpoint, await endpoints.rotate(db, endpoint), rotated=True)


@post("/settings/webhooks/{endpoint_id:uuid}/test", opt=MANAGE, status_code=303)
async def send_test(db: DoorDb, endpoint_id: FromPath[UUID]) -> Redirect:
    endpoint = await endpoints.get(db, endpoint_id)
    if not endpoint.is_active:
        raise endpoints.EndpointStopped
    endpoint.quiet_until = None
    await deliveries.queue(db, endpoint, TEST, {"hello": "CarBot"})
    return _to(db, endpoint.id)


@post("/settings/webhooks/{endpoint_id:uuid}/activation", opt=MANAGE, status_code=303)
async def activate(db: DoorDb, endpoint_id: FromPath[UUID]) -> Redirect:
    endpoint = await endpoints.get(db, endpoint_id, locked=True)
    endpoints.resume(endpoint)
    return _to(db, endpoint.id)


@post("/settings/webhooks/{endpoint_id:uuid}/deletion", opt=MANAGE, status_code=303)
async def remove(db: DoorDb, endpoint_id: FromPath[UUID]) -> Redirect:
    await endpoints.remove(db, await endpoints.get(db, endpoint_id))
    return Redirect(_home(db), status_code=303)


@get("/settings/webhooks/{endpoint_id:uuid}/deliveries/{delivery_id:uuid}", opt=MANAGE)
async def show_delivery(
    request: Request[Any, Any, Any],
    db: DoorDb,
    endpoint_id: FromPath[UUID],
    delivery_id: FromPath[UUID],
) -> Response[str]:
    endpoint, delivery = await deliveries.get(db, endpoint_id, delivery_id)
    return page(
        request,
        "webhooks/delivery.html",
        endpoint=endpoint,
        delivery=delivery,
        tries=[{**one, "at": _moment(one["at"])} for one in reversed(delivery.tries)],
        body=msgspec.json.format(delivery.body.encode(), indent=2).decode(),
        **TEXTS,
    )


@post(
    "/settings/webhooks/{endpoint_id:uuid}/deliveries/{delivery_id:uuid}/retry",
    opt=MANAGE,
    status_code=303,
)
async def retry(db: DoorDb, endpoint_id: FromPath[UUID], delivery_id: FromPath[UUID]) -> Redirect:
    endpoint, delivery = await deliveries.get(db, endpoint_id, delivery_id)
    deliveries.send_again(db, endpoint, delivery)
    return Redirect(f"{_home(db)}/{endpoint.id}/deliveries/{delivery.id}", status_code=303)


@post("/settings/webhooks/{endpoint_id:uuid}/retries", opt=MANAGE, status_code=303)
async def retry_failed(db: DoorDb, endpoint_id: FromPath[UUID]) -> Redirect:
    endpoint = await endpoints.get(db, endpoint_id, locked=True)
    await deliveries.send_failed_again(db, endpoint)
    return _to(db, endpoint.id)


def _form(
    request: Request[Any, Any, Any],
    draft: EndpointDraft,
    *,
    endpoint: WebhookEndpoint | None = None,
    problem: Problem | None = None,
) -> Response[str]:
    return page(
        request,
        "webhooks/webhook_form.html",
        status=problem.status if problem else 200,
        draft=draft,
        endpoint=endpoint,
        events=list(EVENTS),
        problem=problem,
        errors={error.field: error.message for error in problem.errors} if problem else {},
        **TEXTS,
    )


def _secret_page(
    request: Request[Any, Any, Any],
    endpoint: WebhookEndpoint,
    secret: str,
    *,
    rotated: bool = False,
) -> Response[str]:
    return page(request, "webhooks/secret.html", endpoint=endpoint, secret=secret, rotated=rotated)


def _moment(told: str) -> datetime:
    return datetime.fromisoformat(told)


def _to(db: DoorDb, endpoint_id: UUID) -> Redirect:
    return Redirect(f"{_home(db)}/{endpoint_id}", status_code=303)


def _home(db: DoorDb) -> str:
    return f"/w/{member_of(db).slug}/settings/webhooks"


ROUTERS = [
    Router(
        "/w/{slug:str}",
        dependencies={"db": Provide(staff_db)},
        route_handlers=[
            index,
            new,
            create,
            show,
            edit,
            change,
            rotate,
            send_test,
            activate,
            remove,
            show_delivery,
            retry,
            retry_failed,
        ],
    )
]
