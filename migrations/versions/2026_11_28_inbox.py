"""What the team adds to conversations, and moves that the database itself refuses."""

from typing import Any

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

from migrations.protect import protect

revision = "inbox"
down_revision = "verifications"
branch_labels = None
depends_on = None

CHECK_CONVERSATION = """
CREATE FUNCTION check_conversation_move() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF TG_OP = 'INSERT' THEN
        IF NEW.state <> 'bot' THEN
            RAISE check_violation USING MESSAGE = 'a conversation cannot begin as ' || NEW.state;
        END IF;
    ELSIF NEW.state <> OLD.state AND NOT (OLD.state || '>' || NEW.state) = ANY (ARRAY[
        'bot>waiting', 'bot>human', 'bot>closed',
        'waiting>human', 'waiting>bot', 'waiting>closed',
        'human>waiting', 'human>bot', 'human>closed',
        'closed>bot', 'closed>waiting', 'closed>human'
    ]) THEN
        RAISE check_violation
            USING MESSAGE = 'no conversation goes from ' || OLD.state || ' to ' || NEW.state;
    END IF;
    RETURN NEW;
END $$
"""
ON_CONVERSATIONS = """
CREATE TRIGGER check_conversation_move BEFORE INSERT OR UPDATE OF state ON conversations
FOR EACH ROW EXECUTE FUNCTION check_conversation_move()
"""
CHECK_SPEAKER = """
CREATE FUNCTION check_speaker() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF NOT EXISTS (
        SELECT FROM conversations
        WHERE workshop_id = NEW.workshop_id AND id = NEW.conversation_id AND state = 'bot'
    ) THEN
        RAISE check_violation
            USING MESSAGE = 'the assistant does not speak while it has not the word';
    END IF;
    RETURN NEW;
END $$
"""
ON_MESSAGES = """
CREATE TRIGGER check_speaker BEFORE INSERT ON messages
FOR EACH ROW WHEN (NEW.author = 'bot') EXECUTE FUNCTION check_speaker()
"""
CHECK_TASK = """
CREATE FUNCTION check_task_move() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF TG_OP = 'INSERT' THEN
        IF NEW.state NOT IN ('new', 'assigned') THEN
            RAISE check_violation USING MESSAGE = 'a task cannot begin as ' || NEW.state;
        END IF;
    ELSIF NEW.state <> OLD.state AND NOT (OLD.state || '>' || NEW.state) = ANY (ARRAY[
        'new>assigned', 'new>in_progress', 'new>completed', 'new>cancelled',
        'assigned>new', 'assigned>in_progress', 'assigned>completed', 'assigned>cancelled',
        'in_progress>new', 'in_progress>assigned', 'in_progress>completed',
        'in_progress>cancelled', 'completed>in_progress', 'cancelled>new'
    ]) THEN
        RAISE check_violation
            USING MESSAGE = 'no task goes from ' || OLD.state || ' to ' || NEW.state;
    END IF;
    RETURN NEW;
END $$
"""
ON_TASKS = """
CREATE TRIGGER check_task_move BEFORE INSERT OR UPDATE OF state ON concierge_tasks
FOR EACH ROW EXECUTE FUNCTION check_task_move()
"""


def upgrade() -> None:
    op.execute("SET LOCAL lock_timeout = '5s'")
    _conversations()
    op.add_column(
        "messages", sa.Column("translation", sa.Text(), server_default="", nullable=False)
    )
    _settings()
    _notes()
    _words()
    _replies()
    _tasks()
    protect(
        "inbox_settings",
        "conversation_notes",
        "conversation_words",
        "canned_replies",
        "concierge_tasks",
    )
    for statement in (CHECK_CONVERSATION, ON_CONVERSATIONS, CHECK_SPEAKER, ON_MESSAGES):
        op.execute(statement)
    op.execute(CHECK_TASK)
    op.execute(ON_TASKS)


