"""A program that receives webhooks, on a real socket: what came, and answers as told."""

import asyncio
from collections import Counter
from contextlib import asynccontextmanager
from dataclasses import dataclass, field

from aiohttp import web


@dataclass
class Receiver:
    url: str = ""
    came: list[tuple[dict[str, str], bytes]] = field(default_factory=list)
    answers: list[int] = field(default_factory=list)
    """Status codes of the next answers; after them 204."""
    delay_s: float = 0.0
    headers: dict[str, str] = field(default_factory=dict)
    body: bytes = b""

    @property
    def ids(self) -> Counter[str]:
        return Counter(headers["webhook-id"] for headers, _body in self.came)

    async def take(self, request: web.Request) -> web.Response:
        body = await request.read()
        self.came.append(({k.lower(): v for k, v in request.headers.items()}, body))
        status = self.answers.pop(0) if self.answers else 204
        await asyncio.sleep(self.delay_s)
        return web.Response(status=status, headers=self.headers, body=self.body or None)


@asynccontextmanager
async def a_receiver():
    receiver = Receiver()
    app = web.Application()
    app.router.add_route("*", "/{rest:.*}", receiver.take)
    runner = web.AppRunner(app, shutdown_timeout=0.1)
    await runner.setup()
    site = web.TCPSite(runner, "127.0.0.1", 0)
    await site.start()
    port = runner.addresses[0][1]
    receiver.url = f"http://127.0.0.1:{port}/hook"
    try:
        yield receiver
    finally:
        await runner.cleanup()
