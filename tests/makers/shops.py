"""Workshops with people: each test founds its own, so nothing has to be cleaned up."""

import secrets
from dataclasses import dataclass, field
from typing import Any
from uuid import UUID

from portal.kit import clock
from portal.kit.parts import Parts
from portal.tenants import workshops
from portal.tenants.boundary import inside
from portal.tenants.callers import hash_of, new_token
from portal.tenants.models import Account, SignIn, Staff
from portal.tenants.permissions import Permission, Role
from portal.tenants.sign_in import LIFETIME

PASSWORD_HASH = "$argon2id$v=19$m=8,t=1,p=1$AAAAAAAAAAAAAAAAAAAAAA$not-a-real-hash"


@dataclass
class Shop:
    """A workshop as tests see it."""

    id: UUID
    slug: str
    site_key: str
    origin: str
    token: str
    people: dict[Role, Staff] = field(default_factory=dict)
    accounts: dict[Role, Account] = field(default_factory=dict)

    @property
    def home(self) -> str:
        return f"/w/{self.slug}"


async def found_shop(parts: Parts, **profile: Any) -> Shop:
    """A workshop with one person for each role and an API token of all scopes."""
    mark = secrets.token_hex(5)
    origin = f"https://{mark}.example"
    facts = {"name": f"Werkstatt {mark}", "allowed_origins": [origin], "phone": "030 1234567"}
    shop_id = await workshops.found(
        parts, slug=f"shop-{mark}", site_key=f"key-{mark}", **{**facts, **profile}
    )
    shop = Shop(shop_id, f"shop-{mark}", f"key-{mark}", origin, f"token-{mark}")
    async with inside(parts, shop_id) as db:
        for role in Role:
            account = Account(
                email=f"{role}@{mark}.example",
                name=f"{role.title()} {mark}",
                password_hash=PASSWORD_HASH,
            )
            db.add(account)
            await db.flush()
            shop.accounts[role] = account
            shop.people[role] = await workshops.employ(db, account, role)
        everything = frozenset(Permission) - {Permission.PLATFORM_READ}
        await workshops.issue_token(db, name="tests", token=shop.token, scopes=everything)
    return shop


async def session_of(parts: Parts, account: Account) -> str:
    """The cookie's value of a fresh sign-in."""
    token = new_token()
    async with inside(parts, None) as db:
        expires = clock.now() + LIFETIME
        db.add(SignIn(token_hash=hash_of(token), account_id=account.id, expires_at=expires))
    return token
