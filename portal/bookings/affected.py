"""Appointments that no longer work: whoever or whatever they count on is not there then.

A person falls ill, a lift breaks, a certificate expires, the workshop closes: the appointments stay
as they are until somebody re-plans them; this lists them with the reasons.
"""

from collections.abc import Iterator, Sequence
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

import msgspec
from sqlalchemy import Select, func, select

from portal.bookings import capacity, hours, resources
from portal.bookings import resource_labels as labels
from portal.bookings.calendar import Week, why_closed
from portal.bookings.capacity import Interval, Occupancy
from portal.bookings.diary import LONGEST_STAY
from portal.bookings.models import (
    AbsenceKind,
    Appointment,
    AppointmentService,
    LiftKind,
    Reservation,
    ResourceKind,
    Service,
    State,
)
from portal.bookings.planning import fits
from portal.bookings.resources import Kept
from portal.kit import clock
from portal.kit.db import Db
from portal.kit.text import _, locale
from portal.tenants import workshops
from portal.vehicles.models import Customer, Vehicle

WAITING = (State.REQUESTED, State.CONFIRMED, State.ARRIVED, State.IN_WORK)
"""Work that is still to be done."""
MOST = 2000
"""Appointments looked at; beyond it the calendar is full for a year anyway."""


class Reason(msgspec.Struct, frozen=True, kw_only=True):
    """Why it does not work. `what` is one of `closed`, `outside_hours`, `outside_shift`, `absent`,
    `out_of_use`, `unskilled`, `too_heavy`, `wrong_lift`; `text` says it in the reader's language.
    """

    what: str
    text: str
    resource_id: UUID | None = None
    resource_name: str = ""
    resource_kind: str = ""


class Affected(msgspec.Struct, frozen=True, kw_only=True):
    id: UUID
    code: str
    title: str
    state: State
    starts_at: datetime
    ends_at: datetime
    customer: str
    phone: str
    email: str
    plate: str
    vehicle: str
    reasons: tuple[Reason, ...]


class Visit(msgspec.Struct, frozen=True, kw_only=True):
    """What an appointment counts on: its resources with their times, and what its work asks for."""

    starts_at: datetime
    ends_at: datetime
    held: tuple[tuple[UUID, datetime, datetime], ...]
    skills: frozenset[str] = frozenset()
    min_lift_kg: int = 0
    lifts: frozenset[str] = frozenset()


async def affected(
    db: Db,
    *,
    since: datetime,
    until: datetime | None = None,
    kept: Sequence[Kept] | None = None,
    week: Week | None = None,
) -> list[Affected]:
    """Future appointments that do not work any more, the next first; three statements.

    Only those that end after `since` and begin before `until`. Resources and opening hours that
    the caller has loaded already spare a statement each.
    """
    rows = (await db.execute(_coming(since, until))).all()
    if not rows:
        return []
    if week is None:
        first = clock.local(since).date()
        week = await hours.load_week(db, await _federal_state(db), since=first)
    if kept is None:
        kept = await resources.load(db, since=since)
    known = {one.resource.id: one for one in kept}
    found = ((row, tuple(reasons_for(visit_of(row), known, week))) for row in rows)
    return [_affected(row, reasons) for row, reasons in found if reasons]


def reasons_for(visit: Visit, kept: dict[UUID, Kept], week: Week) -> Iterator[Reason]:
    """Pure: everything that stands against this visit, each once."""
    told: set[tuple[str, UUID | None]] = set()
    for reason in (*_of_workshop(visit, week), *_of_resources(visit, kept, week)):
        key = (reason.what, reason.resource_id)
        if key not in told:
            told.add(key)
            yield reason


def _of_workshop(visit: Visit, week: Week) -> Iterator[Reason]:
    for day in _days(visit):
        closed = why_closed(week, day, locale.get())
        if closed is not None:
            text = _("Closed: %(reason)s", reason=closed) if closed else _("The workshop is closed")
            yield Reason(what="closed", text=text)
            return
    first = clock.local(visit.starts_at).date()
    opening = capacity.open_times(week, first)
    if week.spans and capacity.around(opening, _seconds(visit.starts_at)) is None:
        yield Reason(what="outside_hours", text=_("Begins outside the opening hours"))


def _of_resources(visit: Visit, kept: dict[UUID, Kept], week: Week) -> Iterator[Reason]:
    for resource_id, start, end in visit.held:
        one = kept.get(resource_id)
        if one is None:
            continue
        for what, text in _against(one, visit, start, end, week):
            yield Reason(
                what=what,
                text=text,
                resource_id=resource_id,
                resource_name=one.resource.name,
                resource_kind=one.resource.kind,
            )


def _against(
    one: Kept, visit: Visit, start: datetime, end: datetime, week: Week
) -> Iterator[tuple[str, str]]:
    name = one.resource.name
    if not one.resource.active:
        yield "out_of_use", _out_of_use(name, one.resource.kind)
    away = one.away_during(start, min(end, visit.ends_at) if start < visit.ends_at else end)
    if away is not None:
        yield "absent", _absent(name, away.kind)
    has_shifts = one.resource.kind in {ResourceKind.PERSON, ResourceKind.INSPECTOR}
    if has_shifts and away is None and not _works(one, visit, start, end, week):
        yield "outside_shift", _("%(name)s does not work at this time", name=name)
    if one.resource.kind == ResourceKind.PERSON:
        yield from _training(one, visit, start)
    if one.resource.kind == ResourceKind.LIFT:
        yield from _lift(one, visit)


def _out_of_use(name: str, kind: str) -> str:
    if kind in {ResourceKind.PERSON, ResourceKind.INSPECTOR}:
        return _("%(name)s is no longer planned", name=name)
    return _("%(name)s is no longer in use", name=name)


