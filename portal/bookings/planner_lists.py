"""What does not move on by itself: requests without an answer, and visits that are stuck."""

from collections.abc import Iterable
from datetime import datetime, timedelta
from enum import StrEnum

import msgspec
from sqlalchemy import ColumnElement, select

from portal.bookings import capacity, progress
from portal.bookings.calendar import Week
from portal.bookings.diary import DiaryEntry
from portal.bookings.models import Appointment, State
from portal.kit import clock
from portal.kit.db import Db

UNANSWERED_HOURS = 4
"""Working hours that a request may wait."""
ARRIVED_HOURS = 2
READY_DAYS = 2
LATE_MINUTES = 30
MOST = 500
RUNNING = (State.REQUESTED, State.CONFIRMED, State.ARRIVED, State.IN_WORK, State.READY)


class Why(StrEnum):
    """Why a visit is stuck."""

    UNANSWERED = "unanswered"
    NOT_STARTED = "not_started"
    OVER_TIME = "over_time"
    PAST_ITS_END = "past_its_end"
    NOT_COLLECTED = "not_collected"
    DID_NOT_COME = "did_not_come"


class Standing(msgspec.Struct, frozen=True):
    """What is asked of an appointment to see whether it is stuck."""

    state: State
    since: datetime
    starts_at: datetime | None
    ends_at: datetime | None
    minutes: int | None


class Counts(msgspec.Struct, frozen=True):
    requested: int
    stuck: int


async def counts(db: Db, week: Week, now: datetime | None = None) -> Counts:
    """For the badges, in one statement."""
    columns = (
        Appointment.state,
        Appointment.state_since,
        Appointment.starts_at,
        Appointment.ends_at,
        Appointment.work_minutes,
    )
    query = select(*columns).where(Appointment.state.in_(RUNNING), may_be_stuck()).limit(MOST)
    found = [
        Standing(State(row[0]), row[1], row[2], row[3], row[4]) for row in await db.execute(query)
    ]
    moment = now or clock.now()
    return Counts(
        sum(one.state == State.REQUESTED for one in found),
        sum(why_stuck(one, week, moment) is not None for one in found),
    )


def may_be_stuck() -> ColumnElement[bool]:
    """Requests, what is in the workshop, and who should have come by now."""
    return (Appointment.state != State.CONFIRMED) | (Appointment.starts_at < clock.now())


def standing_of(entry: DiaryEntry) -> Standing:
    one = entry.appointment
    return Standing(entry.state, one.state_since, one.starts_at, one.ends_at, one.work_minutes)


def stuck(
    entries: Iterable[DiaryEntry], week: Week, now: datetime | None = None
) -> list[tuple[DiaryEntry, Why]]:
    """Those that are stuck, the longest first."""
    moment = now or clock.now()
    found = []
    for entry in entries:
        why = why_stuck(standing_of(entry), week, moment)
        if why is not None:
            found.append((entry, why))
    return sorted(found, key=lambda pair: pair[0].appointment.state_since)


def why_stuck(one: Standing, week: Week, now: datetime) -> Why | None:
    """Pure. Requests count in working hours, what stands in the yard in hours of the clock."""
    waited = now - one.since
    if one.state == State.REQUESTED:
        late = capacity.open_time(week, one.since, now) > timedelta(hours=UNANSWERED_HOURS)
        return Why.UNANSWERED if late else None
    if one.state == State.ARRIVED:
        begin = max(one.since, one.starts_at or one.since)
        return Why.NOT_STARTED if now - begin > timedelta(hours=ARRIVED_HOURS) else None
    if one.state == State.IN_WORK:
        return _why_still_in_work(one, week, now)
    if one.state == State.READY:
        return Why.NOT_COLLECTED if waited > timedelta(days=READY_DAYS) else None
    if one.state == State.CONFIRMED and one.starts_at is not None:
        late = now - one.starts_at > timedelta(minutes=LATE_MINUTES)
        return Why.DID_NOT_COME if late else None
    return None


def _why_still_in_work(one: Standing, week: Week, now: datetime) -> Why | None:
    """Work that began late is within its time and yet in the way of what follows."""
    planned = progress.planned(week, one.minutes, one.starts_at, one.ends_at)
    if capacity.open_time(week, one.since, now) > planned:
        return Why.OVER_TIME
    is_late = one.ends_at is not None and now - one.ends_at > timedelta(minutes=LATE_MINUTES)
    return Why.PAST_ITS_END if is_late else None
