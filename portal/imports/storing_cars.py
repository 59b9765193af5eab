"""Vehicles of a batch and who keeps them, and what was done to them."""

from typing import Any

import msgspec

from portal.imports import marks, storing_people
from portal.imports.batch import Batch, Outcome, source_id
from portal.imports.entries import Entry, HistoryPart, VehiclePart
from portal.imports.known import VEHICLES, number_key
from portal.kit.db import new_id
from portal.kit.errors import Invalid
from portal.kit.text import _
from portal.tenants.audit import note
from portal.vehicles import history, ownerships, vehicle_facts, vehicles
from portal.vehicles.forms import VehicleDraft
from portal.vehicles.history import Source
from portal.vehicles.models import (
    Customer,
    HistoryEntry,
    Ownership,
    OwnershipRole,
    Provenance,
    Vehicle,
)

_NEVER_CHANGED = frozenset({"note", "plate_conflict", "plate_country", "odometer_km", "hu_class"})


async def store(batch: Batch, entry: Entry, part: VehiclePart) -> tuple[Vehicle | None, Outcome]:
    """The vehicle with its keeper; None when it cannot be stored, and the line says why."""
    keeper = None
    if entry.customer is not None:
        keeper, _outcome = await storing_people.store(batch, entry, entry.customer)
    found = batch.known.find_vehicle(part)
    if found is None:
        return await _create(batch, entry, part, keeper)
    outcome = await _change(batch, entry, found, part)
    if keeper is not None and await _keep(batch, entry, found, keeper):
        outcome = Outcome.UPDATED
    batch.name(VEHICLES, number_key(part.number), found.id)
    return found, outcome


async def record(batch: Batch, entry: Entry, part: HistoryPart) -> Outcome:
    """An entry of a known vehicle's history, once however often the file comes."""
    vehicle = batch.known.find_vehicle(entry.vehicle) if entry.vehicle else None
    if vehicle is None:
        named = entry.vehicle.draft.plate or entry.vehicle.draft.vin if entry.vehicle else ""
        reason = _("No such vehicle is known. Please import the vehicles first.")
        entry.refuse("plate", named, reason)
        return Outcome.REFUSED
    before = marks.snapshot(vehicle)
    key = source_id(batch.run.workshop_id, "history", vehicle.id, entry.digest)
    stored = await history.record(
        batch.db,
        vehicle,
        kind=part.kind,
        happened_on=part.happened_on,
        title=part.title,
        text=part.text[:10_000],
        odometer_km=part.odometer_km,
        source=Source("import", batch.run.file_name, key),
        provenance=Provenance.IMPORTED,
        created_by=batch.run.created_by or "import",
    )
    if stored is None:
        return Outcome.UNCHANGED
    label = f"{vehicle.plate or vehicle.title} · {part.title}"
    batch.made(entry, HistoryEntry(id=stored, title=part.title), label)
    await batch.changed(entry, vehicle, vehicle.plate or vehicle.title, before)
    return Outcome.CREATED


async def _create(
    batch: Batch, entry: Entry, part: VehiclePart, keeper: Customer | None
) -> tuple[Vehicle | None, Outcome]:
    if not part.facts:
        entry.refuse("vehicle_number", part.number, _("No vehicle with this number is known."))
        return None, Outcome.REFUSED
    for other in batch.known.by_plate.get(part.facts["plate_key"] or "", []):
        told = _("%(vehicle)s carries this plate.", vehicle=other.title or other.vin or other.plate)
        entry.refuse("plate", part.draft.plate, told)
        return None, Outcome.REFUSED
    vehicle = Vehicle(id=new_id(), **part.facts)
    batch.add(1, vehicle)
    batch.known.add_vehicle(vehicle)
    note(batch.db, "vehicle.created", str(vehicle.id), by="import")
    batch.made(entry, vehicle, vehicle.plate or vehicle.vin or vehicle.title)
    if keeper is not None:
        _keep_new(batch, entry, vehicle, keeper)
    batch.name(VEHICLES, number_key(part.number), vehicle.id)
    return vehicle, Outcome.CREATED


async def _change(batch: Batch, entry: Entry, vehicle: Vehicle, part: VehiclePart) -> Outcome:
    if not batch.updates or not part.facts:
        return Outcome.UNCHANGED
    before, stored = marks.snapshot(vehicle), vehicles.draft_of(vehicle)
    merged = _merged(stored, part.draft, vehicle)
    if merged == stored or not _differs(vehicle, merged):
        return Outcome.UNCHANGED
    await batch.settle()
    try:
        await vehicles.update(batch.db, vehicle, merged)
    except Invalid as problem:
        _refuse(entry, part, problem)
        return Outcome.REFUSED
    if marks.snapshot(vehicle) == before:
        return Outcome.UNCHANGED
    await batch.changed(entry, vehicle, vehicle.plate or vehicle.title, before)
    batch.known.add_vehicle(vehicle)
    return Outcome.UPDATED


async def _keep(batch: Batch, entry: Entry, vehicle: Vehicle, keeper: Customer) -> bool:
    """Whether the keeper is another one now: the first we know, or one that the file replaces."""
    former = batch.known.keepers.get(vehicle.id)
    if former is not None and (former.customer_id == keeper.id or not batch.updates):
        return False
    before = marks.snapshot(former) if former else {}
    await batch.settle()
    try:
        ownership = await ownerships.begin(batch.db, vehicle, keeper)
    except Invalid as problem:
        entry.warn("name", keeper.title, _(problem.title))
        return False
    if former is not None:
        await batch.changed(entry, former, keeper.title, before)
    batch.made(entry, ownership, f"{vehicle.plate or vehicle.title} · {keeper.title}")
    batch.known.keepers[vehicle.id] = ownership
    return True


def _keep_new(batch: Batch, entry: Entry, vehicle: Vehicle, keeper: Customer) -> None:
    """Nobody kept a vehicle that has just been entered."""
    ownership = Ownership(
        id=new_id(),
        vehicle_id=vehicle.id,
        customer_id=keeper.id,
        role=OwnershipRole.KEEPER,
        valid_from=None,
        valid_to=None,
    )
    batch.add(2, ownership)
    note(batch.db, "ownership.begun", str(vehicle.id), customer=str(keeper.id), by="import")
    batch.made(entry, ownership, f"{vehicle.plate or vehicle.title} · {keeper.title}")
    batch.known.keepers[vehicle.id] = ownership


def _differs(vehicle: Vehicle, merged: VehicleDraft) -> bool:
    try:
        facts = vehicle_facts.read(merged)
    except Invalid:
        return True
    return any(getattr(vehicle, name) != value for name, value in facts.items())


def _merged(stored: VehicleDraft, told: VehicleDraft, vehicle: Vehicle) -> VehicleDraft:
    """What the file says replaces what we have; blanks stay, and odometers only go up."""
    values: dict[str, Any] = {
        field: getattr(told, field)
        for field in VehicleDraft.__struct_fields__
        if field not in _NEVER_CHANGED and getattr(told, field)
    }
    if told.plate:
        values["plate_country"] = told.plate_country
    if told.odometer_km.isdecimal() and int(told.odometer_km) > (vehicle.odometer_km or 0):
        values["odometer_km"] = told.odometer_km
    if told.note and told.note not in stored.note:
        values["note"] = f"{stored.note}\n{told.note}".strip()
    return msgspec.structs.replace(stored, **values)


def _refuse(entry: Entry, part: VehiclePart, problem: Invalid) -> None:
    for error in problem.errors:
        entry.refuse(error.field, str(getattr(part.draft, error.field, "")), error.message)
