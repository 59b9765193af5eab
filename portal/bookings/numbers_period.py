"""Which days the figures are about, and which they are compared with."""

from datetime import date, datetime, time, timedelta
from enum import StrEnum

import msgspec

from portal.kit import clock
from portal.kit.clock import BERLIN
from portal.kit.errors import N_, Invalid

DAY = timedelta(days=1)
LONGEST_DAYS = 400


class PeriodImpossible(Invalid):
    code, title = "PERIOD_IMPOSSIBLE", N_("Please choose at most 400 days, the first one first.")


class Reach(StrEnum):
    """How far the page looks back; in weeks, so that weekdays stay alike."""

    FOUR_WEEKS = "4w"
    TWELVE_WEEKS = "12w"
    YEAR = "year"

    @property
    def days(self) -> int:
        return {Reach.FOUR_WEEKS: 28, Reach.TWELVE_WEEKS: 84, Reach.YEAR: 364}[self]

    @property
    def weeks_ahead(self) -> int:
        """How far the forecast of this page goes."""
        return 4 if self is Reach.FOUR_WEEKS else 12


class Period(msgspec.Struct, frozen=True):
    """Local days, both included."""

    first: date
    last: date

    @property
    def days(self) -> int:
        return (self.last - self.first).days + 1

    @property
    def before(self) -> "Period":
        """As many days, right before."""
        return Period(self.first - timedelta(days=self.days), self.first - DAY)

    @property
    def since(self) -> datetime:
        return midnight(self.first)

    @property
    def until(self) -> datetime:
        return midnight(self.last + DAY)

    def each_day(self) -> list[date]:
        return [self.first + timedelta(days=number) for number in range(self.days)]


def period_until(today: date, reach: Reach) -> Period:
    """Whole days only: it ends with yesterday."""
    return Period(today - timedelta(days=reach.days), today - DAY)


def chosen(first: date | None, last: date | None) -> Period:
    """The days that a program asks for; four weeks until yesterday when it names none.

    Raises `PeriodImpossible`.
    """
    if any(day is not None and not 1970 < day.year < 9000 for day in (first, last)):
        raise PeriodImpossible
    usual = period_until(today(), Reach.FOUR_WEEKS)
    last = last or (usual.last if first is None else max(usual.last, first))
    period = Period(first or last - timedelta(days=usual.days - 1), last)
    if not 1 <= period.days <= LONGEST_DAYS:
        raise PeriodImpossible
    return period


def today() -> date:
    return clock.local(clock.now()).date()


def monday_of(day: date) -> date:
    return day - timedelta(days=day.weekday())


def midnight(day: date) -> datetime:
    return datetime.combine(day, time(), BERLIN)
