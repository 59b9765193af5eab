"""What a workshop offers, when it is open, and when it is not."""

from datetime import date, datetime, time
from decimal import Decimal

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
from sqlalchemy.dialects.postgresql import ARRAY
from sqlalchemy.orm import Mapped, mapped_column
from sqlalchemy.schema import SchemaItem

from portal.tenants.owned import Owned


class Service(Owned):
    """Work that a workshop offers, at a price or a price to start from; gross, as consumers pay.

    A row from a file carries its `source_id`. Once staff changed it (`edited_at`), it is theirs.
    """

    __tablename__ = "services"

    name: Mapped[str] = mapped_column(String(120))
    name_en: Mapped[str] = mapped_column(String(120), server_default="")
    description: Mapped[str] = mapped_column(Text, server_default="")
    description_en: Mapped[str] = mapped_column(Text, server_default="")
    keywords: Mapped[list[str]] = mapped_column(ARRAY(String(60)), server_default=text("'{}'"))
    duration_minutes: Mapped[int]
    price: Mapped[Decimal | None] = mapped_column(Numeric(10, 2))
    price_from: Mapped[bool] = mapped_column(server_default=text("false"))
    currency: Mapped[str] = mapped_column(String(3), server_default="EUR")
    bookable_online: Mapped[bool] = mapped_column(server_default=text("true"))
    category: Mapped[str] = mapped_column(String(40), server_default="")
    position: Mapped[int] = mapped_column(server_default=text("0"))
    active: Mapped[bool] = mapped_column(server_default=text("true"))
    source_id: Mapped[str | None] = mapped_column(String(80))
    edited_at: Mapped[datetime | None] = mapped_column(DateTime(timezone=True))

    @classmethod
    def rules(cls) -> tuple[SchemaItem, ...]:
        return (
            UniqueConstraint("workshop_id", "source_id"),
            Index("ix_services_position", "workshop_id", "position", "id"),
            CheckConstraint("duration_minutes > 0", name="takes_time"),
            CheckConstraint("price >= 0", name="price_is_not_negative"),
        )


class OpeningHours(Owned):
    """One span of one weekday (0 is Monday) in local wall time; a lunch break makes two spans."""

    __tablename__ = "opening_hours"

    weekday: Mapped[int]
    opens: Mapped[time]
    closes: Mapped[time]

    @classmethod
    def rules(cls) -> tuple[SchemaItem, ...]:
        return (
            UniqueConstraint("workshop_id", "weekday", "opens"),
            CheckConstraint("weekday between 0 and 6", name="weekday_of_a_week"),
            CheckConstraint("opens < closes", name="opens_before_it_closes"),
        )


class Closure(Owned):
    """Days on which a workshop is closed although it would be open; both ends included."""

    __tablename__ = "closures"

    starts_on: Mapped[date]
    ends_on: Mapped[date]
    reason: Mapped[str] = mapped_column(String(120), server_default="")
    reason_en: Mapped[str] = mapped_column(String(120), server_default="")
    source_id: Mapped[str | None] = mapped_column(String(80))

    @classmethod
    def rules(cls) -> tuple[SchemaItem, ...]:
        return (
            UniqueConstraint("workshop_id", "source_id"),
            Index("ix_closures_days", "workshop_id", "ends_on"),
            CheckConstraint("starts_on <= ends_on", name="ends_after_it_starts"),
        )