def _absent(name: str, kind: AbsenceKind) -> str:
    if kind == AbsenceKind.BROKEN:
        return _("%(name)s is out of order", name=name)
    return _("%(name)s is away: %(kind)s", name=name, kind=labels.of(labels.absences(), kind))


def _works(one: Kept, visit: Visit, start: datetime, end: datetime, week: Week) -> bool:
    """Begins and ends within working time; breaks between belong to the day. Buffers may hang over.

    A day on which the workshop is closed says so by itself.
    """
    day = clock.local(start).date()
    if why_closed(week, day) is not None:
        return True
    worked = min(end, visit.ends_at) if start < visit.ends_at else end
    occupancy = Occupancy(first=day, last=clock.local(worked).date(), week=week, resources=())
    if not one.shifts and not week.spans:
        return True
    times = capacity.work_times(occupancy, one.capacity)
    return _holds_moment(times, _seconds(start)) and _holds_moment(times, _seconds(worked) - 1)


def _training(one: Kept, visit: Visit, start: datetime) -> Iterator[tuple[str, str]]:
    day = clock.local(start).date()
    for skill in sorted(visit.skills):
        if not one.capacity.knows([skill], day):
            text = _(
                "%(name)s has no valid certificate: %(skill)s",
                name=one.resource.name,
                skill=labels.of(labels.skills(), skill),
            )
            yield "unskilled", text


def _lift(one: Kept, visit: Visit) -> Iterator[tuple[str, str]]:
    lift, name = one.resource, one.resource.name
    if lift.max_weight_kg is not None and visit.min_lift_kg > lift.max_weight_kg:
        yield "too_heavy", _("%(name)s does not lift enough for it", name=name)
    particular = [LiftKind(wish) for wish in visit.lifts - {LiftKind.NONE, LiftKind.ANY}]
    if particular and not any(fits(wish, LiftKind(lift.lift_kind)) for wish in particular):
        yield "wrong_lift", _("%(name)s is the wrong kind of lift for it", name=name)


def _holds_moment(times: Sequence[Interval], moment: int) -> bool:
    return capacity.around(times, moment) is not None


def _days(visit: Visit) -> list[Any]:
    """The local days of work; a loaner car may stay out over a closed day."""
    found = {clock.local(visit.starts_at).date()}
    found.add(clock.local(visit.ends_at - timedelta(seconds=1)).date())
    for _resource, start, end in visit.held:
        if end - start < timedelta(days=1):
            found.add(clock.local(start).date())
    return sorted(found)


def visit_of(row: Any) -> Visit:
    held = [
        (
            UUID(one["resource"]),
            datetime.fromisoformat(one["start"]),
            datetime.fromisoformat(one["end"]),
        )
        for one in row.held or []
    ]
    return Visit(
        starts_at=row.Appointment.starts_at,
        ends_at=row.Appointment.ends_at,
        held=tuple(sorted(held, key=lambda one: one[1])),
        skills=frozenset(skill for skill in row.skills or [] if skill),
        min_lift_kg=row.min_lift_kg or 0,
        lifts=frozenset(row.lifts or []),
    )


def _coming(since: datetime, until: datetime | None) -> Select[Any]:
    """Appointments with their customers, vehicles, reservations and needs in one statement."""
    held = (
        select(
            func.json_agg(
                func.json_build_object(
                    "resource",
                    Reservation.resource_id,
                    "start",
                    func.lower(Reservation.during),
                    "end",
                    func.upper(Reservation.during),
                )
            )
        )
        .where(Reservation.appointment_id == Appointment.id, func.upper(Reservation.during) > since)
        .correlate(Appointment)
        .scalar_subquery()
    )
    query = (
        select(Appointment, Customer, Vehicle, held.label("held"), *_needs())
        .outerjoin(Customer, Customer.id == Appointment.customer_id)
        .outerjoin(Vehicle, Vehicle.id == Appointment.vehicle_id)
        .where(Appointment.ends_at > since, Appointment.state.in_(WAITING))
        .where(Appointment.starts_at > since - LONGEST_STAY)  # an index ends the search there
        .order_by(Appointment.starts_at, Appointment.id)
        .limit(MOST)
    )
    return query if until is None else query.where(Appointment.starts_at < until)


def _needs() -> list[Any]:
    def of_services(value: Any) -> Any:
        return (
            select(value)
            .select_from(AppointmentService)
            .join(Service, Service.id == AppointmentService.service_id)
            .where(AppointmentService.appointment_id == Appointment.id)
            .correlate(Appointment)
            .scalar_subquery()
        )

    return [
        of_services(func.array_agg(Service.skill)).label("skills"),
        of_services(func.max(Service.min_lift_kg)).label("min_lift_kg"),
        of_services(func.array_agg(Service.lift)).label("lifts"),
    ]


async def _federal_state(db: Db) -> str:
    member = db.info.get("member")
    profile = member.profile if member else None
    return (profile or await workshops.get_profile(db)).federal_state


def _affected(row: Any, reasons: tuple[Reason, ...]) -> Affected:
    one, customer, vehicle = row.Appointment, row.Customer, row.Vehicle
    return Affected(
        id=one.id,
        code=one.code,
        title=one.title,
        state=State(one.state),
        starts_at=one.starts_at,
        ends_at=one.ends_at,
        customer=customer.title if customer else "",
        phone=customer.phone if customer else "",
        email=customer.email if customer else "",
        plate=vehicle.plate if vehicle else "",
        vehicle=vehicle.title if vehicle else "",
        reasons=reasons,
    )


def _seconds(moment: datetime) -> int:
    return int(moment.timestamp())
