"""Requests per second and latency of the hot paths, beside a bare route on the same server."""

from collections.abc import Callable
from dataclasses import dataclass
from statistics import median

from portal.tenants.callers import COOKIE
from portal.tenants.permissions import Role
from tests.bench.figures import Figure, least, most, paired
from tests.bench.filled import Filled, filled_shops
from tests.bench.load import Load, WrongAnswer, burst, get
from tests.bench.processes import Process
from tests.bench.rounds import alternated
from tests.bench.world import Bench
from tests.makers.shops import session_of

HOT_SHARE, HOT_P95_MS, PAGE_P95_MS = 0.20, 25.0, 50.0
BARE = "bare route"
PARALLEL = 50


@dataclass(frozen=True)
class Address:
    """One request for each workshop, taken in turn. Pages have no share to reach."""

    name: str
    requests: list[bytes]
    is_page: bool = False


async def run(bench: Bench) -> list[Figure]:
    count = bench.much(10, 2)
    shops = await filled_shops(bench, count, vehicles=bench.much(60, 10), talks=bench.much(60, 40))
    addresses = await _addresses(bench, shops)
    seconds = bench.much(0.7, 0.25)
    async with bench.portal() as portal, bench.other("bare:app") as bare:
        contestants = {BARE: _attempt(bare, [get("/")], seconds)}
        for address in addresses:
            contestants[address.name] = _attempt(portal, address.requests, seconds)
        for warm_up in contestants.values():
            await warm_up()
        found = await alternated(bench.rounds, contestants)
    return [figure for one in addresses for figure in _figures(one, found)]


async def _addresses(bench: Bench, shops: list[Filled]) -> list[Address]:
    cookies = {
        one.shop.id: f"{COOKIE}={await session_of(bench.parts, one.shop.accounts[Role.OWNER])}"
        for one in shops
    }

    def to_each(path: Callable[[Filled], str], *, is_page: bool = False) -> list[bytes]:
        if is_page:
            return [get(path(one), cookie=cookies[one.shop.id]) for one in shops]
        return [get(path(one), authorization=f"Bearer {one.shop.token}") for one in shops]

    return [
        Address(
            "widget config", to_each(lambda f: f"/widget/v1/config?site_key={f.shop.site_key}")
        ),
        Address("API services", to_each(lambda f: f"/api/v1/workshops/{f.shop.slug}/services")),
        Address("API vehicle by id", to_each(lambda f: f"/api/v1/vehicles/{f.vehicle_id}")),
        Address(
            "inbox page", to_each(lambda f: f"{f.shop.home}/inbox", is_page=True), is_page=True
        ),
        Address(
            "vehicle page",
            to_each(lambda f: f"{f.shop.home}/vehicles/{f.vehicle_id}", is_page=True),
            is_page=True,
        ),
    ]


def _attempt(process: Process, requests: list[bytes], seconds: float):
    async def attempt() -> Load | WrongAnswer:
        before = process.cpu_s
        try:
            load = await burst(process.port, requests, seconds=seconds, parallel=PARALLEL)
        except WrongAnswer as wrong:
            return wrong
        load.cpu_us = (process.cpu_s - before) / len(load.latencies) * 1e6
        return load

    return attempt


def _figures(address: Address, found: dict[str, list[Load | WrongAnswer]]) -> list[Figure]:
    loads = found[address.name]
    if wrong := next((load for load in loads if isinstance(load, WrongAnswer)), None):
        return [Figure("HTTP", address.name, "", failure=str(wrong))]
    rates = [load.per_second for load in loads]
    bare = [load.per_second for load in found[BARE]]
    cpu = median(load.cpu_us for load in loads)
    bare_cpu = median(load.cpu_us for load in found[BARE])
    return [
        Figure(
            "HTTP",
            address.name,
            "/s",
            median(rates),
            median(bare),
            BARE,
            paired(rates, bare),
            None if address.is_page else least(HOT_SHARE, "ratio"),
            f"server CPU {cpu:.0f} µs a request, bare {bare_cpu:.0f}",
        ),
        Figure(
            "HTTP",
            f"{address.name}, p95 at {PARALLEL} parallel",
            "ms",
            median(load.p95 for load in loads),
            median(load.p95 for load in found[BARE]),
            BARE,
            target=most(PAGE_P95_MS if address.is_page else HOT_P95_MS),
        ),
    ]
