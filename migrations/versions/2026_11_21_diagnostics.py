"""Tables of the diagnostics room."""

revision = "diagnostics"
down_revision = "content"
branch_labels = None
depends_on = None


def upgrade() -> None:
    pass


def downgrade() -> None:
    pass
