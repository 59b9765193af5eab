"""A short memory of one process: what may be a few seconds old and is asked for all the time."""

from collections.abc import Awaitable, Callable
from time import monotonic
from typing import Generic, TypeVar

Kept = TypeVar("Kept")
MOST = 5_000


class ShortMemory(Generic[Kept]):
    """Keys of workshops' things come from `boundary.channel`. What failed is not remembered."""

    def __init__(self, seconds: float) -> None:
        self._seconds = seconds
        self._kept: dict[str, tuple[float, Kept]] = {}

    async def get(self, key: str, make: Callable[[], Awaitable[Kept]]) -> Kept:
        found = self._kept.get(key)
        if found is not None and found[0] > monotonic():
            return found[1]
        made = await make()
        if len(self._kept) >= MOST:
            self._kept.clear()
        self._kept[key] = (monotonic() + self._seconds, made)
        return made
