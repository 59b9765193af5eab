"""Who stands at a door, proven by cookie, token, key or signed link."""

import base64
import hashlib
import secrets
from dataclasses import dataclass, replace
from datetime import timedelta
from typing import Any
from uuid import UUID

import msgspec
from itsdangerous import BadSignature, Signer, TimestampSigner, URLSafeTimedSerializer
from litestar import Request
from sqlalchemy import Select, and_, select, update

from portal.kit import clock
from portal.kit.db import Db
from portal.kit.errors import N_, Forbidden, NotFound, Problem, SignInNeeded
from portal.tenants.models import (
    Account,
    Profile,
    Seat,
    SignIn,
    Staff,
    Workshop,
)
from portal.tenants.permissions import PLATFORM, ROLES, Permission, Role

COOKIE = "carbot_session"
VISITOR_TOKEN_LIFETIME = timedelta(hours=12)
OWNER_LINK_LIFETIME = timedelta(days=450)
"""Longer than any booking lies ahead: a page behind a link falls silent when its matter is over."""
STOP_LINK_LIFETIME = timedelta(days=3 * 366)
"""Old mail is kept: whoever finds it must still get out."""
SEEN_EVERY = timedelta(minutes=5)


class WorkshopNotFound(NotFound):
    code, title = "WORKSHOP_NOT_FOUND", N_("We do not know this workshop.")


class WorkshopSuspended(Forbidden):
    code, title = "WORKSHOP_SUSPENDED", N_("This workshop's access is suspended.")


class OriginNotAllowed(Forbidden):
    code, title = "ORIGIN_NOT_ALLOWED", N_("The chat is not released for this website.")


class TokenInvalid(Problem):
    status, code, title = 401, "TOKEN_INVALID", N_("This access has expired or is not valid.")


@dataclass(frozen=True)
class Member:
    """A caller inside a workshop: a person of its staff, or a device with a token."""

    id: UUID
    account_id: UUID | None
    workshop_id: UUID | None
    slug: str
    name: str
    email: str
    role: str
    locale: str
    permissions: frozenset[Permission]
    profile: Profile | None = None

    def can(self, permission: Permission | str) -> bool:
        return permission in self.permissions

    def must(self, permission: Permission) -> None:
        if not self.can(permission):
            raise Forbidden


@dataclass(frozen=True)
class Visitor:
    """A visitor of the website or a car owner with a link; `subject` is what the proof is about.

    `token_hash` tells one token of a conversation from another; empty for links.
    """

    workshop_id: UUID
    subject: UUID
    origin: str
    token_hash: bytes = b""


@dataclass(frozen=True)
class Feed:
    """What a calendar's secret address carries; whether `key` still holds is asked inside."""

    workshop_id: UUID
    resource_id: UUID
    key: str


class Seated(msgspec.Struct, frozen=True):
    account_id: UUID
    email: str
    locale: str
    workshop_id: UUID
    slug: str


class Pass(msgspec.Struct, frozen=True):
    workshop_id: UUID
    slug: str
    token_hash: bytes | None = None
    seat: Seated | None = None


def new_token() -> str:
    return secrets.token_urlsafe(32)


def hash_of(token: str) -> bytes:
    """Tokens are random, so a plain hash is enough to make a stolen table useless."""
    return hashlib.sha256(token.encode()).digest()


async def signed_in(db: Db, request: Request[Any, Any, Any]) -> Account:
    """The account of the session cookie. Raises `SignInNeeded`."""
    row = (await db.execute(_sign_in(request))).one_or_none()
    if row is None:
        raise SignInNeeded
    await _note_seen(db, row.SignIn)
    account: Account = row.Account
    return account


async def seat_of(db: Db, request: Request[Any, Any, Any], slug: str) -> Seated:
    """Signed in, and seated at this workshop; a foreign workshop does not exist."""
    at_home = and_(Seat.workshop_id == Workshop.id, Seat.account_id == Account.id)
    query = (
        _sign_in(request)
        .add_columns(Workshop, Seat.account_id.label("seated"))
        .outerjoin(Workshop, Workshop.slug == slug)
        .outerjoin(Seat, at_home)
    )
    row = (await db.execute(query)).one_or_none()
    if row is None:
        raise SignInNeeded
    if row.seated is None:
        raise WorkshopNotFound
    if row.Workshop.suspended_at is not None:
        raise WorkshopSuspended
    await _note_seen(db, row.SignIn)
    return Seated(
        row.Account.id, row.Account.email, row.Account.locale, row.Workshop.id, row.Workshop.slug
    )


