"""What a message to a customer is about: everything that its words and its calendar file need."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any
from uuid import UUID

import msgspec
from sqlalchemy import ColumnElement, and_, exists, select, true

from portal.bookings import links
from portal.bookings.models import (
    Appointment,
    AppointmentMove,
    AppointmentService,
    BookingNotice,
    Offering,
    State,
    Waiting,
    WaitlistEntry,
    WaitlistInvitation,
    WaitlistOffer,
    Withdrawal,
)
from portal.kit.db import Db
from portal.kit.settings import Settings
from portal.tenants.boundary import workshop_id_of
from portal.tenants.models import Profile
from portal.vehicles.models import Customer, Ownership, Vehicle


class Place(msgspec.Struct, frozen=True, kw_only=True):
    """The workshop, as a customer finds and reaches it."""

    name: str
    street: str = ""
    city: str = ""
    phone: str = ""
    email: str = ""
    directions: str = ""
    accent: str = "#1f5fbf"

    @property
    def address(self) -> str:
        return ", ".join(part for part in (self.street, self.city) if part)


class Person(msgspec.Struct, frozen=True, kw_only=True):
    name: str = ""
    company: str = ""
    salutation: str = ""
    email: str = ""
    phone: str = ""


class Facts(msgspec.Struct, frozen=True, kw_only=True):
    """`sequence` rises with everything that happens to the appointment (RFC 5545), `was_at` is
    when it began before it was moved.

    `trusted` says that staff have seen the title: what strangers typed is sent to nobody.
    """

    place: Place
    person: Person
    language: str = "de"
    address: str = ""
    subject_id: UUID
    code: str = ""
    state: str = ""
    plate: str = ""
    car: str = ""
    title: str = ""
    services: tuple[str, ...] = ()
    trusted: bool = True
    sequence: int = 0
    touched_at: datetime | None = None
    was_at: datetime | None = None
    arrives_at: datetime | None = None
    starts_at: datetime | None = None
    ends_at: datetime | None = None
    pick_up_at: datetime | None = None
    minutes: int | None = None
    waits: bool = False
    loaner: bool = False
    reason: str = ""
    is_contract: bool = False
    terms: str = ""
    withdrawn_at: datetime | None = None
    withdrawn_by: str = ""
    hold_until: datetime | None = None
    is_offered: bool = True
    """Of an invitation: whether the offer still stands for this customer."""

    @property
    def work(self) -> str:
        """What is to be done, as far as we stand behind the words."""
        return ", ".join(self.services) or (self.title if self.trusted else "")


async def facts_of(db: Db, settings: Settings, notice: BookingNotice) -> Facts | None:
    """None when what it is about is gone."""
    if notice.appointment_id is not None:
        return await of_appointment(db, settings, notice.appointment_id)
    return await _of_invitation(db, settings, notice.invitation_id)


async def of_appointment(db: Db, settings: Settings, appointment_id: UUID) -> Facts | None:
    query = (
        select(Appointment, Customer, Vehicle, Profile, _theirs().label("theirs"))
        .outerjoin(Customer, Customer.id == Appointment.customer_id)
        .outerjoin(Vehicle, Vehicle.id == Appointment.vehicle_id)
        .join(Profile, true())
        .where(Appointment.id == appointment_id)
    )
    row = (await db.execute(query)).one_or_none()
    if row is None:
        return None
    appointment: Appointment = row.Appointment
    sequence, was_at = await moves_of(db, appointment_id)
    more: dict[str, Any] = {"services": await _services(db, appointment_id)}
    if appointment.withdrawn_at is not None:
        more |= await _withdrawal(db, appointment)
    return Facts(
        place=_place(row.Profile),
        person=_person(row.Customer),
        language=_language(appointment.locale, row.Customer),
        address=links.address(settings, workshop_id_of(db), appointment.id),
        sequence=sequence,
        was_at=was_at,
        **_car(row.Vehicle, theirs=row.theirs or bool(appointment.created_by)),
        **_columns(appointment),
        **more,
    )


def _columns(appointment: Appointment) -> Mapping[str, Any]:
    unseen = appointment.state == State.REQUESTED and not appointment.created_by
    return {
        "subject_id": appointment.id,
        "code": appointment.code,
        "state": appointment.state,
        "title": appointment.title,
        "trusted": not unseen,
        "touched_at": appointment.updated_at,
        "arrives_at": appointment.drop_off_at or appointment.starts_at,
        "starts_at": appointment.starts_at,
        "ends_at": appointment.ends_at,
        "pick_up_at": appointment.pick_up_at,
        "minutes": appointment.work_minutes,
        "waits": appointment.waits,
        "loaner": appointment.wants_loaner,
        "reason": appointment.reason,
        "is_contract": appointment.is_contract,
        "terms": appointment.terms_told,
        "withdrawn_at": appointment.withdrawn_at,
    }


async def _of_invitation(db: Db, settings: Settings, invitation_id: UUID | None) -> Facts | None:
    query = (
        select(
            WaitlistInvitation,
            WaitlistEntry,
            WaitlistOffer,
            Customer,
            Vehicle,
            Profile,
            _theirs().label("theirs"),
        )
        .join(WaitlistEntry, WaitlistEntry.id == WaitlistInvitation.entry_id)
        .join(WaitlistOffer, WaitlistOffer.id == WaitlistInvitation.offer_id)
        .join(Customer, Customer.id == WaitlistEntry.customer_id)
        .outerjoin(Vehicle, Vehicle.id == WaitlistEntry.vehicle_id)
        .join(Profile, true())
        .where(WaitlistInvitation.id == invitation_id)
    )
    row = (await db.execute(query)).one_or_none()
    if row is None:
        return None
    waits = row.WaitlistEntry.state == Waiting.WAITING and not row.WaitlistInvitation.answer
    return Facts(
        place=_place(row.Profile),
        person=_person(row.Customer),
        language=_language("", row.Customer),
        address=links.offer_address(settings, workshop_id_of(db), row.WaitlistInvitation.id),
        subject_id=row.WaitlistInvitation.id,
        title=row.WaitlistEntry.title,
        arrives_at=row.WaitlistOffer.starts_at,
        starts_at=row.WaitlistOffer.starts_at,
        ends_at=row.WaitlistOffer.ends_at,
        hold_until=row.WaitlistOffer.hold_until,
        is_offered=waits and row.WaitlistOffer.state == Offering.OPEN,
        **_car(row.Vehicle, theirs=row.theirs),
    )


async def moves_of(db: Db, appointment_id: UUID) -> tuple[int, datetime | None]:
    """How often something happened to it, and when it was to begin before the last of that."""
    query = select(AppointmentMove.details).where(AppointmentMove.appointment_id == appointment_id)
    found = (await db.scalars(query.order_by(AppointmentMove.happened_at))).all()
    before = found[-1].get("starts_at") if found else None
    return len(found), datetime.fromisoformat(before) if before else None


async def _services(db: Db, appointment_id: UUID) -> tuple[str, ...]:
    query = select(AppointmentService.name).where(
        AppointmentService.appointment_id == appointment_id
    )
    return tuple(await db.scalars(query.order_by(AppointmentService.position)))


async def _withdrawal(db: Db, appointment: Appointment) -> dict[str, Any]:
    """What was declared, as it was received."""
    query = select(Withdrawal).where(Withdrawal.appointment_id == appointment.id)
    found = await db.scalar(query.order_by(Withdrawal.received_at).limit(1))
    return {} if found is None else {"withdrawn_by": found.name}


def _place(profile: Profile) -> Place:
    return Place(
        name=_line(profile.name),
        street=_line(profile.street),
        city=_line(f"{profile.postcode} {profile.city}"),
        phone=_line(profile.phone),
        email=_line(profile.email),
        directions=profile.directions.strip(),
        accent=profile.accent,
    )


def _person(customer: Customer | None) -> Person:
    if customer is None:
        return Person()
    return Person(
        name=_line(customer.name),
        company=_line(customer.company),
        salutation=customer.salutation,
        email=_line(customer.email),
        phone=_line(customer.phone),
    )


def _theirs() -> ColumnElement[bool]:
    """Whether the workshop knows the customer as somebody's of this vehicle."""
    of_both = and_(
        Ownership.vehicle_id == Vehicle.id,
        Ownership.customer_id == Customer.id,
        Ownership.valid_to.is_(None),
    )
    return exists().where(of_both)


def _car(vehicle: Vehicle | None, *, theirs: bool) -> dict[str, Any]:
    """Anybody may type anybody's plate: what car carries it is told to its own people alone."""
    if vehicle is None:
        return {}
    return {"plate": _line(vehicle.plate), "car": _line(vehicle.title) if theirs else ""}


def _language(booked_in: str, customer: Customer | None) -> str:
    spoken = {booked_in, customer.locale if customer else ""}
    return "en" if "en" in spoken else "de"


def _line(text: str) -> str:
    """One line: a header or a summary has no more."""
    return " ".join(text.split())
