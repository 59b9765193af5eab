"""Whose HU is due: vehicles with keeper, last visit, appointment, reminder and legal basis."""

from dataclasses import dataclass, field
from datetime import date, datetime
from enum import StrEnum
from typing import Any

from sqlalchemy import ColumnElement, ScalarSelect, Select, func, or_, select

from portal.bookings.models import Appointment
from portal.bookings.models.kinds import State
from portal.campaigns import legal_facts
from portal.campaigns.attribution import is_for_hu
from portal.campaigns.basis import Decision, Why
from portal.campaigns.models import CampaignMessage, Channel, Delivery
from portal.kit import clock
from portal.kit.db import Db
from portal.vehicles import due as due_months
from portal.vehicles import hu
from portal.vehicles.history import MAINTENANCE
from portal.vehicles.hu import Month
from portal.vehicles.models import Customer, HistoryEntry, Vehicle
from portal.vehicles.vehicles import with_keeper

MOST = 1000
OVER = (State.CANCELLED, State.NO_SHOW, State.COLLECTED)


class Due(StrEnum):
    """Which part of the list; `retest` are vehicles that failed and have a month."""

    OVERDUE = "overdue"
    THIS = "this"
    NEXT = "next"
    LATER = "later"
    RETEST = "retest"


@dataclass(frozen=True)
class Filter:
    """`contact` is a channel on which a reminder is lawful, or `none`."""

    due: Due = Due.NEXT
    hu_class: str = ""
    contact: str = ""


@dataclass(frozen=True)
class DueVehicle:
    vehicle: Vehicle
    keeper: Customer | None
    due_month: str
    last_visit: date | None
    appointment_code: str | None
    appointment_at: datetime | None
    reminded_at: datetime | None
    decisions: dict[Channel, Decision] = field(default_factory=dict)

    @property
    def channels(self) -> list[Channel]:
        """Those on which a reminder may go out."""
        return [channel for channel, decision in self.decisions.items() if decision.is_lawful]

    @property
    def is_extended(self) -> bool:
        if not self.due_month:
            return False
        today = clock.local(clock.now()).date()
        return hu.needs_extended(Month.read(self.due_month), today)

    def decision(self, channel: Channel) -> Decision:
        """Whether to send on this channel: nobody is reminded twice, or of what is booked."""
        if self.reminded_at is not None:
            return Decision(why=Why.REMINDED, evidence_on=clock.local(self.reminded_at).date())
        if self.appointment_code is not None:
            return Decision(why=Why.BOOKED)
        return self.decisions[channel]


async def load(db: Db, wanted: Filter) -> list[DueVehicle]:
    """The most urgent first, `MOST` at most. Two statements."""
    rows = (await db.execute(_query(wanted))).all()
    keepers = {row.Customer.id for row in rows if row.Customer is not None}
    judge = await legal_facts.read(db, keepers)
    found = [_entry(row, judge) for row in rows]
    return [one for one in found if _fits(one, wanted.contact)]


async def count(db: Db) -> dict[Due, int]:
    """How many vehicles each part of the list has."""
    columns = [func.count().filter(_is_due(part)).label(part) for part in Due]
    row = (await db.execute(select(*columns).select_from(Vehicle))).one()
    return {part: getattr(row, part) for part in Due}


def month_of(part: Due, today: date | None = None) -> Month:
    """The month that a part is about; of the overdue ones the last that is over."""
    now = Month.of(today or clock.local(clock.now()).date())
    return now.plus({Due.OVERDUE: -1, Due.NEXT: 1, Due.LATER: 2}.get(part, 0))


def _is_due(part: Due) -> ColumnElement[bool]:
    if part is Due.RETEST:
        return Vehicle.defects_found_on.is_not(None)
    month = str(month_of(part))
    reached = due_months.by(month)
    return reached if part is Due.OVERDUE else reached & (due_months.target() == month)


def _query(wanted: Filter) -> Select[*tuple[Any, ...]]:
    month = due_months.target()
    query = (
        with_keeper()
        .add_columns(
            func.coalesce(month, "").label("due_month"),
            _last_visit().label("last_visit"),
            _appointment(Appointment.code).label("code"),
            _appointment(Appointment.starts_at).label("starts_at"),
            _reminded(month).label("reminded_at"),
        )
        .where(_is_due(wanted.due))
    )
    if wanted.hu_class:
        query = query.where(Vehicle.hu_class == wanted.hu_class)
    first = Vehicle.defects_found_on if wanted.due is Due.RETEST else month
    return query.order_by(first, Vehicle.id).limit(MOST)


def _last_visit() -> ScalarSelect[Any]:
    return (
        select(func.max(HistoryEntry.happened_on))
        .where(HistoryEntry.vehicle_id == Vehicle.id, HistoryEntry.kind.in_(MAINTENANCE))
        .correlate(Vehicle)
        .scalar_subquery()
    )


def _appointment(column: Any) -> ScalarSelect[Any]:
    """Of the next open appointment with an HU in it; a request without a time counts too."""
    return (
        select(column)
        .where(
            Appointment.vehicle_id == Vehicle.id,
            Appointment.state.not_in(OVER),
            or_(Appointment.starts_at.is_(None), Appointment.starts_at > func.now()),
            is_for_hu(),
        )
        .order_by(Appointment.starts_at.nulls_last(), Appointment.id)
        .limit(1)
        .correlate(Vehicle)
        .scalar_subquery()
    )


def _reminded(month: ColumnElement[str]) -> ScalarSelect[Any]:
    return (
        select(func.max(CampaignMessage.created_at))
        .where(
            CampaignMessage.vehicle_id == Vehicle.id,
            CampaignMessage.due_month == month,
            CampaignMessage.state.in_((Delivery.QUEUED, Delivery.SENT)),
        )
        .correlate(Vehicle)
        .scalar_subquery()
    )


def _entry(row: Any, judge: legal_facts.Judge) -> DueVehicle:
    return DueVehicle(
        vehicle=row.Vehicle,
        keeper=row.Customer,
        due_month=row.due_month,
        last_visit=row.last_visit,
        appointment_code=row.code,
        appointment_at=row.starts_at,
        reminded_at=row.reminded_at,
        decisions={channel: judge.decide(row.Customer, channel) for channel in Channel},
    )


def _fits(one: DueVehicle, contact: str) -> bool:
    if contact == "none":
        return not one.channels
    return not contact or contact in one.channels
