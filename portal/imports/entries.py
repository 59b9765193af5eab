"""One line of a file as what it is about to become, with everything that is wrong with it."""

from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any

import msgspec

from portal.bookings.models import AbsenceKind, State
from portal.imports.kinds import Weight
from portal.vehicles.forms import CustomerDraft, VehicleDraft
from portal.vehicles.models import HistoryKind


class Fault(msgspec.Struct, frozen=True):
    field: str
    value: str
    reason: str
    weight: Weight = Weight.ERROR


@dataclass
class CustomerPart:
    """`facts` are the columns as they would be stored."""

    draft: CustomerDraft
    facts: dict[str, Any]
    number: str = ""


@dataclass
class VehiclePart:
    draft: VehicleDraft
    facts: dict[str, Any]
    number: str = ""


@dataclass
class HistoryPart:
    happened_on: date
    kind: HistoryKind
    title: str
    text: str
    odometer_km: int | None


@dataclass
class TimePart:
    """An appointment or an absence."""

    starts_at: datetime
    ends_at: datetime
    title: str = ""
    note: str = ""
    number: str = ""
    state: State | None = None
    lift: str = ""
    person: str = ""
    kind: AbsenceKind = AbsenceKind.OTHER


@dataclass
class Entry:
    """`digest` tells the line from others, whatever its number."""

    line: int
    digest: str
    faults: list[Fault] = field(default_factory=list)
    customer: CustomerPart | None = None
    vehicle: VehiclePart | None = None
    history: HistoryPart | None = None
    time: TimePart | None = None

    @property
    def is_refused(self) -> bool:
        return any(fault.weight is Weight.ERROR for fault in self.faults)

    def refuse(self, field_name: str, value: str, reason: str) -> None:
        self.faults.append(Fault(field_name, value[:300], reason))

    def warn(self, field_name: str, value: str, reason: str) -> None:
        self.faults.append(Fault(field_name, value[:300], reason, Weight.WARNING))
