"""The last minute of each live recording, in Redis: bounded, gone after some hours, never double.

Entries carry the recorder's numbers. What has been stored is not stored again, so a recorder may
send anything twice after a broken line.
"""

from collections.abc import Sequence
from typing import Any, NamedTuple
from uuid import UUID

import msgspec
from redis.asyncio import Redis

from portal.kit.channels import PREFIX
from portal.tenants.boundary import channel

MOST_POINTS = 1500
"""Points that a reader who comes later is shown: about a minute."""
LIFETIME_MS = 6 * 3600 * 1000

_APPEND = """
local known = tonumber(redis.call('HGET', KEYS[1], 'number') or '0')
local first, told = known, 0
if ARGV[4] ~= '' and tonumber(ARGV[5]) > known then
  redis.call('PUBLISH', ARGV[3], ARGV[4])
  told = 1
end
for at = 5, #ARGV, 2 do
  local number = tonumber(ARGV[at])
  if number > known then
    if ARGV[at + 1] ~= '' then redis.call('RPUSH', KEYS[2], ARGV[at + 1]) end
    known = number
  end
end
redis.call('HSET', KEYS[1], 'number', known)
redis.call('LTRIM', KEYS[2], -tonumber(ARGV[1]), -1)
redis.call('PEXPIRE', KEYS[1], ARGV[2])
redis.call('PEXPIRE', KEYS[2], ARGV[2])
return {first, told}
"""

Point = tuple[float, str, float]
"""(seconds since the start, signal, value)"""


class Answer(NamedTuple):
    """One numbered answer as points; empty when it held no values."""

    number: int
    points: Sequence[Point]


class LiveStore:
    def __init__(self, redis: Redis) -> None:
        self._redis = redis
        self._append = redis.register_script(_APPEND)

    async def append(
        self, workshop_id: UUID, recording_id: UUID, answers: Sequence[Answer], event: bytes
    ) -> list[Point]:
        """Keep what is new. When all of it is, `event` is told in the same step.

        Otherwise the points that nobody has seen yet come back, to be told by the caller.
        """
        name = PREFIX + channel(workshop_id, topic(recording_id))
        arguments: list[Any] = [MOST_POINTS, LIFETIME_MS, name, event if answers else b""]
        for answer in answers:
            points = msgspec.json.encode(answer.points) if answer.points else ""
            arguments += [answer.number, points]
        keys = _keys(workshop_id, recording_id)
        known, told = await self._append(keys=keys, args=arguments)
        if told:
            return []
        return [point for answer in answers if answer.number > known for point in answer.points]

    async def number(self, workshop_id: UUID, recording_id: UUID) -> int:
        """Of the last answer that was kept; 0 for an unknown recording."""
        head, _log = _keys(workshop_id, recording_id)
        return int(await self._redis.hget(head, "number") or 0)

    async def recent(self, workshop_id: UUID, recording_id: UUID) -> list[Point]:
        _head, log = _keys(workshop_id, recording_id)
        entries = await self._redis.lrange(log, 0, -1)
        found: list[Point] = []
        for entry in entries:
            found += msgspec.json.decode(entry, type=list[Point])
        return found[-MOST_POINTS:]


def topic(recording_id: UUID) -> str:
    return f"live:{recording_id}"


def _keys(workshop_id: UUID, recording_id: UUID) -> list[str]:
    name = channel(workshop_id, topic(recording_id))
    return [f"carbot:live:{name}:head", f"carbot:live:{name}:log"]
