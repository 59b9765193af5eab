"""When a workshop is open: pure functions over weekly hours, closures and public holidays.

Hours are local wall times. A moment is any aware time; two moments are compared in UTC, because
Python compares times of one zone by their wall clock, which repeats an hour in October.
"""

from collections.abc import Iterator
from datetime import UTC, date, datetime, time, timedelta
from functools import cache

import msgspec

from portal.kit.clock import BERLIN

LOOK_AHEAD = timedelta(days=370)
_LANGUAGES = {"de": "de", "en": "en_US"}
_STATES = frozenset(
    {"BB", "BE", "BW", "BY", "HB", "HE", "HH", "MV", "NI"}
    | {"NW", "RP", "SH", "SL", "SN", "ST", "TH", "Augsburg"}
)
"""As the package `holidays` calls what has holidays of its own."""
LOCAL_HOLIDAYS = {
    "assumption": ("BY", (8, 15)),
    "peace_festival": ("Augsburg", (8, 8)),
    "corpus_christi": ("", None),
}
"""Days that only some municipalities have: Mariä Himmelfahrt in Bavaria, the peace festival of
Augsburg, Fronleichnam in parts of Saxony and Thuringia; the last moves with Easter."""
_WITH_CORPUS_CHRISTI = frozenset({"SN", "TH"})


class Span(msgspec.Struct, frozen=True, order=True):
    """A stretch of one day in local wall time; `opens` belongs to it, `closes` does not."""

    opens: time
    closes: time


class Closed(msgspec.Struct, frozen=True):
    """Days without opening, both ends included."""

    first: date
    last: date
    reason: str = ""
    reason_en: str = ""

    def covers(self, day: date) -> bool:
        return self.first <= day <= self.last

    def reason_in(self, language: str) -> str:
        return (self.reason_en or self.reason) if language == "en" else self.reason


class Week(msgspec.Struct, frozen=True):
    """A workshop's hours: spans by weekday (0 is Monday), closures, its Bundesland and what its
    municipality has beyond that (keys of `LOCAL_HOLIDAYS`).

    An unknown or empty `federal_state` means the holidays that all of Germany has.
    """

    spans: dict[int, tuple[Span, ...]]
    closures: tuple[Closed, ...] = ()
    federal_state: str = ""
    local_holidays: tuple[str, ...] = ()


class Opening(msgspec.Struct, frozen=True):
    """How it stands at a moment; `until` only when open, `opens_at` only when closed."""

    is_open: bool
    until: datetime | None = None
    opens_at: datetime | None = None


def holiday_on(
    federal_state: str, day: date, language: str = "de", local: tuple[str, ...] = ()
) -> str | None:
    """The public holiday of that day, in German or English (source: package `holidays`)."""
    return _found(federal_state, day.year, language, local).get(day)


def holidays_of(
    federal_state: str, year: int, language: str = "de", local: tuple[str, ...] = ()
) -> dict[date, str]:
    """All public holidays of a year in a Bundesland and its municipality, in order."""
    return dict(sorted(_found(federal_state, year, language, local).items()))


def why_closed(week: Week, day: date, language: str = "de") -> str | None:
    """The holiday or closure of that day; None when its weekly hours hold."""
    holiday = holiday_on(week.federal_state, day, language, week.local_holidays)
    if holiday is not None:
        return holiday
    for closure in week.closures:
        if closure.covers(day):
            return closure.reason_in(language)
    return None


def spans_on(week: Week, day: date) -> tuple[Span, ...]:
    """The spans of that day in order; none on a holiday or in a closure."""
    if why_closed(week, day) is not None:
        return ()
    return tuple(sorted(week.spans.get(day.weekday(), ())))


def is_open(week: Week, moment: datetime) -> bool:
    return opening_at(week, moment).is_open


def next_opening(week: Week, moment: datetime) -> datetime | None:
    """The first moment after this one at which it opens; None when not within a year."""
    for opens, _closes in _moments(week, moment):
        if opens > moment:
            return opens.astimezone(BERLIN)
    return None


def opening_at(week: Week, moment: datetime) -> Opening:
    """Open with the time of closing, or closed with the next time of opening (in local time)."""
    for opens, closes in _moments(week, moment):
        if opens <= moment < closes:
            return Opening(is_open=True, until=closes.astimezone(BERLIN))
        if opens > moment:
            return Opening(is_open=False, opens_at=opens.astimezone(BERLIN))
    return Opening(is_open=False)


def _moments(week: Week, moment: datetime) -> Iterator[tuple[datetime, datetime]]:
    """Openings and closings in UTC, from the local day of this moment on."""
    day = moment.astimezone(BERLIN).date()
    last = day + LOOK_AHEAD
    while day <= last:
        for span in spans_on(week, day):
            opens, closes = _first(day, span.opens), _last(day, span.closes)
            if opens < closes:  # a span may fall into the hour that spring leaves out
                yield opens, closes
        day += timedelta(days=1)


def _first(day: date, wall: time) -> datetime:
    """When the clock first shows this time: in autumn the first of two."""
    return datetime.combine(day, wall, BERLIN).astimezone(UTC)


def _last(day: date, wall: time) -> datetime:
    """When the clock last shows this time: in autumn the second of two, in spring after the gap."""
    both = (datetime.combine(day, wall, BERLIN).replace(fold=fold) for fold in (0, 1))
    return max(moment.astimezone(UTC) for moment in both)


def _found(federal_state: str, year: int, language: str, local: tuple[str, ...]) -> dict[date, str]:
    state = federal_state if federal_state in _STATES else None
    return _holidays(state, year, _LANGUAGES.get(language, "en_US"), local)


@cache
def _holidays(
    state: str | None, year: int, language: str, local: tuple[str, ...]
) -> dict[date, str]:
    import holidays  # half a second of loading: at the first question, not at the start

    found = holidays.country_holidays("DE", subdiv=state, years=year, language=language)
    whole = {day: name for day, name in found.items() if day.year == year}
    for key in local:
        whole |= _local(key, state, year, language)
    return whole


def _local(key: str, state: str | None, year: int, language: str) -> dict[date, str]:
    """What a municipality has beyond its Bundesland; a key that does not fit adds nothing."""
    place, month_and_day = LOCAL_HOLIDAYS.get(key, ("", None))
    subdivision = place or (state if state in _WITH_CORPUS_CHRISTI else "")
    if not subdivision:
        return {}
    import holidays

    categories = ("public",) if key == "peace_festival" else ("catholic",)
    found = holidays.country_holidays(
        "DE", subdiv=subdivision, years=year, language=language, categories=categories
    )
    return {
        day: name
        for day, name in found.items()
        if day.year == year and month_and_day in {None, (day.month, day.day)}
    }
