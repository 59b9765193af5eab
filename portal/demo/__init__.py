"""The demo: everything on one machine, with two invented workshops.

The servers, the data, the files and the mail live under `PORTAL_HOME`; a second start keeps them.
The known passwords, keys and tokens exist here only: `refuse_demo_keys` keeps any other
installation from starting with them.
"""

import asyncio
import os
import secrets
import sys
from pathlib import Path

from portal import migrate
from portal.demo import world
from portal.demo.people import SHOPS
from portal.demo.processes import Process
from portal.demo.processes import run as run_processes
from portal.demo.table import start_table
from portal.kit.embedded import (
    EmbeddedUnavailable,
    PostgresAddress,
    PostgresServer,
    RedisAddress,
    RedisServer,
    ServerDidNotStart,
)
from portal.kit.logs import set_up
from portal.kit.parts import running
from portal.kit.settings import Settings


def run() -> int:
    """Start, serve until Ctrl-C, stop everything. Returns the exit code."""
    settings = Settings(portal_mode="demo")
    home = settings.portal_home.resolve()
    home.mkdir(parents=True, exist_ok=True)
    try:
        with (
            PostgresServer(home / "postgres", durable=True) as database,
            RedisServer(home / "redis", durable=True) as redis,
        ):
            environment = _environment(settings, home, database, redis)
            _prepare(environment)
            return run_processes(
                _processes(settings, environment), lambda: print(start_table(settings)), home=home
            )
    except (EmbeddedUnavailable, ServerDidNotStart) as error:
        print(error, file=sys.stderr)
        return 1


def _environment(
    settings: Settings, home: Path, database: PostgresAddress, redis: RedisAddress
) -> dict[str, str]:
    """What the processes of the demo are told; settings of the caller come first."""
    owner, app = _kept(home / "owner.key"), _kept(home / "app.key")
    if settings.database_url is None:
        asyncio.run(
            migrate.prepare(database.url("postgres"), database="carbot", owner=owner, app=app)
        )
    ours = {
        "DATABASE_URL": database.url("carbot", user="carbot_app", password=app),
        "DATABASE_OWNER_URL": database.url("carbot", user="carbot_owner", password=owner),
        "REDIS_URL": redis.url(),
        "PORTAL_SECRET": _kept(home / "secret.key"),
        "PORTAL_HOME": str(home),
        "PORTAL_MODE": "demo",
    }
    return {name: os.environ.get(name) or value for name, value in ours.items()}


def _prepare(environment: dict[str, str]) -> None:
    os.environ.update(environment)
    set_up(level="WARNING")
    settings = Settings()
    if settings.database_owner_url is not None:
        migrate.upgrade(settings.database_owner_url.get_secret_value())
    asyncio.run(_fill(settings))


async def _fill(settings: Settings) -> None:
    async with running(settings) as parts:
        await world.fill(parts, SHOPS)


def _processes(settings: Settings, environment: dict[str, str]) -> list[Process]:
    carbot = [sys.executable, "-m", "portal"]
    site = f"http://{settings.portal_host}:{settings.portal_site_port}/"
    return [
        Process("app", [*carbot, "serve"], environment, f"{settings.base_url}/health/ready"),
        Process("worker", [*carbot, "worker"], environment),
        Process("site", [sys.executable, "-m", "portal.demo.site"], environment, site),
    ]


def _kept(file: Path) -> str:
    """A random secret that outlives the start which made it."""
    if not file.exists():
        file.touch(mode=0o600)
        file.write_text(secrets.token_urlsafe(36))
    return file.read_text()
