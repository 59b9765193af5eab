"""Links with which a conversation goes on in another browser."""

from datetime import datetime
from uuid import UUID

from sqlalchemy import DateTime, Index, LargeBinary, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column
from sqlalchemy.schema import SchemaItem

from portal.kit.db import created_column
from portal.tenants.owned import Owned, belongs_to


class ResumeLink(Owned):
    """One mailed link. Its code is known to the mail alone: here stands a hash of it."""

    __tablename__ = "resume_links"

    conversation_id: Mapped[UUID]
    customer_id: Mapped[UUID]
    code_hash: Mapped[bytes] = mapped_column(LargeBinary)
    created_at: Mapped[datetime] = created_column()
    expires_at: Mapped[datetime] = mapped_column(DateTime(timezone=True))
    used_at: Mapped[datetime | None] = mapped_column(DateTime(timezone=True))

    @classmethod
    def rules(cls) -> tuple[SchemaItem, ...]:
        return (
            belongs_to("conversations", "conversation_id", ondelete="CASCADE"),
            belongs_to("customers", "customer_id", ondelete="CASCADE"),
            UniqueConstraint("workshop_id", "code_hash"),
            Index("ix_resume_links_talk", "workshop_id", "conversation_id"),
        )
