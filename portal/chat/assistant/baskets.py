"""Which services a booking is about: one, several for one visit, or still open."""

from collections.abc import Sequence

import msgspec

from portal.chat.assistant.offers import Named, words_naming


class Meant(msgspec.Struct, frozen=True):
    """`places` in the list of services. When `is_clear`, these and all of them; otherwise one of
    them, and we have to ask which.
    """

    places: tuple[int, ...] = ()
    is_clear: bool = False


def meant_by(words: str, services: Sequence[Named], places: Sequence[int]) -> Meant:
    """What `words` (from `words.plain`) mean by the services at `places`, which they name.

    „Kleine Inspektion“ names the small one by more words than the large one, so it is meant;
    „Inspektion“ names both by the same word; „Ölwechsel und Klimaservice“ are two for one visit.
    """
    named = [(frozenset(words_naming(words, [services[place]])), place) for place in places]
    kept = [
        (by, place) for by, place in named if by and not any(by < other for other, _place in named)
    ]
    if not kept:
        return Meant(tuple(places), len(places) == 1)
    different = {by for by, _place in kept}
    return Meant(tuple(place for _by, place in kept), len(different) == len(kept))
