"""A message as understood: its language, what is wanted, which services and days it names."""

import re
from collections.abc import Sequence
from datetime import date

import msgspec

from portal.bookings.calendar import Week
from portal.chat.assistant.baskets import Meant, meant_by
from portal.chat.assistant.dangers import Danger, danger_in
from portal.chat.assistant.everyday import also_said
from portal.chat.assistant.intents import SOCIAL, VOCABULARY, Intent, intents_in
from portal.chat.assistant.language import language_of, voice_of
from portal.chat.assistant.offers import Named, named_in, vocabulary_of, words_naming
from portal.chat.assistant.phrase_book import in_german
from portal.chat.assistant.speech import Question, Turn
from portal.chat.assistant.when import DAY_WORDS, asks_for_holidays, days_asked
from portal.chat.assistant.wishes import Wish, wish_in
from portal.chat.assistant.words import any_of, plain, telling
from portal.kit.text import LANGUAGES

LOOK_BACK = 4
BOOKING_TALK = 6
"""Earlier turns in which a wish for an appointment still counts."""
_FOLLOW_UP = re.compile(
    r"^ (und|and|oder|or|was ist mit|wie ist es mit|how about|what about|wie sieht es)\b|"
    r" (das|dafur|davon|der|die|it|that|this) "
)
_SHORT = 7
MOST_UNEXPLAINED = 2
MOST_WORDS_OF_A_PICK = 5
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
_CONTACT = re.compile(
    r"[^@\s]+@[^@\s]+\.[^@\s]+|(?<!\d)(?:\+|00?)[1-9](?:[ /()-]{0,2}\d){6,14}(?!\d)"
)
_WISH = any_of(
    "hatten? gern|hatten? gerne|mochten?|will|wollte|brauche?n?|benotige|need|d like|like"
)

_QUESTION = any_of("(brauche?|benotige) (ich|man|wir) (jetzt |schon |denn |noch |eigentlich |da )*")
"""„Brauch ich schon Winterreifen?“ wishes for nothing."""
_COME = any_of(
    "(machen|wechseln|prufen|checken|tauschen) lassen|komme?n?|vorbeikommen|come in|bring\\w*|"
    "moglich|ginge|geht das|passt das|klappt das"
)


class Reading(msgspec.Struct, frozen=True, kw_only=True):
    """`offers` are places in the list of services, `meant` those that an appointment is for and
    `wish` when it is wanted. `open_words` are for the FAQ search: those
    that no intent, service or day explains; all words when nothing was understood.
    `language` is that of the workshop's texts, German or English; `voice` that of our sentences.
    `words` is what is read, of a guest's words what is understood of them; `spoken` all of them.
    `leaves_contact`: a phone number or an address stands in it, and no question.
    """

    language: str
    voice: str
    words: str
    spoken: str = ""
    intents: frozenset[Intent] = frozenset()
    danger: Danger | None = None
    offers: tuple[int, ...] = ()
    meant: Meant = Meant()
    wish: Wish = Wish()
    days: tuple[date, ...] = ()
    holidays: bool = False
    open_words: str = ""
    unexplained: tuple[str, ...] = ()
    leaves_contact: bool = False

    @property
    def is_foreign(self) -> bool:
        """In a language of guests: our words explain nothing in it."""
        return self.voice not in LANGUAGES

    def wants(self, *intents: Intent) -> bool:
        return not self.intents.isdisjoint(intents)


def read(question: Question, services: Sequence[Named], week: Week) -> Reading:
    words = _mended(question.text, services)
    said = [turn.text for turn in question.turns if turn.author == "visitor"]
    voice = voice_of(question.text, question.locale, said)
    spoken, words = words, _understood(words, voice, services)
    intents = intents_in(words, spoken)
    offers = named_in(words, services)
    days = days_asked(words, question.now, week)
    explained = set().union(*intents.values()) | words_naming(words, services)
    explained |= {found[0].strip() for found in DAY_WORDS.finditer(words)}
    unexplained = telling(word for word in words.split() if word not in explained)
    wish = wish_in(words, days, question.now)
    wanted = frozenset(intents)
    asked = also_said(words)
    if offers and not asked and _wants_to_come(words, wish, wanted, voice):
        wanted |= {Intent.BOOKING}
    turns = _turns(question, voice, services)
    is_clear = len(spoken.split()) <= len(words.split()) + 1
    if _goes_on_booking(turns, wanted, unexplained, says=bool(offers) or wish.says_when):
        wanted |= {Intent.BOOKING}
    naming = words
    picked = _picked(turns, words, wanted, services) if not offers else []
    if picked:
        wanted |= {Intent.BOOKING}
        offers, unexplained = picked, []
        naming = plain(services[picked[0]].name)
    elif not offers and Intent.BOOKING in wanted:
        naming, offers = _named_before(turns, services)
    elif not offers and _is_follow_up(words, unexplained):
        offers, wanted = _from_before(turns, services, wanted, has_days=bool(days))
    return Reading(
        language=language_of(voice),
        voice=voice,
        words=words,
        spoken=spoken,
        intents=_with_hours(
            wanted, has_days=bool(days), has_offers=bool(offers), is_clear=is_clear
        ),
        danger=danger_in(spoken) or danger_in(plain(question.text)),
        offers=tuple(offers),
        meant=meant_by(naming, services, offers),
        wish=wish,
        days=tuple(days),
        holidays=asks_for_holidays(words),
        open_words=asked or " ".join(unexplained) or words,
        unexplained=(*unexplained, *asked.split()),
        leaves_contact="?" not in question.text and _CONTACT.search(question.text) is not None,
    )


