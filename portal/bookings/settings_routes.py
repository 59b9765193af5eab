"""The booking settings: what is set up already, what is missing, and how bookings are taken."""

from typing import Any

from litestar import Response, Router, get, post
from litestar.di import Provide
from sqlalchemy import func, select

from portal.bookings import (
    affected,
    hours,
    opening_texts,
    resources,
    rule_drafts,
    rules,
    settings_absences,
    settings_hours,
    settings_resources,
    settings_services,
    skills,
)
from portal.bookings.models import Service
from portal.bookings.settings_frame import MANAGE, Asked, saved, shown
from portal.bookings.settings_input import Typed, TypedBody
from portal.bookings.states import STATES
from portal.kit import clock
from portal.kit.errors import Invalid
from portal.kit.outbox import later
from portal.tenants import audit
from portal.tenants.boundary import DoorDb, member_of, staff_db


@get("/bookings/settings", opt=MANAGE)
async def overview(request: Asked, db: DoorDb) -> Response[str]:
    now = clock.now()
    today = clock.local(now).date()
    profile = member_of(db).profile
    week = await hours.load_week(db, profile.federal_state if profile else "", since=today)
    kept = await resources.load(db, since=now)
    active = func.count().filter(Service.active)
    online = func.count().filter(Service.active, Service.bookable_online)
    offered = (await db.execute(select(active.label("all"), online.label("online")))).one()
    return shown(
        request,
        "settings_overview.html",
        week=week,
        week_lines=opening_texts.week_lines(week) if week.spans else [],
        states=STATES,
        kept=kept,
        offered=offered,
        expiring=skills.expiring(kept, today),
        affected=await affected.affected(db, since=now, kept=kept, week=week),
    )


@get("/bookings/settings/rules", opt=MANAGE)
async def show_rules(request: Asked, db: DoorDb) -> Response[str]:
    return _rules_page(request, rule_drafts.typed_of(await rules.load(db)))


@post("/bookings/settings/rules", opt=MANAGE)
async def change_rules(request: Asked, db: DoorDb, data: TypedBody) -> Response[Any]:
    try:
        columns = rule_drafts.read(data)
    except Invalid as problem:
        return _rules_page(request, data, problem)
    before = await rules.load(db)
    changed = {name: value for name, value in columns.items() if getattr(before, name) != value}
    if changed:
        await rules.change(db, **changed)
        if changed.keys() & {"reminder_hours", "reminder_by_sms"}:
            later(db, "bookings.plan_reminders")
        shown_values = {name: str(value)[:200] for name, value in changed.items()}
        audit.note(db, "booking_rules.changed", changed=shown_values)
    return saved(db, "/rules")


def _rules_page(request: Asked, typed: Typed, problem: Invalid | None = None) -> Response[str]:
    return shown(request, "settings_rules.html", problem=problem, typed=typed, drafts=rule_drafts)


ROUTERS = [
    Router(
        "/w/{slug:str}",
        dependencies={"db": Provide(staff_db)},
        route_handlers=[
            overview,
            show_rules,
            change_rules,
            *settings_hours.HANDLERS,
            *settings_resources.HANDLERS,
            *settings_absences.HANDLERS,
            *settings_services.HANDLERS,
        ],
    )
]
