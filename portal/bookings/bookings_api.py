"""`/api/v1/workshops/{slug}/slots` and `…/bookings`."""

from datetime import date, datetime, timedelta
from typing import Annotated, Any
from uuid import UUID

import msgspec
from litestar import Request, Router, get, post
from litestar.di import Provide
from litestar.params import FromPath, JSONBody, QueryParameter

from portal.bookings import appointments, diary, pages_of_bookings, slots
from portal.bookings.diary import DiaryEntry
from portal.bookings.drafts import BookingDraft, CarDraft, GuestDraft, Words
from portal.bookings.models import Origin, ResourceKind, State
from portal.kit import clock, money
from portal.kit.limits import Rate
from portal.tenants.boundary import DoorDb, device_db, member_of, parts_of
from portal.tenants.permissions import Permission, needs

SEARCH = Rate("slots-api", per_minute=600, burst=600)
BOOK = Rate("bookings-api", per_minute=600, burst=1200)
Day = Annotated[date | None, QueryParameter()]
Limit = Annotated[int, QueryParameter(ge=1, le=500)]
Cursor = Annotated[str | None, QueryParameter(max_length=80)]
Services = Annotated[list[UUID] | None, QueryParameter(max_items=20)]
Minutes = Annotated[int | None, QueryParameter(ge=5, le=7200)]
From = Annotated[date | None, QueryParameter(name="from")]
To = Annotated[date | None, QueryParameter(name="to")]


class SlotPage(msgspec.Struct, frozen=True):
    items: list[slots.OfferedSlot]
    next: str | None = None


class BookingForm(msgspec.Struct, kw_only=True):
    """As contracts have it: `customer` or `customer_id`, `vehicle` or `vehicle_id`."""

    slot_id: Annotated[str, msgspec.Meta(max_length=1200)]
    services: Annotated[list[UUID], msgspec.Meta(max_length=20)] = []
    customer: GuestDraft | None = None
    customer_id: UUID | None = None
    vehicle: CarDraft | None = None
    vehicle_id: UUID | None = None
    note: Words = ""
    waits: bool = False
    loaner: bool = False


class StateForm(msgspec.Struct):
    """The next state, and why."""

    state: State
    reason: Annotated[str, msgspec.Meta(max_length=200)] = ""


class TimeForm(msgspec.Struct):
    """A new time with its offset; the work keeps its length unless `minutes` says otherwise."""

    starts_at: Annotated[datetime, msgspec.Meta(tz=True)]
    minutes: Annotated[int, msgspec.Meta(ge=5, le=7200)] | None = None


class ServiceShown(msgspec.Struct, frozen=True):
    id: UUID | None
    name: str
    price: str | None
    price_from: bool
    currency: str


class BookingShown(msgspec.Struct, frozen=True, kw_only=True):
    """One booking; ids of what it occupies are null where it occupies none."""

    id: UUID
    code: str
    state: State
    origin: Origin
    title: str
    starts_at: str | None
    ends_at: str | None
    drop_off_at: str | None
    pick_up_at: str | None
    duration_minutes: int | None
    lift_id: UUID | None
    lift: str | None
    person_id: UUID | None
    person: str | None
    loaner_id: UUID | None
    inspector_id: UUID | None
    customer_id: UUID | None
    customer: str | None
    vehicle_id: UUID | None
    plate: str | None
    services: list[ServiceShown]
    note: str
    created_at: str


class BookingPage(msgspec.Struct, frozen=True):
    items: list[BookingShown]
    next: str | None


@get("/slots", opt=needs(Permission.BOOKINGS_READ))
async def show_slots(
    request: Request[Any, Any, Any],
    db: DoorDb,
    service_id: Services = None,
    first: From = None,
    last: To = None,
    minutes: Minutes = None,
    limit: Limit = 200,
) -> SlotPage:
    await parts_of(request).limits.spend(SEARCH, member_of(db).workshop_id)
    first = first or clock.local(clock.now()).date()
    found = await slots.find(
        db,
        service_id or [],
        first,
        last or first + timedelta(days=7),
        minutes=minutes,
        limit=limit,
    )
    return SlotPage(found)


