"""Tables of the bookings room."""

revision = "bookings"
down_revision = "vehicles"
branch_labels = None
depends_on = None


def upgrade() -> None:
    pass


def downgrade() -> None:
    pass
