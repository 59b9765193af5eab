"""Addresses of other programs that are told what happens."""

revision = "webhooks"
down_revision = "waitlist"
branch_labels = None
depends_on = None


def upgrade() -> None:
    pass


def downgrade() -> None:
    pass
