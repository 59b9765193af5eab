"""Appointments and what they occupy; overlaps and illegal moves are refused here."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

from migrations.protect import protect, protect_evidence

revision = "appointments"
down_revision = "resources"
branch_labels = None
depends_on = None


CHECK_MOVE = """
CREATE FUNCTION check_appointment_move() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF TG_OP = 'INSERT' THEN
        IF NEW.state NOT IN ('requested', 'confirmed', 'arrived') AND NEW.origin <> 'import' THEN
            RAISE check_violation USING MESSAGE = 'an appointment cannot begin as ' || NEW.state;
        END IF;
    ELSIF NEW.state <> OLD.state AND NOT (OLD.state || '>' || NEW.state) = ANY (ARRAY[
        'requested>confirmed', 'requested>cancelled',
        'confirmed>arrived', 'confirmed>no_show', 'confirmed>cancelled',
        'arrived>in_work', 'arrived>confirmed', 'arrived>cancelled',
        'in_work>ready', 'in_work>arrived',
        'ready>collected', 'ready>in_work',
        'no_show>confirmed'
    ]) THEN
        RAISE check_violation
            USING MESSAGE = 'no appointment goes from ' || OLD.state || ' to ' || NEW.state;
    END IF;
    RETURN NEW;
END $$
"""
ON_APPOINTMENTS = """
CREATE TRIGGER check_appointment_move BEFORE INSERT OR UPDATE OF state ON appointments
FOR EACH ROW EXECUTE FUNCTION check_appointment_move()
"""


def upgrade() -> None:
    op.create_table(
        "waitlist_offers",
        sa.Column(
            "workshop_id",
            sa.Uuid(),
            server_default=sa.text("nullif(current_setting('app.workshop_id', true), '')::uuid"),
            nullable=False,
        ),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("starts_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("ends_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("hold_until", sa.DateTime(timezone=True), nullable=False),
        sa.Column("state", sa.String(length=10), server_default="open", nullable=False),
        sa.Column(
            "created_at",
            sa.DateTime(timezone=True),
            server_default=sa.text("clock_timestamp()"),
            nullable=False,
        ),
        sa.CheckConstraint(
            "starts_at < ends_at", name=op.f("ck_waitlist_offers_starts_before_it_ends")
        ),
        sa.PrimaryKeyConstraint("workshop_id", "id", name="pk_waitlist_offers"),
    )
    op.create_index(
        "ix_waitlist_offers_state",
        "waitlist_offers",
        ["workshop_id", "state", "hold_until"],
        unique=False,
    )
    op.create_table(
        "appointments",
        sa.Column(
            "workshop_id",
            sa.Uuid(),
            server_default=sa.text("nullif(current_setting('app.workshop_id', true), '')::uuid"),
            nullable=False,
        ),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("code", sa.String(length=8), nullable=False),
        sa.Column("state", sa.String(length=12), server_default="requested", nullable=False),
        sa.Column("state_since", sa.DateTime(timezone=True), nullable=False),
        sa.Column("origin", sa.String(length=12), nullable=False),
        sa.Column("customer_id", sa.Uuid(), nullable=True),
        sa.Column("vehicle_id", sa.Uuid(), nullable=True),
        sa.Column("title", sa.String(length=200), server_default="", nullable=False),
        sa.Column("wishes", sa.Text(), server_default="", nullable=False),
        sa.Column("note", sa.Text(), server_default="", nullable=False),
        sa.Column("work_minutes", sa.Integer(), nullable=True),
        sa.Column("buffer_minutes", sa.Integer(), server_default=sa.text("0"), nullable=False),
        sa.Column("starts_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("ends_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("drop_off_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("pick_up_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("waits", sa.Boolean(), server_default=sa.text("false"), nullable=False),
        sa.Column("wants_loaner", sa.Boolean(), server_default=sa.text("false"), nullable=False),
        sa.Column("reason", sa.String(length=200), server_default="", nullable=False),
        sa.Column("nearly_done_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("is_contract", sa.Boolean(), server_default=sa.text("false"), nullable=False),
        sa.Column("terms_told", sa.Text(), server_default="", nullable=False),
        sa.Column("withdrawn_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("locale", sa.String(length=8), server_default="de", nullable=False),
        sa.Column("source_kind", sa.String(length=20), server_default="", nullable=False),
        sa.Column("source_id", sa.Uuid(), nullable=True),
        sa.Column("slot_key", sa.String(length=64), nullable=True),
        sa.Column("created_by", sa.String(length=160), server_default="", nullable=False),
        sa.Column(
            "created_at",
            sa.DateTime(timezone=True),
            server_default=sa.text("clock_timestamp()"),
            nullable=False,
        ),
        sa.Column("updated_at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint(
            "starts_at is not null or state in ('requested', 'cancelled')",
            name=op.f("ck_appointments_has_a_time_once_confirmed"),
        ),
        sa.CheckConstraint(
            "(starts_at is null) = (ends_at is null)",
            name=op.f("ck_appointments_has_both_times_or_none"),
        ),
        sa.CheckConstraint(
            "starts_at < ends_at", name=op.f("ck_appointments_starts_before_it_ends")
        ),
        sa.CheckConstraint("work_minutes > 0", name=op.f("ck_appointments_takes_time")),
        sa.ForeignKeyConstraint(
            ["workshop_id", "customer_id"],
            ["customers.workshop_id", "customers.id"],
            name="fk_appointments_workshop_id_customers",
            ondelete="SET NULL (customer_id)",
        ),
        sa.ForeignKeyConstraint(
            ["workshop_id", "vehicle_id"],
            ["vehicles.workshop_id", "vehicles.id"],
            name="fk_appointments_workshop_id_vehicles",
            ondelete="SET NULL (vehicle_id)",
        ),
        sa.PrimaryKeyConstraint("workshop_id", "id", name="pk_appointments"),
        sa.UniqueConstraint("workshop_id", "code", name="uq_appointments_workshop_id"),
        sa.UniqueConstraint("workshop_id", "slot_key", name="uq_appointments_slot"),
    )
    op.create_index(
        "ix_appointments_customer", "appointments", ["workshop_id", "customer_id"], unique=False
    )
    op.create_index(
        "ix_appointments_source", "appointments", ["workshop_id", "source_id"], unique=False
    )
    op.create_index(
        "ix_appointments_start", "appointments", ["workshop_id", "starts_at"], unique=False
    )
    op.create_index(
        "ix_appointments_state",
        "appointments",
        ["workshop_id", "state", "state_since"],
        unique=False,
    )
    op.create_index(
        "ix_appointments_vehicle", "appointments", ["workshop_id", "vehicle_id"], unique=False
    )
    op.create_table(
        "appointment_services",
        sa.Column(
            "workshop_id",
            sa.Uuid(),
            server_default=sa.text("nullif(current_setting('app.workshop_id', true), '')::uuid"),
            nullable=False,
        ),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("appointment_id", sa.Uuid(), nullable=False),
        sa.Column("service_id", sa.Uuid(), nullable=True),
        sa.Column("position", sa.Integer(), server_default=sa.text("0"), nullable=False),
        sa.Column("name", sa.String(length=120), nullable=False),
        sa.Column("minutes", sa.Integer(), nullable=False),
        sa.Column("labour_units", sa.Numeric(precision=8, scale=2), nullable=True),
        sa.Column("price", sa.Numeric(precision=10, scale=2), nullable=True),
        sa.Column("price_from", sa.Boolean(), server_default=sa.text("false"), nullable=False),
        sa.Column("currency", sa.String(length=3), server_default="EUR", nullable=False),
        sa.ForeignKeyConstraint(
            ["workshop_id", "appointment_id"],
            ["appointments.workshop_id", "appointments.id"],
            name="fk_appointment_services_workshop_id_appointments",
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["workshop_id", "service_id"],
            ["services.workshop_id", "services.id"],
            name="fk_appointment_services_workshop_id_services",
            ondelete="SET NULL (service_id)",
        ),
        sa.PrimaryKeyConstraint("workshop_id", "id", name="pk_appointment_services"),
    )
    op.create_index(
        "ix_appointment_services_place",
        "appointment_services",
        ["workshop_id", "appointment_id", "position"],
        unique=False,
    )
    op.create_table(
        "appointment_moves",
        sa.Column(
            "workshop_id",
            sa.Uuid(),
            server_default=sa.text("nullif(current_setting('app.workshop_id', true), '')::uuid"),
            nullable=False,
        ),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("appointment_id", sa.Uuid(), nullable=False),
        sa.Column("from_state", sa.String(length=12), server_default="", nullable=False),
        sa.Column("to_state", sa.String(length=12), nullable=False),
        sa.Column("made_by", sa.String(length=160), server_default="", nullable=False),
        sa.Column("why", sa.String(length=300), server_default="", nullable=False),
        sa.Column("details", postgresql.JSONB(), server_default="{}", nullable=False),
        sa.Column(
            "happened_at",
            sa.DateTime(timezone=True),
            server_default=sa.text("clock_timestamp()"),
            nullable=False,
        ),
        sa.ForeignKeyConstraint(
            ["workshop_id", "appointment_id"],
            ["appointments.workshop_id", "appointments.id"],
            name="fk_appointment_moves_workshop_id_appointments",
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("workshop_id", "id", name="pk_appointment_moves"),
    )
    op.create_index(
        "ix_appointment_moves_time",
        "appointment_moves",
        ["workshop_id", "appointment_id", "happened_at"],
        unique=False,
    )
    op.create_table(
        "reservations",
        sa.Column(
            "workshop_id",
            sa.Uuid(),
            server_default=sa.text("nullif(current_setting('app.workshop_id', true), '')::uuid"),
            nullable=False,
        ),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("appointment_id", sa.Uuid(), nullable=True),
        sa.Column("offer_id", sa.Uuid(), nullable=True),
        sa.Column("resource_id", sa.Uuid(), nullable=False),
        sa.Column("during", postgresql.TSTZRANGE(), nullable=False),
        sa.Column(
            "starts_at", sa.DateTime(timezone=True), sa.Computed("lower(during)", persisted=True)
        ),
        sa.Column(
            "ends_at", sa.DateTime(timezone=True), sa.Computed("upper(during)", persisted=True)
        ),
        postgresql.ExcludeConstraint(
            (sa.column("workshop_id"), "="),
            (sa.column("resource_id"), "="),
            (sa.column("during"), "&&"),
            using="gist",
            name="ex_reservations_no_overlap",
        ),
        sa.CheckConstraint("not isempty(during)", name=op.f("ck_reservations_takes_time")),
        sa.CheckConstraint(
            "num_nonnulls(appointment_id, offer_id) = 1", name=op.f("ck_reservations_is_of_one")
        ),
        sa.ForeignKeyConstraint(
            ["workshop_id", "appointment_id"],
            ["appointments.workshop_id", "appointments.id"],
            name="fk_reservations_workshop_id_appointments",
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["workshop_id", "offer_id"],
            ["waitlist_offers.workshop_id", "waitlist_offers.id"],
            name="fk_reservations_workshop_id_waitlist_offers",
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["workshop_id", "resource_id"],
            ["resources.workshop_id", "resources.id"],
            name="fk_reservations_workshop_id_resources",
        ),
        sa.PrimaryKeyConstraint("workshop_id", "id", name="pk_reservations"),
    )
    op.create_index("ix_reservations_end", "reservations", ["workshop_id", "ends_at"], unique=False)
    op.create_index(
        "ix_reservations_appointment",
        "reservations",
        ["workshop_id", "appointment_id"],
        unique=False,
    )
    protect("waitlist_offers", "appointments", "appointment_services", "reservations")
    protect_evidence("appointment_moves")
    op.execute(CHECK_MOVE)
    op.execute(ON_APPOINTMENTS)


def downgrade() -> None:
    op.drop_table("reservations")
    op.drop_table("appointment_moves")
    op.drop_table("appointment_services")
    op.drop_table("appointments")
    op.drop_table("waitlist_offers")
    op.execute("DROP FUNCTION check_appointment_move")
