"""What measures stand on: throw-away servers, the portal's parts, invented workshops."""

import asyncio
import subprocess
import sys
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager, contextmanager
from dataclasses import dataclass, field
from datetime import time
from pathlib import Path
from typing import TypeVar

import asyncpg

from portal import migrate
from portal.bookings import hours
from portal.kit.embedded import PostgresServer, RedisServer
from portal.kit.parts import Parts
from portal.kit.settings import Settings
from portal.tenants.boundary import inside
from tests.bench.processes import Process, end, free_port, launched, started, uvicorn
from tests.makers.shops import Shop, found_shop

SECRET = "benches only, and long enough to be accepted"
_PASSWORDS = {"owner": "owner-of-benches", "app": "app-of-benches"}

WORKDAYS = range(5)

Amount = TypeVar("Amount", int, float)


@dataclass
class Bench:
    """What a measure gets. `admin_url` opens the bench's database as its superuser.

    `ends` is when the whole bench must be over, on the clock of `perf_counter`.
    """

    rounds: int
    quick: bool
    ends: float
    home: Path
    settings: Settings
    admin_url: str
    parts: Parts
    _shops: list[Shop] = field(default_factory=list)

    def much(self, full: Amount, quick: Amount) -> Amount:
        return quick if self.quick else full

    async def shops(self, count: int) -> list[Shop]:
        """The same workshops for every measure; founded when first asked for."""
        while len(self._shops) < count:
            shop = await found_shop(self.parts)
            async with inside(self.parts, shop.id) as db:
                for day in WORKDAYS:
                    hours.add_span(db, day, time(8), time(17))
            self._shops.append(shop)
        return self._shops[:count]

    @asynccontextmanager
    async def admin(self) -> AsyncIterator[asyncpg.Connection]:
        """A plain connection that no policy binds: for twins of tables and for the catalogue."""
        connection = await asyncpg.connect(self.admin_url)
        try:
            yield connection
        finally:
            await connection.close()

    @asynccontextmanager
    async def portal(self, **changes: str) -> AsyncIterator[Process]:
        """The real application in a process of its own, as `carbot serve` runs it."""
        port = free_port()
        command = uvicorn("portal.app:serve", port, factory=True)
        environment = self.environment(**changes)
        async with started(command, port, "/health/ready", self.log("app"), environment) as app:
            yield app

    @asynccontextmanager
    async def worker(self) -> AsyncIterator[subprocess.Popen[bytes]]:
        """`carbot worker` in a process of its own; whoever needs it ready looks at its work."""
        command = [sys.executable, "-m", "portal", "worker"]
        child = launched(command, self.log("worker"), self.environment())
        try:
            yield child
        finally:
            await end(child)

    @asynccontextmanager
    async def other(self, app: str, ready_path: str = "/") -> AsyncIterator[Process]:
        """An application of the bench, by its import path below `tests.bench.apps`."""
        port = free_port()
        command = uvicorn(f"tests.bench.apps.{app}", port)
        async with started(command, port, ready_path, self.log("other"), {}) as process:
            yield process

    @asynccontextmanager
    async def speaker(self) -> AsyncIterator[Process]:
        """The fake provider of AI."""
        port = free_port()
        command = [sys.executable, "-m", "tests.bench.apps.upstream", str(port)]
        async with started(command, port, "/", self.log("speaker"), {}) as process:
            yield process

    def environment(self, **changes: str) -> dict[str, str]:
        """The settings of a portal over the bench's servers, with AI and mail left out."""
        secrets = {"database_url", "database_owner_url", "redis_url", "portal_secret"}
        known = {
            name.upper(): getattr(self.settings, name).get_secret_value()
            for name in sorted(secrets)
        }
        silent = {"OPENAI_API_KEY": "", "PORTAL_AI_PROVIDERS": "", "SMTP_URL": ""}
        return {**known, "PORTAL_HOME": str(self.home), **silent, **changes}

    def log(self, name: str) -> Path:
        return self.home / f"{name}.log"


@contextmanager
def servers(home: Path) -> Iterator[tuple[Settings, str]]:
    """Settings over a fresh PostgreSQL and Valkey, and the superuser's address. No fsync."""
    with (
        PostgresServer(home / "pg", durable=False) as database,
        RedisServer(home / "redis", durable=False) as redis,
    ):
        asyncio.run(migrate.prepare(database.url("postgres"), database="carbot", **_PASSWORDS))
        owner = database.url("carbot", user="carbot_owner", password=_PASSWORDS["owner"])
        migrate.upgrade(owner)
        settings = Settings(
            database_url=database.url("carbot", user="carbot_app", password=_PASSWORDS["app"]),
            database_owner_url=owner,
            redis_url=redis.url(),
            portal_secret=SECRET,
            portal_home=home,
        )
        yield settings, database.url("carbot")
