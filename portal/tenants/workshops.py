"""Workshops and their people: founding one, and letting somebody in."""

from dataclasses import dataclass
from typing import Any
from uuid import UUID

from sqlalchemy import select, update

from portal.kit import clock
from portal.kit.db import Db, new_id
from portal.kit.parts import Parts
from portal.tenants import passwords
from portal.tenants.boundary import inside, workshop_id_of
from portal.tenants.callers import WorkshopNotFound, hash_of, new_token
from portal.tenants.models import (
    Account,
    ApiToken,
    Profile,
    Seat,
    Staff,
    TokenDoor,
    Workshop,
)
from portal.tenants.permissions import Permission, Role
from portal.tenants.sign_in import normalised


async def found(parts: Parts, *, slug: str, site_key: str, name: str, **profile: Any) -> UUID:
    """A new workshop with its profile; its id."""
    workshop_id = new_id()
    async with inside(parts, workshop_id) as db:
        db.add(Workshop(id=workshop_id, slug=slug, site_key=site_key))
        await db.flush()
        db.add(Profile(name=name, **profile))
    return workshop_id


@dataclass(frozen=True)
class Owner:
    email: str
    name: str
    password: str


async def open_business(parts: Parts, *, slug: str, name: str, owner: Owner) -> str:
    """A workshop and its owner on the platform; returns the site key of its widget."""
    key = new_token()[:24]
    workshop_id = await found(parts, slug=slug, site_key=key, name=name)
    async with inside(parts, workshop_id) as db:
        account = await open_account(
            db, email=owner.email, name=owner.name, password=owner.password
        )
        await employ(db, account, Role.OWNER)
    return key


async def suspend(parts: Parts, slug: str, reason: str) -> None:
    """Raises `WorkshopNotFound`."""
    async with inside(parts, None) as db:
        workshop_id = await db.scalar(select(Workshop.id).where(Workshop.slug == slug))
    if workshop_id is None:
        raise WorkshopNotFound
    async with inside(parts, workshop_id) as db:
        await db.execute(
            update(Workshop).values(suspended_at=clock.now(), suspension_reason=reason)
        )


async def get_workshop(db: Db) -> Workshop:
    """The directory entry of the workshop that the session is in."""
    return (await db.scalars(select(Workshop).where(Workshop.id == workshop_id_of(db)))).one()


async def get_profile(db: Db) -> Profile:
    return (await db.scalars(select(Profile))).one()


async def employ(db: Db, account: Account, role: Role, *, name: str | None = None) -> Staff:
    """Give an account a seat and a role at the workshop of this session."""
    staff = Staff(account_id=account.id, name=name or account.name, role=role)
    db.add_all([Seat(account_id=account.id), staff])
    await db.flush()
    return staff


async def open_account(
    db: Db, *, email: str, name: str, password: str, is_platform_staff: bool = False
) -> Account:
    account = Account(
        email=normalised(email),
        name=name,
        password_hash=await passwords.hashed(password),
        is_platform_staff=is_platform_staff,
    )
    db.add(account)
    await db.flush()
    return account


async def issue_token(db: Db, *, name: str, token: str, scopes: frozenset[Permission]) -> ApiToken:
    """Store an API token by its hash; whoever made it shows it once and forgets it."""
    db.add(TokenDoor(token_hash=hash_of(token)))
    issued = ApiToken(name=name, token_hash=hash_of(token), scopes=sorted(scopes))
    db.add(issued)
    await db.flush()
    return issued
