"""Reminders of inspections that customers agreed to or may be sent, and what an HU depends on."""

import sqlalchemy as sa
from alembic import op

from migrations.protect import protect, protect_evidence

revision = "campaigns"
down_revision = "webhooks"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "campaign_rules",
        sa.Column(
            "workshop_id",
            sa.Uuid(),
            server_default=sa.text("nullif(current_setting('app.workshop_id', true), '')::uuid"),
            nullable=False,
        ),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("customer_years", sa.Integer(), server_default=sa.text("3"), nullable=False),
        sa.CheckConstraint(
            "customer_years between 1 and 10", name=op.f("ck_campaign_rules_years_are_sensible")
        ),
        sa.PrimaryKeyConstraint("workshop_id", "id", name="pk_campaign_rules"),
        sa.UniqueConstraint("workshop_id", name="uq_campaign_rules_workshop_id"),
    )
    op.create_table(
        "campaigns",
        sa.Column(
            "workshop_id",
            sa.Uuid(),
            server_default=sa.text("nullif(current_setting('app.workshop_id', true), '')::uuid"),
            nullable=False,
        ),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("title", sa.String(length=120), nullable=False),
        sa.Column("channel", sa.String(length=8), nullable=False),
        sa.Column("due", sa.String(length=10), nullable=False),
        sa.Column("hu_class", sa.String(length=20), server_default="", nullable=False),
        sa.Column("subject", sa.String(length=200), server_default="", nullable=False),
        sa.Column("body", sa.Text(), nullable=False),
        sa.Column("state", sa.String(length=10), server_default="draft", nullable=False),
        sa.Column("created_by", sa.String(length=160), server_default="", nullable=False),
        sa.Column(
            "created_at",
            sa.DateTime(timezone=True),
            server_default=sa.text("clock_timestamp()"),
            nullable=False,
        ),
        sa.Column("started_at", sa.DateTime(timezone=True), nullable=True),
        sa.PrimaryKeyConstraint("workshop_id", "id", name="pk_campaigns"),
    )
    op.create_index(
        "ix_campaigns_time", "campaigns", ["workshop_id", "created_at", "id"], unique=False
    )
    op.create_table(
        "wordings",
        sa.Column(
            "workshop_id",
            sa.Uuid(),
            server_default=sa.text("nullif(current_setting('app.workshop_id', true), '')::uuid"),
            nullable=False,
        ),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("kind", sa.String(length=10), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("created_by", sa.String(length=160), server_default="", nullable=False),
        sa.Column(
            "created_at",
            sa.DateTime(timezone=True),
            server_default=sa.text("clock_timestamp()"),
            nullable=False,
        ),
        sa.PrimaryKeyConstraint("workshop_id", "id", name="pk_wordings"),
        sa.UniqueConstraint("workshop_id", "kind", "version", name="uq_wordings_workshop_id"),
    )
    op.create_table(
        "campaign_messages",
        sa.Column(
            "workshop_id",
            sa.Uuid(),
            server_default=sa.text("nullif(current_setting('app.workshop_id', true), '')::uuid"),
            nullable=False,
        ),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("campaign_id", sa.Uuid(), nullable=False),
        sa.Column("vehicle_id", sa.Uuid(), nullable=False),
        sa.Column("customer_id", sa.Uuid(), nullable=True),
        sa.Column("due_month", sa.String(length=7, collation="C"), nullable=False),
        sa.Column("channel", sa.String(length=8), nullable=False),
        sa.Column("recipient", sa.String(length=254), server_default="", nullable=False),
        sa.Column("subject", sa.String(length=200), server_default="", nullable=False),
        sa.Column("body", sa.Text(), server_default="", nullable=False),
        sa.Column("basis", sa.String(length=20), server_default="", nullable=False),
        sa.Column("reason", sa.String(length=20), server_default="", nullable=False),
        sa.Column("evidence_id", sa.Uuid(), nullable=True),
        sa.Column("evidence_on", sa.Date(), nullable=True),
        sa.Column("state", sa.String(length=10), nullable=False),
        sa.Column("problem", sa.String(length=300), server_default="", nullable=False),
        sa.Column("sent_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("opted_out_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column(
            "created_at",
            sa.DateTime(timezone=True),
            server_default=sa.text("clock_timestamp()"),
            nullable=False,
        ),
        sa.CheckConstraint(
            "state <> 'sent' or basis <> ''", name=op.f("ck_campaign_messages_sent_with_a_basis")
        ),
        sa.ForeignKeyConstraint(
            ["workshop_id", "campaign_id"],
            ["campaigns.workshop_id", "campaigns.id"],
            name="fk_campaign_messages_workshop_id_campaigns",
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["workshop_id", "customer_id"],
            ["customers.workshop_id", "customers.id"],
            name="fk_campaign_messages_workshop_id_customers",
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["workshop_id", "vehicle_id"],
            ["vehicles.workshop_id", "vehicles.id"],
            name="fk_campaign_messages_workshop_id_vehicles",
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("workshop_id", "id", name="pk_campaign_messages"),
    )
    op.create_index(
        "ix_campaign_messages_campaign",
        "campaign_messages",
        ["workshop_id", "campaign_id", "state"],
        unique=False,
    )
    op.create_index(
        "ix_campaign_messages_customer",
        "campaign_messages",
        ["workshop_id", "customer_id"],
        unique=False,
    )
    op.create_index(
        "uq_campaign_messages_once",
        "campaign_messages",
        ["workshop_id", "vehicle_id", "due_month"],
        unique=True,
        postgresql_where=sa.text("state in ('queued', 'sent')"),
    )
    op.create_table(
        "consents",
        sa.Column(
            "workshop_id",
            sa.Uuid(),
            server_default=sa.text("nullif(current_setting('app.workshop_id', true), '')::uuid"),
            nullable=False,
        ),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("customer_id", sa.Uuid(), nullable=False),
        sa.Column("purpose", sa.String(length=20), nullable=False),
        sa.Column("channel", sa.String(length=8), nullable=False),
        sa.Column("given_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("how", sa.String(length=160), nullable=False),
        sa.Column("wording_version", sa.String(length=20), nullable=False),
        sa.Column("recorded_by", sa.String(length=160), server_default="", nullable=False),
        sa.Column("withdrawn_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column(
            "created_at",
            sa.DateTime(timezone=True),
            server_default=sa.text("clock_timestamp()"),
            nullable=False,
        ),
        sa.CheckConstraint(
            "given_at <= withdrawn_at", name=op.f("ck_consents_given_before_withdrawn")
        ),
        sa.ForeignKeyConstraint(
            ["workshop_id", "customer_id"],
            ["customers.workshop_id", "customers.id"],
            name="fk_consents_workshop_id_customers",
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("workshop_id", "id", name="pk_consents"),
    )
    op.create_index(
        "ix_consents_customer", "consents", ["workshop_id", "customer_id"], unique=False
    )
    op.create_table(
        "contact_notices",
        sa.Column(
            "workshop_id",
            sa.Uuid(),
            server_default=sa.text("nullif(current_setting('app.workshop_id', true), '')::uuid"),
            nullable=False,
        ),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("customer_id", sa.Uuid(), nullable=False),
        sa.Column("channel", sa.String(length=8), nullable=False),
        sa.Column("address", sa.String(length=254), nullable=False),
        sa.Column("told_on", sa.Date(), nullable=False),
        sa.Column("how", sa.String(length=160), nullable=False),
        sa.Column("wording_version", sa.String(length=20), nullable=False),
        sa.Column("recorded_by", sa.String(length=160), server_default="", nullable=False),
        sa.Column(
            "created_at",
            sa.DateTime(timezone=True),
            server_default=sa.text("clock_timestamp()"),
            nullable=False,
        ),
        sa.ForeignKeyConstraint(
            ["workshop_id", "customer_id"],
            ["customers.workshop_id", "customers.id"],
            name="fk_contact_notices_workshop_id_customers",
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("workshop_id", "id", name="pk_contact_notices"),
    )
    op.create_index(
        "ix_contact_notices_customer",
        "contact_notices",
        ["workshop_id", "customer_id"],
        unique=False,
    )
    op.create_table(
        "objections",
        sa.Column(
            "workshop_id",
            sa.Uuid(),
            server_default=sa.text("nullif(current_setting('app.workshop_id', true), '')::uuid"),
            nullable=False,
        ),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("customer_id", sa.Uuid(), nullable=False),
        sa.Column("channel", sa.String(length=8), server_default="", nullable=False),
        sa.Column("objected_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("how", sa.String(length=160), nullable=False),
        sa.Column("recorded_by", sa.String(length=160), server_default="", nullable=False),
        sa.Column("lifted_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column(
            "created_at",
            sa.DateTime(timezone=True),
            server_default=sa.text("clock_timestamp()"),
            nullable=False,
        ),
        sa.ForeignKeyConstraint(
            ["workshop_id", "customer_id"],
            ["customers.workshop_id", "customers.id"],
            name="fk_objections_workshop_id_customers",
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("workshop_id", "id", name="pk_objections"),
    )
    op.create_index(
        "ix_objections_customer", "objections", ["workshop_id", "customer_id"], unique=False
    )
    op.add_column(
        "vehicles",
        sa.Column("hu_class", sa.String(length=20), server_default="car", nullable=False),
    )
    op.add_column("vehicles", sa.Column("defects_found_on", sa.Date(), nullable=True))
    op.add_column("vehicles", sa.Column("hu_judged_id", sa.Uuid(), nullable=True))
    protect("campaign_rules", "campaigns", "campaign_messages", "consents", "objections")
    protect_evidence("wordings", "contact_notices")


def downgrade() -> None:
    op.drop_column("vehicles", "hu_judged_id")
    op.drop_column("vehicles", "defects_found_on")
    op.drop_column("vehicles", "hu_class")
    op.drop_index("ix_objections_customer", table_name="objections")
    op.drop_table("objections")
    op.drop_index("ix_contact_notices_customer", table_name="contact_notices")
    op.drop_table("contact_notices")
    op.drop_index("ix_consents_customer", table_name="consents")
    op.drop_table("consents")
    op.drop_index(
        "uq_campaign_messages_once",
        table_name="campaign_messages",
        postgresql_where=sa.text("state in ('queued', 'sent')"),
    )
    op.drop_index("ix_campaign_messages_customer", table_name="campaign_messages")
    op.drop_index("ix_campaign_messages_campaign", table_name="campaign_messages")
    op.drop_table("campaign_messages")
    op.drop_table("wordings")
    op.drop_index("ix_campaigns_time", table_name="campaigns")
    op.drop_table("campaigns")
    op.drop_table("campaign_rules")
