"""What a short message leaves out, because it was said before: „und die große?“, „geht Montag?“"""

import re
from collections.abc import Iterator, Sequence

import msgspec

from portal.chat.assistant.hearing import Heard, hear
from portal.chat.assistant.intents import SOCIAL, Intent
from portal.chat.assistant.offers import Named
from portal.chat.assistant.speech import Turn
from portal.chat.assistant.words import any_of, plain, telling
from portal.kit.errors import N_
from portal.kit.text import _, speaking

LOOK_BACK = 4
BOOKING_TALK = 6
"""Earlier turns in which a wish for an appointment still counts."""
MOST_UNEXPLAINED = 2
MOST_WORDS_OF_A_PICK = 7
MOST_WORDS_OF_A_YES = 4
SHORTEST_NAME = 5
_YES = re.compile(r" (ja|jo|jep|jup|gern|gerne|bitte|klar|ok|okay|genau|mach|yes|sure|please) ")
_SHORT = 7
_GOES_ON = re.compile(
    r"^ (und|and|oder|or|was ist mit|wie ist es mit|how about|what about|wie sieht es)\b|"
    r" (das|dafur|davon|dazu|da|der|die|it|that|this) "
)
_COULD_COME = any_of(
    "geht|ginge|gehts|passt|passen|moglich|machbar|frei|klappt|kommen|vorbeikommen|"
    "schafft|machen|machts|nehme|nehm|work"
)
_ORDINALS = {
    word: place
    for place, words in enumerate(
        (
            "erste ersten erster erstes first 1",
            "zweite zweiten zweiter zweites second 2",
            "dritte dritten dritter drittes third 3",
            "vierte vierten vierter viertes fourth 4",
        )
    )
    for word in words.split()
}
_ASKS_FOR_A_PERSON = (
    N_("Shall a colleague get back to you? Please leave your number or e-mail below."),
    N_(
        "What is it about? Ask me about opening hours, prices or an appointment, or shall I "
        "pass you on to a person?"
    ),
)
_PLATE = re.compile(r" [a-z]{1,3} ?[a-z]{1,2} ?\d{1,4}[eh]? ")
_OWN_CAR = frozenset({Intent.HISTORY, Intent.ORDER_STATUS})
_ABOUT_WORK = frozenset({Intent.PRICE, Intent.DURATION, Intent.BOOKING})


class Meaning(msgspec.Struct, frozen=True):
    """What a message means beside what was said before; `naming` are words that name `offers`,
    `asked_for` subjects of frequent questions.
    """

    wanted: frozenset[Intent]
    offers: tuple[int, ...]
    naming: str
    asked_for: tuple[str, ...] = ()
    is_explained: bool = False


def completed(
    heard: Heard,
    meaning: Meaning,
    turns: Sequence[Turn],
    voice: str,
    services: Sequence[Named],
    *,
    has_days: bool,
    says_when: bool,
) -> Meaning:
    """`meaning` of the message alone, with what earlier turns (oldest first) add to it."""
    if not turns:
        return meaning
    talk = _Talk(turns, voice, services)
    wanted = meaning.wanted
    if _goes_on(heard, wanted, says=bool(meaning.offers) or says_when) and talk.is_of_booking:
        wanted |= {Intent.BOOKING}
    if meaning.offers:
        return Meaning(wanted, meaning.offers, meaning.naming, meaning.asked_for)
    if _accepts_a_person(heard, turns, voice):
        return Meaning(wanted | {Intent.PERSON}, (), heard.naming, is_explained=True)
    if picked := _picked(heard.words, meaning.wanted, talk):
        return _with(wanted | talk.wanted_last, picked, services)
    return _from_before(heard, wanted, talk, has_days=has_days)


class _Talk:
    """The turns before, each of the visitor's heard once and only when it matters."""

    def __init__(self, turns: Sequence[Turn], voice: str, services: Sequence[Named]) -> None:
        self.services = services
        self._voice = voice
        self._turns = turns[-BOOKING_TALK:]
        self._heard: dict[int, Heard] = {}

    @property
    def is_of_booking(self) -> bool:
        return any(Intent.BOOKING in heard.intents for heard in self._visitors())

    @property
    def named_last(self) -> tuple[str, tuple[int, ...]]:
        """The services that the visitor spoke of last, with the words that named them."""
        naming: str = ""
        offers: tuple[int, ...] = ()
        for heard in reversed(list(self._visitors())):
            if heard.offers:
                naming, offers = heard.naming, heard.offers
            elif picked := _choice(heard.words, offers, self.services):
                naming, offers = plain(self.services[picked[0]].name), picked
        return naming, offers

    @property
    def wanted_last(self) -> frozenset[Intent]:
        """Whether an appointment, a price or a duration was asked for."""
        if self.is_of_booking:
            return frozenset({Intent.BOOKING})
        return next((h.intents & _ABOUT_WORK for h in self._visitors() if h.offers), frozenset())

    @property
    def about_the_car(self) -> frozenset[Intent]:
        """What was asked about the visitor's own car just before."""
        last = next(self._visitors(), None)
        return last.intents & _OWN_CAR if last else frozenset()

    @property
    def asked_last(self) -> tuple[str, ...]:
        """The subject of the last question that had one of its own."""
        return next((heard.asked_for for heard in self._visitors() if heard.asked_for), ())

    @property
    def spoken_of(self) -> tuple[int, ...]:
        """The services talked about last, the visitor's words first."""
        _naming, offers = self.named_last
        if offers:
            return offers
        for place in range(len(self._turns) - 1, max(-1, len(self._turns) - 1 - LOOK_BACK), -1):
            if self._turns[place].author != "visitor" and (heard := self._hear(place)).offers:
                return heard.offers
        return ()

    def _visitors(self) -> Iterator[Heard]:
        """The last one first."""
        for place in range(len(self._turns) - 1, -1, -1):
            if self._turns[place].author == "visitor":
                yield self._hear(place)

    def _hear(self, place: int) -> Heard:
        if place not in self._heard:
            self._heard[place] = hear(self._turns[place].text, self._voice, self.services)
        return self._heard[place]


