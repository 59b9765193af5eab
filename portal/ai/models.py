"""What calls to AI providers took: one row a call, counters of what was used, and what is allowed.

No text of anybody stands here, only sizes, times and prices. Money is in millionths of a euro.
"""

from datetime import date, datetime
from uuid import UUID

from sqlalchemy import (
    BigInteger,
    CheckConstraint,
    Date,
    ForeignKey,
    Index,
    String,
    UniqueConstraint,
    text,
)
from sqlalchemy.orm import Mapped, mapped_column
from sqlalchemy.schema import SchemaItem

from portal.kit.db import Base, created_column
from portal.tenants.owned import THIS_WORKSHOP, Owned

NOTHING = text("0")


class AiCall(Owned):
    """One call. `about_id` is the conversation or scan that it was for, where there is one.

    `outcome`: `answered`; `failed` (said nothing, `reason` tells why), `broken` (stopped in the
    middle), `aborted` (the reader left), `dropped` (a person took over meanwhile).
    """

    __tablename__ = "ai_calls"

    purpose: Mapped[str] = mapped_column(String(12), server_default="chat")
    about_id: Mapped[UUID | None]
    provider: Mapped[str] = mapped_column(String(60))
    model: Mapped[str] = mapped_column(String(80), server_default="")
    tokens_in: Mapped[int] = mapped_column(server_default=NOTHING)
    tokens_out: Mapped[int] = mapped_column(server_default=NOTHING)
    tokens_cached: Mapped[int] = mapped_column(server_default=NOTHING)
    micros: Mapped[int] = mapped_column(BigInteger, server_default=NOTHING)
    first_ms: Mapped[int | None]
    total_ms: Mapped[int] = mapped_column(server_default=NOTHING)
    outcome: Mapped[str] = mapped_column(String(10))
    reason: Mapped[str] = mapped_column(String(60), server_default="")
    created_at: Mapped[datetime] = created_column()

    @classmethod
    def rules(cls) -> tuple[SchemaItem, ...]:
        return (Index("ix_ai_calls_time", "workshop_id", "created_at"),)


class AiMeter(Owned):
    """Tokens and money spent or reserved: a row that parallel calls count up exactly.

    `scope` and `key`: `day` 2026-11-28, `month` 2026-11, `talk` id of a conversation, `visitor`
    keyed hash of a network with its day.
    """

    __tablename__ = "ai_meters"

    scope: Mapped[str] = mapped_column(String(8))
    key: Mapped[str] = mapped_column(String(80))
    tokens: Mapped[int] = mapped_column(BigInteger)
    micros: Mapped[int] = mapped_column(BigInteger, server_default=NOTHING)
    touched_at: Mapped[datetime] = created_column()

    @classmethod
    def rules(cls) -> tuple[SchemaItem, ...]:
        return (UniqueConstraint("workshop_id", "scope", "key", name="uq_ai_meters_key"),)


class AiAllowance(Owned):
    """What the workshop itself allows; at most one row. Empty: as the platform sets it."""

    __tablename__ = "ai_allowances"

    single: Mapped[bool] = mapped_column(server_default=text("true"))
    daily_micros: Mapped[int | None] = mapped_column(BigInteger)
    monthly_micros: Mapped[int | None] = mapped_column(BigInteger)

    @classmethod
    def rules(cls) -> tuple[SchemaItem, ...]:
        return (
            UniqueConstraint("workshop_id", "single", name="uq_ai_allowances_only"),
            CheckConstraint("single", name="only_one"),
            CheckConstraint("daily_micros >= 0 AND monthly_micros >= 0", name="not_negative"),
        )


class AiCost(Base):
    """The bill of one workshop and day, which the platform may read: sums, and nothing else."""

    __tablename__ = "ai_costs"

    workshop_id: Mapped[UUID] = mapped_column(
        ForeignKey("workshops.id", ondelete="CASCADE"),
        server_default=THIS_WORKSHOP,
        primary_key=True,
    )
    day: Mapped[date] = mapped_column(Date, primary_key=True)
    calls: Mapped[int]
    failed: Mapped[int]
    tokens_in: Mapped[int] = mapped_column(BigInteger)
    tokens_out: Mapped[int] = mapped_column(BigInteger)
    tokens_cached: Mapped[int] = mapped_column(BigInteger)
    micros: Mapped[int] = mapped_column(BigInteger)
