"""Vectors of frequent questions."""

import sqlalchemy as sa
from alembic import op

from migrations.protect import protect

revision = "embeddings"
down_revision = "jobs_for_each_workshop"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "faq_vectors",
        sa.Column(
            "workshop_id",
            sa.Uuid(),
            server_default=sa.text("nullif(current_setting('app.workshop_id', true), '')::uuid"),
            nullable=False,
        ),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("entry_id", sa.Uuid(), nullable=False),
        sa.Column("model", sa.String(length=120), nullable=False),
        sa.Column("digest", sa.String(length=64), nullable=False),
        sa.Column("vector", sa.LargeBinary(), nullable=False),
        sa.ForeignKeyConstraint(
            ["workshop_id", "entry_id"],
            ["faq_entries.workshop_id", "faq_entries.id"],
            name="fk_faq_vectors_workshop_id_faq_entries",
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("workshop_id", "id", name="pk_faq_vectors"),
        sa.UniqueConstraint("workshop_id", "entry_id", name="uq_faq_vectors_workshop_id"),
    )
    protect("faq_vectors")


def downgrade() -> None:
    op.drop_table("faq_vectors")
