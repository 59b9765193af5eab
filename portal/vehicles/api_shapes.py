"""What programs send and get about customers, vehicles and history."""

from datetime import date
from typing import Any, TypeVar
from uuid import UUID

import msgspec
from msgspec import UNSET, UnsetType

from portal.kit import clock
from portal.vehicles.forms import CustomerDraft, HistoryDraft, VehicleDraft
from portal.vehicles.models import Customer, HistoryEntry, Vehicle

Draft = TypeVar("Draft", CustomerDraft, VehicleDraft, HistoryDraft)
Text = str | None | UnsetType
Number = int | str | None | UnsetType


class CustomerIn(msgspec.Struct, kw_only=True):
    """What is left out stays as it is; null clears. A name or a company is needed."""

    salutation: Text = UNSET
    name: Text = UNSET
    company: Text = UNSET
    email: Text = UNSET
    phone: Text = UNSET
    street: Text = UNSET
    postcode: Text = UNSET
    city: Text = UNSET
    note: Text = UNSET
    locale: Text = UNSET


class CustomerOut(msgspec.Struct, kw_only=True, frozen=True):
    """`phone` as it was typed, `phone_e164` as machines dial it."""

    id: UUID
    salutation: str
    name: str
    company: str
    email: str
    phone: str
    phone_e164: str | None
    street: str
    postcode: str
    city: str
    note: str
    locale: str
    created_at: str
    updated_at: str


class VehicleIn(msgspec.Struct, kw_only=True):
    """What is left out stays as it is; null clears. A VIN, a plate or a make is needed.

    `first_registration` is a day, `hu_due` a month (`2027-11`). With `plate_conflict` `move` or
    `share` a plate may be given that another vehicle carries. `customer_id` makes a keeper.
    """

    vin: Text = UNSET
    plate: Text = UNSET
    plate_country: Text = UNSET
    plate_conflict: Text = UNSET
    make: Text = UNSET
    model: Text = UNSET
    hsn: Text = UNSET
    tsn: Text = UNSET
    first_registration: Text = UNSET
    fuel: Text = UNSET
    power_kw: Number = UNSET
    displacement_ccm: Number = UNSET
    tyre_size: Text = UNSET
    color: Text = UNSET
    hu_class: Text = UNSET
    hu_due: Text = UNSET
    odometer_km: Number = UNSET
    note: Text = UNSET
    customer_id: UUID | UnsetType | None = UNSET


class VehicleOut(msgspec.Struct, kw_only=True, frozen=True):
    """`plate` is empty when there is none; `customer_id` is the present keeper."""

    id: UUID
    vin: str | None
    plate: str
    plate_country: str
    make: str
    model: str
    hsn: str
    tsn: str
    first_registration: date | None
    fuel: str
    power_kw: int | None
    displacement_ccm: int | None
    tyre_size: str
    color: str
    hu_class: str
    hu_due: str | None
    odometer_km: int | None
    note: str
    customer_id: UUID | None
    created_at: str
    updated_at: str


class SourceOut(msgspec.Struct, frozen=True):
    kind: str
    label: str
    id: UUID | None


class EntryIn(msgspec.Struct, kw_only=True):
    """An entry to append; `provenance` is `imported` unless it says otherwise."""

    kind: Text = UNSET
    happened_on: Text = UNSET
    odometer_km: Number = UNSET
    title: Text = UNSET
    text: Text = UNSET
    source_label: Text = UNSET
    provenance: Text = "imported"


class EntryOut(msgspec.Struct, kw_only=True, frozen=True):
    id: UUID
    vehicle_id: UUID
    kind: str
    happened_on: date
    odometer_km: int | None
    title: str
    text: str
    source: SourceOut
    provenance: str
    created_by: str
    created_at: str


class CustomerPage(msgspec.Struct, frozen=True):
    items: list[CustomerOut]
    next: str | None


class VehiclePage(msgspec.Struct, frozen=True):
    items: list[VehicleOut]
    next: str | None


class EntryPage(msgspec.Struct, frozen=True):
    items: list[EntryOut]
    next: str | None


def merged(draft: Draft, sent: CustomerIn | VehicleIn | EntryIn) -> Draft:
    """The draft with what was sent written over it."""
    for field in type(draft).__struct_fields__:
        value = getattr(sent, field, UNSET)
        if value is not UNSET:
            setattr(draft, field, "" if value is None else str(value))
    return draft


def customer_out(customer: Customer) -> CustomerOut:
    return CustomerOut(
        id=customer.id,
        salutation=customer.salutation,
        name=customer.name,
        company=customer.company,
        email=customer.email,
        phone=customer.phone,
        phone_e164=customer.phone_key,
        street=customer.street,
        postcode=customer.postcode,
        city=customer.city,
        note=customer.note,
        locale=customer.locale,
        created_at=clock.rfc3339(customer.created_at),
        updated_at=clock.rfc3339(customer.updated_at),
    )


def vehicle_out(vehicle: Vehicle, keeper: Customer | None) -> VehicleOut:
    return vehicle_shape(vehicle, keeper.id if keeper else None)


def vehicle_shape(vehicle: Any, customer_id: UUID | None) -> VehicleOut:
    """Of a vehicle, or of a row with its columns."""
    return VehicleOut(
        id=vehicle.id,
        vin=vehicle.vin,
        plate=vehicle.plate,
        plate_country=vehicle.plate_country,
        make=vehicle.make,
        model=vehicle.model,
        hsn=vehicle.hsn,
        tsn=vehicle.tsn,
        first_registration=vehicle.first_registration,
        fuel=vehicle.fuel,
        power_kw=vehicle.power_kw,
        displacement_ccm=vehicle.displacement_ccm,
        tyre_size=vehicle.tyre_size,
        color=vehicle.color,
        hu_class=vehicle.hu_class,
        hu_due=vehicle.hu_due,
        odometer_km=vehicle.odometer_km,
        note=vehicle.note,
        customer_id=customer_id,
        created_at=clock.rfc3339(vehicle.created_at),
        updated_at=clock.rfc3339(vehicle.updated_at),
    )


def entry_out(entry: HistoryEntry) -> EntryOut:
    return EntryOut(
        id=entry.id,
        vehicle_id=entry.vehicle_id,
        kind=entry.kind,
        happened_on=entry.happened_on,
        odometer_km=entry.odometer_km,
        title=entry.title,
        text=entry.text,
        source=SourceOut(entry.source_kind, entry.source_label, entry.source_id),
        provenance=entry.provenance,
        created_by=entry.created_by,
        created_at=clock.rfc3339(entry.created_at),
    )
