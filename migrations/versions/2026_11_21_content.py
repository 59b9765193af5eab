"""Frequent questions and the workshop's answers, with their search words."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

from migrations.protect import protect

revision = "content"
down_revision = "bookings"
branch_labels = None
depends_on = None

INDEXED = (
    "case when locale = 'en'"
    " then setweight(to_tsvector('english', search_title), 'A')"
    " || setweight(to_tsvector('english', search_body), 'C')"
    " else setweight(to_tsvector('german', search_title), 'A')"
    " || setweight(to_tsvector('german', search_body), 'C') end"
)


def upgrade() -> None:
    op.create_table(
        "faq_entries",
        sa.Column(
            "workshop_id",
            sa.Uuid(),
            server_default=sa.text("nullif(current_setting('app.workshop_id', true), '')::uuid"),
            nullable=False,
        ),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("question", sa.String(length=300), nullable=False),
        sa.Column("answer", sa.Text(), nullable=False),
        sa.Column(
            "keywords",
            postgresql.ARRAY(sa.String(length=60)),
            server_default=sa.text("'{}'"),
            nullable=False,
        ),
        sa.Column("locale", sa.String(length=8), server_default="de", nullable=False),
        sa.Column("position", sa.Integer(), server_default=sa.text("0"), nullable=False),
        sa.Column("active", sa.Boolean(), server_default=sa.text("true"), nullable=False),
        sa.Column("source", sa.String(length=20), server_default="staff", nullable=False),
        sa.Column("source_id", sa.String(length=80), nullable=True),
        sa.Column("edited_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("search_title", sa.Text(), server_default="", nullable=False),
        sa.Column("search_body", sa.Text(), server_default="", nullable=False),
        sa.Column(
            "search",
            postgresql.TSVECTOR(),
            sa.Computed(
                INDEXED,
                persisted=True,
            ),
            nullable=False,
        ),
        sa.PrimaryKeyConstraint("workshop_id", "id", name="pk_faq_entries"),
        sa.UniqueConstraint(
            "workshop_id", "source", "source_id", "locale", name="uq_faq_entries_workshop_id"
        ),
    )
    op.create_index(
        "ix_faq_entries_position",
        "faq_entries",
        ["workshop_id", "locale", "position"],
        unique=False,
    )
    protect("faq_entries")


def downgrade() -> None:
    op.drop_index("ix_faq_entries_position", table_name="faq_entries")
    op.drop_table("faq_entries")
