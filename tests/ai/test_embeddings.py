"""Texts as vectors: from an endpoint on a real socket, paid, recorded, and never waited for long."""

from contextlib import asynccontextmanager

import msgspec
import pytest
from sqlalchemy import select

from portal.ai.embeddings import embedded, embedder_of, seat
from portal.ai.models import AiAllowance, AiCall, AiMeter
from portal.ai.open_ai_embeddings import OpenAiEmbeddings
from portal.ai.providers import ProviderFailed
from portal.ai.vectors import ByLetters, cosine, unit
from portal.kit.settings import Embeddings, Settings
from portal.tenants.boundary import inside
from tests.makers.ai_server import Script, serving


def answering(*vectors, tokens=7, backwards=False):
    data = [{"index": place, "embedding": vector} for place, vector in enumerate(vectors)]
    body = {"data": data[::-1] if backwards else data, "usage": {"prompt_tokens": tokens}}
    return Script(raw=msgspec.json.encode(body))


@asynccontextmanager
async def endpoint(script):
    async with serving(script) as server:
        wanted = Embeddings(
            name="eu", base_url=server.address, api_key="k", model="m", price_in=2.0
        )
        embedder = OpenAiEmbeddings(wanted)
        try:
            yield embedder, server
        finally:
            await embedder.close()


async def test_an_endpoint_gives_one_vector_for_each_text_in_their_order():
    async with endpoint(answering([3.0, 4.0], [0.0, 2.0], backwards=True)) as (embedder, server):
        found, counted = await embedder.vectors(["Hund", "Katze"])
    assert [list(one) for one in found] == [pytest.approx([0.6, 0.8]), [0.0, 1.0]]
    assert counted == 7
    assert server.asked[0]["input"] == ["Hund", "Katze"]
    assert server.keys == ["Bearer k"]


@pytest.mark.parametrize(
    "script",
    [
        Script(status=429),
        Script(status=500),
        Script(raw=b"no JSON"),
        Script(raw=b'{"data": []}'),
        Script(raw=b'{"data": [{"index": 0, "embedding": [0.0]}]}'),
        Script(raw=b"{", then="break"),
    ],
)
async def test_whatever_an_endpoint_does_wrong_is_one_kind_of_failure(script):
    async with endpoint(script) as (embedder, _server):
        with pytest.raises(ProviderFailed):
            await embedder.vectors(["Hund"])


async def test_each_use_is_paid_and_recorded(parts, shop):
    async with endpoint(answering([1.0, 0.0])) as (embedder, _server):
        seat(parts, embedder)
        try:
            await embedded(parts, shop.id, ["Hund"])
        finally:
            seat(parts, None)
    async with inside(parts, shop.id) as db:
        call = (await db.scalars(select(AiCall))).one()
        spent = await db.scalar(select(AiMeter.micros).where(AiMeter.scope == "day"))
    assert (call.purpose, call.outcome, call.tokens_in, call.micros) == (
        "search",
        "answered",
        7,
        14,
    )
    assert spent == 14


async def test_without_budget_nobody_is_asked(parts, shop):
    async with inside(parts, shop.id) as db:
        db.add(AiAllowance(daily_micros=0))
    async with endpoint(answering([1.0, 0.0])) as (embedder, server):
        seat(parts, embedder)
        try:
            with pytest.raises(ProviderFailed, match="budget"):
                await embedded(parts, shop.id, ["Hund"])
        finally:
            seat(parts, None)
    assert server.asked == []


def test_an_endpoint_is_set_up_by_one_setting(parts):
    assert embedder_of(parts) is None
    assert Settings().ai_embeddings is None
    told = '{"name": "eu", "base_url": "http://a", "api_key": "k", "model": "m", "sure": 0.7}'
    assert Settings(portal_ai_embeddings=told).ai_embeddings.sure == 0.7


async def test_the_stand_in_finds_what_is_spelled_alike():
    (one, alike, other), _ = await ByLetters().vectors(
        ["Leihwagen reservieren", "leihwagen  reservieren?", "Wann ist Feiertag"]
    )
    assert cosine(one, one) == pytest.approx(1)
    assert cosine(one, alike) > 0.9
    assert cosine(one, other) < 0.3
    assert cosine(one, unit([1.0])) == 0
