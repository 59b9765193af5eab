"""Bookings that strangers make on the workshop's own page."""

from collections.abc import Sequence
from datetime import date, datetime, time, timedelta
from decimal import Decimal
from typing import Any
from uuid import UUID

import msgspec
from sqlalchemy import select

from portal.bookings import appointments, campaign_links, guests, rules, services, slots, waitlist
from portal.bookings.drafts import BookingDraft, CarDraft, GuestDraft
from portal.bookings.models import (
    Answering,
    Appointment,
    BookingRules,
    Origin,
    Resource,
    ResourceKind,
    Service,
    WaitlistEntry,
)
from portal.bookings.planning import need_of
from portal.bookings.public_days import FreeTime
from portal.bookings.public_forms import OrderForm, WaitForm
from portal.bookings.waitlist import WaitDraft, today
from portal.kit import clock, text
from portal.kit.db import Db
from portal.kit.errors import N_, FieldError, Invalid
from portal.kit.text import _
from portal.tenants.boundary import workshop_id_of
from portal.vehicles.typed import Reading

MOST_SERVICES = 12
WITHDRAWAL_DAYS = 14
NOON = time(12)


class OrderInvalid(Invalid):
    """Beside each field what is wrong with it."""


class Basket(msgspec.Struct, frozen=True, kw_only=True):
    """What somebody wants done."""

    services: Sequence[Service]
    rules: BookingRules
    waits: bool = False
    loaner: bool = False

    @property
    def ids(self) -> str:
        return ",".join(str(service.id) for service in self.services)

    @property
    def minutes(self) -> int:
        return need_of(self.services).minutes

    @property
    def total(self) -> Decimal | None:
        prices = [one.price for one in self.services if one.price is not None]
        return sum(prices, start=Decimal(0)) if prices else None

    @property
    def is_fixed(self) -> bool:
        """Every price is known to the cent."""
        return bool(self.services) and all(
            one.price is not None and not one.price_from for one in self.services
        )

    @property
    def asks_first(self) -> bool:
        return self.rules.answering == Answering.ASK_FIRST

    @property
    def is_contract(self) -> bool:
        return rules.makes_contract(self.rules, self.services)

    @property
    def is_at_once(self) -> bool:
        return self.rules.answering == Answering.AT_ONCE


async def offered(db: Db) -> list[tuple[str, list[Service]]]:
    """What can be booked online, by category in the workshop's order."""
    groups: dict[str, list[Service]] = {}
    for service in await services.list_services(db):
        if service.bookable_online:
            groups.setdefault(service.category, []).append(service)
    return list(groups.items())


async def extras(db: Db) -> set[ResourceKind]:
    """Whether there are loaner cars, and seats to wait on."""
    kinds = (ResourceKind.LOANER, ResourceKind.SEAT)
    query = select(Resource.kind).where(Resource.active, Resource.bookable_online)
    found = await db.scalars(query.where(Resource.kind.in_(kinds)).distinct())
    return {ResourceKind(kind) for kind in found}


async def basket(
    db: Db,
    ids: Sequence[str],
    *,
    waits: bool = False,
    loaner: bool = False,
    online: bool = True,
) -> Basket:
    """These services; what is no service of this workshop (any more) is left out."""
    wanted = [known for one in ids[:MOST_SERVICES] if (known := _uuid(one)) is not None]
    query = select(Service).where(Service.id.in_(wanted), Service.active)
    if online:
        query = query.where(Service.bookable_online)
    found = (await db.scalars(query.order_by(Service.position, Service.id))).all()
    can_wait = bool(found) and all(service.can_wait for service in found)
    settings = await rules.load(db)
    return Basket(services=found, rules=settings, waits=waits and can_wait, loaner=loaner)


async def times_for(db: Db, wanted: Basket, first: date, last: date) -> list[FreeTime]:
    found = await slots.find(
        db,
        [service.id for service in wanted.services],
        first,
        last,
        waits=wanted.waits,
        loaner=wanted.loaner,
    )
    return [
        FreeTime(value=one.slot_id, starts_at=one.starts_at, ends_at=one.ends_at) for one in found
    ]


def time_of(db: Db, slot: str) -> datetime | None:
    """When a chosen slot begins; None when it is not (any more) one of ours."""
    try:
        return slots.open_slot(db, slot).starts_at
    except (slots.SlotExpired, slots.SlotInvalid):
        return None


def needs_early_start(wanted: Basket, starts_at: datetime | None) -> bool:
    """Whether work begins before the right of withdrawal ends (§ 356 (4) BGB)."""
    if not wanted.is_contract or starts_at is None:
        return False
    return starts_at < clock.now() + timedelta(days=WITHDRAWAL_DAYS)


async def order(db: Db, wanted: Basket, form: OrderForm) -> Appointment:
    """Book it, or leave a request. Raises `OrderInvalid` and what `appointments.book` raises."""
    _judge(db, wanted, form)
    return await appointments.book(db, _draft(db, wanted, form))


