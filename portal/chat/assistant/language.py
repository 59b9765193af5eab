"""Which of our languages a message is written in."""

import re

from portal.content.folding import folded
from portal.kit.text import GUESTS

_GERMAN = frozenset(
    folded("""
    ich sie ihr wir und oder der die das ein eine einen mein meine ist sind haben hat habt kann
    können was wie wann wo kostet für mit bei auf am im zu zum nicht bitte danke hallo guten
    morgen heute geöffnet offen termin brauche möchte gibt auch noch wieder einer öffnungszeiten
    moin werkstatt preis geht samstags montag dienstag mittwoch donnerstag freitag samstag sonntag
    reifen bremsen öl ölwechsel inspektion klimaanlage menschen tschüss nach wer welche darf
    """).split()
)
_ENGLISH = frozenset(
    """
    i you we they and or the a an my your is are do does have has can could what how when where
    much cost costs for with at on to not please thanks thank hello hi good today tomorrow open
    closed appointment need want would like there any of it car brakes oil tyres tires change
    monday tuesday wednesday thursday friday saturday sunday opening hours price speak human
    bye goodbye who which may will service address phone opening
    """.split()  # noqa: SIM905  # two columns of one shape
)
_LETTERS = (
    ("ar", re.compile(r"[\u0621-\u064a]{2}")),
    ("uk", re.compile(r"[іїєґ]", re.IGNORECASE)),
    ("ru", re.compile(r"[а-яё]{2}", re.IGNORECASE)),
    ("pl", re.compile(r"[ąęłńśźż]", re.IGNORECASE)),
    ("tr", re.compile(r"[ığşİ]")),
)
"""Ukrainian goes before Russian: the shared letters come last."""
_COMMON = {
    "tr": tuple(
        folded("""
        randevu frenler frenim arabam aracim motorum istiyor merhaba tesekkur nasil yapiyor musunuz
        misiniz lutfen calism yag lastik
        """).split()
    ),
    "uk": tuple(
        folded("""
        гальм працю керм записатися дякую добрий потрібн скільки мені
        """).split()
    ),
    "pl": tuple(
        folded("""
        prosz dzien dobry samoch hamul chce chcial moge czy jest ile kosztuj dzieku dziekuj
        """).split()
    ),
}
"""Beginnings of words that neither German nor English has."""
_WORD = re.compile(r"[^\W\d_]+")


def voice_of(words: str, text: str, locale: str) -> str:
    """The language to answer in: that of the message when it shows, else the conversation's.

    Workshops' pages are German, so a guest's conversation often begins as a German one. `words`:
    the text without names of services, which are German in every language.
    """
    if language_of(words, "de") == language_of(words, "en"):
        return language_of(words, locale)
    if locale in GUESTS:
        return locale
    return _guest_language(text) or language_of(words, locale)


def _guest_language(text: str) -> str:
    """By words that stand in many messages, otherwise by its letters; empty when nothing shows."""
    words = _WORD.findall(folded(text))
    for language, common in _COMMON.items():
        if any(word.startswith(common) for word in words):
            return language
    found = (language for language, letters in _LETTERS if letters.search(text))
    return next(found, "")


def language_of(text: str, locale: str) -> str:
    """`de` or `en`: that of the message when it shows, otherwise that of the conversation."""
    words = _WORD.findall(folded(text))
    german = sum(word in _GERMAN for word in words)
    english = sum(word in _ENGLISH for word in words)
    if german != english:
        return "de" if german > english else "en"
    return "de" if locale.startswith("de") else "en"
