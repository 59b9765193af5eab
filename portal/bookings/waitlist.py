"""Who waits for a freed time."""

from collections.abc import Sequence
from datetime import date, datetime, time
from typing import Any
from uuid import UUID

import msgspec
from sqlalchemy import exists, or_, select, update

from portal.bookings.models import Service, Waiting, WaitlistEntry
from portal.bookings.planning import need_of
from portal.kit import clock
from portal.kit.db import Db
from portal.kit.errors import N_, FieldError, Invalid, NotFound
from portal.kit.outbox import later
from portal.kit.text import _

LONGEST_WAIT = 400
"""Days that somebody may wait for."""


class EntryNotFound(NotFound):
    code, title = "WAITLIST_ENTRY_NOT_FOUND", N_("We do not find this place on the waiting list.")


class WaitInvalid(Invalid):
    code, title = "INVALID_WAIT", N_("Some entries for the waiting list are not valid.")


class WaitDraft(msgspec.Struct, kw_only=True):
    """What somebody waits for. No weekdays means any of them, no hours any time of the day."""

    customer_id: UUID
    from_day: date
    to_day: date
    vehicle_id: UUID | None = None
    service_ids: list[UUID] = []
    title: str = ""
    wishes: str = ""
    minutes: int | None = None
    weekdays: list[int] = []
    earliest: time | None = None
    latest: time | None = None


async def join(db: Db, draft: WaitDraft, *, anew: bool = False) -> WaitlistEntry:
    """A place at the end of the list; the same wish of the same customer is changed instead,
    unless it shall be one `anew`.

    Raises `WaitInvalid`.
    """
    _judge(draft)
    wanted = await _services(db, draft.service_ids)
    same = None if anew else await _same(db, draft)
    entry = same or WaitlistEntry(customer_id=draft.customer_id)
    entry.vehicle_id = draft.vehicle_id or entry.vehicle_id
    entry.service_ids = [service.id for service in wanted]
    entry.title = draft.title or ", ".join(service.name for service in wanted)[:200]
    entry.wishes = draft.wishes
    entry.minutes = draft.minutes or need_of(wanted).minutes
    entry.from_day, entry.to_day = draft.from_day, draft.to_day
    entry.weekdays = sorted(set(draft.weekdays))
    entry.earliest, entry.latest = draft.earliest, draft.latest
    db.add(entry)
    await db.flush()
    await db.refresh(entry)
    return entry


async def leave(db: Db, entry: WaitlistEntry) -> None:
    """Gone from the list; whoever was served already stays served."""
    if entry.state == Waiting.WAITING:
        entry.state = Waiting.WITHDRAWN
        await db.flush()


async def get(db: Db, entry_id: UUID) -> WaitlistEntry:
    """Raises `EntryNotFound`."""
    found = await db.scalar(select(WaitlistEntry).where(WaitlistEntry.id == entry_id))
    if found is None:
        raise EntryNotFound
    return found


async def time_freed(db: Db, starts_at: datetime, ends_at: datetime) -> None:
    """An appointment was cancelled or moved away from this time: ask those who wait for it."""
    if ends_at <= clock.now():
        return
    day = clock.local(starts_at).date()
    waits = exists().where(
        WaitlistEntry.state == Waiting.WAITING,
        WaitlistEntry.to_day >= max(day, today()),
        WaitlistEntry.from_day <= clock.local(ends_at).date(),
    )
    if await db.scalar(select(waits)):
        starts, ends = starts_at.isoformat(), ends_at.isoformat()
        later(db, "bookings.offer_freed", starts=starts, ends=ends)


async def forget_past(db: Db) -> None:
    """Whose last day has passed waits no longer."""
    past = (WaitlistEntry.state == Waiting.WAITING, WaitlistEntry.to_day < today())
    await db.execute(update(WaitlistEntry).where(*past).values(state=Waiting.EXPIRED))


def today() -> date:
    return clock.local(clock.now()).date()


def _judge(draft: WaitDraft) -> None:
    errors = []
    if draft.to_day < today() or draft.to_day < draft.from_day:
        message = _("The last day lies before the first one, or in the past.")
        errors.append(FieldError("to_day", "DAYS_TURNED", message))
    elif (draft.to_day - today()).days > LONGEST_WAIT:
        message = _("Please choose a day within the next year.")
        errors.append(FieldError("to_day", "TOO_FAR", message))
    if draft.earliest and draft.latest and draft.latest <= draft.earliest:
        message = _("This time lies before the other one.")
        errors.append(FieldError("latest", "TIMES_TURNED", message))
    if any(not 0 <= weekday <= 6 for weekday in draft.weekdays):
        errors.append(FieldError("weekdays", "NOT_A_WEEKDAY", _("This is not a weekday.")))
    if errors:
        raise WaitInvalid(errors=errors)


async def _services(db: Db, ids: Sequence[UUID]) -> Sequence[Service]:
    if not ids:
        return []
    query = select(Service).where(Service.id.in_(ids), Service.active)
    return (await db.scalars(query.order_by(Service.position, Service.id))).all()


async def _same(db: Db, draft: WaitDraft) -> WaitlistEntry | None:
    same_car: Any = WaitlistEntry.vehicle_id == draft.vehicle_id
    query = select(WaitlistEntry).where(
        WaitlistEntry.customer_id == draft.customer_id,
        WaitlistEntry.state == Waiting.WAITING,
        or_(WaitlistEntry.vehicle_id.is_(None), same_car),
    )
    for entry in (await db.scalars(query.order_by(WaitlistEntry.created_at))).all():
        if set(entry.service_ids) == set(draft.service_ids):
            return entry
    return None
