"""Tables of the vehicles room."""

revision = "vehicles"
down_revision = "tenants"
branch_labels = None
depends_on = None


def upgrade() -> None:
    pass


def downgrade() -> None:
    pass
