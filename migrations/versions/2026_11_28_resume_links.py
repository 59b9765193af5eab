"""Links with which a conversation goes on in another browser."""

import sqlalchemy as sa
from alembic import op

from migrations.protect import protect

revision = "resume_links"
down_revision = "live_recordings"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "resume_links",
        sa.Column(
            "workshop_id",
            sa.Uuid(),
            server_default=sa.text("nullif(current_setting('app.workshop_id', true), '')::uuid"),
            nullable=False,
        ),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("conversation_id", sa.Uuid(), nullable=False),
        sa.Column("customer_id", sa.Uuid(), nullable=False),
        sa.Column("code_hash", sa.LargeBinary(), nullable=False),
        sa.Column(
            "created_at",
            sa.DateTime(timezone=True),
            server_default=sa.text("clock_timestamp()"),
            nullable=False,
        ),
        sa.Column("expires_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("used_at", sa.DateTime(timezone=True), nullable=True),
        sa.PrimaryKeyConstraint("workshop_id", "id", name="pk_resume_links"),
        sa.ForeignKeyConstraint(
            ["workshop_id", "conversation_id"],
            ["conversations.workshop_id", "conversations.id"],
            name="fk_resume_links_workshop_id_conversations",
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["workshop_id", "customer_id"],
            ["customers.workshop_id", "customers.id"],
            name="fk_resume_links_workshop_id_customers",
            ondelete="CASCADE",
        ),
        sa.UniqueConstraint("workshop_id", "code_hash", name="uq_resume_links_workshop_id"),
    )
    op.create_index("ix_resume_links_talk", "resume_links", ["workshop_id", "conversation_id"])
    protect("resume_links")


def downgrade() -> None:
    op.drop_table("resume_links")
