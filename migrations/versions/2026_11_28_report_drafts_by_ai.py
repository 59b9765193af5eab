"""Drafts of owner's reports by the AI: whether one is being written, and what came of it."""

import sqlalchemy as sa
from alembic import op

revision = "report_drafts_by_ai"
down_revision = "resume_links"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("owner_reports", sa.Column("ai_asked_at", sa.DateTime(timezone=True)))
    op.add_column(
        "owner_reports",
        sa.Column("ai_remark", sa.String(length=300), server_default="", nullable=False),
    )


def downgrade() -> None:
    op.drop_column("owner_reports", "ai_remark")
    op.drop_column("owner_reports", "ai_asked_at")
