"""The page behind the signed link of a mail: a customer's own appointment.

Opening a link changes nothing, because mail scanners open every one; only forms do.
"""

from datetime import date
from typing import Annotated, Any

import msgspec
from litestar import Request, Response, Router, get, post
from litestar.di import Provide
from litestar.enums import RequestEncodingType
from litestar.params import Body, FromPath, FromQuery
from litestar.response import Redirect

from portal.bookings import public_appointments as customers_view
from portal.bookings.calendar_files import NAME, Method, invitation
from portal.bookings.notice_facts import Person, of_appointment
from portal.bookings.public_appointments import Shown, TimeTaken, TooLate
from portal.bookings.public_days import by_day, page_from
from portal.bookings.public_forms import CancelForm, TimeForm
from portal.bookings.public_paging import pages
from portal.bookings.public_shell import (
    LINK_LOOKING,
    NO_TOKEN,
    PROBLEMS,
    QUIET,
    Shopfront,
    only_from_here,
    shopfront,
    show,
    spend,
)
from portal.bookings.waitlist import today
from portal.kit.db import Db
from portal.kit.errors import NotFound
from portal.kit.text import speaking
from portal.tenants.boundary import DoorDb, owner_db, parts_of

Asked = Request[Any, Any, Any]
Time = Annotated[TimeForm, Body(media_type=RequestEncodingType.URL_ENCODED)]
Cancel = Annotated[CancelForm, Body(media_type=RequestEncodingType.URL_ENCODED)]


@get("/")
async def appointment_page(
    request: Asked, db: DoorDb, link: FromPath[str], done: FromQuery[str] = ""
) -> Response[str]:
    seen, front = await _open(request, db)
    if seen.is_past:
        return show(request, "public_over.html", front, language=seen.appointment.locale)
    total, is_fixed = customers_view.price_of(seen)
    return show(
        request,
        "public_appointment.html",
        front,
        language=seen.appointment.locale,
        seen=seen,
        one=seen.appointment,
        link=link,
        done=done,
        total=total,
        is_fixed=is_fixed,
    )


@get("/times")
async def times_page(
    request: Asked,
    db: DoorDb,
    link: FromPath[str],
    from_day: FromQuery[str] = "",
) -> Response[Any]:
    seen, front = await _open(request, db)
    if not (seen.can_move or seen.needs_time):
        return Redirect(f"/t/{link}")
    return await _times(request, db, seen, front, link, from_day)


@post("/time", status_code=303)
async def choose_time(request: Asked, db: DoorDb, link: FromPath[str], data: Time) -> Response[Any]:
    only_from_here(request)
    seen, front = await _open(request, db)
    done = "chosen" if seen.needs_time else "moved"
    try:
        await customers_view.choose(db, seen, data.time)
    except TimeTaken as taken:
        return await _times(request, db, seen, front, link, data.from_day, status=taken.status)
    except TooLate as late:
        return await _times(request, db, seen, front, link, data.from_day, status=late.status)
    return Redirect(f"/t/{link}?done={done}", status_code=303)


@get("/cancellation")
async def cancellation_page(request: Asked, db: DoorDb, link: FromPath[str]) -> Response[Any]:
    seen, front = await _open(request, db)
    if not seen.can_cancel:
        return Redirect(f"/t/{link}")
    return show(
        request,
        "public_cancel.html",
        front,
        language=seen.appointment.locale,
        seen=seen,
        one=seen.appointment,
        link=link,
    )


@post("/cancellation", status_code=303)
async def cancel(request: Asked, db: DoorDb, link: FromPath[str], data: Cancel) -> Redirect:
    only_from_here(request)
    seen, _front = await _open(request, db)
    await customers_view.cancel(db, seen, data.why)
    return Redirect(f"/t/{link}?done=cancelled", status_code=303)


@post("/attendance", status_code=303)
async def promise(request: Asked, db: DoorDb, link: FromPath[str]) -> Redirect:
    only_from_here(request)
    seen, _front = await _open(request, db)
    await customers_view.promise(db, seen)
    return Redirect(f"/t/{link}?done=attending", status_code=303)


@get("/appointment.ics")
async def calendar_file(request: Asked, db: DoorDb) -> Response[bytes]:
    """For the customer's own calendar; it names nobody."""
    seen, front = await _open(request, db)
    if seen.is_past or seen.appointment.starts_at is None:
        raise NotFound
    settings = parts_of(request).settings
    facts = await of_appointment(db, settings, seen.appointment.id)
    assert facts is not None  # noqa: S101  # it was there a moment ago
    nobody = msgspec.structs.replace(facts, person=Person(), reason="")
    with speaking(seen.appointment.locale):
        content = invitation(nobody, Method.PUBLISH, organizer=front.email)
    headers = {**QUIET, "Content-Disposition": f'attachment; filename="{NAME}"'}
    return Response(content, media_type="text/calendar", headers=headers)


@get("/offer")
async def offer_of_a_mail(link: FromPath[str]) -> Redirect:
    """Offers have pages of their own."""
    return Redirect(f"/o/{link}")


async def _open(request: Asked, db: Db) -> tuple[Shown, Shopfront]:
    await spend(request, LINK_LOOKING)
    front = await shopfront(db)
    request.scope.setdefault("state", {})["shopfront"] = front
    return await customers_view.shown(db), front


async def _times(
    request: Asked,
    db: Db,
    seen: Shown,
    front: Shopfront,
    link: str,
    from_day: str,
    *,
    status: int = 200,
) -> Response[str]:
    if not (seen.can_move or seen.needs_time):
        raise TooLate

    async def find(first: date) -> list[Any]:
        return list(await customers_view.times_for(db, seen, first))

    first = page_from(from_day, today(), seen.rules.horizon_days)
    found = await pages(find, first, today(), seen.rules.horizon_days, asked=bool(from_day))
    return show(
        request,
        "public_times.html",
        front,
        status=status,
        language=seen.appointment.locale,
        seen=seen,
        one=seen.appointment,
        link=link,
        days=by_day(found.times),
        paging=found,
        taken=status != 200,
    )


links = Router(
    "/t/{link:str}",
    dependencies={"db": Provide(owner_db)},
    opt=NO_TOKEN,
    exception_handlers=PROBLEMS,
    route_handlers=[
        appointment_page,
        times_page,
        choose_time,
        cancellation_page,
        cancel,
        promise,
        calendar_file,
        offer_of_a_mail,
    ],
)
ROUTERS = [links]
