"""What happened to a vehicle: appended evidence with its source, cut by ownership when told."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from sqlalchemy import and_, false, or_, select, true
from sqlalchemy.dialects.postgresql import insert

from portal.kit.db import Db, new_id
from portal.kit.errors import N_, Invalid
from portal.kit.text import _
from portal.vehicles import ownerships
from portal.vehicles.forms import HistoryDraft
from portal.vehicles.models import HistoryEntry, HistoryKind, Provenance, Vehicle
from portal.vehicles.paging import Page, page_of
from portal.vehicles.typed import Reading, clean

MAINTENANCE = (HistoryKind.SERVICE, HistoryKind.INSPECTION)


class EntryInvalid(Invalid):
    code, title = "INVALID_HISTORY_ENTRY", N_("Some entries about the work are not valid.")


@dataclass(frozen=True)
class Source:
    """The record that an entry came from: `Source("scan", "Auslesung 12.03.", scan.id)`."""

    kind: str = "staff"
    label: str = ""
    id: UUID | None = None


BY_HAND = Source()


async def record(
    db: Db,
    vehicle: Vehicle,
    *,
    kind: HistoryKind,
    happened_on: date,
    title: str,
    text: str = "",
    odometer_km: int | None = None,
    source: Source = BY_HAND,
    provenance: Provenance = Provenance.DOCUMENTED,
    created_by: str = "",
) -> UUID | None:
    """Append an entry; its id, or None when this source has been entered before.

    A newer reading of the odometer becomes the vehicle's. Without `created_by` the member signs.
    """
    entry_id = new_id()
    member = db.info.get("member")
    values: dict[str, Any] = {
        "id": entry_id,
        "vehicle_id": vehicle.id,
        "kind": kind,
        "happened_on": happened_on,
        "odometer_km": odometer_km,
        "title": clean(title)[:200],
        "text": clean(text),
        "source_kind": source.kind,
        "source_label": clean(source.label)[:160],
        "source_id": source.id,
        "provenance": provenance,
        "created_by": created_by or (member.name if member else ""),
    }
    statement = insert(HistoryEntry).values(**values).on_conflict_do_nothing()
    stored = await db.scalar(statement.returning(HistoryEntry.id))
    if stored is not None and odometer_km is not None and odometer_km > (vehicle.odometer_km or 0):
        vehicle.odometer_km = odometer_km
        await db.flush()
    return stored


async def record_typed(db: Db, vehicle: Vehicle, draft: HistoryDraft) -> HistoryEntry:
    """Append what a person typed. Raises `EntryInvalid`."""
    reading = Reading(EntryInvalid)
    kind = reading.one_of("kind", draft.kind, HistoryKind, HistoryKind.SERVICE)
    happened_on = reading.day("happened_on", draft.happened_on)
    odometer_km = reading.whole("odometer_km", draft.odometer_km, 9_999_999)
    title = reading.line("title", draft.title, 200)
    body = reading.text("text", draft.text)
    label = reading.line("source_label", draft.source_label, 160)
    how = reading.one_of("provenance", draft.provenance, Provenance, Provenance.DOCUMENTED)
    if not title:
        reading.refuse("title", "TITLE_MISSING", _("Please say what was done."))
    if not draft.happened_on.strip():
        reading.refuse("happened_on", "DAY_MISSING", _("Please enter a day like 14.03.2016."))
    reading.end()
    assert happened_on is not None  # noqa: S101  # otherwise `end` has raised
    entry_id = await record(
        db,
        vehicle,
        kind=kind,
        happened_on=happened_on,
        title=title,
        text=body,
        odometer_km=odometer_km,
        source=Source(label=label),
        provenance=how,
    )
    return (await db.scalars(select(HistoryEntry).where(HistoryEntry.id == entry_id))).one()


async def list_entries(
    db: Db,
    vehicle_id: UUID,
    *,
    kinds: Collection[HistoryKind] = (),
    known_to: UUID | None = None,
    after: str | None = None,
    limit: int = 50,
) -> Page[Any]:
    """Rows of (HistoryEntry,), the latest first.

    `known_to` names a customer: only what happened while that customer kept the vehicle.
    """
    query = select(HistoryEntry).where(HistoryEntry.vehicle_id == vehicle_id)
    if kinds:
        query = query.where(HistoryEntry.kind.in_(kinds))
    if known_to is not None:
        query = query.where(_within(await ownerships.periods(db, vehicle_id, known_to)))
    order = (HistoryEntry.happened_on, HistoryEntry.id)
    return await page_of(db, query, *order, after=after, limit=limit, descending=True)


def _within(periods: Sequence[ownerships.Period]) -> Any:
    """The day of a hand-over belongs to the new keeper."""
    day = HistoryEntry.happened_on
    spans = [
        and_(true(), *([day >= begin] if begin else []), *([day < end] if end else []))
        for begin, end in periods
    ]
    return or_(false(), *spans)
