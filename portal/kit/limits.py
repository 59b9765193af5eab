"""Rate limits: GCRA in one atomic step in Redis, keyed by a hash and never by an address."""

import hashlib
import hmac
import ipaddress
from dataclasses import dataclass
from typing import Any

from redis.asyncio import Redis
from redis.exceptions import RedisError

from portal.kit.errors import RateLimited

_GCRA = """
local now = redis.call('TIME')
now = now[1] * 1000 + math.floor(now[2] / 1000)
for i, key in ipairs(KEYS) do
  local interval, burst = tonumber(ARGV[i * 3 - 2]), tonumber(ARGV[i * 3 - 1])
  local cost = interval * tonumber(ARGV[i * 3])
  local tat = math.max(tonumber(redis.call('GET', key) or now), now)
  local allow_at = tat + cost - burst * interval
  if now < allow_at then return allow_at - now end
  redis.call('SET', key, tat + cost, 'PX', math.ceil(tat + cost - now))
end
return 0
"""


@dataclass(frozen=True)
class Rate:
    """`burst` at once, and then `per_minute` evenly spread."""

    name: str
    per_minute: float
    burst: int


def neighbourhood(address: str) -> str:
    """Whose address this is: whoever has one of IPv6 has the whole /64, and counts as one."""
    try:
        found = ipaddress.ip_address(address.partition("%")[0])
    except ValueError:
        return address
    if isinstance(found, ipaddress.IPv4Address):
        return str(found)
    if found.ipv4_mapped is not None:
        return str(found.ipv4_mapped)
    return str(ipaddress.ip_network((found, 64), strict=False))


class Limits:
    def __init__(self, redis: Redis, secret: str) -> None:
        self._script = redis.register_script(_GCRA)
        self._secret = secret.encode()

    async def spend(self, rate: Rate, *who: object, units: int = 1) -> None:
        """Take one, or as many as something weighs.

        Raises `RateLimited` with Retry-After when there is not enough left.

        Without Redis nothing is refused: a workshop that cannot be reached is worse.
        """
        await self.spend_each((rate, *who), units=units)

    async def spend_each(self, *wanted: tuple[Any, ...], units: int = 1) -> None:
        """Several limits in one trip, each a rate and who; taken up to the first that refuses."""
        keys = [f"carbot:limit:{rate.name}:{self.hashed(*who)}" for rate, *who in wanted]
        args: list[int] = []
        for rate, *_ in wanted:
            args += (round(60_000 / rate.per_minute), rate.burst, units)
        try:
            wait_ms = await self._script(keys=keys, args=args)
        except RedisError:
            return
        if wait_ms:
            raise RateLimited(headers={"Retry-After": str(int(wait_ms) // 1000 + 1)})

    def hashed(self, *who: object) -> str:
        """Tells one from another without telling who it is; only this portal can make it."""
        text = "\0".join(str(part) for part in who).encode()
        return hmac.new(self._secret, text, hashlib.sha256).hexdigest()[:32]
