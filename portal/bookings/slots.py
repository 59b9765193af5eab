"""Free times as they are offered: each with a signed name that works once and not for long."""

import secrets
from collections.abc import Sequence
from datetime import date, datetime, timedelta
from typing import Any
from uuid import UUID

import msgspec
from itsdangerous import BadSignature, SignatureExpired, URLSafeTimedSerializer

from portal.bookings import capacity, free_times, occupancy, services
from portal.bookings.capacity import Occupancy
from portal.bookings.free_times import Slot
from portal.bookings.models import Service
from portal.bookings.models.kinds import ResourceKind
from portal.bookings.planning import Need, days_after, need_of
from portal.kit import clock
from portal.kit.db import Db
from portal.kit.errors import N_, Invalid, Problem
from portal.tenants.boundary import workshop_id_of

LIFETIME = timedelta(minutes=30)
MOST = 400
LONGEST_RANGE = 62
"""Days that one search may cover."""


class SlotExpired(Problem):
    status, code = 409, "SLOT_EXPIRED"
    title = N_("This offer has expired. Please choose a time again.")


class SlotInvalid(Invalid):
    code, title = "SLOT_INVALID", N_("This is not a time that we offered.")


class RangeTooLong(Invalid):
    code, title = "RANGE_TOO_LONG", N_("Please ask for two months at most.")


class OfferedSlot(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """`lift` and `person` are names. The `slot_id` books it, once, until it expires."""

    slot_id: str
    starts_at: datetime
    ends_at: datetime
    lift: str = ""
    person: str = ""


class SlotClaim(msgspec.Struct, frozen=True, kw_only=True):
    """What a slot id stands for; `key` marks it as used up."""

    key: str
    starts_at: datetime
    minutes: int | None
    service_ids: list[UUID]
    wanted: dict[ResourceKind, UUID]
    waits: bool
    loaner: bool


async def find(
    db: Db,
    service_ids: Sequence[UUID],
    first: date,
    last: date,
    *,
    minutes: int | None = None,
    waits: bool = False,
    loaner: bool = False,
    online: bool = True,
    without: UUID | None = None,
    limit: int = MOST,
) -> list[OfferedSlot]:
    """Free times from `first` to `last`, at most `limit`. Raises `RangeTooLong`.

    Customers (`online`) get them from the lead time on and within the horizon; staff get all that
    lie ahead. `without` is an appointment that is about to be moved.
    """
    chosen = await services.chosen(db, service_ids, online=online)
    need = need_of(chosen, minutes=minutes, waits=waits, loaner=loaner)
    if (last - first).days > LONGEST_RANGE:
        raise RangeTooLong
    there = await look(db, need, first, last, without=without)
    return among(db, there, chosen, need, last, minutes=minutes, online=online, limit=limit)


async def look(
    db: Db, need: Need, first: date, last: date, *, without: UUID | None = None
) -> Occupancy:
    """What there is on these days, and after them as long as the work may go on."""
    return await occupancy.load(db, *_reach(first, last, need), without=without)


def among(
    db: Db,
    there: Occupancy,
    chosen: Sequence[Service],
    need: Need,
    last: date,
    *,
    minutes: int | None = None,
    online: bool = True,
    limit: int = MOST,
) -> list[OfferedSlot]:
    """The free times of an occupancy that begin until `last`, each with its signed name."""
    found = starts_in(there, need, last, online=online, limit=limit)
    offers = _Offers(db, there, chosen, minutes, waits=need.seat, loaner=need.loaner)
    return offers.of(found)


def starts_in(
    there: Occupancy, need: Need, last: date, *, online: bool = True, limit: int = MOST
) -> list[Slot]:
    """The free times that begin until `last`, for customers within lead time and horizon."""
    return free_times.free_slots(
        there,
        need,
        since=_earliest(there, online=online),
        until=_until(there, last, online=online),
        online=online,
        most=limit,
    )


def open_slot(db: Db, slot_id: str) -> SlotClaim:
    """What was offered under this name. Raises `SlotExpired`, `SlotInvalid`."""
    try:
        claims: list[Any] = _signer(db).loads(slot_id, max_age=int(LIFETIME.total_seconds()))
        workshop, key, start, minutes, chosen, lift, person, flags = claims
        if workshop != workshop_id_of(db).hex:
            raise SlotInvalid
        wanted = {ResourceKind.LIFT: lift, ResourceKind.PERSON: person}
        return SlotClaim(
            key=key,
            starts_at=capacity.moment(start),
            minutes=minutes,
            service_ids=[UUID(one) for one in chosen],
            wanted={kind: UUID(one) for kind, one in wanted.items() if one},
            waits="w" in flags,
            loaner="l" in flags,
        )
    except SignatureExpired as error:
        raise SlotExpired from error
    except (BadSignature, ValueError, TypeError) as error:
        raise SlotInvalid from error


class _Offers:
    """Signs the slots of one search."""

    def __init__(
        self,
        db: Db,
        there: Occupancy,
        chosen: Sequence[Service],
        minutes: int | None,
        *,
        waits: bool,
        loaner: bool,
    ) -> None:
        self._signer = _signer(db)
        self._workshop = workshop_id_of(db).hex
        self._names = {one.id: one.name for one in there.resources}
        self._services = [service.id.hex for service in chosen]
        self._minutes = minutes
        self._flags = ("w" if waits else "") + ("l" if loaner else "")

    def of(self, found: Sequence[Slot]) -> list[OfferedSlot]:
        return [
            OfferedSlot(
                slot_id=self._name_of(slot),
                starts_at=slot.starts_at,
                ends_at=slot.ends_at,
                lift=self._names[slot.lift] if slot.lift else "",
                person=self._names[slot.person] if slot.person else "",
            )
            for slot in found
        ]

    def _name_of(self, slot: Slot) -> str:
        name = self._signer.dumps(
            [
                self._workshop,
                secrets.token_urlsafe(9),
                int(slot.starts_at.timestamp()),
                self._minutes,
                self._services,
                slot.lift.hex if slot.lift else "",
                slot.person.hex if slot.person else "",
                self._flags,
            ]
        )
        return name if isinstance(name, str) else name.decode()


def _signer(db: Db) -> URLSafeTimedSerializer:
    return URLSafeTimedSerializer(db.info["parts"].settings.secret, salt="carbot.slot")


def _reach(first: date, last: date, need: Need) -> tuple[date, date]:
    """Work that takes days ends after the last day on which it may begin."""
    today = clock.local(clock.now()).date()
    return max(first, today), max(last, today) + timedelta(days=days_after(need.minutes))


def may_begin(there: Occupancy, starts_at: datetime) -> bool:
    """For customers: an offer counts as long as it lives, and never into the past."""
    earliest = max(clock.now(), _earliest(there, online=True) - LIFETIME)
    return earliest < starts_at < _until(there, clock.local(starts_at).date(), online=True)


def _earliest(there: Occupancy, *, online: bool) -> datetime:
    lead = timedelta(minutes=there.lead_minutes if online else 0)
    return clock.now() + lead


def _until(there: Occupancy, last: date, *, online: bool) -> datetime:
    """The last moment of the last day on which a visit may begin."""
    horizon = clock.local(clock.now()).date() + timedelta(days=there.horizon_days)
    day = min(last, horizon) if online else last
    return datetime.combine(day + timedelta(days=1), datetime.min.time(), clock.BERLIN)
