"""Addresses of other programs, and what was or will be delivered to them."""

from datetime import datetime
from enum import StrEnum
from typing import Any
from uuid import UUID

from sqlalchemy import CheckConstraint, DateTime, Index, LargeBinary, String, Text, text
from sqlalchemy.dialects.postgresql import ARRAY
from sqlalchemy.orm import Mapped, mapped_column
from sqlalchemy.schema import SchemaItem

from portal.kit.db import created_column, json_column
from portal.tenants.owned import Owned, belongs_to


class Stopped(StrEnum):
    """Why an endpoint gets nothing any more; empty: it does."""

    NOT = ""
    BY_HAND = "by_hand"
    GONE = "gone"
    FAILING = "failing"


class Delivered(StrEnum):
    """How far a delivery got; `dropped`: its endpoint was stopped meanwhile."""

    QUEUED = "queued"
    DONE = "done"
    DEAD = "dead"
    DROPPED = "dropped"


class WebhookEndpoint(Owned):
    """Where events go. Secrets are sealed, see `keys`; the former one signs along for a day.

    `failures` counts attempts since the last that succeeded, `failing_since` is when they began.
    Nothing is sent before `quiet_until`: a receiver that is overloaded is left alone.
    """

    __tablename__ = "webhook_endpoints"

    url: Mapped[str] = mapped_column(String(500))
    description: Mapped[str] = mapped_column(String(200), default="", server_default="")
    events: Mapped[list[str]] = mapped_column(ARRAY(String(40)), server_default=text("'{}'"))
    secret: Mapped[bytes] = mapped_column(LargeBinary)
    former_secret: Mapped[bytes | None] = mapped_column(LargeBinary)
    former_until: Mapped[datetime | None] = mapped_column(DateTime(timezone=True))
    stopped: Mapped[Stopped] = mapped_column(String(10), default="", server_default="")
    stopped_at: Mapped[datetime | None] = mapped_column(DateTime(timezone=True))
    failures: Mapped[int] = mapped_column(default=0, server_default=text("0"))
    failing_since: Mapped[datetime | None] = mapped_column(DateTime(timezone=True))
    quiet_until: Mapped[datetime | None] = mapped_column(DateTime(timezone=True))
    last_success_at: Mapped[datetime | None] = mapped_column(DateTime(timezone=True))
    created_by: Mapped[str] = mapped_column(String(160), default="", server_default="")
    created_at: Mapped[datetime] = created_column()

    @property
    def is_active(self) -> bool:
        return not self.stopped

    @classmethod
    def rules(cls) -> tuple[SchemaItem, ...]:
        return (CheckConstraint("failures >= 0", name="failures_count_up"),)


class WebhookDelivery(Owned):
    """One event for one endpoint: the bytes as signed, and every try to deliver them.

    `tries` are {at, code, error, ms}, the latest last. `round` counts the tries since it was
    queued, so that a delivery sent again has its whole schedule before it.
    """

    __tablename__ = "webhook_deliveries"

    endpoint_id: Mapped[UUID]
    event: Mapped[str] = mapped_column(String(40))
    body: Mapped[str] = mapped_column(Text)
    state: Mapped[Delivered] = mapped_column(
        String(8), default=Delivered.QUEUED, server_default=Delivered.QUEUED
    )
    attempts: Mapped[int] = mapped_column(default=0, server_default=text("0"))
    round: Mapped[int] = mapped_column(default=0, server_default=text("0"))
    response_code: Mapped[int | None]
    last_error: Mapped[str] = mapped_column(String(300), default="", server_default="")
    tries: Mapped[list[dict[str, Any]]] = json_column(default="[]")
    next_try_at: Mapped[datetime | None] = mapped_column(DateTime(timezone=True))
    last_try_at: Mapped[datetime | None] = mapped_column(DateTime(timezone=True))
    created_at: Mapped[datetime] = created_column()

    @property
    def message_id(self) -> str:
        """The receiver's key against doubles: the same on every attempt."""
        return f"msg_{self.id.hex}"

    @classmethod
    def rules(cls) -> tuple[SchemaItem, ...]:
        return (
            belongs_to("webhook_endpoints", "endpoint_id", ondelete="CASCADE"),
            Index("ix_webhook_deliveries_time", "workshop_id", "endpoint_id", "id"),
            Index("ix_webhook_deliveries_state", "workshop_id", "endpoint_id", "state", "id"),
        )
