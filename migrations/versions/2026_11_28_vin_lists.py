"""Lists of VINs that workshops want judged."""

import sqlalchemy as sa
from alembic import op

from migrations.protect import protect

revision = "vin_lists"
down_revision = "open_questions"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "vin_lists",
        sa.Column(
            "workshop_id",
            sa.Uuid(),
            server_default=sa.text("nullif(current_setting('app.workshop_id', true), '')::uuid"),
            nullable=False,
        ),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("file_name", sa.String(length=200), nullable=False),
        sa.Column("entries_key", sa.String(length=160), nullable=False),
        sa.Column("result_key", sa.String(length=160), server_default="", nullable=False),
        sa.Column("state", sa.String(length=10), server_default="running", nullable=False),
        sa.Column("total", sa.Integer(), nullable=False),
        sa.Column("position", sa.Integer(), server_default=sa.text("0"), nullable=False),
        sa.Column("refused", sa.Integer(), server_default=sa.text("0"), nullable=False),
        sa.Column("doubtful", sa.Integer(), server_default=sa.text("0"), nullable=False),
        sa.Column("created_by", sa.String(length=160), server_default="", nullable=False),
        sa.Column(
            "created_at",
            sa.DateTime(timezone=True),
            server_default=sa.text("clock_timestamp()"),
            nullable=False,
        ),
        sa.Column("finished_at", sa.DateTime(timezone=True), nullable=True),
        sa.CheckConstraint("position <= total", name="ck_vin_lists_is_not_beyond_its_end"),
        sa.PrimaryKeyConstraint("workshop_id", "id", name="pk_vin_lists"),
    )
    op.create_index(
        "ix_vin_lists_created", "vin_lists", ["workshop_id", "created_at"], unique=False
    )
    protect("vin_lists")


def downgrade() -> None:
    op.drop_table("vin_lists")
