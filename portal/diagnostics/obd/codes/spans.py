"""Runs of trouble codes in a table: `P0300-P0316 P0363`, looked up by number."""

from bisect import bisect_right
from collections.abc import Iterable
from typing import Generic, NamedTuple, TypeVar

T = TypeVar("T")


class Span(NamedTuple):
    """First and last code of a run, both included, as numbers."""

    first: int
    last: int


def number_of(code: str) -> int:
    """`P0171` → 0x0171, `C0035` → 0x4035, as on the wire: the order of codes."""
    return "PCBU".index(code[0]) << 14 | int(code[1:], 16)


def spans(text: str) -> list[Span]:
    """`P0300-P0316 P0363` → two spans."""
    found = []
    for word in text.split():
        first, _, last = word.partition("-")
        found.append(Span(number_of(first), number_of(last or first)))
    return found


class SpanTable(Generic[T]):
    """Rows of spans and what they stand for; of two rows for one code the earlier wins."""

    def __init__(self, rows: Iterable[tuple[str, T]]) -> None:
        self._rows = [(span, value) for text, value in rows for span in spans(text)]
        edges = {edge for span, _ in self._rows for edge in (span.first, span.last + 1)}
        self._edges = sorted(edges)
        self._found = [self._search(edge) for edge in self._edges]

    def find(self, code: str) -> T | None:
        """What stands for a code of five characters, None where no row holds it."""
        place = bisect_right(self._edges, number_of(code)) - 1
        return self._found[place] if place >= 0 else None

    def _search(self, number: int) -> T | None:
        held = (value for span, value in self._rows if span.first <= number <= span.last)
        return next(held, None)
