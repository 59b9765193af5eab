"""The figures of the chat, worked out from what was counted: pure."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from datetime import date, timedelta
from decimal import Decimal
from functools import cached_property

import msgspec

from portal.bookings.numbers_period import Period, monday_of

MICROS = Decimal(1_000_000)
WEEK = timedelta(days=7)


class TalkWeek(msgspec.Struct, frozen=True, kw_only=True):
    """Conversations in which a visitor wrote, begun in this week; `stars` counts one to five."""

    is_now: bool
    monday: date
    talks: int = 0
    with_person: int = 0
    stars: tuple[int, ...] = (0, 0, 0, 0, 0)
    bookings: int = 0


class Answers(msgspec.Struct, frozen=True, kw_only=True):
    """`who` is `assistant` or `person`; seconds until the answer, the middle one and the slow."""

    who: str
    is_now: bool
    answers: int
    median_s: float
    slow_s: float


class Provider(msgspec.Struct, frozen=True, kw_only=True):
    """Calls of one week to one provider for one purpose; `micros` millionths of a euro."""

    is_now: bool
    monday: date
    provider: str
    purpose: str
    calls: int
    failed: int
    tokens_in: int
    tokens_out: int
    tokens_cached: int
    micros: int


class Topic(msgspec.Struct, frozen=True, kw_only=True):
    """What answers were based on: conversations in which this source was used."""

    kind: str
    label: str
    talks: int
    before: int


class Sums(msgspec.Struct, frozen=True, kw_only=True):
    """One period as a whole."""

    talks: int
    with_person: int
    bookings: int
    stars: tuple[int, ...]
    cost: Decimal

    @property
    def by_bot(self) -> int:
        return self.talks - self.with_person

    @property
    def resolved(self) -> float | None:
        return self.by_bot / self.talks if self.talks else None

    @property
    def handed_over(self) -> float | None:
        return self.with_person / self.talks if self.talks else None

    @property
    def ratings(self) -> int:
        return sum(self.stars)

    @property
    def rating(self) -> float | None:
        """The mean of all stars."""
        if not self.ratings:
            return None
        return sum(stars * count for stars, count in enumerate(self.stars, 1)) / self.ratings

    @property
    def cost_per_talk(self) -> Decimal | None:
        return self.cost / self.talks if self.talks else None

    @property
    def cost_per_booking(self) -> Decimal | None:
        return self.cost / self.bookings if self.bookings else None


class ProviderSums(msgspec.Struct, frozen=True, kw_only=True):
    provider: str
    calls: int
    failed: int
    tokens_in: int
    tokens_out: int
    tokens_cached: int
    cost: Decimal


class ChatNumbers(msgspec.Struct, frozen=True, dict=True, kw_only=True):
    period: Period
    counted: list[TalkWeek]
    answers: list[Answers]
    calls: list[Provider]
    topics: list[Topic]

    @cached_property
    def now(self) -> Sums:
        return self._sums(is_now=True)

    @cached_property
    def before(self) -> Sums:
        return self._sums(is_now=False)

    @cached_property
    def weeks(self) -> list[TalkWeek]:
        """Every week of the period, also those in which nothing happened."""
        known = {week.monday: week for week in self.counted if week.is_now}
        return [
            known.get(monday) or TalkWeek(is_now=True, monday=monday) for monday in self.mondays
        ]

    @cached_property
    def mondays(self) -> list[date]:
        first, last = monday_of(self.period.first), monday_of(self.period.last)
        return [first + number * WEEK for number in range((last - first) // WEEK + 1)]

    @cached_property
    def costs(self) -> list[tuple[date, Decimal, Decimal]]:
        """Monday, cost of chats, cost of everything else."""
        chats: dict[date, int] = defaultdict(int)
        others: dict[date, int] = defaultdict(int)
        for call in self.calls:
            if call.is_now:
                (chats if call.purpose == "chat" else others)[call.monday] += call.micros
        return [
            (monday, chats[monday] / MICROS, others[monday] / MICROS) for monday in self.mondays
        ]

    @cached_property
    def providers(self) -> list[ProviderSums]:
        """The dearest first."""
        found: dict[str, list[Provider]] = defaultdict(list)
        for call in self.calls:
            if call.is_now:
                found[call.provider].append(call)
        lines = [_provider(name, calls) for name, calls in found.items()]
        return sorted(lines, key=lambda line: (-line.cost, -line.calls, line.provider))

    def answered(self, who: str, *, is_now: bool = True) -> Answers | None:
        lines = (line for line in self.answers if line.who == who and line.is_now is is_now)
        return next(lines, None)

    def _sums(self, *, is_now: bool) -> Sums:
        weeks = [week for week in self.counted if week.is_now is is_now]
        micros = sum(call.micros for call in self.calls if call.is_now is is_now)
        return Sums(
            talks=sum(week.talks for week in weeks),
            with_person=sum(week.with_person for week in weeks),
            bookings=sum(week.bookings for week in weeks),
            stars=_added(week.stars for week in weeks),
            cost=micros / MICROS,
        )


def _added(rows: Iterable[Sequence[int]]) -> tuple[int, ...]:
    return tuple(map(sum, zip((0, 0, 0, 0, 0), *rows, strict=True)))


def _provider(name: str, calls: Sequence[Provider]) -> ProviderSums:
    return ProviderSums(
        provider=name,
        calls=sum(call.calls for call in calls),
        failed=sum(call.failed for call in calls),
        tokens_in=sum(call.tokens_in for call in calls),
        tokens_out=sum(call.tokens_out for call in calls),
        tokens_cached=sum(call.tokens_cached for call in calls),
        cost=sum(call.micros for call in calls) / MICROS,
    )
