"""Tables of the content room."""

revision = "content"
down_revision = "bookings"
branch_labels = None
depends_on = None


def upgrade() -> None:
    pass


def downgrade() -> None:
    pass
