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


class Ear:
    """The events that wait for one reader; of too many the oldest go.

    A queue of asyncio's weighs three kilobytes, and ten thousand widgets listen.
    """

    __slots__ = ("_events", "_waiting")

    def __init__(self) -> None:
        self._events: list[bytes] = []
        self._waiting: asyncio.Future[None] | None = None

    def hear(self, event: bytes) -> None:
        if len(self._events) >= BACKLOG:
            del self._events[0]
        self._events.append(event)
        _wake(self._waiting)

    def take(self) -> list[bytes]:
        """What waits, perhaps nothing."""
        events, self._events = self._events, []
        return events

    async def within(self, seconds: float) -> list[bytes]:
        """What waits, as soon as it is anything; nothing after so many seconds."""
        if not self._events:
            loop = asyncio.get_running_loop()
            self._waiting = loop.create_future()
            timer = loop.call_later(seconds, _wake, self._waiting)
            try:
                await self._waiting
            finally:
                timer.cancel()
                self._waiting = None
        return self.take()


def _wake(waiting: asyncio.Future[None] | None) -> None:
    if waiting is not None and not waiting.done():
        waiting.set_result(None)


class Hub:
    """One Redis subscription per process, any number of readers."""

    def __init__(self, redis: Redis) -> None:
        self._redis = redis
        self._readers: dict[str, set[Ear]] = defaultdict(set)
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
    async def listen(self, channel: str) -> AsyncIterator[Ear]:
        ear = Ear()
        self._readers[channel].add(ear)
        try:
            yield ear
        finally:
            self._readers[channel].discard(ear)
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
        for ear in self._readers.get(channel, ()):
            ear.hear(event)
