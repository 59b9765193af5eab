"""Server-sent events: frames, and responses that end when their reader has gone."""

from collections.abc import AsyncGenerator, Callable
from typing import Any

import msgspec
from litestar.background_tasks import BackgroundTask
from litestar.response import Stream

HEARTBEAT_S = 20.0
HEARTBEAT = b": still here\n\n"
_HEADERS = {"Cache-Control": "no-store", "X-Accel-Buffering": "no"}

Frames = AsyncGenerator[bytes, None]


def frame(event: str, data: Any, *, id: int | str | None = None) -> bytes:  # noqa: A002  # the name in the protocol
    """One event with a JSON body, which has no line breaks."""
    mark = f"id: {id}\n" if id is not None else ""
    return f"{mark}event: {event}\ndata: ".encode() + msgspec.json.encode(data) + b"\n\n"


def html_frame(event: str, html: str, *, id: str | None = None) -> bytes:  # noqa: A002  # the name in the protocol
    mark = f"id: {id}\n" if id is not None else ""
    lines = "".join(f"data: {line}\n" for line in html.splitlines() if line.strip())
    return f"{mark}event: {event}\n{lines}\n".encode()


def event_stream(frames: Frames, let_go: Callable[[], object] | None = None) -> Stream:
    """The response; the generator is closed at once when the reader goes, wherever it stands.

    `let_go` follows even where the reader was gone before the first frame: a generator that has
    not begun has no end of its own.
    """

    async def end() -> None:
        await frames.aclose()
        if let_go is not None:
            let_go()

    return Stream(
        frames,
        status_code=200,
        media_type="text/event-stream",
        headers=_HEADERS,
        background=BackgroundTask(end),
    )
