"""Which days a question is about."""

import re
from collections.abc import Iterator
from contextlib import suppress
from datetime import date, datetime, timedelta
from functools import cache

from portal.bookings.calendar import Week, holidays_of
from portal.content.folding import folded
from portal.kit.clock import BERLIN

_WEEKDAYS = tuple(
    re.compile(rf" (?:{names})(s|en|abend)? ")
    for names in (
        "montag|monday",
        "dienstag|tuesday|tusday",
        "mittwoch|wednesday",
        "donnerstag|thursday",
        "freitag|friday",
        "samstag|sonnabend|saturday",
        "sonntag|sunday",
    )
)
_SHORT_WEEKDAYS = ("mo", "di", "mi", "do", "fr", "sa", "so")
_SHORT_WEEKDAY = re.compile(
    r" (?:am|ab|bis|oder|nachste\w*|kommende\w*|diese\w*|woche|lieber|jeden) "
    rf"({'|'.join(_SHORT_WEEKDAYS)})(?= )|"
    rf" ({'|'.join(_SHORT_WEEKDAYS[:-1])})"
    r"(?= (?:oder|fruh|vormittags?|nachmittags?|abends?|um|gegen) )"
)
"""„Mi oder Do“: two letters are a day only beside a word that says so."""
_MONTHS = (
    ("januar", "january", "janner", "jan"),
    ("februar", "february", "feber", "feb"),
    ("marz", "march", "mrz"),
    ("april", "apr"),
    ("mai", "may"),
    ("juni", "june", "jun"),
    ("juli", "july", "jul"),
    ("august", "aug"),
    ("september", "sept", "sep"),
    ("oktober", "october", "okt", "oct"),
    ("november", "nov"),
    ("dezember", "december", "dez", "dec"),
)
_FEASTS = {  # what people say, as a month and day or as the name of a public holiday
    "heiligabend": (12, 24),
    "heilig abend": (12, 24),
    "christmas eve": (12, 24),
    "weihnachten": (12, 25),
    "christmas": (12, 25),
    "zwischen den jahren": (12, 28),
    "silvester": (12, 31),
    "new years eve": (12, 31),
    "neujahr": (1, 1),
    "new year": (1, 1),
    "ostern": "ostermontag",
    "easter": "easter monday",
    "pfingsten": "pfingstmontag",
    "himmelfahrt": "christi himmelfahrt",
    "tag der arbeit": (5, 1),
}
MONTH_NAMES = {name: number for number, names in enumerate(_MONTHS, 1) for name in names}
ANY_MONTH = "|".join(MONTH_NAMES)
_ORDINALS = {
    said: number
    for number, said in enumerate(
        """
        ersten zweiten dritten vierten funften sechsten siebten achten neunten zehnten elften
        zwolften dreizehnten vierzehnten funfzehnten sechzehnten siebzehnten achtzehnten
        neunzehnten zwanzigsten
        """.split(),  # noqa: SIM905  # a table of words, not a list of calls
        1,
    )
}
_ORDINAL = re.compile(rf" ({'|'.join(_ORDINALS)}) (?=(?:{ANY_MONTH}) )")
_NUMERIC = re.compile(r" (\d{1,2})\.(\d{1,2})(?:\.(\d{2,4}))? ")
_DAY_MONTH = re.compile(rf" (\d{{1,2}})(?:\.|st|nd|rd|th)? (?:of )?({ANY_MONTH}) (\d{{4}})?")
_MONTH_DAY = re.compile(rf" ({ANY_MONTH}) (\d{{1,2}})(?:st|nd|rd|th)? ")
_RELATIVE = (
    (re.compile(r" (ubermorgen|day after tomorrow) "), 2),
    (re.compile(r" (?<!guten )(?<!day after )(morgen|tomorrow) "), 1),
    (re.compile(r" (heute|heut|today|jetzt|gerade|momentan|right now|now) "), 0),
)
_WEEKEND = re.compile(r" (wochenende|weekend) ")
_HOLIDAYS = re.compile(r" (feiertag\w*|public holidays?|bank holidays?) ")
DAY_WORDS = re.compile(
    r" (heute|heut|today|jetzt|gerade|momentan|now|morgen|tomorrow|ubermorgen|wochenende|weekend|"
    r"feiertag\w*|holidays?|(?:nachste|kommende)\w*|next|weihnachten|ostern|pfingsten|silvester|"
    r"heiligabend|neujahr|christmas|easter|morgens|fruh|vormittags?|nachmittags?|abends?|mittags?|"
    r"morning|afternoon|evening|woche|wochen|weeks?|monat|month|uhr|"
    r"(?:montag|dienstag|mittwoch|donnerstag|freitag|samstag|sonnabend|sonntag)\w*|"
    r"(?:mon|tue?s|wednes|thurs|fri|satur|sun)days?|\d{1,2}\.(?:\d{1,2}\.?)?(?:\d{2,4})?|"
    rf"{ANY_MONTH})(?= )"
)


