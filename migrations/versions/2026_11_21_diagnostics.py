"""Tables of the diagnostics room."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

from migrations.protect import protect

revision = "diagnostics"
down_revision = "content"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "scans",
        sa.Column(
            "workshop_id",
            sa.Uuid(),
            server_default=sa.text("nullif(current_setting('app.workshop_id', true), '')::uuid"),
            nullable=False,
        ),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("vehicle_id", sa.Uuid(), nullable=True),
        sa.Column("state", sa.String(length=20), server_default="received", nullable=False),
        sa.Column("file_name", sa.String(length=200), nullable=False),
        sa.Column("size", sa.Integer(), nullable=False),
        sa.Column("content_hash", sa.String(length=64), nullable=False),
        sa.Column("blob_key", sa.String(length=120), nullable=False),
        sa.Column("idempotency_key", sa.String(length=120), nullable=True),
        sa.Column("uploaded_by", sa.String(length=160), nullable=False),
        sa.Column(
            "uploaded_at",
            sa.DateTime(timezone=True),
            server_default=sa.text("clock_timestamp()"),
            nullable=False,
        ),
        sa.Column("stated_vin", sa.String(length=17), nullable=True),
        sa.Column("stated_odometer_km", sa.Integer(), nullable=True),
        sa.Column("vin", sa.String(length=17), nullable=True),
        sa.Column("started_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("format", sa.String(length=40), nullable=True),
        sa.Column("decoder_version", sa.Integer(), nullable=True),
        sa.Column("read_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("problem", sa.Text(), nullable=True),
        sa.Column("report", postgresql.JSONB(), server_default="{}", nullable=False),
        sa.ForeignKeyConstraint(
            ["workshop_id", "vehicle_id"],
            ["vehicles.workshop_id", "vehicles.id"],
            name="fk_scans_workshop_id_vehicles",
            ondelete="SET NULL (vehicle_id)",
        ),
        sa.PrimaryKeyConstraint("workshop_id", "id", name="pk_scans"),
        sa.UniqueConstraint("workshop_id", "idempotency_key", name="uq_scans_workshop_id"),
    )
    op.create_index("ix_scans_content", "scans", ["workshop_id", "content_hash"], unique=False)
    op.create_index("ix_scans_uploaded", "scans", ["workshop_id", "uploaded_at"], unique=False)
    op.create_index(
        "ix_scans_vehicle", "scans", ["workshop_id", "vehicle_id", "uploaded_at"], unique=False
    )
    op.create_table(
        "scan_codes",
        sa.Column(
            "workshop_id",
            sa.Uuid(),
            server_default=sa.text("nullif(current_setting('app.workshop_id', true), '')::uuid"),
            nullable=False,
        ),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("scan_id", sa.Uuid(), nullable=False),
        sa.Column("code", sa.String(length=10), nullable=False),
        sa.Column("status", sa.String(length=20), nullable=False),
        sa.Column("ecu", sa.String(length=20), nullable=False),
        sa.Column("origin", sa.String(length=20), nullable=False),
        sa.Column("maker_code", sa.String(length=20), nullable=True),
        sa.ForeignKeyConstraint(
            ["workshop_id", "scan_id"],
            ["scans.workshop_id", "scans.id"],
            name="fk_scan_codes_workshop_id_scans",
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("workshop_id", "id", name="pk_scan_codes"),
    )
    op.create_index("ix_scan_codes_code", "scan_codes", ["workshop_id", "code"], unique=False)
    op.create_index("ix_scan_codes_scan", "scan_codes", ["workshop_id", "scan_id"], unique=False)
    op.create_table(
        "scan_signals",
        sa.Column(
            "workshop_id",
            sa.Uuid(),
            server_default=sa.text("nullif(current_setting('app.workshop_id', true), '')::uuid"),
            nullable=False,
        ),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("scan_id", sa.Uuid(), nullable=False),
        sa.Column("key", sa.String(length=80), nullable=False),
        sa.Column("facts", postgresql.JSONB(), server_default="{}", nullable=False),
        sa.Column("packed", sa.LargeBinary(), nullable=False),
        sa.ForeignKeyConstraint(
            ["workshop_id", "scan_id"],
            ["scans.workshop_id", "scans.id"],
            name="fk_scan_signals_workshop_id_scans",
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("workshop_id", "id", name="pk_scan_signals"),
        sa.UniqueConstraint("workshop_id", "scan_id", "key", name="uq_scan_signals_workshop_id"),
    )
    protect("scans", "scan_codes", "scan_signals")


def downgrade() -> None:
    op.drop_table("scan_signals")
    op.drop_index("ix_scan_codes_scan", table_name="scan_codes")
    op.drop_index("ix_scan_codes_code", table_name="scan_codes")
    op.drop_table("scan_codes")
    op.drop_index("ix_scans_vehicle", table_name="scans")
    op.drop_index("ix_scans_uploaded", table_name="scans")
    op.drop_index("ix_scans_content", table_name="scans")
    op.drop_table("scans")
