"""The waiting list and the withdrawals, as staff sees them."""

from datetime import datetime, timedelta
from typing import Annotated, Any
from uuid import UUID

from litestar import Request, Response, Router, get, post
from litestar.di import Provide
from litestar.enums import RequestEncodingType
from litestar.params import Body, FromPath
from litestar.response import Redirect

from portal.bookings import (
    planner_pages,
    public_orders,
    services,
    slots,
    waitlist,
    waitlist_offers,
    withdrawals,
)
from portal.bookings.public_days import FreeTime, by_day, length, weekday
from portal.bookings.public_forms import TimeForm, WaitForm
from portal.bookings.public_orders import errors_by_field
from portal.bookings.waitlist_offers import NothingFits
from portal.kit import clock
from portal.kit.db import Db
from portal.kit.errors import Invalid
from portal.kit.pages import page
from portal.tenants.boundary import DoorDb, member_of, staff_db
from portal.tenants.permissions import Permission, needs

Asked = Request[Any, Any, Any]
READ, EDIT = needs(Permission.BOOKINGS_READ), needs(Permission.BOOKINGS_EDIT)
Wait = Annotated[WaitForm, Body(media_type=RequestEncodingType.URL_ENCODED)]
Time = Annotated[TimeForm, Body(media_type=RequestEncodingType.URL_ENCODED)]
TIMES_SHOWN = 60
LONGEST_LOOK = timedelta(days=28)


@get("/waitlist", opt=READ)
async def list_page(request: Asked, db: DoorDb) -> Response[str]:
    known = await planner_pages.lists(db)
    rows = await waitlist_offers.list_waiting(db)
    return page(
        request, "bookings/waitlist/index.html", **known, rows=rows, length=length, weekday=weekday
    )


@get("/waitlist/new", opt=EDIT)
async def new_page(request: Asked, db: DoorDb) -> Response[str]:
    form = WaitForm(from_day=waitlist.today().isoformat())
    return await _form(request, db, form)


@post("/waitlist", status_code=303, opt=EDIT)
async def add(request: Asked, db: DoorDb, slug: FromPath[str], data: Wait) -> Response[Any]:
    wanted = await public_orders.basket(db, list(data.services_chosen), online=False)
    try:
        async with db.begin_nested():
            await public_orders.wait(db, wanted, data, by_staff=True)
    except Invalid as wrong:
        return await _form(request, db, data, status=wrong.status, errors=errors_by_field(wrong))
    return Redirect(f"/w/{slug}/bookings/waitlist", status_code=303)


@post("/waitlist/{waiting_id:uuid}/removal", status_code=303, opt=EDIT)
async def remove(db: DoorDb, slug: FromPath[str], waiting_id: FromPath[UUID]) -> Redirect:
    await waitlist_offers.leave(db, await waitlist.get(db, waiting_id))
    return Redirect(f"/w/{slug}/bookings/waitlist", status_code=303)


@get("/waitlist/{waiting_id:uuid}/offer", opt=EDIT)
async def times_page(request: Asked, db: DoorDb, waiting_id: FromPath[UUID]) -> Response[str]:
    return await _times(request, db, waiting_id)


@post("/waitlist/{waiting_id:uuid}/offer", status_code=303, opt=EDIT)
async def offer(
    request: Asked, db: DoorDb, slug: FromPath[str], waiting_id: FromPath[UUID], data: Time
) -> Response[Any]:
    entry = await waitlist.get(db, waiting_id)
    try:
        await waitlist_offers.offer_by_hand(db, entry, _moment(data.time))
    except NothingFits as full:
        return await _times(request, db, waiting_id, status=full.status)
    return Redirect(f"/w/{slug}/bookings/waitlist", status_code=303)


@get("/withdrawals", opt=READ)
async def withdrawals_page(request: Asked, db: DoorDb) -> Response[str]:
    known = await planner_pages.lists(db)
    rows = await withdrawals.list_all(db)
    return page(request, "bookings/waitlist/withdrawals.html", **known, rows=rows)


@post("/withdrawals/{withdrawal_id:uuid}/handling", status_code=303, opt=EDIT)
async def handle(db: DoorDb, slug: FromPath[str], withdrawal_id: FromPath[UUID]) -> Redirect:
    await withdrawals.handle(db, withdrawal_id, by=member_of(db).name)
    return Redirect(f"/w/{slug}/bookings/withdrawals", status_code=303)


async def _form(
    request: Asked,
    db: Db,
    form: WaitForm,
    *,
    status: int = 200,
    errors: dict[str, Any] | None = None,
) -> Response[str]:
    return page(
        request,
        "bookings/waitlist/new.html",
        status=status,
        form=form,
        errors=errors or {},
        services=await services.list_services(db),
        home=_home(db),
        length=length,
    )


async def _times(request: Asked, db: Db, waiting_id: UUID, *, status: int = 200) -> Response[str]:
    entry = await waitlist.get(db, waiting_id)
    first = max(entry.from_day, waitlist.today())
    last = min(entry.to_day, first + LONGEST_LOOK)
    still_there = await services.still_offered(db, entry.service_ids)
    found = await slots.find(
        db, still_there, first, last, minutes=entry.minutes, online=False, limit=TIMES_SHOWN
    )
    times = [
        FreeTime(value=clock.rfc3339(one.starts_at), starts_at=one.starts_at, ends_at=one.ends_at)
        for one in found
    ]
    return page(
        request,
        "bookings/waitlist/offer.html",
        status=status,
        entry=entry,
        days=by_day(times),
        home=_home(db),
        length=length,
        taken=status != 200,
    )


def _home(db: Db) -> str:
    return f"/w/{member_of(db).slug}/bookings"


def _moment(value: str) -> datetime:
    """Raises `NothingFits`."""
    try:
        found = datetime.fromisoformat(value)
    except ValueError as error:
        raise NothingFits from error
    if found.tzinfo is None:
        raise NothingFits
    return found


waiting = Router(
    "/w/{slug:str}/bookings",
    dependencies={"db": Provide(staff_db)},
    route_handlers=[
        list_page,
        new_page,
        add,
        remove,
        times_page,
        offer,
        withdrawals_page,
        handle,
    ],
)
ROUTERS = [waiting]
