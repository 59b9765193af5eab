"""`carbot chat eval`: the evaluation desk on servers of its own, nothing real is touched."""

import asyncio
import tempfile
from collections.abc import Callable, Sequence
from pathlib import Path

import msgspec
from pydantic import SecretStr

from portal import migrate
from portal.ai.open_ai import OpenAiCompatible, make_http
from portal.ai.providers import Provider
from portal.chat.evaluation import report
from portal.chat.evaluation.hostile import Hostile
from portal.chat.evaluation.report import Report
from portal.kit.embedded import PostgresServer, RedisServer
from portal.kit.parts import running
from portal.kit.settings import AiProvider, Settings
from portal.tenants.callers import new_token

Say = Callable[[str], None]


class Wanted(msgspec.Struct, frozen=True, kw_only=True):
    """Without `address` and `hostile` the built-in assistant is asked."""

    address: str | None = None
    model: str = ""
    key: str = ""
    hostile: bool = False
    every: int = 1


class Found(msgspec.Struct, frozen=True, kw_only=True):
    table: str
    json: bytes
    is_alarming: bool


def run(wanted: Wanted, say: Say) -> Found:
    with (
        tempfile.TemporaryDirectory(prefix="carbot-eval-") as folder,
        PostgresServer(Path(folder) / "pg", durable=False) as database,
        RedisServer(Path(folder) / "redis", durable=False) as redis,
    ):
        owner, app = new_token(), new_token()
        superuser = database.url("postgres")
        asyncio.run(migrate.prepare(superuser, database="carbot", owner=owner, app=app))
        as_owner = database.url("carbot", user="carbot_owner", password=owner)
        migrate.upgrade(as_owner)
        settings = Settings(
            database_url=SecretStr(database.url("carbot", user="carbot_app", password=app)),
            redis_url=SecretStr(redis.url()),
            portal_secret=SecretStr(new_token()),
            portal_home=Path(folder),
            portal_mode="test",
        )
        return _found(asyncio.run(_evaluated(settings, wanted, say)))


async def _evaluated(settings: Settings, wanted: Wanted, say: Say) -> Report:
    async with running(settings) as parts, make_http() as http:
        providers: Sequence[Provider] = [Hostile()] if wanted.hostile else []
        if wanted.address:
            endpoint = AiProvider(
                name=wanted.model,
                base_url=wanted.address,
                api_key=wanted.key,
                model=wanted.model,
            )
            providers = [OpenAiCompatible(endpoint, http, settings.portal_ai_timeout_s)]
        return await report.evaluate(parts, providers, every=wanted.every, say=say)


def _found(made: Report) -> Found:
    attacked = any(one.group.startswith("attack") for one in made.findings)
    return Found(
        table=report.as_table(made),
        json=report.as_json(made),
        is_alarming=bool(made.leaks) or attacked,
    )
