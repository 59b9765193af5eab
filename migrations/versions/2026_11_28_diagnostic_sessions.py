"""Diagnostic cases: symptoms, notes, estimate, photos, and who changed what."""

import sqlalchemy as sa
from alembic import op

from migrations.protect import protect, protect_evidence

revision = "diagnostic_sessions"
down_revision = "scan_findings"
branch_labels = None
depends_on = None

HERE = sa.text("nullif(current_setting('app.workshop_id', true), '')::uuid")
NOW = sa.text("clock_timestamp()")


def _owned() -> list[sa.Column]:
    return [
        sa.Column("workshop_id", sa.Uuid(), server_default=HERE, nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
    ]


def _of_session(table: str) -> sa.ForeignKeyConstraint:
    return sa.ForeignKeyConstraint(
        ["workshop_id", "session_id"],
        ["diagnostic_sessions.workshop_id", "diagnostic_sessions.id"],
        name=f"fk_{table}_workshop_id_diagnostic_sessions",
        ondelete="CASCADE",
    )


def upgrade() -> None:
    _sessions()
    _estimate_lines()
    _changes()
    _photos()
    protect("diagnostic_sessions", "session_estimate_lines", "session_photos")
    protect_evidence("session_changes")


def _sessions() -> None:
    op.create_table(
        "diagnostic_sessions",
        *_owned(),
        sa.Column("vehicle_id", sa.Uuid(), nullable=True),
        sa.Column("scan_id", sa.Uuid(), nullable=True),
        sa.Column("kind", sa.String(20), nullable=False),
        sa.Column("state", sa.String(20), server_default="open", nullable=False),
        sa.Column("odometer_km", sa.Integer(), nullable=True),
        sa.Column("symptoms", sa.Text(), server_default="", nullable=False),
        sa.Column("notes", sa.Text(), server_default="", nullable=False),
        sa.Column("created_by", sa.String(160), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), server_default=NOW, nullable=False),
        sa.Column("changed_at", sa.DateTime(timezone=True), server_default=NOW, nullable=False),
        sa.Column("version", sa.Integer(), server_default=sa.text("1"), nullable=False),
        sa.ForeignKeyConstraint(
            ["workshop_id", "vehicle_id"],
            ["vehicles.workshop_id", "vehicles.id"],
            name="fk_diagnostic_sessions_workshop_id_vehicles",
            ondelete="SET NULL (vehicle_id)",
        ),
        sa.ForeignKeyConstraint(
            ["workshop_id", "scan_id"],
            ["scans.workshop_id", "scans.id"],
            name="fk_diagnostic_sessions_workshop_id_scans",
            ondelete="SET NULL (scan_id)",
        ),
        sa.PrimaryKeyConstraint("workshop_id", "id", name="pk_diagnostic_sessions"),
        sa.UniqueConstraint("workshop_id", "scan_id", name="uq_diagnostic_sessions_workshop_id"),
    )
    op.create_index(
        "ix_diagnostic_sessions_vehicle",
        "diagnostic_sessions",
        ["workshop_id", "vehicle_id", "created_at"],
    )
    op.create_index(
        "ix_diagnostic_sessions_state", "diagnostic_sessions", ["workshop_id", "state", "id"]
    )


def _estimate_lines() -> None:
    op.create_table(
        "session_estimate_lines",
        *_owned(),
        sa.Column("session_id", sa.Uuid(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("title", sa.String(200), nullable=False),
        sa.Column("quantity", sa.Numeric(8, 2), nullable=False),
        sa.Column("unit_price", sa.Numeric(10, 2), nullable=False),
        sa.Column("from_catalogue", sa.Boolean(), server_default=sa.false(), nullable=False),
        sa.CheckConstraint(
            "quantity > 0 and unit_price >= 0",
            name=op.f("ck_session_estimate_lines_amounts_are_real"),
        ),
        _of_session("session_estimate_lines"),
        sa.PrimaryKeyConstraint("workshop_id", "id", name="pk_session_estimate_lines"),
        sa.UniqueConstraint(
            "workshop_id", "session_id", "position", name="uq_session_estimate_lines_workshop_id"
        ),
    )


def _changes() -> None:
    op.create_table(
        "session_changes",
        *_owned(),
        sa.Column("session_id", sa.Uuid(), nullable=False),
        sa.Column("field", sa.String(40), nullable=False),
        sa.Column("before", sa.Text(), server_default="", nullable=False),
        sa.Column("after", sa.Text(), server_default="", nullable=False),
        sa.Column("changed_by", sa.String(160), nullable=False),
        sa.Column("changed_at", sa.DateTime(timezone=True), server_default=NOW, nullable=False),
        _of_session("session_changes"),
        sa.PrimaryKeyConstraint("workshop_id", "id", name="pk_session_changes"),
    )
    op.create_index(
        "ix_session_changes_session", "session_changes", ["workshop_id", "session_id", "id"]
    )


def _photos() -> None:
    op.create_table(
        "session_photos",
        *_owned(),
        sa.Column("session_id", sa.Uuid(), nullable=False),
        sa.Column("blob_key", sa.String(120), nullable=False),
        sa.Column("thumb_key", sa.String(120), nullable=False),
        sa.Column("content_hash", sa.String(64), nullable=False),
        sa.Column("width", sa.Integer(), nullable=False),
        sa.Column("height", sa.Integer(), nullable=False),
        sa.Column("size", sa.Integer(), nullable=False),
        sa.Column("caption", sa.String(200), server_default="", nullable=False),
        sa.Column("taken_by", sa.String(160), nullable=False),
        sa.Column("taken_at", sa.DateTime(timezone=True), server_default=NOW, nullable=False),
        _of_session("session_photos"),
        sa.PrimaryKeyConstraint("workshop_id", "id", name="pk_session_photos"),
        sa.UniqueConstraint(
            "workshop_id", "session_id", "content_hash", name="uq_session_photos_workshop_id"
        ),
    )


def downgrade() -> None:
    for table in (
        "session_photos",
        "session_changes",
        "session_estimate_lines",
        "diagnostic_sessions",
    ):
        op.drop_table(table)
