"""Answers of the calendar that are no page: what was done, and why something was not."""

import json
from datetime import datetime
from typing import Any

from litestar import MediaType, Request, Response

from portal.bookings import diary, planner_pages, planner_visit, planner_words
from portal.bookings.models import Appointment
from portal.bookings.planner_cards import Card, card_of
from portal.bookings.planner_forms import MinutesUnclear, MoveForm, read_minutes
from portal.bookings.planner_view import day_title
from portal.bookings.reservations import NothingFree
from portal.kit import clock, text
from portal.kit.db import Db
from portal.kit.pages import fragment, page


def told(
    said: str,
    *,
    tone: str = "success",
    status: int = 200,
    close: bool = False,
    html: str | None = None,
) -> Response[str]:
    """A toast; with `html` something to swap in as well, otherwise nothing is swapped."""
    known = headers(said, tone=tone, close=close)
    if html is None:
        known["HX-Reswap"] = "none"
    return Response(html or "", status_code=status, media_type=MediaType.HTML, headers=known)


def headers(said: str, *, tone: str = "success", close: bool = False) -> dict[str, str]:
    events: dict[str, Any] = {"toast": {"text": said, "tone": tone}, "planner-changed": {}}
    if close:
        events["close-dialog"] = {}
    return {"HX-Trigger": json.dumps(events)}  # a header is ASCII


def when(moment: datetime) -> str:
    """`Di., 24.11., 08:00`"""
    return f"{day_title(clock.local(moment).date())} {text.time(moment)}"


async def refused(
    request: Request[Any, Any, Any],
    db: Db,
    one: Appointment,
    form: MoveForm,
    starts_at: datetime,
    refusal: NothingFree,
    *,
    deed: str,
) -> Response[str]:
    """The reasons in words, other times, and the button for those who decide otherwise."""
    reasons = refusal.extra.get("conflicts", [])
    others = await diary.those(db, [c.appointment_id for c in reasons if c.appointment_id])
    in_the_way: dict[Any, Card] = {e.appointment.id: card_of(e) for e in others}
    known = {
        **planner_pages.frame(db),
        "one": one,
        "card": card_of(await diary.one(db, one.id)),
        "starts_at": starts_at,
        "when": when,
        "reasons": reasons,
        "in_the_way": in_the_way,
        "may_force": may_force(reasons),
        "again": {**form.kept, "date": _day(starts_at), "time": text.time(starts_at)},
        "instead": await planner_visit.around(db, one, starts_at, _minutes(form)),
        "deed": deed,
    }
    by_script = bool(request.headers.get("hx-request"))
    template = "bookings/planner/_refused.html" if by_script else "bookings/planner/refused.html"
    return (fragment if by_script else page)(request, template, status=409, **known)


def may_force(reasons: Any) -> bool:
    """Hours, shifts, absences and training are the workshop's own; what is taken is taken."""
    return bool(reasons) and not any(c.what in planner_words.UNMOVABLE for c in reasons)


def _minutes(form: MoveForm) -> int | None:
    try:
        return read_minutes(form.minutes)
    except MinutesUnclear:
        return None


def _day(moment: datetime) -> str:
    return clock.local(moment).date().isoformat()
