"""Opening hours and closures of the workshop."""

from collections.abc import Sequence
from datetime import date, time
from typing import Any

from sqlalchemy import delete, func, literal, null, select, union_all
from sqlalchemy.sql import CompoundSelect

from portal.bookings import rules
from portal.bookings.calendar import Closed, Span, Week
from portal.bookings.models import BookingRules, Closure, OpeningHours
from portal.bookings.week_forms import WeekSpan
from portal.kit import clock
from portal.kit.db import Db
from portal.tenants import audit
from portal.tenants.models import Profile


async def load_week(db: Db, federal_state: str, *, since: date) -> Week:
    """Weekly hours and the closures that end on `since` or later, in one statement."""
    spans: dict[int, list[Span]] = {}
    closures: list[Closed] = []
    local: tuple[str, ...] = ()
    for row in await db.execute(_hours_and_closures(since)):
        if row.weekday is None and row.starts_on is None:
            local = tuple(row.reason.split())
        elif row.weekday is None:
            closures.append(Closed(row.starts_on, row.ends_on, row.reason, row.reason_en))
        else:
            spans.setdefault(row.weekday, []).append(Span(row.opens, row.closes))
    closures.sort(key=lambda closed: closed.first)
    ordered = {day: tuple(sorted(s)) for day, s in spans.items()}
    return Week(ordered, tuple(closures), federal_state, local)


def add_span(db: Db, weekday: int, opens: time, closes: time) -> OpeningHours:
    span = OpeningHours(weekday=weekday, opens=opens, closes=closes)
    db.add(span)
    return span


def close(db: Db, first: date, last: date, reason: str, **more: str) -> Closure:
    closure = Closure(starts_on=first, ends_on=last, reason=reason, **more)
    db.add(closure)
    return closure


async def set_hours(db: Db, spans: Sequence[WeekSpan]) -> None:
    """The weekly hours are these from now on; nothing happens when they are so already."""
    rows = (await db.scalars(select(OpeningHours))).all()
    if {(row.weekday, row.opens, row.closes) for row in rows} == {
        (span.weekday, span.starts, span.ends) for span in spans
    }:
        return
    await db.execute(delete(OpeningHours))
    for span in spans:
        add_span(db, span.weekday, span.starts, span.ends)
    await db.flush()
    shown = [f"{span.weekday} {span.starts:%H:%M}-{span.ends:%H:%M}" for span in spans]
    audit.note(db, "hours.changed", spans=shown)


async def set_holidays(db: Db, profile: Profile, federal_state: str, local: list[str]) -> None:
    """Whose public holidays hold: the Bundesland's and those of the municipality."""
    profile.federal_state = federal_state
    profile.updated_at = clock.now()
    await rules.change(db, local_holidays=local)
    audit.note(db, "holidays.changed", federal_state=federal_state, local=local)


def _hours_and_closures(since: date) -> CompoundSelect[Any]:
    """All side by side: a round trip costs more than the empty columns."""
    day, words = null().cast(Closure.starts_on.type), literal("")
    hours = select(
        OpeningHours.weekday,
        OpeningHours.opens,
        OpeningHours.closes,
        day.label("starts_on"),
        day.label("ends_on"),
        words.label("reason"),
        words.label("reason_en"),
    )
    closures = select(
        null().cast(OpeningHours.weekday.type),
        null().cast(OpeningHours.opens.type),
        null().cast(OpeningHours.closes.type),
        Closure.starts_on,
        Closure.ends_on,
        Closure.reason,
        Closure.reason_en,
    ).where(Closure.ends_on >= since)
    local = select(
        null().cast(OpeningHours.weekday.type),
        null().cast(OpeningHours.opens.type),
        null().cast(OpeningHours.closes.type),
        day,
        day,
        func.array_to_string(BookingRules.local_holidays, " "),
        words,
    )
    return union_all(hours, closures, local)