def days_asked(words: str, now: datetime, week: Week) -> list[date]:
    """Days named in `words` (from `words.plain`), in their order; none when no day is named.

    A closure is named by a word of its reason: „Haben Sie Rosenmontag auf?“
    """
    today = now.astimezone(BERLIN).date()
    words = _ORDINAL.sub(lambda said: f" {_ORDINALS[said[1]]} ", words)
    found: list[date] = []
    for day in (*_all_days(words, today, week.federal_state), *_closed_days(words, today, week)):
        if day not in found:
            found.append(day)
    return found


def asks_for_holidays(words: str) -> bool:
    return _HOLIDAYS.search(words) is not None


def _all_days(words: str, today: date, federal_state: str) -> Iterator[date]:
    for pattern, distance in _RELATIVE:
        if pattern.search(words):
            yield today + timedelta(days=distance)
    yield from _dates(words, today)
    yield from _feasts(words, today, federal_state)
    short = {one or other for one, other in _SHORT_WEEKDAY.findall(words)}
    for weekday, named in enumerate(_WEEKDAYS):
        if named.search(words) or _SHORT_WEEKDAYS[weekday] in short:
            yield today + timedelta(days=(weekday - today.weekday()) % 7)
    if _WEEKEND.search(words):
        saturday = today + timedelta(days=(5 - today.weekday()) % 7)
        yield saturday
        yield saturday + timedelta(days=1)


def _closed_days(words: str, today: date, week: Week) -> Iterator[date]:
    for closed in week.closures:
        telling = [word for word in folded(closed.reason).split() if len(word) > len("urlaub")]
        if closed.last >= today and any(f" {word} " in words for word in telling):
            yield max(closed.first, today)
            return


def _dates(words: str, today: date) -> Iterator[date]:
    for day, month, year in _NUMERIC.findall(words):
        yield from _upcoming(int(day), int(month), year, today)
    for day, month, year in _DAY_MONTH.findall(words):
        yield from _upcoming(int(day), MONTH_NAMES[month], year, today)
    for month, day in _MONTH_DAY.findall(words):
        yield from _upcoming(int(day), MONTH_NAMES[month], "", today)


def _upcoming(day: int, month: int, year: str, today: date) -> Iterator[date]:
    """The date as named, or the next one of that day and month; none where no such day comes."""
    named = int(year) + (2000 if len(year) == 2 else 0) if year else 0
    for in_year in (named,) if year else (today.year, today.year + 1):
        with suppress(ValueError):
            found = date(in_year, month, day)
            if year or found >= today:
                yield found
                return


def _feasts(words: str, today: date, federal_state: str) -> Iterator[date]:
    named = [feast for said, feast in _FEASTS.items() if f" {said}" in words]
    by_name = {feast for feast in named if isinstance(feast, str)}
    for feast in named:
        if isinstance(feast, tuple):
            yield from _upcoming(feast[1], feast[0], "", today)
    for year in (today.year, today.year + 1):
        for language in ("de", "en"):
            for day, said in _named_holidays(federal_state, year, language):
                if day >= today and (said in by_name or f" {said} " in words):
                    by_name.discard(said)
                    yield day
                    break


@cache
def _named_holidays(federal_state: str, year: int, language: str) -> tuple[tuple[date, str], ...]:
    named = holidays_of(federal_state, year, language)
    return tuple((day, re.sub(r"[^\w]+", " ", folded(name)).strip()) for day, name in named.items())
