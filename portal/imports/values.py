"""Values as German workshop systems write them, turned into what the verbs of the house read.

What is not understood comes back as it was: the verb that stores it says what is wrong with it.
"""

import re
from datetime import UTC, date, datetime, time, timedelta
from decimal import ROUND_HALF_UP, Decimal

from portal.bookings.models import AbsenceKind, State
from portal.kit.clock import BERLIN
from portal.vehicles.models import Fuel, HistoryKind, Salutation
from portal.vehicles.search_keys import name_key

NOTHING = frozenset(
    {"", "-", "--", "–", "null", "none", "nan", "n/a", "k.a.", "k. a.", "?", "0000-00-00"}
)
_KW_PER_PS = Decimal("0.73549875")
_EXCEL_ZERO = date(1899, 12, 30)
_NO_DAYS = frozenset({date(1900, 1, 1), _EXCEL_ZERO, date(1899, 12, 31), date(1753, 1, 1)})

_ISO = re.compile(r"(\d{4})-(\d{1,2})-(\d{1,2})(?:[T ].*)?")
_GERMAN = re.compile(r"(\d{1,2})[./-](\d{1,2})[./-](\d{4}|\d{2})(?:[ ,T].*)?")
_PACKED = re.compile(r"(19|20)(\d{2})(\d{2})(\d{2})")
_SERIAL = re.compile(r"(\d{5})(?:[.,]0+)?")
_TIME = re.compile(r"(\d{1,2})(?:[:.h](\d{2}))?(?::\d{2}(?:\.\d+)?)?\s*(?:uhr|h)?", re.IGNORECASE)
_TIME_BEHIND = re.compile(r".*?[T ,]\s*(\d{1,2}:\d{2})(?::\d{2})?.*")
_NUMBER = re.compile(r"[-+]?\d[\d. ,'\u00a0]*")
_HU = re.compile(r"(\d{1,2})\s?[./-]\s?(\d{4}|\d{2})")

_SALUTATIONS = {
    Salutation.MR: ("herr", "herrn", "hr", "mr", "m", "mann", "mannlich", "sir"),
    Salutation.MS: ("frau", "fr", "frl", "mrs", "ms", "miss", "w", "weiblich", "f", "madame"),
}
_FUELS = {
    Fuel.PLUG_IN_HYBRID: ("plug in", "plugin", "phev"),
    Fuel.HYBRID: ("hybrid", "hev", "mhev"),
    Fuel.DIESEL: ("diesel", "tdi", "cdi", "hdi", "0002"),
    Fuel.ELECTRIC: ("elektro", "electric", "strom", "bev", "0004"),
    Fuel.LPG: ("lpg", "autogas", "flussiggas", "0005"),
    Fuel.CNG: ("cng", "erdgas", "0009"),
    Fuel.HYDROGEN: ("wasserstoff", "hydrogen", "brennstoffzelle"),
    Fuel.PETROL: ("benzin", "super", "otto", "petrol", "gasoline", "e10", "0001"),
}
_STATES = {
    State.NO_SHOW: ("nicht erschienen", "no show", "noshow", "nicht gekommen", "versaumt"),
    State.CANCELLED: ("storniert", "storno", "abgesagt", "abgebrochen", "cancelled", "canceled"),
    State.COLLECTED: ("erledigt", "abgeschlossen", "abgeholt", "fertig", "berechnet", "done"),
    State.READY: ("abholbereit", "bereit", "ready"),
    State.IN_WORK: ("in arbeit", "in bearbeitung", "in work", "begonnen"),
    State.ARRIVED: ("angenommen", "eingetroffen", "arrived", "da"),
    State.CONFIRMED: ("bestatigt", "fest", "geplant", "confirmed", "gebucht", "termin"),
    State.REQUESTED: ("angefragt", "anfrage", "offen", "requested", "vorlaufig"),
}
_HISTORY = {
    HistoryKind.INSPECTION: ("hu", "au", "tuv", "dekra", "gtu", "hauptuntersuchung", "uvv", "sp"),
    HistoryKind.DIAGNOSTICS: ("diagnose", "fehlerspeicher", "auslesung"),
    HistoryKind.NOTE: ("notiz", "bemerkung", "hinweis", "note"),
}
_ABSENCES = {
    AbsenceKind.SICK: ("krank", "au bescheinigung", "sick", "arbeitsunfahig"),
    AbsenceKind.SCHOOL: ("schule", "berufsschule", "schulung", "lehrgang", "school"),
    AbsenceKind.BROKEN: ("defekt", "wartung", "kaputt", "broken"),
    AbsenceKind.VACATION: ("urlaub", "ferien", "vacation", "holiday", "u", "frei"),
}


def plain(text: str) -> str:
    """One cell, without what means nothing."""
    bare = text.strip().removeprefix("'") if text.strip()[:2] in {"'=", "'+", "'-", "'@"} else text
    bare = bare.replace("\u00a0", " ").strip()
    return "" if bare.lower() in NOTHING else bare


def as_day(text: str, *, month_first: bool = False) -> date | None:
    """A calendar day in any of the ways that exports write it; None when it is none."""
    typed = plain(text)
    try:
        if match := _ISO.fullmatch(typed):
            return date(*(int(part) for part in match.groups()))
        if match := _GERMAN.fullmatch(typed):
            first, second, year = (int(part) for part in match.groups())
            day, month = (second, first) if month_first else (first, second)
            return date(_whole_year(year), month, day)
        if match := _PACKED.fullmatch(typed):
            return date(int(match[1] + match[2]), int(match[3]), int(match[4]))
    except ValueError:
        return None
    if (match := _SERIAL.fullmatch(typed)) and 20_000 <= int(match[1]) <= 60_000:
        return _EXCEL_ZERO + timedelta(days=int(match[1]))
    return None