async def staff_member(db: Db, seat: Seated) -> Member:
    query = select(Staff, Profile).join(Profile, Profile.workshop_id == Staff.workshop_id)
    row = (await db.execute(query.where(Staff.account_id == seat.account_id))).one_or_none()
    if row is None or not row.Staff.is_active:
        raise WorkshopNotFound
    db.expunge(row.Profile)  # a picture of this moment, that a failed write cannot take away
    return Member(
        id=row.Staff.id,
        account_id=seat.account_id,
        workshop_id=seat.workshop_id,
        slug=seat.slug,
        name=row.Staff.name,
        email=seat.email,
        role=row.Staff.role,
        locale=seat.locale,
        permissions=ROLES[Role(row.Staff.role)],
        profile=row.Profile,
    )


async def seat_pass(db: Db, request: Request[Any, Any, Any]) -> Pass:
    """The session of a member of staff, used by a page of our own."""
    _must_come_from_here(request)
    slug = request.path_params.get("slug") or await _only_seat(db, request)
    seat = await seat_of(db, request, slug)
    return Pass(seat.workshop_id, seat.slug, seat=seat)


async def platform_member(db: Db, request: Request[Any, Any, Any]) -> Member:
    account = await signed_in(db, request)
    if not account.is_platform_staff:
        raise NotFound
    return Member(
        id=account.id,
        account_id=account.id,
        workshop_id=None,
        slug="",
        name=account.name,
        email=account.email,
        role="platform",
        locale=account.locale,
        permissions=PLATFORM,
    )


async def workshop_by_site_key(db: Db, request: Request[Any, Any, Any]) -> Workshop:
    """From the address (config) or the body (a new conversation); a site key is public."""
    key = request.query_params.get("site_key")
    if key is None and request.method == "POST":
        body = await request.json()
        key = body.get("site_key") if isinstance(body, dict) else None
    known = isinstance(key, str) and 0 < len(key) <= 64
    found = await db.scalar(select(Workshop).where(Workshop.site_key == key)) if known else None
    if found is None:
        raise WorkshopNotFound
    if found.suspended_at is not None:
        raise WorkshopSuspended
    return found


async def open_workshop(db: Db, slug: str) -> UUID:
    """Raises `WorkshopNotFound`, also for a suspended one: strangers need not know."""
    query = select(Workshop.id).where(Workshop.slug == slug, Workshop.suspended_at.is_(None))
    found = await db.scalar(query) if 0 < len(slug) <= 63 else None
    if found is None:
        raise WorkshopNotFound
    return found


def visitor_token(visitor: Visitor, secret: str) -> str:
    """No two are alike, also of one conversation and second: what one has proven is its own."""
    mark = secrets.token_urlsafe(9)
    claims = [visitor.workshop_id.hex, visitor.subject.hex, visitor.origin, mark]
    return _signer(secret, "visitor").dumps(claims)


def visitor_of(request: Request[Any, Any, Any], secret: str) -> Visitor:
    token = bearer(request) or ""
    visitor = _opened(token, secret, "visitor", VISITOR_TOKEN_LIFETIME)
    origin = request.headers.get("origin")
    if origin is not None and origin != visitor.origin:
        raise OriginNotAllowed
    return replace(visitor, token_hash=hash_of(token))


def owner_link(visitor: Visitor, secret: str) -> str:
    """78 characters: links travel in text messages too."""
    return _short_link(visitor, secret, "owner")


def owner_of(link: str, secret: str) -> Visitor:
    """Raises `TokenInvalid`."""
    return _behind(link, secret, "owner", OWNER_LINK_LIFETIME)


def stop_link(visitor: Visitor, secret: str) -> str:
    """For advertising messages: it opens nothing but the recipient's own yes and no."""
    return _short_link(visitor, secret, "stop")


def recipient_of(link: str, secret: str) -> Visitor:
    """Raises `TokenInvalid`."""
    return _behind(link, secret, "stop", STOP_LINK_LIFETIME)


