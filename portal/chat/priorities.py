"""Who is answered first: danger, then anger, then whoever has an appointment, then who waits."""

from datetime import datetime
from enum import IntEnum
from typing import Any

from sqlalchemy import BigInteger, case, cast, func

from portal.chat.models import Conversation

_STEP = 10**16
_LATEST = 9 * 10**15
"""Microseconds since 1970, beyond any date that a conversation can have."""


class Level(IntEnum):
    NONE = 0
    WAITS = 1
    BOOKING = 2
    UPSET = 3
    SAFETY = 4


def level_of(*, reason: str, is_upset: bool, has_booking: bool) -> Level:
    """How urgent the answer to a visitor is who waits for a person."""
    if reason == "safety":
        return Level.SAFETY
    if is_upset or reason == "complaint":
        return Level.UPSET
    return Level.BOOKING if has_booking else Level.WAITS


def place_of(priority: int, unanswered_since: datetime | None, changed_at: datetime) -> int:
    """Where a line stands, the highest first: the urgent by their wait, the rest by their news."""
    if priority and unanswered_since is not None:
        return priority * _STEP + _LATEST - _microseconds(unanswered_since)
    return _microseconds(changed_at)


def place_column() -> Any:
    """The same in SQL."""
    waits = priority_with_wait()
    since = _microseconds_column(Conversation.unanswered_since)
    urgent = cast(Conversation.priority, BigInteger) * _STEP + _LATEST - since
    return case((waits, urgent), else_=_microseconds_column(Conversation.changed_at))


def priority_with_wait() -> Any:
    return (Conversation.priority > 0) & Conversation.unanswered_since.is_not(None)


def _microseconds(moment: datetime) -> int:
    return int(moment.timestamp()) * 1_000_000 + moment.microsecond


def _microseconds_column(column: Any) -> Any:
    return cast(func.extract("epoch", column) * 1_000_000, BigInteger)
