"""Appointments as people read them: with names, plates, services and what they occupy.

One statement however many there are: names come from their tables, lists as JSON.
"""

from collections.abc import Sequence
from datetime import date, datetime, time, timedelta
from decimal import Decimal
from typing import Any
from uuid import UUID

import msgspec
from sqlalchemy import Select, func, select
from sqlalchemy.dialects.postgresql import aggregate_order_by

from portal.bookings import capacity
from portal.bookings.appointments import AppointmentNotFound
from portal.bookings.models import (
    Appointment,
    AppointmentService,
    Reservation,
    Resource,
    ResourceKind,
    State,
)
from portal.kit.db import Db
from portal.vehicles.models import Customer, Vehicle

MOST = 2000
LONGEST_STAY = timedelta(days=100)
"""No work begins longer before a day on which it still goes on."""


class ServiceDone(msgspec.Struct, frozen=True, kw_only=True):
    """One service of an appointment, as it was offered."""

    service_id: UUID | None
    name: str
    minutes: int
    price: Decimal | None
    price_from: bool
    currency: str


class Occupied(msgspec.Struct, frozen=True, kw_only=True):
    """One stretch of time of one resource."""

    resource_id: UUID
    kind: ResourceKind
    name: str
    starts_at: datetime
    ends_at: datetime


class DiaryEntry(msgspec.Struct, frozen=True, kw_only=True):
    """An appointment with all that a calendar, a print-out or a panel shows of it."""

    appointment: Appointment
    customer: Customer | None
    vehicle: Vehicle | None
    services: list[ServiceDone] = []
    occupied: list[Occupied] = []

    @property
    def resources(self) -> dict[ResourceKind, UUID]:
        return {one.kind: one.resource_id for one in self.occupied}

    @property
    def names(self) -> dict[ResourceKind, str]:
        return {one.kind: one.name for one in self.occupied}

    @property
    def state(self) -> State:
        return State(self.appointment.state)


async def between(db: Db, first: date, last: date, *, with_over: bool = True) -> list[DiaryEntry]:
    """Appointments that touch these days, by start; cancelled and missed ones too if wanted."""
    since = capacity.moment(capacity.at(first, time()))
    until = capacity.moment(capacity.at(last + capacity.DAY, time()))
    began = Appointment.starts_at > since - LONGEST_STAY  # an index ends the search there
    query = _entries().where(began, Appointment.starts_at < until, Appointment.ends_at > since)
    if not with_over:
        query = query.where(Appointment.state.not_in([State.CANCELLED, State.NO_SHOW]))
    return await _read(db, query.order_by(Appointment.starts_at, Appointment.id).limit(MOST))


async def one(db: Db, appointment_id: UUID) -> DiaryEntry:
    """Raises `AppointmentNotFound`."""
    found = await _read(db, _entries().where(Appointment.id == appointment_id))
    if not found:
        raise AppointmentNotFound
    return found[0]


async def those(db: Db, ids: Sequence[UUID]) -> list[DiaryEntry]:
    """These appointments, in the order of their start."""
    return await _read(
        db, _entries().where(Appointment.id.in_(ids)).order_by(Appointment.starts_at)
    )


async def requests(db: Db, *, limit: int = 200) -> list[DiaryEntry]:
    """What waits for an answer of the workshop, the oldest first."""
    query = _entries().where(Appointment.state == State.REQUESTED)
    return await _read(db, query.order_by(Appointment.created_at).limit(limit))


async def of_customer(db: Db, customer_id: UUID, *, limit: int = 50) -> list[DiaryEntry]:
    """A customer's appointments, the latest first."""
    query = _entries().where(Appointment.customer_id == customer_id)
    return await _read(db, query.order_by(Appointment.created_at.desc()).limit(limit))


def _entries() -> Select[Any]:
    return (
        select(
            Appointment,
            Customer,
            Vehicle,
            _services().label("services"),
            _occupied().label("occupied"),
        )
        .outerjoin(Customer, Customer.id == Appointment.customer_id)
        .outerjoin(Vehicle, Vehicle.id == Appointment.vehicle_id)
    )


def _services() -> Any:
    row = AppointmentService
    shown = func.json_build_object(
        "service_id", row.service_id,
        "name", row.name,
        "minutes", row.minutes,
        "price", row.price,
        "price_from", row.price_from,
        "currency", row.currency,
    )  # fmt: skip
    return (
        select(func.json_agg(aggregate_order_by(shown, row.position)))
        .where(row.appointment_id == Appointment.id)
        .scalar_subquery()
    )


def _occupied() -> Any:
    shown = func.json_build_object(
        "resource_id", Resource.id,
        "kind", Resource.kind,
        "name", Resource.name,
        "starts_at", Reservation.starts_at,
        "ends_at", Reservation.ends_at,
    )  # fmt: skip
    return (
        select(func.json_agg(shown))
        .select_from(Reservation)
        .join(Resource, Resource.id == Reservation.resource_id)
        .where(Reservation.appointment_id == Appointment.id)
        .scalar_subquery()
    )


async def _read(db: Db, query: Select[Any]) -> list[DiaryEntry]:
    return [
        DiaryEntry(
            appointment=row.Appointment,
            customer=row.Customer,
            vehicle=row.Vehicle,
            services=msgspec.convert(row.services or [], list[ServiceDone], strict=False),
            occupied=msgspec.convert(row.occupied or [], list[Occupied], strict=False),
        )
        for row in (await db.execute(query)).all()
    ]
