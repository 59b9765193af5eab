"""Many streams are read in gulps, a few as they come, and nothing is lost in between."""

import asyncio
from contextlib import AsyncExitStack, ExitStack, aclosing, asynccontextmanager, suppress

import msgspec
import pytest

from portal.ai.crowd import FEW, LONGEST_S, SHORTEST_S, Crowd
from portal.ai.open_ai import OpenAiCompatible, make_http
from portal.ai.providers import Message
from portal.kit.settings import AiProvider
from tests.makers.patience import PATIENCE_S

HEAD = b"HTTP/1.1 200 OK\r\ncontent-type: text/event-stream\r\ntransfer-encoding: chunked\r\n\r\n"
DONE = b"data: [DONE]\n\n"


def chunk(body):
    return b"%x\r\n%s\r\n" % (len(body), body)


def token(text):
    delta = {"choices": [{"delta": {"content": text}, "finish_reason": None}]}
    return chunk(b"data: " + msgspec.json.encode(delta) + b"\n\n")


class Speaker:
    """Says „a“; once its listener rests, says „b“, „c“ and „d“; knows when it was left."""

    def __init__(self):
        self.rests, self.has_spoken, self.is_left = (asyncio.Event() for _ in range(3))

    async def speak(self, reader, writer):
        await reader.readuntil(b"\r\n\r\n")
        writer.write(HEAD + token("a"))
        await self.rests.wait()
        for text in "bcd":
            writer.write(token(text))
            await writer.drain()
        writer.write(chunk(DONE) + chunk(b""))
        await writer.drain()
        self.has_spoken.set()
        with suppress(ConnectionError):
            while await reader.read(1000):
                pass
        self.is_left.set()
        writer.close()


@asynccontextmanager
async def listening(speaker, sleep):
    """What is said to somebody who is one of many."""
    crowd = Crowd(sleep)
    async with AsyncExitStack() as stack:
        server = await asyncio.start_server(speaker.speak, "127.0.0.1", 0)
        stack.push_async_callback(server.wait_closed)
        stack.callback(server.close)
        http = await stack.enter_async_context(make_http())
        for _ in range(FEW):
            stack.enter_context(crowd.joined())
        port = server.sockets[0].getsockname()[1]
        wanted = AiProvider(name="a", base_url=f"http://127.0.0.1:{port}", api_key="k", model="m")
        provider = OpenAiCompatible(wanted, http, PATIENCE_S, crowd)
        yield await stack.enter_async_context(aclosing(provider.stream([Message("user", "?")])))


async def test_what_is_said_during_a_rest_is_read_at_once():
    speaker, rests = Speaker(), []

    async def sleep(seconds):
        rests.append(seconds)
        speaker.rests.set()
        await asyncio.wait_for(speaker.has_spoken.wait(), PATIENCE_S)

    async with listening(speaker, sleep) as stream:
        assert [piece async for piece in stream] == ["a", "bcd"]
    assert rests == [SHORTEST_S]


async def test_who_goes_during_a_rest_leaves_the_provider():
    speaker = Speaker()

    async def sleep(_seconds):
        speaker.rests.set()
        await asyncio.Event().wait()

    async with listening(speaker, sleep) as stream:
        assert await anext(stream) == "a"
        going_on = asyncio.ensure_future(anext(stream))
        await asyncio.wait_for(speaker.has_spoken.wait(), PATIENCE_S)
        going_on.cancel()
        await asyncio.gather(going_on, return_exceptions=True)
    await asyncio.wait_for(speaker.is_left.wait(), PATIENCE_S)


@pytest.mark.parametrize(
    ("streams", "rest_s"),
    [(1, 0.0), (FEW, 0.0), (FEW + 1, SHORTEST_S), (300, 0.2), (5000, LONGEST_S)],
)
def test_the_more_streams_the_longer_each_rests(streams, rest_s):
    crowd = Crowd()
    with ExitStack() as stack:
        for _ in range(streams):
            stack.enter_context(crowd.joined())
        assert crowd.rest_s == pytest.approx(rest_s)
    assert crowd.rest_s == 0.0
