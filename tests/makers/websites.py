"""A workshop's own website on another origin, as strict as a careful host would make it."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass


@dataclass
class Website:
    """What it serves is settled once the workshop is known."""

    origin: str
    html: str = ""
    policy: str = ""

    def embed(self, portal: str, site_key: str) -> None:
        tag = (
            f'<script src="{portal}/widget/v1/carbot.js" data-site-key="{site_key}" async></script>'
        )
        self.html = (
            '<!doctype html><html lang="de"><meta name="viewport" content="width=device-width">'
            f"<title>Werkstatt</title><h1>Ihre Werkstatt</h1>{tag}</html>"
        )
        self.policy = f"default-src 'none'; script-src {portal}; connect-src {portal}"


@asynccontextmanager
async def website() -> AsyncIterator[Website]:
    served = Website("")

    async def serve(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        await reader.readuntil(b"\r\n\r\n")
        head = (
            "HTTP/1.0 200 OK\r\nContent-Type: text/html; charset=utf-8\r\n"
            f"Content-Security-Policy: {served.policy}\r\n\r\n"
        )
        writer.write((head + served.html).encode())
        await writer.drain()
        writer.close()

    async with await asyncio.start_server(serve, "127.0.0.1", 0) as server:
        served.origin = f"http://127.0.0.1:{server.sockets[0].getsockname()[1]}"
        yield served
