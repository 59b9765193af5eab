"""Calls to AI providers: every call recorded, counters for every budget, sums for the platform."""

import sqlalchemy as sa
from alembic import op

from migrations.protect import protect, protect_directory

revision = "ai"
down_revision = "inbox"
branch_labels = None
depends_on = None

_WORKSHOP = sa.text("nullif(current_setting('app.workshop_id', true), '')::uuid")


def upgrade() -> None:
    op.execute("SET LOCAL lock_timeout = '5s'")
    _calls()
    _meters()
    op.create_table(
        "ai_allowances",
        sa.Column("workshop_id", sa.Uuid(), server_default=_WORKSHOP, nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("single", sa.Boolean(), server_default=sa.text("true"), nullable=False),
        sa.Column("daily_micros", sa.BigInteger(), nullable=True),
        sa.Column("monthly_micros", sa.BigInteger(), nullable=True),
        sa.CheckConstraint("single", name=op.f("ck_ai_allowances_only_one")),
        sa.CheckConstraint(
            "daily_micros >= 0 AND monthly_micros >= 0", name=op.f("ck_ai_allowances_not_negative")
        ),
        sa.PrimaryKeyConstraint("workshop_id", "id", name="pk_ai_allowances"),
        sa.UniqueConstraint("workshop_id", "single", name="uq_ai_allowances_only"),
    )
    op.create_table(
        "ai_costs",
        sa.Column("workshop_id", sa.Uuid(), server_default=_WORKSHOP, nullable=False),
        sa.Column("day", sa.Date(), nullable=False),
        sa.Column("calls", sa.Integer(), nullable=False),
        sa.Column("failed", sa.Integer(), nullable=False),
        sa.Column("tokens_in", sa.BigInteger(), nullable=False),
        sa.Column("tokens_out", sa.BigInteger(), nullable=False),
        sa.Column("tokens_cached", sa.BigInteger(), nullable=False),
        sa.Column("micros", sa.BigInteger(), nullable=False),
        sa.ForeignKeyConstraint(
            ["workshop_id"],
            ["workshops.id"],
            name="fk_ai_costs_workshop_id_workshops",
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("workshop_id", "day", name="pk_ai_costs"),
    )
    protect("ai_allowances")
    protect_directory("ai_costs")


def _calls() -> None:
    """`ai_usage` grows into `ai_calls`; its policy, grants and rows come along."""
    op.drop_constraint("fk_ai_usage_workshop_id_conversations", "ai_usage")
    op.drop_constraint("fk_ai_usage_workshop_id_messages", "ai_usage")
    op.drop_column("ai_usage", "message_id")
    op.rename_table("ai_usage", "ai_calls")
    op.execute("ALTER TABLE ai_calls RENAME CONSTRAINT pk_ai_usage TO pk_ai_calls")
    op.execute("ALTER INDEX ix_ai_usage_time RENAME TO ix_ai_calls_time")
    op.alter_column("ai_calls", "conversation_id", new_column_name="about_id")
    op.alter_column("ai_calls", "latency_ms", new_column_name="total_ms")
    op.execute("ALTER TABLE ai_calls ALTER COLUMN cost DROP DEFAULT")
    op.execute("ALTER TABLE ai_calls ALTER COLUMN cost TYPE bigint USING round(cost * 1000000)")
    op.execute("ALTER TABLE ai_calls ALTER COLUMN cost SET DEFAULT 0")
    op.alter_column("ai_calls", "cost", new_column_name="micros")
    for column in (
        sa.Column("purpose", sa.String(length=12), server_default="chat", nullable=False),
        sa.Column("model", sa.String(length=80), server_default="", nullable=False),
        sa.Column("tokens_cached", sa.Integer(), server_default=sa.text("0"), nullable=False),
        sa.Column("first_ms", sa.Integer(), nullable=True),
        sa.Column("reason", sa.String(length=60), server_default="", nullable=False),
    ):
        op.add_column("ai_calls", column)


def _meters() -> None:
    """`ai_days` grows into `ai_meters`: a day is one of several things that are counted."""
    op.rename_table("ai_days", "ai_meters")
    op.execute("ALTER TABLE ai_meters RENAME CONSTRAINT pk_ai_days TO pk_ai_meters")
    op.drop_constraint("uq_ai_days_workshop_id", "ai_meters")
    op.execute("ALTER TABLE ai_meters ALTER COLUMN day TYPE varchar(80) USING day::text")
    op.execute("ALTER TABLE ai_meters ALTER COLUMN tokens TYPE bigint")
    op.alter_column("ai_meters", "day", new_column_name="key")
    for column in (
        sa.Column("scope", sa.String(length=8), server_default="day", nullable=False),
        sa.Column("micros", sa.BigInteger(), server_default=sa.text("0"), nullable=False),
        sa.Column(
            "touched_at",
            sa.DateTime(timezone=True),
            server_default=sa.text("clock_timestamp()"),
            nullable=False,
        ),
    ):
        op.add_column("ai_meters", column)
    op.alter_column("ai_meters", "scope", server_default=None)
    op.create_unique_constraint("uq_ai_meters_key", "ai_meters", ["workshop_id", "scope", "key"])


def downgrade() -> None:
    op.drop_table("ai_costs")
    op.drop_table("ai_allowances")
    _no_meters()
    _no_calls()


def _no_meters() -> None:
    op.execute("ALTER TABLE ai_meters NO FORCE ROW LEVEL SECURITY")
    op.execute("DELETE FROM ai_meters WHERE scope <> 'day'")
    op.execute("ALTER TABLE ai_meters FORCE ROW LEVEL SECURITY")
    op.drop_constraint("uq_ai_meters_key", "ai_meters")
    for column in ("touched_at", "micros", "scope"):
        op.drop_column("ai_meters", column)
    op.alter_column("ai_meters", "key", new_column_name="day")
    op.execute("ALTER TABLE ai_meters ALTER COLUMN day TYPE date USING day::date")
    op.execute("ALTER TABLE ai_meters ALTER COLUMN tokens TYPE integer")
    op.execute("ALTER TABLE ai_meters RENAME CONSTRAINT pk_ai_meters TO pk_ai_days")
    op.rename_table("ai_meters", "ai_days")
    op.create_unique_constraint("uq_ai_days_workshop_id", "ai_days", ["workshop_id", "day"])


def _no_calls() -> None:
    for column in ("reason", "first_ms", "tokens_cached", "model", "purpose"):
        op.drop_column("ai_calls", column)
    op.alter_column("ai_calls", "micros", new_column_name="cost")
    op.execute("ALTER TABLE ai_calls ALTER COLUMN cost TYPE numeric(12, 6) USING cost / 1000000.0")
    op.alter_column("ai_calls", "total_ms", new_column_name="latency_ms")
    op.alter_column("ai_calls", "about_id", new_column_name="conversation_id")
    op.execute("ALTER INDEX ix_ai_calls_time RENAME TO ix_ai_usage_time")
    op.execute("ALTER TABLE ai_calls RENAME CONSTRAINT pk_ai_calls TO pk_ai_usage")
    op.rename_table("ai_calls", "ai_usage")
    op.add_column("ai_usage", sa.Column("message_id", sa.Uuid(), nullable=True))
    for table, column in (("conversations", "conversation_id"), ("messages", "message_id")):
        op.create_foreign_key(
            f"fk_ai_usage_workshop_id_{table}",
            "ai_usage",
            table,
            ["workshop_id", column],
            ["workshop_id", "id"],
            ondelete=f"SET NULL ({column})",
        )
