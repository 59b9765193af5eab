"""What both embedded servers share: start once, attach, come back after a kill, end in order."""

import atexit
import os
import secrets
import shutil
import signal
import socket
import subprocess
import sys
import threading
import time
from abc import ABC, abstractmethod
from pathlib import Path
from types import TracebackType
from typing import ClassVar, Generic, TypeVar

from portal.kit.embedded.errors import ServerDidNotStart
from portal.kit.embedded.places import (
    Account,
    mark_throwaway,
    one_at_a_time,
    prepare_home,
    write_private,
)
from portal.kit.embedded.running import PATIENCE, Running, Seen
from portal.kit.text import _

HOST = "127.0.0.1"
TETHER = Path(__file__).with_name("tether.py")
START_WITHIN = 60.0  # seconds; recovery after a crash replays the log first
LOG_LIMIT = 10_000_000  # bytes

Address = TypeVar("Address")


class Server(ABC, Generic[Address]):
    """A program from a wheel that serves one folder."""

    name: ClassVar[str]
    end_signal: ClassVar[signal.Signals]

    def __init__(self, root: Path, *, durable: bool) -> None:
        self.root = Path(root)
        self.durable = durable
        self.account: Account | None = None
        self.home = self.root
        self._child: subprocess.Popen[bytes] | None = None
        self._starter = 0

    def start(self) -> Address:
        """Start or attach. Raises EmbeddedUnavailable, ServerDidNotStart."""
        try:
            self.home, self.account = prepare_home(self.root)
            if not self.durable:
                mark_throwaway(self.home)
            with one_at_a_time(self.home):
                return self._attach_or_launch()
        except PermissionError as error:
            raise ServerDidNotStart(
                _("%(path)s belongs to another user.", path=error.filename or self.root)
            ) from error

    def stop(self) -> None:
        """End the server if this object started it; harmless otherwise and when repeated."""
        child, self._child = self._child, None
        if child is None or self._starter != os.getpid():
            return
        atexit.unregister(self.stop)
        with one_at_a_time(self.home):
            _end(child, self.end_signal)
            self._forget_throwaway()
        if not self.durable:
            shutil.rmtree(self.home, ignore_errors=True)

    def __enter__(self) -> Address:
        return self.start()

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.stop()

    @property
    def data(self) -> Path:
        return self.home / "data"

    @property
    def log(self) -> Path:
        return self.home / "log"

    def password(self) -> str:
        """The random password, made at the first start."""
        path = self.home / "password"
        if not path.exists() or not path.read_text():
            write_private(path, secrets.token_urlsafe(18), self.account)
        return path.read_text()

    def _attach_or_launch(self) -> Address:
        running = Running.read(self.home)
        if running and running.is_in_use:
            return self._address(running.port)
        if running:
            running.server.end(self.end_signal)
        self._forget_throwaway()
        if self.log.exists() and self.log.stat().st_size > LOG_LIMIT:
            self.log.replace(self.log.with_suffix(".old"))
        self._prepare()
        return self._address(self._launch(_port_like(running.port if running else 0)))

    def _forget_throwaway(self) -> None:
        if not self.durable:
            shutil.rmtree(self.data, ignore_errors=True)

    def _launch(self, port: int) -> int:
        """Start until it serves; returns the port, which differs if another program was quicker."""
        deadline = time.monotonic() + START_WITHIN
        while time.monotonic() < deadline:
            said_before = self.log.stat().st_size if self.log.exists() else 0
            child = self._spawn(self._command(port))
            if self._comes_up(child, port, deadline):
                self._own(child, port)
                return port
            _end(child, signal.SIGKILL)
            said = self.log.read_bytes()[said_before:].decode(errors="replace")
            if "Address already in use" in said:
                port = _port_like(0)
            elif not self._mend(said):
                raise self._did_not_start(said)
            time.sleep(0.1)
        raise self._did_not_start("")

    def _spawn(self, command: list[str]) -> subprocess.Popen[bytes]:
        with self.log.open("ab") as log:
            return subprocess.Popen(  # noqa: S603 - our own program, no shell
                tethered(command, self.end_signal, self.account),
                stdin=subprocess.DEVNULL,
                stdout=log,
                stderr=subprocess.STDOUT,
                cwd=self.home,
                env=self._environment(),
                start_new_session=True,  # Ctrl-C reaches us, and we end the server in order
            )

    def _comes_up(self, child: subprocess.Popen[bytes], port: int, deadline: float) -> bool:
        while time.monotonic() < deadline and child.poll() is None:
            if self._is_ready(child.pid, port):
                return True
            time.sleep(0.01)
        return False

    def _own(self, child: subprocess.Popen[bytes], port: int) -> None:
        self._child = child
        self._starter = os.getpid()
        Running(Seen.now(child.pid), Seen.now(os.getpid()), port).write(self.home)
        atexit.register(self.stop)

    def _environment(self) -> dict[str, str]:
        kept = {key: value for key, value in os.environ.items() if not key.startswith("PG")}
        return {**kept, "LC_ALL": "C", "HOME": str(self.home)}

    def _did_not_start(self, said: str) -> ServerDidNotStart:
        return ServerDidNotStart(
            _(
                "%(name)s did not start. Its log %(log)s ends with:\n%(lines)s",
                name=self.name,
                log=self.log,
                lines="\n".join(said.splitlines()[-8:]),
            )
        )

    def _mend(self, said: str) -> bool:  # noqa: ARG002 - for servers that know better
        """Repair what the log complains about; True when another try is worth it."""
        return False

    @abstractmethod
    def _prepare(self) -> None: ...

    @abstractmethod
    def _command(self, port: int) -> list[str]: ...

    @abstractmethod
    def _is_ready(self, pid: int, port: int) -> bool: ...

    @abstractmethod
    def _address(self, port: int) -> Address: ...


def tethered(
    command: list[str], number: signal.Signals, account: Account | None = None
) -> list[str]:
    """The command, made to run as the account and, on Linux, to end with this process.

    Linux ties a child to the thread that started it, so only the main thread may tie one.
    """
    tie = threading.current_thread() is threading.main_thread()
    who = f"{account.uid}:{account.gid}" if account else "-"
    how = [str(os.getpid()), str(int(number) if tie else 0), who]
    return [sys.executable, "-I", "-S", str(TETHER), *how, *command]


def _end(child: subprocess.Popen[bytes], number: signal.Signals) -> None:
    child.send_signal(number)
    try:
        child.wait(PATIENCE)
    except subprocess.TimeoutExpired:
        child.kill()
        child.wait()


def _port_like(wanted: int) -> int:
    """The wanted port while it is free, else any free one."""
    for port in (wanted, 0):
        with socket.socket() as probe:
            probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            try:
                probe.bind((HOST, port))
            except OSError:
                continue
            return int(probe.getsockname()[1])
    raise ServerDidNotStart(_("No free port on %(host)s.", host=HOST))
