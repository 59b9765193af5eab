"""Fair shares of what is scarce: whoever wants much waits in a line of their own."""

import asyncio
from collections.abc import AsyncIterator, Hashable
from contextlib import asynccontextmanager
from weakref import WeakValueDictionary

from sqlalchemy.exc import TimeoutError as NoConnectionFree


class Shares:
    """At most `most` at once for each key. Nobody waits longer than `patience_s`."""

    def __init__(self, most: int, patience_s: float) -> None:
        self._most, self._patience_s = most, patience_s
        self._turns: WeakValueDictionary[Hashable, asyncio.Semaphore] = WeakValueDictionary()

    @asynccontextmanager
    async def one_for(self, key: Hashable) -> AsyncIterator[None]:
        """Raises `NoConnectionFree`."""
        turns = self._turns.get(key)
        if turns is None:
            turns = self._turns[key] = asyncio.Semaphore(self._most)
        try:
            async with asyncio.timeout(self._patience_s):
                await turns.acquire()
        except TimeoutError:
            raise NoConnectionFree from None
        try:
            yield
        finally:
            turns.release()
