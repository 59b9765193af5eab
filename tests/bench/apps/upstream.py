"""An OpenAI-compatible endpoint with fixed delays: plain ASGI, so that it costs little itself.

A question with the word KURZ gets five tokens, one with ENDLOS as many as somebody wants, any
other a hundred. They hold nothing that the
portal would keep back until the end of a sentence.
"""

import asyncio
from collections.abc import Iterator

FIRST_AFTER_S = 0.1
BETWEEN_S = 0.05
SHORT, LONG = 5, 100
KURZ, ENDLOS = "Kürbiskern".encode(), b"Endlos"
_OPEN = set()
_WORDS = ("Gerne ", "helfe ", "ich ", "weiter ", "und ", "schaue ", "mit", ". ")
_HEAD = {
    "type": "http.response.start",
    "status": 200,
    "headers": [(b"content-type", b"text/event-stream")],
}


async def app(scope, receive, send) -> None:
    if scope["type"] == "lifespan":
        await _live(receive, send)
        return
    body = b""
    while True:
        message = await receive()
        body += message.get("body", b"")
        if not message.get("more_body"):
            break
    await send(_HEAD)
    if scope["method"] == "POST":
        await _until_left(_speak(send, _count(body)), receive)
        return
    count = str(len(_OPEN)) if scope["path"] == "/open" else ""
    await send({"type": "http.response.body", "body": count.encode()})


def _count(body: bytes) -> int:
    if ENDLOS in body:
        return 100_000
    return SHORT if KURZ in body or b"K\\u00fcrbiskern" in body else LONG


async def _until_left(speaking, receive) -> None:
    task = asyncio.ensure_future(speaking)
    left = asyncio.ensure_future(receive())
    _OPEN.add(task)
    await asyncio.wait({task, left}, return_when=asyncio.FIRST_COMPLETED)
    _OPEN.discard(task)
    task.cancel()
    left.cancel()


async def _speak(send, count: int) -> None:
    """Each token at its own time, so that a late one does not delay those behind it."""
    clock = asyncio.get_running_loop().time
    due = clock() + FIRST_AFTER_S
    for chunk in _chunks(count):
        await asyncio.sleep(max(0.0, due - clock()))
        await send({"type": "http.response.body", "body": chunk, "more_body": True})
        due += BETWEEN_S
    await send({"type": "http.response.body", "body": b""})


def _chunks(count: int) -> Iterator[bytes]:
    start = b'data: {"id":"1","object":"chat.completion.chunk","choices":[{"index":0,"delta":'
    for number in range(count):
        word = _WORDS[number % len(_WORDS)].encode()
        yield start + b'{"content":"' + word + b'"},"finish_reason":null}]}\n\n'
    usage = b'data: {"choices":[],"usage":{"prompt_tokens":400,"completion_tokens":%d}}\n\n' % count
    yield start + b'{},"finish_reason":"stop"}]}\n\n' + usage + b"data: [DONE]\n\n"


async def _live(receive, send) -> None:
    while True:
        message = await receive()
        await send({"type": f"{message['type']}.complete"})
        if message["type"] == "lifespan.shutdown":
            return
