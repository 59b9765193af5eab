"""Appointments and absences of a batch.

An imported appointment may lie in the past and be over already. It takes lift and person where
the file names ones that we know and that are free then; nobody is told anything about it.
"""

import secrets
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.dialects.postgresql import Range
from sqlalchemy.exc import IntegrityError

from portal.bookings.drawing_up import CODE_LETTERS
from portal.bookings.models import (
    Absence,
    Appointment,
    AppointmentMove,
    Origin,
    Reservation,
    Resource,
    ResourceKind,
    State,
)
from portal.imports import marks, storing_cars, storing_people
from portal.imports.batch import Batch, Outcome, source_id
from portal.imports.entries import Entry, TimePart
from portal.kit import clock
from portal.kit.db import new_id
from portal.kit.text import _
from portal.vehicles.search_keys import name_key

SOURCE = "import"
_PEOPLE = (ResourceKind.PERSON, ResourceKind.INSPECTOR)


def appointment_key(workshop_id: UUID, entry: Entry) -> UUID:
    """By the other system's number, otherwise by all that the line says."""
    number = entry.time.number if entry.time else ""
    return source_id(workshop_id, "appointment", number or entry.digest)


async def book(batch: Batch, entry: Entry, part: TimePart) -> Outcome:
    key = appointment_key(batch.run.workshop_id, entry)
    if key in batch.known.appointments:
        return Outcome.UNCHANGED
    customer = vehicle = None
    if entry.vehicle is not None and entry.vehicle.facts:
        vehicle, _outcome = await storing_cars.store(batch, entry, entry.vehicle)
    elif entry.vehicle is not None:
        vehicle = batch.known.find_vehicle(entry.vehicle)
    if entry.customer is not None:
        customer, _outcome = await storing_people.store(batch, entry, entry.customer)
    elif vehicle is not None and vehicle.id in batch.known.keepers:
        customer = batch.known.customers.get(batch.known.keepers[vehicle.id].customer_id)
    if entry.is_refused:
        return Outcome.REFUSED
    appointment = _appointment(batch, part, key)
    appointment.customer_id = customer.id if customer else None
    if customer is None and vehicle is not None and vehicle.id in batch.known.keepers:
        appointment.customer_id = batch.known.keepers[vehicle.id].customer_id
    appointment.vehicle_id = vehicle.id if vehicle else None
    await batch.settle()
    batch.db.add(appointment)
    await batch.db.flush()
    await _reserve(batch, entry, appointment, part)
    batch.db.add(_evidence(batch, appointment))
    batch.made(entry, appointment, f"{clock.local(part.starts_at):%d.%m.%Y %H:%M} {part.title}")
    batch.known.appointments.add(key)
    return Outcome.CREATED


async def be_absent(batch: Batch, entry: Entry, part: TimePart) -> Outcome:
    resource_id = batch.run.resource_id
    if part.person:
        resource = batch.known.resources.get(name_key(part.person))
        if resource is None:
            entry.refuse("person", part.person, _("No person or lift of this name is known."))
            return Outcome.REFUSED
        resource_id = resource.id
    if resource_id is None:
        entry.refuse("person", "", _("Whose absence is this? Please choose a person."))
        return Outcome.REFUSED
    key = f"{SOURCE}:{part.number[:180]}" if part.number else f"{SOURCE}:{entry.digest}"
    query = select(Absence).where(Absence.resource_id == resource_id, Absence.source_id == key)
    known = await batch.db.scalar(query)
    if known is not None:
        return await _change(batch, entry, known, part)
    absence = Absence(
        id=new_id(),
        resource_id=resource_id,
        kind=part.kind,
        starts_at=part.starts_at,
        ends_at=part.ends_at,
        note=part.note,
        source_id=key,
    )
    batch.db.add(absence)
    await batch.db.flush()
    batch.made(entry, absence, f"{clock.local(part.starts_at):%d.%m.%Y} {part.note}".strip())
    return Outcome.CREATED


async def _change(batch: Batch, entry: Entry, absence: Absence, part: TimePart) -> Outcome:
    if not batch.updates:
        return Outcome.UNCHANGED
    before = marks.snapshot(absence)
    absence.starts_at, absence.ends_at = part.starts_at, part.ends_at
    absence.kind, absence.note = part.kind, part.note
    if marks.snapshot(absence) == before:
        return Outcome.UNCHANGED
    await batch.changed(entry, absence, part.note, before)
    return Outcome.UPDATED


def _appointment(batch: Batch, part: TimePart, key: UUID) -> Appointment:
    return Appointment(
        id=new_id(),
        code="".join(secrets.choice(CODE_LETTERS) for _ in range(6)),
        state=part.state or _state_by_day(part),
        origin=Origin.IMPORT,
        title=part.title or _("Imported appointment"),
        note=part.note if part.note != part.title else "",
        work_minutes=max(1, int((part.ends_at - part.starts_at).total_seconds() // 60)),
        starts_at=part.starts_at,
        ends_at=part.ends_at,
        drop_off_at=part.starts_at,
        pick_up_at=part.ends_at,
        source_kind=SOURCE,
        source_id=key,
        created_by=batch.run.created_by,
    )


def _state_by_day(part: TimePart) -> State:
    return State.COLLECTED if part.ends_at < clock.now() else State.CONFIRMED


def _evidence(batch: Batch, appointment: Appointment) -> AppointmentMove:
    return AppointmentMove(
        appointment_id=appointment.id,
        to_state=State(appointment.state),
        made_by=batch.run.created_by,
        why=_("Imported from %(file)s", file=batch.run.file_name)[:300],
        details={},
    )


async def _reserve(batch: Batch, entry: Entry, appointment: Appointment, part: TimePart) -> None:
    """Lift and person, each for itself: one that is taken already does not cost the other."""
    if not State(appointment.state).occupies:
        return
    wanted = (("lift", part.lift, (ResourceKind.LIFT,)), ("person", part.person, _PEOPLE))
    for field, name, kinds in wanted:
        if not name:
            continue
        resource = batch.known.resources.get(name_key(name))
        if resource is None or resource.kind not in kinds:
            entry.warn(field, name, _("This name is not among your lifts and people."))
        elif not await _is_reserved(batch, resource, appointment, part):
            entry.warn(field, name, _("Taken by another appointment at this time."))


async def _is_reserved(
    batch: Batch, resource: Resource, appointment: Appointment, part: TimePart
) -> bool:
    during = Range(part.starts_at, part.ends_at, bounds="[)")
    reservation = Reservation(appointment_id=appointment.id, resource_id=resource.id, during=during)
    try:
        async with batch.db.begin_nested():
            batch.db.add(reservation)
    except IntegrityError:
        return False
    return True
