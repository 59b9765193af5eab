"""The catalogue of services: list, form, order, what is offered."""

from typing import Any
from uuid import UUID

from litestar import Response, get, post
from litestar.params import FromPath
from litestar.response import Redirect

from portal.bookings import catalogue, rules, service_drafts
from portal.bookings.models import Service
from portal.bookings.settings_frame import MANAGE, WORDS, Asked, home, saved, shown, wants_piece
from portal.bookings.settings_input import Typed, TypedBody
from portal.kit.db import Db
from portal.kit.errors import Invalid
from portal.kit.pages import fragment
from portal.tenants.boundary import DoorDb


@get("/bookings/settings/services", opt=MANAGE)
async def index(request: Asked, db: DoorDb) -> Response[str]:
    return shown(request, "settings_services.html", **await _list(db))


@get("/bookings/settings/services/new", opt=MANAGE)
async def new(request: Asked, db: DoorDb) -> Response[str]:
    return await _form(request, db, service_drafts.fresh())


@post("/bookings/settings/services", opt=MANAGE)
async def create(request: Asked, db: DoorDb, data: TypedBody) -> Response[Any]:
    try:
        columns = service_drafts.read(data, (await rules.load(db)).units_per_hour)
    except Invalid as problem:
        return await _form(request, db, data, problem=problem)
    await catalogue.add(db, columns)
    return saved(db, "/services")


@get("/bookings/settings/services/{service_id:uuid}", opt=MANAGE)
async def show(request: Asked, db: DoorDb, service_id: FromPath[UUID]) -> Response[str]:
    service = await catalogue.get(db, service_id)
    return await _form(request, db, service_drafts.typed_of(service), service=service)


@post("/bookings/settings/services/{service_id:uuid}", opt=MANAGE)
async def change(
    request: Asked, db: DoorDb, service_id: FromPath[UUID], data: TypedBody
) -> Response[Any]:
    service = await catalogue.get(db, service_id)
    try:
        columns = service_drafts.read(data, (await rules.load(db)).units_per_hour)
    except Invalid as problem:
        return await _form(request, db, data, service=service, problem=problem)
    await catalogue.edit(db, service, columns)
    return saved(db, "/services")


@post("/bookings/settings/services/{service_id:uuid}/retirement", opt=MANAGE, status_code=303)
async def retire(db: DoorDb, service_id: FromPath[UUID]) -> Redirect:
    await catalogue.edit(db, await catalogue.get(db, service_id), {"active": False})
    return saved(db, "/services")


@post("/bookings/settings/services/{service_id:uuid}/return", opt=MANAGE, status_code=303)
async def bring_back(db: DoorDb, service_id: FromPath[UUID]) -> Redirect:
    await catalogue.edit(db, await catalogue.get(db, service_id), {"active": True})
    return saved(db, "/services")


@post("/bookings/settings/services/{service_id:uuid}/place", opt=MANAGE)
async def move(
    request: Asked, db: DoorDb, service_id: FromPath[UUID], data: TypedBody
) -> Response[Any]:
    service = await catalogue.get(db, service_id)
    await catalogue.shift_place(db, service, -1 if data.get("step") == "up" else 1)
    answer = saved(db, "/services")
    if wants_piece(request, "service-list"):
        return fragment(request, "bookings/_settings_service_list.html", **WORDS, **await _list(db))
    return answer


async def _list(db: Db) -> dict[str, Any]:
    return {
        "services": await catalogue.everything(db),
        "rules": await rules.load(db),
        "drafts": service_drafts,
        "base": home(db),
    }


async def _form(
    request: Asked,
    db: Db,
    typed: Typed,
    *,
    service: Service | None = None,
    problem: Invalid | None = None,
) -> Response[str]:
    known = await catalogue.everything(db)
    return shown(
        request,
        "settings_service.html",
        problem=problem,
        service=service,
        typed=typed,
        rules=await rules.load(db),
        drafts=service_drafts,
        categories=sorted({one.category for one in known if one.category}),
    )


HANDLERS = [index, new, create, show, change, retire, bring_back, move]
