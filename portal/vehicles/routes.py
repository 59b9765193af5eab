"""Pages about vehicles: the list with its search, one vehicle, its form and its history."""

import json
from typing import Annotated, Any
from uuid import UUID

from litestar import Request, Response, Router, get, post
from litestar.di import Provide
from litestar.enums import RequestEncodingType
from litestar.params import Body, FromPath, FromQuery
from litestar.response import Redirect

from portal.kit import clock
from portal.kit.db import Db
from portal.kit.errors import Invalid
from portal.kit.pages import fragment, page
from portal.kit.text import _
from portal.tenants.boundary import DoorDb, member_of, staff_db
from portal.tenants.permissions import Permission, needs
from portal.vehicles import customers, history, inspections, labels, ownerships, search, vehicles
from portal.vehicles import vin as vins
from portal.vehicles.forms import HistoryDraft, VehicleDraft, VehicleForm
from portal.vehicles.models import Customer
from portal.vehicles.vehicles import KeptVehicle
from portal.vehicles.vin import cli_view as vin_texts
from portal.vehicles.vin import vpic

Asked = Request[Any, Any, Any]
Form = Annotated[VehicleForm, Body(media_type=RequestEncodingType.URL_ENCODED)]
EntryForm = Annotated[HistoryDraft, Body(media_type=RequestEncodingType.URL_ENCODED)]
READ = needs(Permission.VEHICLES_READ)
EDIT = needs(Permission.VEHICLES_EDIT)
LINES = 50


@get("/vehicles", opt=READ)
async def index(
    request: Asked,
    db: DoorDb,
    q: FromQuery[str] = "",
    show: FromQuery[str] = "",
    after: FromQuery[str | None] = None,
    before: FromQuery[str | None] = None,
    enter: FromQuery[str] = "",
) -> Response[Any]:
    """With `q` the search's groups; `enter` leads straight to the only vehicle that fits."""
    home = f"/w/{member_of(db).slug}/vehicles"
    shown: dict[str, Any] = {"q": q, "show": show, "labels": labels, "home": home, "counts": None}
    if q.strip():
        found = await search.find(db, q)
        if enter and found.only_vehicle is not None:
            return Redirect(f"{home}/{found.only_vehicle.id}", status_code=303)
        shown |= {"found": found, "rows": None}
    else:
        cursors: dict[str, Any] = {"after": after, "before": before, "limit": LINES}
        due = due_month()
        rows = await (
            vehicles.list_due(db, until=due, **cursors)
            if show == "due"
            else vehicles.list_vehicles(db, **cursors)
        )
        shown |= {"found": None, "rows": rows}
    if request.headers.get("hx-target") == "found":
        return fragment(request, "vehicles/_found.html", **shown)
    if shown["found"] is None:
        shown["counts"] = await vehicles.count(db, due_until=due_month())
    return page(request, "vehicles/index.html", **shown)


@get("/vehicles/new", opt=EDIT)
async def new(
    request: Asked,
    db: DoorDb,
    customer: FromQuery[str] = "",
    plate: FromQuery[str] = "",
    vin: FromQuery[str] = "",
) -> Response[str]:
    keeper = await _named(db, customer)
    typed = VehicleForm(customer=customer, plate=plate, vin=vin)
    return _form(request, typed, keeper=keeper)


@get("/vehicles/vin-preview", opt=EDIT)
async def vin_preview(request: Asked, db: DoorDb, vin: FromQuery[str] = "") -> Response[str]:
    """What the number says while it is typed, and who has it already."""
    report = vins.decode(vin[:80])
    other = await vehicles.find_by_vin(db, str(report.normalized)) if report.accept else None
    return fragment(
        request,
        "vehicles/_vin_told.html",
        vin=report if report.accept or len(vin.strip()) >= vins.LENGTH else None,
        other=other,
        facts=vpic.find(report),
        texts=vin_texts,
    )


@post("/vehicles", opt=EDIT)
async def create(request: Asked, db: DoorDb, data: Form) -> Response[Any]:
    keeper = await _named(db, data.customer)
    try:
        vehicle = await vehicles.create(db, data, keeper=keeper, asks_back=True)
    except Invalid as problem:
        return _form(request, data, keeper=keeper, problem=problem)
    return Redirect(f"/w/{member_of(db).slug}/vehicles/{vehicle.id}", status_code=303)


