"""One appointment: its sheet, its legal moves, its time, its texts, its copy."""

from datetime import datetime, timedelta
from typing import Annotated, Any
from uuid import UUID

import msgspec
from litestar import Request, Response, get, post
from litestar.enums import RequestEncodingType
from litestar.params import Body, FromPath, FromQuery
from litestar.response import Redirect

from portal.bookings import appointments, planner_replies, planner_visit, reservations
from portal.bookings import planner_words as words
from portal.bookings.models import Appointment
from portal.bookings.models.kinds import AT_WORK
from portal.bookings.planner_forms import (
    MinutesForm,
    MinutesUnclear,
    MoveForm,
    StateForm,
    TextsForm,
    read_minutes,
)
from portal.kit.db import Db
from portal.kit.pages import fragment, page
from portal.kit.text import _
from portal.tenants.boundary import DoorDb, member_of
from portal.tenants.permissions import Permission, needs

READ = needs(Permission.BOOKINGS_READ)
EDIT = needs(Permission.BOOKINGS_EDIT)
WORK = needs(Permission.BOOKINGS_WORK)
"""Whoever works on the car says how far it is; times, people and cancellations are the office's."""

Asked = Request[Any, Any, Any]
Urlencoded = Body(media_type=RequestEncodingType.URL_ENCODED)
Words = FromQuery[str]


@get("/bookings/{appointment_id:uuid}", opt=READ)
async def show(request: Asked, db: DoorDb, appointment_id: FromPath[UUID]) -> Response[str]:
    """The sheet beside the calendar, or a page of its own."""
    known = await planner_visit.about(db, appointment_id)
    if request.headers.get("hx-target") == "sheet":
        return fragment(request, "bookings/planner/_sheet.html", **known)
    return page(request, "bookings/planner/visit.html", **known)


@get("/bookings/{appointment_id:uuid}/time", opt=EDIT)
async def ask_for_time(
    request: Asked, db: DoorDb, appointment_id: FromPath[UUID], copy: Words = ""
) -> Response[str]:
    """The dialog "move", for the keyboard and the telephone; with `copy` the one that copies."""
    known = await planner_visit.moving(db, appointment_id)
    template = "bookings/planner/_move.html"
    if not request.headers.get("hx-request"):
        template = "bookings/planner/move.html"
    return (fragment if request.headers.get("hx-request") else page)(
        request, template, **known, is_copy=bool(copy)
    )


@post("/bookings/{appointment_id:uuid}/time", opt=EDIT)
async def move(
    request: Asked,
    db: DoorDb,
    appointment_id: FromPath[UUID],
    data: Annotated[MoveForm, Urlencoded],
) -> Response[Any]:
    """Answers 409 with the reasons in words when it does not fit."""
    one = await appointments.get(db, appointment_id)
    was, starts_at = one.starts_at, data.starts_at(one.starts_at)
    minutes = read_minutes(data.minutes)
    is_resized = minutes not in {None, one.work_minutes} and starts_at == was
    try:
        await appointments.move(
            db,
            one,
            starts_at=starts_at,
            minutes=minutes if minutes != one.work_minutes else None,
            wanted=data.wanted,
            force=bool(data.force),
        )
    except reservations.NothingFree as refusal:
        return await planner_replies.refused(
            request, db, one, data, starts_at, refusal, deed="time"
        )
    if is_resized:
        return _done(request, db, one, _("Planned: %(time)s", time=words.length(minutes)))
    return _done(request, db, one, _("Moved: %(time)s", time=_told(one.starts_at)))


@post("/bookings/{appointment_id:uuid}/copy", opt=EDIT)
async def copy(
    request: Asked,
    db: DoorDb,
    appointment_id: FromPath[UUID],
    data: Annotated[MoveForm, Urlencoded],
) -> Response[Any]:
    """The same work for the same car at another time."""
    one = await appointments.get(db, appointment_id)
    week_later = one.starts_at + timedelta(days=7) if one.starts_at else None
    starts_at = data.starts_at(week_later)
    draft = await planner_visit.copied(db, one, data, starts_at)
    try:
        made = await appointments.book(db, draft)
    except reservations.NothingFree as refusal:
        return await planner_replies.refused(
            request, db, one, data, starts_at, refusal, deed="copy"
        )
    return _done(request, db, made, _("Copied: %(time)s", time=_told(made.starts_at)))


