"""Proofs that a visitor is the contact on file of a vehicle, and the tries that guessing took."""

from datetime import datetime
from enum import StrEnum
from uuid import UUID

from sqlalchemy import CheckConstraint, DateTime, Index, LargeBinary, String, UniqueConstraint, text
from sqlalchemy.orm import Mapped, mapped_column
from sqlalchemy.schema import SchemaItem

from portal.kit.db import created_column
from portal.tenants.owned import Owned, belongs_to


class Step(StrEnum):
    """How far a verification got.

    `silent`: there is nobody to send a code to, which its visitor never learns.
    """

    ASKED = "asked"
    SENT = "sent"
    SILENT = "silent"
    CONFIRMED = "confirmed"
    ENDED = "ended"


class Verification(Owned):
    """One request for a code. `asked_key` is a keyed hash of the plate or VIN that was typed.

    `token_hash` is the visitor's token that asked: another one opens nothing. `vehicle_id` and
    `customer_id` are there once the job has found them. `trouble` tells staff why no code left.
    """

    __tablename__ = "verifications"

    conversation_id: Mapped[UUID]
    vehicle_id: Mapped[UUID | None]
    customer_id: Mapped[UUID | None]
    asked_key: Mapped[bytes] = mapped_column(LargeBinary)
    token_hash: Mapped[bytes] = mapped_column(LargeBinary)
    code_hash: Mapped[bytes | None] = mapped_column(LargeBinary)
    channel: Mapped[str] = mapped_column(String(8))
    step: Mapped[Step] = mapped_column(String(10), server_default=Step.ASKED)
    trouble: Mapped[str] = mapped_column(String(20), server_default="")
    created_at: Mapped[datetime] = created_column()
    expires_at: Mapped[datetime] = mapped_column(DateTime(timezone=True))
    sent_at: Mapped[datetime | None] = mapped_column(DateTime(timezone=True))
    confirmed_at: Mapped[datetime | None] = mapped_column(DateTime(timezone=True))
    valid_until: Mapped[datetime | None] = mapped_column(DateTime(timezone=True))

    @classmethod
    def rules(cls) -> tuple[SchemaItem, ...]:
        return (
            belongs_to("conversations", "conversation_id", ondelete="CASCADE"),
            belongs_to("vehicles", "vehicle_id", ondelete="CASCADE"),
            belongs_to("customers", "customer_id", ondelete="CASCADE"),
            Index("ix_verifications_talk", "workshop_id", "conversation_id", "created_at"),
            Index("ix_verifications_contact", "workshop_id", "customer_id", "sent_at"),
            CheckConstraint(
                "step <> 'confirmed' OR (confirmed_at IS NOT NULL AND vehicle_id IS NOT NULL "
                "AND customer_id IS NOT NULL AND valid_until IS NOT NULL)",
                name="confirmed_is_about_somebody",
            ),
        )


class VerificationTry(Owned):
    """Codes typed for one conversation or one vehicle; `subject` is a keyed hash of which."""

    __tablename__ = "verification_tries"

    subject: Mapped[bytes] = mapped_column(LargeBinary)
    wrong: Mapped[int] = mapped_column(server_default=text("0"))
    since: Mapped[datetime] = mapped_column(DateTime(timezone=True))
    locked_until: Mapped[datetime | None] = mapped_column(DateTime(timezone=True))

    @classmethod
    def rules(cls) -> tuple[SchemaItem, ...]:
        return (UniqueConstraint("workshop_id", "subject"),)
