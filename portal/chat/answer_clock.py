"""The clock of an answer: it runs while the workshop is open, and stands at night."""

from collections.abc import Sequence
from datetime import UTC, datetime, timedelta

import msgspec

from portal.bookings.calendar import Week, opening_at

MOST_SPANS = 14
"""A target is at most two days long: more openings than these are a mistake in the hours."""


class Clock(msgspec.Struct, frozen=True):
    """`spans` are the times in which it runs, as pairs of Unix seconds; it ends at `due_at`."""

    due_at: datetime
    spans: list[list[int]]


def clock_from(week: Week, since: datetime, minutes: int) -> Clock:
    """When `minutes` of opening time will have passed; without hours every minute counts."""
    left, moment = timedelta(minutes=minutes), since.astimezone(UTC)
    spans: list[list[int]] = []
    while len(spans) < MOST_SPANS:
        opening = opening_at(week, moment)
        if opening.until is None:
            if opening.opens_at is None:
                break
            moment = opening.opens_at.astimezone(UTC)
            continue
        until = opening.until.astimezone(UTC)
        ends = min(until, moment + left)
        spans.append([_seconds(moment), _seconds(ends)])
        left -= ends - moment
        if left <= timedelta(0):
            return Clock(ends, spans)
        moment = until
    ends = moment + left
    return Clock(ends, [*spans, [_seconds(moment), _seconds(ends)]])


def left_s(spans: Sequence[Sequence[int]], now: datetime) -> int:
    """Opening seconds until it is due; 0 when it is due."""
    at = _seconds(now)
    return sum(max(0, ends - max(begins, at)) for begins, ends in spans)


def target_s(spans: Sequence[Sequence[int]]) -> int:
    return sum(ends - begins for begins, ends in spans)


def _seconds(moment: datetime) -> int:
    return int(moment.timestamp())
