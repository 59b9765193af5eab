"""What customers are told, who waits for a freed time, and who withdraws from a contract."""

from datetime import date, datetime, time
from uuid import UUID

from sqlalchemy import (
    CheckConstraint,
    DateTime,
    Index,
    Integer,
    String,
    Text,
    UniqueConstraint,
    Uuid,
    text,
)
from sqlalchemy.dialects.postgresql import ARRAY
from sqlalchemy.orm import Mapped, mapped_column
from sqlalchemy.schema import SchemaItem

from portal.bookings.models.kinds import Channel, Delivery, NoticeKind, Offering, Waiting
from portal.kit.db import created_column
from portal.tenants.owned import Owned, belongs_to


class BookingNotice(Owned):
    """One message to a customer and how far it got; the same `key` is never sent twice."""

    __tablename__ = "booking_notices"

    appointment_id: Mapped[UUID | None]
    invitation_id: Mapped[UUID | None]
    kind: Mapped[NoticeKind] = mapped_column(String(12))
    channel: Mapped[Channel] = mapped_column(String(8))
    key: Mapped[str] = mapped_column(String(120))
    recipient: Mapped[str] = mapped_column(String(254), default="", server_default="")
    subject: Mapped[str] = mapped_column(String(200), default="", server_default="")
    state: Mapped[Delivery] = mapped_column(String(10), server_default=Delivery.QUEUED)
    problem: Mapped[str] = mapped_column(String(300), default="", server_default="")
    attempts: Mapped[int] = mapped_column(default=0, server_default=text("0"))
    due_at: Mapped[datetime] = mapped_column(DateTime(timezone=True))
    sent_at: Mapped[datetime | None] = mapped_column(DateTime(timezone=True))
    created_at: Mapped[datetime] = created_column()

    @classmethod
    def rules(cls) -> tuple[SchemaItem, ...]:
        return (
            belongs_to("appointments", "appointment_id", ondelete="CASCADE"),
            belongs_to("waitlist_invitations", "invitation_id", ondelete="CASCADE"),
            UniqueConstraint("workshop_id", "key"),
            Index("ix_booking_notices_appointment", "workshop_id", "appointment_id"),
            Index("ix_booking_notices_due", "workshop_id", "state", "due_at"),
            CheckConstraint("num_nonnulls(appointment_id, invitation_id) = 1", name="is_of_one"),
        )


class WaitlistEntry(Owned):
    """A customer who takes a freed time between two days, at hours and weekdays that suit."""

    __tablename__ = "waitlist_entries"

    customer_id: Mapped[UUID]
    vehicle_id: Mapped[UUID | None]
    service_ids: Mapped[list[UUID]] = mapped_column(
        ARRAY(Uuid), default=list, server_default=text("'{}'")
    )
    title: Mapped[str] = mapped_column(String(200), default="", server_default="")
    wishes: Mapped[str] = mapped_column(Text, default="", server_default="")
    minutes: Mapped[int]
    from_day: Mapped[date]
    to_day: Mapped[date]
    weekdays: Mapped[list[int]] = mapped_column(
        ARRAY(Integer), default=list, server_default=text("'{}'")
    )
    earliest: Mapped[time | None]
    latest: Mapped[time | None]
    state: Mapped[Waiting] = mapped_column(String(10), server_default=Waiting.WAITING)
    appointment_id: Mapped[UUID | None]
    created_at: Mapped[datetime] = created_column()

    @classmethod
    def rules(cls) -> tuple[SchemaItem, ...]:
        return (
            belongs_to("customers", "customer_id", ondelete="CASCADE"),
            belongs_to("vehicles", "vehicle_id", ondelete="SET NULL"),
            belongs_to("appointments", "appointment_id", ondelete="SET NULL"),
            Index("ix_waitlist_entries_state", "workshop_id", "state", "created_at"),
            CheckConstraint("from_day <= to_day", name="ends_after_it_starts"),
            CheckConstraint("minutes > 0", name="takes_time"),
        )


class WaitlistOffer(Owned):
    """A freed time that is kept for those who wait, until `hold_until`; the first one gets it."""

    __tablename__ = "waitlist_offers"

    starts_at: Mapped[datetime] = mapped_column(DateTime(timezone=True))
    ends_at: Mapped[datetime] = mapped_column(DateTime(timezone=True))
    hold_until: Mapped[datetime] = mapped_column(DateTime(timezone=True))
    state: Mapped[Offering] = mapped_column(String(10), server_default=Offering.OPEN)
    created_at: Mapped[datetime] = created_column()

    @classmethod
    def rules(cls) -> tuple[SchemaItem, ...]:
        return (
            Index("ix_waitlist_offers_state", "workshop_id", "state", "hold_until"),
            CheckConstraint("starts_at < ends_at", name="starts_before_it_ends"),
        )


class WaitlistInvitation(Owned):
    """Who was asked whether they want an offer, and what they said."""

    __tablename__ = "waitlist_invitations"

    offer_id: Mapped[UUID]
    entry_id: Mapped[UUID]
    answer: Mapped[str] = mapped_column(String(10), default="", server_default="")
    answered_at: Mapped[datetime | None] = mapped_column(DateTime(timezone=True))
    created_at: Mapped[datetime] = created_column()

    @classmethod
    def rules(cls) -> tuple[SchemaItem, ...]:
        return (
            belongs_to("waitlist_offers", "offer_id", ondelete="CASCADE"),
            belongs_to("waitlist_entries", "entry_id", ondelete="CASCADE"),
            UniqueConstraint("workshop_id", "offer_id", "entry_id"),
            Index("ix_waitlist_invitations_entry", "workshop_id", "entry_id"),
            CheckConstraint(
                "answer in ('', 'accepted', 'late', 'declined')", name="answer_is_known"
            ),
        )


class Withdrawal(Owned):
    """A consumer's declaration to withdraw from a contract (§ 356a BGB), kept whatever it names.

    `reference` is the contract as it was typed; `appointment_id` what it means, if we found it.
    """

    __tablename__ = "withdrawals"

    name: Mapped[str] = mapped_column(String(120))
    reference: Mapped[str] = mapped_column(String(200))
    email: Mapped[str] = mapped_column(String(254))
    appointment_id: Mapped[UUID | None]
    was_effective: Mapped[bool] = mapped_column(default=False, server_default=text("false"))
    handled_at: Mapped[datetime | None] = mapped_column(DateTime(timezone=True))
    handled_by: Mapped[str] = mapped_column(String(160), default="", server_default="")
    received_at: Mapped[datetime] = created_column()

    @classmethod
    def rules(cls) -> tuple[SchemaItem, ...]:
        return (
            belongs_to("appointments", "appointment_id", ondelete="SET NULL"),
            Index("ix_withdrawals_time", "workshop_id", "received_at"),
        )
