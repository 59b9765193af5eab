"""Texts as vectors: the Protocol of whoever makes them, and what is done with them. Pure."""

from array import array
from collections.abc import Sequence
from math import sqrt
from typing import Protocol, TypeAlias
from zlib import crc32

Vector: TypeAlias = "array[float]"
"""Single precision, of length 1: the cosine of two is the sum of their products."""

LETTERS, DIMENSIONS = 3, 512


class Embedder(Protocol):
    """`sure` and `perhaps` are the cosines from which on a text is the answer, or may help."""

    name: str
    model: str
    price_in: float
    sure: float
    perhaps: float

    async def vectors(self, texts: Sequence[str]) -> tuple[list[Vector], int | None]:
        """One for each text, and the tokens if they were counted. Raises `ProviderFailed`."""
        ...

    async def close(self) -> None: ...


class ByLetters:
    """Needs nobody: texts are alike that share runs of three letters. It finds what is spelled
    alike and never what is said otherwise, so it stands in for an endpoint and does not replace it.
    """

    name, model, price_in = "letters", "trigrams", 0.0
    sure, perhaps = 0.7, 0.45

    async def vectors(self, texts: Sequence[str]) -> tuple[list[Vector], int | None]:
        return [_by_letters(text) for text in texts], None

    async def close(self) -> None:
        return None


def unit(numbers: Sequence[float]) -> Vector:
    """Raises `ValueError` for a vector without direction."""
    length = sqrt(sum(number * number for number in numbers))
    if not length:
        raise ValueError("a vector without direction")
    return array("f", (number / length for number in numbers))


def cosine(one: Vector, other: Vector) -> float:
    """0 where they come from different models."""
    if len(one) != len(other):
        return 0.0
    return sum(map(float.__mul__, one, other))


def _by_letters(text: str) -> Vector:
    counts = [0.0] * DIMENSIONS
    spelled = f" {' '.join(text.lower().split())} "
    for place in range(max(1, len(spelled) - LETTERS + 1)):
        counts[crc32(spelled[place : place + LETTERS].encode()) % DIMENSIONS] += 1.0
    return unit(counts)
