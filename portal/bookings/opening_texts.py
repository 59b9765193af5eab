"""Sentences about opening hours, in the language of the moment."""

from datetime import date, datetime, timedelta
from functools import lru_cache

from babel.dates import format_date

from portal.bookings.calendar import (
    Opening,
    Span,
    Week,
    opening_at,
    spans_on,
    why_closed,
)
from portal.kit.clock import BERLIN
from portal.kit.text import GUESTS, _, locale


def state_sentence(week: Week, now: datetime) -> str:
    """Open until when, or closed until when: one sentence."""
    opening = opening_at(week, now)
    if opening.until is not None:
        return _("We are open until %(time)s today.", time=f"{opening.until:%H:%M}")
    return _closed_sentence(opening, now)


def day_sentence(week: Week, day: date, now: datetime, *, when_back: bool = True) -> str:
    """What holds on that day: its hours, or why it is closed and (`when_back`) till when."""
    name = day_name(day, now)
    spans = spans_on(week, day)
    if spans:
        return _("%(day)s we are open %(hours)s.", day=_first_upper(name), hours=hours(spans))
    reason = holiday(why_closed(week, day, locale.get()) or "")
    closed = (
        _("%(day)s we are closed (%(reason)s).", day=_first_upper(name), reason=reason)
        if reason
        else _("%(day)s we are closed.", day=_first_upper(name))
    )
    return f"{closed} {_reopening(week, day, now)}".strip() if when_back else closed


def week_lines(week: Week) -> list[str]:
    """Monday to Sunday, days of equal hours in one line: `Mo.–Fr. 07:30–17:30 Uhr`."""
    lines: list[str] = []
    for first, last, spans in _runs(week):
        days = _short(first) if first == last else f"{_short(first)}–{_short(last)}"
        lines.append(f"{days} {hours(spans)}" if spans else _("%(days)s closed", days=days))
    return lines


def hours(spans: tuple[Span, ...]) -> str:
    """`07:30–12:00 und 13:00–17:30 Uhr`."""
    shown = [f"{span.opens:%H:%M}–{span.closes:%H:%M}" for span in spans]
    return _("%(hours)s hrs", hours=_(" and ").join(shown))


def day_name(day: date, now: datetime) -> str:
    """`heute (Samstag)`, `morgen (Sonntag)`, otherwise `am Dienstag, 24.12.2026`."""
    distance = (day - now.astimezone(BERLIN).date()).days
    weekday = _weekday(day.weekday(), "EEEE", locale.get())
    if distance == 0:
        return _("today (%(weekday)s)", weekday=weekday)
    if distance == 1:
        return _("tomorrow (%(weekday)s)", weekday=weekday)
    pattern = "dd.MM.yyyy" if locale.get() == "de" else "d MMMM y"
    shown = format_date(day, pattern, locale=locale.get())
    return _("on %(weekday)s, %(date)s,", weekday=weekday, date=shown)


def holiday(name: str) -> str:
    """Guests' catalogues hold the English names of holidays; a workshop's own reason stays."""
    return _(name) if name and locale.get() in GUESTS else name


def _closed_sentence(opening: Opening, now: datetime) -> str:
    if opening.opens_at is None:
        return _("We are closed at the moment.")
    return _(
        "We are closed at the moment and open again %(day)s at %(time)s.",
        day=day_name(opening.opens_at.date(), now).removesuffix(","),
        time=f"{opening.opens_at:%H:%M}",
    )


def _reopening(week: Week, day: date, now: datetime) -> str:
    end = datetime.combine(day + timedelta(days=1), datetime.min.time(), BERLIN)
    opening = opening_at(week, end)
    opens_at = end if opening.is_open else opening.opens_at
    if opens_at is None:
        return ""
    return _(
        "We open again %(day)s at %(time)s.",
        day=day_name(opens_at.date(), now).removesuffix(","),
        time=f"{opens_at:%H:%M}",
    )


def _runs(week: Week) -> list[tuple[int, int, tuple[Span, ...]]]:
    """Neighbouring weekdays with the same spans: (first, last, spans)."""
    runs: list[tuple[int, int, tuple[Span, ...]]] = []
    for weekday in range(7):
        spans = tuple(sorted(week.spans.get(weekday, ())))
        if runs and runs[-1][2] == spans:
            runs[-1] = (runs[-1][0], weekday, spans)
        else:
            runs.append((weekday, weekday, spans))
    return runs


def _short(weekday: int) -> str:
    return _weekday(weekday, "EEE", locale.get())


@lru_cache(maxsize=256)
def _weekday(weekday: int, pattern: str, language: str) -> str:
    monday = date(2026, 1, 5)
    return str(format_date(monday + timedelta(days=weekday), pattern, locale=language))


def _first_upper(words: str) -> str:
    return words[:1].upper() + words[1:]
