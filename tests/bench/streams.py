"""Readers of event streams: when the first token came, and how many there were."""

import asyncio
from time import perf_counter

END = b"\r\n0\r\n\r\n"
KEPT = 16
"""Bytes of what came before: longer than the end and than any mark."""


class Refused(Exception):
    """A stream was answered with a problem, or ended without a token."""


class Reader(asyncio.Protocol):
    """Sends one request and looks for `mark` in what comes; `over` is set at the end."""

    def __init__(self, request: bytes, mark: bytes) -> None:
        self._request, self._mark = request, mark
        self._head = b""
        self._tail = b""
        self.tokens = 0
        self.first_ms: float | None = None
        self.has_begun = asyncio.get_running_loop().create_future()
        self.is_over = asyncio.get_running_loop().create_future()

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        self._transport = transport
        self._sent = perf_counter()
        transport.write(self._request)

    def data_received(self, data: bytes) -> None:
        if len(self._head) < 400:
            self._head += data[:400]
        seen = self._tail + data
        self._tail = seen[-KEPT:]
        found = seen.count(self._mark, max(0, len(seen) - len(data) - len(self._mark) + 1))
        self.tokens += found
        if found and self.first_ms is None:
            self.first_ms = (perf_counter() - self._sent) * 1000
            if not self.has_begun.done():  # a measure that ends too soon has given it up
                self.has_begun.set_result(None)
        if seen.endswith(END):
            self._transport.close()

    def connection_lost(self, _error: Exception | None) -> None:
        if not self.has_begun.done():
            self.has_begun.set_exception(Refused(self._head.decode(errors="replace")))
        if not self.is_over.done():
            self.is_over.set_result(None)

    def listen_for(self, mark: bytes) -> None:
        """From now on for something else, and counted anew."""
        self._mark, self._tail = mark, b""
        self.tokens, self.first_ms, self._sent = 0, None, perf_counter()

    def leave(self) -> None:
        self._transport.close()


async def opened(port: int, request: bytes, mark: bytes) -> Reader:
    loop = asyncio.get_running_loop()
    _, reader = await loop.create_connection(lambda: Reader(request, mark), "127.0.0.1", port)
    return reader


def get(path: str, **headers: str) -> bytes:
    lines = [f"GET {path} HTTP/1.1", "Host: 127.0.0.1"]
    lines += [f"{name}: {value}" for name, value in headers.items()]
    return "\r\n".join([*lines, "", ""]).encode()


def post(path: str, body: bytes, **headers: str) -> bytes:
    lines = [f"POST {path} HTTP/1.1", "Host: 127.0.0.1", "Content-Type: application/json"]
    lines += [f"{name}: {value}" for name, value in headers.items()]
    return "\r\n".join([*lines, f"Content-Length: {len(body)}", "", ""]).encode() + body
