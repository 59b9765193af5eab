"""Appointments: book, move, change, find."""

from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

import msgspec
from sqlalchemy import delete, select

from portal.bookings import (
    announcing,
    drawing_up,
    early_ends,
    free_times,
    services,
)
from portal.bookings.announcing import Happening, Times
from portal.bookings.drafts import BookingDraft
from portal.bookings.models import (
    Appointment,
    AppointmentMove,
    Reservation,
    State,
)
from portal.bookings.placing import Slot, Wanted
from portal.bookings.planning import LONGEST_WORK, need_of
from portal.bookings.reservations import (
    NothingFree,
    SlotTaken,
    load_around,
    need_for,
    one_at_a_time,
    reserve,
    resources_of,
    take_again,
)
from portal.kit import clock
from portal.kit.db import Db
from portal.kit.errors import N_, Invalid, NotFound, Problem

__all__ = [
    "NothingFree",
    "SlotTaken",
    "book",
    "change_state",
    "find_by_code",
    "get",
    "move",
    "need_for",
    "set_duration",
]


class AppointmentNotFound(NotFound):
    code, title = "APPOINTMENT_NOT_FOUND", N_("We could not find this appointment.")


class MoveImpossible(Problem):
    status, code = 409, "MOVE_IMPOSSIBLE"
    title = N_("The appointment cannot be changed in this way.")


class DurationInvalid(Invalid):
    code, title = "INVALID_DURATION", N_("Please enter how many minutes the work takes.")


async def get(db: Db, appointment_id: UUID) -> Appointment:
    """Raises `AppointmentNotFound`."""
    found = await db.scalar(select(Appointment).where(Appointment.id == appointment_id))
    if found is None:
        raise AppointmentNotFound
    return found


async def find_by_code(db: Db, code: str) -> Appointment | None:
    """By what people read out, however they write it."""
    typed = "".join(c for c in code.upper() if c.isalnum())[:8]
    found: Appointment | None = await db.scalar(
        select(Appointment).where(Appointment.code == typed)
    )
    return found


async def book(db: Db, draft: BookingDraft) -> Appointment:
    """A new appointment with all that it occupies, or a request whose time is found later.

    Raises `SlotTaken` (with fresh `slots`), `NothingFree` (staff, with `conflicts`),
    `SlotExpired`, `SlotInvalid`, `ServiceUnknown`, `GuestInvalid` and what the vehicles room says.
    """
    draft, slot_key = drawing_up.claimed(db, draft)
    online = draft.origin in drawing_up.BY_CUSTOMERS
    chosen = await services.chosen(db, draft.service_ids, online=online)
    _check_minutes(draft.minutes)
    need = need_of(chosen, minutes=draft.minutes, waits=draft.waits, loaner=draft.loaner)
    slot = None
    if draft.starts_at is not None:
        # Looked for twice: whoever is late learns it without waiting for the others.
        await drawing_up.free_slot(db, draft, chosen, need, slot_key)
        await one_at_a_time(db)
        slot = await drawing_up.free_slot(db, draft, chosen, need, slot_key)
    appointment = await drawing_up.drawn_up(db, draft, need, slot, chosen)
    appointment.slot_key = slot_key
    db.add(appointment)
    drawing_up.add_services(db, appointment, chosen)
    await db.flush()
    if slot is not None:
        await reserve(db, slot, appointment_id=appointment.id)
    await _note_move(db, appointment, "", by="", why="")
    await announcing.happened(db, appointment, Happening.BOOKED)
    return appointment


async def move(
    db: Db,
    appointment: Appointment,
    *,
    starts_at: datetime,
    minutes: int | None = None,
    wanted: Wanted | None = None,
    force: bool = False,
    online: bool = False,
    by: str = "",
) -> Appointment:
    """To another time, duration or resource. Raises `NothingFree`, `MoveImpossible`.

    Resources that are not `wanted` are chosen anew, the present ones first.
    """
    _check_minutes(minutes)
    await _hold(db, appointment)
    if not appointment.is_open or appointment.state == State.READY:
        raise MoveImpossible
    need = await need_for(db, appointment, minutes=minutes)
    before = (appointment.starts_at, appointment.ends_at)
    there = await load_around(db, starts_at, need, without=appointment.id)
    present = await resources_of(db, appointment.id)
    slot = None
    for attempt in ({**present, **(wanted or {})}, dict(wanted or {})):
        slot = slot or free_times.place(
            there, need, starts_at, wanted=attempt, online=online, force=force
        )
    if slot is None:
        reasons = free_times.conflicts(there, need, starts_at, wanted=wanted or {})
        raise NothingFree(conflicts=reasons)
    was = {"starts_at": before[0] and clock.rfc3339(before[0]), "minutes": appointment.work_minutes}
    await db.execute(delete(Reservation).where(Reservation.appointment_id == appointment.id))
    appointment.work_minutes = need.minutes
    _take_time(appointment, slot)
    await db.flush()
    await reserve(db, slot, appointment_id=appointment.id)
    await _note_move(db, appointment, appointment.state, by=by, why="", **was)
    freed = before if before[0] != appointment.starts_at else None
    await announcing.happened(db, appointment, Happening.MOVED, freed=freed)
    return appointment


