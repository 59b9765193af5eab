"""The waiting list as customers see it: signing up, being offered a time, taking it, leaving."""

from typing import Annotated, Any

from litestar import Request, Response, Router, get, post
from litestar.di import Provide
from litestar.enums import RequestEncodingType
from litestar.params import Body, FromQuery
from litestar.response import Redirect

from portal.bookings import public_orders, waitlist, waitlist_offers
from portal.bookings.models import Waiting, WaitlistEntry
from portal.bookings.public_booking import basket_of, enter
from portal.bookings.public_forms import WaitForm
from portal.bookings.public_orders import Basket, errors_by_field
from portal.bookings.public_shell import (
    LINK_LOOKING,
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
from portal.bookings.waitlist_offers import Invited
from portal.kit.db import Db
from portal.kit.errors import Invalid
from portal.tenants.boundary import DoorDb, owner_db, public_db, visitor_of

Asked = Request[Any, Any, Any]
Wait = Annotated[WaitForm, Body(media_type=RequestEncodingType.URL_ENCODED)]


@get("/")
async def waiting_page(request: Asked, db: DoorDb) -> Response[str]:
    front = await enter(request, db)
    wanted = await basket_of(request, db)
    form = WaitForm(services=wanted.ids, from_day=waitlist.today().isoformat())
    return _form(request, front, wanted, form)


@post("/", status_code=303)
async def sign_up(request: Asked, db: DoorDb, data: Wait) -> Response[Any]:
    only_from_here(request)
    front = await enter(request, db)
    await spend_booking(request, db)
    wanted = await public_orders.basket(db, data.services.split(","))
    try:
        async with db.begin_nested():
            entry = await public_orders.wait(db, wanted, data)
    except Invalid as wrong:
        errors = errors_by_field(wrong)
        return _form(request, front, wanted, data, status=wrong.status, errors=errors)
    return Redirect(f"{link_to(db, 'o', entry.id)}?done=joined", status_code=303)


@get("/")
async def offer_page(request: Asked, db: DoorDb, done: FromQuery[str] = "") -> Response[str]:
    """What the link is about: an offer, or a place on the list."""
    front = await _enter(request, db)
    link = request.path_params["link"]
    asked = await _invited(db)
    if asked is None:
        entry = await waitlist.get(db, visitor_of(db).subject)
        return show(request, "public_place.html", front, entry=entry, link=link, done=done)
    is_mine = asked.invitation.answer == waitlist_offers.ACCEPTED
    mine = asked.entry.appointment_id if is_mine else None
    return show(
        request,
        "public_offer.html",
        front,
        asked=asked,
        entry=asked.entry,
        offer=asked.offer,
        link=link,
        still_waits=asked.entry.state == Waiting.WAITING,
        appointment_link=link_to(db, "t", mine) if mine else "",
        done=done,
    )


@post("/acceptance", status_code=303)
async def accept(request: Asked, db: DoorDb) -> Redirect:
    only_from_here(request)
    await _enter(request, db)
    booked = await waitlist_offers.accept(db, visitor_of(db).subject)
    if booked is None:
        return Redirect(f"/o/{request.path_params['link']}?done=late", status_code=303)
    return Redirect(f"{link_to(db, 't', booked.id)}?done=booked", status_code=303)


@post("/refusal", status_code=303)
async def decline(request: Asked, db: DoorDb) -> Redirect:
    only_from_here(request)
    await _enter(request, db)
    await waitlist_offers.decline(db, visitor_of(db).subject)
    return Redirect(f"/o/{request.path_params['link']}?done=declined", status_code=303)


@post("/leaving", status_code=303)
async def leave(request: Asked, db: DoorDb) -> Redirect:
    only_from_here(request)
    await _enter(request, db)
    asked = await _invited(db)
    entry: WaitlistEntry = asked.entry if asked else await waitlist.get(db, visitor_of(db).subject)
    await waitlist_offers.leave(db, entry)
    return Redirect(f"/o/{request.path_params['link']}?done=left", status_code=303)


async def _enter(request: Asked, db: Db) -> Shopfront:
    await spend(request, LINK_LOOKING)
    front = await shopfront(db)
    request.scope.setdefault("state", {})["shopfront"] = front
    return front


async def _invited(db: Db) -> Invited | None:
    try:
        return await waitlist_offers.get(db, visitor_of(db).subject)
    except waitlist_offers.InvitationNotFound:
        return None


def _form(
    request: Asked,
    front: Shopfront,
    wanted: Basket,
    form: WaitForm,
    *,
    status: int = 200,
    errors: dict[str, Any] | None = None,
) -> Response[str]:
    return show(
        request,
        "public_wait.html",
        front,
        status=status,
        basket=wanted,
        form=form,
        errors=errors or {},
        today=waitlist.today(),
    )


signing_up = Router(
    "/b/{slug:str}/waitlist",
    dependencies={"db": Provide(public_db)},
    opt=NO_TOKEN,
    exception_handlers=PROBLEMS,
    route_handlers=[waiting_page, sign_up],
)
offers = Router(
    "/o/{link:str}",
    dependencies={"db": Provide(owner_db)},
    opt=NO_TOKEN,
    exception_handlers=PROBLEMS,
    route_handlers=[offer_page, accept, decline, leave],
)
ROUTERS = [signing_up, offers]