@get("/vehicles/{vehicle_id:uuid}", opt=READ)
async def show(
    request: Asked,
    db: DoorDb,
    vehicle_id: FromPath[UUID],
    after: FromQuery[str | None] = None,
) -> Response[str]:
    kept = await vehicles.get(db, vehicle_id)
    return page(request, "vehicles/vehicle.html", **await _about(db, kept, after))


@get("/vehicles/{vehicle_id:uuid}/edit", opt=EDIT)
async def edit(request: Asked, db: DoorDb, vehicle_id: FromPath[UUID]) -> Response[str]:
    vehicle = (await vehicles.get(db, vehicle_id)).vehicle
    return _form(request, vehicles.draft_of(vehicle), vehicle_id=vehicle.id)


@post("/vehicles/{vehicle_id:uuid}", opt=EDIT)
async def change(
    request: Asked, db: DoorDb, vehicle_id: FromPath[UUID], data: Form
) -> Response[Any]:
    vehicle = (await vehicles.get(db, vehicle_id)).vehicle
    try:
        await vehicles.update(db, vehicle, data, asks_back=True)
    except Invalid as problem:
        return _form(request, data, vehicle_id=vehicle_id, problem=problem)
    return Redirect(f"/w/{member_of(db).slug}/vehicles/{vehicle_id}", status_code=303)


@post("/vehicles/{vehicle_id:uuid}/history", opt=EDIT)
async def add_entry(
    request: Asked, db: DoorDb, vehicle_id: FromPath[UUID], data: EntryForm
) -> Response[Any]:
    """With script the form, the history and the facts afresh; without it the page again."""
    kept = await vehicles.get(db, vehicle_id)
    by_script = bool(request.headers.get("hx-request"))
    try:
        await history.record_typed(db, kept.vehicle, data)
    except Invalid as problem:
        return (fragment if by_script else page)(
            request,
            "vehicles/_entry_form.html" if by_script else "vehicles/entry.html",
            status=problem.status,
            vehicle=kept.vehicle,
            draft=data,
            labels=labels,
            problem=problem,
        )
    if not by_script:
        return Redirect(f"/w/{member_of(db).slug}/vehicles/{vehicle_id}", status_code=303)
    told = {"close-dialog": {}, "toast": {"text": _("The entry is stored."), "tone": "success"}}
    headers = {"HX-Trigger": json.dumps(told)}  # a header is ASCII
    about = await _about(db, kept, None)
    return fragment(request, "vehicles/entry_added.html", headers=headers, **about)


def due_month() -> str:
    """Until when an HU counts as due soon: the end of next month."""
    today = clock.local(clock.now()).date()
    year, month = divmod(today.year * 12 + today.month, 12)
    return f"{year}-{month + 1:02}"


async def _named(db: Db, customer: str) -> Customer | None:
    if not customer:
        return None
    try:
        return await customers.get(db, UUID(customer))
    except ValueError as error:
        raise customers.CustomerNotFound from error


async def _about(db: Db, kept: KeptVehicle, after: str | None) -> dict[str, Any]:
    vehicle = kept.vehicle
    today = clock.local(clock.now()).date()
    entries = await history.list_entries(db, vehicle.id, after=after, limit=15)
    newest = () if after else (row.HistoryEntry for row in entries.items)
    return {
        "offer": inspections.offer_of(vehicle, newest),
        "vehicle": vehicle,
        "keeper": kept.keeper,
        "former_plates": kept.former_plates,
        "ownerships": await ownerships.of_vehicle(db, vehicle.id),
        "history": entries,
        "is_later_page": after is not None,
        "vin": vins.decode(vehicle.vin) if vehicle.vin else None,
        "draft": HistoryDraft(happened_on=today.strftime("%d.%m.%Y")),
        "problem": None,
        "labels": labels,
    }


def _form(
    request: Asked,
    draft: VehicleDraft,
    *,
    keeper: Customer | None = None,
    vehicle_id: UUID | None = None,
    problem: Invalid | None = None,
) -> Response[str]:
    return page(
        request,
        "vehicles/vehicle_form.html",
        status=problem.status if problem else 200,
        draft=draft,
        keeper=keeper,
        vehicle_id=vehicle_id,
        problem=problem,
        labels=labels,
    )


ROUTERS = [
    Router(
        "/w/{slug:str}",
        dependencies={"db": Provide(staff_db)},
        route_handlers=[index, new, vin_preview, create, show, edit, change, add_entry],
    )
]
