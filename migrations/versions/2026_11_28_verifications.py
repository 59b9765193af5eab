"""Proofs that a visitor is the contact on file, and the tries that guessing took."""

import sqlalchemy as sa
from alembic import op

from migrations.protect import protect

revision = "verifications"
down_revision = "diagnostic_sessions"
branch_labels = None
depends_on = None

HERE = sa.text("nullif(current_setting('app.workshop_id', true), '')::uuid")


def upgrade() -> None:
    op.create_table(
        "verifications",
        sa.Column("workshop_id", sa.Uuid(), server_default=HERE, nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("conversation_id", sa.Uuid(), nullable=False),
        sa.Column("vehicle_id", sa.Uuid(), nullable=True),
        sa.Column("customer_id", sa.Uuid(), nullable=True),
        sa.Column("asked_key", sa.LargeBinary(), nullable=False),
        sa.Column("token_hash", sa.LargeBinary(), nullable=False),
        sa.Column("code_hash", sa.LargeBinary(), nullable=True),
        sa.Column("channel", sa.String(length=8), nullable=False),
        sa.Column("step", sa.String(length=10), server_default="asked", nullable=False),
        sa.Column("trouble", sa.String(length=20), server_default="", nullable=False),
        sa.Column(
            "created_at",
            sa.DateTime(timezone=True),
            server_default=sa.text("clock_timestamp()"),
            nullable=False,
        ),
        sa.Column("expires_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("sent_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("confirmed_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("valid_until", sa.DateTime(timezone=True), nullable=True),
        sa.CheckConstraint(
            "step <> 'confirmed' OR (confirmed_at IS NOT NULL AND vehicle_id IS NOT NULL "
            "AND customer_id IS NOT NULL AND valid_until IS NOT NULL)",
            name=op.f("ck_verifications_confirmed_is_about_somebody"),
        ),
        *(
            sa.ForeignKeyConstraint(
                ["workshop_id", column],
                [f"{table}.workshop_id", f"{table}.id"],
                name=f"fk_verifications_workshop_id_{table}",
                ondelete="CASCADE",
            )
            for table, column in (
                ("conversations", "conversation_id"),
                ("vehicles", "vehicle_id"),
                ("customers", "customer_id"),
            )
        ),
        sa.PrimaryKeyConstraint("workshop_id", "id", name="pk_verifications"),
    )
    op.create_index(
        "ix_verifications_talk",
        "verifications",
        ["workshop_id", "conversation_id", "created_at"],
        unique=False,
    )
    op.create_index(
        "ix_verifications_contact",
        "verifications",
        ["workshop_id", "customer_id", "sent_at"],
        unique=False,
    )
    op.create_table(
        "verification_tries",
        sa.Column("workshop_id", sa.Uuid(), server_default=HERE, nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("subject", sa.LargeBinary(), nullable=False),
        sa.Column("wrong", sa.Integer(), server_default=sa.text("0"), nullable=False),
        sa.Column("since", sa.DateTime(timezone=True), nullable=False),
        sa.Column("locked_until", sa.DateTime(timezone=True), nullable=True),
        sa.PrimaryKeyConstraint("workshop_id", "id", name="pk_verification_tries"),
        sa.UniqueConstraint("workshop_id", "subject", name="uq_verification_tries_workshop_id"),
    )
    protect("verifications", "verification_tries")


def downgrade() -> None:
    op.drop_table("verification_tries")
    op.drop_table("verifications")
