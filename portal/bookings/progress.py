"""When a work in the workshop is nearly done: four fifths of its planned time, in opening hours."""

from datetime import UTC, datetime, timedelta

import msgspec

from portal.bookings import capacity, hours
from portal.bookings.calendar import Week, next_opening, opening_at
from portal.bookings.models import Appointment, State
from portal.kit import clock
from portal.kit.db import Db
from portal.tenants import workshops
from portal.tenants.boundary import tell

SHARE = 0.8


def nearly_done_at(week: Week, since: datetime, minutes: int) -> datetime:
    """Nights, lunch breaks and closed days do not count; without opening hours every minute does.

    Work that begins while the workshop is closed counts from the next opening.
    """
    left = timedelta(minutes=minutes * SHARE)
    moment = since.astimezone(UTC)
    while True:
        opening = opening_at(week, moment)
        if opening.until is None:
            following = next_opening(week, moment)
            if following is None:
                return moment + left
            moment = following.astimezone(UTC)
            continue
        until = opening.until.astimezone(UTC)
        if moment + left <= until:
            return moment + left
        left -= until - moment
        moment = until


def planned(
    week: Week, minutes: int | None, starts_at: datetime | None, ends_at: datetime | None
) -> timedelta:
    """How long the work may take: its own minutes, or more where somebody slower was planned."""
    own = timedelta(minutes=minutes or 60)
    if starts_at is None or ends_at is None:
        return own
    return max(own, capacity.open_time(week, starts_at, ends_at))


async def check(db: Db, appointment: Appointment) -> datetime | None:
    """Note and tell that it is nearly done; when to look again if it is not yet."""
    if appointment.state != State.IN_WORK or appointment.work_minutes is None:
        return None
    since = appointment.state_since
    if appointment.nearly_done_at is not None and appointment.nearly_done_at >= since:
        return None
    profile = await workshops.get_profile(db)
    week = await hours.load_week(db, profile.federal_state, since=clock.local(since).date())
    length = planned(week, appointment.work_minutes, appointment.starts_at, appointment.ends_at)
    due = nearly_done_at(week, since, int(length.total_seconds()) // 60)
    if due > clock.now():
        return due
    appointment.nearly_done_at = clock.now()
    tell(db, "calendar", msgspec.json.encode({"id": appointment.id, "what": "nearly_done"}))
    return None
