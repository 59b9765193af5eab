"""What was done to a verified visitor's car, each entry with its record.

Cut by ownership: only what happened while this contact kept the vehicle. Notes of the team and
raw recordings stay inside the house.
"""

from collections.abc import Sequence
from datetime import date
from uuid import UUID

import msgspec
from sqlalchemy import select

from portal.chat.assistant.fit_to_say import is_fit
from portal.chat.assistant.speech import Verified
from portal.diagnostics import report_links, reports
from portal.kit import clock
from portal.kit.db import Db
from portal.kit.errors import N_
from portal.kit.text import _
from portal.tenants.boundary import workshop_id_of
from portal.vehicles import history, ownerships
from portal.vehicles.models import HistoryEntry, HistoryKind, Vehicle
from portal.vehicles.ownerships import Period

SHOWN = (HistoryKind.SERVICE, HistoryKind.INSPECTION)
MOST = 30
LONGEST_TEXT = 400
_UNTITLED = N_("Work in the workshop")


class Record(msgspec.Struct, frozen=True, kw_only=True):
    """One entry; `source` names the paper or the program that it comes from, if it says so."""

    id: UUID
    kind: str
    happened_on: date
    title: str
    text: str = ""
    odometer_km: int | None = None
    source: str = ""


class ReleasedReport(msgspec.Struct, frozen=True, kw_only=True):
    """What the workshop has released about a scan; `address` is its signed link."""

    id: UUID
    headline: str
    released_on: date
    address: str = ""


class VehicleHistory(msgspec.Struct, frozen=True, kw_only=True):
    """`records` the latest first. `hu_due` is `YYYY-MM`, only for who keeps the car today."""

    title: str
    plate: str
    is_kept: bool
    hu_due: str = ""
    records: tuple[Record, ...] = ()
    reports: tuple[ReleasedReport, ...] = ()


async def find(db: Db, verified: Verified) -> VehicleHistory | None:
    """None when the car is gone, or was never this contact's."""
    vehicle = await db.scalar(select(Vehicle).where(Vehicle.id == verified.vehicle_id))
    periods = await ownerships.periods(db, verified.vehicle_id, verified.customer_id)
    if vehicle is None or not periods:
        return None
    page = await history.list_entries(
        db, vehicle.id, kinds=SHOWN, known_to=verified.customer_id, limit=MOST
    )
    is_kept = any(end is None for _begin, end in periods)
    return VehicleHistory(
        title=vehicle.title,
        plate=vehicle.plate if is_kept else "",
        is_kept=is_kept,
        hu_due=str(vehicle.hu_target) if is_kept and vehicle.hu_target else "",
        records=tuple(_record(row[0]) for row in page.items),
        reports=tuple(await _reports(db, vehicle.id, periods)),
    )


async def _reports(db: Db, vehicle_id: UUID, periods: Sequence[Period]) -> list[ReleasedReport]:
    """Of the time in which this contact kept the car; raw recordings stay inside."""
    settings, workshop_id = db.info["parts"].settings, workshop_id_of(db)
    found = []
    for one in await reports.released_of(db, vehicle_id):
        day = clock.local(one.released_at).date()
        if any((not begin or day >= begin) and (not end or day < end) for begin, end in periods):
            address = report_links.address(settings, workshop_id, one.edition_id)
            found.append(
                ReleasedReport(
                    id=one.edition_id,
                    headline=_fit(one.headline),
                    released_on=day,
                    address=address,
                )
            )
    return found


def _fit(text: str) -> str:
    """What reads like an order to an assistant, or a promise, is left out and not passed on."""
    return text if is_fit(text) and "@" not in text else ""


def _record(entry: HistoryEntry) -> Record:
    return Record(
        id=entry.id,
        kind=entry.kind,
        happened_on=entry.happened_on,
        title=_fit(entry.title) or _(_UNTITLED),
        text=_fit(entry.text[:LONGEST_TEXT]),
        odometer_km=entry.odometer_km,
        source=_fit(entry.source_label),
    )
