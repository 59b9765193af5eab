"""The same endpoints through the vendor's own client, `openai`: for those that want its ways.

It signs requests, follows redirects and speaks dialects as its makers mean them, for 0.9 ms of CPU
a request. Streams are still read as bytes by our own reader, which costs a tenth of its models.
`"client": "openai"` in `PORTAL_AI_PROVIDERS` chooses it.
"""

import asyncio
from collections.abc import AsyncGenerator, Sequence
from typing import Any

import msgspec
import openai

from portal.ai import wire
from portal.ai.open_ai import LONGEST_IN_PATIENCES, Reading, refused
from portal.ai.providers import (
    MOST_TOKENS,
    Message,
    ProviderFailed,
    Tool,
    ToolCall,
    Usage,
)
from portal.kit.settings import AiProvider

CONNECT_S = 5.0


class ThroughOpenAi:
    """A `Provider`. Retries are the desk's, so that they are counted, paid and limited there."""

    def __init__(self, wanted: AiProvider, patience_s: float) -> None:
        self.name = wanted.name
        self.model = wanted.model
        self.price_in = wanted.price_in
        self.price_out = wanted.price_out
        self.price_cached = wanted.price_cached
        self._takes_tools = wanted.tools
        self._patience_s = patience_s
        self._client = openai.AsyncOpenAI(
            api_key=wanted.api_key,
            base_url=wanted.base_url,
            max_retries=0,
            timeout=openai.Timeout(patience_s, connect=CONNECT_S),
        )

    async def stream(
        self,
        messages: Sequence[Message],
        *,
        most_tokens: int = MOST_TOKENS,
        longest_s: float | None = None,
        tools: Sequence[Tool] = (),
    ) -> AsyncGenerator[str | ToolCall | Usage, None]:
        usual_s = LONGEST_IN_PATIENCES * self._patience_s
        offered = tools if self._takes_tools else ()
        asked = msgspec.json.decode(wire.request(self.model, messages, most_tokens, offered))
        reading = Reading()
        try:
            async with asyncio.timeout(min(longest_s or usual_s, usual_s)):
                async for text in self._texts(asked, reading):
                    yield text
        except (TimeoutError, openai.APITimeoutError) as error:
            raise ProviderFailed("silence") from error
        except openai.APIStatusError as error:
            wait = error.response.headers.get("Retry-After", "")
            raise refused(error.status_code, wait) from error
        except openai.APIConnectionError as error:
            raise ProviderFailed("connection", is_busy=True) from error
        except ProviderFailed:
            raise
        except Exception as error:  # whatever the client's transport raises in the middle
            raise ProviderFailed(type(error).__name__) from error
        usage = reading.finish()
        for call in reading.tool_calls:
            yield call
        if usage:
            yield usage

    async def close(self) -> None:
        await self._client.close()

    async def _texts(self, asked: dict[str, Any], reading: Reading) -> AsyncGenerator[str, None]:
        create = self._client.chat.completions.with_streaming_response.create
        async with create(**asked) as response:
            async for packet in response.iter_bytes():
                if text := reading.of(packet):
                    yield text
                if reading.is_over:
                    return
