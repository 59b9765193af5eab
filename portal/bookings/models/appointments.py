"""Appointments, what they occupy, and what happened to them."""

from datetime import datetime
from decimal import Decimal
from typing import Any
from uuid import UUID

from sqlalchemy import (
    CheckConstraint,
    Column,
    Computed,
    DateTime,
    Index,
    Numeric,
    String,
    Text,
    UniqueConstraint,
    text,
)
from sqlalchemy.dialects.postgresql import TSTZRANGE, ExcludeConstraint, Range
from sqlalchemy.orm import Mapped, mapped_column
from sqlalchemy.schema import SchemaItem

from portal.bookings.models.kinds import MOVES, Origin, State
from portal.kit import clock
from portal.kit.db import created_column, json_column
from portal.tenants.owned import Owned, belongs_to


class Appointment(Owned):
    """A vehicle in the workshop, from the request until it is collected.

    `starts_at` to `ends_at` is work; they are empty while a customer has described something and
    nobody has said how long it takes. Drop-off and pick-up are times of their own.
    `work_minutes` is the time planned, without breaks and nights. `code` is what people read out.
    `source_kind` and `source_id` name what it came from (a conversation, a campaign's message).
    `slot_key` marks the offer that was used up by it. `attending_at` is when the customer said
    that they will come.
    """

    __tablename__ = "appointments"

    code: Mapped[str] = mapped_column(String(8))
    state: Mapped[State] = mapped_column(String(12), server_default=State.REQUESTED)
    state_since: Mapped[datetime] = mapped_column(DateTime(timezone=True), default=clock.now)
    origin: Mapped[Origin] = mapped_column(String(12))
    customer_id: Mapped[UUID | None]
    vehicle_id: Mapped[UUID | None]
    title: Mapped[str] = mapped_column(String(200), default="", server_default="")
    wishes: Mapped[str] = mapped_column(Text, default="", server_default="")
    note: Mapped[str] = mapped_column(Text, default="", server_default="")
    work_minutes: Mapped[int | None]
    buffer_minutes: Mapped[int] = mapped_column(default=0, server_default=text("0"))
    starts_at: Mapped[datetime | None] = mapped_column(DateTime(timezone=True))
    ends_at: Mapped[datetime | None] = mapped_column(DateTime(timezone=True))
    drop_off_at: Mapped[datetime | None] = mapped_column(DateTime(timezone=True))
    pick_up_at: Mapped[datetime | None] = mapped_column(DateTime(timezone=True))
    waits: Mapped[bool] = mapped_column(default=False, server_default=text("false"))
    wants_loaner: Mapped[bool] = mapped_column(default=False, server_default=text("false"))
    reason: Mapped[str] = mapped_column(String(200), default="", server_default="")
    nearly_done_at: Mapped[datetime | None] = mapped_column(DateTime(timezone=True))
    attending_at: Mapped[datetime | None] = mapped_column(DateTime(timezone=True))
    is_contract: Mapped[bool] = mapped_column(default=False, server_default=text("false"))
    terms_told: Mapped[str] = mapped_column(Text, default="", server_default="")
    withdrawn_at: Mapped[datetime | None] = mapped_column(DateTime(timezone=True))
    locale: Mapped[str] = mapped_column(String(8), default="de", server_default="de")
    source_kind: Mapped[str] = mapped_column(String(20), default="", server_default="")
    source_id: Mapped[UUID | None]
    slot_key: Mapped[str | None] = mapped_column(String(64))
    created_by: Mapped[str] = mapped_column(String(160), default="", server_default="")
    created_at: Mapped[datetime] = created_column()
    updated_at: Mapped[datetime] = mapped_column(
        DateTime(timezone=True), default=clock.now, onupdate=clock.now
    )

    @property
    def is_open(self) -> bool:
        return not State(self.state).is_over

    @property
    def may_become(self) -> frozenset[State]:
        return MOVES[State(self.state)]

    @classmethod
    def rules(cls) -> tuple[SchemaItem, ...]:
        return (
            belongs_to("customers", "customer_id", ondelete="SET NULL"),
            belongs_to("vehicles", "vehicle_id", ondelete="SET NULL"),
            UniqueConstraint("workshop_id", "code"),
            UniqueConstraint("workshop_id", "slot_key", name="uq_appointments_slot"),
            Index("ix_appointments_start", "workshop_id", "starts_at"),
            Index("ix_appointments_state", "workshop_id", "state", "state_since"),
            Index("ix_appointments_customer", "workshop_id", "customer_id"),
            Index("ix_appointments_vehicle", "workshop_id", "vehicle_id"),
            Index("ix_appointments_source", "workshop_id", "source_id"),
            CheckConstraint("starts_at < ends_at", name="starts_before_it_ends"),
            CheckConstraint(
                "(starts_at is null) = (ends_at is null)", name="has_both_times_or_none"
            ),
            CheckConstraint(
                "starts_at is not null or state in ('requested', 'cancelled')",
                name="has_a_time_once_confirmed",
            ),
            CheckConstraint("work_minutes > 0", name="takes_time"),
        )


