"""Several programs run as one: they start together, serve together and end together.

    app = Process("app", [sys.executable, "-m", "…"], {"PORTAL_MODE": "demo"}, "http://127.0.0.1:…")
    code = run([app, worker], print_table, home=Path(".portal"))

Ports are those of the `ready_url`s. Output of a process goes to `home/logs/<name>.log`; when it
crashes, its last lines come to the terminal and it starts again. Ctrl-C and SIGTERM end all, last
started first. Should this process be killed, Linux ends them; elsewhere the next start does.
"""

import errno
import signal
import socket
import sys
import threading
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import closing, contextmanager
from pathlib import Path
from urllib.parse import urlsplit

from portal.demo.child import Child, Process
from portal.kit.text import _

__all__ = ["Process", "first_taken_port", "run"]

READY_WITHIN = 60.0  # seconds from start to the first answer
END_WITHIN = 8.0  # seconds that all processes together get to end in order
TICK = 0.1  # seconds


def run(processes: Sequence[Process], on_ready: Callable[[], None], *, home: Path) -> int:
    """Run until Ctrl-C or SIGTERM (returns 0), or until the start fails (returns 1)."""
    children = [Child(process, home) for process in processes]
    for child in children:
        child.end_leftover()
    if sentence := first_taken_port(processes):
        return _fail(sentence)
    with _asked_to_end() as asked:
        try:
            return _serve(children, on_ready, asked)
        finally:
            _end(children)


def first_taken_port(processes: Sequence[Process]) -> str:
    """A sentence about the first port that is not to be had; empty when all are free."""
    for process in processes:
        where = urlsplit(process.ready_url or "")
        if where.hostname and where.port:
            code = _listening_fails_with(where.hostname, where.port)
            if code == errno.EACCES:
                return _("You may not listen on port %(port)s.", port=where.port)
            if code:
                return _(
                    "Port %(port)s is in use. End the program that uses it, or choose other ports"
                    " with PORTAL_PORT and PORTAL_SITE_PORT.",
                    port=where.port,
                )
    return ""


def _serve(children: list[Child], on_ready: Callable[[], None], asked: threading.Event) -> int:
    for child in children:
        child.start()
    if problem := _wait_until_ready(children, asked):
        return _fail(problem)
    if not asked.is_set():
        on_ready()
        sys.stdout.flush()  # whoever reads through a pipe sees the addresses now
    while not asked.wait(TICK):
        for child in children:
            if child.start_again_when_due():
                _show_end_of_log(child)
    return 0


def _wait_until_ready(children: list[Child], asked: threading.Event) -> str:
    deadline = time.monotonic() + READY_WITHIN
    waiting = list(children)
    while waiting and not asked.wait(TICK):
        for child in waiting:
            if child.has_ended or time.monotonic() > deadline:
                _show_end_of_log(child)
                return _(
                    "%(name)s did not start. Its log: %(log)s",
                    name=child.process.name,
                    log=child.log,
                )
        waiting = [child for child in waiting if not child.is_ready]
    return ""


def _end(children: list[Child]) -> None:
    deadline = time.monotonic() + END_WITHIN
    for child in reversed(children):
        child.end(within=max(deadline - time.monotonic(), TICK))


@contextmanager
def _asked_to_end() -> Iterator[threading.Event]:
    """An event that Ctrl-C or SIGTERM sets, instead of an exception in the middle of a step."""
    asked = threading.Event()
    wanted = (signal.SIGINT, signal.SIGTERM)
    before = {number: signal.signal(number, lambda *_: asked.set()) for number in wanted}
    try:
        yield asked
    finally:
        for number, handler in before.items():
            signal.signal(number, handler)


def _listening_fails_with(host: str, port: int) -> int:
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    with closing(socket.socket(family)) as probe:
        # Ports of connections that ended a moment ago count as free, as they do for the servers.
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((host, port))
            probe.listen(1)
        except OSError as error:
            return error.errno or errno.EADDRINUSE
    return 0


def _show_end_of_log(child: Child) -> None:
    for line in child.last_lines():
        print(f"{child.process.name} | {line}", file=sys.stderr)


def _fail(sentence: str) -> int:
    print(sentence, file=sys.stderr)
    return 1
