"""How a letter begins, formal and in the language of the moment."""

import re

from portal.bookings.notice_facts import Person
from portal.kit.text import _
from portal.vehicles.models import Salutation

_TITLES = re.compile(r"^(?:(?:prof|dr|ing)\.?\s+)+", re.IGNORECASE)
_PARTICLES = frozenset(
    {"von", "van", "vom", "zu", "zum", "zur", "de", "del", "della", "den", "der", "di", "du", "da"}
    | {"dos", "la", "le", "ten", "ter", "af", "av", "al", "el"}
)
_NO_NAME = re.compile(r"://|www\.|@|\d|\.[a-z]{2,}(?:/|$)", re.IGNORECASE)
"""Forms on websites take any text for a name: we mail no advertisements of strangers."""


def greeting(person: Person) -> str:
    """`Sehr geehrte Frau Dr. von der Heide,`; nobody's sex is guessed."""
    name = "" if _NO_NAME.search(person.name) else person.name
    if name and person.salutation == Salutation.MS:
        return _("Dear Ms %(name)s,", name=_family_name(name))
    if name and person.salutation == Salutation.MR:
        return _("Dear Mr %(name)s,", name=_family_name(name))
    if name:
        return _("Hello %(name)s,", name=name)
    return _("Dear Sir or Madam,")


def _family_name(name: str) -> str:
    """The last word with what belongs to it: title in front, `von der` before it."""
    if "," in name:
        return name.partition(",")[0].strip() or name
    found = _TITLES.match(name)
    title = found.group().strip() if found else ""
    words = name[len(found.group()) :].split() if found else name.split()
    first = len(words) - 1
    while first > 1 and words[first - 1].lower() in _PARTICLES:
        first -= 1
    if words and words[0].lower() in _PARTICLES:
        first = 0
    return " ".join([title, *words[first:]]).strip() or name
