"""A message as understood: its language, what is wanted, which services and days it names."""

import re
from collections.abc import Sequence
from datetime import date

import msgspec

from portal.bookings.calendar import Week
from portal.chat.assistant.baskets import Meant, meant_by
from portal.chat.assistant.dangers import Danger, danger_in
from portal.chat.assistant.follow_ups import Meaning, completed
from portal.chat.assistant.hearing import Heard, hear
from portal.chat.assistant.intents import SOCIAL, UNPRICED, Intent
from portal.chat.assistant.language import language_of, voice_of
from portal.chat.assistant.offers import Named
from portal.chat.assistant.speech import Question
from portal.chat.assistant.when import asks_for_holidays, days_asked
from portal.chat.assistant.wishes import Wish, wish_in
from portal.chat.assistant.words import any_of, plain
from portal.kit.text import LANGUAGES

_CONTACT = re.compile(
    r"[^@\s]+@[^@\s]+\.[^@\s]+|(?<!\d)(?:\+|00?)[1-9](?:[ /()-]{0,2}\d){6,14}(?!\d)"
)
_WISH = any_of(
    "(hatten?|wurden?) (\\w+ )?gerne?|mochten?|will|wollte|brauch(e|en|te|ten)?|benotige|need|"
    "d like|like"
)

_QUESTION = any_of("(brauche?|benotige) (ich|man|wir) (jetzt |schon |denn |noch |eigentlich |da )*")
"""„Brauch ich schon Winterreifen?“ wishes for nothing."""
_ASKS_OTHERWISE = frozenset({Intent.PRICE, Intent.DURATION, Intent.OTHER_TRADE})
_PAST = any_of(
    "war|waren|gewesen|gestern|vorgestern|letzten?s?|wurden?|seit|"
    "hab\\w* (\\w+ ){0,6}(gemacht|gewechselt|getauscht|repariert|eingebaut|erneuert|lassen)|"
    "vor (\\w+ ){1,2}(tagen?|wochen?|monaten?)"
)
_MAY = any_of("(kann|konnen|konnte?n?|konntet) (ich|ihr|sie|wir|man)|geht das|ginge|moglich")
_NOW = any_of("heute?|jetzt|gerade|momentan|today|now")
"""A day of whom something has happened to, as much as of whom wants to come."""
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
    `asked_for`: subjects of frequent questions, each in the words of a workshop; `unclear` is how
    many telling words nothing explains.
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
    asked_for: tuple[str, ...] = ()
    unclear: int = 0

    @property
    def is_foreign(self) -> bool:
        """In a language of guests: our words explain nothing in it."""
        return self.voice not in LANGUAGES

    def wants(self, *intents: Intent) -> bool:
        return not self.intents.isdisjoint(intents)


def read(question: Question, services: Sequence[Named], week: Week) -> Reading:
    said = [turn.text for turn in question.turns if turn.author == "visitor"]
    voice = voice_of(question.text, question.locale, said)
    heard = hear(question.text, voice, services)
    words = heard.words
    days = days_asked(words, question.now, week)
    wish = wish_in(words, days, question.now)
    meaning = completed(
        heard,
        Meaning(_wanted(heard, wish, voice), heard.offers, heard.naming, heard.asked_for),
        question.turns,
        voice,
        services,
        has_days=bool(days),
        says_when=wish.says_when,
    )
    unexplained = () if meaning.is_explained else heard.unexplained
    asked = " ".join(meaning.asked_for)
    return Reading(
        language=language_of(voice),
        voice=voice,
        words=words,
        spoken=heard.spoken,
        intents=_with_hours(heard, meaning, has_days=bool(days)),
        danger=_danger(question.text, heard),
        offers=meaning.offers,
        meant=meant_by(meaning.naming, services, meaning.offers),
        wish=wish,
        days=tuple(days),
        holidays=asks_for_holidays(words),
        open_words=asked or " ".join(unexplained) or words,
        unexplained=(*unexplained, *asked.split()),
        asked_for=meaning.asked_for,
        unclear=len(unexplained),
        leaves_contact="?" not in question.text and _CONTACT.search(question.text) is not None,
    )


def _wanted(heard: Heard, wish: Wish, voice: str) -> frozenset[Intent]:
    if heard.offers and not heard.asked_for and _wants_to_come(heard, wish, voice):
        return heard.intents | {Intent.BOOKING}
    return heard.intents


def _wants_to_come(heard: Heard, wish: Wish, voice: str) -> bool:
    """„Ich brauche …“, or a day with a service: „Mittwoch Klima machen lassen, geht das?“"""
    words = heard.words
    if heard.intents & _ASKS_OTHERWISE:
        return False
    if _WISH.search(_QUESTION.sub(" ", words)):
        return True
    if not wish.says_when or (_PAST.search(words) and not _MAY.search(words)):
        return False
    return voice not in LANGUAGES or bool(_COME.search(words)) or not _NOW.search(words)


def _danger(text: str, heard: Heard) -> Danger | None:
    """In the words as they were mended and as they were written: a slip must hide none."""
    written = plain(text)
    found = danger_in(heard.spoken) or (written != heard.spoken and danger_in(written)) or None
    return found or next((Danger(one) for one in heard.topics.danger), None)


def _with_hours(heard: Heard, meaning: Meaning, *, has_days: bool) -> frozenset[Intent]:
    """A day alone („und samstags?“) asks for its hours; a wish for a day does so besides.

    Of a guest's words most have to be understood for that.
    """
    wanted = meaning.wanted
    is_clear = len(heard.spoken.split()) <= len(heard.words.split()) + 1
    if _NOW.search(heard.words) and heard.unexplained:
        is_clear = False
    says_nothing_else = is_clear and not wanted - SOCIAL - UNPRICED and Intent.GOODBYE not in wanted
    if has_days and (Intent.BOOKING in wanted or (says_nothing_else and not meaning.offers)):
        return wanted | {Intent.HOURS}
    return wanted
