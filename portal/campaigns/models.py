"""Campaigns, their messages, and what the law wants known about each customer before one goes out.

Consents, notices and objections are evidence: rows are added, and only a withdrawal or its end is
ever written into one.
"""

from datetime import date, datetime
from enum import StrEnum
from uuid import UUID

from sqlalchemy import CheckConstraint, DateTime, Index, String, Text, UniqueConstraint, text
from sqlalchemy.orm import Mapped, mapped_column
from sqlalchemy.schema import SchemaItem

from portal.kit.db import created_column
from portal.tenants.owned import Owned, belongs_to


class Channel(StrEnum):
    MAIL = "mail"
    SMS = "sms"
    LETTER = "letter"


class Basis(StrEnum):
    """Why a reminder may go out: consent (§ 7 (2) UWG), existing customer (§ 7 (3) UWG), or for a
    letter the legitimate interest in direct mail (Art. 6 (1) f GDPR).
    """

    CONSENT = "consent"
    EXISTING_CUSTOMER = "existing_customer"
    LEGITIMATE_INTEREST = "legitimate_interest"


class WordingKind(StrEnum):
    """Texts whose versions are kept: a consent, and how to object."""

    CONSENT = "consent"
    NOTICE = "notice"


class CampaignState(StrEnum):
    DRAFT = "draft"
    STARTED = "started"


class Delivery(StrEnum):
    """How far a message got; a letter is sent once it stands in the list to print."""

    QUEUED = "queued"
    SENT = "sent"
    FAILED = "failed"
    BLOCKED = "blocked"


class Consent(Owned):
    """A customer's yes to reminders of inspections on one channel, and when it was taken back."""

    __tablename__ = "consents"

    customer_id: Mapped[UUID]
    purpose: Mapped[str] = mapped_column(String(20), default="reminders")
    channel: Mapped[Channel] = mapped_column(String(8))
    given_at: Mapped[datetime] = mapped_column(DateTime(timezone=True))
    how: Mapped[str] = mapped_column(String(160))
    wording_version: Mapped[str] = mapped_column(String(20))
    recorded_by: Mapped[str] = mapped_column(String(160), default="", server_default="")
    withdrawn_at: Mapped[datetime | None] = mapped_column(DateTime(timezone=True))
    created_at: Mapped[datetime] = created_column()

    @classmethod
    def rules(cls) -> tuple[SchemaItem, ...]:
        return (
            belongs_to("customers", "customer_id", ondelete="CASCADE"),
            Index("ix_consents_customer", "workshop_id", "customer_id"),
            CheckConstraint("given_at <= withdrawn_at", name="given_before_withdrawn"),
        )


class ContactNotice(Owned):
    """An address that came with an order, and that its owner was told how to object right then.

    `address` is what was given: for another address the notice says nothing.
    """

    __tablename__ = "contact_notices"

    customer_id: Mapped[UUID]
    channel: Mapped[Channel] = mapped_column(String(8))
    address: Mapped[str] = mapped_column(String(254))
    told_on: Mapped[date]
    how: Mapped[str] = mapped_column(String(160))
    wording_version: Mapped[str] = mapped_column(String(20))
    recorded_by: Mapped[str] = mapped_column(String(160), default="", server_default="")
    created_at: Mapped[datetime] = created_column()

    @classmethod
    def rules(cls) -> tuple[SchemaItem, ...]:
        return (
            belongs_to("customers", "customer_id", ondelete="CASCADE"),
            Index("ix_contact_notices_customer", "workshop_id", "customer_id"),
        )


class Objection(Owned):
    """A no to advertising, on one channel or (without one) on all, until it is taken back."""

    __tablename__ = "objections"

    customer_id: Mapped[UUID]
    channel: Mapped[str] = mapped_column(String(8), default="", server_default="")
    objected_at: Mapped[datetime] = mapped_column(DateTime(timezone=True))
    how: Mapped[str] = mapped_column(String(160))
    recorded_by: Mapped[str] = mapped_column(String(160), default="", server_default="")
    lifted_at: Mapped[datetime | None] = mapped_column(DateTime(timezone=True))
    created_at: Mapped[datetime] = created_column()

    @classmethod
    def rules(cls) -> tuple[SchemaItem, ...]:
        return (
            belongs_to("customers", "customer_id", ondelete="CASCADE"),
            Index("ix_objections_customer", "workshop_id", "customer_id"),
        )


