"""Appointments: book, move, change, find."""

import secrets
from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

import msgspec
from sqlalchemy import delete, select

from portal.bookings import announcing, early_ends, free_times, guests, rules, services, slots
from portal.bookings.announcing import Happening, Times
from portal.bookings.drafts import BookingDraft
from portal.bookings.models import (
    Answering,
    Appointment,
    AppointmentMove,
    AppointmentService,
    Origin,
    Reservation,
    Service,
    State,
)
from portal.bookings.placing import Slot, Wanted
from portal.bookings.planning import LONGEST_WORK, Need, need_of
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
from portal.kit.db import Db, new_id
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

CODE_LETTERS = "ACDEFGHJKLMNPQRTUVWXYZ2346789"
"""Letters and digits that nobody mistakes for each other on the telephone."""
FRESH_DAYS = 7
FRESH_SLOTS = 24
BY_CUSTOMERS = frozenset({Origin.CHAT, Origin.FORM, Origin.LINK, Origin.API, Origin.CAMPAIGN})
"""Who books within lead time and horizon, and only what is offered online."""


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
    draft, slot_key = _claimed(db, draft)
    online = draft.origin in BY_CUSTOMERS
    chosen = await services.chosen(db, draft.service_ids, online=online)
    _check_minutes(draft.minutes)
    need = need_of(chosen, minutes=draft.minutes, waits=draft.waits, loaner=draft.loaner)
    slot = None
    if draft.starts_at is not None:
        await _slot(db, draft, chosen, need, slot_key)  # who is late learns it without waiting
        await one_at_a_time(db)
        slot = await _slot(db, draft, chosen, need, slot_key)
    appointment = await _drawn_up(db, draft, need, slot, chosen)
    appointment.slot_key = slot_key
    db.add(appointment)
    _add_services(db, appointment, chosen)
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


async def _drawn_up(
    db: Db, draft: BookingDraft, need: Need, slot: Slot | None, chosen: Sequence[Service]
) -> Appointment:
    """The row, with customer and vehicle found or made, and nothing occupied yet."""
    customer = await guests.customer_of(db, draft)
    vehicle = await guests.vehicle_of(db, draft, customer)
    plate = guests.unread_plate(draft, vehicle)
    settings = await rules.load(db)
    return Appointment(
        id=new_id(),
        code=await _new_code(db),
        state=draft.state or _first_state(draft, Answering(settings.answering)),
        origin=draft.origin,
        customer_id=customer.id if customer else None,
        vehicle_id=vehicle.id if vehicle else None,
        title=(draft.title or ", ".join(service.name for service in chosen))[:200],
        wishes="\n".join(part for part in (draft.wishes.strip(), plate) if part),
        note=draft.note.strip(),
        work_minutes=_planned_minutes(draft, need, slot, settings.answering),
        buffer_minutes=need.buffer_minutes,
        waits=draft.waits,
        wants_loaner=draft.loaner,
        drop_off_at=draft.drop_off_at or (slot.starts_at if slot else None),
        pick_up_at=draft.pick_up_at or (slot.ends_at if slot else None),
        is_contract=draft.is_contract,
        terms_told=draft.terms_told,
        locale=draft.locale,
        source_kind=draft.source_kind,
        source_id=draft.source_id,
        starts_at=slot.starts_at if slot else None,
        ends_at=slot.ends_at if slot else None,
        created_by=_who(db),
    )


async def _new_code(db: Db) -> str:
    """Short enough to read out, so now and then one comes up twice: then another is drawn."""
    while True:
        code = "".join(secrets.choice(CODE_LETTERS) for _ in range(6))
        if await find_by_code(db, code) is None:
            return code


def _claimed(db: Db, draft: BookingDraft) -> tuple[BookingDraft, str | None]:
    """The draft with what its slot id says, and the mark that uses the offer up."""
    if not draft.slot_id:
        return draft, None
    claim = slots.open_slot(db, draft.slot_id)
    claimed = msgspec.structs.replace(
        draft,
        starts_at=claim.starts_at,
        service_ids=draft.service_ids or claim.service_ids,
        minutes=draft.minutes or claim.minutes,
        waits=draft.waits or claim.waits,
        loaner=draft.loaner or claim.loaner,
        wanted=draft.wanted or claim.wanted,
    )
    return claimed, claim.key


async def _slot(
    db: Db, draft: BookingDraft, chosen: Sequence[Service], need: Need, slot_key: str | None
) -> Slot:
    """The wanted lift and person if they are free, any that fit otherwise."""
    assert draft.starts_at is not None  # noqa: S101  # the caller asks only then
    online = draft.origin in BY_CUSTOMERS
    day = clock.local(draft.starts_at).date()
    last = max(day, clock.local(clock.now()).date()) + timedelta(days=FRESH_DAYS)
    there = await slots.look(db, need, day, last)
    is_in_time = not online or slots.may_begin(there, draft.starts_at)
    insisted = not draft.slot_id and bool(draft.wanted)
    for wanted in [draft.wanted] if insisted else [draft.wanted, {}]:
        slot = free_times.place(
            there, need, draft.starts_at, wanted=wanted, online=online, force=draft.force
        )
        if slot is not None and is_in_time and not await _is_used_up(db, slot_key):
            return slot
    if online:
        fresh = slots.among(db, there, chosen, need, last, minutes=draft.minutes, limit=FRESH_SLOTS)
        raise SlotTaken(slots=fresh)
    reasons = free_times.conflicts(there, need, draft.starts_at, wanted=draft.wanted)
    raise NothingFree(conflicts=reasons)


async def _is_used_up(db: Db, slot_key: str | None) -> bool:
    if slot_key is None:
        return False
    query = select(Appointment.id).where(Appointment.slot_key == slot_key)
    return await db.scalar(query) is not None


def _planned_minutes(
    draft: BookingDraft, need: Need, slot: Slot | None, answering: str
) -> int | None:
    """None while staff still has to say it: then the customer cannot choose a time yet."""
    staff_says = answering == Answering.ASK_FIRST and draft.origin in BY_CUSTOMERS
    if slot is None and (staff_says or not (draft.service_ids or draft.minutes)):
        return None
    return need.minutes


def _first_state(draft: BookingDraft, answering: Answering) -> State:
    if draft.origin == Origin.WALK_IN:
        return State.ARRIVED
    if draft.origin in {Origin.PHONE, Origin.WAITLIST} and draft.starts_at is not None:
        return State.CONFIRMED
    at_once = answering == Answering.AT_ONCE and draft.starts_at is not None
    return State.CONFIRMED if at_once else State.REQUESTED


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


def _add_services(db: Db, appointment: Appointment, chosen: Sequence[Service]) -> None:
    db.add_all(
        AppointmentService(
            appointment_id=appointment.id,
            service_id=service.id,
            position=place,
            name=service.name,
            minutes=service.duration_minutes,
            labour_units=service.labour_units,
            price=service.price,
            price_from=service.price_from,
            currency=service.currency,
        )
        for place, service in enumerate(chosen)
    )


async def _note_move(
    db: Db, appointment: Appointment, came_from: str, *, by: str, why: str, **details: Any
) -> None:
    db.add(
        AppointmentMove(
            appointment_id=appointment.id,
            from_state=came_from,
            to_state=appointment.state,
            made_by=by or _who(db),
            why=why[:300],
            details=details,
        )
    )
    await db.flush()


def _who(db: Db) -> str:
    member = db.info.get("member")
    return member.name if member else ""


def _check_minutes(minutes: int | None) -> None:
    if minutes is not None and not 0 < minutes <= LONGEST_WORK:
        raise DurationInvalid
