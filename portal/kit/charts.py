"""The geometry that charts of all rooms have in common: pure. `kit/_charts.html` draws it as SVG.

Drawings are stretched to the room that there is, so no text stands inside them: labels are HTML
beside them and keep their size on every screen.
"""

from collections.abc import Callable
from math import floor, log10

import msgspec

from portal.kit import text
from portal.kit.text import _

COLUMN, BAR = 10.0, 6.4
HEIGHT = 100.0
MOST_MARKS = 14
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


def nice_top(value: float) -> float:
    """The next round figure whose half is round, too; at least 1."""
    if value <= 1:
        return 1.0
    power = 10.0 ** floor(log10(value))
    return next(step * power for step in ROUND if step * power >= value)


def part(css: str, x: float, width: float, share: float, below: float = 0.0) -> Part:
    height = round2(min(share, 1.0) * HEIGHT)
    return Part(css, round2(x), round2(HEIGHT - below * HEIGHT - height), width, height)


def ticks(top: float, told: Callable[[float], str]) -> tuple[str, ...]:
    return tuple(told(top * share) for share in (1, 0.5, 0))


def round2(value: float) -> float:
    return round(value, 2)
