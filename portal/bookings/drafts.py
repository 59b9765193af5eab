"""What a booking is made from, as callers of `appointments.book` say it."""

from datetime import datetime
from typing import Annotated
from uuid import UUID

import msgspec

from portal.bookings.models.kinds import Origin, ResourceKind, State

Line = Annotated[str, msgspec.Meta(max_length=120)]
Email = Annotated[str, msgspec.Meta(max_length=254, pattern=r"^$|^[^@\s]+@[^@\s]+$")]
Phone = Annotated[str, msgspec.Meta(max_length=40)]
Words = Annotated[str, msgspec.Meta(max_length=4000)]


class GuestDraft(msgspec.Struct, kw_only=True):
    """Who comes, as typed."""

    name: Line = ""
    email: Email = ""
    phone: Phone = ""


class CarDraft(msgspec.Struct, kw_only=True):
    """With what, as typed."""

    plate: Annotated[str, msgspec.Meta(max_length=20)] = ""
    vin: Annotated[str, msgspec.Meta(max_length=40)] = ""
    make: Annotated[str, msgspec.Meta(max_length=60)] = ""
    model: Annotated[str, msgspec.Meta(max_length=80)] = ""


class BookingDraft(msgspec.Struct, kw_only=True):
    """`slot_id` or `starts_at`; without both it is a request whose time is found later.

    `minutes` is staff's estimate instead of the services' own. `force` is staff's word against
    opening hours, shifts, absences and skills, never against what is taken.
    """

    origin: Origin
    slot_id: str = ""
    starts_at: datetime | None = None
    service_ids: list[UUID] = []
    title: str = ""
    minutes: int | None = None
    customer_id: UUID | None = None
    customer: GuestDraft | None = None
    vehicle_id: UUID | None = None
    vehicle: CarDraft | None = None
    wishes: str = ""
    note: str = ""
    waits: bool = False
    loaner: bool = False
    wanted: dict[ResourceKind, UUID] = {}
    state: State | None = None
    drop_off_at: datetime | None = None
    pick_up_at: datetime | None = None
    source_kind: str = ""
    source_id: UUID | None = None
    locale: str = "de"
    is_contract: bool = False
    terms_told: str = ""
    force: bool = False
