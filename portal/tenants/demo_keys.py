"""Keys that everybody knows, because the demo's documentation names them.

They exist in the demo only: any other installation refuses to start while it holds one of them.
"""

from sqlalchemy import select

from portal.kit.db import Db
from portal.kit.settings import SettingsIncomplete
from portal.tenants.callers import hash_of
from portal.tenants.demo_names import NAMES, PLATFORM_EMAIL, SLUGS, api_token, email, site_key
from portal.tenants.models import Account, TokenDoor, Workshop

__all__ = ["NAMES", "PLATFORM_EMAIL", "SLUGS", "api_token", "email", "refuse", "site_key"]


async def refuse(db: Db) -> None:
    """Raises `SettingsIncomplete` when a key of the demo opens this installation."""
    keys = [site_key(slug) for slug in SLUGS]
    tokens = [hash_of(api_token(slug)) for slug in SLUGS]
    emails = [email(slug, name) for slug in SLUGS for name in NAMES] + [PLATFORM_EMAIL]
    checks = {
        "site key": select(Workshop.id).where(Workshop.site_key.in_(keys)),
        "API token": select(TokenDoor.workshop_id).where(TokenDoor.token_hash.in_(tokens)),
        "account": select(Account.id).where(Account.email.in_(emails)),
    }
    for what, query in checks.items():
        if await db.scalar(query.limit(1)) is not None:
            raise SettingsIncomplete(f"This database holds a publicly known {what} of the demo.")
