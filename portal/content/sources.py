"""Where a workshop's texts come from: Directus when there is one, else files, else staff alone."""

from collections.abc import Mapping, Sequence
from typing import Protocol

import msgspec


class ContentUnreadable(Exception):
    """Texts do not have the expected shape; the message names the place. Trying again is idle."""


class ContentUnavailable(Exception):
    """The source does not answer at the moment. What is known already stays."""


class FaqText(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """One question with its answer. `id` stays the same when the text changes."""

    id: str
    question: str
    answer: str
    keywords: list[str] = []


Faq = Mapping[str, Sequence[FaqText]]
"""By language (`de`, `en`), in the order to show. A language that is missing is left alone."""


class ContentSource(Protocol):
    """Raises `ContentUnavailable` (temporary) and `ContentUnreadable` (final)."""

    kind: str
    """Stored with each entry, so that one source never touches another's."""

    async def faq(self, slug: str) -> Faq:
        """The frequent questions of the workshop with this slug."""
        ...

    async def changed(self, ids: Sequence[str]) -> set[str]:
        """The slugs of the workshops whose entries these are; unknown ids are left out."""
        ...
