"""A Directus of our own: the part of its interface that the portal uses, on a real socket.

Shapes as the real server answers them; `make test-directus` runs the same tests against that.
"""

from contextlib import asynccontextmanager
from dataclasses import dataclass, field, replace
from typing import Any

from aiohttp import web
from pydantic import SecretStr

from portal.kit.parts import Parts

TOKEN, SECRET = "reader-of-texts", "directus-says-so"
FORBIDDEN = {
    "errors": [{"message": "You don't have permission.", "extensions": {"code": "FORBIDDEN"}}]
}


@dataclass
class Directus:
    url: str = ""
    items: list[dict[str, Any]] = field(default_factory=list)
    fails_with: int = 0
    raw: bytes | None = None
    asked: list[dict[str, Any]] = field(default_factory=list)

    def put(self, slug: str, question: str, answer: str, **more: Any) -> dict[str, Any]:
        item = {
            "id": len(self.items) + 1,
            "status": "published",
            "workshop": slug,
            "locale": "de",
            "question": question,
            "answer": answer,
            "keywords": None,
            "sort": len(self.items),
            **more,
        }
        self.items.append(item)
        return item

    async def search(self, request: web.Request) -> web.Response:
        if self.fails_with:
            return web.Response(status=self.fails_with, text="upstream is down")
        if self.raw is not None:
            return web.Response(body=self.raw, content_type="application/json")
        if request.headers.get("authorization") != f"Bearer {TOKEN}":
            return web.json_response(FORBIDDEN, status=403)
        query = (await request.json())["query"]
        self.asked.append(query)
        found = [item for item in self.items if _fits(item, query["filter"])]
        if "sort" in query:
            found.sort(key=lambda item: tuple(item[name] for name in query["sort"]))
        begin = (query["page"] - 1) * query["limit"]
        page = found[begin : begin + query["limit"]]
        shown = [{name: item[name] for name in query["fields"]} for item in page]
        return web.json_response({"data": shown})

    def beside(self, parts: Parts) -> Parts:
        """The same portal, told of this Directus."""
        told = {
            "directus_url": self.url,
            "directus_token": SecretStr(TOKEN),
            "directus_webhook_secret": SecretStr(SECRET),
        }
        return replace(parts, settings=parts.settings.model_copy(update=told))


def _fits(item: dict[str, Any], conditions: dict[str, dict[str, Any]]) -> bool:
    def one(value: Any, condition: dict[str, Any]) -> bool:
        if "_in" in condition:
            return str(value) in {str(known) for known in condition["_in"]}
        return value == condition["_eq"]

    return all(one(item[name], condition) for name, condition in conditions.items())


@asynccontextmanager
async def a_directus():
    directus = Directus()
    app = web.Application()
    app.router.add_route("SEARCH", "/items/faq", directus.search)
    runner = web.AppRunner(app, shutdown_timeout=0.1)
    await runner.setup()
    site = web.TCPSite(runner, "127.0.0.1", 0)
    await site.start()
    directus.url = f"http://127.0.0.1:{runner.addresses[0][1]}"
    try:
        yield directus
    finally:
        await runner.cleanup()
