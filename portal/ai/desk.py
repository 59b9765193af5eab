"""The providers of one process in their order, with their circuits and one pool of connections."""

import asyncio
import random
from collections.abc import AsyncGenerator, Sequence
from contextlib import aclosing
from time import perf_counter
from typing import Any, Protocol
from weakref import WeakKeyDictionary

import msgspec
import structlog
from sqlalchemy.ext.asyncio import AsyncEngine

from portal.ai.budgets import Amount
from portal.ai.calls import BYTES_PER_TOKEN, CHARACTERS_PER_TOKEN, Call, Result, size_of
from portal.ai.circuit import Circuit
from portal.ai.providers import (
    MOST_TOKENS,
    Message,
    Provider,
    ProviderFailed,
    Tool,
    ToolCall,
    Usage,
)
from portal.ai.seam import Seam, handed_over
from portal.ai.tabs import Tab
from portal.kit.parts import Parts
from portal.kit.settings import Settings

log = structlog.get_logger()

LONGEST_S = 75.0
"""For an answer with all that is tried for it; shorter than the visitor's stream is kept."""
AGAIN_S, LONGEST_WAIT_S = 0.3, 3.0
"""Before a second try: this long, or as long as the provider asks for if that is bearable."""
GO_ON = (
    "The connection broke off. Go on exactly behind your last word, in the same sentence and "
    "language. Repeat nothing, and do not mention this."
)


class Talk(msgspec.Struct):
    """What is asked for; filled in while it is answered. `calls` has each call that was made,
    `asked` the tools that the model wants used before it goes on, and `tab` pays for the calls.
    """

    messages: Sequence[Message]
    most_tokens: int = MOST_TOKENS
    calls: list[Call] = []
    tools: Sequence[Tool] = ()
    asked: list[ToolCall] = []
    said: str = ""
    is_complete: bool = False
    tab: Tab | None = None

    @property
    def speaker(self) -> Call | None:
        """Who spoke last; None when nobody said anything."""
        return next((call for call in reversed(self.calls) if call.first_ms is not None), None)


class _Seat:
    def __init__(self, provider: Provider) -> None:
        self.provider, self.circuit = provider, Circuit()


class Connections(Protocol):
    """What is closed with the desk: a pool that providers share, or a client of its own."""

    async def close(self) -> None: ...


class Desk:
    """Asks one provider after the other until one has said everything.

    Whoever stops in the middle is followed by the next one, who goes on from there. When all have
    failed, those that were only busy are asked once more.
    """

    def __init__(
        self, providers: Sequence[Provider], connections: Sequence[Connections] = ()
    ) -> None:
        self._seats = [_Seat(provider) for provider in providers]
        self._connections = connections

    @property
    def is_staffed(self) -> bool:
        return bool(self._seats)

    def most_micros(self, tokens_in: int, tokens_out: int) -> int:
        """What so many tokens cost at the dearest provider."""
        prices = [
            tokens_in * seat.provider.price_in + tokens_out * seat.provider.price_out
            for seat in self._seats
        ]
        return round(max(prices, default=0.0))

    async def speak(self, talk: Talk) -> AsyncGenerator[str, None]:
        """The text as it comes. `talk` tells afterwards who said it and whether it is complete."""
        ends = perf_counter() + LONGEST_S
        busy: dict[_Seat, float] = {}
        for seat in self._seats:
            async with aclosing(_tried(seat, talk, ends, busy)) as pieces:
                async for piece in pieces:
                    yield piece
        for seat, wait_s in busy.copy().items():
            if not talk.is_complete:
                await asyncio.sleep(wait_s)
            async with aclosing(_tried(seat, talk, ends, busy)) as pieces:
                async for piece in pieces:
                    yield piece

    async def close(self) -> None:
        for connections in self._connections:
            await connections.close()


async def _tried(
    seat: _Seat, talk: Talk, ends: float, busy: dict[_Seat, float]
) -> AsyncGenerator[str, None]:
    """Nothing when it is not this one's turn. `busy` learns who may be asked again, and when."""
    left_s = ends - perf_counter()
    if talk.is_complete or left_s <= 0 or not seat.circuit.lets_through:
        return
    if not await _is_covered(seat.provider, talk):
        return
    try:
        async with aclosing(_spoken(seat, talk, left_s)) as pieces:
            async for piece in pieces:
                yield piece
    except ProviderFailed as failed:
        log.warning("provider failed", provider=seat.provider.name, reason=str(failed))
        seat.circuit.failed(for_good=failed.for_good, wait_s=failed.wait_s)
        if failed.is_busy and failed.wait_s <= LONGEST_WAIT_S:
            busy[seat] = max(failed.wait_s, _jittered(AGAIN_S))


