"""When the periodic inspection (Hauptuntersuchung, HU) is due: pure month arithmetic.

Source: StVZO § 29 with Anlage VIII, sections 2 (intervals, season plates) and 3.1.4 (defects,
re-test); `Rule.number` names the row of each class. Motor homes of 3.5 to 7.5 t: two years in the
first six, then one, and an inspection in the sixth year already gives one year only (VG Koblenz,
5 K 916/13.KO). Driving-school cars follow common practice, no row of the table names them. Since
July 2012 the next month counts from the actual inspection and no longer from the missed one. Fines
and fees change and are content.
"""

import calendar
from datetime import date
from enum import StrEnum
from typing import NamedTuple

Season = tuple[int, int]
"""First and last month (1-12) of a season plate; a season may span New Year."""

EXTENDED_AFTER = 2
"""Months over the due month after which the inspection has to be an extended one."""


class HuClass(StrEnum):
    """Kinds of vehicles as the intervals tell them apart."""

    CAR = "car"
    FOR_HIRE = "for_hire"
    DRIVING_SCHOOL = "driving_school"
    AMBULANCE = "ambulance"
    MOTORCYCLE = "motorcycle"
    LORRY_LIGHT = "lorry_light"
    LORRY_HEAVY = "lorry_heavy"
    BUS = "bus"
    MOTOR_HOME_LIGHT = "motor_home_light"
    MOTOR_HOME_MEDIUM = "motor_home_medium"
    MOTOR_HOME_HEAVY = "motor_home_heavy"
    TRAILER_LIGHT = "trailer_light"
    TRAILER_MEDIUM = "trailer_medium"
    TRAILER_HEAVY = "trailer_heavy"
    EXEMPT = "exempt"


class Rule(NamedTuple):
    """Months until the first inspection and between the next ones; `aged` from `aged_after` on."""

    number: str
    first: int
    further: int
    aged: int | None = None
    aged_after: int = 0


RULES: dict[HuClass, Rule] = {
    HuClass.MOTORCYCLE: Rule("2.1.1", 24, 24),
    HuClass.CAR: Rule("2.1.2.1", 36, 24),
    HuClass.FOR_HIRE: Rule("2.1.2.2, 2.2", 12, 12),
    HuClass.DRIVING_SCHOOL: Rule("", 12, 12),
    HuClass.AMBULANCE: Rule("2.1.2.3", 12, 12),
    HuClass.BUS: Rule("2.1.3", 12, 12),
    HuClass.LORRY_LIGHT: Rule("2.1.4.1", 24, 24),
    HuClass.LORRY_HEAVY: Rule("2.1.4.2-4", 12, 12),
    HuClass.TRAILER_LIGHT: Rule("2.1.5.1", 36, 24),
    HuClass.TRAILER_MEDIUM: Rule("2.1.5.2", 24, 24),
    HuClass.TRAILER_HEAVY: Rule("2.1.5.3-4", 12, 12),
    HuClass.MOTOR_HOME_LIGHT: Rule("2.1.6.1", 36, 24),
    HuClass.MOTOR_HOME_MEDIUM: Rule("2.1.6.2", 24, 24, aged=12, aged_after=60),
    HuClass.MOTOR_HOME_HEAVY: Rule("2.1.6.3", 12, 12),
}
"""Every class but the exempt ones (mopeds and what else carries an insurance plate)."""


class Month(NamedTuple):
    """A month of a year; the inspection knows no days. Written `2027-11`."""

    year: int
    month: int

    @classmethod
    def of(cls, day: date) -> "Month":
        return cls(day.year, day.month)

    @classmethod
    def read(cls, text: str) -> "Month":
        """`2027-11`. Raises ValueError for anything else."""
        year, dash, month = text.partition("-")
        found = cls(int(year), int(month))
        if not dash or len(text) != 7 or str(found) != text:
            raise ValueError(text)
        date(found.year, found.month, 1)
        return found

    def plus(self, months: int) -> "Month":
        year, month = divmod(self.year * 12 + self.month - 1 + months, 12)
        return Month(year, month + 1)

    def since(self, earlier: "Month") -> int:
        """Months between; negative when `earlier` is the later one."""
        return (self.year - earlier.year) * 12 + self.month - earlier.month

    @property
    def first_day(self) -> date:
        return date(self.year, self.month, 1)

    @property
    def last_day(self) -> date:
        """The HU may be done until the end of its month."""
        return date(self.year, self.month, calendar.monthrange(self.year, self.month)[1])

    def __str__(self) -> str:
        return f"{self.year:04}-{self.month:02}"


def first_due(hu_class: HuClass, registered: Month) -> Month | None:
    """Of a new vehicle, from the month of its first registration; None: never."""
    rule = RULES.get(hu_class)
    return registered.plus(rule.first) if rule else None


def next_due(hu_class: HuClass, inspected: Month, registered: Month | None = None) -> Month | None:
    """After a passed inspection, from the month in which it really was; None: never.

    Without the first registration a vehicle whose interval depends on its age counts as old.
    """
    rule = RULES.get(hu_class)
    if rule is None:
        return None
    if rule.aged is None:
        return inspected.plus(rule.further)
    is_young = registered is not None and inspected.since(registered) <= rule.aged_after
    return inspected.plus(rule.further if is_young else rule.aged)


def target(due: Month, season: Season | None = None) -> Month:
    """The month in which the inspection has to be; out of season the next season's first one."""
    if season is None or is_in_season(due.month, season):
        return due
    first, _last = season
    return Month(due.year + (due.month > first), first)


def is_in_season(month: int, season: Season) -> bool:
    first, last = season
    return (month - first) % 12 <= (last - first) % 12


def retest_until(found: date) -> date:
    """The last day of the re-test: a month after the HU that found defects.

    Where that month has no such day, its last one. Later a whole new HU is due.
    """
    last = Month.of(found).plus(1).last_day
    return last.replace(day=min(found.day, last.day))


def needs_extended(due: Month, on: date, season: Season | None = None) -> bool:
    """More than two months late the inspection is an extended one, for a higher fee."""
    return Month.of(on).since(target(due, season)) > EXTENDED_AFTER
