"""Roles, tables and the two workshops: a process of its own, needed by the first start only."""

import asyncio
import os
import sys
from urllib.parse import unquote, urlsplit

from sqlalchemy import func, select

from portal import migrate
from portal.demo import SUPERUSER, prepared, world
from portal.demo.people import SHOPS
from portal.kit.logs import set_up
from portal.kit.parts import running
from portal.kit.settings import Settings
from portal.kit.text import _


def main() -> int:
    set_up(level="WARNING")
    settings = Settings()
    try:
        if settings.database_owner_url is None and not asyncio.run(_has_tables(settings)):
            print(_("DATABASE_OWNER_URL is needed to make the tables in this database."))
            return 1
        _make_tables(settings)
        asyncio.run(_fill(settings))
    except KeyboardInterrupt:
        return 130
    return 0


async def _has_tables(settings: Settings) -> bool:
    async with running(settings) as parts, parts.engine.connect() as connection:
        return bool(await connection.scalar(select(func.to_regclass("workshops").is_not(None))))


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
