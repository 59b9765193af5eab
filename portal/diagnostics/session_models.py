"""Diagnostic cases: what a customer reports, what a mechanic sees, photos, estimate and state.

A case may hold a recording (`obd2`), or stand for itself: a visual check, a test drive.
"""

from datetime import datetime
from decimal import Decimal
from enum import StrEnum
from uuid import UUID

from sqlalchemy import (
    CheckConstraint,
    DateTime,
    Index,
    Numeric,
    String,
    Text,
    UniqueConstraint,
    text,
)
from sqlalchemy.orm import Mapped, mapped_column
from sqlalchemy.schema import SchemaItem

from portal.kit.db import created_column
from portal.tenants.owned import Owned, belongs_to


class SessionKind(StrEnum):
    OBD2 = "obd2"
    VISUAL = "visual"
    TEST_DRIVE = "test_drive"


class SessionState(StrEnum):
    OPEN = "open"
    IN_WORK = "in_work"
    DONE = "done"


class DiagnosticSession(Owned):
    """`version` counts changes, so that nobody overwrites what another has just written."""

    __tablename__ = "diagnostic_sessions"

    vehicle_id: Mapped[UUID | None]
    scan_id: Mapped[UUID | None]
    kind: Mapped[SessionKind] = mapped_column(String(20))
    state: Mapped[SessionState] = mapped_column(String(20), server_default=SessionState.OPEN)
    odometer_km: Mapped[int | None]
    symptoms: Mapped[str] = mapped_column(Text, server_default="")
    notes: Mapped[str] = mapped_column(Text, server_default="")
    created_by: Mapped[str] = mapped_column(String(160))
    created_at: Mapped[datetime] = created_column()
    changed_at: Mapped[datetime] = mapped_column(
        DateTime(timezone=True), server_default=text("clock_timestamp()")
    )
    version: Mapped[int] = mapped_column(server_default=text("1"))

    @classmethod
    def rules(cls) -> tuple[SchemaItem, ...]:
        return (
            belongs_to("vehicles", "vehicle_id", ondelete="SET NULL"),
            belongs_to("scans", "scan_id", ondelete="SET NULL"),
            UniqueConstraint("workshop_id", "scan_id"),
            Index("ix_diagnostic_sessions_vehicle", "workshop_id", "vehicle_id", "created_at"),
            Index("ix_diagnostic_sessions_state", "workshop_id", "state", "id"),
        )


class EstimateLine(Owned):
    """One position of a rough estimate; `unit_price` is in euro with VAT, as customers pay it."""

    __tablename__ = "session_estimate_lines"

    session_id: Mapped[UUID]
    position: Mapped[int]
    title: Mapped[str] = mapped_column(String(200))
    quantity: Mapped[Decimal] = mapped_column(Numeric(8, 2))
    unit_price: Mapped[Decimal] = mapped_column(Numeric(10, 2))
    from_catalogue: Mapped[bool] = mapped_column(server_default=text("false"))
    """Taken from the workshop's price list; otherwise somebody typed the amount."""

    @classmethod
    def rules(cls) -> tuple[SchemaItem, ...]:
        return (
            belongs_to("diagnostic_sessions", "session_id", ondelete="CASCADE"),
            UniqueConstraint("workshop_id", "session_id", "position"),
            CheckConstraint("quantity > 0 and unit_price >= 0", name="amounts_are_real"),
        )


class SessionChange(Owned):
    """Who wrote or changed what, and when: appended, never changed."""

    __tablename__ = "session_changes"

    session_id: Mapped[UUID]
    field: Mapped[str] = mapped_column(String(40))
    before: Mapped[str] = mapped_column(Text, server_default="")
    after: Mapped[str] = mapped_column(Text, server_default="")
    changed_by: Mapped[str] = mapped_column(String(160))
    changed_at: Mapped[datetime] = created_column()

    @classmethod
    def rules(cls) -> tuple[SchemaItem, ...]:
        return (
            belongs_to("diagnostic_sessions", "session_id", ondelete="CASCADE"),
            Index("ix_session_changes_session", "workshop_id", "session_id", "id"),
        )


class SessionPhoto(Owned):
    """A picture, encoded anew without what the camera wrote into it (place, device, owner)."""

    __tablename__ = "session_photos"

    session_id: Mapped[UUID]
    blob_key: Mapped[str] = mapped_column(String(120))
    thumb_key: Mapped[str] = mapped_column(String(120))
    content_hash: Mapped[str] = mapped_column(String(64))
    """Of the file as it came: the same picture sent twice is one."""
    width: Mapped[int]
    height: Mapped[int]
    size: Mapped[int]
    caption: Mapped[str] = mapped_column(String(200), server_default="")
    taken_by: Mapped[str] = mapped_column(String(160))
    taken_at: Mapped[datetime] = created_column()

    @classmethod
    def rules(cls) -> tuple[SchemaItem, ...]:
        return (
            belongs_to("diagnostic_sessions", "session_id", ondelete="CASCADE"),
            UniqueConstraint("workshop_id", "session_id", "content_hash"),
        )
