"""Live recordings: who records where, and what became of it."""

import sqlalchemy as sa
from alembic import op

from migrations.protect import protect

revision = "live_recordings"
down_revision = "retention_of_recordings"
branch_labels = None
depends_on = None

TABLE = "live_recordings"


def upgrade() -> None:
    op.create_table(
        TABLE,
        sa.Column(
            "workshop_id",
            sa.Uuid(),
            server_default=sa.text("nullif(current_setting('app.workshop_id', true), '')::uuid"),
            nullable=False,
        ),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("state", sa.String(10), server_default="live", nullable=False),
        sa.Column("device", sa.String(120), nullable=False),
        sa.Column("recorded_by", sa.String(160), nullable=False),
        sa.Column("protocol", sa.String(80), server_default="", nullable=False),
        sa.Column("vin", sa.String(17), nullable=True),
        sa.Column("vehicle_id", sa.Uuid(), nullable=True),
        sa.Column("scan_id", sa.Uuid(), nullable=True),
        sa.Column("stop_reason", sa.String(40), server_default="", nullable=False),
        sa.Column("started_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column(
            "seen_at",
            sa.DateTime(timezone=True),
            server_default=sa.text("clock_timestamp()"),
            nullable=False,
        ),
        sa.Column("ended_at", sa.DateTime(timezone=True), nullable=True),
        _belongs_to("vehicles", "vehicle_id"),
        _belongs_to("scans", "scan_id"),
        sa.PrimaryKeyConstraint("workshop_id", "id", name="pk_live_recordings"),
    )
    op.create_index("ix_live_recordings_seen", TABLE, ["workshop_id", "seen_at"])
    protect(TABLE)


def _belongs_to(table: str, column: str) -> sa.ForeignKeyConstraint:
    return sa.ForeignKeyConstraint(
        ["workshop_id", column],
        [f"{table}.workshop_id", f"{table}.id"],
        name=f"fk_live_recordings_workshop_id_{table}",
        ondelete=f"SET NULL ({column})",
    )


def downgrade() -> None:
    op.drop_table(TABLE)