def downgrade() -> None:
    op.execute("DROP TRIGGER check_speaker ON messages")
    op.execute("DROP TRIGGER check_conversation_move ON conversations")
    for table in (
        "concierge_tasks",
        "canned_replies",
        "conversation_words",
        "conversation_notes",
        "inbox_settings",
    ):
        op.drop_table(table)
    for function in ("check_speaker", "check_conversation_move", "check_task_move"):
        op.execute(f"DROP FUNCTION {function}")
    op.drop_column("messages", "translation")
    for table in ("customers", "vehicles"):
        op.drop_constraint(f"fk_conversations_workshop_id_{table}", "conversations")
    for column in _new_columns():
        op.drop_column("conversations", column.name)


def _new_columns() -> tuple[sa.Column[Any], ...]:
    return (
        sa.Column("customer_id", sa.Uuid(), nullable=True),
        sa.Column("vehicle_id", sa.Uuid(), nullable=True),
        sa.Column("priority", sa.SmallInteger(), server_default=sa.text("0"), nullable=False),
        sa.Column("is_upset", sa.Boolean(), server_default=sa.text("false"), nullable=False),
        _moment("unanswered_since"),
        _moment("answer_due_at"),
        sa.Column("answer_spans", postgresql.JSONB(), server_default="[]", nullable=False),
        sa.Column("failures", sa.SmallInteger(), server_default=sa.text("0"), nullable=False),
        sa.Column("turn", sa.SmallInteger(), server_default=sa.text("1"), nullable=False),
        _number("turn_began_seq", 0),
        _number("visitor_read_seq", 0),
    )


def _conversations() -> None:
    for column in _new_columns():
        op.add_column("conversations", column)
    for column_name, table in (("customer_id", "customers"), ("vehicle_id", "vehicles")):
        op.create_foreign_key(
            f"fk_conversations_workshop_id_{table}",
            "conversations",
            table,
            ["workshop_id", column_name],
            ["workshop_id", "id"],
            ondelete=f"SET NULL ({column_name})",
        )


def _settings() -> None:
    op.create_table(
        "inbox_settings",
        *_keys(),
        _number("answer_minutes", 30),
        _number("mail_after_minutes", 5),
        sa.CheckConstraint(
            "answer_minutes BETWEEN 5 AND 2880", name="ck_inbox_settings_answer_in_time"
        ),
        sa.CheckConstraint(
            "mail_after_minutes BETWEEN 1 AND 240", name="ck_inbox_settings_mail_in_time"
        ),
        sa.PrimaryKeyConstraint("workshop_id", "id", name="pk_inbox_settings"),
        sa.UniqueConstraint("workshop_id", name="uq_inbox_settings_workshop_id"),
    )


