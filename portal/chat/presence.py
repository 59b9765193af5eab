"""Whether anybody of a workshop's staff has the inbox open, in any process."""

from uuid import UUID

import structlog
from redis.exceptions import RedisError

from portal.kit.parts import Parts
from portal.tenants.boundary import channel

log = structlog.get_logger()

KEPT_S = 45
"""An open inbox says so again with each heartbeat."""


async def say_here(parts: Parts, workshop_id: UUID) -> None:
    try:
        await parts.redis.set(_key(workshop_id), b"1", ex=KEPT_S)
    except RedisError as error:
        log.warning("presence not noted", error=str(error))


async def is_anybody_here(parts: Parts, workshop_id: UUID) -> bool:
    """Without Redis nobody is: a mail too many is better than a visitor whom nobody sees."""
    try:
        return bool(await parts.redis.exists(_key(workshop_id)))
    except RedisError:
        return False


def _key(workshop_id: UUID) -> str:
    return f"carbot:here:{channel(workshop_id, 'inbox')}"
