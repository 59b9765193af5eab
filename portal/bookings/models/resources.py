"""What an appointment can occupy: lifts, people, loaner cars, inspectors, seats to wait on."""

from datetime import date, datetime, time
from uuid import UUID

from sqlalchemy import CheckConstraint, DateTime, Index, String, UniqueConstraint, text
from sqlalchemy.orm import Mapped, mapped_column
from sqlalchemy.schema import SchemaItem

from portal.bookings.models.kinds import AbsenceKind, LiftKind, ResourceKind, SkillKind
from portal.kit.db import created_column
from portal.tenants.owned import Owned, belongs_to


class Resource(Owned):
    """One lift, person, loaner car, inspector or seat.

    `capacity_percent` is how fast a person works: an apprentice with 50 needs twice the time.
    `staff_id` links a person who signs in. `feed_key` opens the person's calendar feed; without
    one there is none.
    """

    __tablename__ = "resources"

    kind: Mapped[ResourceKind] = mapped_column(String(12))
    name: Mapped[str] = mapped_column(String(80))
    position: Mapped[int] = mapped_column(default=0, server_default=text("0"))
    active: Mapped[bool] = mapped_column(default=True, server_default=text("true"))
    bookable_online: Mapped[bool] = mapped_column(default=True, server_default=text("true"))
    lift_kind: Mapped[LiftKind] = mapped_column(String(12), default="", server_default="")
    max_weight_kg: Mapped[int | None]
    capacity_percent: Mapped[int] = mapped_column(default=100, server_default=text("100"))
    staff_id: Mapped[UUID | None]
    plate: Mapped[str] = mapped_column(String(20), default="", server_default="")
    note: Mapped[str] = mapped_column(String(300), default="", server_default="")
    feed_key: Mapped[str | None] = mapped_column(String(64))

    @classmethod
    def rules(cls) -> tuple[SchemaItem, ...]:
        return (
            belongs_to("staff", "staff_id", ondelete="SET NULL"),
            Index("ix_resources_place", "workshop_id", "kind", "position", "id"),
            CheckConstraint("capacity_percent between 10 and 100", name="capacity_is_a_share"),
            CheckConstraint("max_weight_kg > 0", name="weight_is_positive"),
        )


class ResourceSkill(Owned):
    """A person's training, until its certificate expires (None: it does not)."""

    __tablename__ = "resource_skills"

    resource_id: Mapped[UUID]
    skill: Mapped[SkillKind] = mapped_column(String(20))
    valid_until: Mapped[date | None]

    @classmethod
    def rules(cls) -> tuple[SchemaItem, ...]:
        return (
            belongs_to("resources", "resource_id", ondelete="CASCADE"),
            UniqueConstraint("workshop_id", "resource_id", "skill"),
        )


class Shift(Owned):
    """When a resource works on a weekday (0 is Monday), in local wall time, both days included.

    A resource without shifts works whenever the workshop is open; an inspector never does.
    """

    __tablename__ = "shifts"

    resource_id: Mapped[UUID]
    weekday: Mapped[int]
    starts: Mapped[time]
    ends: Mapped[time]
    valid_from: Mapped[date | None]
    valid_to: Mapped[date | None]

    @classmethod
    def rules(cls) -> tuple[SchemaItem, ...]:
        return (
            belongs_to("resources", "resource_id", ondelete="CASCADE"),
            Index("ix_shifts_resource", "workshop_id", "resource_id"),
            CheckConstraint("weekday between 0 and 6", name="weekday_of_a_week"),
            CheckConstraint("starts < ends", name="starts_before_it_ends"),
            CheckConstraint("valid_from <= valid_to", name="valid_from_before_to"),
        )


class Absence(Owned):
    """A time at which a resource is not there: vacation, illness, school, broken, in the shop."""

    __tablename__ = "absences"

    resource_id: Mapped[UUID]
    kind: Mapped[AbsenceKind] = mapped_column(String(12))
    starts_at: Mapped[datetime] = mapped_column(DateTime(timezone=True))
    ends_at: Mapped[datetime] = mapped_column(DateTime(timezone=True))
    note: Mapped[str] = mapped_column(String(200), default="", server_default="")
    source_id: Mapped[str | None] = mapped_column(String(200))
    created_at: Mapped[datetime] = created_column()

    @classmethod
    def rules(cls) -> tuple[SchemaItem, ...]:
        return (
            belongs_to("resources", "resource_id", ondelete="CASCADE"),
            Index("ix_absences_end", "workshop_id", "ends_at"),
            UniqueConstraint("workshop_id", "resource_id", "source_id"),
            CheckConstraint("starts_at < ends_at", name="starts_before_it_ends"),
        )
