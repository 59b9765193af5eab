"""The shapes in which a demo workshop's bookings are planned before they are stored."""

from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from uuid import UUID

from portal.bookings.models import LiftKind, Origin, ResourceKind, Service, State
from portal.bookings.planning import Need, need_of
from portal.kit.clock import BERLIN

Minutes = tuple[int, int]


@dataclass(frozen=True)
class Spot:
    """A resource with what planning asks of it; `shifts` by weekday, None: as the workshop."""

    id: UUID
    kind: ResourceKind
    name: str
    lift_kind: LiftKind
    percent: int
    skills: frozenset[str]
    shifts: dict[int, list[Minutes]] | None


@dataclass(frozen=True)
class Job:
    """Work that customers come for: services of the catalogue, or a title of its own."""

    services: tuple[Service, ...]
    title: str
    need: Need
    weight: float = 1.0
    months: frozenset[int] = frozenset()
    """In which it is asked for most; empty: all year."""


@dataclass(frozen=True)
class Guest:
    """A vehicle and its keeper, as far as a booking names them."""

    customer_id: UUID
    vehicle_id: UUID
    is_planned: bool = False
    """One whose history is told in the tables: it comes when that says so."""


@dataclass
class Visit:
    """One appointment with everything that it occupies."""

    job: Job
    starts_at: datetime
    ends_at: datetime
    guest: Guest | None
    origin: Origin
    created_at: datetime
    state: State = State.CONFIRMED
    state_since: datetime | None = None
    held: list[tuple[UUID, datetime, datetime]] = field(default_factory=list)
    waits: bool = False
    loaner: bool = False
    wishes: str = ""
    note: str = ""
    reason: str = ""
    pick_up_at: datetime | None = None
    nearly_done_at: datetime | None = None


def job_of(services: tuple[Service, ...], weight: float, months: frozenset[int]) -> Job:
    title = ", ".join(service.name for service in services)
    return Job(services, title, need_of(services), weight, months)


def at(day: date, minute: int) -> datetime:
    """Wall time of that day; nobody works in the hours in which clocks are changed."""
    return datetime.combine(day, time(minute // 60, minute % 60), BERLIN)


def minute_of(wall: time) -> int:
    return wall.hour * 60 + wall.minute


def days_of(first: date, last: date) -> list[date]:
    return [first + timedelta(days=number) for number in range((last - first).days + 1)]
