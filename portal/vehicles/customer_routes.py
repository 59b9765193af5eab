"""Pages about customers, and who keeps which vehicle."""

from collections.abc import Sequence
from typing import Annotated, Any
from uuid import UUID

from litestar import Request, Response, Router, get, post
from litestar.di import Provide
from litestar.enums import RequestEncodingType
from litestar.params import Body, FromPath, FromQuery
from litestar.response import Redirect

from portal.kit.errors import Invalid
from portal.kit.pages import fragment, page
from portal.tenants.boundary import DoorDb, member_of, staff_db
from portal.tenants.permissions import Permission, needs
from portal.vehicles import customers, labels, ownerships, search, vehicles
from portal.vehicles.forms import CustomerDraft, CustomerForm, KeeperForm
from portal.vehicles.models import OwnershipRole, Vehicle
from portal.vehicles.routes import LINES, due_month
from portal.vehicles.typed import Reading

Asked = Request[Any, Any, Any]
Form = Annotated[CustomerForm, Body(media_type=RequestEncodingType.URL_ENCODED)]
Keeper = Annotated[KeeperForm, Body(media_type=RequestEncodingType.URL_ENCODED)]
READ = needs(Permission.CUSTOMERS_READ)
EDIT = needs(Permission.CUSTOMERS_EDIT)


@get("/customers", opt=READ)
async def index(
    request: Asked,
    db: DoorDb,
    after: FromQuery[str | None] = None,
    before: FromQuery[str | None] = None,
) -> Response[str]:
    return page(
        request,
        "vehicles/customers.html",
        rows=await customers.list_customers(db, after=after, before=before, limit=LINES),
        counts=await vehicles.count(db, due_until=due_month()),
        home=f"/w/{member_of(db).slug}/vehicles",
    )


@get("/customers/new", opt=EDIT)
async def new(
    request: Asked, db: DoorDb, vehicle: FromQuery[str] = "", name: FromQuery[str] = ""
) -> Response[str]:
    if vehicle:
        await vehicles.get(db, vehicle)
    return _form(request, CustomerForm(vehicle=vehicle, name=name))


@post("/customers", opt=EDIT)
async def create(request: Asked, db: DoorDb, data: Form) -> Response[Any]:
    """With `vehicle` the new customer becomes its keeper."""
    kept = (await vehicles.get(db, data.vehicle)).vehicle if data.vehicle else None
    try:
        customer = await customers.create(db, data, twin_allowed=bool(data.twin))
    except Invalid as problem:
        return _form(request, data, problem=problem)
    home = f"/w/{member_of(db).slug}"
    if kept is None:
        return Redirect(f"{home}/customers/{customer.id}", status_code=303)
    await ownerships.begin(db, kept, customer)
    return Redirect(f"{home}/vehicles/{kept.id}", status_code=303)


@get("/customers/{customer_id:uuid}", opt=READ)
async def show(request: Asked, db: DoorDb, customer_id: FromPath[UUID]) -> Response[str]:
    customer = await customers.get(db, customer_id)
    kept = await ownerships.of_customer(db, customer_id)
    return page(
        request, "vehicles/customer.html", customer=customer, ownerships=kept, labels=labels
    )


@get("/customers/{customer_id:uuid}/edit", opt=EDIT)
async def edit(request: Asked, db: DoorDb, customer_id: FromPath[UUID]) -> Response[str]:
    customer = await customers.get(db, customer_id)
    return _form(request, customers.draft_of(customer), customer_id=customer_id)


@post("/customers/{customer_id:uuid}", opt=EDIT)
async def change(
    request: Asked, db: DoorDb, customer_id: FromPath[UUID], data: Form
) -> Response[Any]:
    customer = await customers.get(db, customer_id)
    try:
        await customers.update(db, customer, data)
    except Invalid as problem:
        return _form(request, data, customer_id=customer_id, problem=problem)
    return Redirect(f"/w/{member_of(db).slug}/customers/{customer_id}", status_code=303)


@get("/vehicles/{vehicle_id:uuid}/keeper", opt=EDIT)
async def choose_keeper(
    request: Asked, db: DoorDb, vehicle_id: FromPath[UUID], q: FromQuery[str] = ""
) -> Response[str]:
    vehicle = (await vehicles.get(db, vehicle_id)).vehicle
    found = await search.find_customers(db, q)
    if request.headers.get("hx-target") == "found":
        return fragment(
            request, "vehicles/_keeper_choices.html", q=q, found=found, vehicle=vehicle, chosen=""
        )
    return _keeper_form(request, vehicle, KeeperForm(q=q), found)


@post("/vehicles/{vehicle_id:uuid}/keeper", opt=EDIT)
async def set_keeper(
    request: Asked, db: DoorDb, vehicle_id: FromPath[UUID], data: Keeper
) -> Response[Any]:
    vehicle = (await vehicles.get(db, vehicle_id)).vehicle
    try:
        reading = Reading()
        since = reading.day("since", data.since)
        role = reading.one_of("role", data.role, OwnershipRole, OwnershipRole.KEEPER)
        reading.end()
        customer = await customers.get(db, _id_of(data.customer))
        await ownerships.begin(db, vehicle, customer, role=role, since=since)
    except Invalid as problem:
        found = await search.find_customers(db, data.q)
        return _keeper_form(request, vehicle, data, found, problem)
    return Redirect(f"/w/{member_of(db).slug}/vehicles/{vehicle_id}", status_code=303)


@post("/ownerships/{ownership_id:uuid}/end", opt=EDIT)
async def end_ownership(db: DoorDb, ownership_id: FromPath[UUID]) -> Redirect:
    ownership = await ownerships.get(db, ownership_id)
    await ownerships.end(db, ownership)
    home = f"/w/{member_of(db).slug}/vehicles"
    return Redirect(f"{home}/{ownership.vehicle_id}", status_code=303)


def _keeper_form(
    request: Asked,
    vehicle: Vehicle,
    draft: KeeperForm,
    found: Sequence[search.FoundCustomer],
    problem: Invalid | None = None,
) -> Response[str]:
    return page(
        request,
        "vehicles/keeper.html",
        status=problem.status if problem else 200,
        vehicle=vehicle,
        draft=draft,
        found=found,
        problem=problem,
        labels=labels,
    )


def _id_of(typed: str) -> UUID:
    try:
        return UUID(typed)
    except ValueError as error:
        raise customers.CustomerNotFound from error


def _form(
    request: Asked,
    draft: CustomerDraft,
    *,
    customer_id: UUID | None = None,
    problem: Invalid | None = None,
) -> Response[str]:
    return page(
        request,
        "vehicles/customer_form.html",
        status=problem.status if problem else 200,
        draft=draft,
        customer_id=customer_id,
        problem=problem,
        labels=labels,
    )


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
            choose_keeper,
            set_keeper,
            end_ownership,
        ],
    )
]
