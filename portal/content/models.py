"""What a workshop has to say: its answers to frequent questions."""

from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import (
    Computed,
    DateTime,
    Index,
    LargeBinary,
    String,
    Text,
    UniqueConstraint,
    event,
    text,
)
from sqlalchemy.dialects.postgresql import ARRAY, TSVECTOR
from sqlalchemy.orm import Mapped, mapped_column
from sqlalchemy.schema import SchemaItem

from portal.content.folding import folded
from portal.tenants.owned import Owned, belongs_to

_INDEXED = (
    "case when locale = 'en'"
    " then setweight(to_tsvector('english', search_title), 'A')"
    " || setweight(to_tsvector('english', search_body), 'C')"
    " else setweight(to_tsvector('german', search_title), 'A')"
    " || setweight(to_tsvector('german', search_body), 'C') end"
)


class FaqEntry(Owned):
    """A question with the workshop's answer in one language.

    `source` is `file`, `directus` or `staff`. Once staff changed an entry (`edited_at`), syncing
    leaves it alone; one that staff removed stays as an inactive row, so that it does not return.
    """

    __tablename__ = "faq_entries"

    question: Mapped[str] = mapped_column(String(300))
    answer: Mapped[str] = mapped_column(Text)
    keywords: Mapped[list[str]] = mapped_column(ARRAY(String(60)), server_default=text("'{}'"))
    locale: Mapped[str] = mapped_column(String(8), server_default="de")
    position: Mapped[int] = mapped_column(server_default=text("0"))
    active: Mapped[bool] = mapped_column(server_default=text("true"))
    source: Mapped[str] = mapped_column(String(20), server_default="staff")
    source_id: Mapped[str | None] = mapped_column(String(80))
    edited_at: Mapped[datetime | None] = mapped_column(DateTime(timezone=True))
    search_title: Mapped[str] = mapped_column(Text, server_default="")
    search_body: Mapped[str] = mapped_column(Text, server_default="")
    search: Mapped[Any] = mapped_column(TSVECTOR, Computed(_INDEXED, persisted=True), deferred=True)

    @classmethod
    def rules(cls) -> tuple[SchemaItem, ...]:
        return (
            UniqueConstraint("workshop_id", "source", "source_id", "locale"),
            Index("ix_faq_entries_position", "workshop_id", "locale", "position"),
        )


class FaqVector(Owned):
    """Where an entry stands among texts, as `model` sees it. `digest` is that of its words: a text
    that was changed has none until it is looked at anew.
    """

    __tablename__ = "faq_vectors"

    entry_id: Mapped[UUID]
    model: Mapped[str] = mapped_column(String(120))
    digest: Mapped[str] = mapped_column(String(64))
    vector: Mapped[bytes] = mapped_column(LargeBinary)

    @classmethod
    def rules(cls) -> tuple[SchemaItem, ...]:
        return (
            belongs_to("faq_entries", "entry_id", ondelete="CASCADE"),
            UniqueConstraint("workshop_id", "entry_id"),
        )


class ContentSync(Owned):
    """How the last look at the workshop's source went; one row. `problem` is empty when it went
    well, else a sentence for whoever runs the platform.
    """

    __tablename__ = "content_syncs"

    source: Mapped[str] = mapped_column(String(20))
    entries: Mapped[int] = mapped_column(server_default=text("0"))
    problem: Mapped[str] = mapped_column(String(300), server_default="")
    synced_at: Mapped[datetime | None] = mapped_column(DateTime(timezone=True))
    tried_at: Mapped[datetime] = mapped_column(DateTime(timezone=True))

    @classmethod
    def rules(cls) -> tuple[SchemaItem, ...]:
        return (UniqueConstraint("workshop_id"),)


@event.listens_for(FaqEntry, "before_insert")
@event.listens_for(FaqEntry, "before_update")
def _index(_mapper: object, _connection: object, entry: FaqEntry) -> None:
    """Umlauts are folded here and not in SQL, where `unaccent` may not be in generated columns."""
    entry.search_title = folded(" ".join([entry.question, *(entry.keywords or [])]))
    entry.search_body = folded(entry.answer)
