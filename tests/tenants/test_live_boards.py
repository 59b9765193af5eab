"""Boards that change under their viewers: who has missed something is told, whatever they had."""

import asyncio
from datetime import timedelta

import pytest

from portal.kit import clock
from portal.tenants import live_boards
from tests.makers.patience import PATIENCE_S

BOARDS = ("/bookings/events", "/inbox/tasks/events")


async def first_events(browser, path, seen):
    """What the stream says within its first moments, as names of events."""
    async with browser.stream("GET", path, params={"seen": seen}) as stream:
        lines = stream.aiter_lines()
        async with asyncio.timeout(PATIENCE_S):
            async for line in lines:
                if line.startswith("event: "):
                    return line.removeprefix("event: ")
    return ""


@pytest.mark.parametrize("path", BOARDS)
@pytest.mark.parametrize(
    "seen", ["", "gestern", "2026-11-20", "0001-01-01T00:00:00+00:00", "1960-01-01T00:00:00+00:00"]
)
async def test_who_cannot_say_how_new_a_board_is_looks_again(signed_in, shop, path, seen):
    browser = await signed_in(shop)
    assert await first_events(browser, shop.home + path, seen) == "changed"


def test_a_moment_is_one_only_with_its_zone():
    now = clock.now()
    assert live_boards.moment_of(now.isoformat()) == now
    assert live_boards.moment_of((now + timedelta(days=400)).isoformat()) is not None
    assert live_boards.moment_of(now.replace(tzinfo=None).isoformat()) is None
