"""What the sheet of one appointment shows, and where it could go."""

from collections.abc import Sequence
from datetime import date, datetime, timedelta
from typing import Any
from uuid import UUID

import msgspec
from sqlalchemy import select

from portal.bookings import (
    diary,
    occupancy,
    planner_live,
    planner_pages,
    planner_words,
    reservations,
    services,
    slots,
)
from portal.bookings.capacity import Occupancy
from portal.bookings.diary import DiaryEntry
from portal.bookings.drafts import BookingDraft
from portal.bookings.free_times import free_slots
from portal.bookings.models import (
    Appointment,
    AppointmentMove,
    AppointmentService,
    BookingNotice,
    Origin,
    ResourceKind,
    State,
)
from portal.bookings.placing import Slot
from portal.bookings.planner_cards import card_of
from portal.bookings.planner_forms import MoveForm, TextsForm, read_minutes
from portal.kit import clock
from portal.kit.db import Db
from portal.tenants import audit
from portal.tenants.boundary import tell

AHEAD_DAYS = 14
PROPOSALS = 6
MOST_ROWS = 60


async def about(db: Db, appointment_id: UUID) -> dict[str, Any]:
    """Three statements."""
    entry = await diary.one(db, appointment_id)
    moves = select(AppointmentMove).where(AppointmentMove.appointment_id == appointment_id)
    newest = moves.order_by(AppointmentMove.happened_at.desc(), AppointmentMove.id.desc())
    sent = select(BookingNotice).where(BookingNotice.appointment_id == appointment_id)
    return {
        **planner_pages.frame(db),
        "entry": entry,
        "one": entry.appointment,
        "card": card_of(entry),
        "deeds": deeds(entry.appointment),
        "moves": (await db.scalars(newest.limit(MOST_ROWS))).all(),
        "notices": (
            await db.scalars(sent.order_by(BookingNotice.created_at.desc()).limit(MOST_ROWS))
        ).all(),
    }


def deeds(one: Appointment) -> dict[str, Any]:
    """The legal moves: the next `forward`, those `back`, and whether it may end badly."""
    legal = one.may_become if one.starts_at else one.may_become & {State.CANCELLED}
    forward = [state for state in planner_words.FORWARD if state in legal]
    came_back = one.state == State.NO_SHOW
    rank = _rank(State(one.state))
    return {
        "forward": [s for s in forward if came_back or _rank(s) > rank],
        "back": [s for s in forward if not came_back and _rank(s) < rank],
        "may_miss": State.NO_SHOW in legal,
        "may_cancel": State.CANCELLED in one.may_become,
        "may_move": one.is_open and one.state != State.READY,
    }


async def moving(db: Db, appointment_id: UUID) -> dict[str, Any]:
    """The dialog's facts: the present time, the resources there are, and what is free."""
    entry = await diary.one(db, appointment_id)
    today = clock.local(clock.now()).date()
    need = await reservations.need_for(db, entry.appointment)
    last = today + timedelta(days=AHEAD_DAYS)
    there = await occupancy.load(db, today, last, without=appointment_id)
    found = free_slots(there, need, since=clock.now(), online=False)
    return {
        **planner_pages.frame(db),
        "entry": entry,
        "one": entry.appointment,
        "card": card_of(entry),
        "kinds": _choices(there, entry),
        "proposals": spread(found, PROPOSALS),
        "names": {one.id: one.name for one in there.resources},
        "problem": None,
    }


async def next_free(db: Db, one: Appointment) -> Slot | None:
    """The first free time from its own day on, as near to its own hour as that day allows."""
    today = clock.local(clock.now()).date()
    first = max(today, clock.local(one.starts_at).date()) if one.starts_at else today
    need = await reservations.need_for(db, one)
    last = first + timedelta(days=slots.LONGEST_RANGE)
    there = await occupancy.load(db, first, last, without=one.id)
    found = free_slots(there, need, since=clock.now(), online=False)
    if not found or one.starts_at is None:
        return found[0] if found else None
    day = clock.local(found[0].starts_at).date()
    same_day = [slot for slot in found if clock.local(slot.starts_at).date() == day]
    return min(same_day, key=lambda slot: _distance(slot.starts_at, one.starts_at))


async def around(db: Db, one: Appointment, starts_at: datetime, minutes: int | None) -> list[Slot]:
    """What is free instead, near a moment that is not."""
    day = max(clock.local(starts_at).date(), clock.local(clock.now()).date())
    need = await reservations.need_for(db, one, minutes=minutes)
    there = await occupancy.load(db, day, day + timedelta(days=5), without=one.id)
    found = free_slots(there, need, since=clock.now(), online=False)
    near = sorted(found, key=lambda slot: abs((slot.starts_at - starts_at).total_seconds()))
    return sorted(near[:4], key=lambda slot: slot.starts_at)


async def copied(db: Db, one: Appointment, form: MoveForm, starts_at: datetime) -> BookingDraft:
    query = select(AppointmentService.service_id).where(
        AppointmentService.appointment_id == one.id, AppointmentService.service_id.is_not(None)
    )
    found = (await db.scalars(query.order_by(AppointmentService.position))).all()
    return BookingDraft(
        origin=Origin.PHONE,
        starts_at=starts_at,
        service_ids=await services.still_offered(db, [one for one in found if one is not None]),
        title=one.title,
        minutes=read_minutes(form.minutes) or one.work_minutes,
        customer_id=one.customer_id,
        vehicle_id=one.vehicle_id,
        wishes=one.wishes,
        note=one.note,
        waits=one.waits,
        loaner=one.wants_loaner,
        wanted=form.wanted,
        locale=one.locale,
        force=bool(form.force),
    )


async def write(db: Db, one: Appointment, form: TextsForm) -> None:
    """Title, wishes and the note that customers do not see."""
    one.title, one.wishes, one.note = form.title.strip(), form.wishes.strip(), form.note.strip()
    audit.note(db, "appointment.texts_changed", str(one.id))
    tell(db, planner_live.TOPIC, msgspec.json.encode({"id": one.id, "what": "texts"}))
    await db.flush()


def spread(found: Sequence[Slot], most: int) -> list[tuple[date, list[Slot]]]:
    """The first times of each day, most of them on the first: what people are offered first."""
    days: dict[date, list[Slot]] = {}
    left = most
    for slot in found:
        day = clock.local(slot.starts_at).date()
        shown = days.get(day, [])
        if left == 0 or len(shown) >= (3 if not days or day in list(days)[:1] else 2):
            continue
        days.setdefault(day, []).append(slot)
        left -= 1
    return list(days.items())


def _choices(there: Occupancy, entry: DiaryEntry) -> list[tuple[str, list[tuple[str, str]], str]]:
    """For each kind that it occupies: the resources to choose from, and the present one."""
    found = []
    for kind in (ResourceKind.LIFT, ResourceKind.PERSON, ResourceKind.LOANER):
        options = [(str(one.id), one.name) for one in there.of(kind)]
        if options and (kind in entry.resources or kind != ResourceKind.LOANER):
            found.append((str(kind), options, str(entry.resources.get(kind, ""))))
    return found


def _rank(state: State) -> int:
    order = (State.REQUESTED, *planner_words.FORWARD)
    return order.index(state) if state in order else -1


def _distance(one: datetime, other: datetime | None) -> float:
    if other is None:
        return 0
    first, second = clock.local(one), clock.local(other)
    return abs((first.hour - second.hour) * 60 + first.minute - second.minute)
