"""What part of the calendar a page shows: which days, and whose columns."""

import calendar as month_lengths
from collections.abc import Sequence
from datetime import date, datetime, time, timedelta
from enum import StrEnum
from urllib.parse import urlencode

import msgspec
from babel.dates import format_date

from portal.bookings.models import ResourceKind
from portal.kit import clock, text
from portal.kit.text import _

FARTHEST_YEARS = 20


class Look(StrEnum):
    """How much the calendar shows at once."""

    DAY = "day"
    WEEK = "week"
    MONTH = "month"


COLUMNS = (ResourceKind.LIFT, ResourceKind.PERSON, ResourceKind.LOANER, ResourceKind.INSPECTOR)


class View(msgspec.Struct, frozen=True):
    """`by` names the resources that are columns of a day and rows of a week."""

    look: Look
    day: date
    by: ResourceKind = ResourceKind.LIFT

    @property
    def days(self) -> Sequence[date]:
        """Every day that is shown, whole weeks for a month."""
        if self.look is Look.DAY:
            return (self.day,)
        if self.look is Look.WEEK:
            return _days_from(_monday(self.day), 7)
        first = _monday(self.day.replace(day=1))
        last = self.day.replace(day=month_lengths.monthrange(self.day.year, self.day.month)[1])
        weeks = ((last - first).days // 7) + 1
        return _days_from(first, weeks * 7)

    @property
    def first(self) -> date:
        return self.days[0]

    @property
    def last(self) -> date:
        return self.days[-1]

    @property
    def title(self) -> str:
        """`Dienstag, 24. November 2026`, `23.–29. November 2026 · KW 48`, `November 2026`"""
        language = text.locale.get()
        if self.look is Look.DAY:
            return format_date(self.day, "EEEE, d. MMMM y", locale=language)
        if self.look is Look.MONTH:
            return format_date(self.day, "MMMM y", locale=language)
        first, last = self.days[0], self.days[-1]
        begins = format_date(
            first, "d." if first.month == last.month else "d. MMM", locale=language
        )
        ends = format_date(last, "d. MMM y", locale=language)
        week = _("CW %(number)s", number=first.isocalendar().week)
        return f"{begins} – {ends} · {week}"

    @property
    def earlier(self) -> "View":
        return self._moved(-1)

    @property
    def later(self) -> "View":
        return self._moved(1)

    def at(self, day: date) -> "View":
        return msgspec.structs.replace(self, day=day)

    def seen_as(self, look: Look) -> "View":
        return msgspec.structs.replace(self, look=look)

    def with_columns(self, by: ResourceKind) -> "View":
        return msgspec.structs.replace(self, by=by)

    @property
    def query(self) -> str:
        return urlencode({"view": self.look, "date": self.day.isoformat(), "by": self.by})

    def _moved(self, steps: int) -> "View":
        if self.look is Look.MONTH:
            months = self.day.year * 12 + self.day.month - 1 + steps
            return self.at(date(months // 12, months % 12 + 1, 1))
        return self.at(self.day + timedelta(days=steps * (7 if self.look is Look.WEEK else 1)))


def read(look: str, day: str, by: str) -> View:
    """The view that an address names; what it does not name well becomes the usual."""
    return View(
        Look(look) if look in set(Look) else Look.DAY,
        _day(day),
        ResourceKind(by) if by in set(COLUMNS) else ResourceKind.LIFT,
    )


def today() -> date:
    return clock.local(clock.now()).date()


def midnight(day: date) -> datetime:
    """When the local day begins."""
    return datetime.combine(day, time(), clock.BERLIN)


def day_title(day: date) -> str:
    """`Di., 24.11.`"""
    return format_date(day, "EEE, dd.MM.", locale=text.locale.get())


def full_day_title(day: date) -> str:
    return format_date(day, "EEEE, d. MMMM y", locale=text.locale.get())


def _day(typed: str) -> date:
    try:
        named = date.fromisoformat(typed)
    except ValueError:
        return today()
    return named if abs(named.year - today().year) <= FARTHEST_YEARS else today()


def _monday(day: date) -> date:
    return day - timedelta(days=day.weekday())


def _days_from(first: date, count: int) -> Sequence[date]:
    return tuple(first + timedelta(days=number) for number in range(count))
