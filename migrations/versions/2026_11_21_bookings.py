"""What workshops offer and when they are open; the extensions that later rooms use too.

All three are trusted: the owner of a database may create them.
"""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

from migrations.protect import protect

revision = "bookings"
down_revision = "vehicles"
branch_labels = None
depends_on = None


EXTENSIONS = ("btree_gist", "pg_trgm", "unaccent")


def upgrade() -> None:
    for extension in EXTENSIONS:
        op.execute(f"CREATE EXTENSION IF NOT EXISTS {extension}")
    op.create_table(
        "closures",
        sa.Column(
            "workshop_id",
            sa.Uuid(),
            server_default=sa.text("nullif(current_setting('app.workshop_id', true), '')::uuid"),
            nullable=False,
        ),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("starts_on", sa.Date(), nullable=False),
        sa.Column("ends_on", sa.Date(), nullable=False),
        sa.Column("reason", sa.String(length=120), server_default="", nullable=False),
        sa.Column("reason_en", sa.String(length=120), server_default="", nullable=False),
        sa.Column("source_id", sa.String(length=80), nullable=True),
        sa.CheckConstraint("starts_on <= ends_on", name="ck_closures_ends_after_it_starts"),
        sa.PrimaryKeyConstraint("workshop_id", "id", name="pk_closures"),
        sa.UniqueConstraint("workshop_id", "source_id", name="uq_closures_workshop_id"),
    )
    op.create_index("ix_closures_days", "closures", ["workshop_id", "ends_on"], unique=False)
    op.create_table(
        "opening_hours",
        sa.Column(
            "workshop_id",
            sa.Uuid(),
            server_default=sa.text("nullif(current_setting('app.workshop_id', true), '')::uuid"),
            nullable=False,
        ),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("weekday", sa.Integer(), nullable=False),
        sa.Column("opens", sa.Time(), nullable=False),
        sa.Column("closes", sa.Time(), nullable=False),
        sa.CheckConstraint("opens < closes", name="ck_opening_hours_opens_before_it_closes"),
        sa.CheckConstraint("weekday between 0 and 6", name="ck_opening_hours_weekday_of_a_week"),
        sa.PrimaryKeyConstraint("workshop_id", "id", name="pk_opening_hours"),
        sa.UniqueConstraint("workshop_id", "weekday", "opens", name="uq_opening_hours_workshop_id"),
    )
    op.create_table(
        "services",
        sa.Column(
            "workshop_id",
            sa.Uuid(),
            server_default=sa.text("nullif(current_setting('app.workshop_id', true), '')::uuid"),
            nullable=False,
        ),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("name", sa.String(length=120), nullable=False),
        sa.Column("name_en", sa.String(length=120), server_default="", nullable=False),
        sa.Column("description", sa.Text(), server_default="", nullable=False),
        sa.Column("description_en", sa.Text(), server_default="", nullable=False),
        sa.Column(
            "keywords",
            postgresql.ARRAY(sa.String(length=60)),
            server_default=sa.text("'{}'"),
            nullable=False,
        ),
        sa.Column("duration_minutes", sa.Integer(), nullable=False),
        sa.Column("price", sa.Numeric(precision=10, scale=2), nullable=True),
        sa.Column("price_from", sa.Boolean(), server_default=sa.text("false"), nullable=False),
        sa.Column("currency", sa.String(length=3), server_default="EUR", nullable=False),
        sa.Column("bookable_online", sa.Boolean(), server_default=sa.text("true"), nullable=False),
        sa.Column("category", sa.String(length=40), server_default="", nullable=False),
        sa.Column("position", sa.Integer(), server_default=sa.text("0"), nullable=False),
        sa.Column("active", sa.Boolean(), server_default=sa.text("true"), nullable=False),
        sa.Column("source_id", sa.String(length=80), nullable=True),
        sa.Column("edited_at", sa.DateTime(timezone=True), nullable=True),
        sa.CheckConstraint("duration_minutes > 0", name="ck_services_takes_time"),
        sa.CheckConstraint("price >= 0", name="ck_services_price_is_not_negative"),
        sa.PrimaryKeyConstraint("workshop_id", "id", name="pk_services"),
        sa.UniqueConstraint("workshop_id", "source_id", name="uq_services_workshop_id"),
    )
    op.create_index(
        "ix_services_position", "services", ["workshop_id", "position", "id"], unique=False
    )
    protect("closures", "opening_hours", "services")


def downgrade() -> None:
    op.drop_index("ix_services_position", table_name="services")
    op.drop_table("services")
    op.drop_table("opening_hours")
    op.drop_index("ix_closures_days", table_name="closures")
    op.drop_table("closures")
    for extension in EXTENSIONS:
        op.execute(f"DROP EXTENSION IF EXISTS {extension}")
