"""What the team adds to conversations: notes, prepared answers, tasks, and how fast it answers."""

from datetime import datetime
from enum import StrEnum
from uuid import UUID

from sqlalchemy import CheckConstraint, DateTime, Index, String, Text, UniqueConstraint, text
from sqlalchemy.orm import Mapped, mapped_column
from sqlalchemy.schema import SchemaItem

from portal.kit.db import created_column
from portal.tenants.owned import Owned, belongs_to


class TaskState(StrEnum):
    NEW = "new"
    ASSIGNED = "assigned"
    IN_PROGRESS = "in_progress"
    COMPLETED = "completed"
    CANCELLED = "cancelled"


class TaskKind(StrEnum):
    """What is to be done for somebody who asked."""

    CALLBACK = "callback"
    ESTIMATE = "estimate"
    APPOINTMENT = "appointment"
    PARTS = "parts"
    COMPLAINT = "complaint"
    OTHER = "other"


class TaskPriority(StrEnum):
    LOW = "low"
    MEDIUM = "medium"
    HIGH = "high"
    URGENT = "urgent"


TASK_MOVES: dict[TaskState, frozenset[TaskState]] = {
    TaskState.NEW: frozenset(
        {TaskState.ASSIGNED, TaskState.IN_PROGRESS, TaskState.COMPLETED, TaskState.CANCELLED}
    ),
    TaskState.ASSIGNED: frozenset(
        {TaskState.NEW, TaskState.IN_PROGRESS, TaskState.COMPLETED, TaskState.CANCELLED}
    ),
    TaskState.IN_PROGRESS: frozenset(
        {TaskState.NEW, TaskState.ASSIGNED, TaskState.COMPLETED, TaskState.CANCELLED}
    ),
    TaskState.COMPLETED: frozenset({TaskState.IN_PROGRESS}),
    TaskState.CANCELLED: frozenset({TaskState.NEW}),
}
"""The moves that there are; the database refuses all others (`check_task_move`)."""


class InboxSettings(Owned):
    """How soon a visitor shall hear from a person, and after how long a mail calls for one."""

    __tablename__ = "inbox_settings"

    answer_minutes: Mapped[int] = mapped_column(server_default=text("30"))
    mail_after_minutes: Mapped[int] = mapped_column(server_default=text("5"))

    @classmethod
    def rules(cls) -> tuple[SchemaItem, ...]:
        return (
            UniqueConstraint("workshop_id"),
            CheckConstraint("answer_minutes BETWEEN 5 AND 2880", name="answer_in_time"),
            CheckConstraint("mail_after_minutes BETWEEN 1 AND 240", name="mail_in_time"),
        )


class ConversationNote(Owned):
    """What colleagues tell each other: in a table of its own, which no widget's address reads."""

    __tablename__ = "conversation_notes"

    conversation_id: Mapped[UUID]
    after_seq: Mapped[int]
    staff_id: Mapped[UUID | None]
    staff_name: Mapped[str] = mapped_column(String(120))
    text: Mapped[str] = mapped_column(Text)
    created_at: Mapped[datetime] = created_column()

    @classmethod
    def rules(cls) -> tuple[SchemaItem, ...]:
        return (
            belongs_to("conversations", "conversation_id", ondelete="CASCADE"),
            belongs_to("staff", "staff_id", ondelete="SET NULL"),
            Index("ix_conversation_notes_place", "workshop_id", "conversation_id", "after_seq"),
        )


class ConversationWord(Owned):
    """A word of what was said, or of who said it, so that a search reaches an index.

    Patterns (`like`, trigrams) do not under row-level security; ranges of text do.
    """

    __tablename__ = "conversation_words"

    conversation_id: Mapped[UUID]
    word: Mapped[str] = mapped_column(String(60, collation="C"))

    @classmethod
    def rules(cls) -> tuple[SchemaItem, ...]:
        return (
            belongs_to("conversations", "conversation_id", ondelete="CASCADE"),
            UniqueConstraint("workshop_id", "conversation_id", "word"),
            Index("ix_conversation_words_word", "workshop_id", "word", "conversation_id"),
        )


class CannedReply(Owned):
    """A prepared answer; its `shortcut` is what people type behind a slash."""

    __tablename__ = "canned_replies"

    shortcut: Mapped[str] = mapped_column(String(30))
    title: Mapped[str] = mapped_column(String(80))
    text: Mapped[str] = mapped_column(Text)
    created_at: Mapped[datetime] = created_column()

    @classmethod
    def rules(cls) -> tuple[SchemaItem, ...]:
        return (UniqueConstraint("workshop_id", "shortcut", name="uq_canned_replies_shortcut"),)


class ConciergeTask(Owned):
    """Something to be done for a customer. `consent_at`: when they agreed to be called back."""

    __tablename__ = "concierge_tasks"

    kind: Mapped[TaskKind] = mapped_column(String(12))
    priority: Mapped[TaskPriority] = mapped_column(String(8))
    state: Mapped[TaskState] = mapped_column(String(12), server_default=TaskState.NEW)
    title: Mapped[str] = mapped_column(String(160))
    description: Mapped[str] = mapped_column(Text, server_default="")
    phone: Mapped[str] = mapped_column(String(40), server_default="")
    due_at: Mapped[datetime | None] = mapped_column(DateTime(timezone=True))
    conversation_id: Mapped[UUID | None]
    customer_id: Mapped[UUID | None]
    vehicle_id: Mapped[UUID | None]
    assigned_to: Mapped[UUID | None]
    assigned_name: Mapped[str] = mapped_column(String(120), server_default="")
    created_by: Mapped[str] = mapped_column(String(120), server_default="")
    resolution: Mapped[str] = mapped_column(Text, server_default="")
    resolved_at: Mapped[datetime | None] = mapped_column(DateTime(timezone=True))
    consent_at: Mapped[datetime | None] = mapped_column(DateTime(timezone=True))
    created_at: Mapped[datetime] = created_column()
    changed_at: Mapped[datetime] = created_column()

    @classmethod
    def rules(cls) -> tuple[SchemaItem, ...]:
        return (
            belongs_to("conversations", "conversation_id", ondelete="SET NULL"),
            belongs_to("customers", "customer_id", ondelete="SET NULL"),
            belongs_to("vehicles", "vehicle_id", ondelete="SET NULL"),
            belongs_to("staff", "assigned_to", ondelete="SET NULL"),
            CheckConstraint(
                "state IN ('new', 'assigned', 'in_progress', 'completed', 'cancelled')",
                name="state_known",
            ),
            CheckConstraint(
                "priority IN ('low', 'medium', 'high', 'urgent')", name="priority_known"
            ),
            CheckConstraint(
                "(state IN ('completed', 'cancelled')) = (resolved_at IS NOT NULL)",
                name="resolved_when_over",
            ),
            Index("ix_concierge_tasks_state", "workshop_id", "state", "changed_at"),
            Index("ix_concierge_tasks_conversation", "workshop_id", "conversation_id"),
        )

    @property
    def is_over(self) -> bool:
        return self.state in {TaskState.COMPLETED, TaskState.CANCELLED}
