"""The adapter for endpoints that speak OpenAI's embeddings."""

from collections.abc import Sequence

import aiohttp
import msgspec

from portal.ai.open_ai import make_http, refusal
from portal.ai.providers import ProviderFailed
from portal.ai.vectors import Vector, unit
from portal.kit.settings import Embeddings

MOST_BYTES = 32_000_000


class _One(msgspec.Struct):
    index: int
    embedding: list[float]


class _Usage(msgspec.Struct):
    prompt_tokens: int = 0


class _Answer(msgspec.Struct):
    data: list[_One]
    usage: _Usage = msgspec.field(default_factory=_Usage)


_decode = msgspec.json.Decoder(_Answer).decode


class OpenAiEmbeddings:
    """One endpoint, with a pool of connections of its own."""

    def __init__(self, wanted: Embeddings) -> None:
        self.name, self.model, self.price_in = wanted.name, wanted.model, wanted.price_in
        self.sure, self.perhaps = wanted.sure, wanted.perhaps
        self._http = make_http()
        self._address = f"{wanted.base_url.rstrip('/')}/embeddings"
        self._headers = {"Authorization": f"Bearer {wanted.api_key}"}

    async def vectors(self, texts: Sequence[str]) -> tuple[list[Vector], int | None]:
        asked = {"model": self.model, "input": list(texts), "encoding_format": "float"}
        try:
            async with self._http.post(
                self._address, json=asked, headers=self._headers
            ) as response:
                if response.status != 200:
                    raise refusal(response)
                answer = _decode(await response.content.read(MOST_BYTES))
            found = sorted(answer.data, key=lambda one: one.index)
            if [one.index for one in found] != list(range(len(texts))):
                raise ProviderFailed("not a vector for each text")
            return [unit(one.embedding) for one in found], answer.usage.prompt_tokens or None
        except (aiohttp.ClientError, msgspec.MsgspecError, OSError, ValueError) as error:
            raise ProviderFailed(type(error).__name__) from error

    async def close(self) -> None:
        await self._http.close()
