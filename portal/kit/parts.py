"""The parts of a running process, made once and handed around: no globals."""

import gc
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from redis.asyncio import BlockingConnectionPool, Redis
from saq import Queue
from saq.queue.redis import RedisQueue
from sqlalchemy.ext.asyncio import AsyncEngine

from portal.kit.blobs import Blobs, LocalBlobs
from portal.kit.channels import Hub
from portal.kit.db import WAIT_FOR_CONNECTION_S, make_engine
from portal.kit.glances import Glances
from portal.kit.limits import Limits
from portal.kit.mail import FolderMailer, Mailer, SmtpMailer
from portal.kit.memory import ShortMemory
from portal.kit.settings import Settings, SettingsIncomplete
from portal.kit.shares import Shares
from portal.kit.sms import FolderSms, NoSms, SevenSms, SmsSender

REDIS_CONNECTIONS = 40
GLANCES = 8
"""Connections of a process for what goes without a session; more where the pool of sessions is
larger, so that one workshop never holds all of them (`_shares`).
"""
DIRECTORY_S = 3.0
"""Seconds that a suspension may be seen late by the widget's settings and by programs."""


@dataclass(frozen=True)
class Parts:
    settings: Settings
    engine: AsyncEngine
    lookups: AsyncEngine
    """The same connections, each statement for itself: look-ups without a transaction around."""
    glances: Glances
    shares: Shares
    """Of the connections, by workshop: whoever asks for all of them leaves some to the others."""
    redis: Redis
    hub: Hub
    queue: Queue
    limits: Limits
    mailer: Mailer
    sms: SmsSender
    blobs: Blobs
    site_keys: ShortMemory[UUID]
    token_doors: ShortMemory[Any]


@asynccontextmanager
async def running(settings: Settings) -> AsyncIterator[Parts]:
    """Everything connected; closed again at the end."""
    parts = make_parts(settings)
    parts.hub.start()
    await parts.glances.start()
    # What start-up made stays: walking it again and again stopped a busy process for 150 ms.
    gc.collect()
    gc.freeze()
    gc.enable()  # off while everything was loaded, see `cli.serve`
    try:
        yield parts
    finally:
        await parts.hub.stop()
        await parts.queue.disconnect()
        await parts.redis.aclose()
        await parts.glances.stop()
        await parts.engine.dispose()


def make_parts(settings: Settings) -> Parts:
    if settings.database_url is None or settings.redis_url is None:
        raise SettingsIncomplete("DATABASE_URL and REDIS_URL are needed.")
    _ = settings.ai_providers  # what cannot be read is told now, not to the first visitor
    redis = _redis(settings.redis_url.get_secret_value())
    url = settings.database_url.get_secret_value()
    engine = make_engine(url, pool_size=settings.portal_pool_size)
    return Parts(
        settings=settings,
        engine=engine,
        lookups=engine.execution_options(isolation_level="AUTOCOMMIT"),
        glances=Glances(url, most=max(GLANCES, _shares(settings) + 2)),
        shares=Shares(_shares(settings), WAIT_FOR_CONNECTION_S),
        redis=redis,
        hub=Hub(redis),
        queue=RedisQueue(redis, name="carbot"),
        limits=Limits(redis, settings.secret),
        mailer=_mailer(settings),
        sms=_sms(settings),
        blobs=LocalBlobs(settings.portal_home / "files"),
        site_keys=ShortMemory(DIRECTORY_S),
        token_doors=ShortMemory(DIRECTORY_S),
    )


def _shares(settings: Settings) -> int:
    """Of the connections, what one workshop may have at once: two thirds."""
    return -(-settings.portal_pool_size * 2 // 3)


def _redis(url: str) -> Redis:
    """Whoever finds no free connection waits for one: an error would let a limit pass."""
    pool = BlockingConnectionPool.from_url(url, max_connections=REDIS_CONNECTIONS, timeout=5)
    return Redis.from_pool(pool)


def _mailer(settings: Settings) -> Mailer:
    if settings.smtp_url is not None:
        return SmtpMailer(settings.smtp_url.get_secret_value())
    return FolderMailer(settings.portal_home / "mail")


def _sms(settings: Settings) -> SmsSender:
    """In production nothing is called sent that lies in a folder."""
    if settings.sms_token is not None:
        token = settings.sms_token.get_secret_value()
        return SevenSms(settings.sms_url, token, sender=settings.sms_sender)
    if settings.portal_mode == "production":
        return NoSms()
    return FolderSms(settings.portal_home / "mail")
