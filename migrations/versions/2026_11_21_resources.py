"""Lifts, people, loaner cars and what services need of them."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

from migrations.protect import protect

revision = "resources"
down_revision = "chat"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column(
        "services",
        sa.Column("setup_minutes", sa.Integer(), server_default=sa.text("0"), nullable=False),
    )
    op.add_column(
        "services",
        sa.Column("buffer_minutes", sa.Integer(), server_default=sa.text("0"), nullable=False),
    )
    op.add_column(
        "services", sa.Column("labour_units", sa.Numeric(precision=8, scale=2), nullable=True)
    )
    op.add_column(
        "services", sa.Column("lift", sa.String(length=12), server_default="any", nullable=False)
    )
    op.add_column("services", sa.Column("min_lift_kg", sa.Integer(), nullable=True))
    op.add_column(
        "services", sa.Column("skill", sa.String(length=20), server_default="", nullable=False)
    )
    op.add_column(
        "services",
        sa.Column("needs_inspector", sa.Boolean(), server_default=sa.text("false"), nullable=False),
    )
    op.add_column(
        "services",
        sa.Column("can_wait", sa.Boolean(), server_default=sa.text("false"), nullable=False),
    )
    op.create_table(
        "booking_rules",
        sa.Column(
            "workshop_id",
            sa.Uuid(),
            server_default=sa.text("nullif(current_setting('app.workshop_id', true), '')::uuid"),
            nullable=False,
        ),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("step_minutes", sa.Integer(), server_default=sa.text("30"), nullable=False),
        sa.Column("lead_minutes", sa.Integer(), server_default=sa.text("240"), nullable=False),
        sa.Column("horizon_days", sa.Integer(), server_default=sa.text("60"), nullable=False),
        sa.Column("answering", sa.String(length=12), server_default="by_staff", nullable=False),
        sa.Column("agreement", sa.String(length=12), server_default="request", nullable=False),
        sa.Column("terms", sa.Text(), server_default="", nullable=False),
        sa.Column("withdrawal_policy", sa.Text(), server_default="", nullable=False),
        sa.Column("units_per_hour", sa.Integer(), server_default=sa.text("10"), nullable=False),
        sa.Column("hourly_rate", sa.Numeric(precision=8, scale=2), nullable=True),
        sa.Column(
            "local_holidays",
            postgresql.ARRAY(sa.String(length=24)),
            server_default=sa.text("'{}'"),
            nullable=False,
        ),
        sa.Column(
            "reminder_hours",
            postgresql.ARRAY(sa.Integer()),
            server_default=sa.text("'{24}'"),
            nullable=False,
        ),
        sa.Column("reminder_by_sms", sa.Boolean(), server_default=sa.text("false"), nullable=False),
        sa.Column("hold_minutes", sa.Integer(), server_default=sa.text("60"), nullable=False),
        sa.CheckConstraint(
            "hold_minutes between 5 and 1440", name=op.f("ck_booking_rules_hold_is_sensible")
        ),
        sa.CheckConstraint(
            "horizon_days between 1 and 400", name=op.f("ck_booking_rules_horizon_is_sensible")
        ),
        sa.CheckConstraint(
            "lead_minutes between 0 and 43200", name=op.f("ck_booking_rules_lead_is_sensible")
        ),
        sa.CheckConstraint(
            "step_minutes between 5 and 240", name=op.f("ck_booking_rules_step_is_sensible")
        ),
        sa.CheckConstraint(
            "units_per_hour in (10, 12, 100)", name=op.f("ck_booking_rules_units_are_known")
        ),
        sa.PrimaryKeyConstraint("workshop_id", "id", name="pk_booking_rules"),
        sa.UniqueConstraint("workshop_id", name="uq_booking_rules_workshop_id"),
    )
    op.create_table(
        "resources",
        sa.Column(
            "workshop_id",
            sa.Uuid(),
            server_default=sa.text("nullif(current_setting('app.workshop_id', true), '')::uuid"),
            nullable=False,
        ),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("kind", sa.String(length=12), nullable=False),
        sa.Column("name", sa.String(length=80), nullable=False),
        sa.Column("position", sa.Integer(), server_default=sa.text("0"), nullable=False),
        sa.Column("active", sa.Boolean(), server_default=sa.text("true"), nullable=False),
        sa.Column("bookable_online", sa.Boolean(), server_default=sa.text("true"), nullable=False),
        sa.Column("lift_kind", sa.String(length=12), server_default="", nullable=False),
        sa.Column("max_weight_kg", sa.Integer(), nullable=True),
        sa.Column("capacity_percent", sa.Integer(), server_default=sa.text("100"), nullable=False),
        sa.Column("staff_id", sa.Uuid(), nullable=True),
        sa.Column("plate", sa.String(length=20), server_default="", nullable=False),
        sa.Column("note", sa.String(length=300), server_default="", nullable=False),
        sa.Column("feed_key", sa.String(length=64), nullable=True),
        sa.CheckConstraint(
            "capacity_percent between 10 and 100", name=op.f("ck_resources_capacity_is_a_share")
        ),
        sa.CheckConstraint("max_weight_kg > 0", name=op.f("ck_resources_weight_is_positive")),
        sa.ForeignKeyConstraint(
            ["workshop_id", "staff_id"],
            ["staff.workshop_id", "staff.id"],
            name="fk_resources_workshop_id_staff",
            ondelete="SET NULL (staff_id)",
        ),
        sa.PrimaryKeyConstraint("workshop_id", "id", name="pk_resources"),
    )
    op.create_index(
        "ix_resources_place", "resources", ["workshop_id", "kind", "position", "id"], unique=False
    )
    op.create_table(
        "resource_skills",
        sa.Column(
            "workshop_id",
            sa.Uuid(),
            server_default=sa.text("nullif(current_setting('app.workshop_id', true), '')::uuid"),
            nullable=False,
        ),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("resource_id", sa.Uuid(), nullable=False),
        sa.Column("skill", sa.String(length=20), nullable=False),
        sa.Column("valid_until", sa.Date(), nullable=True),
        sa.ForeignKeyConstraint(
            ["workshop_id", "resource_id"],
            ["resources.workshop_id", "resources.id"],
            name="fk_resource_skills_workshop_id_resources",
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("workshop_id", "id", name="pk_resource_skills"),
        sa.UniqueConstraint(
            "workshop_id", "resource_id", "skill", name="uq_resource_skills_workshop_id"
        ),
    )
    op.create_table(
        "shifts",
        sa.Column(
            "workshop_id",
            sa.Uuid(),
            server_default=sa.text("nullif(current_setting('app.workshop_id', true), '')::uuid"),
            nullable=False,
        ),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("resource_id", sa.Uuid(), nullable=False),
        sa.Column("weekday", sa.Integer(), nullable=False),
        sa.Column("starts", sa.Time(), nullable=False),
        sa.Column("ends", sa.Time(), nullable=False),
        sa.Column("valid_from", sa.Date(), nullable=True),
        sa.Column("valid_to", sa.Date(), nullable=True),
        sa.CheckConstraint("starts < ends", name=op.f("ck_shifts_starts_before_it_ends")),
        sa.CheckConstraint("valid_from <= valid_to", name=op.f("ck_shifts_valid_from_before_to")),
        sa.CheckConstraint("weekday between 0 and 6", name=op.f("ck_shifts_weekday_of_a_week")),
        sa.ForeignKeyConstraint(
            ["workshop_id", "resource_id"],
            ["resources.workshop_id", "resources.id"],
            name="fk_shifts_workshop_id_resources",
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("workshop_id", "id", name="pk_shifts"),
    )
    op.create_index("ix_shifts_resource", "shifts", ["workshop_id", "resource_id"], unique=False)
    op.create_table(
        "absences",
        sa.Column(
            "workshop_id",
            sa.Uuid(),
            server_default=sa.text("nullif(current_setting('app.workshop_id', true), '')::uuid"),
            nullable=False,
        ),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("resource_id", sa.Uuid(), nullable=False),
        sa.Column("kind", sa.String(length=12), nullable=False),
        sa.Column("starts_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("ends_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("note", sa.String(length=200), server_default="", nullable=False),
        sa.Column("source_id", sa.String(length=200), nullable=True),
        sa.Column(
            "created_at",
            sa.DateTime(timezone=True),
            server_default=sa.text("clock_timestamp()"),
            nullable=False,
        ),
        sa.CheckConstraint("starts_at < ends_at", name=op.f("ck_absences_starts_before_it_ends")),
        sa.ForeignKeyConstraint(
            ["workshop_id", "resource_id"],
            ["resources.workshop_id", "resources.id"],
            name="fk_absences_workshop_id_resources",
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("workshop_id", "id", name="pk_absences"),
        sa.UniqueConstraint(
            "workshop_id", "resource_id", "source_id", name="uq_absences_workshop_id"
        ),
    )
    op.create_index("ix_absences_end", "absences", ["workshop_id", "ends_at"], unique=False)
    op.create_check_constraint(
        op.f("ck_services_setup_is_part_of_work"),
        "services",
        "setup_minutes between 0 and duration_minutes",
    )
    op.create_check_constraint(
        op.f("ck_services_buffer_is_not_negative"), "services", "buffer_minutes >= 0"
    )
    protect("booking_rules", "resources", "resource_skills", "shifts", "absences")


def downgrade() -> None:
    op.drop_table("absences")
    op.drop_table("shifts")
    op.drop_table("resource_skills")
    op.drop_table("resources")
    op.drop_table("booking_rules")
    op.drop_column("services", "setup_minutes")
    op.drop_column("services", "buffer_minutes")
    op.drop_column("services", "labour_units")
    op.drop_column("services", "lift")
    op.drop_column("services", "min_lift_kg")
    op.drop_column("services", "skill")
    op.drop_column("services", "needs_inspector")
    op.drop_column("services", "can_wait")
