"""Jobs per second through the outbox: claimed under a lease, done, deleted with their work."""

from statistics import median
from time import perf_counter

from sqlalchemy import delete, select

from portal.kit.outbox import Job, Work, later
from portal.tenants.boundary import inside
from portal.tenants.models import Profile
from portal.worker import work_off
from tests.bench.figures import Figure, paired
from tests.bench.rounds import alternated
from tests.bench.world import Bench

SHOPS = 10
NAME = "bench.note"
BASELINE = "same transaction, no queue"


async def note(work: Work, *, number: int) -> None:
    """What a small job does: one read and one transaction that ends it."""
    async with work.finishing() as db:
        await db.scalar(select(Profile.name))


async def run(bench: Bench) -> list[Figure]:
    shops = await bench.shops(SHOPS)
    each = bench.much(60, 20)
    async with inside(bench.parts, None) as db:
        await db.execute(delete(Job))

    async def queued() -> float:
        for shop in shops:
            async with inside(bench.parts, shop.id) as db:
                for number in range(each):
                    later(db, NAME, number=number)
        began = perf_counter()
        done = await work_off(bench.parts, {NAME: note})
        assert done == each * SHOPS
        return done / (perf_counter() - began)

    async def direct() -> float:
        began = perf_counter()
        for shop in shops:
            for _ in range(each):
                async with inside(bench.parts, shop.id) as db:
                    await db.scalar(select(Profile.name))
        return each * SHOPS / (perf_counter() - began)

    found = await alternated(bench.rounds, {BASELINE: direct, "queued": queued})
    rates, plain = found["queued"], found[BASELINE]
    ratio = paired(rates, plain)
    note_ = "one worker process, 4 jobs at once, no fsync"
    return [
        Figure(
            "outbox", "jobs done", "/s", median(rates), median(plain), BASELINE, ratio, note=note_
        )
    ]
