"""Transactions of 50 workshops in turns on ten connections: rows of another one are counted.

Some of them fail halfway and some are cancelled while the database works, because that is when a
pooled connection could keep the workshop of whoever had it before.
"""

import asyncio
from contextlib import suppress
from random import Random
from time import perf_counter

from portal.kit.db import Db
from portal.tenants.boundary import inside
from tests.bench.figures import Figure, least, most
from tests.bench.world import Bench
from tests.makers.shops import Shop

SHOPS, POOL = 50, 10
FAILING, CANCELLED, LOBBY = 0.02, 0.01, 0.05
SPARE_S, MOST_S = 3.0, 85.0
"""Runs last and ends before the bench must; then it says how many transactions it were."""
_SEEN = "select s.workshop_id from staff s join profiles p on p.workshop_id = s.workshop_id"


class _Counts:
    transactions = foreign = missing = 0


class _Halfway(Exception):
    """A unit of work that breaks after it has read."""


async def run(bench: Bench) -> list[Figure]:
    assert bench.settings.portal_pool_size == POOL
    shops = await bench.shops(SHOPS)
    wanted = bench.much(100_000, 10_000)
    counts, began = _Counts(), perf_counter()
    ends = min(bench.ends - SPARE_S, began + MOST_S)
    async with asyncio.TaskGroup() as all_shops:
        for number, shop in enumerate(shops):
            all_shops.create_task(
                _visits(bench, shop, counts, wanted // SHOPS, Random(number), ends)
            )
    seconds = perf_counter() - began
    enough = least(wanted)
    return [
        Figure(
            "interleaving",
            "transactions, 50 workshops, pool of 10",
            "",
            counts.transactions,
            target=enough,
        ),
        Figure("interleaving", "foreign rows", "", counts.foreign, target=most(0)),
        Figure("interleaving", "rows of its own not seen", "", counts.missing, target=most(0)),
        Figure("interleaving", "rate", "/s", counts.transactions / seconds),
    ]


async def _visits(
    bench: Bench, shop: Shop, counts: _Counts, times: int, chance: Random, ends: float
) -> None:
    for _ in range(times):
        if perf_counter() > ends:
            return
        fate = chance.random()
        if fate < CANCELLED:
            await _cancelled(bench, shop, chance.random() * 0.01)
        elif fate < CANCELLED + FAILING:
            with suppress(_Halfway):
                await _visit(bench, shop, counts, fails=True)
        elif fate < CANCELLED + FAILING + LOBBY:
            await _lobby(bench, counts)
        else:
            await _visit(bench, shop, counts)
        counts.transactions += 1


async def _visit(bench: Bench, shop: Shop, counts: _Counts, *, fails: bool = False) -> None:
    async with inside(bench.parts, shop.id) as db:
        seen = await _seen(db)
        counts.foreign += sum(workshop != shop.id for workshop in seen)
        counts.missing += len(shop.people) - sum(workshop == shop.id for workshop in seen)
        if fails:
            raise _Halfway


async def _lobby(bench: Bench, counts: _Counts) -> None:
    """Somebody in no workshop sees nothing at all."""
    async with inside(bench.parts, None) as db:
        counts.foreign += len(await _seen(db))


async def _cancelled(bench: Bench, shop: Shop, after_s: float) -> None:
    visit = asyncio.create_task(_visit(bench, shop, _Counts()))
    await asyncio.sleep(after_s)
    visit.cancel()
    with suppress(asyncio.CancelledError):
        await visit


async def _seen(db: Db) -> list[object]:
    """The workshops whose staff this transaction sees, through a join and without the ORM."""
    connection = await db.connection()
    return list((await connection.exec_driver_sql(_SEEN)).scalars())
