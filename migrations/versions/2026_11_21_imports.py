"""Files with customers, vehicles, history and bookings from other systems."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

from migrations.protect import protect

revision = "imports"
down_revision = "campaigns"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "import_keys",
        sa.Column(
            "workshop_id",
            sa.Uuid(),
            server_default=sa.text("nullif(current_setting('app.workshop_id', true), '')::uuid"),
            nullable=False,
        ),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("subject", sa.String(length=20), nullable=False),
        sa.Column("key", sa.String(length=120, collation="C"), nullable=False),
        sa.Column("row_id", sa.Uuid(), nullable=False),
        sa.PrimaryKeyConstraint("workshop_id", "id", name="pk_import_keys"),
        sa.UniqueConstraint("workshop_id", "subject", "key", name="uq_import_keys_workshop_id"),
    )
    op.create_index("ix_import_keys_row", "import_keys", ["workshop_id", "row_id"], unique=False)
    op.create_table(
        "import_shapes",
        sa.Column(
            "workshop_id",
            sa.Uuid(),
            server_default=sa.text("nullif(current_setting('app.workshop_id', true), '')::uuid"),
            nullable=False,
        ),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("kind", sa.String(length=12), nullable=False),
        sa.Column("shape", sa.String(length=64), nullable=False),
        sa.Column("mapping", postgresql.JSONB(), server_default="{}", nullable=False),
        sa.Column("on_duplicate", sa.String(length=8), server_default="skip", nullable=False),
        sa.Column(
            "used_at",
            sa.DateTime(timezone=True),
            server_default=sa.text("clock_timestamp()"),
            nullable=False,
        ),
        sa.PrimaryKeyConstraint("workshop_id", "id", name="pk_import_shapes"),
        sa.UniqueConstraint("workshop_id", "shape", "kind", name="uq_import_shapes_workshop_id"),
    )
    op.create_table(
        "import_runs",
        sa.Column(
            "workshop_id",
            sa.Uuid(),
            server_default=sa.text("nullif(current_setting('app.workshop_id', true), '')::uuid"),
            nullable=False,
        ),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("file_name", sa.String(length=200), nullable=False),
        sa.Column("blob_key", sa.String(length=160), nullable=False),
        sa.Column("size_bytes", sa.Integer(), nullable=False),
        sa.Column("kind", sa.String(length=12), nullable=False),
        sa.Column("state", sa.String(length=10), server_default="ready", nullable=False),
        sa.Column("encoding", sa.String(length=20), server_default="", nullable=False),
        sa.Column("delimiter", sa.String(length=1), server_default="", nullable=False),
        sa.Column("is_calendar", sa.Boolean(), server_default=sa.text("false"), nullable=False),
        sa.Column("columns", postgresql.JSONB(), server_default="[]", nullable=False),
        sa.Column("shape", sa.String(length=64), server_default="", nullable=False),
        sa.Column("mapping", postgresql.JSONB(), server_default="{}", nullable=False),
        sa.Column("on_duplicate", sa.String(length=8), server_default="skip", nullable=False),
        sa.Column("resource_id", sa.Uuid(), nullable=True),
        sa.Column("locale", sa.String(length=8), server_default="de", nullable=False),
        sa.Column("lines", sa.Integer(), server_default=sa.text("0"), nullable=False),
        sa.Column("position", sa.Integer(), server_default=sa.text("0"), nullable=False),
        sa.Column("created", sa.Integer(), server_default=sa.text("0"), nullable=False),
        sa.Column("updated", sa.Integer(), server_default=sa.text("0"), nullable=False),
        sa.Column("unchanged", sa.Integer(), server_default=sa.text("0"), nullable=False),
        sa.Column("refused", sa.Integer(), server_default=sa.text("0"), nullable=False),
        sa.Column("undone", sa.Integer(), server_default=sa.text("0"), nullable=False),
        sa.Column("created_by", sa.String(length=160), server_default="", nullable=False),
        sa.Column(
            "created_at",
            sa.DateTime(timezone=True),
            server_default=sa.text("clock_timestamp()"),
            nullable=False,
        ),
        sa.Column("started_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("finished_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("undone_at", sa.DateTime(timezone=True), nullable=True),
        sa.CheckConstraint("position <= lines", name=op.f("ck_import_runs_is_not_beyond_its_end")),
        sa.ForeignKeyConstraint(
            ["workshop_id", "resource_id"],
            ["resources.workshop_id", "resources.id"],
            name="fk_import_runs_workshop_id_resources",
            ondelete="SET NULL (resource_id)",
        ),
        sa.PrimaryKeyConstraint("workshop_id", "id", name="pk_import_runs"),
    )
    op.create_table(
        "import_faults",
        sa.Column(
            "workshop_id",
            sa.Uuid(),
            server_default=sa.text("nullif(current_setting('app.workshop_id', true), '')::uuid"),
            nullable=False,
        ),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("run_id", sa.Uuid(), nullable=False),
        sa.Column("line", sa.Integer(), nullable=False),
        sa.Column("column_name", sa.String(length=120), server_default="", nullable=False),
        sa.Column("value", sa.String(length=300), server_default="", nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("weight", sa.String(length=8), server_default="error", nullable=False),
        sa.ForeignKeyConstraint(
            ["workshop_id", "run_id"],
            ["import_runs.workshop_id", "import_runs.id"],
            name="fk_import_faults_workshop_id_import_runs",
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("workshop_id", "id", name="pk_import_faults"),
    )
    op.create_index(
        "ix_import_faults_line",
        "import_faults",
        ["workshop_id", "run_id", "line", "id"],
        unique=False,
    )
    op.create_table(
        "import_marks",
        sa.Column(
            "workshop_id",
            sa.Uuid(),
            server_default=sa.text("nullif(current_setting('app.workshop_id', true), '')::uuid"),
            nullable=False,
        ),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("run_id", sa.Uuid(), nullable=False),
        sa.Column("line", sa.Integer(), nullable=False),
        sa.Column("subject", sa.String(length=20), nullable=False),
        sa.Column("row_id", sa.Uuid(), nullable=False),
        sa.Column("deed", sa.String(length=8), nullable=False),
        sa.Column("label", sa.String(length=200), server_default="", nullable=False),
        sa.Column("before", postgresql.JSONB(), server_default="{}", nullable=False),
        sa.Column("after", postgresql.JSONB(), server_default="{}", nullable=False),
        sa.Column("kept", sa.String(length=8), server_default="", nullable=False),
        sa.ForeignKeyConstraint(
            ["workshop_id", "run_id"],
            ["import_runs.workshop_id", "import_runs.id"],
            name="fk_import_marks_workshop_id_import_runs",
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("workshop_id", "id", name="pk_import_marks"),
    )
    op.create_index("ix_import_marks_row", "import_marks", ["workshop_id", "row_id"], unique=False)
    op.create_index(
        "ix_import_marks_run",
        "import_marks",
        ["workshop_id", "run_id", "subject", "id"],
        unique=False,
    )
    protect("import_keys", "import_shapes", "import_runs", "import_faults", "import_marks")


def downgrade() -> None:
    op.drop_index("ix_import_marks_run", table_name="import_marks")
    op.drop_index("ix_import_marks_row", table_name="import_marks")
    op.drop_table("import_marks")
    op.drop_index("ix_import_faults_line", table_name="import_faults")
    op.drop_table("import_faults")
    op.drop_table("import_runs")
    op.drop_table("import_shapes")
    op.drop_index("ix_import_keys_row", table_name="import_keys")
    op.drop_table("import_keys")
