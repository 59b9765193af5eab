"""Owner's reports, and the editions that owners were given."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

from migrations.protect import protect, protect_evidence

revision = "owner_reports"
down_revision = "vin_lists"
branch_labels = None
depends_on = None

HERE = sa.text("nullif(current_setting('app.workshop_id', true), '')::uuid")
NOW = sa.text("clock_timestamp()")


def _owned() -> list[sa.Column]:
    return [
        sa.Column("workshop_id", sa.Uuid(), server_default=HERE, nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
    ]


def _content() -> sa.Column:
    return sa.Column("content", postgresql.JSONB(), server_default="{}", nullable=False)


def _text(name: str, kind: sa.types.TypeEngine) -> sa.Column:
    return sa.Column(name, kind, server_default="", nullable=False)


def upgrade() -> None:
    op.create_table(
        "owner_reports",
        *_owned(),
        sa.Column("scan_id", sa.Uuid(), nullable=True),
        sa.Column("vehicle_id", sa.Uuid(), nullable=True),
        sa.Column("state", sa.String(20), server_default="draft", nullable=False),
        sa.Column("origin", sa.String(20), server_default="rules", nullable=False),
        _content(),
        sa.Column("version", sa.Integer(), server_default="1", nullable=False),
        _text("edited_by", sa.String(160)),
        sa.Column("edited_at", sa.DateTime(timezone=True), server_default=NOW, nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), server_default=NOW, nullable=False),
        sa.Column("edition_id", sa.Uuid(), nullable=True),
        sa.Column("withdrawn_at", sa.DateTime(timezone=True), nullable=True),
        _text("withdrawn_by", sa.String(160)),
        _text("withdrawn_why", sa.Text()),
        _text("print_state", sa.String(20)),
        sa.Column("print_key", sa.String(120), nullable=True),
        sa.Column("sent_at", sa.DateTime(timezone=True), nullable=True),
        _text("sending", sa.String(300)),
        sa.ForeignKeyConstraint(
            ["workshop_id", "scan_id"],
            ["scans.workshop_id", "scans.id"],
            name="fk_owner_reports_workshop_id_scans",
            ondelete="SET NULL (scan_id)",
        ),
        sa.ForeignKeyConstraint(
            ["workshop_id", "vehicle_id"],
            ["vehicles.workshop_id", "vehicles.id"],
            name="fk_owner_reports_workshop_id_vehicles",
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("workshop_id", "id", name="pk_owner_reports"),
        sa.UniqueConstraint("workshop_id", "scan_id", name="uq_owner_reports_workshop_id"),
    )
    op.create_index("ix_owner_reports_vehicle", "owner_reports", ["workshop_id", "vehicle_id"])
    op.create_table(
        "owner_report_editions",
        *_owned(),
        sa.Column("report_id", sa.Uuid(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        _content(),
        sa.Column("released_by", sa.String(160), nullable=False),
        sa.Column("released_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("expires_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["workshop_id", "report_id"],
            ["owner_reports.workshop_id", "owner_reports.id"],
            name="fk_owner_report_editions_workshop_id_owner_reports",
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("workshop_id", "id", name="pk_owner_report_editions"),
        sa.UniqueConstraint(
            "workshop_id", "report_id", "number", name="uq_owner_report_editions_workshop_id"
        ),
    )
    protect("owner_reports")
    protect_evidence("owner_report_editions")


def downgrade() -> None:
    op.drop_table("owner_report_editions")
    op.drop_table("owner_reports")
