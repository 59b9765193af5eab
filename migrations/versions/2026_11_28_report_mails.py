"""Mails with a report: when somebody wished one, so that a lost one can be sent again."""

import sqlalchemy as sa
from alembic import op

revision = "report_mails"
down_revision = "report_drafts_by_ai"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("owner_reports", sa.Column("send_asked_at", sa.DateTime(timezone=True)))


def downgrade() -> None:
    op.drop_column("owner_reports", "send_asked_at")
