"""How often streams are read: the more there are, the more of each is taken at once.

To pass a token on costs the same whether it comes alone or with ten others. The first words leave
at once; behind them a stream rests, so long that all streams of a process together are read about
`READS_PER_S` times a second. What comes meanwhile waits in the kernel, where it costs nothing.
"""

import asyncio
from collections.abc import Awaitable, Callable, Iterator
from contextlib import contextmanager

import aiohttp

FEW = 10
"""So many streams are read as they come: there is time for all of them."""
READS_PER_S = 1500.0
SHORTEST_S, LONGEST_S = 0.15, 0.3
"""A shorter rest would gather nothing; a longer one would be seen by whoever reads along."""


class Crowd:
    """The streams that are open in this process."""

    def __init__(self, sleep: Callable[[float], Awaitable[object]] = asyncio.sleep) -> None:
        self._open = 0
        self._sleep = sleep

    @contextmanager
    def joined(self) -> Iterator[None]:
        self._open += 1
        try:
            yield
        finally:
            self._open -= 1

    @property
    def rest_s(self) -> float:
        if self._open <= FEW:
            return 0.0
        return min(max(self._open / READS_PER_S, SHORTEST_S), LONGEST_S)

    async def rest(self, response: aiohttp.ClientResponse) -> None:
        """Nothing of this response is read meanwhile."""
        seconds, connection = self.rest_s, response.connection
        transport = connection.transport if connection is not None else None
        if not seconds or transport is None or transport.is_closing():
            return
        transport.pause_reading()
        try:
            await self._sleep(seconds)
        finally:
            if not transport.is_closing():
                transport.resume_reading()
