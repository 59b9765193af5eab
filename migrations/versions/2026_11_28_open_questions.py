"""What visitors asked and nobody's text answers."""

import sqlalchemy as sa
from alembic import op

from migrations.protect import protect

revision = "open_questions"
down_revision = "content_syncs"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "open_questions",
        sa.Column(
            "workshop_id",
            sa.Uuid(),
            server_default=sa.text("nullif(current_setting('app.workshop_id', true), '')::uuid"),
            nullable=False,
        ),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("message_id", sa.Uuid(), nullable=False),
        sa.Column("key", sa.String(length=200), nullable=False),
        sa.Column("text", sa.String(length=500), nullable=False),
        sa.Column("locale", sa.String(length=8), nullable=False),
        sa.Column(
            "asked_at",
            sa.DateTime(timezone=True),
            server_default=sa.text("clock_timestamp()"),
            nullable=False,
        ),
        sa.Column("settled_at", sa.DateTime(timezone=True), nullable=True),
        sa.PrimaryKeyConstraint("workshop_id", "id", name="pk_open_questions"),
        sa.ForeignKeyConstraint(
            ["workshop_id", "message_id"],
            ["messages.workshop_id", "messages.id"],
            name="fk_open_questions_workshop_id_messages",
            ondelete="CASCADE",
        ),
        sa.UniqueConstraint("workshop_id", "message_id", name="uq_open_questions_workshop_id"),
    )
    op.create_index("ix_open_questions_key", "open_questions", ["workshop_id", "locale", "key"])
    protect("open_questions")


def downgrade() -> None:
    op.drop_table("open_questions")
