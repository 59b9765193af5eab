"""Whether an earlier start has done all the preparing already: asked without loading the portal."""

import asyncio
import hashlib
from pathlib import Path

import asyncpg

from portal.demo.people import SHOPS
from portal.kit.settings import Settings

DATABASE = "carbot"
VERSIONS = Path(__file__).parents[2] / "migrations" / "versions"
_FULL = """
select count(distinct w.id) = $2 from workshops w
join seats s on s.workshop_id = w.id where w.slug = any($1)
"""


def is_complete(settings: Settings, home: Path, database_url: str) -> bool:
    """The note says so, and the database is the one that it speaks of."""
    file = _file(home)
    if not file.exists() or file.read_text() != _fingerprint(settings):
        return False
    return asyncio.run(_has_workshops(database_url))


def note(settings: Settings, home: Path) -> None:
    _file(home).write_text(_fingerprint(settings))


def _file(home: Path) -> Path:
    return home / "prepared"


def _fingerprint(settings: Settings) -> str:
    """Other migrations, another database or another address of the websites: prepare again."""
    database = settings.database_url.get_secret_value() if settings.database_url else ""
    names = sorted(file.name for file in VERSIONS.glob("*.py"))
    told = [settings.portal_host, str(settings.portal_site_port), database, *names]
    return hashlib.sha256("\n".join(told).encode()).hexdigest()


async def _has_workshops(database_url: str) -> bool:
    try:
        connection = await asyncpg.connect(database_url)
    except (OSError, asyncpg.PostgresError):
        return False
    try:
        slugs = [shop.slug for shop in SHOPS]
        return bool(await connection.fetchval(_FULL, slugs, len(slugs)))
    except asyncpg.PostgresError:
        return False
    finally:
        await connection.close()
