"""An OpenAI-compatible server on a real socket that behaves as badly as a test wants."""

import asyncio
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from typing import Any

import msgspec
import uvicorn

Send = Callable[[Any], Any]


@dataclass
class Script:
    """How the server answers each call.

    `tokens` come `pause_s` apart. `then`: `done` ends well, `break` closes the connection,
    `hang` says nothing more, `end` just stops. `raw` is sent instead of tokens.
    """

    tokens: tuple[str, ...] = ("Gerne", " helfe", " ich", " Ihnen", ".")
    status: int = 200
    pause_s: float = 0.0
    then: str = "done"
    raw: bytes | None = None
    usage: tuple[int, int] | None = (120, 30)
    headers: tuple[tuple[bytes, bytes], ...] = ()


@dataclass
class AiServer:
    """`script` may be changed between calls; `asked` holds the bodies, `left` counts hang-ups.

    `scripts` come first, one for each call.
    """

    script: Script = field(default_factory=Script)
    scripts: list[Script] = field(default_factory=list)
    asked: list[dict[str, Any]] = field(default_factory=list)
    keys: list[str] = field(default_factory=list)
    left: int = 0
    address: str = ""

    async def __call__(self, scope: Any, receive: Any, send: Send) -> None:
        if scope["type"] != "http":
            return
        script = self.scripts.pop(0) if self.scripts else self.script
        self.asked.append(msgspec.json.decode(await _body(receive)))
        self.keys.append(dict(scope["headers"]).get(b"authorization", b"").decode())
        kind = b"text/event-stream" if script.status == 200 else b"application/json"
        await send(
            {
                "type": "http.response.start",
                "status": script.status,
                "headers": [(b"content-type", kind), *script.headers],
            }
        )
        if script.status != 200:
            await send({"type": "http.response.body", "body": b'{"error":{"message":"no"}}'})
            return
        speaking = asyncio.create_task(self._speak(script, send))
        gone = asyncio.create_task(_until_gone(receive))
        await asyncio.wait({speaking, gone}, return_when=asyncio.FIRST_COMPLETED)
        if not speaking.done():
            self.left += 1
            speaking.cancel()
        gone.cancel()
        if not speaking.cancelled() and speaking.done():
            speaking.result()

    async def _speak(self, script: Script, send: Send) -> None:
        if script.raw is not None:
            await _more(send, script.raw)
        else:
            for token in script.tokens:
                await _more(send, _chunk(token))
                await asyncio.sleep(script.pause_s)
        if script.then == "hang":
            await asyncio.sleep(600)
        if script.then == "break":
            raise ConnectionAbortedError
        if script.then == "done" and script.raw is None:
            await _more(send, _ending(script.usage))
        await send({"type": "http.response.body", "body": b"", "more_body": False})


@asynccontextmanager
async def serving(script: Script | None = None) -> AsyncIterator[AiServer]:
    """The server on a free port of this machine."""
    ai = AiServer(script or Script())
    config = uvicorn.Config(ai, port=0, log_level="critical", access_log=False, lifespan="off")
    server = uvicorn.Server(config)
    running = asyncio.create_task(server.serve())
    while not server.started:  # noqa: ASYNC110  # uvicorn has no event for it
        await asyncio.sleep(0.005)
    port = server.servers[0].sockets[0].getsockname()[1]
    ai.address = f"http://127.0.0.1:{port}/v1"
    try:
        yield ai
    finally:
        server.should_exit = True
        server.force_exit = True
        await running


def _chunk(token: str) -> bytes:
    delta = {"content": token}
    return _line({"choices": [{"index": 0, "delta": delta, "finish_reason": None}]})


def _ending(usage: tuple[int, int] | None) -> bytes:
    end = _line({"choices": [{"index": 0, "delta": {}, "finish_reason": "stop"}]})
    if usage is not None:
        counted = {"prompt_tokens": usage[0], "completion_tokens": usage[1]}
        end += _line({"choices": [], "usage": counted})
    return end + b"data: [DONE]\n\n"


def _line(chunk: dict[str, Any]) -> bytes:
    whole = {"id": "c", "object": "chat.completion.chunk", "model": "m", "created": 1} | chunk
    return b"data: " + msgspec.json.encode(whole) + b"\n\n"


async def _more(send: Send, body: bytes) -> None:
    await send({"type": "http.response.body", "body": body, "more_body": True})


async def _body(receive: Any) -> bytes:
    body = b""
    while True:
        message = await receive()
        body += message.get("body", b"")
        if not message.get("more_body"):
            return body


async def _until_gone(receive: Any) -> None:
    while (await receive())["type"] != "http.disconnect":
        pass
