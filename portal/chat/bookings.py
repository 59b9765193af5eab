"""Appointments that visitors make in a conversation: booked, told, shown, and looked up again."""

from collections.abc import Iterable, Sequence
from datetime import timedelta
from typing import Any
from uuid import UUID

import msgspec
from sqlalchemy import func, select

from portal.bookings import appointments, rules, services, slots
from portal.bookings.drafts import BookingDraft, CarDraft, GuestDraft
from portal.bookings.models import (
    Answering,
    Appointment,
    AppointmentService,
    BookingRules,
    Origin,
    Service,
    State,
)
from portal.bookings.slots import SlotExpired, SlotInvalid
from portal.chat import conversations, threads
from portal.chat.forms import BookingForm
from portal.chat.free_times import FreeTime, fresh_times, plain_times
from portal.chat.languages import addressed, ours
from portal.chat.models import Author, Conversation, Message
from portal.chat.moments import when
from portal.kit import clock
from portal.kit.db import Db
from portal.kit.errors import N_, FieldError, Invalid, Problem
from portal.kit.text import _, speaking

SOURCE = "conversation"
MOST = 5
"""Open appointments that one conversation may make; whoever needs more talks to a person."""
REPEATED = timedelta(minutes=10)


class ContactMissing(Invalid):
    code, title = "CONTACT_MISSING", N_("Please give a phone number or an e-mail address.")


class WishMissing(Invalid):
    code, title = "WISH_MISSING", N_("Please say what is to be done, and when.")


class BookedEnough(Problem):
    status, code = 409, "BOOKED_ENOUGH"
    title = N_("There are several open requests of yours already. Please call us.")


class ChosenTimeTaken(Problem):
    status, code = 409, "SLOT_TAKEN"
    title = N_("This appointment has just been taken. Here are the next free times.")


class BookedService(msgspec.Struct):
    name: str
    id: UUID | None = None


class Booked(msgspec.Struct, kw_only=True):
    """An appointment as its visitor may see it. Without times nobody has planned it yet."""

    id: UUID
    code: str
    state: str
    starts_at: str | None
    ends_at: str | None
    services: list[BookedService]
    title: str
    is_contract: bool = False


async def book(db: Db, conversation_id: UUID, form: BookingForm) -> Booked:
    """Raises `ChosenTimeTaken` with fresh `slots`, `ContactMissing`, `WishMissing`.

    The same time chosen again by the same visitor, whose answer got lost, is the same booking.
    """
    _must_be_reachable(form)
    conversation = await conversations.locked(db, conversation_id)
    known = await rules.load(db)
    _must_say_what(form, known)
    claim = await _opened(db, form) if form.slot_id else None
    mine = await _open_ones(db, conversation.id)
    for earlier in mine:
        if claim is not None and earlier.starts_at == claim.starts_at and _is_recent(earlier):
            return booked(earlier, (await services_of(db, [earlier.id])).get(earlier.id, []))
    if len(mine) >= MOST:
        raise BookedEnough
    appointment = await _made(db, conversation, form, known)
    services = (await services_of(db, [appointment.id])).get(appointment.id, [])
    shown = booked(appointment, services)
    await _keep_contact(db, conversation, form)
    await _tell(db, conversation, appointment, shown)
    return shown


def booked(appointment: Appointment, services: Iterable[AppointmentService]) -> Booked:
    return Booked(
        id=appointment.id,
        code=appointment.code,
        state=appointment.state,
        starts_at=clock.rfc3339(appointment.starts_at) if appointment.starts_at else None,
        ends_at=clock.rfc3339(appointment.ends_at) if appointment.ends_at else None,
        services=[BookedService(one.name, one.service_id) for one in services],
        title=appointment.title,
        is_contract=appointment.is_contract,
    )


async def services_of(
    db: Db, appointment_ids: Sequence[UUID]
) -> dict[UUID, list[AppointmentService]]:
    """By appointment, in their order."""
    query = (
        select(AppointmentService)
        .where(AppointmentService.appointment_id.in_(appointment_ids))
        .order_by(AppointmentService.appointment_id, AppointmentService.position)
    )
    found: dict[UUID, list[AppointmentService]] = {}
    for one in await db.scalars(query):
        found.setdefault(one.appointment_id, []).append(one)
    return found


async def as_they_stand(db: Db, messages: Sequence[Message]) -> dict[str, dict[str, Any]]:
    """The booking cards among these messages, by id: as the workshop has the appointments now."""
    wanted = {UUID(card["id"]) for message in messages for card in message.cards if _is_ours(card)}
    if not wanted:
        return {}
    found = (await db.scalars(select(Appointment).where(Appointment.id.in_(wanted)))).all()
    services = await services_of(db, [one.id for one in found])
    return {str(one.id): card_of(booked(one, services.get(one.id, []))) for one in found}


