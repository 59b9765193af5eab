"""The transcript on this machine's disk: every answer is safe before anything else happens.

It is what `carbot obd decode` reads. The stream to the portal is filled from the same entries, so
whatever a broken line held back is sent later.
"""

import os
from collections import deque
from collections.abc import Sequence
from datetime import datetime
from pathlib import Path
from typing import NamedTuple, TextIO


class Entry(NamedTuple):
    """One question with its answer. `number` counts from 1; `at_s` seconds since the start."""

    number: int
    at_s: float
    request: str
    lines: tuple[str, ...]


class Transcript:
    """Appends; each entry is on the disk when `write` returns."""

    def __init__(self, path: Path, started_at: datetime) -> None:
        self.path, self.started_at = path, started_at
        self.count = 0
        path.parent.mkdir(parents=True, exist_ok=True)
        self._file: TextIO = path.open("x", encoding="utf-8", newline="\r\n")

    def write(self, moment: datetime, request: str, lines: Sequence[str]) -> Entry:
        stamp = f"{moment:%Y-%m-%d %H:%M:%S}.{moment.microsecond // 1000:03d}"
        self._file.write("\n".join([f"[{stamp}] >{request}", *lines, "", ""]))
        self._file.flush()
        os.fsync(self._file.fileno())
        self.count += 1
        elapsed = (moment - self.started_at).total_seconds()
        return Entry(self.count, round(elapsed, 3), request, tuple(lines))

    def close(self) -> None:
        self._file.write(">\n")
        self._file.close()


class Unsent:
    """Entries that the portal has not acknowledged: the newest `MOST`; the file has them all."""

    MOST = 200_000

    def __init__(self) -> None:
        self._entries: deque[Entry] = deque(maxlen=self.MOST)

    def add(self, entry: Entry) -> None:
        self._entries.append(entry)

    def acknowledged(self, number: int) -> None:
        while self._entries and self._entries[0].number <= number:
            self._entries.popleft()

    def after(self, number: int, most: int) -> list[Entry]:
        """The next entries, oldest first."""
        found = []
        for entry in self._entries:
            if entry.number > number:
                found.append(entry)
                if len(found) == most:
                    break
        return found

    def __len__(self) -> int:
        return len(self._entries)
