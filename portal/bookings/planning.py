"""What a visit needs, worked out from its services: pure, no database."""

from collections.abc import Collection, Sequence
from typing import Protocol

import msgspec

from portal.bookings.models.kinds import LiftKind

LONGEST_WORK = 60 * 24 * 5
"""Minutes of work that one appointment may take."""
A_LONG_DAY = 60 * 7
"""Minutes; what takes longer may have to be parted."""
LONGEST_BREAK = 16
"""Days that a workshop is closed at a stretch, as between the years."""
LIFT_LIKE = (LiftKind.TWO_POST, LiftKind.SCISSOR, LiftKind.FOUR_POST, LiftKind.ALIGNMENT)
"""What `LiftKind.ANY` may be, the most common first."""


class Work(Protocol):
    """What planning reads of a service."""

    duration_minutes: int
    setup_minutes: int
    buffer_minutes: int
    lift: LiftKind
    min_lift_kg: int | None
    skill: str
    needs_inspector: bool


class Need(msgspec.Struct, frozen=True, kw_only=True):
    """What has to be free at once. `minutes` are those of a person at full speed."""

    minutes: int
    buffer_minutes: int = 0
    lift: LiftKind = LiftKind.ANY
    min_lift_kg: int = 0
    skills: frozenset[str] = frozenset()
    inspector: bool = False
    seat: bool = False
    loaner: bool = False


def need_of(
    services: Sequence[Work],
    *,
    minutes: int | None = None,
    waits: bool = False,
    loaner: bool = False,
) -> Need:
    """The need of a basket: work adds up, the longest set-up counts once, the longest buffer last.

    `minutes` is what staff said instead. Without services and minutes it takes an hour.
    """
    return Need(
        minutes=minutes or _minutes(services) or 60,
        buffer_minutes=max((work.buffer_minutes for work in services), default=0),
        lift=_lift([LiftKind(work.lift) for work in services]),
        min_lift_kg=max((work.min_lift_kg or 0 for work in services), default=0),
        skills=frozenset(work.skill for work in services if work.skill),
        inspector=any(work.needs_inspector for work in services),
        seat=waits,
        loaner=loaner,
    )


def minutes_on(minutes: int, percent: int) -> int:
    """How long somebody of this speed takes, in steps of five minutes."""
    return -(-minutes * 100 // percent // 5) * 5 if percent < 100 else minutes


def days_after(minutes: int) -> int:
    """How many days after the first the work may still go on, over closed ones as well."""
    return minutes // 240 + 1 + (LONGEST_BREAK if minutes > A_LONG_DAY else 0)


def fits(wanted: LiftKind, is_there: LiftKind) -> bool:
    """A wish for any lift takes each that lifts; every other wish is meant as it stands."""
    return is_there in LIFT_LIKE if wanted == LiftKind.ANY else wanted == is_there


def _minutes(services: Sequence[Work]) -> int:
    pure = sum(work.duration_minutes - work.setup_minutes for work in services)
    return pure + max((work.setup_minutes for work in services), default=0)


def _lift(wishes: Collection[LiftKind]) -> LiftKind:
    """The most particular wish of the basket; without services any lift will do."""
    if not wishes:
        return LiftKind.ANY
    particular = sorted(set(wishes) - {LiftKind.NONE, LiftKind.ANY})
    if particular:
        return particular[0]
    return LiftKind.ANY if LiftKind.ANY in wishes else LiftKind.NONE
