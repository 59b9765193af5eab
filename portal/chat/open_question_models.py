"""What visitors asked and nobody's text answers."""

from datetime import datetime
from uuid import UUID

from sqlalchemy import DateTime, Index, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column
from sqlalchemy.schema import SchemaItem

from portal.kit.db import created_column
from portal.tenants.owned import Owned, belongs_to


class OpenQuestion(Owned):
    """A visitor's question without what identifies them. `key` is the same for questions of the
    same telling words. It goes with its message, when the visitor erases the conversation.
    """

    __tablename__ = "open_questions"

    message_id: Mapped[UUID]
    key: Mapped[str] = mapped_column(String(200))
    text: Mapped[str] = mapped_column(String(500))
    locale: Mapped[str] = mapped_column(String(8))
    asked_at: Mapped[datetime] = created_column()
    settled_at: Mapped[datetime | None] = mapped_column(DateTime(timezone=True))

    @classmethod
    def rules(cls) -> tuple[SchemaItem, ...]:
        return (
            belongs_to("messages", "message_id", ondelete="CASCADE"),
            UniqueConstraint("workshop_id", "message_id"),
            Index("ix_open_questions_key", "workshop_id", "locale", "key"),
        )
