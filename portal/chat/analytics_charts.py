"""The geometry of the chat's charts, from the parts that all charts are made of: pure."""

from collections.abc import Sequence
from datetime import date
from math import ceil

from portal.chat.analytics_figures import ChatNumbers
from portal.kit import text
from portal.kit.charts import (
    BAR,
    COLUMN,
    MOST_MARKS,
    BarRow,
    Column,
    Columns,
    nice_top,
    part,
    ticks,
)
from portal.kit.text import _, ngettext


def talk_columns(numbers: ChatNumbers) -> Columns:
    """By the assistant alone, and above it those with a person."""
    weeks = numbers.weeks
    lines = [
        (week.monday, (("done", week.talks - week.with_person), ("booked", week.with_person)))
        for week in weeks
    ]
    told = [
        _(
            "Week %(week)s: %(talks)s, %(bot)s of them by the assistant",
            week=week.monday.isocalendar().week,
            talks=ngettext("%(num)s conversation", "%(num)s conversations", week.talks),
            bot=week.talks - week.with_person,
        )
        for week in weeks
    ]
    return _stacked(lines, told)


def cost_columns(numbers: ChatNumbers) -> Columns:
    lines = [
        (monday, (("done", float(chats)), ("booked", float(others))))
        for monday, chats, others in numbers.costs
    ]
    told = [
        _(
            "Week %(week)s: %(sum)s",
            week=monday.isocalendar().week,
            sum=text.euro(chats + others),
        )
        for monday, chats, others in numbers.costs
    ]
    return _stacked(lines, told, is_money=True)


def topic_rows(numbers: ChatNumbers) -> list[BarRow]:
    most = max((max(topic.talks, topic.before) for topic in numbers.topics), default=0) or 1
    return [
        BarRow(
            topic.label,
            text.number(topic.talks),
            round(topic.talks / most * 100, 2),
            round(topic.before / most * 100, 2),
        )
        for topic in numbers.topics
    ]


def rating_rows(numbers: ChatNumbers) -> list[BarRow]:
    """Shares, the best first, so that periods of unlike size compare."""
    now, before = numbers.now, numbers.before
    return [
        BarRow(
            "★" * stars,
            text.number(now.stars[stars - 1]),
            _share(now.stars[stars - 1], now.ratings),
            _share(before.stars[stars - 1], before.ratings) if before.ratings else None,
            text.percent(now.stars[stars - 1] / now.ratings if now.ratings else None),
        )
        for stars in range(5, 0, -1)
    ]


def _share(count: int, whole: int) -> float:
    return round(count / whole * 100, 2) if whole else 0.0


def _stacked(
    lines: Sequence[tuple[date, Sequence[tuple[str, float]]]],
    told: Sequence[str],
    *,
    is_money: bool = False,
) -> Columns:
    highest = max((sum(value for _css, value in values) for _monday, values in lines), default=0)
    top = _top(highest, is_money=is_money)
    every = ceil(len(lines) / MOST_MARKS) or 1
    columns = []
    for number, ((monday, values), words) in enumerate(zip(lines, told, strict=True)):
        left, below, parts = number * COLUMN + (COLUMN - BAR) / 2, 0.0, []
        for css, value in values:
            parts.append(part(css, left, BAR, value / top, below))
            below += value / top
        mark = str(monday.isocalendar().week) if number % every == 0 else ""
        columns.append(Column(mark, words, tuple(parts)))
    return Columns(tuple(columns), ticks(top, _euro if is_money else text.number))


def _top(highest: float, *, is_money: bool) -> float:
    """Whole conversations; cents may be few."""
    if is_money:
        return nice_top(highest * 100) / 100
    return max(2.0, nice_top(highest))


def _euro(value: float) -> str:
    if 0 < value < 0.1:
        return f"{text.number(value * 100, 1)} ct"
    return f"{text.number(value, 2 if value % 1 else 0)} €"
