import asyncio

import pytest
from redis.asyncio import Redis

from portal.kit.db import new_id
from portal.kit.errors import RateLimited
from portal.kit.limits import Limits, Rate, neighbourhood

RATE = Rate("tests", per_minute=6, burst=20)


async def test_exactly_the_burst_passes_of_many_at_once(parts):
    who = new_id()

    async def knock():
        try:
            await parts.limits.spend(RATE, who)
        except RateLimited:
            return False
        return True

    passed = await asyncio.gather(*(knock() for _ in range(2000)))
    assert sum(passed) == RATE.burst


async def test_who_is_limited_is_told_when_to_come_back(parts):
    who = new_id()
    with pytest.raises(RateLimited) as refused:
        for _ in range(RATE.burst + 1):
            await parts.limits.spend(RATE, who)
    assert 1 <= int(refused.value.headers["Retry-After"]) <= 11


async def test_one_caller_does_not_use_up_anothers(parts):
    for _ in range(RATE.burst):
        await parts.limits.spend(RATE, "first", new_id())
    await parts.limits.spend(RATE, "second")


async def test_addresses_are_not_kept(parts):
    await parts.limits.spend(RATE, "203.0.113.77")
    keys = [key.decode() async for key in parts.redis.scan_iter("carbot:limit:*")]
    assert keys
    assert not any("203.0.113" in key for key in keys)


async def test_without_redis_nobody_is_turned_away():
    nowhere = Redis.from_url("redis://127.0.0.1:9")
    await Limits(nowhere, "secret").spend(RATE, "anybody")
    await nowhere.aclose()


@pytest.mark.parametrize(
    ("address", "counted"),
    [
        ("203.0.113.77", "203.0.113.77"),
        ("2001:db8:1:2:aaaa::1", "2001:db8:1:2::/64"),
        ("2001:db8:1:2:bbbb::9", "2001:db8:1:2::/64"),
        ("::ffff:203.0.113.77", "203.0.113.77"),
        ("fe80::1%eth0", "fe80::/64"),
        ("unix", "unix"),
        ("", ""),
    ],
)
def test_a_network_of_one_owner_counts_as_one(address, counted):
    assert neighbourhood(address) == counted
