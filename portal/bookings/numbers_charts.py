"""The geometry of the bookings' charts, from the parts that all charts are made of: pure."""

from collections.abc import Sequence
from decimal import Decimal
from math import ceil

import msgspec

from portal.bookings import numbers_words as words
from portal.bookings.numbers_figures import HourUse, Numbers, Usage
from portal.bookings.numbers_period import monday_of
from portal.kit import text
from portal.kit.charts import (
    BAR,
    COLUMN,
    MOST_MARKS,
    BarRow,
    Column,
    Columns,
    change_of,
    nice_top,
    part,
    round2,
    ticks,
)
from portal.kit.text import _

HEAT_STEPS = 9


class HeatCell(msgspec.Struct, frozen=True):
    shown: str
    told: str
    step: int


class HeatRow(msgspec.Struct, frozen=True):
    mark: str
    name: str
    cells: tuple[HeatCell | None, ...]


class HeatMap(msgspec.Struct, frozen=True):
    hours: tuple[str, ...]
    rows: tuple[HeatRow, ...]
    busiest: str = ""


def usage_rows(lines: Sequence[Usage]) -> list[BarRow]:
    """Up to 100 %; whoever works beyond fills the bar and says how much."""
    return [
        BarRow(
            line.name,
            text.percent(line.share),
            _percent(line.share),
            None if line.share_before is None else _percent(line.share_before),
            *change_of(line.share, line.share_before),
        )
        for line in lines
    ]


def origin_rows(numbers: Numbers) -> list[BarRow]:
    """As long as the most frequent origin of both periods is wide."""
    whole, whole_before = numbers.outcome.booked, numbers.outcome_before.booked
    lines = [
        (
            line,
            line.outcome.booked / whole if whole else 0.0,
            line.before.booked / whole_before if whole_before else None,
        )
        for line in numbers.origins
    ]
    most = max((max(now, before or 0) for _line, now, before in lines), default=0) or 1
    return [
        BarRow(
            words.origin_label(line.origin),
            text.number(line.outcome.booked),
            round2(now / most * 100),
            None if before is None else round2(before / most * 100),
            text.percent(now),
        )
        for line, now, before in lines
    ]


def lead_columns(numbers: Numbers) -> Columns:
    """Shares of both periods side by side, so that periods of unlike size compare."""
    lead = numbers.lead
    now, before = _shares(lead.counts), _shares(lead.counts_before)
    top = nice_top(max((*now, *before), default=0) * 100)
    columns = []
    labels = zip(words.lead_marks(), words.lead_labels(), lead.counts, now, before, strict=True)
    for number, (mark, label, count, share, earlier) in enumerate(labels):
        left = number * COLUMN
        parts = (
            part("before", left + 1.4, 3.4, earlier * 100 / top),
            part("now", left + 5.1, 3.4, share * 100 / top),
        )
        told = f"{label}: {text.percent(share)} ({text.number(count)})"
        columns.append(Column(mark, told, parts))
    return Columns(tuple(columns), ticks(top, lambda value: f"{text.number(value)} %"))


def revenue_columns(numbers: Numbers) -> Columns:
    """Done, booked and requested on top of each other; the line divides past from forecast."""
    weeks = numbers.weeks
    top = nice_top(float(max((week.total for week in weeks), default=Decimal(0))))
    every = ceil(len(weeks) / MOST_MARKS) or 1
    columns, divide_at = [], None
    present = monday_of(numbers.period.last)
    for number, week in enumerate(weeks):
        left, below = number * COLUMN + (COLUMN - BAR) / 2, 0.0
        parts = []
        for css, amount in (("done", week.done), ("booked", week.booked), ("asked", week.asked)):
            parts.append(part(css, left, BAR, float(amount) / top, below))
            below += float(amount) / top
        if divide_at is None and week.monday > present:
            divide_at = number * COLUMN
        calendar_week = week.monday.isocalendar().week
        told = _("Week %(week)s from %(day)s: %(sum)s", week=calendar_week,
                 day=text.day(week.monday), sum=text.euro(week.total))  # fmt: skip
        columns.append(
            Column(str(calendar_week) if number % every == 0 else "", told, tuple(parts))
        )
    return Columns(tuple(columns), ticks(top, _thousands), divide_at)


def heat_map(cells: Sequence[HourUse]) -> HeatMap:
    """Weekdays by hours; hours in which nobody is there stay empty."""
    if not cells:
        return HeatMap((), ())
    hours = range(min(cell.hour for cell in cells), max(cell.hour for cell in cells) + 1)
    found = {(cell.weekday, cell.hour): cell for cell in cells}
    names, marks = words.weekday_names(), words.weekday_marks()
    rows = [
        HeatRow(
            marks[weekday],
            names[weekday],
            tuple(_heat(found.get((weekday, hour)), names[weekday]) for hour in hours),
        )
        for weekday in sorted({cell.weekday for cell in cells})
    ]
    busiest = max(cells, key=lambda cell: cell.share or 0)
    told = _heat(busiest, names[busiest.weekday])
    return HeatMap(
        tuple(f"{hour:02}" for hour in hours),
        tuple(rows),
        told.told if told and busiest.reserved else "",
    )


def _heat(cell: HourUse | None, weekday: str) -> HeatCell | None:
    if cell is None or cell.share is None:
        return None
    step = min(HEAT_STEPS, round(cell.share * HEAT_STEPS))
    told = _("%(weekday)s %(hour)s o'clock: %(share)s", weekday=weekday, hour=cell.hour,
             share=text.percent(cell.share))  # fmt: skip
    return HeatCell(text.number(cell.share * 100), told, step)


def _thousands(value: float) -> str:
    if value >= 1000:
        digits = 0 if value % 1000 == 0 else 1
        return _("%(count)s k€", count=text.number(value / 1000, digits))
    return f"{text.number(value)} €"


def _shares(counts: Sequence[int]) -> list[float]:
    whole = sum(counts)
    return [count / whole if whole else 0.0 for count in counts]


def _percent(share: float | None) -> float:
    return round2(min(share or 0.0, 1.0) * 100)
