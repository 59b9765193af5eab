"""`/api/v1/workshops/{slug}/analytics`: the figures of the page, for programs."""

from datetime import date
from typing import Annotated
from uuid import UUID

import msgspec
from litestar import Router, get
from litestar.di import Provide
from litestar.params import QueryParameter

from portal.bookings import numbers, numbers_period
from portal.bookings.models.kinds import Origin, ResourceKind
from portal.bookings.numbers_figures import LEAD_STEPS, Numbers, Outcome, Usage
from portal.kit import money
from portal.tenants.boundary import DoorDb, device_db
from portal.tenants.permissions import Permission, needs

From = Annotated[date | None, QueryParameter(name="from")]
To = Annotated[date | None, QueryParameter(name="to")]


class UsageShown(msgspec.Struct, frozen=True, kw_only=True):
    """`utilisation` is reserved ÷ available minutes, null where nothing was available."""

    id: UUID | None
    name: str
    reserved_minutes: int
    available_minutes: int
    utilisation: float | None
    utilisation_before: float | None


class OutcomeShown(msgspec.Struct, frozen=True, kw_only=True):
    """`cancellation_rate` is of all bookings, `no_show_rate` of those whose time had come."""

    bookings: int
    arrived: int
    cancelled: int
    no_show: int
    cancellation_rate: float | None
    no_show_rate: float | None


class OriginShown(msgspec.Struct, frozen=True, kw_only=True):
    origin: Origin
    outcome: OutcomeShown
    before: OutcomeShown


class LeadStep(msgspec.Struct, frozen=True, kw_only=True):
    """Bookings made so many days ahead, both included; `to_days` null: or more."""

    from_days: int
    to_days: int | None
    bookings: int
    before: int


class LeadShown(msgspec.Struct, frozen=True, kw_only=True):
    median_days: int | None
    median_days_before: int | None
    steps: list[LeadStep]


class WeekShown(msgspec.Struct, frozen=True, kw_only=True):
    """Gross prices of the booked services; `lower_bound` is the part with prices "from"."""

    week_from: date
    done: str
    booked: str
    requested: str
    total: str
    lower_bound: str
    currency: str
    bookings: int
    without_price: int


class HourShown(msgspec.Struct, frozen=True, kw_only=True):
    """`weekday` 0 is Monday, `hour` local; minutes of all lifts (or people) in the period."""

    weekday: int
    hour: int
    reserved_minutes: int
    available_minutes: int
    utilisation: float | None


class Analytics(msgspec.Struct, frozen=True, kw_only=True):
    """Local days, both included. `…_before`: as many days right before."""

    first_day: date
    last_day: date
    compared_from: date
    compared_to: date
    lifts: list[UsageShown]
    people: list[UsageShown]
    all_lifts: UsageShown
    all_people: UsageShown
    lead_time: LeadShown
    outcome: OutcomeShown
    outcome_before: OutcomeShown
    origins: list[OriginShown]
    revenue: list[WeekShown]
    hours: list[HourShown]
    hours_of: ResourceKind


@get("/analytics", opt=needs(Permission.BOOKINGS_READ))
async def show_analytics(db: DoorDb, first: From = None, last: To = None) -> Analytics:
    """Figures from `from` to `to`, at most 400 days; the last four weeks when neither is given."""
    return shown(await numbers.load(db, numbers_period.chosen(first, last)))


def shown(numbers_: Numbers) -> Analytics:
    return Analytics(
        first_day=numbers_.period.first,
        last_day=numbers_.period.last,
        compared_from=numbers_.period.before.first,
        compared_to=numbers_.period.before.last,
        lifts=[_usage(line) for line in numbers_.lifts],
        people=[_usage(line) for line in numbers_.people],
        all_lifts=_usage(numbers_.all_lifts),
        all_people=_usage(numbers_.all_people),
        lead_time=_lead(numbers_),
        outcome=_outcome(numbers_.outcome),
        outcome_before=_outcome(numbers_.outcome_before),
        origins=[
            OriginShown(
                origin=line.origin, outcome=_outcome(line.outcome), before=_outcome(line.before)
            )
            for line in numbers_.origins
        ],
        revenue=_weeks(numbers_),
        hours=[
            HourShown(
                weekday=cell.weekday,
                hour=cell.hour,
                reserved_minutes=cell.reserved,
                available_minutes=cell.available,
                utilisation=_rounded(cell.share),
            )
            for cell in numbers_.hours
        ],
        hours_of=numbers_.hours_of,
    )


def _usage(line: Usage) -> UsageShown:
    return UsageShown(
        id=line.id,
        name=line.name,
        reserved_minutes=line.reserved,
        available_minutes=line.available,
        utilisation=_rounded(line.share),
        utilisation_before=_rounded(line.share_before),
    )


def _outcome(outcome: Outcome) -> OutcomeShown:
    return OutcomeShown(
        bookings=outcome.booked,
        arrived=outcome.kept,
        cancelled=outcome.cancelled,
        no_show=outcome.no_show,
        cancellation_rate=_rounded(outcome.cancelled_share),
        no_show_rate=_rounded(outcome.no_show_share),
    )


def _lead(numbers_: Numbers) -> LeadShown:
    lead = numbers_.lead
    steps = zip(LEAD_STEPS, lead.counts, lead.counts_before, strict=True)
    return LeadShown(
        median_days=lead.median,
        median_days_before=lead.median_before,
        steps=[
            LeadStep(from_days=low, to_days=high, bookings=count, before=before)
            for (low, high), count, before in steps
        ],
    )


def _weeks(numbers_: Numbers) -> list[WeekShown]:
    return [
        WeekShown(
            week_from=week.monday,
            done=money.as_json(week.done),
            booked=money.as_json(week.booked),
            requested=money.as_json(week.asked),
            total=money.as_json(week.total),
            lower_bound=money.as_json(week.least),
            currency="EUR",
            bookings=week.visits,
            without_price=week.unpriced,
        )
        for week in numbers_.weeks
    ]


def _rounded(share: float | None) -> float | None:
    return None if share is None else round(share, 4)


ROUTERS = [
    Router(
        "/api/v1/workshops/{slug:str}",
        dependencies={"db": Provide(device_db)},
        route_handlers=[show_analytics],
    )
]
