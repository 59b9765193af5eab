"""Conversations with visitors of a website, and what was said in them."""

from datetime import datetime
from enum import StrEnum
from typing import Any
from uuid import UUID

from sqlalchemy import (
    CheckConstraint,
    DateTime,
    Index,
    SmallInteger,
    String,
    Text,
    UniqueConstraint,
    text,
)
from sqlalchemy.orm import Mapped, mapped_column
from sqlalchemy.schema import SchemaItem

from portal.kit.db import created_column, json_column
from portal.tenants.owned import Owned, belongs_to


class State(StrEnum):
    """Who answers: the assistant, nobody yet, a person; or the conversation is over."""

    BOT = "bot"
    WAITING = "waiting"
    HUMAN = "human"
    CLOSED = "closed"


OPEN = (State.BOT, State.WAITING, State.HUMAN)


class Author(StrEnum):
    VISITOR = "visitor"
    BOT = "bot"
    STAFF = "staff"
    SYSTEM = "system"


class Completeness(StrEnum):
    COMPLETE = "complete"
    PARTIAL = "partial"


class Conversation(Owned):
    """One visitor's talk. `state` decides who may speak; it changes under a lock of this row.

    `unanswered_since`, `answer_due_at` and `answer_spans` are the clock of an answer that a person
    owes: from when, until when, and the opening times between (pairs of Unix seconds) in which it
    runs. `priority` says how urgent that answer is (`priorities.Level`). A conversation that was
    closed and goes on begins a new `turn`: the assistant knows what was said after
    `turn_began_seq`, and `failures` counts how often in a row it had no answer.
    """

    __tablename__ = "conversations"

    state: Mapped[State] = mapped_column(String(10), server_default=State.BOT)
    locale: Mapped[str] = mapped_column(String(8))
    page_url: Mapped[str] = mapped_column(String(500), server_default="")
    visitor_name: Mapped[str] = mapped_column(String(120), server_default="")
    email: Mapped[str] = mapped_column(String(254), server_default="")
    phone: Mapped[str] = mapped_column(String(40), server_default="")
    consent_version: Mapped[str] = mapped_column(String(20))
    consent_at: Mapped[datetime] = mapped_column(DateTime(timezone=True))
    assigned_to: Mapped[UUID | None]
    assigned_name: Mapped[str] = mapped_column(String(120), server_default="")
    handover_reason: Mapped[str] = mapped_column(String(20), server_default="")
    waiting_since: Mapped[datetime | None] = mapped_column(DateTime(timezone=True))
    customer_id: Mapped[UUID | None]
    vehicle_id: Mapped[UUID | None]
    priority: Mapped[int] = mapped_column(SmallInteger, server_default=text("0"))
    is_upset: Mapped[bool] = mapped_column(server_default=text("false"))
    unanswered_since: Mapped[datetime | None] = mapped_column(DateTime(timezone=True))
    answer_due_at: Mapped[datetime | None] = mapped_column(DateTime(timezone=True))
    answer_spans: Mapped[list[list[int]]] = json_column(default="[]")
    failures: Mapped[int] = mapped_column(SmallInteger, server_default=text("0"))
    turn: Mapped[int] = mapped_column(SmallInteger, server_default=text("1"))
    turn_began_seq: Mapped[int] = mapped_column(server_default=text("0"))
    visitor_read_seq: Mapped[int] = mapped_column(server_default=text("0"))
    last_seq: Mapped[int] = mapped_column(server_default=text("0"))
    last_message_at: Mapped[datetime] = created_column()
    changed_at: Mapped[datetime] = created_column()
    preview: Mapped[str] = mapped_column(String(160), server_default="")
    preview_author: Mapped[str] = mapped_column(String(10), server_default="")
    unread: Mapped[int] = mapped_column(server_default=text("0"))
    rating: Mapped[int | None] = mapped_column(SmallInteger)
    rating_comment: Mapped[str] = mapped_column(Text, server_default="")
    created_at: Mapped[datetime] = created_column()
    closed_at: Mapped[datetime | None] = mapped_column(DateTime(timezone=True))
    erased_at: Mapped[datetime | None] = mapped_column(DateTime(timezone=True))

    @classmethod
    def rules(cls) -> tuple[SchemaItem, ...]:
        return (
            belongs_to("staff", "assigned_to", ondelete="SET NULL"),
            belongs_to("customers", "customer_id", ondelete="SET NULL"),
            belongs_to("vehicles", "vehicle_id", ondelete="SET NULL"),
            CheckConstraint("state IN ('bot', 'waiting', 'human', 'closed')", name="state_known"),
            CheckConstraint("rating BETWEEN 1 AND 5", name="rating_in_stars"),
            Index("ix_conversations_state", "workshop_id", "state", "changed_at"),
            Index("ix_conversations_changed", "workshop_id", "changed_at"),
        )

    @property
    def bot_may_speak(self) -> bool:
        """After a person has answered, and while one is awaited, the assistant is silent."""
        return self.state == State.BOT

    @property
    def needs_person(self) -> bool:
        return self.state in {State.WAITING, State.HUMAN}

    @property
    def has_contact(self) -> bool:
        return bool(self.email or self.phone)


class Message(Owned):
    """`seq` counts up within a conversation without gaps; `reply_to` is the answered message.

    `answering_until` is a lease: until then somebody is at work on the answer to this message.
    `translation` is the text in German for the team, where a provider has translated it.
    """

    __tablename__ = "messages"

    conversation_id: Mapped[UUID]
    seq: Mapped[int]
    author: Mapped[Author] = mapped_column(String(10))
    staff_id: Mapped[UUID | None]
    staff_name: Mapped[str] = mapped_column(String(120), server_default="")
    text: Mapped[str] = mapped_column(Text)
    translation: Mapped[str] = mapped_column(Text, server_default="")
    client_id: Mapped[UUID | None]
    reply_to: Mapped[UUID | None]
    sources: Mapped[list[dict[str, Any]]] = json_column(default="[]")
    cards: Mapped[list[dict[str, Any]]] = json_column(default="[]")
    state: Mapped[Completeness] = mapped_column(String(10), server_default=Completeness.COMPLETE)
    answering_until: Mapped[datetime | None] = mapped_column(DateTime(timezone=True))
    created_at: Mapped[datetime] = created_column()

    @classmethod
    def rules(cls) -> tuple[SchemaItem, ...]:
        return (
            belongs_to("conversations", "conversation_id", ondelete="CASCADE"),
            belongs_to("staff", "staff_id", ondelete="SET NULL"),
            UniqueConstraint("workshop_id", "conversation_id", "seq"),
            UniqueConstraint(
                "workshop_id",
                "conversation_id",
                "client_id",
                name="uq_messages_client_id",
            ),
            UniqueConstraint(
                "workshop_id",
                "conversation_id",
                "reply_to",
                name="uq_messages_reply_to",
            ),
            Index("ix_messages_time", "workshop_id", "created_at"),
        )