def day(text: str, *, month_first: bool = False) -> str:
    """`2016-03-14`; placeholders of databases (01.01.1900, 00.00.0000) are blank."""
    typed = plain(text)
    if not typed or not re.sub(r"[0.\-/: T]", "", typed):
        return ""
    found = as_day(typed, month_first=month_first)
    if found is None:
        return typed
    return "" if found in _NO_DAYS else found.isoformat()


def month(text: str, *, month_first: bool = False) -> str:
    """The month of an HU: `2027-11`, from a month or from a day in it."""
    typed = plain(text)
    if _HU.fullmatch(typed):
        return typed
    found = as_day(typed, month_first=month_first)
    return f"{found:%Y-%m}" if found is not None and found not in _NO_DAYS else typed


def clock_time(text: str) -> time | None:
    """`8:00`, `08.00 Uhr`, `8 Uhr`, or the time behind a day."""
    typed = plain(text[:40])
    if match := _TIME_BEHIND.fullmatch(typed):
        typed = match[1]
    match = _TIME.fullmatch(typed)
    if match is None or int(match[1]) > 23 or int(match[2] or 0) > 59:
        return None
    return time(int(match[1]), int(match[2] or 0))


def moment(day_text: str, time_text: str, *, month_first: bool = False) -> datetime | None:
    """Local wall time as UTC; a moment with an offset is taken at its word."""
    typed = plain(day_text)
    if re.fullmatch(r"\d{4}-\d{2}-\d{2}T[\d:.]+([+-]\d{2}:\d{2}|Z)", typed):
        try:
            return datetime.fromisoformat(typed).astimezone(UTC)
        except (ValueError, OverflowError):
            return None
    found = as_day(typed, month_first=month_first)
    if found is None or not 1950 <= found.year <= 2100:
        return None
    at = clock_time(time_text) if plain(time_text) else clock_time(typed)
    return datetime.combine(found, at or time(), BERLIN).astimezone(UTC)


def has_time(day_text: str, time_text: str) -> bool:
    return (
        clock_time(time_text) is not None
        or _TIME_BEHIND.fullmatch(plain(day_text[:40])) is not None
    )


def number(text: str) -> Decimal | None:
    """`12.345,67`, `12,345.67`, `12 345`, `85 kW`: the last separator is the decimal one,
    unless exactly three digits follow it.
    """
    match = _NUMBER.match(plain(text))
    if match is None:
        return None
    digits = re.sub(r"[ '\u00a0]", "", match[0]).rstrip(".,")
    last = max(digits.rfind("."), digits.rfind(","))
    if last < 0:
        return Decimal(digits)
    mark, tail = digits[last], digits[last + 1 :]
    is_group = len(tail) == 3 and ({".", ","} - {mark}).isdisjoint(digits)
    whole = re.sub(r"[.,]", "", digits if is_group else digits[:last])
    try:
        return Decimal(whole if is_group else f"{whole or 0}.{tail}")
    except ArithmeticError:
        return None


def whole(text: str) -> str:
    """Digits alone; blank for nothing."""
    typed = plain(text)
    found = number(typed)
    if found is None or abs(found) > 10**12:
        return typed
    return str(found.quantize(Decimal(1), ROUND_HALF_UP))


def kilowatts(text: str, *, in_ps: bool = False) -> str:
    """`85`, `85 kW`, `85/116`, `116 PS`."""
    typed = plain(text).lower()
    first, slash, _second = typed.partition("/")
    found = number(first)
    if found is None or abs(found) > 10**6:
        return typed
    if (in_ps or "ps" in typed or "hp" in typed) and not slash and "kw" not in typed:
        found *= _KW_PER_PS
    return str(found.quantize(Decimal(1), ROUND_HALF_UP))


def minutes(text: str) -> int | None:
    """`90`, `90 min`, `1:30`, `1,5 Std`."""
    typed = plain(text).lower()
    if match := re.fullmatch(r"(\d{1,3}):(\d{2})(?::\d{2})?", typed):
        return int(match[1]) * 60 + int(match[2])
    found = number(typed)
    if found is None or not 0 < found < 100_000:
        return None
    return int(found * (60 if re.search(r"\d\s*(h|std|stunde)", typed) else 1))


def salutation(text: str) -> str:
    return _choice(text, _SALUTATIONS, whole_word=True) or Salutation.NONE


def fuel(text: str) -> str:
    typed = plain(text)
    return (_choice(typed, _FUELS) or Fuel.OTHER) if typed else Fuel.UNKNOWN


def state(text: str) -> State | None:
    found = _choice(text, _STATES)
    return State(found) if found else None


def history_kind(*texts: str) -> HistoryKind:
    found = next(
        (kind for kind in (_choice(t, _HISTORY, whole_word=True) for t in texts) if kind), ""
    )
    return HistoryKind(found) if found else HistoryKind.SERVICE


def absence_kind(*texts: str) -> AbsenceKind:
    found = next((kind for kind in (_choice(text, _ABSENCES) for text in texts) if kind), "")
    return AbsenceKind(found) if found else AbsenceKind.OTHER


def _choice(text: str, words: object, *, whole_word: bool = False) -> str:
    assert isinstance(words, dict)  # noqa: S101  # the tables above
    typed = name_key(plain(text))
    tokens = set(typed.split())
    for kind, known in words.items():
        for word in known:
            exact = whole_word or len(word) < 4
            if (word in tokens) if exact and " " not in word else (word in typed):
                return str(kind)
    return ""


def _whole_year(year: int) -> int:
    """Two digits are within the last eighty years or the next twenty."""
    if year >= 100:
        return year
    newest = date.today().year + 20  # noqa: DTZ011  # a calendar year, not a moment
    return newest - (newest - year) % 100
