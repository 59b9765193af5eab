"""What the portal adds to an AI provider: time until the first token, CPU for each token.

The provider is a fake with fixed delays. Visitors arrive evenly; when as many stream as the level
says, first tokens are taken: of the portal and, beside each, of the provider called directly.
"""

import asyncio
from collections.abc import Iterator
from contextlib import AsyncExitStack
from statistics import median
from time import perf_counter
from uuid import uuid4

import httpx
import msgspec

from portal.tenants.boundary import inside
from portal.tenants.callers import Visitor, visitor_token
from tests.bench.apps import upstream
from tests.bench.figures import Figure, most, percentile
from tests.bench.filled import begin_talk
from tests.bench.processes import Process
from tests.bench.streams import Reader, opened, post
from tests.bench.world import Bench

SHOPS = 50
MOST_S = 140.0
"""Of the whole measure: a thousand visitors arrive slowly."""
P50_MS, P95_MS, TOKEN_US, ABORT_MS = 3.0, 10.0, 60.0, 1000.0
MANY, CROWD_ARRIVES_S = 1000, 25.0
_GENEROUS = dict.fromkeys(
    ("PORTAL_AI_DAILY_TOKENS", "PORTAL_AI_VISITOR_TOKENS"), str(1_000_000_000)
)
"""All visitors of a bench come from one network, whose budget would send most of them to the
built-in assistant.
"""
QUESTION = "Können Sie mir bitte etwas über Ihre Werkstatt erzählen?"
STREAM_S = upstream.FIRST_AFTER_S + upstream.LONG * upstream.BETWEEN_S
DIRECT = "provider directly"


class _Stage:
    """The portal, the fake provider behind it, and visitors who have not spoken yet."""

    def __init__(self, portal: Process, provider: Process, visitors: list[str]) -> None:
        self.portal, self.provider = portal, provider
        self._visitors: Iterator[str] = iter(visitors)

    async def visitor(self, *, short: bool = False, endless: bool = False) -> Reader:
        text = f"{QUESTION} {'Kürbiskern' if short else 'Endlos' if endless else ''}"
        body = msgspec.json.encode({"client_id": str(uuid4()), "text": text})
        request = post("/widget/v1/messages", body, Authorization=f"Bearer {next(self._visitors)}")
        return await opened(self.portal.port, request, upstream.MARK)

    async def open_streams(self) -> int:
        """How many the provider is speaking in."""
        async with httpx.AsyncClient() as client:
            answer = await client.get(f"http://127.0.0.1:{self.provider.port}/open")
        return int(answer.text)

    async def direct(self) -> float:
        """Milliseconds to the first token without the portal."""
        question = {"role": "user", "content": QUESTION}
        body = msgspec.json.encode({"model": "fake", "stream": True, "messages": [question]})
        request = post("/v1/chat/completions", body)
        reader = await opened(self.provider.port, request, upstream.MARK)
        await reader.has_begun
        reader.leave()
        return reader.first_ms


async def run(bench: Bench) -> list[Figure]:
    levels = bench.much((1, 50, 200), (1,))
    count = 60 + sum(level * 4 for level in levels) + bench.much(MANY, 0)
    async with AsyncExitStack() as stack:
        provider = await stack.enter_async_context(bench.speaker())
        address = f"http://127.0.0.1:{provider.port}/v1"
        ai = {"OPENAI_API_KEY": "bench", "OPENAI_BASE_URL": address, **_GENEROUS}
        portal = await stack.enter_async_context(bench.portal(**ai))
        stage = _Stage(portal, provider, await _visitors(bench, count))
        for _ in range(5):
            await (await stage.visitor(short=True)).is_over
        figures = await _alone(bench, stage)
        figures.append(await _left(bench, stage))
        for level in levels[1:]:
            figures += await _together(bench, stage, level)
        if bench.much(MANY, 0) >= MANY:
            figures += await _crowd(bench, stage)
        return figures


async def _left(bench: Bench, stage: _Stage) -> Figure:
    """Visitors leave in the middle: how long the provider goes on for nobody."""
    late = []
    for _ in range(bench.rounds):
        reader = await stage.visitor()
        await reader.has_begun
        reader.leave()
        began = perf_counter()
        while await stage.open_streams():  # noqa: ASYNC110  # the provider has no event for it
            await asyncio.sleep(0.005)
        late.append((perf_counter() - began) * 1000)
    return Figure(
        "chat", "provider let go after the visitor left", "ms", max(late), target=most(ABORT_MS)
    )


