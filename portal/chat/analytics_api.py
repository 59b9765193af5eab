"""`/api/v1/workshops/{slug}/analytics/chat`: the figures of the page, for programs."""

from datetime import date

import msgspec

from portal.chat.analytics_figures import Answers, ChatNumbers, Sums
from portal.kit import money


class ChatSums(msgspec.Struct, frozen=True, kw_only=True):
    """`resolved_by_bot` and `handed_over` are shares of `conversations`, null where there are none.

    `rating` is the mean of `ratings` stars; costs are euro.
    """

    conversations: int
    resolved_by_bot: float | None
    handed_over: float | None
    bookings: int
    ratings: int
    rating: float | None
    cost: str
    cost_per_conversation: str | None
    cost_per_booking: str | None
    currency: str = "EUR"


class AnswerTimes(msgspec.Struct, frozen=True, kw_only=True):
    """Seconds until the answer: the middle one, and what nine of ten stay below."""

    who: str
    answers: int
    median_s: float
    p90_s: float


class ChatWeek(msgspec.Struct, frozen=True, kw_only=True):
    week_from: date
    conversations: int
    with_person: int
    bookings: int
    cost: str


class TopicShown(msgspec.Struct, frozen=True, kw_only=True):
    kind: str
    label: str
    conversations: int
    before: int


class ProviderShown(msgspec.Struct, frozen=True, kw_only=True):
    provider: str
    calls: int
    failed: int
    tokens_in: int
    tokens_out: int
    tokens_cached: int
    cost: str


class ChatAnalytics(msgspec.Struct, frozen=True, kw_only=True):
    """Local days, both included. `before`: as many days right before."""

    first_day: date
    last_day: date
    now: ChatSums
    before: ChatSums
    response_times: list[AnswerTimes]
    weeks: list[ChatWeek]
    topics: list[TopicShown]
    providers: list[ProviderShown]


def shown(numbers: ChatNumbers) -> ChatAnalytics:
    return ChatAnalytics(
        first_day=numbers.period.first,
        last_day=numbers.period.last,
        now=_sums(numbers.now),
        before=_sums(numbers.before),
        response_times=[_times(line) for line in numbers.answers if line.is_now],
        weeks=[
            ChatWeek(
                week_from=week.monday,
                conversations=week.talks,
                with_person=week.with_person,
                bookings=week.bookings,
                cost=money.as_json(chats + others),
            )
            for week, (_monday, chats, others) in zip(numbers.weeks, numbers.costs, strict=True)
        ],
        topics=[
            TopicShown(kind=one.kind, label=one.label, conversations=one.talks, before=one.before)
            for one in numbers.topics
        ],
        providers=[
            ProviderShown(
                provider=line.provider,
                calls=line.calls,
                failed=line.failed,
                tokens_in=line.tokens_in,
                tokens_out=line.tokens_out,
                tokens_cached=line.tokens_cached,
                cost=money.as_json(line.cost),
            )
            for line in numbers.providers
        ],
    )


def _sums(sums: Sums) -> ChatSums:
    each, booked = sums.cost_per_talk, sums.cost_per_booking
    return ChatSums(
        conversations=sums.talks,
        resolved_by_bot=_rounded(sums.resolved),
        handed_over=_rounded(sums.handed_over),
        bookings=sums.bookings,
        ratings=sums.ratings,
        rating=_rounded(sums.rating, 2),
        cost=money.as_json(sums.cost),
        cost_per_conversation=None if each is None else money.as_json(each),
        cost_per_booking=None if booked is None else money.as_json(booked),
    )


def _times(line: Answers) -> AnswerTimes:
    return AnswerTimes(
        who=line.who,
        answers=line.answers,
        median_s=round(line.median_s, 2),
        p90_s=round(line.slow_s, 2),
    )


def _rounded(value: float | None, digits: int = 4) -> float | None:
    return None if value is None else round(value, digits)
