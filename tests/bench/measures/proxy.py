"""The same provider behind LiteLLM's proxy, for comparison: what others add before the first token.

`BENCH_LITELLM` is the path of a `litellm` command, installed apart (`pip install 'litellm[proxy]'`
in an environment of its own): no part of the portal needs it. It stores nothing and checks
nothing of what is said, which the portal does.
"""

import asyncio
import os
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from secrets import token_hex
from time import perf_counter

import msgspec

from tests.bench.apps import upstream
from tests.bench.figures import Figure, percentile
from tests.bench.measures.chat import DIRECT, QUESTION
from tests.bench.processes import Process, free_port, started
from tests.bench.streams import Reader, Refused, opened, post
from tests.bench.world import Bench

COMMAND = os.environ.get("BENCH_LITELLM", "")
_KEY = f"sk-{token_hex(32)}"
_ALONE = {
    "LITELLM_LOG": "ERROR",
    "LITELLM_TELEMETRY": "False",
    "LITELLM_LOCAL_MODEL_COST_MAP": "True",
    "LITELLM_MASTER_KEY": _KEY,
}
"""Nothing is fetched from elsewhere, and it does not start without a key."""
ENDLESS = f"{QUESTION} Endlos"
MOST_S, FULL_AFTER_S = 140.0, 30.0
FULL = "full"


async def run(bench: Bench) -> list[Figure]:
    if not COMMAND:
        return [Figure("proxy", "LiteLLM", "", failure="BENCH_LITELLM names no command")]
    async with (
        bench.speaker() as provider,
        _proxy(bench, provider) as proxy,
    ):
        figures = await _alone(bench, proxy, provider)
        for level in bench.much((50, 100, 200), (50,)):
            figures += await _together(proxy, provider, level)
            if figures[-1].note == FULL:
                break
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
    async with started(command, port, "/health/liveliness", bench.log("proxy"), _ALONE) as process:
        yield process


async def _asked(process: Process, text: str) -> Reader:
    said = [{"role": "user", "content": text}]
    body = msgspec.json.encode({"model": "fake", "stream": True, "messages": said})
    request = post("/v1/chat/completions", body, Authorization=f"Bearer {_KEY}")
    return await opened(process.port, request, upstream.MARK)


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
    name = f"{level} streams"
    readers = [await _asked(proxy, ENDLESS) for _ in range(level)]
    try:
        async with asyncio.timeout(FULL_AFTER_S):
            await asyncio.gather(*(one.has_begun for one in readers))
            figures = await _first_tokens(name, proxy, provider)
            return [*figures, await _only_streaming(name, proxy, readers)]
    except (TimeoutError, Refused):
        spoke = sum(one.tokens > 0 for one in readers)
        said = f"LiteLLM, {name}: those that spoke within {FULL_AFTER_S:.0f} s"
        return [Figure("proxy", said, "", spoke, note=FULL)]
    finally:
        for one in readers:
            one.leave()


async def _first_tokens(name: str, proxy: Process, provider: Process) -> list[Figure]:
    through, direct = [], []
    for _ in range(20):
        through.append(asyncio.create_task(_first_ms(proxy)))
        direct.append(asyncio.create_task(_first_ms(provider)))
        await asyncio.sleep(0.05)
    return _added(name, await asyncio.gather(*through), await asyncio.gather(*direct))


async def _only_streaming(name: str, proxy: Process, readers: list[Reader]) -> Figure:
    cpu, tokens, began = proxy.cpu_s, sum(one.tokens for one in readers), perf_counter()
    await asyncio.sleep(2)
    tokens = sum(one.tokens for one in readers) - tokens
    used_us = (proxy.cpu_s - cpu) / max(tokens, 1) * 1e6
    note = f"{tokens / (perf_counter() - began):,.0f} tokens/s"
    return Figure("proxy", f"LiteLLM, {name}: CPU a token", "µs", used_us, note=note)


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
