"""AI providers: one Protocol, the real adapter for OpenAI-compatible endpoints, an honest fake."""

import asyncio
from collections.abc import AsyncGenerator, AsyncIterator, Sequence
from typing import Any, Protocol

import httpx2
import msgspec
import openai

from portal.chat.assistant.prompt import Message
from portal.kit.settings import AiProvider

MOST_TOKENS = 600
LONGEST_IN_PATIENCES = 3
_FINAL = (401, 403, 404)
_TROUBLE = (
    openai.OpenAIError,
    httpx2.HTTPError,
    httpx2.StreamError,
    msgspec.MsgspecError,
    OSError,
    ValueError,
)


class Usage(msgspec.Struct, frozen=True):
    """Tokens as the provider counted them."""

    tokens_in: int
    tokens_out: int


class ProviderFailed(Exception):  # it names a fact, like every problem
    """No answer, or none to the end. `for_good`: the next try would fail alike."""

    def __init__(self, reason: str, *, for_good: bool = False) -> None:
        super().__init__(reason)
        self.for_good = for_good


class Provider(Protocol):
    """`stream` yields text as it comes and, last, the usage if the provider tells it.

    Raises `ProviderFailed` for everything that goes wrong.
    """

    name: str
    price_in: float
    price_out: float

    def stream(self, messages: Sequence[Message]) -> AsyncGenerator[str | Usage, None]: ...


class OpenAiCompatible:
    """Any endpoint that speaks OpenAI's chat completions.

    Chunks are read as raw lines and decoded with msgspec: the client's own models cost several
    times the CPU of everything else here. `patience_s` is the longest silence between tokens.
    """

    def __init__(self, wanted: AiProvider, http: httpx2.AsyncClient, patience_s: float) -> None:
        self.name = wanted.name
        self.price_in = wanted.price_in
        self.price_out = wanted.price_out
        self._model = wanted.model
        self._patience_s = patience_s
        self._client = openai.AsyncOpenAI(
            api_key=wanted.api_key,
            base_url=wanted.base_url,
            max_retries=0,
            timeout=openai.Timeout(patience_s, connect=min(patience_s, 10.0)),
            http_client=http,
        )

    async def stream(self, messages: Sequence[Message]) -> AsyncGenerator[str | Usage, None]:
        request: Any = {
            "model": self._model,
            "messages": msgspec.to_builtins(messages),
            "max_tokens": MOST_TOKENS,
            "stream_options": {"include_usage": True},
        }
        is_done = False
        completions = self._client.chat.completions.with_streaming_response
        try:
            async with completions.create(stream=True, **request) as response:
                async for payload in self._payloads(response):
                    chunk = _decode(payload)
                    for piece in _pieces(chunk):
                        yield piece
                    is_done = is_done or any(choice.finish_reason for choice in chunk.choices)
        except openai.APIStatusError as error:
            reason = f"{error.status_code}"
            raise ProviderFailed(reason, for_good=error.status_code in _FINAL) from error
        except _TROUBLE as error:
            raise ProviderFailed(type(error).__name__) from error
        if not is_done:
            raise ProviderFailed("the stream ended before it was done")

    async def _payloads(
        self,
        response: Any,  # the client's own generic type
    ) -> AsyncIterator[str]:
        """The data lines, with a limit on the silence before each and on the whole.

        A comment line (`: keep-alive`) does not count: an endpoint may send them for ever.
        """
        lines = aiter(response.iter_lines())
        clock = asyncio.get_running_loop().time
        end = clock() + LONGEST_IN_PATIENCES * self._patience_s
        while True:
            async with asyncio.timeout_at(min(clock() + self._patience_s, end)):
                line = await anext(lines, None)
                while line is not None and not line.startswith("data:"):
                    line = await anext(lines, None)
            payload = (line or "[DONE]").removeprefix("data:").strip()
            if payload == "[DONE]":
                return
            yield payload


class Scripted:
    """The honest fake: says what it was given, and counts its calls."""

    def __init__(self, *tokens: str, name: str = "scripted", fails: bool = False) -> None:
        self.name, self.price_in, self.price_out = name, 1.0, 2.0
        self.calls: list[Sequence[Message]] = []
        self._tokens = tokens
        self._fails = fails

    async def stream(self, messages: Sequence[Message]) -> AsyncGenerator[str | Usage, None]:
        self.calls.append(messages)
        for token in self._tokens:
            await asyncio.sleep(0)
            yield token
        if self._fails:
            raise ProviderFailed("as scripted")
        yield Usage(len(messages), len(self._tokens))


class _Delta(msgspec.Struct):
    content: str | None = None


class _Choice(msgspec.Struct):
    delta: _Delta = msgspec.field(default_factory=_Delta)
    finish_reason: str | None = None


class _Count(msgspec.Struct):
    prompt_tokens: int = 0
    completion_tokens: int = 0


class _Chunk(msgspec.Struct):
    choices: list[_Choice] = []
    usage: _Count | None = None


_decode = msgspec.json.Decoder(_Chunk).decode


def _pieces(chunk: _Chunk) -> list[str | Usage]:
    pieces: list[str | Usage] = [
        choice.delta.content for choice in chunk.choices if choice.delta.content
    ]
    if chunk.usage is not None:
        pieces.append(Usage(chunk.usage.prompt_tokens, chunk.usage.completion_tokens))
    return pieces
