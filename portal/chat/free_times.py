"""Services and free times as visitors see them: without lifts and names of people."""

from collections.abc import Iterable, Sequence
from datetime import date, timedelta
from decimal import Decimal
from uuid import UUID

import msgspec

from portal.bookings import rules, services, slots
from portal.bookings.models import Answering, Service
from portal.kit import clock
from portal.kit.db import Db
from portal.kit.errors import N_, Invalid
from portal.kit.text import locale

MOST_DAYS = 31
MOST_SERVICES = 8
MOST_TIMES = 400
FRESH_DAYS = 14
FRESH_TIMES = 60


class PeriodInvalid(Invalid):
    code, title = "INVALID_PERIOD", N_("Please ask for 31 days at most.")


class OfferedService(msgspec.Struct, kw_only=True):
    """A service that can be booked online; of a basket the longest `setup_minutes` count once."""

    id: UUID
    name: str
    description: str
    category: str
    duration_minutes: int
    setup_minutes: int
    price: str | None
    price_from: bool
    currency: str
    can_wait: bool


class BookingOffer(msgspec.Struct, kw_only=True):
    """What the form needs to begin. `last_day`: nobody plans further ahead."""

    items: list[OfferedService]
    last_day: date
    terms: str = ""
    withdrawal_policy: str = ""


class FreeTime(msgspec.Struct):
    slot_id: str
    starts_at: str
    ends_at: str


class FreeTimes(msgspec.Struct):
    """`next_from`: where nothing is free in the asked days, the first day on which it is."""

    items: list[FreeTime]
    next_from: date | None = None


async def offer(db: Db) -> BookingOffer:
    known = await rules.load(db)
    listed = [one for one in await services.list_services(db) if one.bookable_online]
    is_contract = rules.closes_contracts(known)
    return BookingOffer(
        items=[_offered(one) for one in listed],
        last_day=_today() + timedelta(days=known.horizon_days),
        terms=known.terms if is_contract else "",
        withdrawal_policy=known.withdrawal_policy if is_contract else "",
    )


async def between(
    db: Db, service_ids: Sequence[UUID], first: date, last: date, *, waits: bool = False
) -> FreeTimes:
    """Free times of these days; nothing where the workshop wants to be asked first.

    Raises `PeriodInvalid`.
    """
    if not 0 <= (last - first).days < MOST_DAYS or len(service_ids) > MOST_SERVICES:
        raise PeriodInvalid
    known = await rules.load(db)
    if known.answering == Answering.ASK_FIRST or not service_ids:
        return FreeTimes([])
    first = max(first, _today())
    found = await _found(db, service_ids, first, last, waits=waits, limit=MOST_TIMES)
    if found:
        return FreeTimes(found)
    horizon = _today() + timedelta(days=known.horizon_days)
    if last >= horizon:
        return FreeTimes([])
    later = await slots.find(
        db, service_ids, last + timedelta(days=1), horizon, waits=waits, limit=1
    )
    return FreeTimes([], clock.local(later[0].starts_at).date() if later else None)


async def fresh_times(
    db: Db, service_ids: Sequence[UUID], *, waits: bool = False
) -> list[FreeTime]:
    """What is free soon, for who came too late; if need be as far ahead as the workshop plans."""
    if not service_ids:
        return []
    last = _today() + timedelta(days=FRESH_DAYS)
    found = await _found(db, service_ids, _today(), last, waits=waits, limit=FRESH_TIMES)
    if found:
        return found
    horizon = _today() + timedelta(days=(await rules.load(db)).horizon_days)
    return await _found(db, service_ids, last, horizon, waits=waits, limit=FRESH_TIMES)


def plain_times(found: Iterable[slots.OfferedSlot]) -> list[FreeTime]:
    """Without what only the team needs to know."""
    return [
        FreeTime(one.slot_id, clock.rfc3339(one.starts_at), clock.rfc3339(one.ends_at))
        for one in found
    ]


async def _found(
    db: Db, service_ids: Sequence[UUID], first: date, last: date, *, waits: bool, limit: int
) -> list[FreeTime]:
    if first > last:
        return []
    return plain_times(await slots.find(db, service_ids, first, last, waits=waits, limit=limit))


def _offered(service: Service) -> OfferedService:
    english = locale.get() == "en"
    return OfferedService(
        id=service.id,
        name=(service.name_en if english else "") or service.name,
        description=(service.description_en if english else "") or service.description,
        category=service.category,
        duration_minutes=service.duration_minutes,
        setup_minutes=service.setup_minutes,
        price=_money(service.price),
        price_from=service.price_from,
        currency=service.currency,
        can_wait=service.can_wait,
    )


def _money(price: Decimal | None) -> str | None:
    return None if price is None else f"{price:.2f}"


def _today() -> date:
    return clock.local(clock.now()).date()
