"""What a workshop offers, when it is open, when it is not, and how it takes bookings."""

from datetime import date, datetime, time
from decimal import Decimal

from sqlalchemy import (
    CheckConstraint,
    DateTime,
    Index,
    Integer,
    Numeric,
    String,
    Text,
    UniqueConstraint,
    text,
)
from sqlalchemy.dialects.postgresql import ARRAY
from sqlalchemy.orm import Mapped, mapped_column
from sqlalchemy.schema import SchemaItem

from portal.bookings.models.kinds import Agreement, Answering, LiftKind
from portal.tenants.owned import Owned


class Service(Owned):
    """Work that a workshop offers, at a price or a price to start from; gross, as consumers pay.

    `duration_minutes` is the whole work with `setup_minutes` in it; several services in one visit
    share the longest set-up. `buffer_minutes` keep lift and person free afterwards. An empty
    `lift` needs none, `any` takes whichever is free. A row from a file carries its `source_id`.
    Once staff changed it (`edited_at`), it is theirs.
    """

    __tablename__ = "services"

    name: Mapped[str] = mapped_column(String(120))
    name_en: Mapped[str] = mapped_column(String(120), server_default="")
    description: Mapped[str] = mapped_column(Text, server_default="")
    description_en: Mapped[str] = mapped_column(Text, server_default="")
    keywords: Mapped[list[str]] = mapped_column(ARRAY(String(60)), server_default=text("'{}'"))
    duration_minutes: Mapped[int]
    setup_minutes: Mapped[int] = mapped_column(default=0, server_default=text("0"))
    buffer_minutes: Mapped[int] = mapped_column(default=0, server_default=text("0"))
    labour_units: Mapped[Decimal | None] = mapped_column(Numeric(8, 2))
    lift: Mapped[LiftKind] = mapped_column(
        String(12), default=LiftKind.ANY, server_default=LiftKind.ANY
    )
    min_lift_kg: Mapped[int | None]
    skill: Mapped[str] = mapped_column(String(20), default="", server_default="")
    needs_inspector: Mapped[bool] = mapped_column(default=False, server_default=text("false"))
    can_wait: Mapped[bool] = mapped_column(default=False, server_default=text("false"))
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
            CheckConstraint(
                "setup_minutes between 0 and duration_minutes", name="setup_is_part_of_work"
            ),
            CheckConstraint("buffer_minutes >= 0", name="buffer_is_not_negative"),
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


class BookingRules(Owned):
    """How a workshop takes bookings; one row at most, without one the defaults below hold.

    `local_holidays` are days that only some municipalities of a Bundesland have. `reminder_hours`
    count back from the drop-off. `units_per_hour` is the workshop's system of labour units
    (Arbeitswerte): 10, 12 or 100.
    """

    __tablename__ = "booking_rules"

    step_minutes: Mapped[int] = mapped_column(default=30, server_default=text("30"))
    lead_minutes: Mapped[int] = mapped_column(default=240, server_default=text("240"))
    horizon_days: Mapped[int] = mapped_column(default=60, server_default=text("60"))
    answering: Mapped[Answering] = mapped_column(
        String(12), default=Answering.BY_STAFF, server_default=Answering.BY_STAFF
    )
    agreement: Mapped[Agreement] = mapped_column(
        String(12), default=Agreement.REQUEST, server_default=Agreement.REQUEST
    )
    terms: Mapped[str] = mapped_column(Text, default="", server_default="")
    withdrawal_policy: Mapped[str] = mapped_column(Text, default="", server_default="")
    units_per_hour: Mapped[int] = mapped_column(default=10, server_default=text("10"))
    hourly_rate: Mapped[Decimal | None] = mapped_column(Numeric(8, 2))
    local_holidays: Mapped[list[str]] = mapped_column(
        ARRAY(String(24)), default=list, server_default=text("'{}'")
    )
    reminder_hours: Mapped[list[int]] = mapped_column(
        ARRAY(Integer), default=lambda: [24], server_default=text("'{24}'")
    )
    reminder_by_sms: Mapped[bool] = mapped_column(default=False, server_default=text("false"))
    hold_minutes: Mapped[int] = mapped_column(default=60, server_default=text("60"))

    @classmethod
    def rules(cls) -> tuple[SchemaItem, ...]:
        return (
            UniqueConstraint("workshop_id"),
            CheckConstraint("step_minutes between 5 and 240", name="step_is_sensible"),
            CheckConstraint("lead_minutes between 0 and 43200", name="lead_is_sensible"),
            CheckConstraint("horizon_days between 1 and 400", name="horizon_is_sensible"),
            CheckConstraint("units_per_hour in (10, 12, 100)", name="units_are_known"),
            CheckConstraint("hold_minutes between 5 and 1440", name="hold_is_sensible"),
        )
