"""Roles, tables and the two workshops: a process of its own, needed by the first start only."""

import asyncio
import os
import sys
from urllib.parse import unquote, urlsplit

from portal import migrate
from portal.demo import SUPERUSER, prepared, world
from portal.demo.people import SHOPS
from portal.kit.logs import set_up
from portal.kit.parts import running
from portal.kit.settings import Settings


def main() -> int:
    set_up(level="WARNING")
    settings = Settings()
    try:
        _make_tables(settings)
        asyncio.run(_fill(settings))
    except KeyboardInterrupt:
        return 130
    return 0


def _make_tables(settings: Settings) -> None:
    """On a server of the caller's own, whoever gave us the owner's address wants it migrated."""
    if settings.database_owner_url is None:
        return
    owner_url = settings.database_owner_url.get_secret_value()
    superuser_url = os.environ.get(SUPERUSER)
    if superuser_url:
        asyncio.run(_make_roles(superuser_url, owner_url, settings))
    migrate.upgrade(owner_url)


async def _make_roles(superuser_url: str, owner_url: str, settings: Settings) -> None:
    app_url = settings.database_url.get_secret_value() if settings.database_url else ""
    await migrate.prepare(
        superuser_url,
        database=prepared.DATABASE,
        owner=_password(owner_url),
        app=_password(app_url),
    )


def _password(url: str) -> str:
    return unquote(urlsplit(url).password or "")


async def _fill(settings: Settings) -> None:
    async with running(settings) as parts:
        await world.fill(parts, SHOPS, _say)


def _say(line: str) -> None:
    print(line, flush=True)


if __name__ == "__main__":
    sys.exit(main())
