"""The shapes of OpenAI's chat completions on the wire: what is sent, and what comes back."""

from collections.abc import Sequence
from typing import Any

import msgspec

from portal.ai.providers import Message, Tool, ToolCall

MOST_TOOL_CALLS = 8
LONGEST_ARGUMENTS = 8_000


def request(
    model: str, messages: Sequence[Message], most_tokens: int, tools: Sequence[Tool]
) -> bytes:
    """The body. Without `tools` it does not mention any: not every endpoint knows them."""
    said = [_said(message) for message in messages]
    if not tools:
        return msgspec.json.encode(_Wanted(model, said, most_tokens))
    offered = [_Offered(function=tool) for tool in tools]
    return msgspec.json.encode(_WantedWithTools(model, said, most_tokens, tools=offered))


class Calls:
    """Calls of tools, put together from the pieces that a stream brings."""

    def __init__(self) -> None:
        self._calls: dict[int, list[str]] = {}

    def take(self, pieces: Sequence["_ToolPiece"]) -> None:
        for piece in pieces:
            known = len(self._calls)
            if piece.index not in self._calls and known >= MOST_TOOL_CALLS:
                continue
            call = self._calls.setdefault(piece.index, ["", "", ""])
            call[0] = piece.id or call[0]
            call[1] = piece.function.name or call[1]
            call[2] = (call[2] + (piece.function.arguments or ""))[:LONGEST_ARGUMENTS]

    def whole(self) -> list[ToolCall]:
        return [
            ToolCall(mark or f"call_{index}", name, arguments)
            for index, (mark, name, arguments) in sorted(self._calls.items())
            if name
        ]


class _Function(msgspec.Struct):
    name: str
    arguments: str


class _Asked(msgspec.Struct):
    id: str
    function: _Function
    type: str = "function"


class _Said(msgspec.Struct, omit_defaults=True):
    role: str
    content: str
    tool_calls: list[_Asked] = []
    tool_call_id: str = ""


class _Offered(msgspec.Struct):
    function: Tool
    type: str = "function"


class _Options(msgspec.Struct, frozen=True):
    include_usage: bool = True


class _Wanted(msgspec.Struct):
    model: str
    messages: list[_Said]
    max_tokens: int
    stream: bool = True
    stream_options: _Options = _Options()


class _WantedWithTools(_Wanted, kw_only=True):
    tools: list[_Offered]


class _FunctionPiece(msgspec.Struct):
    name: str | None = None
    arguments: str | None = None


class _ToolPiece(msgspec.Struct):
    index: int = 0
    id: str | None = None
    function: _FunctionPiece = msgspec.field(default_factory=_FunctionPiece)


class _Delta(msgspec.Struct):
    content: str | None = None
    tool_calls: list[_ToolPiece] | None = None


class _Choice(msgspec.Struct):
    delta: _Delta = msgspec.field(default_factory=_Delta)
    finish_reason: str | None = None


class _Details(msgspec.Struct):
    cached_tokens: int | None = 0


class Count(msgspec.Struct):
    prompt_tokens: int = 0
    completion_tokens: int = 0
    prompt_tokens_details: _Details | None = None


class Chunk(msgspec.Struct):
    choices: list[_Choice] = []
    usage: Count | None = None
    error: msgspec.Raw | None = None


decode = msgspec.json.Decoder(Chunk).decode


def _said(message: Message) -> _Said:
    asked: list[Any] = [
        _Asked(call.id, _Function(call.name, call.arguments)) for call in message.asks
    ]
    return _Said(message.role, message.content, asked, message.answers)
