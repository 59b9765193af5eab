"""Rounds: every contestant once in each, forwards and then backwards, so that drift hits all."""

from collections import defaultdict
from collections.abc import Awaitable, Callable, Mapping
from typing import TypeVar

Sample = TypeVar("Sample")


async def alternated(
    rounds: int, contestants: Mapping[str, Callable[[], Awaitable[Sample]]]
) -> dict[str, list[Sample]]:
    """One sample of each contestant for each round, in round order."""
    samples: dict[str, list[Sample]] = defaultdict(list)
    for number in range(rounds):
        names = list(contestants)
        for name in names if number % 2 == 0 else reversed(names):
            samples[name].append(await contestants[name]())
    return dict(samples)
