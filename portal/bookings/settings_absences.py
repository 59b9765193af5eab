"""Absences: the strip of the coming weeks, the sick call, school weeks, what is affected.

Whoever takes appointments may enter them: the advisor answers the phone.
"""

from typing import Any
from uuid import UUID

from litestar import Response, get, post
from litestar.params import FromPath, FromQuery
from litestar.response import Redirect

from portal.bookings import absence_drafts, absence_strip, absences, affected, hours, resources
from portal.bookings.models import Absence, ResourceKind
from portal.bookings.settings_frame import ENTER, Asked, saved, shown
from portal.bookings.settings_input import Answers, Typed, TypedBody
from portal.kit import clock
from portal.kit.db import Db
from portal.kit.errors import Invalid
from portal.tenants.boundary import DoorDb, member_of


@get("/bookings/settings/absences", opt=ENTER)
async def index(
    request: Asked,
    db: DoorDb,
    resource: FromQuery[str] = "",
    kind: FromQuery[str] = "",
    day: FromQuery[str] = "",
) -> Response[str]:
    """`day` is one of the weeks shown; `resource` and `kind` fill in the form."""
    today = clock.local(clock.now()).date().isoformat()
    typed = {"resource": resource, "kind": kind or "sick", "first": today, "last": today}
    return await _page(request, db, typed=typed, day=day)


@post("/bookings/settings/absences", opt=ENTER)
async def enter(request: Asked, db: DoorDb, data: TypedBody) -> Response[Any]:
    known = await resources.active_of(db)
    try:
        draft = absence_drafts.read(data, known)
    except Invalid as problem:
        return await _page(request, db, typed=data, problem=problem)
    resource = next(one for one in known if one.id == draft.resource_id)
    absence = await absences.enter(
        db,
        resource,
        kind=draft.kind,
        starts_at=draft.starts_at,
        ends_at=draft.ends_at,
        note=draft.note,
    )
    return saved(db, f"/absences/{absence.id}")


@post("/bookings/settings/absences/school", opt=ENTER)
async def enter_school(request: Asked, db: DoorDb, data: TypedBody) -> Response[Any]:
    known = await resources.active_of(db, ResourceKind.PERSON)
    try:
        draft = absence_drafts.read_school(data, known, clock.local(clock.now()).date())
    except Invalid as problem:
        return await _page(request, db, school=data, problem=problem)
    person = next(one for one in known if one.id == draft.resource_id)
    await absences.enter_school(db, person, draft.days)
    return saved(db, "/absences")


@get("/bookings/settings/absences/{absence_id:uuid}", opt=ENTER)
async def show(request: Asked, db: DoorDb, absence_id: FromPath[UUID]) -> Response[str]:
    absence = await absences.get(db, absence_id)
    return await _one(request, db, absence, absence_drafts.typed_of(absence))


@post("/bookings/settings/absences/{absence_id:uuid}", opt=ENTER)
async def change(
    request: Asked, db: DoorDb, absence_id: FromPath[UUID], data: TypedBody
) -> Response[Any]:
    absence = await absences.get(db, absence_id)
    known = [one.resource for one in await resources.load(db)]
    try:
        draft = absence_drafts.read(data, known)
    except Invalid as problem:
        return await _one(request, db, absence, data, problem=problem)
    resource = next(one for one in known if one.id == draft.resource_id)
    await absences.edit(
        db,
        absence,
        resource,
        kind=draft.kind,
        starts_at=draft.starts_at,
        ends_at=draft.ends_at,
        note=draft.note,
    )
    return saved(db, f"/absences/{absence_id}")


@post("/bookings/settings/absences/{absence_id:uuid}/removal", opt=ENTER, status_code=303)
async def remove(db: DoorDb, absence_id: FromPath[UUID]) -> Redirect:
    await absences.remove(db, await absences.get(db, absence_id))
    return saved(db, "/absences")


async def _page(
    request: Asked,
    db: Db,
    *,
    typed: Typed | None = None,
    school: Typed | None = None,
    day: str = "",
    problem: Invalid | None = None,
) -> Response[str]:
    today = clock.local(clock.now()).date()
    wanted = Answers({"day": day}).calendar_day("day")
    first = absence_strip.first_day(today, wanted)
    profile = member_of(db).profile
    week = await hours.load_week(db, profile.federal_state if profile else "", since=first)
    days = absence_strip.days_from(first, week, today)
    known = absence_strip.in_order(await resources.active_of(db))
    away = await absences.between(db, first, days[-1].on)
    return shown(
        request,
        "settings_absences.html",
        problem=problem,
        typed=typed or {"kind": "sick"},
        school_typed=school or {"how": "weeks", "year": str(today.year)},
        wrong_form="school" if problem and school is not None else "absence",
        days=days,
        earlier=first - absence_strip.STEP,
        later=first + absence_strip.STEP,
        strip=absence_strip.lines(known, away, days),
        known=known,
        away=[one for one in away if one.ends_at > clock.now() or first > today],
        names={one.id: one.name for one in known},
        absences=absences,
        today=today,
    )


async def _one(
    request: Asked, db: Db, absence: Absence, typed: Typed, *, problem: Invalid | None = None
) -> Response[str]:
    kept = await resources.load(db, since=min(clock.now(), absence.starts_at))
    found = []
    if absence.ends_at > clock.now() and not problem:
        since = max(clock.now(), absence.starts_at)
        found = await affected.affected(db, since=since, until=absence.ends_at, kept=kept)
    mine = absence.resource_id
    return shown(
        request,
        "settings_absence.html",
        problem=problem,
        absence=absence,
        typed=typed,
        known=[one.resource for one in kept if one.resource.active or one.resource.id == mine],
        resource=next(one.resource for one in kept if one.resource.id == mine),
        affected=[a for a in found if any(r.resource_id == mine for r in a.reasons)],
        absences=absences,
    )


HANDLERS = [index, enter, enter_school, show, change, remove]
