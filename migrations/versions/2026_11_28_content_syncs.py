"""How the last look at a workshop's source of texts went."""

import sqlalchemy as sa
from alembic import op

from migrations.protect import protect

revision = "content_syncs"
down_revision = "ai"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "content_syncs",
        sa.Column(
            "workshop_id",
            sa.Uuid(),
            server_default=sa.text("nullif(current_setting('app.workshop_id', true), '')::uuid"),
            nullable=False,
        ),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("source", sa.String(length=20), nullable=False),
        sa.Column("entries", sa.Integer(), server_default=sa.text("0"), nullable=False),
        sa.Column("problem", sa.String(length=300), server_default="", nullable=False),
        sa.Column("synced_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("tried_at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("workshop_id", "id", name="pk_content_syncs"),
        sa.UniqueConstraint("workshop_id", name="uq_content_syncs_workshop_id"),
    )
    protect("content_syncs")


def downgrade() -> None:
    op.drop_table("content_syncs")
