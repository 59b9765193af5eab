"""Weekly shifts: plans that hold for a time, and the windows of inspectors.

A plan is the shifts of one resource that are valid from and to the same days. Plans of one
resource do not overlap; a new one that begins within an open-ended one ends that the day before.
"""

from collections.abc import Sequence
from datetime import date, timedelta

import msgspec
from sqlalchemy import ColumnElement, and_, delete, update

from portal.bookings.capacity import ShiftRule
from portal.bookings.models import Resource, Shift
from portal.bookings.resources import Kept
from portal.bookings.week_forms import WeekSpan
from portal.kit.db import Db
from portal.kit.errors import FieldError, Invalid
from portal.kit.text import _, day
from portal.tenants import audit


class Plan(msgspec.Struct, frozen=True):
    """Validity with both days included; None is without end."""

    valid_from: date | None
    valid_to: date | None
    spans: tuple[WeekSpan, ...] = ()

    @property
    def period(self) -> tuple[date, date]:
        return self.valid_from or date.min, self.valid_to or date.max

    @property
    def minutes(self) -> int:
        """Working time of a week."""
        return sum(_minutes(one) for one in self.spans)

    def overlaps(self, other: "Plan") -> bool:
        return self.period[0] <= other.period[1] and other.period[0] <= self.period[1]

    def holds_on(self, today: date) -> bool:
        return self.period[0] <= today <= self.period[1]


def plans_of(shifts: Sequence[ShiftRule]) -> list[Plan]:
    """The plans of a resource, the earliest first."""
    groups: dict[tuple[date | None, date | None], list[WeekSpan]] = {}
    for one in shifts:
        span = WeekSpan(one.weekday, one.starts, one.ends)
        groups.setdefault((one.valid_from, one.valid_to), []).append(span)
    plans = [Plan(since, until, tuple(sorted(spans))) for (since, until), spans in groups.items()]
    return sorted(plans, key=lambda plan: plan.period)


async def store_plan(db: Db, kept: Kept, plan: Plan, *, instead_of: Plan | None = None) -> None:
    """Keep this plan, in the place of another if one is named. Raises `Invalid`."""
    resource = kept.resource
    others = [one for one in plans_of(kept.shifts) if not instead_of or not _same(one, instead_of)]
    if instead_of is not None:
        await db.execute(delete(Shift).where(_of(resource, instead_of)))
    for other in others:
        if _ends_for(other, plan) and plan.valid_from is not None:
            last = plan.valid_from - timedelta(days=1)
            await db.execute(update(Shift).where(_of(resource, other)).values(valid_to=last))
        elif other.overlaps(plan):
            raise Invalid(errors=[FieldError("valid_from", "OVERLAPS", _overlap(other))])
    db.add_all(
        Shift(
            resource_id=resource.id,
            weekday=span.weekday,
            starts=span.starts,
            ends=span.ends,
            valid_from=plan.valid_from,
            valid_to=plan.valid_to,
        )
        for span in plan.spans
    )
    await db.flush()
    _note(db, "resource.shifts_changed", resource, plan)


async def remove_plan(db: Db, kept: Kept, plan: Plan) -> None:
    """Forget a plan; without any the person works whenever the workshop is open."""
    await db.execute(delete(Shift).where(_of(kept.resource, plan)))
    _note(db, "resource.shifts_removed", kept.resource, plan)


def _ends_for(other: Plan, plan: Plan) -> bool:
    """An open-ended plan gives way to one that begins later."""
    begins = plan.valid_from
    return begins is not None and other.valid_to is None and other.period[0] < begins


def _of(resource: Resource, plan: Plan) -> ColumnElement[bool]:
    return and_(
        Shift.resource_id == resource.id,
        Shift.valid_from.is_not_distinct_from(plan.valid_from),
        Shift.valid_to.is_not_distinct_from(plan.valid_to),
    )


def _same(one: Plan, other: Plan) -> bool:
    return (one.valid_from, one.valid_to) == (other.valid_from, other.valid_to)


def _overlap(other: Plan) -> str:
    if other.valid_from is None and other.valid_to is None:
        return _("There is a plan without beginning and end. Please give this one a first day.")
    since = day(other.valid_from) if other.valid_from else "…"
    until = day(other.valid_to) if other.valid_to else "…"
    return _("This overlaps with the plan %(since)s – %(until)s.", since=since, until=until)


def _minutes(span: WeekSpan) -> int:
    return (span.ends.hour - span.starts.hour) * 60 + span.ends.minute - span.starts.minute


def _note(db: Db, action: str, resource: Resource, plan: Plan) -> None:
    since = plan.valid_from.isoformat() if plan.valid_from else ""
    until = plan.valid_to.isoformat() if plan.valid_to else ""
    audit.note(db, action, str(resource.id), valid_from=since, valid_to=until)