async def _is_covered(provider: Provider, talk: Talk) -> bool:
    """Whether the budgets allow one more call, to this provider."""
    return talk.tab is None or await talk.tab.covers(talk.calls, _most_of(provider, talk))


def _most_of(provider: Provider, talk: Talk) -> Amount:
    sent = size_of(_told(talk), talk.tools) // BYTES_PER_TOKEN + 1
    micros = sent * provider.price_in + talk.most_tokens * provider.price_out
    return Amount(sent + talk.most_tokens, round(micros))


async def _spoken(seat: _Seat, talk: Talk, longest_s: float) -> AsyncGenerator[str, None]:
    """What this provider adds to what was said. Raises `ProviderFailed`."""
    call, told, seam = _call_of(seat.provider), _told(talk), Seam(talk.said)
    talk.calls.append(call)
    seat.circuit.try_now()
    began, length = perf_counter(), 0
    limits: dict[str, Any] = {"most_tokens": talk.most_tokens, "longest_s": longest_s}
    if talk.tools:
        limits["tools"] = talk.tools
    stream = seat.provider.stream(told, **limits)
    try:
        async with aclosing(stream) as pieces:
            async for piece in pieces:
                if isinstance(piece, Usage):
                    _count(call, piece)
                    continue
                if isinstance(piece, ToolCall):
                    talk.asked.append(piece)
                    continue
                if not length:
                    call.first_ms = round((perf_counter() - began) * 1000)
                length += len(piece)
                if new := seam.push(piece):
                    talk.said += new
                    yield new
        if not talk.asked:
            _must_have_spoken(length)
        call.result, talk.is_complete = Result.ANSWERED, True
        seat.circuit.succeeded()
    except ProviderFailed as failed:
        call.result = Result.BROKEN if length else Result.FAILED
        call.reason = str(failed)
        raise
    finally:
        call.total_ms = round((perf_counter() - began) * 1000)
        _estimate(call, told, talk.tools, length)
    if rest := seam.finish():
        talk.said += rest
        yield rest


def _must_have_spoken(length: int) -> None:
    if not length:
        raise ProviderFailed("said nothing")


def _call_of(provider: Provider) -> Call:
    return Call(
        provider=provider.name,
        model=provider.model,
        price_in=provider.price_in,
        price_out=provider.price_out,
        price_cached=provider.price_cached,
    )


def _count(call: Call, usage: Usage) -> None:
    call.tokens_in, call.tokens_out = usage.tokens_in, usage.tokens_out
    call.tokens_cached = usage.cached


def _told(talk: Talk) -> Sequence[Message]:
    """The question, and for whoever follows another one: what was said already."""
    said = handed_over(talk.said)
    if not said:
        return talk.messages
    return [*talk.messages, Message("assistant", said), Message("system", GO_ON)]


def _estimate(call: Call, told: Sequence[Message], tools: Sequence[Tool], length: int) -> None:
    """Whoever refused or was not there cost nothing; who was cut off or does not count, did."""
    if call.tokens_in or (call.result is Result.FAILED and call.reason != "silence"):
        return
    call.tokens_in = size_of(told, tools) // CHARACTERS_PER_TOKEN
    call.tokens_out = -(-length // CHARACTERS_PER_TOKEN)


def _jittered(seconds: float) -> float:
    """Half as long to one and a half times: those that failed together do not return together."""
    return seconds * random.uniform(0.5, 1.5)  # noqa: S311  # no secret


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
    """Called inside the event loop, which the pool of connections belongs to."""
    wanted = settings.ai_providers
    if not wanted:
        return Desk([])
    # Whoever has no key loads no client.
    from portal.ai.crowd import Crowd
    from portal.ai.open_ai import OpenAiCompatible, make_http

    http, crowd = make_http(), Crowd()
    patience = settings.portal_ai_timeout_s
    made: list[Provider] = []
    connections: list[Connections] = [http]
    for one in wanted:
        if one.client == "openai":
            from portal.ai.vendor import ThroughOpenAi  # half a second and 20 MB to load

            through = ThroughOpenAi(one, patience)
            connections.append(through)
            made.append(through)
        else:
            made.append(OpenAiCompatible(one, http, patience, crowd))
    return Desk(made, connections)
