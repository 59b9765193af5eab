"""What an inspection in the history means for the next one: offered, taken over only when told.

An entry of the kind INSPECTION may be an HU that was passed, an HU with defects, a re-test or
something else. Only a person knows which; until somebody says so, what was typed stays.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from uuid import UUID

from sqlalchemy import select

from portal.kit import clock
from portal.kit.db import Db
from portal.kit.errors import N_, NotFound
from portal.tenants.audit import note
from portal.vehicles import hu
from portal.vehicles.hu import HuClass, Month
from portal.vehicles.models import HistoryEntry, HistoryKind, Vehicle

OFFERED_FOR_DAYS = 90
"""What came out of an older inspection stands in the papers by now."""


class Result(StrEnum):
    PASSED = "passed"
    DEFECTS = "defects"
    OTHER = "other"


class InspectionUnknown(NotFound):
    code, title = "INSPECTION_UNKNOWN", N_("We do not know this inspection.")


@dataclass(frozen=True)
class Offer:
    """What would follow: the next HU when passed, the last day of a re-test when not.

    `is_retest`: the entry lies within the month after an HU with defects.
    """

    entry: HistoryEntry
    next_due: Month
    retest_until: date
    is_retest: bool


def offer_of(vehicle: Vehicle, entries: Iterable[HistoryEntry]) -> Offer | None:
    """From the newest inspection that nobody has judged; None when there is nothing to ask."""
    found = next((entry for entry in entries if entry.kind == HistoryKind.INSPECTION), None)
    if found is None or found.id == vehicle.hu_judged_id:
        return None
    today = clock.local(clock.now()).date()
    if (today - found.happened_on).days > OFFERED_FOR_DAYS:
        return None
    due, is_retest = _next_due(vehicle, found)
    if due is None or (vehicle.hu_due is not None and Month.read(vehicle.hu_due).since(due) >= 0):
        return None
    return Offer(found, due, hu.retest_until(found.happened_on), is_retest)


async def judge(db: Db, vehicle: Vehicle, entry_id: UUID, result: Result) -> None:
    """Take over what came out. Raises `InspectionUnknown`."""
    entry = await _inspection(db, vehicle, entry_id)
    if result is Result.PASSED:
        due, _is_retest = _next_due(vehicle, entry)
        vehicle.hu_due = str(due) if due else None
        vehicle.defects_found_on = None
    elif result is Result.DEFECTS:
        vehicle.defects_found_on = entry.happened_on
    vehicle.hu_judged_id = entry.id
    note(db, "vehicle.inspected", str(vehicle.id), result=result, hu_due=vehicle.hu_due)
    await db.flush()


def _next_due(vehicle: Vehicle, entry: HistoryEntry) -> tuple[Month | None, bool]:
    """A re-test in time completes the HU that found the defects: the months count from that."""
    is_retest = (
        vehicle.defects_found_on is not None
        and vehicle.retest_until is not None
        and vehicle.defects_found_on < entry.happened_on <= vehicle.retest_until
    )
    day = vehicle.defects_found_on if is_retest else None
    registered = vehicle.first_registration
    due = hu.next_due(
        HuClass(vehicle.hu_class),
        Month.of(day or entry.happened_on),
        Month.of(registered) if registered else None,
    )
    return due, is_retest


async def _inspection(db: Db, vehicle: Vehicle, entry_id: UUID) -> HistoryEntry:
    query = select(HistoryEntry).where(
        HistoryEntry.id == entry_id,
        HistoryEntry.vehicle_id == vehicle.id,
        HistoryEntry.kind == HistoryKind.INSPECTION,
    )
    found = await db.scalar(query)
    if found is None:
        raise InspectionUnknown
    return found
