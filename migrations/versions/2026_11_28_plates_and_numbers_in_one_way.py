"""Plates and phone numbers of old conversations are noted in one way of writing, too."""

from alembic import op

revision = "plates_and_numbers_in_one_way"
down_revision = "embeddings"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.execute("""
        insert into outbox (id, workshop_id, name, attempts)
        select gen_random_uuid(), id, 'chat.index_words', 0 from workshops
    """)


def downgrade() -> None:
    """More words than before find the same conversations."""
