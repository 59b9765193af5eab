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
_WORD = re.compile(r"[^\W\d_]+")


def voice_of(text: str, locale: str) -> str:
    """The language to answer in: a guest's own one, unless the message is German or English."""
    speaks_ours = language_of(text, "de") == language_of(text, "en")
    return locale if locale in GUESTS and not speaks_ours else language_of(text, locale)


def language_of(text: str, locale: str) -> str:
    """`de` or `en`: that of the message when it shows, otherwise that of the conversation."""
    words = _WORD.findall(folded(text))
    german = sum(word in _GERMAN for word in words)
    english = sum(word in _ENGLISH for word in words)
    if german != english:
        return "de" if german > english else "en"
    return "de" if locale.startswith("de") else "en"
