"""The calendar's pages: a day, a week, a month, what waits and what is stuck, and its stream."""

from typing import Any

from litestar import Request, Response, Router, get
from litestar.di import Provide
from litestar.params import FromQuery
from litestar.response import Stream

from portal.bookings import (
    diary,
    planner_live,
    planner_new_routes,
    planner_pages,
    planner_visit_routes,
)
from portal.bookings.planner_view import read, today
from portal.kit.pages import fragment, page
from portal.tenants.boundary import DoorDb, member_of, parts_of, staff_db, workshop_id_of
from portal.tenants.permissions import Permission, needs

READ = needs(Permission.BOOKINGS_READ)

Asked = Request[Any, Any, Any]
Words = FromQuery[str]


@get("/bookings", opt=READ)
async def index(
    request: Asked, db: DoorDb, view: Words = "", date: Words = "", by: Words = ""
) -> Response[str]:
    """The calendar; asked by itself for a change, only what changes."""
    known = await planner_pages.calendar(db, read(view, date, by))
    if request.headers.get("hx-target") == "calendar":
        return fragment(request, "bookings/planner/changed.html", **known)
    return page(request, "bookings/planner/index.html", **known)


@get("/bookings/events", opt=READ)
async def listen(request: Asked, db: DoorDb, seen: Words = "") -> Stream:
    known = request.headers.get("last-event-id") or seen
    return planner_live.stream(parts_of(request), workshop_id_of(db), member_of(db), known)


@get("/bookings/requests", opt=READ)
async def requests(request: Asked, db: DoorDb) -> Response[str]:
    known = await planner_pages.lists(db)
    entries = await diary.requests(db)
    return page(request, "bookings/planner/requests.html", **known, entries=entries)


@get("/bookings/stuck", opt=READ)
async def stuck(request: Asked, db: DoorDb) -> Response[str]:
    return page(request, "bookings/planner/stuck.html", **await planner_pages.stuck(db))


@get("/bookings/affected", opt=READ)
async def affected(request: Asked, db: DoorDb) -> Response[str]:
    """What cannot stay as planned; for the badge only how many."""
    found = await planner_pages.affected_ones(db)
    if request.headers.get("hx-target") == "count-affected":
        return Response(str(len(found) or ""), media_type="text/html")
    known = await planner_pages.lists(db)
    return page(request, "bookings/planner/affected.html", **known, found=found)


@get("/bookings/print", opt=READ)
async def print_day(request: Asked, db: DoorDb, date: Words = "") -> Response[str]:
    """A sheet of paper for the wall: who works on what, one line for each visit."""
    day = read("day", date or today().isoformat(), "").day
    entries = planner_pages.on_paper(await diary.between(db, day, day, with_over=False), day)
    known = planner_pages.frame(db)
    return page(request, "bookings/planner/print.html", **known, day=day, entries=entries)


ROUTERS = [
    Router(
        "/w/{slug:str}",
        dependencies={"db": Provide(staff_db)},
        route_handlers=[
            index,
            listen,
            requests,
            stuck,
            affected,
            print_day,
            *planner_new_routes.HANDLERS,
            *planner_visit_routes.HANDLERS,
        ],
    )
]