def _notes() -> None:
    op.create_table(
        "conversation_notes",
        *_keys(),
        sa.Column("conversation_id", sa.Uuid(), nullable=False),
        sa.Column("after_seq", sa.Integer(), nullable=False),
        sa.Column("staff_id", sa.Uuid(), nullable=True),
        sa.Column("staff_name", sa.String(length=120), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        _now("created_at"),
        _reference("conversation_notes", "conversation_id", "conversations", "CASCADE"),
        _reference("conversation_notes", "staff_id", "staff", "SET NULL (staff_id)"),
        sa.PrimaryKeyConstraint("workshop_id", "id", name="pk_conversation_notes"),
    )
    op.create_index(
        "ix_conversation_notes_place",
        "conversation_notes",
        ["workshop_id", "conversation_id", "after_seq"],
    )


def _words() -> None:
    op.create_table(
        "conversation_words",
        *_keys(),
        sa.Column("conversation_id", sa.Uuid(), nullable=False),
        sa.Column("word", sa.String(length=60, collation="C"), nullable=False),
        _reference("conversation_words", "conversation_id", "conversations", "CASCADE"),
        sa.PrimaryKeyConstraint("workshop_id", "id", name="pk_conversation_words"),
        sa.UniqueConstraint(
            "workshop_id", "conversation_id", "word", name="uq_conversation_words_workshop_id"
        ),
    )
    op.create_index(
        "ix_conversation_words_word",
        "conversation_words",
        ["workshop_id", "word", "conversation_id"],
    )


def _replies() -> None:
    op.create_table(
        "canned_replies",
        *_keys(),
        sa.Column("shortcut", sa.String(length=30), nullable=False),
        sa.Column("title", sa.String(length=80), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        _now("created_at"),
        sa.PrimaryKeyConstraint("workshop_id", "id", name="pk_canned_replies"),
        sa.UniqueConstraint("workshop_id", "shortcut", name="uq_canned_replies_shortcut"),
    )


def _tasks() -> None:
    op.create_table(
        "concierge_tasks",
        *_keys(),
        sa.Column("kind", sa.String(length=12), nullable=False),
        sa.Column("priority", sa.String(length=8), nullable=False),
        sa.Column("state", sa.String(length=12), server_default="new", nullable=False),
        sa.Column("title", sa.String(length=160), nullable=False),
        sa.Column("description", sa.Text(), server_default="", nullable=False),
        sa.Column("phone", sa.String(length=40), server_default="", nullable=False),
        _moment("due_at"),
        sa.Column("conversation_id", sa.Uuid(), nullable=True),
        sa.Column("customer_id", sa.Uuid(), nullable=True),
        sa.Column("vehicle_id", sa.Uuid(), nullable=True),
        sa.Column("assigned_to", sa.Uuid(), nullable=True),
        sa.Column("assigned_name", sa.String(length=120), server_default="", nullable=False),
        sa.Column("created_by", sa.String(length=120), server_default="", nullable=False),
        sa.Column("resolution", sa.Text(), server_default="", nullable=False),
        _moment("resolved_at"),
        _moment("consent_at"),
        _now("created_at"),
        _now("changed_at"),
        sa.CheckConstraint(
            "state IN ('new', 'assigned', 'in_progress', 'completed', 'cancelled')",
            name="ck_concierge_tasks_state_known",
        ),
        sa.CheckConstraint(
            "priority IN ('low', 'medium', 'high', 'urgent')",
            name="ck_concierge_tasks_priority_known",
        ),
        sa.CheckConstraint(
            "(state IN ('completed', 'cancelled')) = (resolved_at IS NOT NULL)",
            name="ck_concierge_tasks_resolved_when_over",
        ),
        *(
            _reference("concierge_tasks", column, table, f"SET NULL ({column})")
            for column, table in (
                ("conversation_id", "conversations"),
                ("customer_id", "customers"),
                ("vehicle_id", "vehicles"),
                ("assigned_to", "staff"),
            )
        ),
        sa.PrimaryKeyConstraint("workshop_id", "id", name="pk_concierge_tasks"),
    )
    op.create_index(
        "ix_concierge_tasks_state", "concierge_tasks", ["workshop_id", "state", "changed_at"]
    )
    op.create_index(
        "ix_concierge_tasks_conversation", "concierge_tasks", ["workshop_id", "conversation_id"]
    )


def _keys() -> tuple[sa.Column[Any], ...]:
    own = sa.text("nullif(current_setting('app.workshop_id', true), '')::uuid")
    return (
        sa.Column("workshop_id", sa.Uuid(), server_default=own, nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
    )


def _moment(name: str) -> sa.Column[Any]:
    return sa.Column(name, sa.DateTime(timezone=True), nullable=True)


def _now(name: str) -> sa.Column[Any]:
    now = sa.text("clock_timestamp()")
    return sa.Column(name, sa.DateTime(timezone=True), server_default=now, nullable=False)


def _number(name: str, default: int) -> sa.Column[Any]:
    return sa.Column(name, sa.Integer(), server_default=sa.text(str(default)), nullable=False)


def _reference(table: str, column: str, target: str, ondelete: str) -> sa.ForeignKeyConstraint:
    return sa.ForeignKeyConstraint(
        ["workshop_id", column],
        [f"{target}.workshop_id", f"{target}.id"],
        name=f"fk_{table}_workshop_id_{target}",
        ondelete=ondelete,
    )