def card_of(shown: Booked) -> dict[str, Any]:
    return {"kind": "booking", **msgspec.to_builtins(shown)}


def _is_ours(card: dict[str, Any]) -> bool:
    return card.get("kind") == "booking" and "id" in card


def _must_be_reachable(form: BookingForm) -> None:
    if not form.customer.phone.strip() and not form.customer.email.strip():
        said = _("Please give a phone number or an e-mail address.")
        raise ContactMissing(errors=[FieldError("customer.phone", "REQUIRED", said)])


def _must_say_what(form: BookingForm, known: BookingRules) -> None:
    """Where staff set the time, a description is enough; everywhere else a time is chosen."""
    if form.slot_id:
        return
    if known.answering != Answering.ASK_FIRST or not (form.note.strip() or form.services):
        raise WishMissing


async def _opened(db: Db, form: BookingForm) -> slots.SlotClaim:
    """An offer that has run out is to its reader one that is gone: here is what is free now."""
    try:
        return slots.open_slot(db, form.slot_id)
    except (SlotExpired, SlotInvalid) as error:
        fresh = await fresh_times(db, form.services, waits=form.waits)
        raise _taken(fresh) from error


async def _open_ones(db: Db, conversation_id: UUID) -> Sequence[Appointment]:
    query = (
        select(Appointment)
        .where(Appointment.source_id == conversation_id)
        .where(Appointment.state.in_((State.REQUESTED, State.CONFIRMED)))
        .where(func.coalesce(Appointment.ends_at, clock.now()) >= clock.now())
    )
    return (await db.scalars(query)).all()


def _is_recent(appointment: Appointment) -> bool:
    return clock.now() - appointment.created_at < REPEATED


async def _made(
    db: Db, conversation: Conversation, form: BookingForm, known: BookingRules
) -> Appointment:
    guest, car = form.customer, form.vehicle
    is_contract = form.ordered and rules.makes_contract(known, await _chosen(db, form))
    if is_contract and not guest.email.strip():
        said = _("We have to send you the contract, so we need your e-mail address.")
        raise ContactMissing(errors=[FieldError("customer.email", "REQUIRED", said)])
    terms = "\n\n".join(text for text in (known.terms, known.withdrawal_policy) if text)
    draft = BookingDraft(
        origin=Origin.FORM if form.via == "form" else Origin.CHAT,
        slot_id=form.slot_id,
        service_ids=form.services,
        customer=GuestDraft(
            name=guest.name.strip(), email=guest.email.strip(), phone=guest.phone.strip()
        ),
        vehicle=CarDraft(plate=car.plate.strip(), make=car.make.strip(), model=car.model.strip()),
        wishes=form.note.strip(),
        waits=form.waits,
        source_kind=SOURCE,
        source_id=conversation.id,
        locale=ours(conversation.locale),
        is_contract=is_contract,
        terms_told=terms if is_contract else "",
    )
    try:
        return await appointments.book(db, draft)
    except appointments.SlotTaken as error:
        raise _taken(plain_times(error.extra.get("slots", []))) from error


async def _chosen(db: Db, form: BookingForm) -> list[Service]:
    claimed = slots.open_slot(db, form.slot_id).service_ids if form.slot_id else []
    return await services.chosen(db, form.services or claimed, online=True)


def _taken(fresh: list[FreeTime]) -> ChosenTimeTaken:
    return ChosenTimeTaken(slots=msgspec.to_builtins(fresh))


async def _keep_contact(db: Db, conversation: Conversation, form: BookingForm) -> None:
    guest = form.customer
    await conversations.leave_contact(
        db, conversation.id, name=guest.name, email=guest.email, phone=guest.phone
    )


async def _tell(
    db: Db, conversation: Conversation, appointment: Appointment, shown: Booked
) -> None:
    with speaking(addressed(conversation.locale)):
        said = event_line(appointment, shown)
    await threads.append(db, conversation, Author.SYSTEM, said, cards=[card_of(shown)])


def event_line(appointment: Appointment, shown: Booked) -> str:
    """What visitor and team read between the messages; the code is what people read out."""
    if appointment.starts_at is None:
        return _("Request %(code)s has arrived. We get back to you with times.", code=shown.code)
    moment = when(appointment.starts_at)
    if appointment.is_contract:
        return _("Order %(code)s for %(when)s has arrived.", code=shown.code, when=moment)
    if appointment.state == State.CONFIRMED:
        return _("Appointment %(code)s is confirmed: %(when)s.", code=shown.code, when=moment)
    return _("Request %(code)s for %(when)s has arrived.", code=shown.code, when=moment)
