"""Free times as customers read them: by day, morning and afternoon. Pure."""

from collections.abc import Sequence
from datetime import date, datetime, timedelta
from typing import Protocol

import msgspec
from babel.dates import format_date

from portal.kit import clock, text
from portal.kit.text import _

PAGE_DAYS = 14
"""Days that one page of free times covers."""
NOON = 12


class Offered(Protocol):
    @property
    def starts_at(self) -> datetime: ...
    @property
    def ends_at(self) -> datetime: ...


class FreeTime(msgspec.Struct, frozen=True, kw_only=True):
    """One time to choose; `value` is what the form sends."""

    value: str
    starts_at: datetime
    ends_at: datetime

    @property
    def ready(self) -> str:
        """When the work is probably done: a time, with its day when it is another one."""
        begin, end = clock.local(self.starts_at), clock.local(self.ends_at)
        if begin.date() == end.date():
            return text.time(self.ends_at)
        return f"{short_day(end.date())} {text.time(self.ends_at)}"


class FreeDay(msgspec.Struct, frozen=True, kw_only=True):
    day: date
    morning: list[FreeTime]
    afternoon: list[FreeTime]

    @property
    def title(self) -> str:
        return day_title(self.day)

    @property
    def count(self) -> int:
        return len(self.morning) + len(self.afternoon)

    @property
    def parts(self) -> list[tuple[str, list[FreeTime]]]:
        named = [(_("Morning"), self.morning), (_("Afternoon"), self.afternoon)]
        return [(name, times) for name, times in named if times]


def by_day(times: Sequence[FreeTime]) -> list[FreeDay]:
    """In order; days without a free time are left out."""
    days: dict[date, FreeDay] = {}
    for one in times:
        shown = clock.local(one.starts_at)
        day = days.setdefault(shown.date(), FreeDay(day=shown.date(), morning=[], afternoon=[]))
        (day.morning if shown.hour < NOON else day.afternoon).append(one)
    return [days[day] for day in sorted(days)]


def day_title(day: date) -> str:
    """`Heute, 24. November`, `Morgen, …`, otherwise `Dienstag, 24. November`."""
    distance = (day - clock.local(clock.now()).date()).days
    german = text.locale.get() == "de"
    shown = format_date(day, "d. MMMM" if german else "d MMMM", locale=text.locale.get())
    named = format_date(day, "EEEE", locale=text.locale.get())
    name = {0: _("Today"), 1: _("Tomorrow")}.get(distance, named)
    return f"{name}, {shown}"


def long_day(moment: datetime) -> str:
    """`Dienstag, 24. November 2026`."""
    shown = clock.local(moment).date()
    pattern = "EEEE, d. MMMM y" if text.locale.get() == "de" else "EEEE, d MMMM y"
    return format_date(shown, pattern, locale=text.locale.get())


def short_day(day: date) -> str:
    """`Di., 24.11.`"""
    pattern = "EEE, dd.MM." if text.locale.get() == "de" else "EEE d MMM"
    return format_date(day, pattern, locale=text.locale.get())


def weekday(number: int) -> str:
    """`Mo.` for 0."""
    return format_date(date(2026, 1, 5 + number), "EEE", locale=text.locale.get())


def length(minutes: int) -> str:
    """`1 Std. 30 Min.`"""
    hours, rest = divmod(minutes, 60)
    parts = [_("%(hours)s h", hours=hours)] if hours else []
    parts += [_("%(minutes)s min", minutes=rest)] if rest else []
    return " ".join(parts)


def page_from(asked: str, today: date, horizon_days: int) -> date:
    """The first day of a page of free times: never in the past, never beyond the horizon."""
    try:
        wanted = date.fromisoformat(asked)
    except ValueError:
        wanted = today
    return min(max(wanted, today), today + timedelta(days=horizon_days))
