"""A provider that fails again and again is left alone for a while.

Each process keeps its own: it learns after three failures, and asking Redis would cost every
answer a round trip before its first word.
"""

import time
from collections.abc import Callable

FAILURES = 3
PAUSE_S = 30.0
LONGEST_PAUSE_S = 600.0


class Circuit:
    """Closed at first; after `FAILURES` in a row open for `PAUSE_S`, then one call may try."""

    def __init__(self, clock: Callable[[], float] = time.monotonic) -> None:
        self._clock = clock
        self._failures = 0
        self._open_until = 0.0

    @property
    def lets_through(self) -> bool:
        return self._clock() >= self._open_until

    def try_now(self) -> None:
        """In the half-open state the first call shuts the door behind it until it is done."""
        if self._failures >= FAILURES:
            self._open_until = self._clock() + PAUSE_S

    def succeeded(self) -> None:
        self._failures, self._open_until = 0, 0.0

    def failed(self, *, for_good: bool = False, wait_s: float = 0.0) -> None:
        """`for_good`: a wrong key or address, which three tries would not change.

        `wait_s`: how long the provider itself asks to be left alone.
        """
        self._failures = FAILURES if for_good else self._failures + 1
        if self._failures >= FAILURES:
            self._open_until = self._clock() + PAUSE_S
        if wait_s:
            until = self._clock() + min(wait_s, LONGEST_PAUSE_S)
            self._open_until = max(self._open_until, until)