async def _crowd(bench: Bench, stage: _Stage) -> list[Figure]:
    """A thousand streams at once, begun over some seconds; a stall is a gap of a second."""
    readers = []
    for _ in range(MANY):
        readers.append(await stage.visitor(endless=True))
        await asyncio.sleep(CROWD_ARRIVES_S / MANY)
    begun = await asyncio.gather(*(one.has_begun for one in readers), return_exceptions=True)
    why = [str(one).partition("\r\n")[0] for one in begun if isinstance(one, BaseException)]
    refused = len(why)
    cpu, tokens = stage.portal.cpu_s, sum(one.tokens for one in readers)
    longest, steps = 0.0, int(bench.much(5.0, 2.0) / 0.5)
    before = [one.tokens for one in readers]
    stalled = 0
    for number in range(steps):
        began = perf_counter()
        await asyncio.sleep(0.5)
        longest = max(longest, perf_counter() - began)
        if number % 2:
            now = [one.tokens for one in readers]
            stalled += sum(one == other for one, other in zip(now, before, strict=True))
            before = now
    tokens = sum(one.tokens for one in readers) - tokens
    used_us = (stage.portal.cpu_s - cpu) / max(tokens, 1) * 1e6
    for one in readers:
        one.leave()
    note = f"{tokens / steps / 0.5:,.0f} tokens/s; refused {refused} {sorted(set(why))[:2]}"
    return [
        Figure(
            "chat",
            f"{MANY} streams: seconds without a token",
            "",
            stalled - refused * (steps // 2),
            target=most(0),
            note=note,
        ),
        Figure("chat", f"{MANY} streams: CPU a token", "µs", used_us, target=most(TOKEN_US)),
    ]


async def _visitors(bench: Bench, count: int) -> list[str]:
    """Tokens of new conversations, one workshop after the other in turn."""
    shops = await bench.shops(SHOPS)
    each = -(-count // SHOPS)
    by_shop = []
    for shop in shops:
        async with inside(bench.parts, shop.id) as db:
            talks = [await begin_talk(db) for _ in range(each)]
        visitors = [Visitor(shop.id, talk.id, shop.origin) for talk in talks]
        by_shop.append([visitor_token(one, bench.settings.secret) for one in visitors])
    return [token for turn in zip(*by_shop, strict=True) for token in turn]


async def _alone(bench: Bench, stage: _Stage) -> list[Figure]:
    through, direct = [], []
    cpu = stage.portal.cpu_s
    for _ in range(bench.rounds * 2):
        direct.append(await stage.direct())
        reader = await stage.visitor(short=True)
        await reader.is_over
        through.append(reader.first_ms)
    each_ms = (stage.portal.cpu_s - cpu) / len(through) * 1000
    note = "stored, answered in five tokens, stored again"
    return [
        *_first_tokens(1, through, direct),
        Figure("chat", "CPU a message", "ms", each_ms, note=note),
    ]


async def _together(bench: Bench, stage: _Stage, level: int) -> list[Figure]:
    """Arrivals fill the level, then are measured, then stop: what is left only streams."""
    gap = STREAM_S / level
    streams = [await _arrive(stage, gap) for _ in range(level)]
    arrivals = max(20, int(bench.much(4.0, 2.0) / gap))
    direct, measured = [], []
    for number in range(arrivals):
        if number % 2 == 0:
            direct.append(asyncio.create_task(stage.direct()))
        measured.append(await _arrive(stage, gap / 2))
        if number % 2 == 1:
            direct.append(asyncio.create_task(stage.direct()))
        await asyncio.sleep(gap / 2)
    begun = [one.has_begun for one in measured]
    await asyncio.gather(*begun)
    figures = _first_tokens(
        level, [one.first_ms for one in measured], list(await asyncio.gather(*direct))
    )
    figures += await _only_streaming(bench, stage, level, streams + measured)
    for one in streams + measured:
        one.leave()
    return figures


async def _arrive(stage: _Stage, gap: float) -> Reader:
    reader = await stage.visitor()
    await asyncio.sleep(gap)
    return reader


async def _only_streaming(
    bench: Bench, stage: _Stage, level: int, readers: list[Reader]
) -> list[Figure]:
    """CPU for each token while nobody arrives, and database connections that are not idle."""
    cpu, tokens = stage.portal.cpu_s, sum(one.tokens for one in readers)
    busy = []
    for _ in range(10):
        await asyncio.sleep(0.1)
        busy.append(await _busy_connections(bench))
    tokens = sum(one.tokens for one in readers) - tokens
    used_us = (stage.portal.cpu_s - cpu) / tokens * 1e6
    name = f"{level} streams"
    return [
        Figure("chat", f"{name}: CPU a token", "µs", used_us, target=most(TOKEN_US)),
        Figure(
            "chat",
            f"{name}: database connections in use",
            "",
            median(busy),
            target=most(1),
            note="a stream that ends stores its answer; none holds one while it lasts",
        ),
    ]


async def _busy_connections(bench: Bench) -> int:
    async with bench.admin() as admin:
        query = (
            "select count(*) from pg_stat_activity where usename = 'carbot_app' and state <> 'idle'"
        )
        return int(await admin.fetchval(query))


def _first_tokens(level: int, through: list[float], direct: list[float]) -> list[Figure]:
    streams = "1 stream" if level == 1 else f"{level} streams"
    figures = []
    for name, share, bound in (("p50", 0.5, P50_MS), ("p95", 0.95, P95_MS)):
        ours, theirs = percentile(through, share), percentile(direct, share)
        figures.append(
            Figure(
                "chat",
                f"{streams}: added before the first token, {name}",
                "ms",
                ours - theirs,
                theirs,
                DIRECT,
                target=most(bound),
                note=f"{ours:.0f} ms until it is there; {len(through)} visitors",
            )
        )
    return figures
