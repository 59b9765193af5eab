"""One program that the demo runs: its log, its leftovers, its next start after a crash."""

import os
import signal
import subprocess
import time
import urllib.error
import urllib.request
from collections.abc import Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path

from portal.kit.embedded.running import Running, Seen
from portal.kit.embedded.server import tethered

CALM_AFTER = 30.0  # seconds that a process must live for its crashes to be forgotten
FIRST_PAUSE, LONGEST_PAUSE = 0.5, 15.0  # seconds before a crashed process starts again
LOG_LIMIT = 10_000_000  # bytes
LINES_SHOWN = 12


@dataclass(frozen=True)
class Process:
    """A program to run; ready once `ready_url` answers with a status below 500."""

    name: str
    command: Sequence[str]
    env: Mapping[str, str] = field(default_factory=dict)
    ready_url: str | None = None


class Child:
    def __init__(self, process: Process, home: Path) -> None:
        self.process = process
        self.log = home / "logs" / f"{process.name}.log"
        self.note = home / "processes" / process.name
        self._running: subprocess.Popen[bytes] | None = None
        self._started_at = 0.0
        self._pause = 0.0
        self._again_at: float | None = None

    def end_leftover(self) -> None:
        """End what a killed parent of an earlier run left behind; spare a living one's."""
        left = Running.read(self.note)
        if left and not left.owner.is_alive:
            left.server.end()

    def start(self) -> None:
        self.log.parent.mkdir(parents=True, exist_ok=True)
        if self.log.exists() and self.log.stat().st_size > LOG_LIMIT:
            self.log.replace(self.log.with_suffix(".old"))
        with self.log.open("ab") as log:
            self._running = subprocess.Popen(  # noqa: S603 - commands of the portal, no shell
                tethered([str(part) for part in self.process.command], signal.SIGTERM),
                stdin=subprocess.DEVNULL,
                stdout=log,
                stderr=subprocess.STDOUT,
                env={**os.environ, "PYTHONUNBUFFERED": "1", **self.process.env},
                start_new_session=True,  # Ctrl-C comes to us, and we end the children in order
            )
        self._started_at = time.monotonic()
        self._again_at = None
        self.note.mkdir(parents=True, exist_ok=True)
        Running(Seen.now(self._running.pid), Seen.now(os.getpid()), port=0).write(self.note)

    @property
    def has_ended(self) -> bool:
        return self._running is not None and self._running.poll() is not None

    @property
    def is_ready(self) -> bool:
        if self.process.ready_url is None:
            return True
        try:
            with urllib.request.urlopen(self.process.ready_url, timeout=2):  # noqa: S310 - ours
                return True
        except urllib.error.HTTPError as answer:
            answer.close()
            return answer.code < 500
        except OSError:
            return False

    def start_again_when_due(self) -> bool:
        """True once for each crash. Waits longer each time: a broken one must not fill a core."""
        if not self.has_ended:
            return False
        now = time.monotonic()
        if self._again_at is None:
            calm = now - self._started_at > CALM_AFTER
            self._pause = FIRST_PAUSE if calm else min(self._pause * 2, LONGEST_PAUSE)
            self._pause = max(self._pause, FIRST_PAUSE)
            self._again_at = now + self._pause
            return True
        if now >= self._again_at:
            self.start()
        return False

    def end(self, *, within: float) -> None:
        """Ask it to end; after `within` seconds it and all it started are killed."""
        if self._running is None:
            return
        self._running.terminate()
        try:
            self._running.wait(within)
        except subprocess.TimeoutExpired:
            with suppress(ProcessLookupError):
                os.killpg(self._running.pid, signal.SIGKILL)
            self._running.wait()

    def last_lines(self) -> list[str]:
        if not self.log.exists():
            return []
        with self.log.open("rb") as log:
            log.seek(max(self.log.stat().st_size - 8_000, 0))
            return log.read().decode(errors="replace").splitlines()[-LINES_SHOWN:]
