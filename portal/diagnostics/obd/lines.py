"""Where lines and cells begin, found with array arithmetic: no loop over rows."""

from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

Ints = NDArray[np.int64]
_QUOTE = ord('"')


class Lines(NamedTuple):
    """Line i is `data[starts[i]:ends[i]]`, without its line feed."""

    data: bytes
    starts: Ints
    ends: Ints

    def text(self, index: int) -> str:
        return self.data[self.starts[index] : self.ends[index]].decode("utf-8", errors="replace")


def split_lines(data: bytes) -> Lines:
    feeds = np.flatnonzero(np.frombuffer(data, dtype=np.uint8) == ord("\n")).astype(np.int64)
    starts = np.concatenate(([0], feeds + 1)).astype(np.int64)
    ends = np.append(feeds, len(data)).astype(np.int64)
    if len(data) == starts[-1]:  # the last feed ends the last line, it does not begin another
        starts, ends = starts[:-1], ends[:-1]
    return Lines(data, starts, ends)


def count_delimiters(lines: Lines, delimiter: str) -> Ints:
    """How many delimiters stand outside quotes on each line."""
    places = _places(lines.data, ord(delimiter))
    quotes = _places(lines.data, _QUOTE)
    if len(quotes) and len(places):
        line_start = lines.starts[np.searchsorted(lines.starts, places, side="right") - 1]
        before = np.searchsorted(quotes, places) - np.searchsorted(quotes, line_start)
        places = places[before % 2 == 0]
    return _between(places, lines)


def unbalanced_quotes(lines: Lines) -> NDArray[np.bool_]:
    odd: NDArray[np.bool_] = _between(_places(lines.data, _QUOTE), lines) % 2 == 1
    return odd


def begins_with(lines: Lines, prefix: bytes) -> NDArray[np.bool_]:
    """Which lines open with exactly these bytes."""
    size = len(prefix)
    fits = (lines.ends - lines.starts) >= size
    result = np.zeros(len(lines.starts), dtype=np.bool_)
    characters = np.frombuffer(lines.data, dtype=np.uint8)
    candidates = np.flatnonzero(fits)
    for at, byte in enumerate(prefix):  # narrows quickly: most lines fall out at the first byte
        candidates = candidates[characters[lines.starts[candidates] + at] == byte]
    result[candidates] = True
    return result


def join_lines(lines: Lines, keep: NDArray[np.bool_]) -> bytes:
    """The chosen lines as one block of bytes, each ended by a line feed."""
    chosen = np.flatnonzero(keep)
    breaks = np.flatnonzero(np.diff(chosen) > 1) + 1
    runs = np.split(chosen, breaks)
    blocks = [lines.data[lines.starts[run[0]] : lines.ends[run[-1]]] for run in runs]
    return b"\n".join(blocks) + b"\n"


def _places(data: bytes, byte: int) -> Ints:
    return np.flatnonzero(np.frombuffer(data, dtype=np.uint8) == byte).astype(np.int64)


def _between(places: Ints, lines: Lines) -> Ints:
    found = np.searchsorted(places, lines.ends) - np.searchsorted(places, lines.starts)
    return found.astype(np.int64)
