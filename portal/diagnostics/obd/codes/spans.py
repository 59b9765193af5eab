"""Runs of trouble codes in a table: `P0300-P0316 P0363`, found by code."""

from collections.abc import Iterable
from typing import Generic, NamedTuple, TypeVar

T = TypeVar("T")


class Span(NamedTuple):
    """First and last code of a run, both included.

    Where both ends are decimal the run counts in decimal: `P0115-P0125` leaves out P011A.
    """

    first: str
    last: str

    def holds(self, code: str) -> bool:
        if not self.first <= code <= self.last:
            return False
        return code[1:].isdecimal() or not (self.first[1:] + self.last[1:]).isdecimal()


def spans(text: str) -> list[Span]:
    """`P0300-P0316 P0363` → two spans."""
    ends = (word.partition("-") for word in text.split())
    return [Span(first, last or first) for first, _, last in ends]


class SpanTable(Generic[T]):
    """Rows of spans and what they stand for; of two rows for one code the earlier wins."""

    def __init__(self, rows: Iterable[tuple[str, T]]) -> None:
        self._rows = [(span, value) for text, value in rows for span in spans(text)]
        self._found: dict[str, T | None] = {}

    def find(self, code: str) -> T | None:
        """What stands for a code of five characters, None where no row holds it."""
        if code not in self._found:
            held = (value for span, value in self._rows if span.holds(code))
            self._found[code] = next(held, None)
        return self._found[code]