async def change_state(
    db: Db, appointment: Appointment, to: State, *, why: str = "", by: str = ""
) -> Appointment:
    """Along `MOVES` only. Raises `MoveImpossible`; the database would refuse it too."""
    await _hold(db, appointment)
    came_from = State(appointment.state)
    needs_time = to not in {State.CANCELLED, State.REQUESTED}
    if to not in appointment.may_become or (needs_time and appointment.starts_at is None):
        raise MoveImpossible
    if came_from == State.NO_SHOW:
        await take_again(db, appointment)
    appointment.state = to
    appointment.state_since = clock.now()
    freed, details = await _occupy_as(db, appointment, came_from)
    if not to.occupies:
        appointment.reason = why[:200]
    await db.flush()
    await _note_move(db, appointment, came_from, by=by, why=why, **details)
    await announcing.happened(db, appointment, Happening(to), freed=freed)
    return appointment


async def set_duration(db: Db, appointment: Appointment, minutes: int) -> Appointment:
    """What staff thinks a described work takes; the customer is then asked to pick a time."""
    await _hold(db, appointment)
    if appointment.state != State.REQUESTED or appointment.starts_at is not None:
        raise MoveImpossible
    _check_minutes(minutes)
    appointment.work_minutes = minutes
    await db.flush()
    await announcing.happened(db, appointment, Happening.ESTIMATED)
    return appointment


async def _hold(db: Db, appointment: Appointment) -> None:
    """As it is now, and nobody else changes it meanwhile: two clicks must not both count."""
    await one_at_a_time(db)
    # Not FOR UPDATE: whoever has written a row that names this appointment may be next in line.
    await db.refresh(appointment, with_for_update={"key_share": True})


async def _occupy_as(
    db: Db, appointment: Appointment, came_from: State
) -> tuple[Times | None, dict[str, Any]]:
    """What its new state occupies; the time that is free by it, and what to write down of that."""
    state = State(appointment.state)
    if not state.occupies:
        await db.execute(delete(Reservation).where(Reservation.appointment_id == appointment.id))
        return (appointment.starts_at, appointment.ends_at), {}
    if state in early_ends.ENDING:
        freed = await early_ends.free_rest(db, appointment)
        return early_ends.span_of(freed), {"freed": msgspec.to_builtins(freed)} if freed else {}
    if came_from == State.READY:
        await early_ends.take_rest(db, appointment)
    return None, {}


def _take_time(appointment: Appointment, slot: Slot) -> None:
    """Drop-off and pick-up move along with the work; nobody collects a car before it is done."""
    before, drop_off, pick_up = (
        appointment.starts_at,
        appointment.drop_off_at,
        appointment.pick_up_at,
    )
    shift = slot.starts_at - before if before else timedelta()
    if shift:
        appointment.attending_at = None  # a promise for another time
    appointment.starts_at, appointment.ends_at = slot.starts_at, slot.ends_at
    appointment.drop_off_at = drop_off + shift if drop_off and before else slot.starts_at
    appointment.pick_up_at = (
        max(pick_up + shift, slot.ends_at) if pick_up and before else slot.ends_at
    )


async def _note_move(
    db: Db, appointment: Appointment, came_from: str, *, by: str, why: str, **details: Any
) -> None:
    db.add(
        AppointmentMove(
            appointment_id=appointment.id,
            from_state=came_from,
            to_state=appointment.state,
            made_by=by or drawing_up.who(db),
            why=why[:300],
            details=details,
        )
    )
    await db.flush()


def _check_minutes(minutes: int | None) -> None:
    if minutes is not None and not 0 < minutes <= LONGEST_WORK:
        raise DurationInvalid
