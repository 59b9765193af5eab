"""A week in a form: two spans a weekday, `d0_from` `d0_to` `d0_from2` `d0_to2` from Monday on."""

from collections.abc import Iterable
from datetime import time

import msgspec

from portal.bookings.settings_input import Answers
from portal.kit.text import _

DAYS = range(7)
HALVES = ("", "2")


class WeekSpan(msgspec.Struct, frozen=True, order=True):
    """One span of one weekday (0 is Monday)."""

    weekday: int
    starts: time
    ends: time


def read_week(answers: Answers) -> list[WeekSpan]:
    """All spans in order; complaints go beside their field."""
    found: list[WeekSpan] = []
    for day in DAYS:
        spans = [span for half in HALVES if (span := _span(answers, day, half))]
        if len(spans) == 2 and spans[1].starts < spans[0].ends:
            if spans[1].ends <= spans[0].starts:
                spans.reverse()
            else:
                message = _("This overlaps with the first time of the day.")
                answers.refuse(f"d{day}_from2", "OVERLAPS", message)
        found += spans
    return found


def typed_week(spans: Iterable[WeekSpan]) -> dict[str, str]:
    """The form's fields for these spans; a third span of a day has no field."""
    by_day: dict[int, list[WeekSpan]] = {}
    for span in sorted(spans):
        by_day.setdefault(span.weekday, []).append(span)
    typed = {}
    for day, of_day in by_day.items():
        for half, span in zip(HALVES, of_day, strict=False):
            typed[f"d{day}_from{half}"] = f"{span.starts:%H:%M}"
            typed[f"d{day}_to{half}"] = f"{span.ends:%H:%M}"
    return typed


def _span(answers: Answers, day: int, half: str) -> WeekSpan | None:
    begin, end = f"d{day}_from{half}", f"d{day}_to{half}"
    told = len(answers.errors)
    starts, ends = answers.clock(begin), answers.clock(end)
    if len(answers.errors) > told or (starts is None and ends is None):
        return None
    if starts is None:
        answers.refuse(begin, "MISSING", _("When does it begin?"))
    elif ends is None:
        answers.refuse(end, "MISSING", _("When does it end?"))
    elif ends <= starts:
        answers.refuse(end, "ENDS_BEFORE_IT_STARTS", _("It ends before it begins."))
    else:
        return WeekSpan(day, starts, ends)
    return None
