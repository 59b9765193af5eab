"""Processes of a bench: started on a free port, watched through /proc, ended by their own id."""

import asyncio
import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import AsyncIterator, Awaitable, Callable, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass
from pathlib import Path

import psutil

ROOT = Path(__file__).parents[2]
READY_WITHIN_S = 60.0
UVICORN = (
    *("--host", "127.0.0.1", "--log-level", "warning", "--no-access-log", "--no-server-header"),
    *("--timeout-graceful-shutdown", "1"),
)


class EndedEarly(Exception):
    """A process was gone before it was ready; its log is in the bench's home."""


@dataclass
class Process:
    child: subprocess.Popen[bytes]
    port: int
    ready_s: float
    ready_cpu_s: float

    @property
    def cpu_s(self) -> float:
        return cpu_of(self.child)

    @property
    def memory_mb(self) -> float:
        """Resident, of the process and of its children."""
        root = psutil.Process(self.child.pid)
        family = [root, *root.children(recursive=True)]
        return sum(one.memory_info().rss for one in family) / 1e6


def uvicorn(app: str, port: int, *, factory: bool = False) -> list[str]:
    """The command of `carbot serve`, for any application."""
    command = [sys.executable, "-m", "uvicorn", app, "--port", str(port), *UVICORN]
    return [*command, "--factory"] if factory else command


@asynccontextmanager
async def started(
    command: Sequence[str], port: int, ready_path: str, log: Path, environment: dict[str, str]
) -> AsyncIterator[Process]:
    """The process once it answers 200 at `ready_path`; ended on leaving."""
    began = time.perf_counter()
    child = launched(command, log, environment)
    try:
        await until(lambda: _answers(child, port, ready_path), READY_WITHIN_S)
        yield Process(child, port, time.perf_counter() - began, cpu_of(child))
    finally:
        await end(child)


def cpu_of(child: subprocess.Popen[bytes]) -> float:
    times = psutil.Process(child.pid).cpu_times()
    return times.user + times.system


def launched(
    command: Sequence[str], log: Path, environment: dict[str, str]
) -> subprocess.Popen[bytes]:
    with log.open("wb") as output:
        return subprocess.Popen(
            command, cwd=ROOT, env={**os.environ, **environment}, stdout=output, stderr=output
        )


async def until(is_so: Callable[[], Awaitable[bool]], seconds: float) -> None:
    """Ask again every 10 ms. Raises TimeoutError."""
    async with asyncio.timeout(seconds):
        while not await is_so():  # noqa: ASYNC110  # another process cannot set our event
            await asyncio.sleep(0.01)


async def end(child: subprocess.Popen[bytes]) -> None:
    child.send_signal(signal.SIGTERM)
    try:
        await asyncio.to_thread(child.wait, 5)
    except subprocess.TimeoutExpired:
        child.kill()
        await asyncio.to_thread(child.wait)


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


async def _answers(child: subprocess.Popen[bytes], port: int, path: str) -> bool:
    if child.poll() is not None:
        raise EndedEarly(f"{child.args} ended with {child.returncode}")
    try:
        reader, writer = await asyncio.open_connection("127.0.0.1", port)
    except OSError:
        return False
    writer.write(f"GET {path} HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n".encode())
    try:
        return (await reader.readline()).split(b" ")[1:2] == [b"200"]
    except OSError:
        return False
    finally:
        writer.close()