@post("/bookings/{appointment_id:uuid}/state", opt=WORK)
async def change_state(
    request: Asked,
    db: DoorDb,
    appointment_id: FromPath[UUID],
    data: Annotated[StateForm, Urlencoded],
) -> Response[Any]:
    if data.to not in AT_WORK:
        member_of(db).must(Permission.BOOKINGS_EDIT)
    one = await appointments.get(db, appointment_id)
    await appointments.change_state(db, one, data.to, why=data.why)
    return await _shown(request, db, appointment_id)


@post("/bookings/{appointment_id:uuid}/duration", opt=EDIT)
async def set_duration(
    request: Asked,
    db: DoorDb,
    appointment_id: FromPath[UUID],
    data: Annotated[MinutesForm, Urlencoded],
) -> Response[Any]:
    """How long a described work takes; the customer is asked to choose a time then."""
    one = await appointments.get(db, appointment_id)
    minutes = read_minutes(data.minutes)
    if minutes is None:
        raise MinutesUnclear
    await appointments.set_duration(db, one, minutes)
    return await _shown(request, db, appointment_id)


@post("/bookings/{appointment_id:uuid}/texts", opt=WORK)
async def change_texts(
    request: Asked,
    db: DoorDb,
    appointment_id: FromPath[UUID],
    data: Annotated[TextsForm, Urlencoded],
) -> Response[Any]:
    """Who works on the car writes the internal note; the customer's words are the office's."""
    one = await appointments.get(db, appointment_id)
    if not member_of(db).can(Permission.BOOKINGS_EDIT):
        data = msgspec.structs.replace(data, title=one.title, wishes=one.wishes)
    await planner_visit.write(db, one, data)
    return await _shown(request, db, appointment_id, told=_("Saved."))


@post("/bookings/{appointment_id:uuid}/replanning", opt=EDIT)
async def replan(request: Asked, db: DoorDb, appointment_id: FromPath[UUID]) -> Response[Any]:
    """To the next time that is free for it, whoever and whatever it counted on."""
    one = await appointments.get(db, appointment_id)
    found = await planner_visit.next_free(db, one)
    if found is None:
        text = _("Nothing is free within the next weeks.")
        return planner_replies.told(text, tone="warning", status=409)
    await appointments.move(db, one, starts_at=found.starts_at)
    if not request.headers.get("hx-request"):
        return Redirect(f"{_home(db)}/affected", status_code=303)
    text = _("%(code)s is now on %(time)s.", code=one.code, time=_told(one.starts_at))
    return planner_replies.told(text, html="")


def _done(request: Asked, db: Db, one: Appointment, text: str) -> Response[Any]:
    """Nothing to swap: the calendar hears of it by its stream, like everybody's."""
    if not request.headers.get("hx-request"):
        return Redirect(f"{_home(db)}/{one.id}", status_code=303)
    return planner_replies.told(text, close=True)


async def _shown(request: Asked, db: Db, appointment_id: UUID, *, told: str = "") -> Response[Any]:
    """The sheet afresh."""
    if not request.headers.get("hx-request"):
        return Redirect(f"{_home(db)}/{appointment_id}", status_code=303)
    known = await planner_visit.about(db, appointment_id)
    headers = planner_replies.headers(told) if told else {}
    return fragment(request, "bookings/planner/_sheet.html", status=200, headers=headers, **known)


def _home(db: Db) -> str:
    return f"/w/{member_of(db).slug}/bookings"


def _told(moment: datetime | None) -> str:
    return planner_replies.when(moment) if moment else ""


HANDLERS = [show, ask_for_time, move, copy, change_state, set_duration, change_texts, replan]
