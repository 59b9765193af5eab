"""Tables of the chat room."""

revision = "chat"
down_revision = "diagnostics"
branch_labels = None
depends_on = None


def upgrade() -> None:
    pass


def downgrade() -> None:
    pass
