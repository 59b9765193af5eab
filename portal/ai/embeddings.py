"""Texts as vectors, so that what is said in other words is found: optional, behind a Protocol.

Each use is paid and recorded like any other call. Nothing here may run in an open transaction.
"""

import asyncio
from collections.abc import Sequence
from time import perf_counter
from uuid import UUID
from weakref import WeakKeyDictionary

from sqlalchemy.ext.asyncio import AsyncEngine

from portal.ai import budgets, calls
from portal.ai.budgets import Amount
from portal.ai.calls import BYTES_PER_TOKEN, CHARACTERS_PER_TOKEN, Call, Purpose, Result
from portal.ai.providers import ProviderFailed
from portal.ai.vectors import Embedder, Vector
from portal.kit.parts import Parts
from portal.tenants.boundary import inside

PATIENCE_S = 2.0
"""A visitor waits for it before the first word."""


async def embedded(parts: Parts, workshop_id: UUID, texts: Sequence[str]) -> list[Vector]:
    """A vector for each of `texts`, which hold no personal data. Raises `ProviderFailed`, also
    where no endpoint is set up or the budget is spent.
    """
    embedder = embedder_of(parts)
    if embedder is None:
        raise ProviderFailed("no endpoint")
    sent = sum(len(text.encode()) for text in texts) // BYTES_PER_TOKEN + 1
    most = Amount(sent, round(sent * embedder.price_in))
    async with inside(parts, workshop_id) as db:
        reservation = await budgets.reserve(db, budgets.purse_of(parts.settings, most))
    if reservation is None:
        raise ProviderFailed("budget spent")
    call = Call(provider=embedder.name, model=embedder.model, price_in=embedder.price_in)
    call.result = Result.FAILED
    began = perf_counter()
    try:
        async with asyncio.timeout(PATIENCE_S):
            found, counted = await embedder.vectors(texts)
        characters = sum(len(text) for text in texts)
        call.tokens_in = counted or -(-characters // CHARACTERS_PER_TOKEN)
        call.result = Result.ANSWERED
    except TimeoutError as error:
        raise ProviderFailed("silence") from error
    finally:
        call.total_ms = round((perf_counter() - began) * 1000)
        async with inside(parts, workshop_id) as db:
            await calls.note(db, [call], Purpose.SEARCH)
            await budgets.settle(db, reservation, [call])
    return found


_EMBEDDERS: WeakKeyDictionary[AsyncEngine, Embedder] = WeakKeyDictionary()


def embedder_of(parts: Parts) -> Embedder | None:
    """The one of this process; None where none is set up."""
    wanted = parts.settings.ai_embeddings
    if parts.engine not in _EMBEDDERS and wanted is not None:
        from portal.ai.open_ai_embeddings import (
            OpenAiEmbeddings,
        )  # whoever has none loads no client

        _EMBEDDERS[parts.engine] = OpenAiEmbeddings(wanted)
    return _EMBEDDERS.get(parts.engine)


def seat(parts: Parts, embedder: Embedder | None) -> None:
    """Put another one in place: for tests and measurements."""
    _EMBEDDERS.pop(parts.engine, None)
    if embedder is not None:
        _EMBEDDERS[parts.engine] = embedder


async def close_embedder(parts: Parts) -> None:
    embedder = _EMBEDDERS.pop(parts.engine, None)
    if embedder is not None:
        await embedder.close()
