"""Live events between processes: published to Redis after commit, fanned out to local readers.

Events are hints that something changed. Whoever needs every event reads the database from the
last id that it knows; losing Redis delays, and loses nothing.
"""

import asyncio
from collections import defaultdict
from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager, suppress

import structlog
from redis.asyncio import Redis
from redis.exceptions import RedisError

log = structlog.get_logger()

PREFIX = "carbot:event:"
BACKLOG = 200
"""Events that a slow reader may fall behind before the oldest are dropped."""


class Hub:
    """One Redis subscription per process, any number of readers."""

    def __init__(self, redis: Redis) -> None:
        self._redis = redis
        self._readers: dict[str, set[asyncio.Queue[bytes]]] = defaultdict(set)
        self._task: asyncio.Task[None] | None = None

    async def publish(self, events: Sequence[tuple[str, bytes]]) -> None:
        """Each with its channel, in their order, in one trip."""
        try:
            async with self._redis.pipeline(transaction=False) as pipeline:
                for channel, event in events:
                    pipeline.publish(PREFIX + channel, event)
                await pipeline.execute()
        except RedisError as error:
            log.warning("events not published", error=str(error))
            for channel, event in events:
                self._deliver(channel, event)

    @asynccontextmanager
    async def listen(self, channel: str) -> AsyncIterator[asyncio.Queue[bytes]]:
        queue: asyncio.Queue[bytes] = asyncio.Queue(BACKLOG)
        self._readers[channel].add(queue)
        try:
            yield queue
        finally:
            self._readers[channel].discard(queue)
            if not self._readers[channel]:
                del self._readers[channel]

    def readers(self, channel: str) -> int:
        """How many listen in this process."""
        return len(self._readers.get(channel, ()))

    def start(self) -> None:
        self._task = asyncio.create_task(self._run(), name="events")

    async def stop(self) -> None:
        if self._task is not None:
            self._task.cancel()
            with suppress(asyncio.CancelledError):
                await self._task

    async def _run(self) -> None:
        while True:
            try:
                await self._relay()
            except (RedisError, OSError) as error:
                log.warning("event channel lost", error=str(error))
                await asyncio.sleep(0.5)

    async def _relay(self) -> None:
        async with self._redis.pubsub() as pubsub:
            await pubsub.psubscribe(PREFIX + "*")
            while True:
                message = await pubsub.get_message(ignore_subscribe_messages=True, timeout=30)
                if message is not None:
                    self._deliver(message["channel"].decode()[len(PREFIX) :], message["data"])

    def _deliver(self, channel: str, event: bytes) -> None:
        for queue in self._readers.get(channel, ()):
            if queue.full():
                queue.get_nowait()
            queue.put_nowait(event)
