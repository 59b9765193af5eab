"""Whom a code goes to: the keeper on file of exactly this vehicle, by a way that works."""

from collections.abc import Sequence
from datetime import timedelta
from uuid import UUID

import msgspec
from sqlalchemy import ColumnElement, func, select

from portal.chat.verification_models import Verification
from portal.kit import clock
from portal.kit.db import Db
from portal.kit.sms import mobile_number
from portal.vehicles.models import Customer, Ownership, OwnershipRole, Vehicle

PER_HOUR, PER_DAY = 3, 6
"""Codes to one contact: nobody is bombed with messages, however many visitors ask."""


class Contact(msgspec.Struct, frozen=True, kw_only=True):
    """`email` or `mobile` (E.164) is where the code goes; with `trouble` it goes nowhere.

    `trouble`: `no_contact`, `landline` (a text message was wanted or all there is) or
    `too_many`.
    """

    vehicle: Vehicle
    customer: Customer
    email: str = ""
    mobile: str = ""
    trouble: str = ""


async def find(
    db: Db, vin: str, looks: Sequence[str], channel: str, *, but: UUID | None = None
) -> Contact | None:
    """None when no vehicle is meant, or several, or it has no keeper. The keeper's row is locked.

    `but` is the verification that asks: a second attempt to send does not count twice.

    Former plates do not count: they are issued again, to other people.
    """
    query = (
        select(Vehicle, Customer)
        .join(Ownership, Ownership.vehicle_id == Vehicle.id)
        .join(Customer, Customer.id == Ownership.customer_id)
        .where(Ownership.role == OwnershipRole.KEEPER, Ownership.valid_to.is_(None))
        .where(_is_meant(vin, looks))
        .limit(2)
        .with_for_update(of=Customer)
    )
    rows = (await db.execute(query)).all()
    if len(rows) != 1:
        return None
    vehicle, customer = rows[0]
    email, mobile, trouble = _way(customer, channel)
    if not trouble and await _has_had_enough(db, customer, but):
        email, mobile, trouble = "", "", "too_many"
    return Contact(vehicle=vehicle, customer=customer, email=email, mobile=mobile, trouble=trouble)


def _is_meant(vin: str, looks: Sequence[str]) -> ColumnElement[bool]:
    if vin:
        return Vehicle.vin == vin
    return Vehicle.plate_search.in_([look for look in looks if look])


def _way(customer: Customer, channel: str) -> tuple[str, str, str]:
    """The wanted way where it exists, otherwise the other one: both lead to the same person."""
    mobile = mobile_number(customer.phone) if customer.phone else None
    if mobile and (channel == "sms" or not customer.email):
        return "", mobile, ""
    if customer.email:
        return customer.email, "", ""
    return "", "", "landline" if customer.phone else "no_contact"


async def _has_had_enough(db: Db, customer: Customer, but: UUID | None) -> bool:
    now = clock.now()
    last_hour = func.count().filter(Verification.sent_at > now - timedelta(hours=1))
    query = select(last_hour, func.count()).where(
        Verification.customer_id == customer.id, Verification.sent_at > now - timedelta(days=1)
    )
    if but is not None:
        query = query.where(Verification.id != but)
    in_an_hour, in_a_day = (await db.execute(query)).one()
    return bool(in_an_hour >= PER_HOUR or in_a_day >= PER_DAY)
