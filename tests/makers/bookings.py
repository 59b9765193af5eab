"""Opening hours, resources, services and appointments as tests write them.

Rows are put in directly, past all rules of booking: only the database's own hold.
"""

import secrets
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta

from sqlalchemy.dialects.postgresql import Range

from portal.bookings.calendar import Closed, Span, Week
from portal.bookings.models import (
    Absence,
    AbsenceKind,
    Appointment,
    AppointmentService,
    LiftKind,
    OpeningHours,
    Origin,
    Reservation,
    Resource,
    ResourceKind,
    ResourceSkill,
    Service,
    Shift,
    SkillKind,
    State,
)
from portal.kit.clock import BERLIN

OPENS, CLOSES = time(7, 30), time(17, 30)
CODE_MARKS = "ABCDEFGHJKMNPQRSTUVWXYZ23456789"
LIFT_KINDS = (LiftKind.TWO_POST, LiftKind.FOUR_POST, LiftKind.SCISSOR, LiftKind.ALIGNMENT)
NAMES = ("Jonas", "Aylin", "Piotr", "Svenja", "Marek", "Lea", "Tarik", "Nele", "Ole", "Ida")
BEGINS_AS = frozenset({State.REQUESTED, State.CONFIRMED, State.ARRIVED})
_ON_THE_WAY = {
    State.IN_WORK: (State.CONFIRMED, State.ARRIVED, State.IN_WORK),
    State.READY: (State.CONFIRMED, State.ARRIVED, State.IN_WORK, State.READY),
    State.COLLECTED: (State.CONFIRMED, State.ARRIVED, State.IN_WORK, State.READY, State.COLLECTED),
    State.CANCELLED: (State.CONFIRMED, State.CANCELLED),
    State.NO_SHOW: (State.CONFIRMED, State.NO_SHOW),
}


@dataclass
class Calendar:
    """What `a_calendar` has put there."""

    lifts: list[Resource]
    people: list[Resource]
    inspector: Resource | None
    loaners: list[Resource]
    seats: list[Resource]

    @property
    def lift(self) -> Resource:
        return self.lifts[0]

    @property
    def person(self) -> Resource:
        return self.people[0]


async def a_calendar(db, lifts=2, people=2, *, loaners=1, seats=1, inspector=True):
    """Open Monday to Friday 07:30-17:30; the first person has every skill, the others none.

    The inspector is there on Tuesday and Thursday, 09:00-12:00. People have no shifts of their
    own: they work whenever the workshop is open.
    """
    db.add_all(OpeningHours(weekday=day, opens=OPENS, closes=CLOSES) for day in range(5))
    made = Calendar(
        [
            Resource(
                kind=ResourceKind.LIFT,
                name=f"Bühne {number + 1}",
                position=number,
                lift_kind=LIFT_KINDS[number % len(LIFT_KINDS)],
                max_weight_kg=3500,
            )
            for number in range(lifts)
        ],
        [
            Resource(kind=ResourceKind.PERSON, name=NAMES[number % len(NAMES)], position=number)
            for number in range(people)
        ],
        Resource(kind=ResourceKind.INSPECTOR, name="TÜV") if inspector else None,
        [
            Resource(
                kind=ResourceKind.LOANER, name=f"Polo {number + 1}", plate=f"B-LW {number + 1}"
            )
            for number in range(loaners)
        ],
        [Resource(kind=ResourceKind.SEAT, name=f"Platz {number + 1}") for number in range(seats)],
    )
    mine = [*made.lifts, *made.people, *made.loaners, *made.seats]
    db.add_all([*mine, *([made.inspector] if made.inspector else [])])
    await db.flush()
    if people:
        db.add_all(ResourceSkill(resource_id=made.person.id, skill=skill) for skill in SkillKind)
    if made.inspector:
        db.add_all(
            Shift(resource_id=made.inspector.id, weekday=day, starts=time(9), ends=time(12))
            for day in (1, 3)
        )
    await db.flush()
    return made


async def a_service(db, name="Ölwechsel", **facts):
    columns = {"duration_minutes": 60, "price": "89.00", "category": "Wartung", **facts}
    service = Service(name=name, **columns)
    db.add(service)
    await db.flush()
    await db.refresh(service)
    return service


async def an_appointment(
    db, starts_at=None, minutes=60, *, state=State.CONFIRMED, on=(), services=(), **facts
):
    """An appointment that occupies the resources `on`; without a time it is a bare request.

    `starts_at` is an aware time or a text such as `2026-11-23 09:00` (Berlin).
    """
    begins = at(starts_at) if isinstance(starts_at, str) else starts_at
    ends = None if begins is None else begins.astimezone(UTC) + timedelta(minutes=minutes)
    columns = {
        "code": a_code(),
        "origin": Origin.PHONE,
        "title": "Ölwechsel",
        "work_minutes": minutes,
        "starts_at": begins,
        "ends_at": ends,
        **facts,
    }
    steps = (state,) if state in BEGINS_AS else _ON_THE_WAY[state]
    if begins is None:
        steps = (State.REQUESTED,) if state == State.REQUESTED else (State.REQUESTED, state)
    appointment = Appointment(state=steps[0], **columns)
    db.add(appointment)
    await db.flush()
    for following in steps[1:]:
        appointment.state = following
        await db.flush()
    for position, service in enumerate(services):
        db.add(
            AppointmentService(
                appointment_id=appointment.id,
                service_id=service.id,
                position=position,
                name=service.name,
                minutes=service.duration_minutes,
                price=service.price,
                price_from=service.price_from,
            )
        )
    if begins is not None and state.occupies:
        db.add_all(
            Reservation(
                appointment_id=appointment.id,
                resource_id=resource.id,
                during=Range(begins, ends, bounds="[)"),
            )
            for resource in on
        )
    await db.flush()
    await db.refresh(appointment)
    return appointment


async def an_absence(db, resource, since, until, *, kind=AbsenceKind.VACATION, **facts):
    """Both ends aware times or texts such as `2026-11-23 09:00`."""
    absence = Absence(
        resource_id=resource.id,
        kind=kind,
        starts_at=at(since) if isinstance(since, str) else since,
        ends_at=at(until) if isinstance(until, str) else until,
        **facts,
    )
    db.add(absence)
    await db.flush()
    return absence


def a_code() -> str:
    return "".join(secrets.choice(CODE_MARKS) for _ in range(6))


def span(text: str) -> Span:
    """`07:30-17:30`"""
    opens, _, closes = text.partition("-")
    return Span(time.fromisoformat(opens), time.fromisoformat(closes))


def week(*, state: str = "BE", closures: tuple[Closed, ...] = (), **days: str) -> Week:
    """`week(mo="07:30-12:00 13:00-17:00", sa="09:00-13:00")`; without days Monday to Friday."""
    names = ("mo", "tu", "we", "th", "fr", "sa", "su")
    shown = days or dict.fromkeys(names[:5], "07:30-17:30")
    spans = {
        names.index(name): tuple(span(text) for text in spans.split())
        for name, spans in shown.items()
    }
    return Week(spans, closures, state)


def at(text: str) -> datetime:
    """`2026-11-21 10:00` in Berlin."""
    return datetime.fromisoformat(text).replace(tzinfo=BERLIN)


def on(text: str) -> date:
    return date.fromisoformat(text)