class Wording(Owned):
    """One version of a text that customers agree to or are told; versions count up."""

    __tablename__ = "wordings"

    kind: Mapped[WordingKind] = mapped_column(String(10))
    version: Mapped[int]
    text: Mapped[str] = mapped_column(Text)
    created_by: Mapped[str] = mapped_column(String(160), default="", server_default="")
    created_at: Mapped[datetime] = created_column()

    @classmethod
    def rules(cls) -> tuple[SchemaItem, ...]:
        return (UniqueConstraint("workshop_id", "kind", "version"),)


class CampaignRules(Owned):
    """How long somebody counts as an existing customer; one row at most."""

    __tablename__ = "campaign_rules"

    customer_years: Mapped[int] = mapped_column(default=3, server_default=text("3"))

    @classmethod
    def rules(cls) -> tuple[SchemaItem, ...]:
        return (
            UniqueConstraint("workshop_id"),
            CheckConstraint("customer_years between 1 and 10", name="years_are_sensible"),
        )


class Campaign(Owned):
    """One round of reminders: whom (due months, class), how, and the text as it was started."""

    __tablename__ = "campaigns"

    title: Mapped[str] = mapped_column(String(120))
    channel: Mapped[Channel] = mapped_column(String(8))
    due: Mapped[str] = mapped_column(String(10))
    hu_class: Mapped[str] = mapped_column(String(20), default="", server_default="")
    subject: Mapped[str] = mapped_column(String(200), default="", server_default="")
    body: Mapped[str] = mapped_column(Text)
    state: Mapped[CampaignState] = mapped_column(
        String(10), default=CampaignState.DRAFT, server_default=CampaignState.DRAFT
    )
    created_by: Mapped[str] = mapped_column(String(160), default="", server_default="")
    created_at: Mapped[datetime] = created_column()
    started_at: Mapped[datetime | None] = mapped_column(DateTime(timezone=True))

    @classmethod
    def rules(cls) -> tuple[SchemaItem, ...]:
        return (Index("ix_campaigns_time", "workshop_id", "created_at", "id"),)


class CampaignMessage(Owned):
    """One reminder with its legal basis, or the reason why it was not sent.

    A vehicle is reminded of one due month once, whatever campaign comes first.
    """

    __tablename__ = "campaign_messages"

    campaign_id: Mapped[UUID]
    vehicle_id: Mapped[UUID]
    customer_id: Mapped[UUID | None]
    due_month: Mapped[str] = mapped_column(String(7, collation="C"))
    channel: Mapped[Channel] = mapped_column(String(8))
    recipient: Mapped[str] = mapped_column(String(254), default="", server_default="")
    subject: Mapped[str] = mapped_column(String(200), default="", server_default="")
    body: Mapped[str] = mapped_column(Text, default="", server_default="")
    basis: Mapped[str] = mapped_column(String(20), default="", server_default="")
    reason: Mapped[str] = mapped_column(String(20), default="", server_default="")
    evidence_id: Mapped[UUID | None]
    evidence_on: Mapped[date | None]
    state: Mapped[Delivery] = mapped_column(String(10), default=Delivery.QUEUED)
    problem: Mapped[str] = mapped_column(String(300), default="", server_default="")
    sent_at: Mapped[datetime | None] = mapped_column(DateTime(timezone=True))
    opted_out_at: Mapped[datetime | None] = mapped_column(DateTime(timezone=True))
    created_at: Mapped[datetime] = created_column()

    @classmethod
    def rules(cls) -> tuple[SchemaItem, ...]:
        return (
            belongs_to("campaigns", "campaign_id", ondelete="CASCADE"),
            belongs_to("vehicles", "vehicle_id", ondelete="CASCADE"),
            belongs_to("customers", "customer_id", ondelete="CASCADE"),
            Index("ix_campaign_messages_campaign", "workshop_id", "campaign_id", "state"),
            Index("ix_campaign_messages_customer", "workshop_id", "customer_id"),
            Index(
                "uq_campaign_messages_once",
                "workshop_id",
                "vehicle_id",
                "due_month",
                unique=True,
                postgresql_where=text("state in ('queued', 'sent')"),
            ),
            CheckConstraint("state <> 'sent' or basis <> ''", name="sent_with_a_basis"),
        )
