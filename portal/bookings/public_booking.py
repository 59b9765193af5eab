"""The booking page that a workshop links to: what, when, who, and that is it.

Four steps with addresses of their own and nothing kept in between: what was chosen travels along.
"""

from datetime import timedelta
from typing import Annotated, Any

from litestar import Request, Response, Router, get, post
from litestar.di import Provide
from litestar.enums import RequestEncodingType
from litestar.params import Body, FromPath, FromQuery
from litestar.response import Redirect

from portal.bookings import public_orders
from portal.bookings.public_days import PAGE_DAYS, by_day, page_from
from portal.bookings.public_forms import OrderForm
from portal.bookings.public_orders import Basket
from portal.bookings.public_paging import pages
from portal.bookings.public_shell import (
    LOOKING,
    NO_TOKEN,
    PROBLEMS,
    Shopfront,
    link_to,
    only_from_here,
    shopfront,
    show,
    spend,
    spend_booking,
)
from portal.bookings.reservations import SlotTaken
from portal.bookings.slots import SlotExpired, SlotInvalid
from portal.bookings.waitlist import today
from portal.kit.db import Db
from portal.kit.errors import Invalid
from portal.tenants.boundary import DoorDb, public_db

Asked = Request[Any, Any, Any]
Order = Annotated[OrderForm, Body(media_type=RequestEncodingType.URL_ENCODED)]


@get("/")
async def services_page(request: Asked, db: DoorDb, c: FromQuery[str] = "") -> Response[str]:
    front = await enter(request, db)
    groups = await public_orders.offered(db)
    nothing = await public_orders.basket(db, [])
    return show(
        request,
        "public_services.html",
        front,
        groups=groups,
        can_wait=any(one.can_wait for _name, group in groups for one in group),
        extras=await public_orders.extras(db),
        rules=nothing.rules,
        asks_first=nothing.asks_first,
        chosen=set(request.query_params.getall("service", [])),
        c=c,
    )


@get("/times")
async def times_page(
    request: Asked, db: DoorDb, slug: FromPath[str], from_day: FromQuery[str] = ""
) -> Response[Any]:
    front = await enter(request, db)
    wanted = await basket_of(request, db)
    if not wanted.services:
        return Redirect(f"/b/{slug}")
    if wanted.asks_first:
        return Redirect(f"/b/{slug}/details?{_query(request, wanted)}")

    async def find(first: Any) -> list[Any]:
        last = first + timedelta(days=PAGE_DAYS - 1)
        return list(await public_orders.times_for(db, wanted, first, last))

    horizon = wanted.rules.horizon_days
    first = page_from(from_day, today(), horizon)
    found = await pages(find, first, today(), horizon, asked=bool(from_day))
    return show(
        request,
        "public_book_times.html",
        front,
        basket=wanted,
        days=by_day(found.times),
        paging=found,
        query=_query(request, wanted),
        c=request.query_params.get("c", ""),
    )


@get("/details")
async def details_page(request: Asked, db: DoorDb, slot: FromQuery[str] = "") -> Response[Any]:
    front = await enter(request, db)
    wanted = await basket_of(request, db)
    if not wanted.asks_first and public_orders.time_of(db, slot) is None:
        return await _back_to_times(request, front, wanted)
    form = OrderForm(services=wanted.ids, slot=slot, c=request.query_params.get("c", ""))
    return _details(request, db, front, wanted, form)


@post("/bookings", status_code=303)
async def book(request: Asked, db: DoorDb, data: Order) -> Response[Any]:
    only_from_here(request)
    front = await enter(request, db)
    await spend_booking(request, db)
    wanted = await public_orders.basket(
        db, data.services.split(","), waits=bool(data.waits), loaner=bool(data.loaner)
    )
    try:
        async with db.begin_nested():
            booked = await public_orders.order(db, wanted, data)
    except (SlotTaken, SlotExpired, SlotInvalid) as taken:
        days = await _next_days(db, wanted)
        return _details(request, db, front, wanted, data, status=taken.status, days=days)
    except Invalid as wrong:
        errors = public_orders.errors_by_field(wrong)
        return _details(request, db, front, wanted, data, status=wrong.status, errors=errors)
    return Redirect(f"{link_to(db, 't', booked.id)}?done=booked", status_code=303)


async def enter(request: Asked, db: Db) -> Shopfront:
    """Every step counts against the address; problems are told in the workshop's own frame."""
    await spend(request, LOOKING)
    front = await shopfront(db)
    request.scope.setdefault("state", {})["shopfront"] = front
    return front


async def basket_of(request: Asked, db: Db) -> Basket:
    asked = request.query_params
    ids = [*asked.getall("service", []), *asked.get("services", "").split(",")]
    return await public_orders.basket(
        db, ids, waits=bool(asked.get("waits")), loaner=bool(asked.get("loaner"))
    )


async def _back_to_times(request: Asked, front: Shopfront, wanted: Basket) -> Redirect:
    query = _query(request, wanted)
    return Redirect(f"/b/{front.slug}/times?{query}" if wanted.services else f"/b/{front.slug}")


async def _next_days(db: Db, wanted: Basket) -> list[Any]:
    """What is free instead, as far as the eye reaches."""
    last = today() + timedelta(days=PAGE_DAYS * 2)
    return by_day(await public_orders.times_for(db, wanted, today(), last))[:6]


def _details(
    request: Asked,
    db: Db,
    front: Shopfront,
    wanted: Basket,
    form: OrderForm,
    *,
    status: int = 200,
    **more: Any,
) -> Response[str]:
    starts_at = public_orders.time_of(db, form.slot) if "days" not in more else None
    context = {"errors": {}, "days": None, **more}
    return show(
        request,
        "public_book_details.html",
        front,
        status=status,
        basket=wanted,
        form=form,
        starts_at=starts_at,
        early=public_orders.needs_early_start(wanted, starts_at),
        early_text=public_orders.early_start_text(),
        query=_query(request, wanted),
        **context,
    )


def _query(request: Asked, wanted: Basket) -> str:
    """What was chosen so far, for the address of the next or the previous step."""
    parts = [f"services={wanted.ids}"]
    parts += ["waits=1"] if wanted.waits else []
    parts += ["loaner=1"] if wanted.loaner else []
    reference = request.query_params.get("c", "")
    safe = all(sign.isalnum() or sign in "-_.:" for sign in reference)
    parts += [f"c={reference}"] if reference and safe else []
    return "&".join(parts)


booking = Router(
    "/b/{slug:str}",
    dependencies={"db": Provide(public_db)},
    opt=NO_TOKEN,
    exception_handlers=PROBLEMS,
    route_handlers=[services_page, times_page, details_page, book],
)
ROUTERS = [booking]
