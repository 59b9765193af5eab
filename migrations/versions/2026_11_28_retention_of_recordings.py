"""How long raw recordings are kept."""

import sqlalchemy as sa
from alembic import op

from migrations.protect import protect

revision = "retention_of_recordings"
down_revision = "owner_reports"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("scans", sa.Column("raw_deleted_at", sa.DateTime(timezone=True), nullable=True))
    op.create_table(
        "diagnostics_settings",
        sa.Column(
            "workshop_id",
            sa.Uuid(),
            server_default=sa.text("nullif(current_setting('app.workshop_id', true), '')::uuid"),
            nullable=False,
        ),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("keep_months", sa.Integer(), nullable=True),
        sa.Column("keep_position", sa.Boolean(), server_default=sa.text("false"), nullable=False),
        sa.CheckConstraint(
            "keep_months BETWEEN 1 AND 600",
            name="ck_diagnostics_settings_keep_months_is_a_time",
        ),
        sa.PrimaryKeyConstraint("workshop_id", "id", name="pk_diagnostics_settings"),
        sa.UniqueConstraint("workshop_id", name="uq_diagnostics_settings_workshop_id"),
    )
    protect("diagnostics_settings")


def downgrade() -> None:
    op.drop_table("diagnostics_settings")
    op.drop_column("scans", "raw_deleted_at")
