"""Names looked up for a connection, each address judged before it is handed over."""

import asyncio
import socket

from aiohttp.abc import AbstractResolver, ResolveResult

from portal.webhooks.addresses import AddressRefused, may_be_called


class PublicResolver(AbstractResolver):
    """Looks names up and refuses every name of which any address is not public."""

    def __init__(self, *, at_home: bool) -> None:
        self._at_home = at_home

    async def resolve(
        self, host: str, port: int = 0, family: socket.AddressFamily = socket.AF_UNSPEC
    ) -> list[ResolveResult]:
        loop = asyncio.get_running_loop()
        found = await loop.getaddrinfo(host, port, type=socket.SOCK_STREAM, family=family)
        results = [
            ResolveResult(
                hostname=host,
                host=str(place[0]),
                port=port,
                family=kind,
                proto=proto,
                flags=socket.AI_NUMERICHOST | socket.AI_NUMERICSERV,
            )
            for kind, _type, proto, _name, place in found
        ]
        if not results or not all(
            may_be_called(result["host"], at_home=self._at_home) for result in results
        ):
            raise AddressRefused("the name leads to no public address")
        return results

    async def close(self) -> None:
        """There is nothing to close."""