def _short_link(visitor: Visitor, secret: str, purpose: str) -> str:
    claims = _packed(visitor.workshop_id.bytes + visitor.subject.bytes)
    return TimestampSigner(secret, salt=f"carbot.{purpose}").sign(claims).decode()


def _behind(link: str, secret: str, purpose: str, lifetime: timedelta) -> Visitor:
    signer = TimestampSigner(secret, salt=f"carbot.{purpose}")
    try:
        claims = signer.unsign(link, max_age=int(lifetime.total_seconds()))
        raw = _unpacked(claims)
        return Visitor(UUID(bytes=raw[:16]), UUID(bytes=raw[16:]), "")
    except (BadSignature, ValueError) as error:
        raise TokenInvalid(headers={"WWW-Authenticate": "Bearer"}) from error


def feed_token(feed: Feed, secret: str) -> str:
    """It never expires: whoever revokes a feed forgets its key."""
    raw = feed.workshop_id.bytes + feed.resource_id.bytes + feed.key.encode()
    return Signer(secret, salt="carbot.feed").sign(_packed(raw)).decode()


def feed_of(token: str, secret: str) -> Feed:
    """Raises `NotFound`: a calendar program that is asked to sign in asks its user, who cannot."""
    try:
        raw = _unpacked(Signer(secret, salt="carbot.feed").unsign(token))
        return Feed(UUID(bytes=raw[:16]), UUID(bytes=raw[16:32]), raw[32:].decode())
    except (BadSignature, ValueError) as error:
        raise NotFound from error


def bearer(request: Request[Any, Any, Any]) -> str | None:
    scheme, _, token = request.headers.get("authorization", "").partition(" ")
    return token.strip() if scheme.lower() == "bearer" and token.strip() else None


def _sign_in(request: Request[Any, Any, Any]) -> Select[Account, SignIn]:
    token = request.cookies.get(COOKIE, "")
    return (
        select(Account, SignIn)
        .join(SignIn, SignIn.account_id == Account.id)
        .where(SignIn.token_hash == hash_of(token), SignIn.expires_at > clock.now())
        .where(Account.is_active)
    )


async def _note_seen(db: Db, sign_in: SignIn) -> None:
    if is_stale(sign_in.last_seen_at):
        seen = update(SignIn).where(SignIn.id == sign_in.id).values(last_seen_at=clock.now())
        await db.execute(seen)


async def _only_seat(db: Db, request: Request[Any, Any, Any]) -> str:
    """With one workshop nobody has to name it; with several, `X-Workshop` says which."""
    named = request.headers.get("x-workshop")
    if named is not None:
        return named
    account = await signed_in(db, request)
    query = select(Workshop.slug).join(Seat, Seat.workshop_id == Workshop.id)
    slugs = (await db.scalars(query.where(Seat.account_id == account.id).limit(2))).all()
    if len(slugs) != 1:
        raise WorkshopNotFound
    return slugs[0]


def _must_come_from_here(request: Request[Any, Any, Any]) -> None:
    """A session cookie may change things only for pages of our own (CSRF)."""
    if request.method in {"GET", "HEAD", "OPTIONS"}:
        return
    origin = request.headers.get("origin", "")
    if origin != str(request.base_url).rstrip("/"):
        raise Forbidden


def _signer(secret: str, purpose: str) -> URLSafeTimedSerializer:
    return URLSafeTimedSerializer(secret, salt=f"carbot.{purpose}")


def _opened(token: str, secret: str, purpose: str, lifetime: timedelta) -> Visitor:
    try:
        workshop, subject, origin, *_mark = _signer(secret, purpose).loads(
            token, max_age=int(lifetime.total_seconds())
        )
        return Visitor(UUID(workshop), UUID(subject), str(origin))
    except (BadSignature, ValueError, TypeError) as error:
        raise TokenInvalid(headers={"WWW-Authenticate": "Bearer"}) from error


def _packed(raw: bytes) -> bytes:
    return base64.urlsafe_b64encode(raw).rstrip(b"=")


def _unpacked(packed: bytes) -> bytes:
    return base64.urlsafe_b64decode(packed + b"=" * (-len(packed) % 4))


def is_stale(seen: Any) -> bool:
    return seen is None or clock.now() - seen > SEEN_EVERY
