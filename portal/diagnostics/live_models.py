"""Live recordings: who records where, and since when. What is measured passes through Redis."""

from datetime import datetime
from enum import StrEnum
from uuid import UUID

from sqlalchemy import DateTime, Index, String
from sqlalchemy.orm import Mapped, mapped_column
from sqlalchemy.schema import SchemaItem

from portal.kit.db import created_column
from portal.tenants.owned import Owned, belongs_to


class LiveState(StrEnum):
    LIVE = "live"
    ENDED = "ended"


class LiveRecording(Owned):
    """The id is the recorder's own, so that it finds its recording again after a broken line."""

    __tablename__ = "live_recordings"

    state: Mapped[LiveState] = mapped_column(String(10), server_default=LiveState.LIVE)
    device: Mapped[str] = mapped_column(String(120))
    """What the recorder calls itself: the name of the computer."""
    recorded_by: Mapped[str] = mapped_column(String(160))
    """The name of the token that opened the line."""
    protocol: Mapped[str] = mapped_column(String(80), server_default="")
    vin: Mapped[str | None] = mapped_column(String(17))
    vehicle_id: Mapped[UUID | None]
    scan_id: Mapped[UUID | None]
    stop_reason: Mapped[str] = mapped_column(String(40), server_default="")
    started_at: Mapped[datetime] = mapped_column(DateTime(timezone=True))
    seen_at: Mapped[datetime] = created_column()
    ended_at: Mapped[datetime | None] = mapped_column(DateTime(timezone=True))

    @classmethod
    def rules(cls) -> tuple[SchemaItem, ...]:
        return (
            belongs_to("vehicles", "vehicle_id", ondelete="SET NULL"),
            belongs_to("scans", "scan_id", ondelete="SET NULL"),
            Index("ix_live_recordings_seen", "workshop_id", "seen_at"),
        )
