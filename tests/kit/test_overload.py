"""More callers than connections: they are asked to come back, nothing breaks."""

import asyncio

import pytest
from sqlalchemy import select
from sqlalchemy.exc import TimeoutError as NoConnectionFree

from portal.kit import errors, text
from portal.kit.shares import Shares
from portal.tenants.boundary import inside
from tests.makers.patience import PATIENCE_S


def test_no_free_connection_is_an_honest_busy():
    problem = NoConnectionFree("QueuePool limit reached")
    with text.speaking("de"):
        body = errors.body_of(problem, "/api/v1/vehicles")
    assert (body.status, body.code) == (503, "UNAVAILABLE")
    assert errors.headers_of(problem) == {"Retry-After": "5"}


async def test_a_workshop_in_a_rush_leaves_connections_to_the_others(parts, shop, other_shop):
    """Hundreds of bookings of one workshop wait for each other, each with a connection."""
    gate = asyncio.Event()

    async def wait_in_line():
        async with inside(parts, shop.id) as db:
            await db.execute(select(1))
            await gate.wait()

    rush = [asyncio.create_task(wait_in_line()) for _ in range(parts.settings.portal_pool_size * 3)]
    try:
        await asyncio.sleep(0.2)
        async with asyncio.timeout(PATIENCE_S), inside(parts, other_shop.id) as db:
            assert await db.scalar(select(1)) == 1
    finally:
        gate.set()
        await asyncio.gather(*rush)


async def test_nobody_waits_for_a_share_for_ever():
    shares = Shares(1, patience_s=0.05)
    async with shares.one_for("a"):
        with pytest.raises(NoConnectionFree):
            async with shares.one_for("a"):
                pass
        async with shares.one_for("b"):
            pass
    async with shares.one_for("a"):
        pass