class AppointmentService(Owned):
    """One service of an appointment, as it was offered on that day."""

    __tablename__ = "appointment_services"

    appointment_id: Mapped[UUID]
    service_id: Mapped[UUID | None]
    position: Mapped[int] = mapped_column(default=0, server_default=text("0"))
    name: Mapped[str] = mapped_column(String(120))
    minutes: Mapped[int]
    labour_units: Mapped[Decimal | None] = mapped_column(Numeric(8, 2))
    price: Mapped[Decimal | None] = mapped_column(Numeric(10, 2))
    price_from: Mapped[bool] = mapped_column(default=False, server_default=text("false"))
    currency: Mapped[str] = mapped_column(String(3), default="EUR", server_default="EUR")

    @classmethod
    def rules(cls) -> tuple[SchemaItem, ...]:
        return (
            belongs_to("appointments", "appointment_id", ondelete="CASCADE"),
            belongs_to("services", "service_id", ondelete="SET NULL"),
            Index("ix_appointment_services_place", "workshop_id", "appointment_id", "position"),
        )


class Reservation(Owned):
    """A resource is taken for a time, by an appointment or by an offer to the waiting list.

    The database refuses a second one that overlaps, whoever writes it. Ranges reach no index
    under row-level security, so both ends are columns too.
    """

    __tablename__ = "reservations"

    appointment_id: Mapped[UUID | None]
    offer_id: Mapped[UUID | None]
    resource_id: Mapped[UUID]
    during: Mapped[Range[datetime]] = mapped_column(TSTZRANGE)
    starts_at: Mapped[datetime] = mapped_column(
        DateTime(timezone=True), Computed("lower(during)", persisted=True)
    )
    ends_at: Mapped[datetime] = mapped_column(
        DateTime(timezone=True), Computed("upper(during)", persisted=True)
    )

    @classmethod
    def rules(cls) -> tuple[SchemaItem, ...]:
        return (
            belongs_to("appointments", "appointment_id", ondelete="CASCADE"),
            belongs_to("waitlist_offers", "offer_id", ondelete="CASCADE"),
            belongs_to("resources", "resource_id"),
            ExcludeConstraint(
                (Column("workshop_id"), "="),
                (Column("resource_id"), "="),
                (Column("during"), "&&"),
                name="ex_reservations_no_overlap",
                using="gist",
            ),
            Index("ix_reservations_end", "workshop_id", "ends_at"),
            Index("ix_reservations_appointment", "workshop_id", "appointment_id"),
            CheckConstraint("num_nonnulls(appointment_id, offer_id) = 1", name="is_of_one"),
            CheckConstraint("not isempty(during)", name="takes_time"),
        )


class AppointmentMove(Owned):
    """Evidence: who moved an appointment from which state to which, when and why.

    A new time is a move from a state to itself; `details` keep what was before.
    """

    __tablename__ = "appointment_moves"

    appointment_id: Mapped[UUID]
    from_state: Mapped[str] = mapped_column(String(12), default="", server_default="")
    to_state: Mapped[State] = mapped_column(String(12))
    made_by: Mapped[str] = mapped_column(String(160), default="", server_default="")
    why: Mapped[str] = mapped_column(String(300), default="", server_default="")
    details: Mapped[dict[str, Any]] = json_column()
    happened_at: Mapped[datetime] = created_column()

    @classmethod
    def rules(cls) -> tuple[SchemaItem, ...]:
        return (
            belongs_to("appointments", "appointment_id", ondelete="CASCADE"),
            Index("ix_appointment_moves_time", "workshop_id", "appointment_id", "happened_at"),
        )
