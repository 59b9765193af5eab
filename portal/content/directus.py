"""Texts from Directus: the collection `faq` that `cms/` describes, through directus-sdk-py.

The SDK is synchronous and trusts any certificate unless told otherwise; it runs in a thread, with
a time-out for each request. `get_items` answers a refusal with a dictionary instead of raising.
"""

import asyncio
from collections.abc import Sequence
from typing import Any, Literal

import msgspec

from portal.content.sources import ContentUnavailable, ContentUnreadable, Faq, FaqText
from portal.kit.text import GUESTS, LANGUAGES

TIMEOUT_S = 15
PAGE = 200
MOST_PAGES = 10
_FIELDS = ["id", "workshop", "locale", "question", "answer", "keywords"]


class _Item(msgspec.Struct):
    id: int | str
    workshop: str
    locale: Literal["de", "en", "tr", "pl", "uk", "ar", "ru"]
    question: str
    answer: str
    keywords: list[str] | None = None


class DirectusSource:
    """`token` is a static token that may read `faq` and nothing else."""

    kind = "directus"

    def __init__(self, url: str, token: str) -> None:
        self._url, self._token = url.rstrip("/"), token

    async def faq(self, slug: str) -> Faq:
        """Published entries only: a draft is nobody's answer yet."""
        conditions = {"workshop": {"_eq": slug}, "status": {"_eq": "published"}}
        items = await self._all({"filter": conditions, "sort": ["sort", "id"], "fields": _FIELDS})
        return {
            locale: [_text(item) for item in items if item.locale == locale]
            for locale in (*LANGUAGES, *GUESTS)
        }

    async def changed(self, ids: Sequence[str]) -> set[str]:
        conditions = {"id": {"_in": list(ids)[:PAGE]}}
        return {
            item.workshop for item in await self._all({"filter": conditions, "fields": _FIELDS})
        }

    async def _all(self, query: dict[str, Any]) -> list[_Item]:
        found: list[_Item] = []
        for page in range(1, MOST_PAGES + 1):
            asked = {**query, "limit": PAGE, "page": page}
            items = await asyncio.to_thread(self._items, asked)
            found += items
            if len(items) < PAGE:
                break
        return found

    def _items(self, query: dict[str, Any]) -> list[_Item]:
        from directus_sdk_py import DirectusClient
        from requests import RequestException

        client = DirectusClient(url=self._url, token=self._token, verify=True)
        try:
            answer = client.get_items("faq", {"query": query}, timeout=TIMEOUT_S)
        except RequestException as error:
            raise ContentUnavailable(f"Directus: {type(error).__name__}") from error
        if not isinstance(answer, list):
            raise ContentUnavailable("Directus: refused, or no answer of its own")
        try:
            return msgspec.convert(answer, list[_Item])
        except msgspec.ValidationError as error:
            raise ContentUnreadable(f"Directus, faq: {error}") from error


def _text(item: _Item) -> FaqText:
    return FaqText(
        id=str(item.id), question=item.question, answer=item.answer, keywords=item.keywords or []
    )
