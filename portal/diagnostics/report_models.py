"""The owner's report: a text in the making, and each edition that an owner was given."""

from datetime import datetime, timedelta
from enum import StrEnum
from typing import Any
from uuid import UUID

from sqlalchemy import DateTime, Index, String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column
from sqlalchemy.schema import SchemaItem

from portal.diagnostics.report_texts import ReportContent, content_of
from portal.kit import clock
from portal.kit.db import created_column, json_column
from portal.tenants.owned import Owned, belongs_to

LONGEST_DRAFTING = timedelta(minutes=3)
LONGEST_SENDING = timedelta(hours=4)
"""The outbox tries for three hours; a mail that was not sent by then is not on its way."""
SENDING = "…"
"""Stands in `sending` while a mail is on its way; afterwards what went wrong, or nothing."""


class ReportState(StrEnum):
    DRAFT = "draft"
    RELEASED = "released"
    WITHDRAWN = "withdrawn"


class Origin(StrEnum):
    """Who wrote the text that stands there: the rules, the AI from the findings, or a person."""

    RULES = "rules"
    AI = "ai"
    PERSON = "person"


class PrintState(StrEnum):
    NONE = ""
    WAITING = "waiting"
    READY = "ready"
    UNAVAILABLE = "unavailable"


class OwnerReport(Owned):
    """One for each scan. `content` is what staff works on; owners see editions only.

    `version` rises with every change, so that two people cannot overwrite each other unseen.
    `print_key` is the PDF of the present edition. `send_asked_at` is when somebody wished the
    mail, `ai_asked_at` is set while the AI writes; `ai_remark` tells what came of it, where that
    needs words.
    """

    __tablename__ = "owner_reports"

    scan_id: Mapped[UUID | None]
    vehicle_id: Mapped[UUID | None]
    state: Mapped[ReportState] = mapped_column(String(20), server_default=ReportState.DRAFT)
    origin: Mapped[Origin] = mapped_column(String(20), server_default=Origin.RULES)
    content: Mapped[dict[str, Any]] = json_column()
    version: Mapped[int] = mapped_column(server_default="1", default=1)
    edited_by: Mapped[str] = mapped_column(String(160), server_default="", default="")
    edited_at: Mapped[datetime] = created_column()
    created_at: Mapped[datetime] = created_column()
    edition_id: Mapped[UUID | None]
    withdrawn_at: Mapped[datetime | None] = mapped_column(DateTime(timezone=True))
    withdrawn_by: Mapped[str] = mapped_column(String(160), server_default="", default="")
    withdrawn_why: Mapped[str] = mapped_column(Text, server_default="", default="")
    print_state: Mapped[PrintState] = mapped_column(String(20), server_default="", default="")
    print_key: Mapped[str | None] = mapped_column(String(120))
    sent_at: Mapped[datetime | None] = mapped_column(DateTime(timezone=True))
    sending: Mapped[str] = mapped_column(String(300), server_default="", default="")
    send_asked_at: Mapped[datetime | None] = mapped_column(DateTime(timezone=True))
    ai_asked_at: Mapped[datetime | None] = mapped_column(DateTime(timezone=True))
    ai_remark: Mapped[str] = mapped_column(String(300), server_default="", default="")

    @classmethod
    def rules(cls) -> tuple[SchemaItem, ...]:
        return (
            belongs_to("scans", "scan_id", ondelete="SET NULL"),
            belongs_to("vehicles", "vehicle_id", ondelete="CASCADE"),
            UniqueConstraint("workshop_id", "scan_id"),
            Index("ix_owner_reports_vehicle", "workshop_id", "vehicle_id"),
        )

    @property
    def text(self) -> ReportContent:
        return content_of(self.content)

    @property
    def is_released(self) -> bool:
        return self.state == ReportState.RELEASED

    @property
    def is_being_sent(self) -> bool:
        """While the mail is on its way; one that nobody took along is waited for no longer."""
        asked = self.send_asked_at
        if self.sending != SENDING or asked is None:
            return False
        return clock.now() - asked < LONGEST_SENDING

    @property
    def is_mail_lost(self) -> bool:
        return self.sending == SENDING and not self.is_being_sent

    @property
    def is_being_drafted(self) -> bool:
        """While the AI writes; one that never came back is waited for no longer."""
        return self.ai_asked_at is not None and clock.now() - self.ai_asked_at < LONGEST_DRAFTING


class ReportEdition(Owned):
    """What the owner saw: never changed, also when the report is edited or withdrawn later."""

    __tablename__ = "owner_report_editions"

    report_id: Mapped[UUID]
    number: Mapped[int]
    content: Mapped[dict[str, Any]] = json_column()
    released_by: Mapped[str] = mapped_column(String(160))
    released_at: Mapped[datetime] = mapped_column(DateTime(timezone=True))
    expires_at: Mapped[datetime] = mapped_column(DateTime(timezone=True))

    @classmethod
    def rules(cls) -> tuple[SchemaItem, ...]:
        return (
            belongs_to("owner_reports", "report_id", ondelete="CASCADE"),
            UniqueConstraint("workshop_id", "report_id", "number"),
        )

    @property
    def text(self) -> ReportContent:
        return content_of(self.content)

    @property
    def is_expired(self) -> bool:
        return self.expires_at <= clock.now()
