"""The dialog "new appointment": search, free times, booking."""

from typing import Any
from uuid import UUID

from litestar import Request, Response, get, post
from litestar.params import FromQuery
from litestar.response import Redirect

from portal.bookings import appointments, planner_new, planner_pages, planner_replies
from portal.bookings.models import Origin
from portal.bookings.planner_forms import NewForm, read_ids, read_new
from portal.bookings.reservations import NothingFree
from portal.kit.db import Db
from portal.kit.errors import Problem
from portal.kit.pages import fragment, page
from portal.kit.text import _
from portal.tenants.boundary import DoorDb, member_of, undo
from portal.tenants.permissions import Permission, needs

EDIT = needs(Permission.BOOKINGS_EDIT)

Asked = Request[Any, Any, Any]
Words = FromQuery[str]


@get("/bookings/new", opt=EDIT)
async def new(
    request: Asked,
    db: DoorDb,
    vehicle: FromQuery[UUID | None] = None,
    customer: FromQuery[UUID | None] = None,
    conversation: Words = "",
    date: Words = "",
    time: Words = "",
    lift: Words = "",
    person: Words = "",
    loaner: Words = "",
) -> Response[str]:
    """The form on a page of its own, or in the calendar's dialog."""
    form = NewForm(
        at="own" if date and time else "",
        own_date=date[:10],
        own_time=time[:5],
        lift=lift[:40],
        person=person[:40],
        loaner=loaner[:40],
        source=conversation[:40],
    )
    found = await planner_new.known(db, vehicle, customer)
    facts = {
        **await planner_new.form_facts(db, form),
        "found": found,
        "fresh": planner_new.Fresh(),
        "q": "",
        "problem": None,
    }
    if request.headers.get("hx-target") == "new-body":
        return fragment(request, "bookings/planner/_new.html", **facts)
    return page(request, "bookings/planner/new.html", **facts)


@get("/bookings/new/people", opt=EDIT)
async def find_people(request: Asked, db: DoorDb, q: Words = "") -> Response[str]:
    return fragment(
        request,
        "bookings/planner/_people.html",
        **planner_pages.frame(db),
        found=await planner_new.candidates(db, q),
        fresh=planner_new.fresh(q),
        q=q[:80],
    )


@get("/bookings/new/times", opt=EDIT)
async def find_times(
    request: Asked,
    db: DoorDb,
    minutes: Words = "",
    origin: Words = "",
    waits: Words = "",
    wants_loaner: Words = "",
    at: Words = "",
    own_date: Words = "",
    own_time: Words = "",
    lift: Words = "",
    person: Words = "",
    loaner: Words = "",
) -> Response[str]:
    """Free times for what is ticked."""
    form = NewForm(
        origin=Origin.WALK_IN if origin == Origin.WALK_IN else Origin.PHONE,
        services=read_ids(request.query_params.getall("services", [])),
        minutes=minutes,
        waits=waits,
        wants_loaner=wants_loaner,
        at=at if at in {"own", "now", "later"} else "",
        own_date=own_date[:10],
        own_time=own_time[:5],
        lift=lift[:40],
        person=person[:40],
        loaner=loaner[:40],
    )
    return fragment(
        request, "bookings/planner/_times.html", **await planner_new.form_facts(db, form)
    )


@post("/bookings", opt=EDIT)
async def create(request: Asked, db: DoorDb) -> Response[Any]:
    """Books; what stands against it comes back in words above the form's buttons."""
    form = read_new(await request.form())
    try:
        made = await appointments.book(db, planner_new.draft_of(form))
    except Problem as problem:
        if problem.status not in {404, 409, 422} or not request.headers.get("hx-request"):
            raise
        await undo(db)
        return _refused(request, db, form, problem)
    if not request.headers.get("hx-request"):
        return Redirect(f"/w/{member_of(db).slug}/bookings/{made.id}", status_code=303)
    if made.starts_at is None:
        said = _("%(code)s is noted as a request.", code=made.code)
    else:
        time = planner_replies.when(made.starts_at)
        said = _("%(code)s is booked: %(time)s", code=made.code, time=time)
    return planner_replies.told(said, close=True)


def _refused(request: Asked, db: Db, form: NewForm, problem: Problem) -> Response[str]:
    reasons = problem.extra.get("conflicts", []) if isinstance(problem, NothingFree) else []
    return fragment(
        request,
        "bookings/planner/_problem.html",
        status=409 if problem.status == 404 else problem.status,
        **planner_pages.frame(db),
        form=form,
        problem=problem,
        reasons=reasons,
        may_force=planner_replies.may_force(reasons),
    )


HANDLERS = [new, find_people, find_times, create]
