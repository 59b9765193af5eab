"""Which process serves a folder, and for whom: the file `running.json` beside the data.

A process id alone says little, because ids are used again. With the time at which the process
began, it names one process. Both times come from the kernel, so they compare as equal but for
rounding and a clock that was set in between.
"""

import json
import signal
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Self

import psutil

CLOCK_SLACK = 5.0  # seconds
PATIENCE = 10.0  # seconds that a server gets to end in order


@dataclass(frozen=True)
class Seen:
    """One process, named so that a later process with the same id is not mistaken for it."""

    pid: int
    began: float

    @classmethod
    def now(cls, pid: int) -> Self:
        return cls(pid, psutil.Process(pid).create_time())

    @property
    def is_alive(self) -> bool:
        return self._process() is not None

    def end(self, gentle: signal.Signals = signal.SIGTERM) -> None:
        """Ask, wait, insist. Returns once the process is gone."""
        for number in (gentle, signal.SIGKILL):
            process = self._process()
            if process is None:
                return
            try:
                process.send_signal(number)
                process.wait(PATIENCE)
            except psutil.NoSuchProcess:
                return
            except psutil.TimeoutExpired:
                continue

    def _process(self) -> psutil.Process | None:
        try:
            process = psutil.Process(self.pid)
            same = abs(process.create_time() - self.began) < CLOCK_SLACK
            return process if same and process.status() != psutil.STATUS_ZOMBIE else None
        except psutil.NoSuchProcess:
            return None


@dataclass(frozen=True)
class Running:
    server: Seen
    owner: Seen
    port: int

    @property
    def is_in_use(self) -> bool:
        return self.server.is_alive and self.owner.is_alive

    @classmethod
    def read(cls, home: Path) -> Self | None:
        try:
            found = json.loads(_file(home).read_text())
            return cls(Seen(**found["server"]), Seen(**found["owner"]), found["port"])
        except (OSError, ValueError, KeyError, TypeError):
            return None  # never started, or cut off while it was written: then nothing runs

    def write(self, home: Path) -> None:
        _file(home).write_text(json.dumps(asdict(self)))


def _file(home: Path) -> Path:
    return home / "running.json"
