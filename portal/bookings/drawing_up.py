"""From a draft to an appointment: what a slot id claims, what is free, who comes and with what."""

import secrets
from collections.abc import Sequence
from datetime import timedelta

import msgspec
from sqlalchemy import select

from portal.bookings import free_times, guests, rules, slots
from portal.bookings.drafts import BookingDraft
from portal.bookings.models import (
    Answering,
    Appointment,
    AppointmentService,
    Origin,
    Service,
    State,
)
from portal.bookings.placing import Slot
from portal.bookings.planning import Need
from portal.bookings.reservations import NothingFree, SlotTaken
from portal.kit import clock
from portal.kit.db import Db, new_id

CODE_LETTERS = "ACDEFGHJKLMNPQRTUVWXYZ2346789"
"""Letters and digits that nobody mistakes for each other on the telephone."""
FRESH_DAYS = 7
FRESH_SLOTS = 24
BY_CUSTOMERS = frozenset({Origin.CHAT, Origin.FORM, Origin.LINK, Origin.API, Origin.CAMPAIGN})
"""Who books within lead time and horizon, and only what is offered online."""


def claimed(db: Db, draft: BookingDraft) -> tuple[BookingDraft, str | None]:
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


async def free_slot(
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
    slot = None
    for wanted in [draft.wanted] if insisted else [draft.wanted, {}]:
        slot = slot or free_times.place(
            there, need, draft.starts_at, wanted=wanted, online=online, force=draft.force
        )
    if slot is not None and is_in_time and not await _is_used_up(db, slot_key):
        return slot
    if online:
        fresh = slots.among(db, there, chosen, need, last, minutes=draft.minutes, limit=FRESH_SLOTS)
        raise SlotTaken(slots=fresh)
    reasons = free_times.conflicts(there, need, draft.starts_at, wanted=draft.wanted)
    raise NothingFree(conflicts=reasons)


async def drawn_up(
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
        created_by=who(db),
    )


def add_services(db: Db, appointment: Appointment, chosen: Sequence[Service]) -> None:
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


async def _new_code(db: Db) -> str:
    """Short enough to read out, so now and then one comes up twice: then another is drawn."""
    while True:
        code = "".join(secrets.choice(CODE_LETTERS) for _ in range(6))
        query = select(Appointment.id).where(Appointment.code == code)
        if await db.scalar(query) is None:
            return code


async def _is_used_up(db: Db, slot_key: str | None) -> bool:
    if slot_key is None:
        return False
    query = select(Appointment.id).where(Appointment.slot_key == slot_key)
    return await db.scalar(query) is not None


def who(db: Db) -> str:
    """The member of staff who does it, for the record."""
    member = db.info.get("member")
    return member.name if member else ""
