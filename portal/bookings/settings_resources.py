"""Lifts, people, loaner cars, inspectors and seats: the list, one of them, its weekly plans."""

from collections.abc import Sequence
from typing import Any
from uuid import UUID

from litestar import Response, get, post
from litestar.params import FromPath, FromQuery
from litestar.response import Redirect

from portal.bookings import affected, feeds, resource_drafts, resources, shifts, skills
from portal.bookings.affected import Affected
from portal.bookings.models import ResourceKind
from portal.bookings.resources import Kept, ResourceInUse
from portal.bookings.settings_frame import MANAGE, WORDS, Asked, home, saved, shown, wants_piece
from portal.bookings.settings_input import Typed, TypedBody
from portal.kit import clock
from portal.kit.db import Db
from portal.kit.errors import Invalid, NotFound, Problem
from portal.kit.pages import fragment
from portal.tenants import staff
from portal.tenants.boundary import DoorDb

FRESH = {"bookable_online": "true", "capacity_percent": "100"}


@get("/bookings/settings/resources", opt=MANAGE)
async def index(request: Asked, db: DoorDb) -> Response[str]:
    return shown(request, "settings_resources.html", **await _list(db))


@get("/bookings/settings/resources/new", opt=MANAGE)
async def new(request: Asked, db: DoorDb, kind: FromQuery[str] = "lift") -> Response[str]:
    return await _form(request, db, _kind(kind), FRESH)


@post("/bookings/settings/resources", opt=MANAGE)
async def create(request: Asked, db: DoorDb, data: TypedBody) -> Response[Any]:
    kind = _kind(data.get("kind", ""))
    people = await staff.everybody(db)
    try:
        draft = resource_drafts.read(kind, data, {person.id for person in people})
    except Invalid as problem:
        return await _form(request, db, kind, data, problem=problem)
    name = draft.columns.pop("name")
    for number in range(draft.count):
        numbered = name if draft.count == 1 else f"{name} {number + 1}"
        made = await resources.add(db, kind, numbered[:80], **draft.columns)
    if draft.skills:
        await skills.replace(db, Kept(made, [], [], []), draft.skills)
    needs_times = kind in {ResourceKind.INSPECTOR, ResourceKind.PERSON}
    return saved(db, f"/resources/{made.id}" if needs_times else "/resources")


@get("/bookings/settings/resources/{resource_id:uuid}", opt=MANAGE)
async def show(request: Asked, db: DoorDb, resource_id: FromPath[UUID]) -> Response[str]:
    now = clock.now()
    known = await resources.load(db, since=now)
    kept = resources.find(known, resource_id)
    kind = ResourceKind(kept.resource.kind)
    coming = await affected.affected(db, since=now, kept=known)
    mine = [a for a in coming if any(r.resource_id == resource_id for r in a.reasons)]
    typed = resource_drafts.typed_of(kept)
    return await _form(request, db, kind, typed, kept=kept, coming=mine)


@post("/bookings/settings/resources/{resource_id:uuid}", opt=MANAGE)
async def change(
    request: Asked, db: DoorDb, resource_id: FromPath[UUID], data: TypedBody
) -> Response[Any]:
    kept = await resources.get(db, resource_id)
    kind = ResourceKind(kept.resource.kind)
    known = {person.id for person in await staff.everybody(db)}
    try:
        draft = resource_drafts.read(kind, data, known)
    except Invalid as problem:
        return await _form(request, db, kind, data, kept=kept, problem=problem)
    await resources.edit(db, kept.resource, **draft.columns)
    if kind == ResourceKind.PERSON:
        await skills.replace(db, kept, draft.skills)
    return saved(db, f"/resources/{resource_id}")


@post("/bookings/settings/resources/{resource_id:uuid}/retirement", opt=MANAGE, status_code=303)
async def retire(db: DoorDb, resource_id: FromPath[UUID]) -> Redirect:
    await resources.set_in_use(db, (await resources.get(db, resource_id)).resource, active=False)
    return saved(db, f"/resources/{resource_id}")


