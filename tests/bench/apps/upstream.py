"""An OpenAI-compatible endpoint with fixed delays, bare on its sockets, so that it costs little.

A question with the word KURZ gets five tokens, one with ENDLOS as many as somebody wants, any
other a hundred. They hold nothing that the portal would keep back until the end of a sentence.
Each token has its own time, so that a late one does not delay those behind it. It is a program:
`python -m tests.bench.apps.upstream PORT`.
"""

import asyncio
import sys

import uvloop

FIRST_AFTER_S = 0.1
BETWEEN_S = 0.05
SHORT, LONG, WITHOUT_END = 5, 100, 100_000
KURZ, ENDLOS = ("Kürbiskern".encode(), rb"K\u00fcrbiskern"), b"Endlos"
_WORDS = ("So# ", *("la# ", "tu# ", "ra# ", "fi# ", "lo# ", "mi# ") * 3, "da#. ")
"""Short, so that an endless answer reaches the longest that may be said after a minute only."""
MARK = b"#"
"""Once in each token, and in nothing else that is sent: tokens that travel together are counted."""
_HEAD = b"HTTP/1.1 200 OK\r\ncontent-type: text/event-stream\r\ntransfer-encoding: chunked\r\n\r\n"
_START = b'data: {"id":"1","object":"chat.completion.chunk","choices":[{"index":0,"delta":'
_STOP = _START + b'{},"finish_reason":"stop"}]}\n\n'
_open: set["Speaker"] = set()


def _chunk(body: bytes) -> bytes:
    return b"%x\r\n%s\r\n" % (len(body), body)


_TOKENS = [
    _chunk(_START + b'{"content":"' + word.encode() + b'"},"finish_reason":null}]}\n\n')
    for word in _WORDS
]


def _ending(count: int) -> bytes:
    usage = b'data: {"choices":[],"usage":{"prompt_tokens":400,"completion_tokens":%d}}\n\n' % count
    return _chunk(_STOP + usage + b"data: [DONE]\n\n") + _chunk(b"")


class Speaker(asyncio.Protocol):
    """One connection: a request at a time, and its answer."""

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        self._transport = transport
        self._loop = asyncio.get_running_loop()
        self._asked = b""
        self._timer = None

    def connection_lost(self, _error: Exception | None) -> None:
        self._rest()

    def data_received(self, data: bytes) -> None:
        self._asked += data
        head, is_whole, body = self._asked.partition(b"\r\n\r\n")
        if not is_whole or len(body) < _length(head):
            return
        self._asked = b""
        if head.startswith(b"POST"):
            self._begin(body)
        else:
            said = str(len(_open)).encode()
            self._transport.write(b"HTTP/1.1 200 OK\r\ncontent-length: %d\r\n\r\n" % len(said))
            self._transport.write(said)

    def _begin(self, body: bytes) -> None:
        is_short = any(word in body for word in KURZ)
        self._said, self._count = 0, SHORT if is_short else LONG
        if ENDLOS in body:
            self._count = WITHOUT_END
        _open.add(self)
        self._transport.write(_HEAD)
        self._due = self._loop.time() + FIRST_AFTER_S
        self._timer = self._loop.call_at(self._due, self._say)

    def _say(self) -> None:
        if self._said == self._count:
            self._transport.write(_ending(self._count))
            self._rest()
            return
        self._transport.write(_TOKENS[self._said % len(_TOKENS)])
        self._said += 1
        self._due += BETWEEN_S if self._said < self._count else 0.0
        self._timer = self._loop.call_at(self._due, self._say)

    def _rest(self) -> None:
        _open.discard(self)
        if self._timer is not None:
            self._timer.cancel()


def _length(head: bytes) -> int:
    for line in head.lower().split(b"\r\n"):
        if line.startswith(b"content-length:"):
            return int(line[15:])
    return 0


async def serve(port: int) -> None:
    server = await asyncio.get_running_loop().create_server(Speaker, "127.0.0.1", port)
    await server.serve_forever()


if __name__ == "__main__":
    uvloop.run(serve(int(sys.argv[1])))
