"""Workshops, the people who work in them, and the keys of the doors.

`Workshop`, `Account`, `SignIn`, `Seat` and `TokenDoor` are platform tables: a door reads them
before it knows the workshop. They hold nothing but what a door needs.
"""

from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import (
    CheckConstraint,
    DateTime,
    ForeignKey,
    Index,
    LargeBinary,
    String,
    Text,
    UniqueConstraint,
    text,
)
from sqlalchemy.dialects.postgresql import ARRAY
from sqlalchemy.orm import Mapped, mapped_column
from sqlalchemy.schema import SchemaItem

from portal.kit.db import Base, created_column, id_column, json_column
from portal.tenants.owned import THIS_WORKSHOP, Owned
from portal.tenants.permissions import Role


class Workshop(Base):
    """The directory entry: what is public about a workshop's address, and whether it is open."""

    __tablename__ = "workshops"

    id: Mapped[UUID] = id_column()
    slug: Mapped[str] = mapped_column(String(63), unique=True)
    site_key: Mapped[str] = mapped_column(String(64), unique=True)
    created_at: Mapped[datetime] = created_column()
    suspended_at: Mapped[datetime | None] = mapped_column(DateTime(timezone=True))
    suspension_reason: Mapped[str | None] = mapped_column(Text)


class Account(Base):
    """A person who signs in, at one workshop or several."""

    __tablename__ = "accounts"

    id: Mapped[UUID] = id_column()
    email: Mapped[str] = mapped_column(String(254), unique=True)
    name: Mapped[str] = mapped_column(String(120))
    password_hash: Mapped[str] = mapped_column(String(200))
    locale: Mapped[str] = mapped_column(String(8), server_default="de")
    is_platform_staff: Mapped[bool] = mapped_column(server_default=text("false"))
    is_active: Mapped[bool] = mapped_column(server_default=text("true"))
    created_at: Mapped[datetime] = created_column()
    last_login_at: Mapped[datetime | None] = mapped_column(DateTime(timezone=True))


class SignIn(Base):
    """A signed-in browser. The cookie holds the token, the table only its hash."""

    __tablename__ = "sign_ins"

    id: Mapped[UUID] = id_column()
    token_hash: Mapped[bytes] = mapped_column(LargeBinary(32), unique=True)
    account_id: Mapped[UUID] = mapped_column(
        ForeignKey("accounts.id", ondelete="CASCADE"), index=True
    )
    created_at: Mapped[datetime] = created_column()
    last_seen_at: Mapped[datetime] = created_column()
    expires_at: Mapped[datetime] = mapped_column(DateTime(timezone=True))


class Seat(Base):
    """Where an account works: only the pair, so that the door finds the workshop."""

    __tablename__ = "seats"

    account_id: Mapped[UUID] = mapped_column(
        ForeignKey("accounts.id", ondelete="CASCADE"), primary_key=True
    )
    workshop_id: Mapped[UUID] = mapped_column(
        ForeignKey("workshops.id", ondelete="CASCADE"),
        server_default=THIS_WORKSHOP,
        primary_key=True,
    )


class TokenDoor(Base):
    """Which workshop an API token opens; what it may do there stands in `ApiToken`."""

    __tablename__ = "token_doors"

    token_hash: Mapped[bytes] = mapped_column(LargeBinary(32), primary_key=True)
    workshop_id: Mapped[UUID] = mapped_column(
        ForeignKey("workshops.id", ondelete="CASCADE"),
        server_default=THIS_WORKSHOP,
        index=True,
    )


class Profile(Owned):
    """What a workshop says about itself; exactly one row per workshop."""

    __tablename__ = "profiles"

    name: Mapped[str] = mapped_column(String(120))
    street: Mapped[str] = mapped_column(String(120), server_default="")
    postcode: Mapped[str] = mapped_column(String(10), server_default="")
    city: Mapped[str] = mapped_column(String(80), server_default="")
    federal_state: Mapped[str] = mapped_column(String(2), server_default="")
    phone: Mapped[str] = mapped_column(String(40), server_default="")
    email: Mapped[str] = mapped_column(String(254), server_default="")
    website: Mapped[str] = mapped_column(String(200), server_default="")
    about: Mapped[str] = mapped_column(Text, server_default="")
    directions: Mapped[str] = mapped_column(Text, server_default="")
    accent: Mapped[str] = mapped_column(String(7), server_default="#1f5fbf")
    greeting: Mapped[str] = mapped_column(Text, server_default="")
    assistant_name: Mapped[str] = mapped_column(String(60), server_default="")
    languages: Mapped[list[str]] = mapped_column(ARRAY(String(8)), server_default=text("'{de,en}'"))
    privacy_url: Mapped[str] = mapped_column(String(300), server_default="")
    consent_version: Mapped[str] = mapped_column(String(20), server_default="1")
    allowed_origins: Mapped[list[str]] = mapped_column(
        ARRAY(String(200)), server_default=text("'{}'")
    )
    updated_at: Mapped[datetime] = created_column()

    @classmethod
    def rules(cls) -> tuple[SchemaItem, ...]:
        return (
            UniqueConstraint("workshop_id"),
            CheckConstraint("accent ~ '^#[0-9a-f]{6}$'", name="accent_is_a_colour"),
        )


class Staff(Owned):
    """A person at this workshop, with a role."""

    __tablename__ = "staff"

    account_id: Mapped[UUID] = mapped_column(ForeignKey("accounts.id"))
    name: Mapped[str] = mapped_column(String(120))
    role: Mapped[Role] = mapped_column(String(20))
    is_active: Mapped[bool] = mapped_column(server_default=text("true"))
    created_at: Mapped[datetime] = created_column()

    @classmethod
    def rules(cls) -> tuple[SchemaItem, ...]:
        return (UniqueConstraint("workshop_id", "account_id"),)


class ApiToken(Owned):
    __tablename__ = "api_tokens"

    name: Mapped[str] = mapped_column(String(80))
    token_hash: Mapped[bytes] = mapped_column(LargeBinary(32))
    scopes: Mapped[list[str]] = mapped_column(ARRAY(String(40)))
    created_at: Mapped[datetime] = created_column()
    last_used_at: Mapped[datetime | None] = mapped_column(DateTime(timezone=True))
    revoked_at: Mapped[datetime | None] = mapped_column(DateTime(timezone=True))

    @classmethod
    def rules(cls) -> tuple[SchemaItem, ...]:
        return (UniqueConstraint("workshop_id", "token_hash"),)


class AuditEntry(Owned):
    """Who did what, when: appended, never changed."""

    __tablename__ = "audit_entries"

    actor: Mapped[str] = mapped_column(String(160))
    action: Mapped[str] = mapped_column(String(80))
    subject: Mapped[str] = mapped_column(String(160), server_default="")
    details: Mapped[dict[str, Any]] = json_column()
    happened_at: Mapped[datetime] = created_column()

    @classmethod
    def rules(cls) -> tuple[SchemaItem, ...]:
        return (Index("ix_audit_entries_time", "workshop_id", "happened_at"),)
