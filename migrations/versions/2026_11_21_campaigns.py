"""Reminders of inspections that customers agreed to or may be sent."""

revision = "campaigns"
down_revision = "webhooks"
branch_labels = None
depends_on = None


def upgrade() -> None:
    pass


def downgrade() -> None:
    pass
