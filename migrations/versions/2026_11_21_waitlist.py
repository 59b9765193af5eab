"""Who waits for a freed time, and what customers are told."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

from migrations.protect import protect

revision = "waitlist"
down_revision = "appointments"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "waitlist_entries",
        sa.Column(
            "workshop_id",
            sa.Uuid(),
            server_default=sa.text("nullif(current_setting('app.workshop_id', true), '')::uuid"),
            nullable=False,
        ),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("customer_id", sa.Uuid(), nullable=False),
        sa.Column("vehicle_id", sa.Uuid(), nullable=True),
        sa.Column(
            "service_ids",
            postgresql.ARRAY(sa.Uuid()),
            server_default=sa.text("'{}'"),
            nullable=False,
        ),
        sa.Column("title", sa.String(length=200), server_default="", nullable=False),
        sa.Column("wishes", sa.Text(), server_default="", nullable=False),
        sa.Column("minutes", sa.Integer(), nullable=False),
        sa.Column("from_day", sa.Date(), nullable=False),
        sa.Column("to_day", sa.Date(), nullable=False),
        sa.Column(
            "weekdays",
            postgresql.ARRAY(sa.Integer()),
            server_default=sa.text("'{}'"),
            nullable=False,
        ),
        sa.Column("earliest", sa.Time(), nullable=True),
        sa.Column("latest", sa.Time(), nullable=True),
        sa.Column("state", sa.String(length=10), server_default="waiting", nullable=False),
        sa.Column("appointment_id", sa.Uuid(), nullable=True),
        sa.Column(
            "created_at",
            sa.DateTime(timezone=True),
            server_default=sa.text("clock_timestamp()"),
            nullable=False,
        ),
        sa.CheckConstraint(
            "from_day <= to_day", name=op.f("ck_waitlist_entries_ends_after_it_starts")
        ),
        sa.CheckConstraint("minutes > 0", name=op.f("ck_waitlist_entries_takes_time")),
        sa.ForeignKeyConstraint(
            ["workshop_id", "appointment_id"],
            ["appointments.workshop_id", "appointments.id"],
            name="fk_waitlist_entries_workshop_id_appointments",
            ondelete="SET NULL (appointment_id)",
        ),
        sa.ForeignKeyConstraint(
            ["workshop_id", "customer_id"],
            ["customers.workshop_id", "customers.id"],
            name="fk_waitlist_entries_workshop_id_customers",
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["workshop_id", "vehicle_id"],
            ["vehicles.workshop_id", "vehicles.id"],
            name="fk_waitlist_entries_workshop_id_vehicles",
            ondelete="SET NULL (vehicle_id)",
        ),
        sa.PrimaryKeyConstraint("workshop_id", "id", name="pk_waitlist_entries"),
    )
    op.create_index(
        "ix_waitlist_entries_state",
        "waitlist_entries",
        ["workshop_id", "state", "created_at"],
        unique=False,
    )
    op.create_table(
        "waitlist_invitations",
        sa.Column(
            "workshop_id",
            sa.Uuid(),
            server_default=sa.text("nullif(current_setting('app.workshop_id', true), '')::uuid"),
            nullable=False,
        ),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("offer_id", sa.Uuid(), nullable=False),
        sa.Column("entry_id", sa.Uuid(), nullable=False),
        sa.Column("answer", sa.String(length=10), server_default="", nullable=False),
        sa.Column("answered_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column(
            "created_at",
            sa.DateTime(timezone=True),
            server_default=sa.text("clock_timestamp()"),
            nullable=False,
        ),
        sa.CheckConstraint(
            "answer in ('', 'accepted', 'late', 'declined')",
            name=op.f("ck_waitlist_invitations_answer_is_known"),
        ),
        sa.ForeignKeyConstraint(
            ["workshop_id", "entry_id"],
            ["waitlist_entries.workshop_id", "waitlist_entries.id"],
            name="fk_waitlist_invitations_workshop_id_waitlist_entries",
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["workshop_id", "offer_id"],
            ["waitlist_offers.workshop_id", "waitlist_offers.id"],
            name="fk_waitlist_invitations_workshop_id_waitlist_offers",
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("workshop_id", "id", name="pk_waitlist_invitations"),
        sa.UniqueConstraint(
            "workshop_id", "offer_id", "entry_id", name="uq_waitlist_invitations_workshop_id"
        ),
    )
    op.create_index(
        "ix_waitlist_invitations_entry",
        "waitlist_invitations",
        ["workshop_id", "entry_id"],
        unique=False,
    )
    op.create_table(
        "booking_notices",
        sa.Column(
            "workshop_id",
            sa.Uuid(),
            server_default=sa.text("nullif(current_setting('app.workshop_id', true), '')::uuid"),
            nullable=False,
        ),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("appointment_id", sa.Uuid(), nullable=True),
        sa.Column("invitation_id", sa.Uuid(), nullable=True),
        sa.Column("kind", sa.String(length=12), nullable=False),
        sa.Column("channel", sa.String(length=8), nullable=False),
        sa.Column("key", sa.String(length=120), nullable=False),
        sa.Column("recipient", sa.String(length=254), server_default="", nullable=False),
        sa.Column("subject", sa.String(length=200), server_default="", nullable=False),
        sa.Column("state", sa.String(length=10), server_default="queued", nullable=False),
        sa.Column("problem", sa.String(length=300), server_default="", nullable=False),
        sa.Column("attempts", sa.Integer(), server_default=sa.text("0"), nullable=False),
        sa.Column("due_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("sent_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column(
            "created_at",
            sa.DateTime(timezone=True),
            server_default=sa.text("clock_timestamp()"),
            nullable=False,
        ),
        sa.CheckConstraint(
            "num_nonnulls(appointment_id, invitation_id) = 1",
            name=op.f("ck_booking_notices_is_of_one"),
        ),
        sa.ForeignKeyConstraint(
            ["workshop_id", "appointment_id"],
            ["appointments.workshop_id", "appointments.id"],
            name="fk_booking_notices_workshop_id_appointments",
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["workshop_id", "invitation_id"],
            ["waitlist_invitations.workshop_id", "waitlist_invitations.id"],
            name="fk_booking_notices_workshop_id_waitlist_invitations",
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("workshop_id", "id", name="pk_booking_notices"),
        sa.UniqueConstraint("workshop_id", "key", name="uq_booking_notices_workshop_id"),
    )
    op.create_index(
        "ix_booking_notices_appointment",
        "booking_notices",
        ["workshop_id", "appointment_id"],
        unique=False,
    )
    op.create_index(
        "ix_booking_notices_due",
        "booking_notices",
        ["workshop_id", "state", "due_at"],
        unique=False,
    )
    op.add_column(
        "appointments", sa.Column("attending_at", sa.DateTime(timezone=True), nullable=True)
    )
    op.create_table(
        "withdrawals",
        sa.Column(
            "workshop_id",
            sa.Uuid(),
            server_default=sa.text("nullif(current_setting('app.workshop_id', true), '')::uuid"),
            nullable=False,
        ),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("name", sa.String(length=120), nullable=False),
        sa.Column("reference", sa.String(length=200), nullable=False),
        sa.Column("email", sa.String(length=254), nullable=False),
        sa.Column("appointment_id", sa.Uuid(), nullable=True),
        sa.Column("was_effective", sa.Boolean(), server_default=sa.text("false"), nullable=False),
        sa.Column("handled_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("handled_by", sa.String(length=160), server_default="", nullable=False),
        sa.Column(
            "received_at",
            sa.DateTime(timezone=True),
            server_default=sa.text("clock_timestamp()"),
            nullable=False,
        ),
        sa.ForeignKeyConstraint(
            ["workshop_id", "appointment_id"],
            ["appointments.workshop_id", "appointments.id"],
            name="fk_withdrawals_workshop_id_appointments",
            ondelete="SET NULL (appointment_id)",
        ),
        sa.PrimaryKeyConstraint("workshop_id", "id", name="pk_withdrawals"),
    )
    op.create_index(
        "ix_withdrawals_time", "withdrawals", ["workshop_id", "received_at"], unique=False
    )
    protect("waitlist_entries", "waitlist_invitations", "booking_notices", "withdrawals")


def downgrade() -> None:
    op.drop_table("withdrawals")
    op.drop_column("appointments", "attending_at")
    op.drop_table("booking_notices")
    op.drop_table("waitlist_invitations")
    op.drop_table("waitlist_entries")