async def wait(db: Db, wanted: Basket, form: WaitForm, *, by_staff: bool = False) -> WaitlistEntry:
    """A place on the waiting list. Raises `OrderInvalid`, `WaitInvalid`."""
    reading = Reading(OrderInvalid)
    _judge_person(reading, form, mail_needed=False)
    first = reading.day("from_day", form.from_day, future=True) or today()
    last = reading.day("to_day", form.to_day, future=True) or first + timedelta(days=14)
    if not wanted.services and not form.wishes.strip():
        reading.refuse("wishes", "WISH_MISSING", _("Please tell us what is to be done."))
    _judge_trap(reading, form.homepage)
    reading.end()
    who = BookingDraft(origin=Origin.WAITLIST, customer=_guest(form), vehicle=_car(form.plate, ""))
    customer = await guests.customer_of(db, who)
    assert customer is not None  # noqa: S101  # a name was typed
    vehicle = await guests.vehicle_of(db, who, customer)
    plate = guests.unread_plate(who, vehicle)
    draft = WaitDraft(
        customer_id=customer.id,
        vehicle_id=vehicle.id if vehicle else None,
        service_ids=[service.id for service in wanted.services],
        title="" if wanted.services else _for_staff(N_("As described")),
        wishes="\n".join(part for part in (form.wishes.strip()[:2000], plate) if part),
        from_day=max(first, today()),
        to_day=last,
        weekdays=[int(one) for one in form.days if one in set("0123456")],
        earliest=NOON if form.part == "afternoon" else None,
        latest=NOON if form.part == "morning" else None,
    )
    # A stranger's sign-up never touches a place that somebody else may hold.
    return await waitlist.join(db, draft, anew=not by_staff)


def _judge(db: Db, wanted: Basket, form: OrderForm) -> None:
    reading = Reading(OrderInvalid)
    _judge_person(reading, form, mail_needed=wanted.is_contract)
    if not form.plate.strip() and not form.model.strip():
        message = _("Please tell us the plate, or at least make and model.")
        reading.refuse("plate", "PLATE_MISSING", message)
    reading.line("plate", form.plate, 20)
    reading.line("model", form.model, 80)
    reading.text("wishes", form.wishes, 2000)
    if not wanted.services and not form.wishes.strip():
        reading.refuse("wishes", "WISH_MISSING", _("Please tell us what is to be done."))
    if not wanted.asks_first and not form.slot:
        reading.refuse("slot", "TIME_MISSING", _("Please choose a time."))
    if needs_early_start(wanted, time_of(db, form.slot)) and not form.begin_early:
        message = _("Without your consent we may not begin before the period ends.")
        reading.refuse("begin_early", "CONSENT_MISSING", message)
    _judge_trap(reading, form.homepage)
    reading.end()


def _judge_person(reading: Reading, form: OrderForm | WaitForm, *, mail_needed: bool) -> None:
    if not reading.line("name", form.name, 120):
        reading.refuse("name", "NAME_MISSING", _("Please tell us your name."))
    email = reading.line("email", form.email, 254)
    phone = reading.line("phone", form.phone, 40)
    if mail_needed and not email:
        message = _("We have to send you the contract, so we need your e-mail address.")
        reading.refuse("email", "EMAIL_MISSING", message)
    elif not email and not phone:
        message = _("Please give an e-mail address or a phone number.")
        reading.refuse("email", "CONTACT_MISSING", message)


def _judge_trap(reading: Reading, homepage: str) -> None:
    """A person's browser may have filled it in: they are told, and lose nothing."""
    if homepage:
        reading.refuse("homepage", "LEAVE_EMPTY", _("Please leave the last field empty."))


def _draft(db: Db, wanted: Basket, form: OrderForm) -> BookingDraft:
    draft = BookingDraft(
        origin=Origin.FORM,
        slot_id="" if wanted.asks_first else form.slot,
        service_ids=[service.id for service in wanted.services],
        title="" if wanted.services else _for_staff(N_("Request by customer")),
        customer=_guest(form),
        vehicle=_car(form.plate, form.model),
        wishes=form.wishes.strip(),
        waits=wanted.waits,
        loaner=wanted.loaner,
        locale=text.locale.get(),
        is_contract=wanted.is_contract,
        terms_told=_told(wanted, form) if wanted.is_contract else "",
    )
    source = campaign_links.source_of(
        form.c,
        workshop_id=workshop_id_of(db),
        secret=db.info["parts"].settings.secret,
    )
    if source is not None:
        draft.origin = Origin.CAMPAIGN
        draft.source_kind, draft.source_id = campaign_links.SOURCE_KIND, source
    return draft


def _told(wanted: Basket, form: OrderForm) -> str:
    parts = [wanted.rules.terms.strip(), wanted.rules.withdrawal_policy.strip()]
    if form.begin_early:
        parts.append(early_start_text())
    return "\n\n".join(parts)


def early_start_text() -> str:
    return _(
        "I expressly ask you to begin with the work before the withdrawal period ends. I know that "
        "I lose my right of withdrawal once the work is completed, and that I owe a reasonable "
        "amount for what was done until then if I withdraw before."
    )


def _guest(form: OrderForm | WaitForm) -> GuestDraft:
    name = " ".join(form.name.split())
    return GuestDraft(name=name, email=form.email.strip(), phone=form.phone.strip())


def _car(plate: str, model: str) -> CarDraft:
    make, _blank, rest = " ".join(model.split()).partition(" ")
    return CarDraft(plate=plate.strip(), make=make, model=rest)


def _uuid(text: str) -> UUID | None:
    try:
        return UUID(text)
    except ValueError:
        return None


def errors_by_field(problem: Invalid) -> dict[str, Any]:
    """The first complaint of each field, as the forms show them."""
    found: dict[str, FieldError] = {}
    for error in problem.errors:
        found.setdefault({"make": "model", "vin": "plate"}.get(error.field, error.field), error)
    return {field: error.message for field, error in found.items()}


def _for_staff(words: str) -> str:
    """What stays in the calendar is in the workshop's language, whatever its guest speaks."""
    with text.speaking(text.DEFAULT):
        return _(words)