def _mended(text: str, services: Sequence[Named]) -> str:
    return plain(text, VOCABULARY | vocabulary_of(services))


def _understood(words: str, voice: str, services: Sequence[Named]) -> str:
    """Of a guest's words those that the phrase book knows, in German, and what needs no
    translation: names of services, dates, times. All of them when it knows none.
    """
    if voice in LANGUAGES:
        return words
    names = words_naming(words, services)
    same = [word for word in words.split() if word in names or word[0].isdigit()]
    known = [*in_german(words, voice).split(), *same]
    return f" {' '.join(known)} " if known else words


def _wants_to_come(words: str, wish: Wish, wanted: frozenset[Intent], voice: str) -> bool:
    """„Ich brauche …“, or a day with a service: „Mittwoch Klima machen lassen, geht das?“"""
    if wanted & {Intent.PRICE, Intent.DURATION}:
        return False
    if _WISH.search(_QUESTION.sub(" ", words)):
        return True
    return wish.says_when and (voice not in LANGUAGES or _COME.search(words) is not None)


def _turns(question: Question, voice: str, services: Sequence[Named]) -> Sequence[Turn]:
    """What was said before, a guest's words as far as they are understood."""
    if voice in LANGUAGES:
        return question.turns
    return [
        Turn(turn.author, _understood(_mended(turn.text, services), voice, services))
        if turn.author == "visitor"
        else turn
        for turn in question.turns[-BOOKING_TALK:]
    ]


def _goes_on_booking(
    turns: Sequence[Turn], wanted: frozenset[Intent], unexplained: list[str], *, says: bool
) -> bool:
    """„Ölwechsel“ or „lieber Donnerstag Nachmittag“, said while an appointment is looked for."""
    if not says or wanted - SOCIAL or len(unexplained) > MOST_UNEXPLAINED:
        return False
    return _talks_of_booking(turns)


def _picked(
    turns: Sequence[Turn], words: str, wanted: frozenset[Intent], services: Sequence[Named]
) -> list[int]:
    """„Die zweite“ or „die große“, said to a list of services: that one of them; else none."""
    said = words.split()
    if wanted - SOCIAL or len(said) > MOST_WORDS_OF_A_PICK:
        return []
    if not _talks_of_booking(turns):
        return []
    _naming, offered = _named_before(turns, services)
    for word in said:
        place = _ORDINALS.get(word)
        if place is not None:
            return [offered[place]] if place < len(offered) else []
    stems = {word.rstrip("nrsm") for word in telling(said)}
    fitting = [
        place
        for place in offered
        if stems & {w.rstrip("nrsm") for w in _name_words(services[place])}
    ]
    return fitting if len(fitting) == 1 else []


def _name_words(service: Named) -> list[str]:
    return f"{plain(service.name)} {plain(service.name_en)}".split()


def _talks_of_booking(turns: Sequence[Turn]) -> bool:
    said = (plain(turn.text) for turn in turns[-BOOKING_TALK:] if turn.author == "visitor")
    return any(Intent.BOOKING in intents_in(words) for words in said)


def _named_before(turns: Sequence[Turn], services: Sequence[Named]) -> tuple[str, list[int]]:
    """The services that the visitor spoke of last, with the words that named them."""
    for turn in reversed(turns[-BOOKING_TALK:]):
        if turn.author == "visitor":
            words = plain(turn.text, VOCABULARY | vocabulary_of(services))
            if offers := named_in(words, services):
                return words, offers
    return "", []


def _is_follow_up(words: str, unexplained: list[str]) -> bool:
    is_short = len(words.split()) <= _SHORT
    return is_short and not unexplained and _FOLLOW_UP.search(words) is not None


def _from_before(
    turns: Sequence[Turn], services: Sequence[Named], wanted: frozenset[Intent], *, has_days: bool
) -> tuple[list[int], frozenset[Intent]]:
    """What a short follow-up leaves out: the service talked about last, or that it was about hours.

    „Und was kostet das?“ takes the service of the turns before, the visitor's words first.
    """
    if has_days and not wanted & {Intent.PRICE, Intent.DURATION}:
        return [], wanted | {Intent.HOURS}
    if not wanted & {Intent.PRICE, Intent.DURATION, Intent.BOOKING}:
        return [], wanted
    recent = list(reversed(turns[-LOOK_BACK:]))
    recent.sort(key=lambda turn: turn.author != "visitor")
    for turn in recent:
        offers = named_in(plain(turn.text, VOCABULARY), services)
        if offers:
            return offers, wanted
    return [], wanted


def _with_hours(
    wanted: frozenset[Intent], *, has_days: bool, has_offers: bool, is_clear: bool
) -> frozenset[Intent]:
    """A day alone („und samstags?“) asks for its hours; a wish for a day does so besides.

    Of a guest's words most have to be understood for that.
    """
    says_nothing_else = is_clear and not wanted - SOCIAL and Intent.GOODBYE not in wanted
    if has_days and (Intent.BOOKING in wanted or (says_nothing_else and not has_offers)):
        return wanted | {Intent.HOURS}
    return wanted
