"""Files with customers, vehicles, history and bookings from other systems."""

revision = "imports"
down_revision = "campaigns"
branch_labels = None
depends_on = None


def upgrade() -> None:
    pass


def downgrade() -> None:
    pass