@post("/bookings/settings/resources/{resource_id:uuid}/return", opt=MANAGE, status_code=303)
async def bring_back(db: DoorDb, resource_id: FromPath[UUID]) -> Redirect:
    await resources.set_in_use(db, (await resources.get(db, resource_id)).resource, active=True)
    return saved(db, f"/resources/{resource_id}")


@post("/bookings/settings/resources/{resource_id:uuid}/deletion", opt=MANAGE)
async def delete(request: Asked, db: DoorDb, resource_id: FromPath[UUID]) -> Response[Any]:
    kept = await resources.get(db, resource_id)
    try:
        await resources.delete(db, kept.resource)
    except ResourceInUse as problem:
        typed = resource_drafts.typed_of(kept)
        kind = ResourceKind(kept.resource.kind)
        return await _form(request, db, kind, typed, kept=kept, problem=problem)
    return saved(db, "/resources")


@post("/bookings/settings/resources/{resource_id:uuid}/place", opt=MANAGE)
async def move(
    request: Asked, db: DoorDb, resource_id: FromPath[UUID], data: TypedBody
) -> Response[Any]:
    resource = (await resources.get(db, resource_id)).resource
    await resources.shift_place(db, resource, -1 if data.get("step") == "up" else 1)
    answer = saved(db, "/resources")
    if wants_piece(request, "resource-list"):
        return fragment(
            request, "bookings/_settings_resource_list.html", **WORDS, **await _list(db)
        )
    return answer


@post("/bookings/settings/resources/{resource_id:uuid}/shifts", opt=MANAGE)
async def store_shifts(
    request: Asked, db: DoorDb, resource_id: FromPath[UUID], data: TypedBody
) -> Response[Any]:
    kept = await resources.get(db, resource_id)
    try:
        replaced = resource_drafts.replaced_plan(data)
        await shifts.store_plan(db, kept, resource_drafts.read_plan(data), instead_of=replaced)
    except Invalid as problem:
        typed = resource_drafts.typed_of(kept)
        kind = ResourceKind(kept.resource.kind)
        return await _form(request, db, kind, typed, kept=kept, plan=data, problem=problem)
    return saved(db, f"/resources/{resource_id}")


@post("/bookings/settings/resources/{resource_id:uuid}/shifts/removal", opt=MANAGE, status_code=303)
async def remove_shifts(db: DoorDb, resource_id: FromPath[UUID], data: TypedBody) -> Redirect:
    kept = await resources.get(db, resource_id)
    plan = resource_drafts.replaced_plan(data)
    if plan is not None:
        await shifts.remove_plan(db, kept, plan)
    return saved(db, f"/resources/{resource_id}")


async def _list(db: Db) -> dict[str, Any]:
    now = clock.now()
    kept = await resources.load(db, since=now)
    return {
        "kept": kept,
        "now": now,
        "today": clock.local(now).date(),
        "expiring": skills.expiring(kept, clock.local(now).date()),
        "base": home(db),
    }


async def _form(
    request: Asked,
    db: Db,
    kind: ResourceKind,
    typed: Typed,
    *,
    kept: Kept | None = None,
    plan: Typed | None = None,
    coming: Sequence[Affected] = (),
    problem: Problem | None = None,
) -> Response[str]:
    """One resource; a new one has no plans yet."""
    now = clock.now()
    plans = shifts.plans_of(kept.shifts) if kept else []
    return shown(
        request,
        "settings_resource.html",
        problem=problem,
        kind=kind,
        kept=kept,
        typed=typed,
        people=await staff.everybody(db) if kind == ResourceKind.PERSON else [],
        plans=plans,
        plan_forms=[resource_drafts.typed_plan(one) for one in plans],
        plan_typed=plan,
        today=clock.local(now).date(),
        warn=skills.WARN,
        affected=coming,
        feed_address=feeds.address(db, kept.resource) if kept else "",
    )


def _kind(typed: str) -> ResourceKind:
    try:
        return ResourceKind(typed)
    except ValueError as error:
        raise NotFound from error


HANDLERS = [
    index,
    new,
    create,
    show,
    change,
    retire,
    bring_back,
    delete,
    move,
    store_shifts,
    remove_shifts,
]
