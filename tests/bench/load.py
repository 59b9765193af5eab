"""A load generator: keep-alive connections on 127.0.0.1, each sends again when it was answered."""

import asyncio
import itertools
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from time import perf_counter

from tests.bench.figures import percentile


class WrongAnswer(Exception):
    """The address answered something else than 200: its speed says nothing."""


@dataclass
class Load:
    """What one burst of load found; latencies in milliseconds."""

    seconds: float = 0.0
    latencies: list[float] = field(default_factory=list)
    statuses: Counter[int] = field(default_factory=Counter)
    cpu_us: float = 0.0

    @property
    def per_second(self) -> float:
        return len(self.latencies) / self.seconds

    @property
    def p95(self) -> float:
        return percentile(self.latencies, 0.95)


async def burst(
    port: int, requests: Sequence[bytes], *, seconds: float, parallel: int = 50
) -> Load:
    """Every connection takes the next request of the list in turn. Raises WrongAnswer."""
    found = Load()
    turn = itertools.cycle(requests)
    loop = asyncio.get_running_loop()
    began = perf_counter()
    opened = [
        await loop.create_connection(
            lambda: _Caller(found, turn, began + seconds), "127.0.0.1", port
        )
        for _ in range(parallel)
    ]
    async with asyncio.timeout(seconds + 10):
        await asyncio.gather(*(caller.over for _, caller in opened))
    found.seconds = perf_counter() - began
    if set(found.statuses) - {200}:
        raise WrongAnswer(f"answered {dict(found.statuses)}")
    return found


def get(path: str, **headers: str) -> bytes:
    """A request as bytes; underscores in names of headers become hyphens."""
    lines = [f"GET {path} HTTP/1.1", "Host: 127.0.0.1"]
    lines += [f"{name.replace('_', '-')}: {value}" for name, value in headers.items()]
    return "\r\n".join([*lines, "", ""]).encode()


class _Caller(asyncio.Protocol):
    def __init__(self, found: Load, turn: Iterator[bytes], ends: float) -> None:
        self.found, self.turn, self.ends = found, turn, ends
        self.over: asyncio.Future[None] = asyncio.get_running_loop().create_future()
        self.buffer = bytearray()
        self.sent = 0.0

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        self.transport = transport
        self._send()

    def data_received(self, data: bytes) -> None:
        self.buffer += data
        head_end = self.buffer.find(b"\r\n\r\n")
        if head_end < 0 or not self._is_whole(head_end + 4):
            return
        now = perf_counter()
        self.found.latencies.append((now - self.sent) * 1000)
        self.found.statuses[int(self.buffer[9:12])] += 1
        self.buffer.clear()
        if now < self.ends:
            self._send()
        else:
            self.transport.close()

    def connection_lost(self, _error: Exception | None) -> None:
        if self.buffer:
            self.found.statuses[0] += 1
        if not self.over.done():
            self.over.set_result(None)

    def _send(self) -> None:
        self.sent = perf_counter()
        self.transport.write(next(self.turn))

    def _is_whole(self, body_at: int) -> bool:
        head = bytes(self.buffer[:body_at]).lower()
        mark = head.find(b"content-length:")
        if mark < 0:
            return self.buffer.endswith(b"0\r\n\r\n")
        length = int(head[mark + 15 : head.find(b"\r", mark)])
        return len(self.buffer) >= body_at + length
