"""How long processes take until they are of use, and the memory they then hold."""

import asyncio
import sys
from collections.abc import Awaitable, Callable
from statistics import median
from time import perf_counter
from typing import NamedTuple

from sqlalchemy import delete, func, select

from portal.kit.outbox import Job, later
from portal.tenants.boundary import inside
from tests.bench.figures import Figure, most, paired
from tests.bench.load import burst, get
from tests.bench.processes import Process, cpu_of, free_port, started, until
from tests.bench.rounds import alternated
from tests.bench.world import Bench

READY_S, MEMORY_MB = 2.0, 150.0
BARE = "bare route"
WARMING_S = 0.6


class Start(NamedTuple):
    ready_s: float
    cpu_s: float
    memory_mb: float


async def run(bench: Bench) -> list[Figure]:
    rounds = bench.much(bench.rounds, 1)
    contestants: dict[str, Callable[[], Awaitable[Start]]] = {
        BARE: lambda: _bare(bench),
        "carbot serve": lambda: _serve(bench),
        "carbot worker": lambda: _worker(bench),
    }
    found = await alternated(rounds, contestants)
    return [
        figure
        for name in ("carbot serve", "carbot worker")
        for figure in _figures(name, found[name], found[BARE])
    ]


async def _bare(bench: Bench) -> Start:
    async with bench.other("bare:app") as process:
        return await _after_work(process, get("/"))


async def _serve(bench: Bench) -> Start:
    """Ready when it says so itself; the memory after a second of requests."""
    shop = (await bench.shops(1))[0]
    port = free_port()
    command = [sys.executable, "-m", "portal", "serve"]
    environment = bench.environment(PORTAL_PORT=str(port))
    async with started(command, port, "/health/ready", bench.log("serve"), environment) as process:
        config = get(f"/widget/v1/config?site_key={shop.site_key}")
        return await _after_work(process, config)


async def _after_work(process: Process, request: bytes) -> Start:
    await burst(process.port, [request], seconds=WARMING_S, parallel=20)
    return Start(process.ready_s, process.ready_cpu_s, process.memory_mb)


async def _worker(bench: Bench) -> Start:
    """Ready when it has taken a job that was waiting."""
    async with inside(bench.parts, None) as db:
        await db.execute(delete(Job))
        later(db, "bench.unknown")
    began = perf_counter()
    async with bench.worker() as child:
        await until(lambda: _is_taken(bench), 20)
        ready_s, cpu_s = perf_counter() - began, cpu_of(child)
        await asyncio.sleep(WARMING_S / 2)
        return Start(ready_s, cpu_s, Process(child, 0, ready_s, cpu_s).memory_mb)


async def _is_taken(bench: Bench) -> bool:
    async with inside(bench.parts, None) as db:
        return bool(await db.scalar(select(func.max(Job.attempts))))


def _figures(name: str, starts: list[Start], bare: list[Start]) -> list[Figure]:
    ready, memory = [one.ready_s for one in starts], [one.memory_mb for one in starts]
    bare_ready, bare_memory = [one.ready_s for one in bare], [one.memory_mb for one in bare]
    return [
        Figure(
            "start",
            f"{name}, ready",
            "s",
            median(ready),
            median(bare_ready),
            BARE,
            paired(ready, bare_ready),
            most(READY_S),
            f"{median(one.cpu_s for one in starts):.1f} s of CPU, "
            f"bare {median(one.cpu_s for one in bare):.1f}",
        ),
        Figure(
            "start",
            f"{name}, memory",
            "MB",
            median(memory),
            median(bare_memory),
            BARE,
            paired(memory, bare_memory),
            most(MEMORY_MB),
            "resident",
        ),
    ]
