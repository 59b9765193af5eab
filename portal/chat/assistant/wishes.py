"""When somebody wants to come: days, a stretch of days, a time of day."""

import re
from collections.abc import Sequence
from datetime import date, datetime, time, timedelta

import msgspec

from portal.chat.assistant.when import ANY_MONTH, MONTH_NAMES
from portal.kit.clock import BERLIN

WEEK = timedelta(days=7)
_NUMBERS = {"einer": 1, "zwei": 2, "drei": 3, "vier": 4, "one": 1, "two": 2, "three": 3, "four": 4}
_NEXT = r"(?:nachste\w*|kommende\w*|next)"
_IN_WEEKS = re.compile(rf" in (\d|{'|'.join(_NUMBERS)}) (?:wochen?|weeks?) ")
_WEEK_AFTER_NEXT = re.compile(r" (?:ubernachste\w* woche|week after next) ")
_NEXT_WEEK = re.compile(rf" {_NEXT} (?:woche|week) ")
_THIS_WEEK = re.compile(r" (?:diese\w*|this) (?:woche|week) ")
_NEXT_MONTH = re.compile(rf" {_NEXT} (?:monat|month) ")
_IN_MONTH = re.compile(rf" (?:im|in|anfang|mitte|ende) ({ANY_MONTH}) ")
_FROM_DAY_ON = re.compile(
    rf" (?:ab|fruhestens|from|after) (?:dem |am |kommende\w* |{_NEXT} )?"
    r"(?:\d{1,2}[. ]|heute|morgen|ubermorgen|today|tomorrow|"
    r"(?:mon|diens|donners|frei|sams|sonn)tag|mittwoch|sonnabend|"
    r"(?:mon|tue?s|wednes|thurs|fri|satur|sun)day)(?! ?(?:uhr|am|pm) )"
)
_PARTS_OF_DAY = (
    (re.compile(r" (?:vormittag\w*|morgens|fruh\w{0,2}|(?<!good )morning) "), None, time(12)),
    (re.compile(r" mittags? "), time(11), time(14)),
    (re.compile(r" (?:nachmittag\w*|afternoon) "), time(12), None),
    (re.compile(r" (?:abends?|feierabend|evening) "), time(16), None),
)
_CLOCK = re.compile(
    r" (?:(?P<how>um|gegen|circa|ca|ab|nach|fruhestens|vor|bis|spatestens|at|around|after|from|"
    r"before|by) )?(?P<hour>\d{1,2})(?:[:.](?P<minute>\d{2}))? ?(?P<unit>uhr|am|pm)?(?= )"
)
_FROM_ON = frozenset({"ab", "nach", "fruhestens", "after", "from"})
_UP_TO = frozenset({"vor", "bis", "spatestens", "before", "by"})
_BEFORE, _BEHIND = timedelta(hours=1), timedelta(hours=2)


class Wish(msgspec.Struct, frozen=True, kw_only=True):
    """Empty where nothing was said. `days` go before `first` and `last`, which belong to it;
    visits begin at `since` at the earliest and before `until`.
    """

    days: tuple[date, ...] = ()
    first: date | None = None
    last: date | None = None
    since: time | None = None
    until: time | None = None

    @property
    def says_when(self) -> bool:
        return bool(self.days or self.first or self.since or self.until)

    def fits(self, moment: datetime) -> bool:
        local = moment.astimezone(BERLIN)
        if self.days and local.date() not in self.days:
            return False
        if self.since is not None and local.time() < self.since:
            return False
        return self.until is None or local.time() < self.until


def wish_in(words: str, days: Sequence[date], now: datetime) -> Wish:
    """The wish in `words` (from `words.plain`); `days` are those that `when.days_asked` found."""
    today = now.astimezone(BERLIN).date()
    since, until = _time_of_day(words)
    first, last = _stretch(words, today)
    named = tuple(days)
    if first is not None and last is not None and named:
        weekdays = {day.weekday() for day in named}
        every = (first + timedelta(days=n) for n in range((last - first).days + 1))
        named = tuple(day for day in every if day.weekday() in weekdays)
    elif named and _FROM_DAY_ON.search(words):
        first, named = named[0], ()
    return Wish(days=named, first=first, last=last, since=since, until=until)


def _stretch(words: str, today: date) -> tuple[date | None, date | None]:
    monday = today - timedelta(days=today.weekday())
    weeks = _weeks_ahead(words)
    if weeks is not None:
        return _week_of(monday + weeks * WEEK)
    if _THIS_WEEK.search(words):
        return today, monday + timedelta(days=6)
    if _NEXT_MONTH.search(words):
        return _month_of((today.replace(day=1) + timedelta(days=32)).replace(day=1))
    if found := _IN_MONTH.search(words):
        return _coming_month(MONTH_NAMES[found[1]], today)
    return None, None


def _weeks_ahead(words: str) -> int | None:
    if found := _IN_WEEKS.search(words):
        return _NUMBERS.get(found[1]) or int(found[1])
    if _WEEK_AFTER_NEXT.search(words):
        return 2
    return 1 if _NEXT_WEEK.search(words) else None


def _week_of(monday: date) -> tuple[date, date]:
    return monday, monday + timedelta(days=6)


def _month_of(first: date) -> tuple[date, date]:
    return first, (first + timedelta(days=32)).replace(day=1) - timedelta(days=1)


def _coming_month(month: int, today: date) -> tuple[date, date]:
    year = today.year + (month < today.month)
    first, last = _month_of(date(year, month, 1))
    return max(first, today), last


def _time_of_day(words: str) -> tuple[time | None, time | None]:
    for found in _CLOCK.finditer(words):
        at = _clock(found)
        if at is not None:
            return _around(at, found["how"] or "")
    for pattern, since, until in _PARTS_OF_DAY:
        if pattern.search(words):
            return since, until
    return None, None


def _clock(found: re.Match[str]) -> time | None:
    """A number is a time of day when a word beside it says so: `um 9`, `9 uhr`, `9:30`, `3 pm`."""
    hour, minute = int(found["hour"]), int(found["minute"] or 0)
    says_so = found["unit"] or found["how"] in {"um", "gegen", "at", "around"} or ":" in found[0]
    if not says_so or hour > 23 or minute > 59:
        return None
    if found["unit"] == "pm" and hour < 12:
        hour += 12
    return time(hour, minute)


def _around(at: time, how: str) -> tuple[time | None, time | None]:
    if how in _FROM_ON:
        return at, None
    if how in _UP_TO:
        return None, at
    moment = datetime.combine(date(2000, 1, 1), at)
    later = moment + _BEHIND
    return max(time(0), (moment - _BEFORE).time()) if at >= time(1) else time(0), (
        later.time() if later.date() == moment.date() else None
    )
