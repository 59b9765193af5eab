"""The geometry of the charts: pure. Templates draw it as SVG, colours come from the tokens.

Drawings are stretched to the room that there is, so no text stands inside them: labels are HTML
beside them and keep their size on every screen.
"""

from collections.abc import Callable, Sequence
from decimal import Decimal
from math import ceil, floor, log10

import msgspec

from portal.bookings import numbers_words as words
from portal.bookings.numbers_figures import HourUse, Numbers, Usage
from portal.bookings.numbers_period import monday_of
from portal.kit import text
from portal.kit.text import _

COLUMN, BAR = 10.0, 6.4
HEIGHT = 100.0
MOST_MARKS = 14
HEAT_STEPS = 9
ROUND = (1, 1.2, 1.6, 2, 3, 4, 5, 6, 8, 10)


class BarRow(msgspec.Struct, frozen=True):
    """One horizontal bar; widths in percent of the room, `before` is a mark on it."""

    label: str
    shown: str
    width: float
    before: float | None
    change: str = ""
    tone: str = "neutral"


class Part(msgspec.Struct, frozen=True):
    css: str
    x: float
    y: float
    width: float
    height: float


class Column(msgspec.Struct, frozen=True):
    mark: str
    told: str
    parts: tuple[Part, ...]


class Columns(msgspec.Struct, frozen=True):
    """A column chart on a ground of `width` × 100; `ticks` from top to bottom."""

    columns: tuple[Column, ...]
    ticks: tuple[str, ...]
    divide_at: float | None = None

    @property
    def width(self) -> float:
        return len(self.columns) * COLUMN


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
            words.percent(line.share),
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
            _round(now / most * 100),
            None if before is None else _round(before / most * 100),
            words.percent(now),
        )
        for line, now, before in lines
    ]


def change_of(
    now: float | None, before: float | None, *, more_is_good: bool = True
) -> tuple[str, str]:
    """`+4 points` and its tone; nothing where there is nothing to compare or to tell."""
    points = 0.0 if now is None or before is None else round((now - before) * 100, 1)
    if not points:
        return "", "neutral"
    tone = "success" if (points > 0) == more_is_good else "danger"
    sign = "+" if points > 0 else "−"
    return _("%(change)s points", change=f"{sign}{text.number(abs(points), 1)}"), tone


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
        told = f"{label}: {words.percent(share)} ({text.number(count)})"
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


def nice_top(value: float) -> float:
    """The next round figure whose half is round, too; at least 1."""
    if value <= 1:
        return 1.0
    power = 10.0 ** floor(log10(value))
    return next(step * power for step in ROUND if step * power >= value)


def _heat(cell: HourUse | None, weekday: str) -> HeatCell | None:
    if cell is None or cell.share is None:
        return None
    step = min(HEAT_STEPS, round(cell.share * HEAT_STEPS))
    told = _("%(weekday)s %(hour)s o'clock: %(share)s", weekday=weekday, hour=cell.hour,
             share=words.percent(cell.share))  # fmt: skip
    return HeatCell(text.number(cell.share * 100), told, step)


def part(css: str, x: float, width: float, share: float, below: float = 0.0) -> Part:
    height = _round(min(share, 1.0) * HEIGHT)
    return Part(css, _round(x), _round(HEIGHT - below * HEIGHT - height), width, height)


def ticks(top: float, told: Callable[[float], str]) -> tuple[str, ...]:
    return tuple(told(top * share) for share in (1, 0.5, 0))


def _thousands(value: float) -> str:
    if value >= 1000:
        digits = 0 if value % 1000 == 0 else 1
        return _("%(count)s k€", count=text.number(value / 1000, digits))
    return f"{text.number(value)} €"


def _shares(counts: Sequence[int]) -> list[float]:
    whole = sum(counts)
    return [count / whole if whole else 0.0 for count in counts]


def _percent(share: float | None) -> float:
    return _round(min(share or 0.0, 1.0) * 100)


def _round(value: float) -> float:
    return round(value, 2)
