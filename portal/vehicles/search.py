"""One box for everything: plate, VIN or its end, name, company, phone, mail address.

First by stored keys, with `=` and ranges that reach an index under row-level security. Only when
that finds nobody, words that look or sound alike are sought in two steps: the workshop's own
words with the same first letter, compared here, then the customers who have them.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import chain
from typing import Any
from uuid import UUID

from sqlalchemy import Select, and_, func, or_, select, union_all
from sqlalchemy.orm import InstrumentedAttribute

from portal.kit.db import Db
from portal.vehicles import plate as plates
from portal.vehicles import vehicle_facts, vehicles
from portal.vehicles.likeness import is_like
from portal.vehicles.models import (
    Customer,
    CustomerWord,
    FormerPlate,
    Ownership,
    Vehicle,
)
from portal.vehicles.search_keys import name_key, phone_key
from portal.vehicles.typed import clean

_LAST = "\U0010ffff"
_LONGEST = 80
_MOST_WORDS = 4
_MOST_KNOWN_WORDS = 4000
_NOT_IN_VIN = re.compile(r"[^A-Z0-9]")
_PHONE = re.compile(r"\+?[\d\s()/.-]+")
_SHORTEST_VIN_PART = 4
_SHORTEST_PHONE_PART = 4


@dataclass(frozen=True)
class FoundCustomer:
    customer: Customer
    vehicles: Sequence[dict[str, Any]]
    """Each with `id`, `plate`, `plate_country` and `title`."""


@dataclass(frozen=True)
class FoundVehicle:
    vehicle: Vehicle
    keeper: Customer | None
    former_plate: str | None = None
    """The plate it was found under, when it carries it no more."""


@dataclass(frozen=True)
class Found:
    """`guessed` says that nothing fits and these only look or sound alike."""

    vehicles: Sequence[FoundVehicle] = ()
    customers: Sequence[FoundCustomer] = ()
    guessed: bool = False

    @property
    def is_empty(self) -> bool:
        return not self.vehicles and not self.customers

    @property
    def only_vehicle(self) -> Vehicle | None:
        """The vehicle, when nothing else is meant."""
        is_clear = len(self.vehicles) == 1 and not self.customers and not self.guessed
        return self.vehicles[0].vehicle if is_clear else None


@dataclass(frozen=True)
class Meanings:
    """What a text may mean; each list holds beginnings of stored keys."""

    plates: Sequence[str] = ()
    plate_ends: Sequence[str] = ()
    vins: Sequence[str] = ()
    vin_ends: Sequence[str] = ()
    phones: Sequence[str] = ()
    words: Sequence[str] = ()
    email: str = ""


async def find(db: Db, text: str, *, limit: int = 12) -> Found:
    """At most two statements when something fits, four when not."""
    meant = meanings(text)
    found = Found(
        await _vehicles(db, meant, limit),
        await _customers(db, [*_customer_keys(meant)], limit),
    )
    if not found.is_empty or not meant.words:
        return found
    alike = await _like(db, meant.words)
    if not alike:
        return found
    return Found(customers=await _customers(db, [_has_words(alike)], limit), guessed=True)


async def find_vehicles(db: Db, text: str, *, limit: int = 12) -> Sequence[FoundVehicle]:
    """As `find`, for choosing a vehicle; one statement."""
    return await _vehicles(db, meanings(text), limit)


async def find_customers(db: Db, text: str, *, limit: int = 12) -> Sequence[FoundCustomer]:
    """As `find`, for choosing a customer."""
    meant = meanings(text)
    exact = await _customers(db, [*_customer_keys(meant)], limit)
    alike = await _like(db, meant.words) if meant.words and not exact else []
    return await _customers(db, [_has_words(alike)], limit) if alike else exact


def meanings(text: str) -> Meanings:
    typed = " ".join(clean(text)[:_LONGEST].split())
    if not typed:
        return Meanings()
    has_digit = any(c.isdigit() for c in typed)
    plate_keys = dict.fromkeys((*plates.search_keys(typed), vehicle_facts.foreign_key(typed)))
    vin = _NOT_IN_VIN.sub("", typed.upper()).translate(str.maketrans("OI", "01"))
    is_vin = _SHORTEST_VIN_PART <= len(vin) <= 17 and has_digit
    phone = _phone_beginning(typed)
    looks = [vehicle_facts.look_of(key) for key in plate_keys if key] if len(typed) <= 16 else []
    has_end = has_digit and typed[-1].isalnum()
    ends = [vehicle_facts.end_of(look) for look in looks if has_end and len(look) >= 3]
    return Meanings(
        plates=looks,
        plate_ends=ends,
        vins=[vin] if is_vin else [],
        vin_ends=[vin[::-1]] if is_vin else [],
        phones=[phone] if phone else [],
        words=[] if phone else name_key(typed).split()[:_MOST_WORDS],
        email=typed.lower() if "@" in typed else "",
    )


def _phone_beginning(typed: str) -> str:
    """`0176 123` is `+49176123`; a whole number is read with all its rules."""
    if not _PHONE.fullmatch(typed):
        return ""
    digits = re.sub(r"\D", "", typed)
    if len(digits) < _SHORTEST_PHONE_PART:
        return ""
    whole = phone_key(typed)
    if whole and len(digits) > 8:
        return whole
    if typed.startswith("+") or digits.startswith("00"):
        return "+" + digits.removeprefix("00")
    return "+49" + digits.removeprefix("0")


def _begins(column: InstrumentedAttribute[Any], beginning: str) -> Any:
    """A prefix as a range of text in the order of code points."""
    return and_(column >= beginning, column < beginning + _LAST)


async def _vehicles(db: Db, meant: Meanings, limit: int) -> list[FoundVehicle]:
    keys = _vehicle_keys(meant)
    if not keys:
        return []
    former = _former(meant)
    query = vehicles.with_keeper().add_columns(former.c.plate)
    query = query.outerjoin(former, former.c.vehicle_id == Vehicle.id)
    here = union_all(*(select(Vehicle.id).where(key) for key in keys), select(former.c.vehicle_id))
    query = query.where(Vehicle.id.in_(here)).order_by(Vehicle.plate_search.nulls_last())
    rows = (await db.execute(query.order_by(Vehicle.id.desc()).limit(limit))).all()
    seen: dict[UUID, FoundVehicle] = {}
    for vehicle, keeper, plate in rows:
        fits_now = any((vehicle.plate_search or "").startswith(key) for key in meant.plates)
        seen.setdefault(vehicle.id, FoundVehicle(vehicle, keeper, None if fits_now else plate))
    return list(seen.values())


def _vehicle_keys(meant: Meanings) -> list[Any]:
    return list(
        chain(
            (_begins(Vehicle.plate_search, key) for key in meant.plates),
            (_begins(Vehicle.plate_end, key) for key in meant.plate_ends),
            (_begins(Vehicle.vin, key) for key in meant.vins),
            (_begins(Vehicle.vin_key, key) for key in meant.vin_ends),
        )
    )


def _former(meant: Meanings) -> Any:
    fits = [_begins(FormerPlate.plate_search, key) for key in meant.plates]
    query = select(FormerPlate.vehicle_id, func.max(FormerPlate.plate).label("plate"))
    return (
        query.where(or_(False, *fits)).group_by(FormerPlate.vehicle_id).limit(50).subquery("former")
    )


def _customer_keys(meant: Meanings) -> list[Any]:
    keys: list[Any] = [_begins(Customer.phone_key, phone) for phone in meant.phones]
    if meant.email:
        keys.append(_begins(Customer.email_key, meant.email))
    elif meant.words:
        words = (_begins(CustomerWord.word, word) for word in meant.words)
        keys.append(_all_of(select(CustomerWord.customer_id).where(word) for word in words))
    return keys


def _has_words(alike: Sequence[Sequence[str]]) -> Any:
    return _all_of(
        select(CustomerWord.customer_id).where(CustomerWord.word.in_(words)) for words in alike
    )


def _all_of(queries: Any) -> Any:
    return and_(*(Customer.id.in_(query) for query in queries))


async def _customers(db: Db, keys: Sequence[Any], limit: int) -> list[FoundCustomer]:
    if not keys:
        return []
    query: Select[Any] = select(Customer, _their_vehicles().label("vehicles")).where(or_(*keys))
    rows = (await db.execute(query.order_by(Customer.name_key, Customer.id).limit(limit))).all()
    return [FoundCustomer(row.Customer, row.vehicles or ()) for row in rows]


def _their_vehicles() -> Any:
    shown = func.json_build_object(
        "id", Vehicle.id,
        "plate", Vehicle.plate,
        "plate_country", Vehicle.plate_country,
        "title", Vehicle.make + " " + Vehicle.model,
    )  # fmt: skip
    return (
        select(func.json_agg(shown))
        .select_from(Ownership)
        .join(Vehicle, Vehicle.id == Ownership.vehicle_id)
        .where(Ownership.customer_id == Customer.id, Ownership.valid_to.is_(None))
        .scalar_subquery()
    )


async def _like(db: Db, typed: Sequence[str]) -> list[list[str]]:
    """For each typed word the known ones that may be meant; nothing when one has none."""
    same_start = or_(*(_begins(CustomerWord.word, word[0]) for word in typed))
    query = select(CustomerWord.word).where(same_start).distinct().limit(_MOST_KNOWN_WORDS)
    known = (await db.scalars(query)).all()
    alike = [[word for word in known if is_like(each, word)] for each in typed]
    return alike if all(alike) else []
