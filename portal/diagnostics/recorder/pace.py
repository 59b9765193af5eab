"""Not faster than a car stands: so many requests a second, evenly spread."""

import time
from collections.abc import Callable

UNKNOWN_CAR = 10.0
"""Requests a second on a car of which nobody knows how much its bus stands."""


class Pace:
    def __init__(
        self,
        per_second: float = UNKNOWN_CAR,
        *,
        now: Callable[[], float] = time.monotonic,
        sleep: Callable[[float], None] = time.sleep,
    ) -> None:
        self._gap, self._now, self._sleep = 1.0 / per_second, now, sleep
        self._free_at = 0.0

    def wait(self) -> None:
        """Until the next request may go. What was late is not made up for by a burst."""
        moment = self._now()
        if moment < self._free_at:
            self._sleep(self._free_at - moment)
            moment = self._free_at
        self._free_at = moment + self._gap
