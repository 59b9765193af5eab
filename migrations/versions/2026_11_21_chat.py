"""Tables of the chat room."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

from migrations.protect import protect

revision = "chat"
down_revision = "diagnostics"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "ai_days",
        sa.Column(
            "workshop_id",
            sa.Uuid(),
            server_default=sa.text("nullif(current_setting('app.workshop_id', true), '')::uuid"),
            nullable=False,
        ),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("day", sa.Date(), nullable=False),
        sa.Column("tokens", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("workshop_id", "id", name="pk_ai_days"),
        sa.UniqueConstraint("workshop_id", "day", name="uq_ai_days_workshop_id"),
    )
    op.create_table(
        "conversations",
        sa.Column(
            "workshop_id",
            sa.Uuid(),
            server_default=sa.text("nullif(current_setting('app.workshop_id', true), '')::uuid"),
            nullable=False,
        ),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("state", sa.String(length=10), server_default="bot", nullable=False),
        sa.Column("locale", sa.String(length=8), nullable=False),
        sa.Column("page_url", sa.String(length=500), server_default="", nullable=False),
        sa.Column("visitor_name", sa.String(length=120), server_default="", nullable=False),
        sa.Column("email", sa.String(length=254), server_default="", nullable=False),
        sa.Column("phone", sa.String(length=40), server_default="", nullable=False),
        sa.Column("consent_version", sa.String(length=20), nullable=False),
        sa.Column("consent_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("assigned_to", sa.Uuid(), nullable=True),
        sa.Column("assigned_name", sa.String(length=120), server_default="", nullable=False),
        sa.Column("handover_reason", sa.String(length=20), server_default="", nullable=False),
        sa.Column("waiting_since", sa.DateTime(timezone=True), nullable=True),
        sa.Column("last_seq", sa.Integer(), server_default=sa.text("0"), nullable=False),
        sa.Column(
            "last_message_at",
            sa.DateTime(timezone=True),
            server_default=sa.text("clock_timestamp()"),
            nullable=False,
        ),
        sa.Column(
            "changed_at",
            sa.DateTime(timezone=True),
            server_default=sa.text("clock_timestamp()"),
            nullable=False,
        ),
        sa.Column("preview", sa.String(length=160), server_default="", nullable=False),
        sa.Column("preview_author", sa.String(length=10), server_default="", nullable=False),
        sa.Column("unread", sa.Integer(), server_default=sa.text("0"), nullable=False),
        sa.Column("rating", sa.SmallInteger(), nullable=True),
        sa.Column("rating_comment", sa.Text(), server_default="", nullable=False),
        sa.Column(
            "created_at",
            sa.DateTime(timezone=True),
            server_default=sa.text("clock_timestamp()"),
            nullable=False,
        ),
        sa.Column("closed_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("erased_at", sa.DateTime(timezone=True), nullable=True),
        sa.CheckConstraint(
            "state IN ('bot', 'waiting', 'human', 'closed')", name="ck_conversations_state_known"
        ),
        sa.CheckConstraint("rating BETWEEN 1 AND 5", name="ck_conversations_rating_in_stars"),
        sa.ForeignKeyConstraint(
            ["workshop_id", "assigned_to"],
            ["staff.workshop_id", "staff.id"],
            name="fk_conversations_workshop_id_staff",
            ondelete="SET NULL (assigned_to)",
        ),
        sa.PrimaryKeyConstraint("workshop_id", "id", name="pk_conversations"),
    )
    op.create_index(
        "ix_conversations_changed", "conversations", ["workshop_id", "changed_at"], unique=False
    )
    op.create_index(
        "ix_conversations_state",
        "conversations",
        ["workshop_id", "state", "changed_at"],
        unique=False,
    )
    op.create_table(
        "messages",
        sa.Column(
            "workshop_id",
            sa.Uuid(),
            server_default=sa.text("nullif(current_setting('app.workshop_id', true), '')::uuid"),
            nullable=False,
        ),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("conversation_id", sa.Uuid(), nullable=False),
        sa.Column("seq", sa.Integer(), nullable=False),
        sa.Column("author", sa.String(length=10), nullable=False),
        sa.Column("staff_id", sa.Uuid(), nullable=True),
        sa.Column("staff_name", sa.String(length=120), server_default="", nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("client_id", sa.Uuid(), nullable=True),
        sa.Column("reply_to", sa.Uuid(), nullable=True),
        sa.Column("sources", postgresql.JSONB(), server_default="[]", nullable=False),
        sa.Column("cards", postgresql.JSONB(), server_default="[]", nullable=False),
        sa.Column("state", sa.String(length=10), server_default="complete", nullable=False),
        sa.Column("answering_until", sa.DateTime(timezone=True), nullable=True),
        sa.Column(
            "created_at",
            sa.DateTime(timezone=True),
            server_default=sa.text("clock_timestamp()"),
            nullable=False,
        ),
        sa.ForeignKeyConstraint(
            ["workshop_id", "conversation_id"],
            ["conversations.workshop_id", "conversations.id"],
            name="fk_messages_workshop_id_conversations",
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["workshop_id", "staff_id"],
            ["staff.workshop_id", "staff.id"],
            name="fk_messages_workshop_id_staff",
            ondelete="SET NULL (staff_id)",
        ),
        sa.PrimaryKeyConstraint("workshop_id", "id", name="pk_messages"),
        sa.UniqueConstraint(
            "workshop_id", "conversation_id", "client_id", name="uq_messages_client_id"
        ),
        sa.UniqueConstraint(
            "workshop_id", "conversation_id", "reply_to", name="uq_messages_reply_to"
        ),
        sa.UniqueConstraint(
            "workshop_id", "conversation_id", "seq", name="uq_messages_workshop_id"
        ),
    )
    op.create_index("ix_messages_time", "messages", ["workshop_id", "created_at"], unique=False)
    op.create_table(
        "ai_usage",
        sa.Column(
            "workshop_id",
            sa.Uuid(),
            server_default=sa.text("nullif(current_setting('app.workshop_id', true), '')::uuid"),
            nullable=False,
        ),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("conversation_id", sa.Uuid(), nullable=True),
        sa.Column("message_id", sa.Uuid(), nullable=True),
        sa.Column("provider", sa.String(length=60), nullable=False),
        sa.Column("tokens_in", sa.Integer(), server_default=sa.text("0"), nullable=False),
        sa.Column("tokens_out", sa.Integer(), server_default=sa.text("0"), nullable=False),
        sa.Column(
            "cost",
            sa.Numeric(precision=12, scale=6, asdecimal=False),
            server_default=sa.text("0"),
            nullable=False,
        ),
        sa.Column("latency_ms", sa.Integer(), server_default=sa.text("0"), nullable=False),
        sa.Column("outcome", sa.String(length=10), nullable=False),
        sa.Column(
            "created_at",
            sa.DateTime(timezone=True),
            server_default=sa.text("clock_timestamp()"),
            nullable=False,
        ),
        sa.ForeignKeyConstraint(
            ["workshop_id", "conversation_id"],
            ["conversations.workshop_id", "conversations.id"],
            name="fk_ai_usage_workshop_id_conversations",
            ondelete="SET NULL (conversation_id)",
        ),
        sa.ForeignKeyConstraint(
            ["workshop_id", "message_id"],
            ["messages.workshop_id", "messages.id"],
            name="fk_ai_usage_workshop_id_messages",
            ondelete="SET NULL (message_id)",
        ),
        sa.PrimaryKeyConstraint("workshop_id", "id", name="pk_ai_usage"),
    )
    op.create_index("ix_ai_usage_time", "ai_usage", ["workshop_id", "created_at"], unique=False)
    protect("ai_days", "conversations", "messages", "ai_usage")


def downgrade() -> None:
    op.drop_index("ix_ai_usage_time", table_name="ai_usage")
    op.drop_table("ai_usage")
    op.drop_index("ix_messages_time", table_name="messages")
    op.drop_table("messages")
    op.drop_index("ix_conversations_state", table_name="conversations")
    op.drop_index("ix_conversations_changed", table_name="conversations")
    op.drop_table("conversations")
    op.drop_table("ai_days")