def _accepts_a_person(heard: Heard, turns: Sequence[Turn], voice: str) -> bool:
    """„Ja bitte“, said to the question whether a colleague shall get back."""
    if len(heard.words.split()) > MOST_WORDS_OF_A_YES or not _YES.match(heard.words):
        return False
    if turns[-1].author != "assistant":
        return False
    with speaking(voice):
        return any(_(asked) in turns[-1].text for asked in _ASKS_FOR_A_PERSON)


def _goes_on(heard: Heard, wanted: frozenset[Intent], *, says: bool) -> bool:
    """„Ölwechsel“ or „lieber Donnerstag Nachmittag“, said while an appointment is looked for."""
    return says and not wanted - SOCIAL and len(heard.unexplained) <= MOST_UNEXPLAINED


def _picked(words: str, wanted: frozenset[Intent], talk: _Talk) -> tuple[int, ...]:
    """„Die zweite“ or „die große“ of the services talked about, or of their kind; else none."""
    said = words.split()
    if wanted - SOCIAL - _ABOUT_WORK or len(said) > MOST_WORDS_OF_A_PICK:
        return ()
    _naming, offered = talk.named_last
    place = next((_ORDINALS[word] for word in said if word in _ORDINALS), None)
    if place is not None:
        return offered[place : place + 1] if talk.is_of_booking else ()
    return _choice(words, offered, talk.services)


def _choice(words: str, offered: Sequence[int], services: Sequence[Named]) -> tuple[int, ...]:
    """The only one of the services at `offered`, or of their kind, that is named by a word."""
    stems = {_stem(word) for word in telling(words.split())}
    for choice in (offered, _of_their_kind(offered, services)):
        fitting = [one for one in choice if stems & set(map(_stem, _names(services[one])))]
        if len(fitting) == 1:
            return (fitting[0],)
    return ()


def _of_their_kind(offered: Sequence[int], services: Sequence[Named]) -> list[int]:
    """Services that share a word of their names: the small and the large inspection."""
    kinds = {
        word for one in offered for word in _names(services[one]) if len(word) >= SHORTEST_NAME
    }
    return [
        place
        for place, service in enumerate(services)
        if place not in offered and kinds & set(_names(service))
    ]


def _is_follow_up(heard: Heard, *, has_days: bool) -> bool:
    is_short = len(heard.words.split()) <= _SHORT
    goes_on = _GOES_ON.search(heard.words) or (has_days and _COULD_COME.search(heard.words))
    return is_short and not heard.unexplained and not heard.asked_for and bool(goes_on)


def _from_before(
    heard: Heard, wanted: frozenset[Intent], talk: _Talk, *, has_days: bool
) -> Meaning:
    if Intent.BOOKING in wanted:
        naming, offers = talk.named_last
        return Meaning(wanted, offers, naming, heard.asked_for)
    if _PLATE.search(heard.words) and not wanted - SOCIAL:
        return Meaning(wanted | talk.about_the_car, (), heard.naming, heard.asked_for)
    if _is_follow_up(heard, has_days=has_days):
        return _left_out(wanted, heard, talk, has_days=has_days)
    return Meaning(wanted, (), heard.naming, heard.asked_for)


def _left_out(wanted: frozenset[Intent], heard: Heard, talk: _Talk, *, has_days: bool) -> Meaning:
    """„Und was kostet das?“ takes the service of the turns before, „geht das auch am Montag?“ wants
    an appointment for it, „und samstags?“ asks for hours.
    """
    offers = talk.spoken_of
    if offers and wanted & _ABOUT_WORK:
        return Meaning(wanted, offers, talk.named_last[0] or heard.naming)
    if offers and has_days and not wanted - SOCIAL and _COULD_COME.search(heard.words):
        naming = talk.named_last[0] or heard.naming
        return Meaning(wanted | {Intent.BOOKING}, offers, naming)
    if has_days and not wanted & _ABOUT_WORK:
        return Meaning(wanted | {Intent.HOURS}, (), heard.naming)
    return Meaning(wanted, (), heard.naming, () if offers else talk.asked_last)


def _with(wanted: frozenset[Intent], offers: tuple[int, ...], services: Sequence[Named]) -> Meaning:
    return Meaning(wanted, offers, plain(services[offers[0]].name), is_explained=True)


def _names(service: Named) -> list[str]:
    return f"{plain(service.name)} {plain(service.name_en)}".split()


def _stem(word: str) -> str:
    return word.rstrip("nrsm")
