"""The same provider behind LiteLLM's proxy, for comparison: what others add before the first token.

`BENCH_LITELLM` is the path of a `litellm` command, installed apart (`pip install 'litellm[proxy]'`
in an environment of its own): no part of the portal needs it. It stores nothing and checks
nothing of what is said, which the portal does.
"""

import asyncio
import os
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from time import perf_counter

import msgspec

from tests.bench.apps import upstream
from tests.bench.figures import Figure, percentile
from tests.bench.measures.chat import DIRECT, QUESTION
from tests.bench.processes import Process, free_port, started
from tests.bench.streams import Reader, opened, post
from tests.bench.world import Bench

COMMAND = os.environ.get("BENCH_LITELLM", "")
ENDLESS = f"{QUESTION} Endlos"
MOST_S = 140.0


async def run(bench: Bench) -> list[Figure]:
    if not COMMAND:
        return [Figure("proxy", "LiteLLM", "", failure="BENCH_LITELLM names no command")]
    async with (
        bench.speaker() as provider,
        _proxy(bench, provider) as proxy,
    ):
        figures = await _alone(bench, proxy, provider)
        for level in bench.much((50, 200), (50,)):
            figures += await _together(proxy, provider, level)
        return figures


@asynccontextmanager
async def _proxy(bench: Bench, provider: Process) -> AsyncIterator[Process]:
    address = f"http://127.0.0.1:{provider.port}/v1"
    wanted = {"model": "openai/fake", "api_base": address, "api_key": "bench"}
    config = bench.home / "litellm.json"
    config.write_bytes(
        msgspec.json.encode({"model_list": [{"model_name": "fake", "litellm_params": wanted}]})
    )
    port = free_port()
    command = [COMMAND, "--config", str(config), "--host", "127.0.0.1", "--port", str(port)]
    quiet = {"LITELLM_LOG": "ERROR", "LITELLM_TELEMETRY": "False"}
    async with started(command, port, "/health/liveliness", bench.log("proxy"), quiet) as process:
        yield process


async def _asked(process: Process, text: str) -> Reader:
    said = [{"role": "user", "content": text}]
    body = msgspec.json.encode({"model": "fake", "stream": True, "messages": said})
    return await opened(process.port, post("/v1/chat/completions", body), upstream.MARK)


async def _first_ms(process: Process) -> float:
    reader = await _asked(process, QUESTION)
    await reader.has_begun
    reader.leave()
    return reader.first_ms or 0.0


async def _alone(bench: Bench, proxy: Process, provider: Process) -> list[Figure]:
    for _ in range(5):
        await _first_ms(proxy)
    pairs = [(await _first_ms(proxy), await _first_ms(provider)) for _ in range(bench.rounds * 2)]
    through, direct = zip(*pairs, strict=True)
    return _added("1 stream", list(through), list(direct))


async def _together(proxy: Process, provider: Process, level: int) -> list[Figure]:
    """The level is filled with streams that do not end; then first tokens, then only streaming."""
    stream_s = upstream.FIRST_AFTER_S + upstream.LONG * upstream.BETWEEN_S
    gap = stream_s / level
    readers = []
    for _ in range(level):
        readers.append(await _asked(proxy, ENDLESS))
        await asyncio.sleep(gap)
    through, direct = [], []
    for _ in range(20):
        through.append(asyncio.create_task(_first_ms(proxy)))
        direct.append(asyncio.create_task(_first_ms(provider)))
        await asyncio.sleep(max(gap, 0.05))
    figures = _added(
        f"{level} streams", await asyncio.gather(*through), await asyncio.gather(*direct)
    )
    cpu, tokens, began = proxy.cpu_s, sum(one.tokens for one in readers), perf_counter()
    await asyncio.sleep(2)
    tokens = sum(one.tokens for one in readers) - tokens
    used_us = (proxy.cpu_s - cpu) / max(tokens, 1) * 1e6
    note = f"{tokens / (perf_counter() - began):,.0f} tokens/s"
    for one in readers:
        one.leave()
    return [*figures, Figure("proxy", f"{level} streams: CPU a token", "µs", used_us, note=note)]


def _added(name: str, through: list[float], direct: list[float]) -> list[Figure]:
    return [
        Figure(
            "proxy",
            f"LiteLLM, {name}: added before the first token, {label}",
            "ms",
            percentile(through, share) - percentile(direct, share),
            percentile(direct, share),
            DIRECT,
        )
        for label, share in (("p50", 0.5), ("p95", 0.95))
    ]
