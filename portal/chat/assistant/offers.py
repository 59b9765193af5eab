"""Which services a message is about, whatever the customer calls them."""

import re
from collections.abc import Iterable, Iterator, Sequence
from functools import lru_cache
from typing import Protocol

from portal.content.folding import folded

ENDINGS = "(?:s|n|en|es|e|er|wechsel|tausch|service|prufung|reparatur|anlage)?"
_CLOSE_TO_BEST = 0.6
_INFLECTED_FROM = 3

SYNONYMS = tuple(
    tuple(folded(word.strip()) for word in group.split(","))
    for group in """
    Ölwechsel, Öl wechseln, Ölwexel, Ölservice, Motoröl, oil change, oil service, change the oil
    HU, TÜV, Tüf, TÜV-Prüfung, Hauptuntersuchung, HU/AU, Abgasuntersuchung, ASU, MOT, Plakette
    HU/AU, Hauptuntersuchung, HU AU inspection, TÜV inspection, statutory inspection
    Inspektion, Wartung, Durchsicht, Kundendienst, annual service, car service, inspection
    Inspektion, Wartung, Jahresinspektion, Jahresservice, Jahresdurchsicht
    Klimaservice, Klimaanlage, Klimaanlagenservice, Klima, Klimawartung, air conditioning, a/c
    Räderwechsel, Reifenwechsel, Radwechsel, Reifen wechseln, Räder wechseln, wheel change
    Räderwechsel, Reifen umstecken, Räder umstecken, Reifen tauschen, Räder tauschen, umbereifen
    Räderwechsel, Räder, Wechseln der Räder, Wechsel der Räder, Wechsel der Reifen, Reifen drauf
    Räderwechsel, Winterreifen, Sommerreifen, tyre change, tire change, winter tyres, winter tires
    Einlagerung, Reifeneinlagerung, Reifenhotel, einlagern, tyre storage, tire storage
    Bremsbelag, Bremsbeläge, Bremsen, Bremse, Bremsklötze, brakes, brake pads, brake
    Bremsflüssigkeit, brake fluid
    Batterie, Autobatterie, Starterbatterie, battery
    Zahnriemen, Steuerriemen, timing belt, cambelt
    Fehlerdiagnose, Fehlerspeicher, auslesen, Diagnose, diagnosis, diagnostics, fault codes
    Achsvermessung, Spureinstellung, Spur, Spur verstellt, wheel alignment
    Gebrauchtwagencheck, Ankaufcheck, Gebrauchtwagen, used car check
    Auspuff, Endtopf, Schalldämpfer, exhaust, muffler
    """.strip().splitlines()
)


class Named(Protocol):
    """What a service must tell to be recognised."""

    @property
    def name(self) -> str: ...
    @property
    def name_en(self) -> str: ...
    @property
    def keywords(self) -> Sequence[str]: ...


def names_of(service: Named) -> tuple[str, ...]:
    """All that people may call this service, folded."""
    return _names(service.name, service.name_en, tuple(service.keywords))


def vocabulary_of(services: Iterable[Named]) -> frozenset[str]:
    """Single words of all names, to mend typing errors with."""
    return _vocabulary(tuple(names_of(service) for service in services))


def named_in(words: str, services: Sequence[Named]) -> list[int]:
    """Places of the services that `words` speaks of, best first.

    Close seconds stay in, and so does what other words name: „Klimaservice und Bremsflüssigkeit“.
    """
    scored = [(_score(words, service), place) for place, service in enumerate(services)]
    ranked = sorted((pair for pair in scored if pair[0]), key=lambda pair: (-pair[0], pair[1]))
    kept: list[int] = []
    taken: set[str] = set()
    for score, place in ranked:
        by = words_naming(words, [services[place]])
        if score >= ranked[0][0] * _CLOSE_TO_BEST or by.isdisjoint(taken):
            kept.append(place)
            taken |= by
    return kept


def words_naming(words: str, services: Iterable[Named]) -> set[str]:
    """The words of the message that are names of services."""
    explained: set[str] = set()
    for service in services:
        for _, found in _said_in(words, service):
            explained.update(found[0].split())
    return explained


def _score(words: str, service: Named) -> int:
    return max((len(name) for name, _ in _said_in(words, service)), default=0)


def _said_in(words: str, service: Named) -> Iterator[tuple[str, re.Match[str]]]:
    """Its names that stand in `words`. Hardly one does: a look for the letters goes first."""
    for name in names_of(service):
        if name in words and (found := _pattern(name).search(words)):
            yield name, found


@lru_cache(maxsize=512)
def _vocabulary(names: tuple[tuple[str, ...], ...]) -> frozenset[str]:
    return frozenset(word for one in names for name in one for word in name.split())


@lru_cache(maxsize=4096)
def _pattern(name: str) -> re.Pattern[str]:
    """„AU“ takes no endings: „aus“ is none of its forms."""
    endings = ENDINGS if len(name) >= _INFLECTED_FROM else ""
    return re.compile(rf"(?<= ){re.escape(name)}{endings}(?= )")


@lru_cache(maxsize=4096)
def _names(name: str, name_en: str, keywords: tuple[str, ...]) -> tuple[str, ...]:
    own = [_words(said) for said in (name, name_en, *keywords) if said]
    titles = f" {_words(name)} "
    for group in SYNONYMS:
        if any(re.search(rf" {re.escape(said)}{ENDINGS} ", titles) for said in group[:2]):
            own.extend(_words(said) for said in group)
    return tuple(dict.fromkeys(said for said in own if said))


def _words(said: str) -> str:
    return " ".join(re.sub(r"[^\w/]+", " ", folded(said)).split())
