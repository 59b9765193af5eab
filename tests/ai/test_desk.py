"""Who is asked when, and once more."""

from contextlib import aclosing

import pytest

from portal.ai import desk as desks
from portal.ai.desk import Desk, Talk
from portal.ai.open_ai import OpenAiCompatible, make_http
from portal.ai.providers import Message, ProviderFailed, Scripted, Usage
from portal.kit.settings import AiProvider
from tests.makers.ai_server import Script, serving

ASKED = [Message("user", "Hallo")]


async def told(desk):
    talk = Talk(ASKED)
    async with aclosing(desk.speak(talk)) as pieces:
        text = "".join([piece async for piece in pieces])
    return text, talk


@pytest.fixture
async def endpoint():
    http = make_http()
    async with serving() as server:

        def provider(name):
            wanted = AiProvider(name=name, base_url=server.address, api_key="k", model="m")
            return OpenAiCompatible(wanted, http, 0.4)

        yield server, provider
    await http.close()


async def test_who_was_busy_is_asked_again_when_nobody_else_answers(endpoint, monkeypatch):
    monkeypatch.setattr(desks, "AGAIN_S", 0.01)
    server, provider = endpoint
    server.scripts = [Script(status=429), Script(status=500)]
    text, talk = await told(Desk([provider("a"), provider("b")]))
    assert text == "Gerne helfe ich Ihnen."
    assert [(c.provider, c.result, c.reason) for c in talk.calls] == [
        ("a", "failed", "429"),
        ("b", "failed", "500"),
        ("a", "answered", ""),
    ]


async def test_the_next_provider_is_nearer_than_a_second_try(endpoint):
    server, provider = endpoint
    server.scripts = [Script(status=503)]
    _, talk = await told(Desk([provider("a"), provider("b")]))
    assert [c.provider for c in talk.calls] == ["a", "b"]


async def test_a_wrong_key_is_not_tried_twice(endpoint):
    server, provider = endpoint
    server.script = Script(status=401)
    text, talk = await told(Desk([provider("a")]))
    assert (text, len(talk.calls)) == ("", 1)


async def test_who_asks_for_a_minute_gets_it(endpoint):
    server, provider = endpoint
    server.script = Script(status=429, headers=((b"retry-after", b"60"),))
    desk = Desk([provider("a")])
    for _ in range(3):
        await told(desk)
    assert len(server.asked) == 1


async def test_who_asks_for_a_second_is_given_it_before_the_second_try(endpoint, monkeypatch):
    slept = []

    async def sleep(seconds):
        slept.append(seconds)

    monkeypatch.setattr(desks.asyncio, "sleep", sleep)
    busy = Scripted(fails=ProviderFailed("429", is_busy=True, wait_s=1.5))
    busy_desk = Desk([busy])
    await told(busy_desk)
    assert 1.5 in slept


async def test_a_stream_is_finished_by_another_endpoint_without_repetition(endpoint):
    server, provider = endpoint
    server.scripts = [
        Script(tokens=("Wir sind ", "Mon"), then="break"),
        Script(tokens=("Mon", "tag ", "da.")),
    ]
    text, talk = await told(Desk([provider("a"), provider("b")]))
    assert text == "Wir sind Montag da."
    assert talk.is_complete
    assert server.asked[1]["messages"][1] == {"role": "assistant", "content": "Wir sind "}


@pytest.mark.parametrize(
    "script",
    [
        Script(raw=b'data: {"choices":[{"delta":{"content":"Gr\xc3'),
        Script(raw=b'data: {"choices":[{"delta":{"content":"Gr\xc3"}}]}\n\n'),
        Script(raw=b'{"error":{"message":"overloaded"}}'),
        Script(tokens=(), usage=None),
        Script(raw=b"data: [DONE]\n\n"),
        Script(tokens=("a",) * 200, pause_s=0.05),
    ],
    ids=["cut letter", "bad letter", "error as 200", "nothing", "only the end", "slow drip"],
)
async def test_whatever_an_endpoint_does_the_next_one_speaks(endpoint, script):
    server, provider = endpoint
    server.scripts = [script]
    text, talk = await told(Desk([provider("a"), provider("b")]))
    assert text.endswith("Gerne helfe ich Ihnen.")
    assert talk.is_complete


async def test_an_answer_is_whole_however_its_connection_ends(endpoint):
    server, provider = endpoint
    chunk = b'data: {"choices":[{"delta":{"content":"Gern."},"finish_reason":"stop"}]}\n\n'
    server.scripts = [Script(raw=chunk + b"data: [DONE]\n\n", then="break")]
    text, talk = await told(Desk([provider("a"), provider("b")]))
    assert text == "Gern."
    assert talk.is_complete
    assert len(server.asked) == 1


async def test_cached_tokens_are_told(endpoint):
    server, provider = endpoint
    chunk = (
        b'data: {"choices":[{"delta":{"content":"Gern."},"finish_reason":"stop"}],"usage":'
        b'{"prompt_tokens":900,"completion_tokens":2,"prompt_tokens_details":{"cached_tokens":768}}}'
        b"\n\ndata: [DONE]\n\n"
    )
    server.script = Script(raw=chunk)
    _, talk = await told(Desk([provider("a")]))
    assert talk.calls[0].tokens_cached == 768


@pytest.mark.parametrize(
    ("price_cached", "cached", "micros"),
    [
        (None, 768, 900 * 2 + 10 * 8),
        (0.5, 768, 132 * 2 + 768 * 0.5 + 10 * 8),
        (0.0, 768, 132 * 2 + 10 * 8),
        (0.5, 0, 900 * 2 + 10 * 8),
        (0.5, 5_000, 900 * 0.5 + 10 * 8),
    ],
    ids=["as others", "cheaper", "free", "none", "more than told"],
)
async def test_tokens_that_an_endpoint_had_still_cost_their_own_price(price_cached, cached, micros):
    class Cached(Scripted):
        async def stream(self, _messages, **_limits):
            yield "Gern."
            yield Usage(900, 10, cached)

    provider = Cached()
    provider.price_in, provider.price_out, provider.price_cached = 2.0, 8.0, price_cached
    _, talk = await told(Desk([provider]))
    assert talk.calls[0].micros == micros