@post("/bookings", opt=needs(Permission.BOOKINGS_EDIT))
async def make_booking(
    request: Request[Any, Any, Any], db: DoorDb, data: JSONBody[BookingForm]
) -> BookingShown:
    await parts_of(request).limits.spend(BOOK, member_of(db).workshop_id)
    draft = BookingDraft(
        origin=Origin.API,
        slot_id=data.slot_id,
        service_ids=data.services,
        customer=data.customer,
        customer_id=data.customer_id,
        vehicle=data.vehicle,
        vehicle_id=data.vehicle_id,
        wishes=data.note,
        waits=data.waits,
        loaner=data.loaner,
    )
    booked = await appointments.book(db, draft)
    return shown(await diary.one(db, booked.id))


@get("/bookings", opt=needs(Permission.BOOKINGS_READ))
async def list_bookings(
    db: DoorDb,
    first: From = None,
    last: To = None,
    in_state: Annotated[State | None, QueryParameter(name="state")] = None,
    limit: Limit = 100,
    after: Cursor = None,
) -> BookingPage:
    entries, following = await pages_of_bookings.page(
        db, first=first, last=last, state=in_state, after=after, limit=limit
    )
    return BookingPage([shown(entry) for entry in entries], following)


@get("/bookings/{appointment_id:uuid}", opt=needs(Permission.BOOKINGS_READ))
async def show_booking(db: DoorDb, appointment_id: FromPath[UUID]) -> BookingShown:
    return shown(await diary.one(db, appointment_id))


@post(
    "/bookings/{appointment_id:uuid}/state",
    opt=needs(Permission.BOOKINGS_EDIT),
    status_code=200,
)
async def change_booking_state(
    db: DoorDb, appointment_id: FromPath[UUID], data: JSONBody[StateForm]
) -> BookingShown:
    booked = await appointments.get(db, appointment_id)
    await appointments.change_state(db, booked, data.state, why=data.reason)
    return shown(await diary.one(db, appointment_id))


@post(
    "/bookings/{appointment_id:uuid}/time",
    opt=needs(Permission.BOOKINGS_EDIT),
    status_code=200,
)
async def move_booking(
    db: DoorDb, appointment_id: FromPath[UUID], data: JSONBody[TimeForm]
) -> BookingShown:
    booked = await appointments.get(db, appointment_id)
    await appointments.move(db, booked, starts_at=data.starts_at, minutes=data.minutes)
    return shown(await diary.one(db, appointment_id))


def shown(entry: DiaryEntry) -> BookingShown:
    """The booking of the contracts."""
    booked = entry.appointment
    return BookingShown(
        id=booked.id,
        code=booked.code,
        state=entry.state,
        origin=Origin(booked.origin),
        title=booked.title,
        starts_at=_moment(booked.starts_at),
        ends_at=_moment(booked.ends_at),
        drop_off_at=_moment(booked.drop_off_at),
        pick_up_at=_moment(booked.pick_up_at),
        duration_minutes=booked.work_minutes,
        lift_id=entry.resources.get(ResourceKind.LIFT),
        lift=entry.names.get(ResourceKind.LIFT),
        person_id=entry.resources.get(ResourceKind.PERSON),
        person=entry.names.get(ResourceKind.PERSON),
        loaner_id=entry.resources.get(ResourceKind.LOANER),
        inspector_id=entry.resources.get(ResourceKind.INSPECTOR),
        customer_id=booked.customer_id,
        customer=entry.customer.title if entry.customer else None,
        vehicle_id=booked.vehicle_id,
        plate=entry.vehicle.plate if entry.vehicle else None,
        services=[
            ServiceShown(
                one.service_id,
                one.name,
                None if one.price is None else money.as_json(one.price),
                one.price_from,
                one.currency,
            )
            for one in entry.services
        ],
        note=booked.wishes,
        created_at=clock.rfc3339(booked.created_at),
    )


def _moment(value: datetime | None) -> str | None:
    return None if value is None else clock.rfc3339(value)


ROUTERS = [
    Router(
        "/api/v1/workshops/{slug:str}",
        dependencies={"db": Provide(device_db)},
        route_handlers=[
            show_slots,
            make_booking,
            list_bookings,
            show_booking,
            change_booking_state,
            move_booking,
        ],
    )
]
