"""The providers of one process in their order, with their circuits and one pool of connections."""

from collections.abc import AsyncGenerator, Sequence
from contextlib import aclosing
from weakref import WeakKeyDictionary

import httpx2
import msgspec
import openai
import structlog
from sqlalchemy.ext.asyncio import AsyncEngine

from portal.chat.assistant.circuit import Circuit
from portal.chat.assistant.prompt import Message
from portal.chat.assistant.providers import OpenAiCompatible, Provider, ProviderFailed, Usage
from portal.kit.parts import Parts
from portal.kit.settings import Settings

log = structlog.get_logger()


class Speaking(msgspec.Struct, frozen=True):
    """Who begins to speak: comes before the first text."""

    provider: Provider


class BrokeOff(msgspec.Struct, frozen=True):
    """The provider stopped in the middle; nobody else may begin again from the start."""


class Desk:
    """Asks one provider after the other until one speaks; then that one has the word."""

    def __init__(
        self, providers: Sequence[Provider], http: httpx2.AsyncClient | None = None
    ) -> None:
        self._seats = [(provider, Circuit()) for provider in providers]
        self._http = http

    @property
    def is_staffed(self) -> bool:
        return bool(self._seats)

    async def speak(
        self, messages: Sequence[Message]
    ) -> AsyncGenerator[Speaking | str | Usage | BrokeOff, None]:
        """Nothing at all when no provider answers; `BrokeOff` when one stops after it began."""
        for provider, circuit in self._seats:
            if not circuit.lets_through:
                continue
            circuit.try_now()
            begun = False
            try:
                async with aclosing(provider.stream(messages)) as pieces:
                    async for piece in pieces:
                        if not begun and isinstance(piece, str):
                            begun = True
                            yield Speaking(provider)
                        yield piece
            except ProviderFailed as failed:
                circuit.failed(for_good=failed.for_good)
                log.warning("provider failed", provider=provider.name, reason=str(failed))
                if begun:
                    yield BrokeOff()
                    return
                continue
            if begun:
                circuit.succeeded()
                return
            circuit.failed()

    async def close(self) -> None:
        if self._http is not None:
            await self._http.aclose()


_DESKS: WeakKeyDictionary[AsyncEngine, Desk] = WeakKeyDictionary()


def desk_of(parts: Parts) -> Desk:
    """The one desk of this process; made at its first question, forgotten with its engine."""
    desk = _DESKS.get(parts.engine)
    if desk is None:
        desk = _DESKS[parts.engine] = make_desk(parts.settings)
    return desk


def seat(parts: Parts, desk: Desk) -> None:
    """Put another desk in place: for tests and measurements."""
    _DESKS[parts.engine] = desk


async def close_desk(parts: Parts) -> None:
    """At the end of the process, so that no connection stays open."""
    desk = _DESKS.pop(parts.engine, None)
    if desk is not None:
        await desk.close()


def make_desk(settings: Settings) -> Desk:
    wanted = settings.ai_providers
    if not wanted:
        return Desk([])
    http = openai.DefaultAioHttpClient()
    patience = settings.portal_ai_timeout_s
    return Desk([OpenAiCompatible(one, http, patience) for one in wanted], http)
