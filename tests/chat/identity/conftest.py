"""A post office for each test, and limits that do not take all tests for one visitor."""

import pytest

from portal.chat import widget_verifications
from portal.kit.limits import Rate
from tests.makers.identity import post_office


@pytest.fixture
async def desk(parts, shop):
    async with post_office(parts, shop) as made:
        yield made


@pytest.fixture(autouse=True)
async def from_many_addresses(parts, monkeypatch):
    """All tests come from one address, and their customers have one telephone."""
    for name in ("ASK_PER_ADDRESS", "CONFIRM_PER_ADDRESS"):
        wide = Rate(f"{name}-wide", per_minute=6000, burst=6000)
        monkeypatch.setattr(widget_verifications, name, wide)
    async for key in parts.redis.scan_iter("carbot:limit:verify-contact:*"):
        await parts.redis.delete(key)
