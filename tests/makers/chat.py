"""Visitors of a workshop's website, and an assistant that says what a test wants."""

import asyncio
import inspect
import json
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager, contextmanager
from dataclasses import dataclass, field
from typing import Any
from uuid import UUID, uuid4

import httpx
import pytest
from sqlalchemy import text

from portal.ai.calls import Call, Result
from portal.chat import assistant
from portal.chat.assistant import Card, Delta, Done, HandOver, Question, Source
from portal.kit.parts import Parts
from portal.tenants.boundary import inside
from tests.makers.patience import PATIENCE_S
from tests.makers.shops import Shop


async def until(true: Callable[[], Any], *, seconds: float = PATIENCE_S) -> None:
    """Wait for what has no event of its own: rows, lines of a stream, the end of a task."""
    async with asyncio.timeout(seconds):
        while not await _result(true()):  # noqa: ASYNC110  # what is waited for cannot tell
            await asyncio.sleep(0.02)


async def until_a_statement_waits(parts: Parts) -> None:
    """For a row that somebody else holds."""

    async def is_waiting() -> bool:
        async with inside(parts, None) as db:
            return bool(await db.scalar(text("select count(*) from pg_locks where not granted")))

    await until(is_waiting)


async def _result(value: Any) -> Any:
    return await value if inspect.isawaitable(value) else value


@dataclass
class Event:
    name: str
    data: Any
    id: str | None = None


@dataclass
class Guest:
    """A visitor with a token, in the browser of the workshop's website."""

    client: httpx.AsyncClient
    token: str
    conversation_id: UUID
    origin: str
    started: dict[str, Any]

    @property
    def headers(self) -> dict[str, str]:
        return {"authorization": f"Bearer {self.token}", "origin": self.origin}

    def asking(self, path: str) -> dict[str, Any]:
        """A request as an ASGI server makes it, for readers who do what no client does."""
        headers = {**self.headers, "content-type": "application/json"}
        whole = f"/widget/v1/{path}"
        return {
            "type": "http",
            "asgi": {"version": "3.0", "spec_version": "2.3"},
            "http_version": "1.1",
            "method": "POST",
            "scheme": "http",
            "path": whole,
            "raw_path": whole.encode(),
            "root_path": "",
            "query_string": b"",
            "headers": [(name.encode(), value.encode()) for name, value in headers.items()],
            "client": ("127.0.0.1", 50_000),
            "server": ("127.0.0.1", 80),
            "extensions": {},
        }

    async def get(self, path: str) -> httpx.Response:
        return await self.client.get(f"/widget/v1/{path}", headers=self.headers)

    async def post(self, path: str, body: dict[str, Any]) -> httpx.Response:
        return await self.client.post(f"/widget/v1/{path}", json=body, headers=self.headers)

    async def delete(self, path: str) -> httpx.Response:
        return await self.client.delete(f"/widget/v1/{path}", headers=self.headers)

    async def say(self, text: str, client_id: UUID | None = None) -> list[Event]:
        """All events of the answer's stream."""
        async with self.saying(text, client_id) as events:
            return [event async for event in events]

    @asynccontextmanager
    async def saying(
        self, text: str, client_id: UUID | None = None
    ) -> AsyncIterator[AsyncIterator[Event]]:
        body = {"client_id": str(client_id or uuid4()), "text": text}
        request = self.client.stream("POST", "/widget/v1/messages", json=body, headers=self.headers)
        async with request as response:
            assert response.status_code == 200, await response.aread()
            yield read_events(response)

    @asynccontextmanager
    async def listening(self, last_id: int | None = None) -> AsyncIterator[AsyncIterator[Event]]:
        headers = dict(self.headers)
        if last_id is not None:
            headers["last-event-id"] = str(last_id)
        async with self.client.stream("GET", "/widget/v1/events", headers=headers) as response:
            assert response.status_code == 200, await response.aread()
            yield read_events(response)

    async def history(self, after: int = 0) -> list[dict[str, Any]]:
        return (await self.get(f"messages?after={after}")).json()["items"]


async def begin(client: httpx.AsyncClient, shop: Shop, **changes: Any) -> httpx.Response:
    body = {"site_key": shop.site_key, "locale": "de", "consent_version": "1", **changes}
    origin = body.pop("origin", shop.origin)
    headers = {"origin": origin} if origin else {}
    return await client.post("/widget/v1/conversations", json=body, headers=headers)


async def a_guest(client: httpx.AsyncClient, shop: Shop, **changes: Any) -> Guest:
    started = await begin(client, shop, **changes)
    assert started.status_code == 201, started.text
    body = started.json()
    return Guest(client, body["token"], UUID(body["conversation_id"]), shop.origin, body)


async def read_events(response: httpx.Response) -> AsyncIterator[Event]:
    name, data, mark = "message", "", None
    async for line in response.aiter_lines():
        if line.startswith("event: "):
            name = line[7:]
        elif line.startswith("data: "):
            data += line[6:]
        elif line.startswith("id: "):
            mark = line[4:]
        elif not line and data:
            yield Event(name, json.loads(data), mark)
            name, data, mark = "message", "", None


async def wait_for(
    events: AsyncIterator[Event], wanted: Callable[[Event], bool], *, seconds: float = PATIENCE_S
) -> Event:
    async with asyncio.timeout(seconds):
        async for event in events:
            if wanted(event):
                return event
    raise AssertionError("the stream ended")


@dataclass
class Script:
    """What the assistant will say. `gate` holds it back after the first piece."""

    pieces: list[str] = field(default_factory=lambda: ["Guten Tag! ", "Wir haben geöffnet."])
    cards: list[Card] = field(default_factory=list)
    handover: str | None = None
    gate: asyncio.Event | None = None
    breaks: bool = False
    asked: list[Question] = field(default_factory=list)
    was_ended: bool = False
    reached: asyncio.Event = field(default_factory=asyncio.Event)

    async def answer(self, _parts: Any, question: Question, **_more: Any) -> AsyncIterator[Any]:
        self.asked.append(question)
        try:
            for number, piece in enumerate(self.pieces):
                if number == 1:
                    self.reached.set()
                    if self.gate is not None:
                        await self.gate.wait()
                yield Delta(piece)
            if self.breaks:
                raise ZeroDivisionError("a fault in the assistant")
            for card in self.cards:
                yield card
            if self.handover:
                yield HandOver(self.handover)
            yield Done(
                text="".join(self.pieces),
                sources=[Source("hours", "Öffnungszeiten")],
                provider="script",
                calls=[Call(provider="script", tokens_in=10, tokens_out=5, result=Result.ANSWERED)],
                latency_ms=3,
            )
        finally:
            self.was_ended = True


@contextmanager
def scripted(script: Script) -> Any:
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(assistant, "answer", script.answer)
        yield script
