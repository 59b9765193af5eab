"""On which days an invented workshop works and the inspector comes; and counting in months."""

from dataclasses import dataclass
from datetime import date, timedelta

HOLIDAYS = {(1, 1), (5, 1), (10, 3), (12, 24), (12, 25), (12, 26), (12, 31)}


@dataclass(frozen=True)
class Workdays:
    """Weekdays by number, Monday is 0."""

    open_on: frozenset[int]
    tests_on: frozenset[int]

    def on_or_before(self, day: date) -> date:
        while not self._is_open(day):
            day -= timedelta(days=1)
        return day

    def on_or_after(self, day: date) -> date:
        while not self._is_open(day):
            day += timedelta(days=1)
        return day

    def test_day(self, day: date) -> date:
        """That day or the next on which the inspector comes."""
        while not (self._is_open(day) and day.weekday() in self.tests_on):
            day += timedelta(days=1)
        return day

    def back(self, day: date, count: int) -> date:
        """`count` working days before."""
        for _ in range(count):
            day = self.on_or_before(day - timedelta(days=1))
        return day

    def _is_open(self, day: date) -> bool:
        return day.weekday() in self.open_on and (day.month, day.day) not in HOLIDAYS


def months_before(day: date, months: int) -> date:
    """The first day of the month so many months ago; a negative count lies ahead."""
    count = day.year * 12 + day.month - 1 - months
    return date(count // 12, count % 12 + 1, 1)


def next_hu(registered: date, today: date) -> date:
    """36 months after the first registration, then every 24: the month that is still ahead."""
    due = months_before(registered, -36)
    while due < months_before(today, 0):
        due = months_before(due, -24)
    return due
