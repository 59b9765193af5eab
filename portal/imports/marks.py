"""What an import made or changed: written down with the deed, so that it can be taken back."""

from collections.abc import Mapping
from datetime import date, datetime
from typing import Any
from uuid import UUID

import msgspec
from sqlalchemy import select

from portal.bookings.models import Absence, Appointment
from portal.imports.kinds import Deed
from portal.imports.models import ImportMark
from portal.kit import clock
from portal.kit.db import Base, Db
from portal.vehicles.forms import CustomerDraft, VehicleDraft
from portal.vehicles.models import Customer, HistoryEntry, Ownership, Vehicle


def _names(draft: type[msgspec.Struct], *without: str) -> tuple[str, ...]:
    return tuple(name for name in draft.__struct_fields__ if name not in without)


SUBJECTS: Mapping[str, type[Base]] = {
    "appointments": Appointment,
    "absences": Absence,
    "history_entries": HistoryEntry,
    "ownerships": Ownership,
    "vehicles": Vehicle,
    "customers": Customer,
}
"""What imports make, in the order in which it can go again: nothing needs what follows it."""

FIELDS: Mapping[str, tuple[str, ...]] = {
    "appointments": (
        *("state", "title", "wishes", "note", "starts_at", "ends_at"),
        *("customer_id", "vehicle_id", "work_minutes"),
    ),
    "absences": ("resource_id", "kind", "starts_at", "ends_at", "note"),
    "history_entries": ("title",),
    "ownerships": ("customer_id", "role", "valid_from", "valid_to"),
    "vehicles": _names(VehicleDraft, "plate_conflict"),
    "customers": _names(CustomerDraft),
}
"""What counts as a change by somebody: what people can type, not what is computed from it."""


def snapshot(row: Any) -> dict[str, Any]:
    return {name: _plain(getattr(row, name)) for name in FIELDS[row.__tablename__]}


def made(db: Db, run_id: UUID, line: int, row: Any, label: str) -> None:
    _mark(db, run_id, line, row, label, deed=Deed.CREATED, after=snapshot(row))


async def changed(
    db: Db, run_id: UUID, line: int, row: Any, label: str, before: Mapping[str, Any]
) -> None:
    """Only what differs is kept. A row that this import has made itself is still one it made."""
    now = snapshot(row)
    after = {name: value for name, value in now.items() if before.get(name) != value}
    if not after:
        return
    query = select(ImportMark).where(
        ImportMark.row_id == row.id, ImportMark.run_id == run_id, ImportMark.deed == Deed.CREATED
    )
    mine = await db.scalar(query)
    if mine is not None:
        mine.after = now
    else:
        past = {name: before.get(name) for name in after}
        _mark(db, run_id, line, row, label, deed=Deed.UPDATED, before=past, after=after)


def _mark(db: Db, run_id: UUID, line: int, row: Any, label: str, **facts: Any) -> None:
    facts.setdefault("before", {})
    db.add(
        ImportMark(
            run_id=run_id,
            line=line,
            subject=row.__tablename__,
            row_id=row.id,
            label=label[:200],
            **facts,
        )
    )


def _plain(value: Any) -> Any:
    if isinstance(value, datetime):
        return clock.rfc3339(value)
    if isinstance(value, UUID | date):
        return str(value)
    return value
