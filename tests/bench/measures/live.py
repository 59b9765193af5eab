"""Live recordings: from a recorder's send to the event in a browser, 100 cars × 20 values a second.

Each value carries the moment when it was sent. Recorders, browsers, portal, database and Redis
share the machine; the portal is one process.
"""

import asyncio
import random
from contextlib import AsyncExitStack
from time import perf_counter
from typing import Any
from uuid import UUID, uuid4

import msgspec
from websockets.asyncio.client import ClientConnection, connect

from portal.kit import clock
from portal.tenants.callers import COOKIE
from portal.tenants.permissions import Role
from tests.bench.figures import Figure, most, percentile
from tests.bench.processes import Process
from tests.bench.world import Bench
from tests.makers.shops import Shop, session_of

SHOPS, CARS, PER_SECOND = 10, 100, 20
WITHIN_MS = 250.0
RPM = ["7E8 04 41 0C 1A F8"]


class _Watch:
    """When values were sent and how long each took to a browser."""

    def __init__(self) -> None:
        self.began = perf_counter()
        self.latencies: list[float] = []
        self.is_on = False

    def now(self) -> float:
        return perf_counter() - self.began

    def arrived(self, body: bytes) -> None:
        now = self.now()
        for at_s, _key, _value in msgspec.json.decode(body)["points"]:
            if self.is_on:
                self.latencies.append((now - at_s) * 1000)


async def run(bench: Bench) -> list[Figure]:
    shops, watch = await bench.shops(SHOPS), _Watch()
    seconds, cars = bench.much(12.0, 5.0), bench.much(CARS, 20)
    async with AsyncExitStack() as stack:
        portal = await stack.enter_async_context(bench.portal())
        group = await stack.enter_async_context(asyncio.TaskGroup())
        tasks = []
        for number in range(cars):
            shop, recording = shops[number % SHOPS], uuid4()
            line = await stack.enter_async_context(_line(portal, shop, recording))
            cookie = f"{COOKIE}={await session_of(bench.parts, shop.accounts[Role.OWNER])}"
            path = f"{shop.home}/diagnostics/live/{recording}/events"
            tasks.append(group.create_task(_browse(portal, path, cookie, watch)))
            tasks.append(group.create_task(_record(line, watch)))
        await asyncio.sleep(2)
        watch.is_on, cpu, began = True, portal.cpu_s, perf_counter()
        await asyncio.sleep(seconds)
        watch.is_on, elapsed = False, perf_counter() - began
        used = (portal.cpu_s - cpu) / elapsed
        for task in tasks:
            task.cancel()
    return _figures(watch.latencies, cars, used, elapsed)


def _line(portal: Process, shop: Shop, recording: UUID) -> Any:
    url = f"ws://127.0.0.1:{portal.port}/api/v1/integrations/obd/live"
    return _Line(url, shop.token, recording)


class _Line:
    """An open and greeted line."""

    def __init__(self, url: str, token: str, recording: UUID) -> None:
        headers = {"Authorization": f"Bearer {token}"}
        self._connecting = connect(url, additional_headers=headers, proxy=None, compression=None)
        self._recording = recording

    async def __aenter__(self) -> ClientConnection:
        line = await self._connecting.__aenter__()
        hello = {"type": "hello", "recording": self._recording, "started_at": clock.now()}
        await line.send(msgspec.json.encode(hello).decode())
        await line.recv()
        return line

    async def __aexit__(self, *raised: object) -> None:
        await self._connecting.__aexit__(*raised)


async def _record(line: ClientConnection, watch: _Watch) -> None:
    number = 0
    await asyncio.sleep(random.random())
    due = perf_counter()
    while True:
        number += 1
        items = [[number, watch.now(), "010C", RPM]]
        await line.send(msgspec.json.encode({"type": "entries", "items": items}).decode())
        await line.recv()
        due += 1 / PER_SECOND
        await asyncio.sleep(max(0.0, due - perf_counter()))


async def _browse(portal: Process, path: str, cookie: str, watch: _Watch) -> None:
    reader, writer = await asyncio.open_connection("127.0.0.1", portal.port, limit=1 << 22)
    request = f"GET {path} HTTP/1.1\r\nHost: 127.0.0.1\r\nCookie: {cookie}\r\n\r\n"
    writer.write(request.encode())
    try:
        while row := await reader.readline():
            if row.startswith(b"data: ") and b'"points"' in row:
                watch.arrived(row[6:])
    finally:
        writer.close()


def _figures(latencies: list[float], cars: int, used: float, elapsed: float) -> list[Figure]:
    rate = len(latencies) / elapsed
    name = f"{cars} cars × {PER_SECOND} values/s"
    note = f"{rate:.0f} of {cars * PER_SECOND} values a second arrived"
    return [
        Figure("live", f"{name}: to the browser, p50", "ms", percentile(latencies, 0.5), note=note),
        Figure(
            "live",
            f"{name}: to the browser, p95",
            "ms",
            percentile(latencies, 0.95),
            target=most(WITHIN_MS),
        ),
        Figure("live", f"{name}: CPU of the portal", "cores", used),
        Figure("live", "CPU a value", "µs", used / rate * 1e6 if rate else None),
    ]
