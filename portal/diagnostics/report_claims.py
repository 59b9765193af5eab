"""Whether a sentence of a model says no more than the facts that it names. Pure, and strict.

Every word must stand in the facts or be plain talk that claims nothing (`report_vocabulary`), so
that no part, cause, price, month, maker or person can be invented. Figures stand with their unit,
denials beside the word that they deny. Driving on is the rules' word alone.
What is refused wrongly costs a sentence; what is accepted wrongly may cost an owner's engine.
"""

import re

from portal.diagnostics.report_vocabulary import PLAIN

LONGEST_SENTENCE = 320
LEAST_STEM = 5
_WORD = re.compile(r"[^\W\d_]+")
_WITH_DIGIT = re.compile(r"\w*\d\w*(?:[.,:/-]\d\w*)*")
_FIGURE = re.compile(
    r"(?:([^\W\d_]+) )?(?<!\w)([+\-–]? ?\d+(?:[.,:/]\d+)*)(?!\w)"
    r"(?: ?(%|°C|K|V|mV|A|s|min|km|m|kPa|bar|mbar|g/s|1/min|/min|Punkte\w*|mal|Liter|l|kg)(?!\w))?"
)
_NO_TALK = re.compile(r"[<>{}\[\]|*#`$€\\@^~=]|://|www\.")
_ADDRESSED = re.compile(r"\b(?:du|dir|dich|dein\w*|euch|euer\w*|eure\w*)\b", re.IGNORECASE)
_DRIVING = re.compile(
    r"fahrt|\bweiter|fahr(?:en|e|t|bereit|tüchtig)\b|\bfähr|gefahren|verkehrssicher|nutz|unterwegs",
    re.IGNORECASE,
)
_GERMAN = re.compile(
    r"\b(?:der|die|das|den|dem|des|ein|eine|einen|einem|ist|sind|hat|haben|wird|wurden?|ihr|ihre|"
    r"ihres|ihrem|ihren|wir|und|im|bei|zu|mit|von|für|meldet|zeigt)\b",
    re.IGNORECASE,
)
_DENIAL = re.compile(r"nicht|kein\w*|nie|niemals|ohne|weder", re.IGNORECASE)


def stands(sentence: str, facts: str) -> bool:
    """Whether `sentence` may be told on the ground of `facts`."""
    return (
        0 < len(sentence) <= LONGEST_SENTENCE
        and sentence.isprintable()
        and not _NO_TALK.search(sentence)
        and not _ADDRESSED.search(sentence)
        and not _DRIVING.search(sentence)
        and _GERMAN.search(sentence) is not None
        and _digits(sentence) <= _digits(facts)
        and _figures_stand(sentence, facts)
        and _denials_stand(sentence, facts)
        and _words_are_known(sentence, facts)
    )


def _digits(text: str) -> set[str]:
    return {word.upper() for word in _WITH_DIGIT.findall(text)}


def _figures_stand(sentence: str, facts: str) -> bool:
    """With their unit, so that 12 % do not become 12 km; without one, behind the same word."""
    told = _FIGURE.findall(facts)
    with_unit = {(number, unit) for _before, number, unit in told}
    behind = {(before.lower(), number) for before, number, _unit in told}
    return all(
        (number, unit) in with_unit and (bool(unit) or (before.lower(), number) in behind)
        for before, number, unit in _FIGURE.findall(sentence)
    )


def _denials_stand(sentence: str, facts: str) -> bool:
    """„stimmt nicht“ neither loses its „nicht“, nor does another word get it."""
    denied, said = _denied(facts), _denied(sentence)
    if said is None:
        words = {word.lower() for word in _WORD.findall(sentence)}
        return denied is None or not words & (denied - PLAIN)
    return denied is not None and bool((said - PLAIN) & denied)


def _denied(text: str) -> set[str] | None:
    """The words beside each denial; None where nothing is denied."""
    words = [word.lower() for word in _WORD.findall(text)]
    places = [place for place, word in enumerate(words) if _DENIAL.fullmatch(word)]
    if not places:
        return None
    return {word for place in places for word in words[max(0, place - 1) : place + 2]} - {
        words[place] for place in places
    }


def _words_are_known(sentence: str, facts: str) -> bool:
    known = {word.lower() for word in _WORD.findall(facts)}
    for word in {found.lower() for found in _WORD.findall(_WITH_DIGIT.sub(" ", sentence))}:
        if word not in PLAIN and not any(_is_same(word, one) for one in known):
            return False
    return True


def _is_same(word: str, known: str) -> bool:
    """The same word, or with another ending: „Gemischs“ is „Gemisch“."""
    if word == known:
        return True
    short, long = sorted((word, known), key=len)
    return len(short) >= LEAST_STEM and len(long) - len(short) <= 2 and long.startswith(short)
