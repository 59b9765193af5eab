"""Widgets that are open and say nothing: what an event stream costs, and who hears what is said.

Each visitor has several tabs. Afterwards some conversations get a message each: all of their tabs
hear it, and nobody else does.
"""

import asyncio
from time import perf_counter

from portal.chat import conversations, threads
from portal.chat.models import Author
from portal.tenants.boundary import inside
from portal.tenants.callers import Visitor, visitor_token
from tests.bench.figures import Figure, least, most, percentile
from tests.bench.filled import begin_talk
from tests.bench.processes import Process
from tests.bench.streams import Reader, get, opened
from tests.bench.world import SECRET, Bench

SHOPS, TABS = 50, 9
MOST_S = 150.0
AT_ONCE = 20
KIB_EACH = 25.0
ASKED_AGAIN = b"retry: "
"""How a stream begins."""
MESSAGE = b"event: message"
SAID = "Ihr Auto ist fertig."
SPOKEN_TO = 20


async def run(bench: Bench) -> list[Figure]:
    visitors = await _visitors(bench, bench.much(1000, 20))
    async with bench.portal() as portal:
        await _opened(portal, visitors[:2])
        before_mb = portal.memory_mb
        began = perf_counter()
        tabs = await _opened(portal, visitors)
        seconds = perf_counter() - began
        await asyncio.sleep(1)
        readers = [one for those in tabs for one in those]
        kib_each = (portal.memory_mb - before_mb) * 1e6 / 1024 / len(readers)
        figures = [
            Figure("listeners", "event streams open", "", len(readers), target=least(9000)),
            Figure("listeners", "memory of one", "KiB", kib_each, target=most(KIB_EACH)),
            Figure("listeners", "opened", "/s", len(readers) / seconds),
            *await _heard(bench, visitors, tabs),
        ]
        for one in readers:
            one.leave()
        return figures


async def _visitors(bench: Bench, count: int) -> list[Visitor]:
    shops = await bench.shops(SHOPS)
    found = []
    for shop in shops:
        async with inside(bench.parts, shop.id) as db:
            talks = [await begin_talk(db) for _ in range(-(-count // SHOPS))]
        found += [Visitor(shop.id, talk.id, shop.origin) for talk in talks]
    return found


async def _opened(portal: Process, visitors: list[Visitor]) -> list[list[Reader]]:
    """The tabs of each visitor, all of them listening."""
    turns = asyncio.Semaphore(AT_ONCE)

    async def tab(visitor: Visitor) -> Reader:
        request = get("/widget/v1/events", Authorization=f"Bearer {visitor_token(visitor, SECRET)}")
        async with turns:
            reader = await opened(portal.port, request, ASKED_AGAIN)
            await reader.has_begun
        return reader

    async def tabs(visitor: Visitor) -> list[Reader]:
        return await asyncio.gather(*(tab(visitor) for _ in range(TABS)))

    return await asyncio.gather(*(tabs(one) for one in visitors))


async def _heard(bench: Bench, visitors: list[Visitor], tabs: list[list[Reader]]) -> list[Figure]:
    for those in tabs:
        for one in those:
            one.listen_for(MESSAGE)
    step = max(1, len(visitors) // SPOKEN_TO)
    spoken_to = range(0, len(visitors), step)
    for number in spoken_to:
        await _say(bench, visitors[number], tabs[number])
    await asyncio.sleep(1)
    told = [one for number in spoken_to for one in tabs[number]]
    others = [one for those in tabs for one in those if one not in set(told)]
    late_ms = [one.first_ms for one in told if one.first_ms is not None]
    return [
        Figure("listeners", "told after, p95", "ms", percentile(late_ms, 0.95)),
        Figure("listeners", "tabs not told once", "", _not_once(told), target=most(0)),
        Figure("listeners", "others told", "", sum(one.tokens for one in others), target=most(0)),
    ]


async def _say(bench: Bench, visitor: Visitor, tabs: list[Reader]) -> None:
    async with inside(bench.parts, visitor.workshop_id) as db:
        conversation = await conversations.locked(db, visitor.subject)
        await threads.append(db, conversation, Author.STAFF, SAID)
        for one in tabs:
            one.listen_for(MESSAGE)


def _not_once(told: list[Reader]) -> int:
    return sum(one.tokens != 1 for one in told)
