"""Opening hours, public holidays and closures."""

from datetime import timedelta
from typing import Any
from uuid import UUID

from litestar import Response, get, post
from litestar.params import FromPath
from litestar.response import Redirect

from portal.bookings import affected, closures, hours
from portal.bookings.calendar import Week, holidays_of
from portal.bookings.settings_frame import MANAGE, Asked, saved, shown
from portal.bookings.settings_input import Answers, Typed, TypedBody
from portal.bookings.states import STATES, local_holiday_text, local_holidays_of
from portal.bookings.week_forms import WeekSpan, read_week, typed_week
from portal.kit import clock
from portal.kit.db import Db
from portal.kit.errors import Invalid
from portal.kit.pages import fragment
from portal.kit.text import _, locale
from portal.tenants import workshops
from portal.tenants.boundary import DoorDb, member_of

LONGEST = timedelta(days=400)


@get("/bookings/settings/hours", opt=MANAGE)
async def show_hours(request: Asked, db: DoorDb) -> Response[str]:
    return await _page(request, db)


@post("/bookings/settings/hours", opt=MANAGE)
async def change_hours(request: Asked, db: DoorDb, data: TypedBody) -> Response[Any]:
    answers = Answers(data)
    spans = read_week(answers)
    try:
        answers.end()
    except Invalid as problem:
        return await _page(request, db, hours_typed=data, problem=problem)
    await hours.set_hours(db, spans)
    return saved(db, "/hours")


@post("/bookings/settings/hours/holidays", opt=MANAGE)
async def change_holidays(request: Asked, db: DoorDb, data: TypedBody) -> Response[Any]:
    answers = Answers(data)
    state = answers.choice("federal_state", {"", *STATES})
    try:
        answers.end()
    except Invalid as problem:
        return await _page(request, db, holidays_typed=data, problem=problem)
    profile = await workshops.get_profile(db)
    await hours.set_holidays(db, profile, state, _local(data, state))
    return saved(db, "/hours")


@get("/bookings/settings/hours/holidays", opt=MANAGE)
async def preview(request: Asked, db: DoorDb) -> Response[str]:
    """The holidays of what is chosen in the form but not stored yet."""
    typed = dict(request.query_params)
    state = typed.get("federal_state", "")
    state = state if state in STATES else ""
    chosen = _holidays(state, _local(typed, state))
    week = await hours.load_week(db, state, since=clock.local(clock.now()).date())
    return fragment(request, "bookings/_settings_holidays.html", week=week, **chosen)


@post("/bookings/settings/closures", opt=MANAGE)
async def add_closure(request: Asked, db: DoorDb, data: TypedBody) -> Response[Any]:
    answers = Answers(data)
    first = answers.calendar_day("first", missing=_("Since when?"))
    last = answers.calendar_day("last") or first
    reason, reason_en = answers.words("reason", 120), answers.words("reason_en", 120)
    if first and last and last < first:
        answers.refuse("last", "ENDS_BEFORE_IT_STARTS", _("It ends before it begins."))
    elif first and last and last - first > LONGEST:
        answers.refuse("last", "TOO_LONG", _("Please enter at most a year at once."))
    try:
        answers.end()
    except Invalid as problem:
        return await _page(request, db, closure_typed=data, problem=problem)
    if first and last:
        await closures.add(db, first, last, reason, reason_en)
    return saved(db, "/hours")


@post("/bookings/settings/closures/{closure_id:uuid}/removal", opt=MANAGE, status_code=303)
async def remove_closure(db: DoorDb, closure_id: FromPath[UUID]) -> Redirect:
    await closures.remove(db, await closures.get(db, closure_id))
    return saved(db, "/hours")


async def _page(
    request: Asked,
    db: Db,
    *,
    hours_typed: Typed | None = None,
    holidays_typed: Typed | None = None,
    closure_typed: Typed | None = None,
    problem: Invalid | None = None,
) -> Response[str]:
    now = clock.now()
    today = clock.local(now).date()
    profile = member_of(db).profile
    stored = profile.federal_state if profile else ""
    week = await hours.load_week(db, stored, since=today)
    typed = holidays_typed or {
        "federal_state": stored,
        **{f"local_{name}": "true" for name in week.local_holidays},
    }
    state = typed.get("federal_state", "")
    return shown(
        request,
        "settings_hours.html",
        problem=problem,
        week=week,
        hours_typed=hours_typed if hours_typed is not None else typed_week(_spans(week)),
        holidays_typed=typed,
        closure_typed=closure_typed or {},
        closures=await closures.coming(db, today),
        affected=await affected.affected(db, since=now, week=week) if not problem else [],
        **_holidays(state if state in STATES else "", _local(typed, state)),
    )


def _spans(week: Week) -> list[WeekSpan]:
    return [WeekSpan(day, one.opens, one.closes) for day in week.spans for one in week.spans[day]]


def _local(typed: Typed, state: str) -> list[str]:
    """The local holidays that are ticked and that there are in this Bundesland."""
    return [name for name in local_holidays_of(state) if typed.get(f"local_{name}")]


def _holidays(state: str, local: list[str]) -> dict[str, Any]:
    this_year = clock.local(clock.now()).year
    years = (this_year, this_year + 1)
    found = {year: holidays_of(state, year, locale.get(), tuple(local)) for year in years}
    choices = [(name, local_holiday_text(name)) for name in local_holidays_of(state)]
    return {"local_choices": choices, "local": local, "holidays": found, "states": STATES}


HANDLERS = [show_hours, change_hours, change_holidays, preview, add_closure, remove_closure]
