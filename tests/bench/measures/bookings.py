"""Free times over a year of bookings, the page of figures, and a thousand who book at once."""

import asyncio
from collections import Counter
from datetime import timedelta
from random import Random
from statistics import median
from time import perf_counter
from typing import Any

import aiohttp

from portal.bookings import numbers, occupancy, slots
from portal.bookings.numbers_period import Reach, period_until
from portal.kit import clock
from portal.tenants.boundary import inside
from tests.bench.booked import Booked, booked_shop
from tests.bench.figures import Figure, most, paired, percentile
from tests.bench.rounds import alternated
from tests.bench.world import Bench

P95_MS = 30.0
WEEK = timedelta(days=6)
STATEMENT, FOUND = "its one statement, no search", "found"
RUSH, RUSH_QUICK, LOOKS = 1000, 150, 40
_OVERLAPS = """
select count(*) from reservations a join reservations b
  on a.workshop_id = b.workshop_id and a.resource_id = b.resource_id and a.id < b.id
 and a.during && b.during
"""


async def run(bench: Bench) -> list[Figure]:
    shop = await booked_shop(bench)
    found = await _free_times(bench, shop)
    found.append(await _year_of_figures(bench, shop))
    return [*found, *await _rush(bench, shop)]


async def _free_times(bench: Bench, shop: Booked) -> list[Figure]:
    """Latencies in milliseconds of one week at a time, a fresh transaction for each."""
    times = bench.much(40, 20)

    async def found() -> list[float]:
        return [await _timed(bench, shop, searching=True) for _ in range(times)]

    async def statement() -> list[float]:
        return [await _timed(bench, shop, searching=False) for _ in range(times)]

    await found()
    all_rounds = await alternated(bench.rounds, {STATEMENT: statement, FOUND: found})
    ours = [percentile(one, 0.95) for one in all_rounds[FOUND]]
    theirs = [percentile(one, 0.95) for one in all_rounds[STATEMENT]]
    note = f"6 lifts, 8 people, {shop.reservations:,} reservations"
    return [
        Figure(
            "bookings",
            "free times of a week, p95",
            "ms",
            median(ours),
            median(theirs),
            STATEMENT,
            paired(ours, theirs),
            most(P95_MS),
            note,
        )
    ]


async def _timed(bench: Bench, shop: Booked, *, searching: bool) -> float:
    began = perf_counter()
    async with inside(bench.parts, shop.shop.id) as db:
        if searching:
            there = await slots.find(db, [shop.service_id], shop.monday, shop.monday + WEEK)
            assert there
        else:
            await occupancy.load(db, shop.monday, shop.monday + WEEK)
    return (perf_counter() - began) * 1000


async def _year_of_figures(bench: Bench, shop: Booked) -> Figure:
    period = period_until(clock.local(clock.now()).date(), Reach.YEAR)
    spent = []
    for _ in range(bench.much(12, 4)):
        began = perf_counter()
        async with inside(bench.parts, shop.shop.id) as db:
            found = await numbers.load(db, period)
        spent.append((perf_counter() - began) * 1000)
        assert found.outcome.booked
    return Figure("bookings", "figures of a year, 4 statements, median", "ms", median(spent))


async def _rush(bench: Bench, shop: Booked) -> list[Figure]:
    """Everybody books in the same week, each the slot that they were shown."""
    count = bench.much(RUSH, RUSH_QUICK)
    answers: Counter[str] = Counter()
    async with bench.portal() as portal:
        # httpx looks at every connection for every answer: with a thousand it would be measured.
        limits = aiohttp.TCPConnector(limit=count)
        headers = {"authorization": f"Bearer {shop.shop.token}"}
        base = f"http://127.0.0.1:{portal.port}/api/v1/workshops/{shop.shop.slug}"
        patience = aiohttp.ClientTimeout(total=40)
        async with aiohttp.ClientSession(
            headers=headers, connector=limits, timeout=patience
        ) as program:
            query = {
                "service_id": str(shop.service_id),
                "from": str(shop.monday),
                "to": str(shop.monday + WEEK),
            }
            offered = []
            for _ in range(LOOKS):  # every look at the week has slot ids of its own
                async with program.get(f"{base}/slots", params=query) as answer:
                    offered += (await answer.json())["items"]
            chance, began = Random(3), perf_counter()
            async with asyncio.TaskGroup() as everybody:
                for number in range(count):
                    slot = chance.choice(offered)["slot_id"]
                    everybody.create_task(_attempt(program, base, shop, slot, number, answers))
            seconds = perf_counter() - began
    async with bench.admin() as admin:
        overlaps = int(await admin.fetchval(_OVERLAPS))
    unclear = count - answers["booked"] - answers["taken, fresh slots"]
    told = ", ".join(f"{answers[name]} {name}" for name in sorted(answers))
    return [
        Figure(
            "bookings", f"{count:,} at once on one week: overlaps", "", overlaps, target=most(0)
        ),
        Figure(
            "bookings",
            f"{count:,} at once: without a clear answer",
            "",
            unclear,
            target=most(0),
            note=told,
        ),
        Figure("bookings", "attempts", "/s", count / seconds),
    ]


async def _attempt(
    program: aiohttp.ClientSession,
    base: str,
    shop: Booked,
    slot_id: str,
    number: int,
    answers: Counter[str],
) -> None:
    body: dict[str, Any] = {
        "slot_id": slot_id,
        "services": [str(shop.service_id)],
        "customer": {"name": f"Erika Mustermann {number}", "phone": f"030 23125 {number:04}"},
        "vehicle": {"plate": f"B-RU {number + 1}", "make": "VW", "model": "Golf"},
    }
    try:
        async with program.post(f"{base}/bookings", json=body) as answer:
            said = await answer.json(content_type=None)
    except (aiohttp.ClientError, TimeoutError) as error:
        answers[type(error).__name__] += 1
        return
    if answer.status == 201:
        answers["booked"] += 1
    elif answer.status == 409 and said.get("slots"):
        answers["taken, fresh slots"] += 1
    else:
        answers[f"{answer.status} {said.get('code', '')}".strip()] += 1
