"""One message alone, as its words are understood: what it wants, and which services it names."""

import re
from collections.abc import Sequence
from functools import lru_cache

import msgspec

from portal.chat.assistant.concepts import concepts_of
from portal.chat.assistant.everyday import also_said
from portal.chat.assistant.intents import VOCABULARY, Intent, intents_in
from portal.chat.assistant.offers import Named, named_in, names_of, words_naming
from portal.chat.assistant.phrase_book import in_german
from portal.chat.assistant.refusals import without_refused_appointment, without_refused_services
from portal.chat.assistant.topics import Topics, topics_in
from portal.chat.assistant.when import DAY_WORDS
from portal.chat.assistant.words import plain, telling
from portal.kit.text import LANGUAGES

CARS = frozenset({"car", "make"})
"""„Mein BMW“ says whose car it is, and is no question about makes."""


class Heard(msgspec.Struct, frozen=True, kw_only=True):
    """`spoken` are all words, `words` what is understood of a guest's; `naming` are those that name
    services. `offers` are places in the list of services, `asked_for` subjects of frequent
    questions, each in a workshop's words. `unexplained` carry a question and say nothing to us.
    """

    spoken: str
    words: str
    naming: str
    topics: Topics
    intents: frozenset[Intent]
    offers: tuple[int, ...]
    asked_for: tuple[str, ...]
    unexplained: tuple[str, ...]


def hear(text: str, voice: str, services: Sequence[Named]) -> Heard:
    spoken = mended(text, services)
    words = understood(spoken, voice, services)
    topics = topics_in(words)
    intents = intents_in(without_refused_appointment(words), spoken, topics.wants)
    naming = _naming(words, topics)
    also = also_said(words)
    explained = set().union(topics.words, *intents.values()) | words_naming(words, services)
    explained |= {found[0].strip() for found in DAY_WORDS.finditer(words)}
    explained |= {word for word in words.split() if not CARS.isdisjoint(concepts_of(word))}
    return Heard(
        spoken=spoken,
        words=words,
        naming=naming,
        topics=topics,
        intents=frozenset(intents),
        offers=_with_kindred(named_in(naming, services), words, services),
        asked_for=(*((also,) if also else ()), *topics.asks),
        unexplained=tuple(telling(word for word in words.split() if word not in explained)),
    )


def mended(text: str, services: Sequence[Named]) -> str:
    return plain(text, _known(tuple(names_of(service) for service in services)))


def understood(words: str, voice: str, services: Sequence[Named]) -> str:
    """Of a guest's words those that the phrase book knows, in German, and what needs no
    translation: names of services, dates, times. All of them when it knows none.
    """
    if voice in LANGUAGES:
        return words
    names = words_naming(words, services)
    same = [word for word in words.split() if word in names or word[0].isdigit()]
    known = [*in_german(words, voice).split(), *same]
    return f" {' '.join(known)} " if known else words


def _naming(words: str, topics: Topics) -> str:
    """The words that name services: what is refused taken out, what is meant put in."""
    wished = without_refused_services(words)
    names = topics.names if wished == words else topics_in(wished).names
    return f"{wished}{' '.join((*names, ''))}"


def _with_kindred(named: Sequence[int], words: str, services: Sequence[Named]) -> tuple[int, ...]:
    """„Die große Inspektion oder die kleine“ names two: what services of one kind differ by is
    said alone.
    """
    kinds = {kind for place in named for kind in _kind_and_difference(services[place].name)[1]}
    others = [
        place
        for place, service in enumerate(services)
        if place not in named and _differs_by(words, service.name, kinds)
    ]
    return (*named, *others)


def _differs_by(words: str, name: str, kinds: set[str]) -> bool:
    difference, kind = _kind_and_difference(name)
    if not difference or kinds.isdisjoint(kind):
        return False
    return re.search(rf" {difference[:-1]}\w{{0,2}} ", words) is not None


@lru_cache(maxsize=1024)
def _kind_and_difference(name: str) -> tuple[str, frozenset[str]]:
    """„Kleine Inspektion“ is of the kind „inspektion“ and differs by „kleine“."""
    difference, _blank, kind = plain(name).strip().partition(" ")
    return (difference, frozenset({kind})) if kind and " " not in kind else ("", frozenset())


@lru_cache(maxsize=256)
def _known(names: tuple[tuple[str, ...], ...]) -> frozenset[str]:
    """Every word that typing errors are mended towards."""
    return VOCABULARY.union(word for one in names for name in one for word in name.split())
