"""Customers, vehicles, ownerships and history."""

import sqlalchemy as sa
from alembic import op

from migrations.protect import protect, protect_evidence

revision = "vehicles"
down_revision = "tenants"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "customers",
        sa.Column(
            "workshop_id",
            sa.Uuid(),
            server_default=sa.text("nullif(current_setting('app.workshop_id', true), '')::uuid"),
            nullable=False,
        ),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("salutation", sa.String(length=8), server_default="", nullable=False),
        sa.Column("name", sa.String(length=120), server_default="", nullable=False),
        sa.Column("company", sa.String(length=120), server_default="", nullable=False),
        sa.Column("email", sa.String(length=254), server_default="", nullable=False),
        sa.Column("phone", sa.String(length=40), server_default="", nullable=False),
        sa.Column("street", sa.String(length=120), server_default="", nullable=False),
        sa.Column("postcode", sa.String(length=10), server_default="", nullable=False),
        sa.Column("city", sa.String(length=80), server_default="", nullable=False),
        sa.Column("note", sa.Text(), server_default="", nullable=False),
        sa.Column("locale", sa.String(length=8), server_default="de", nullable=False),
        sa.Column(
            "name_key", sa.String(length=250, collation="C"), server_default="", nullable=False
        ),
        sa.Column("phone_key", sa.String(length=20, collation="C"), nullable=True),
        sa.Column("email_key", sa.String(length=254, collation="C"), nullable=True),
        sa.Column(
            "created_at",
            sa.DateTime(timezone=True),
            server_default=sa.text("clock_timestamp()"),
            nullable=False,
        ),
        sa.Column("updated_at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("workshop_id", "id", name="pk_customers"),
    )
    op.create_index("ix_customers_email", "customers", ["workshop_id", "email_key"], unique=False)
    op.create_index(
        "ix_customers_name", "customers", ["workshop_id", "name_key", "id"], unique=False
    )
    op.create_index("ix_customers_phone", "customers", ["workshop_id", "phone_key"], unique=False)
    op.create_table(
        "vehicles",
        sa.Column(
            "workshop_id",
            sa.Uuid(),
            server_default=sa.text("nullif(current_setting('app.workshop_id', true), '')::uuid"),
            nullable=False,
        ),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("vin", sa.String(length=17, collation="C"), nullable=True),
        sa.Column("vin_key", sa.String(length=17, collation="C"), nullable=True),
        sa.Column("plate", sa.String(length=20), server_default="", nullable=False),
        sa.Column("plate_country", sa.String(length=3), server_default="D", nullable=False),
        sa.Column("plate_key", sa.String(length=24, collation="C"), nullable=True),
        sa.Column("plate_search", sa.String(length=20, collation="C"), nullable=True),
        sa.Column("plate_end", sa.String(length=20, collation="C"), nullable=True),
        sa.Column("make", sa.String(length=60), server_default="", nullable=False),
        sa.Column("model", sa.String(length=80), server_default="", nullable=False),
        sa.Column("hsn", sa.String(length=4), server_default="", nullable=False),
        sa.Column("tsn", sa.String(length=9), server_default="", nullable=False),
        sa.Column("first_registration", sa.Date(), nullable=True),
        sa.Column("fuel", sa.String(length=16), server_default="", nullable=False),
        sa.Column("power_kw", sa.Integer(), nullable=True),
        sa.Column("displacement_ccm", sa.Integer(), nullable=True),
        sa.Column("tyre_size", sa.String(length=40), server_default="", nullable=False),
        sa.Column("color", sa.String(length=40), server_default="", nullable=False),
        sa.Column("hu_due", sa.String(length=7, collation="C"), nullable=True),
        sa.Column("odometer_km", sa.Integer(), nullable=True),
        sa.Column("note", sa.Text(), server_default="", nullable=False),
        sa.Column(
            "created_at",
            sa.DateTime(timezone=True),
            server_default=sa.text("clock_timestamp()"),
            nullable=False,
        ),
        sa.Column("updated_at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint(
            "hu_due ~ '^[0-9]{4}-(0[1-9]|1[0-2])$'", name="ck_vehicles_hu_due_is_a_month"
        ),
        sa.CheckConstraint("odometer_km >= 0", name="ck_vehicles_odometer_counts_up"),
        sa.PrimaryKeyConstraint("workshop_id", "id", name="pk_vehicles"),
        sa.UniqueConstraint("workshop_id", "vin", name="uq_vehicles_workshop_id"),
    )
    op.create_index("ix_vehicles_hu", "vehicles", ["workshop_id", "hu_due", "id"], unique=False)
    op.create_index("ix_vehicles_plate", "vehicles", ["workshop_id", "plate_key"], unique=False)
    op.create_index("ix_vehicles_plate_end", "vehicles", ["workshop_id", "plate_end"], unique=False)
    op.create_index(
        "ix_vehicles_plate_search", "vehicles", ["workshop_id", "plate_search"], unique=False
    )
    op.create_index("ix_vehicles_vin_tail", "vehicles", ["workshop_id", "vin_key"], unique=False)
    op.create_table(
        "customer_words",
        sa.Column(
            "workshop_id",
            sa.Uuid(),
            server_default=sa.text("nullif(current_setting('app.workshop_id', true), '')::uuid"),
            nullable=False,
        ),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("customer_id", sa.Uuid(), nullable=False),
        sa.Column("word", sa.String(length=120, collation="C"), nullable=False),
        sa.ForeignKeyConstraint(
            ["workshop_id", "customer_id"],
            ["customers.workshop_id", "customers.id"],
            name="fk_customer_words_workshop_id_customers",
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("workshop_id", "id", name="pk_customer_words"),
        sa.UniqueConstraint(
            "workshop_id", "customer_id", "word", name="uq_customer_words_workshop_id"
        ),
    )
    op.create_index(
        "ix_customer_words_word",
        "customer_words",
        ["workshop_id", "word", "customer_id"],
        unique=False,
    )
    op.create_table(
        "former_plates",
        sa.Column(
            "workshop_id",
            sa.Uuid(),
            server_default=sa.text("nullif(current_setting('app.workshop_id', true), '')::uuid"),
            nullable=False,
        ),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("vehicle_id", sa.Uuid(), nullable=False),
        sa.Column("plate", sa.String(length=20), nullable=False),
        sa.Column("plate_search", sa.String(length=20, collation="C"), nullable=True),
        sa.Column("valid_to", sa.Date(), nullable=False),
        sa.ForeignKeyConstraint(
            ["workshop_id", "vehicle_id"],
            ["vehicles.workshop_id", "vehicles.id"],
            name="fk_former_plates_workshop_id_vehicles",
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("workshop_id", "id", name="pk_former_plates"),
    )
    op.create_index(
        "ix_former_plates_search", "former_plates", ["workshop_id", "plate_search"], unique=False
    )
    op.create_index(
        "ix_former_plates_vehicle", "former_plates", ["workshop_id", "vehicle_id"], unique=False
    )
    op.create_table(
        "history_entries",
        sa.Column(
            "workshop_id",
            sa.Uuid(),
            server_default=sa.text("nullif(current_setting('app.workshop_id', true), '')::uuid"),
            nullable=False,
        ),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("vehicle_id", sa.Uuid(), nullable=False),
        sa.Column("kind", sa.String(length=16), nullable=False),
        sa.Column("happened_on", sa.Date(), nullable=False),
        sa.Column("odometer_km", sa.Integer(), nullable=True),
        sa.Column("title", sa.String(length=200), nullable=False),
        sa.Column("text", sa.Text(), server_default="", nullable=False),
        sa.Column("source_kind", sa.String(length=20), server_default="staff", nullable=False),
        sa.Column("source_label", sa.String(length=160), server_default="", nullable=False),
        sa.Column("source_id", sa.Uuid(), nullable=True),
        sa.Column("provenance", sa.String(length=16), server_default="documented", nullable=False),
        sa.Column("created_by", sa.String(length=160), server_default="", nullable=False),
        sa.Column(
            "created_at",
            sa.DateTime(timezone=True),
            server_default=sa.text("clock_timestamp()"),
            nullable=False,
        ),
        sa.CheckConstraint("odometer_km >= 0", name="ck_history_entries_odometer_counts_up"),
        sa.ForeignKeyConstraint(
            ["workshop_id", "vehicle_id"],
            ["vehicles.workshop_id", "vehicles.id"],
            name="fk_history_entries_workshop_id_vehicles",
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("workshop_id", "id", name="pk_history_entries"),
        sa.UniqueConstraint(
            "workshop_id", "source_kind", "source_id", name="uq_history_entries_workshop_id"
        ),
    )
    op.create_index(
        "ix_history_entries_day",
        "history_entries",
        ["workshop_id", "vehicle_id", "happened_on", "id"],
        unique=False,
    )
    op.create_table(
        "ownerships",
        sa.Column(
            "workshop_id",
            sa.Uuid(),
            server_default=sa.text("nullif(current_setting('app.workshop_id', true), '')::uuid"),
            nullable=False,
        ),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("vehicle_id", sa.Uuid(), nullable=False),
        sa.Column("customer_id", sa.Uuid(), nullable=False),
        sa.Column("role", sa.String(length=10), server_default="keeper", nullable=False),
        sa.Column("valid_from", sa.Date(), nullable=True),
        sa.Column("valid_to", sa.Date(), nullable=True),
        sa.CheckConstraint("valid_from <= valid_to", name="ck_ownerships_ends_after_it_begins"),
        sa.ForeignKeyConstraint(
            ["workshop_id", "customer_id"],
            ["customers.workshop_id", "customers.id"],
            name="fk_ownerships_workshop_id_customers",
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["workshop_id", "vehicle_id"],
            ["vehicles.workshop_id", "vehicles.id"],
            name="fk_ownerships_workshop_id_vehicles",
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("workshop_id", "id", name="pk_ownerships"),
    )
    op.create_index(
        "ix_ownerships_customer", "ownerships", ["workshop_id", "customer_id"], unique=False
    )
    op.create_index(
        "ix_ownerships_vehicle", "ownerships", ["workshop_id", "vehicle_id"], unique=False
    )
    op.create_index(
        "uq_ownerships_one_keeper",
        "ownerships",
        ["workshop_id", "vehicle_id"],
        unique=True,
        postgresql_where=sa.text("valid_to IS NULL AND role = 'keeper'"),
    )
    protect("customers", "customer_words", "vehicles", "former_plates", "ownerships")
    protect_evidence("history_entries")


def downgrade() -> None:
    op.drop_table("history_entries")
    op.drop_table("ownerships")
    op.drop_table("former_plates")
    op.drop_table("customer_words")
    op.drop_table("vehicles")
    op.drop_table("customers")
