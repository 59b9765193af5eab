"""AI providers: one Protocol, and an honest fake."""

import asyncio
from collections.abc import AsyncGenerator, Sequence
from typing import Any, Protocol

import msgspec

MOST_TOKENS = 600
"""Of an answer, unless somebody asks for more."""


class Tool(msgspec.Struct, frozen=True):
    """What a model may ask for; `parameters` is a JSON schema of one object."""

    name: str
    description: str
    parameters: dict[str, Any]


class ToolCall(msgspec.Struct, frozen=True):
    """What a model asks for; `arguments` is the JSON that it wrote, judged by nobody yet."""

    id: str
    name: str
    arguments: str


class Message(msgspec.Struct, frozen=True):
    """`asks` are calls of tools by the assistant; `answers` is the id of the call that this is the
    result of (role `tool`).
    """

    role: str
    content: str
    asks: tuple[ToolCall, ...] = ()
    answers: str = ""


class Usage(msgspec.Struct, frozen=True):
    """Tokens as the provider counted them; `cached` are those of `tokens_in` that it had still."""

    tokens_in: int
    tokens_out: int
    cached: int = 0


class ProviderFailed(Exception):  # it names a fact, like every problem
    """No answer, or none to the end.

    `for_good`: the next try would fail alike. `is_busy`: it may well work in a moment, after
    `wait_s` seconds where the provider said so.
    """

    def __init__(
        self, reason: str, *, for_good: bool = False, is_busy: bool = False, wait_s: float = 0.0
    ) -> None:
        super().__init__(reason)
        self.for_good, self.is_busy, self.wait_s = for_good, is_busy, wait_s


class Provider(Protocol):
    """`stream` yields text as it comes, then the calls of `tools` that it makes and, last, the
    usage if the provider tells it. Prices are in euro per million tokens; None: cached tokens cost
    what others do.

    It takes at most `longest_s` seconds. Close it, and the provider is let go at once.

    Raises `ProviderFailed` for everything that goes wrong.
    """

    name: str
    model: str
    price_in: float
    price_out: float
    price_cached: float | None

    def stream(
        self,
        messages: Sequence[Message],
        *,
        most_tokens: int = MOST_TOKENS,
        longest_s: float | None = None,
        tools: Sequence[Tool] = (),
    ) -> AsyncGenerator[str | ToolCall | Usage, None]: ...


class Scripted:
    """The honest fake: says what it was given, and counts its calls."""

    def __init__(
        self, *tokens: str, name: str = "scripted", fails: bool | ProviderFailed = False
    ) -> None:
        self.name, self.model = name, "script"
        self.price_in, self.price_out, self.price_cached = 1.0, 2.0, None
        self.calls: list[Sequence[Message]] = []
        self._tokens = tokens
        self._fails = fails

    async def stream(
        self,
        messages: Sequence[Message],
        **_limits: Any,
    ) -> AsyncGenerator[str | ToolCall | Usage, None]:
        self.calls.append(messages)
        for token in self._tokens:
            await asyncio.sleep(0)
            yield token
        if self._fails:
            raise self._fails if self._fails is not True else ProviderFailed("as scripted")
        yield Usage(len(messages), len(self._tokens))
