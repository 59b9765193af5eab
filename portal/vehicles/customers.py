"""Customers: taken in as typed, found again by any word of their names, by number or address."""

import re
from collections.abc import Sequence
from typing import Any
from uuid import UUID

import msgspec
from sqlalchemy import delete, func, or_, select

from portal.kit.db import Db, new_id
from portal.kit.errors import N_, Invalid, NotFound
from portal.kit.text import LANGUAGES, _
from portal.tenants.audit import note
from portal.vehicles.forms import CustomerDraft
from portal.vehicles.models import Customer, CustomerWord, Ownership, Salutation, Vehicle
from portal.vehicles.paging import Page, page_of
from portal.vehicles.search_keys import name_key, name_words, phone_key
from portal.vehicles.typed import Reading

SPOKEN = frozenset({*LANGUAGES, "tr", "pl", "uk", "ar", "ru"})

_EMAIL = re.compile(r"[^@\s,;<>\"()]+@[^@\s,;<>\"()]+\.[^@\s,;<>\"().]{2,}")


class CustomerNotFound(NotFound):
    code, title = "CUSTOMER_NOT_FOUND", N_("We do not know this customer.")


class CustomerInvalid(Invalid):
    code, title = "INVALID_CUSTOMER", N_("Some entries about the customer are not valid.")


class CustomerKnown(Invalid):
    """Somebody with the same phone or mail address is known: perhaps the same person."""

    status, code, title = 409, "CUSTOMER_KNOWN", N_("This customer may be known already.")


async def create(db: Db, draft: CustomerDraft, *, twin_allowed: bool = True) -> Customer:
    """A new customer. Raises `CustomerInvalid`, or `CustomerKnown` unless twins are allowed."""
    facts = read(draft)
    if not twin_allowed:
        await _must_be_new(db, facts)
    customer = Customer(**facts)
    db.add(customer)
    await db.flush()
    _add_words(db, customer)
    note(db, "customer.created", str(customer.id))
    await db.flush()
    return customer


async def update(db: Db, customer: Customer, draft: CustomerDraft) -> None:
    """Raises `CustomerInvalid`; then the customer is as it was."""
    facts = read(draft)
    changed = {field for field, value in facts.items() if getattr(customer, field) != value}
    for field, value in facts.items():
        setattr(customer, field, value)
    if changed & {"name", "company"}:
        await db.execute(delete(CustomerWord).where(CustomerWord.customer_id == customer.id))
        _add_words(db, customer)
    if changed:
        fields = sorted(field for field in changed if not field.endswith("_key"))
        note(db, "customer.changed", str(customer.id), fields=fields)
    await db.flush()


async def get(db: Db, customer_id: UUID) -> Customer:
    """Raises `CustomerNotFound`."""
    found = await db.scalar(select(Customer).where(Customer.id == customer_id))
    if found is None:
        raise CustomerNotFound
    return found


async def find_by_contact(db: Db, *, email: str = "", phone: str = "") -> Sequence[Customer]:
    """Who has this mail address or this number, however they are written; the oldest first."""
    number = phone_key(phone) if phone else None
    same = [Customer.email_key == email.strip().lower()] if email.strip() else []
    same += [Customer.phone_key == number] if number else []
    if not same:
        return []
    query = select(Customer).where(or_(*same)).order_by(Customer.id).limit(20)
    return (await db.scalars(query)).all()


async def list_customers(
    db: Db, *, after: str | None = None, before: str | None = None, limit: int = 50
) -> Page[Any]:
    """Rows of (Customer, how many vehicles) by name."""
    vehicles = (
        select(func.count(Vehicle.id))
        .join(Ownership, Ownership.vehicle_id == Vehicle.id)
        .where(Ownership.customer_id == Customer.id, Ownership.valid_to.is_(None))
        .scalar_subquery()
    )
    order = (Customer.name_key, Customer.id)
    query = select(Customer, vehicles.label("vehicles"))
    return await page_of(db, query, *order, after=after, before=before, limit=limit)


def draft_of(customer: Customer) -> CustomerDraft:
    """What a form shows of a stored customer."""
    fields = [field.name for field in msgspec.structs.fields(CustomerDraft)]
    return CustomerDraft(**{field: str(getattr(customer, field)) for field in fields})


def prepare(facts: dict[str, Any]) -> tuple[Customer, list[CustomerWord]]:
    """A customer of columns that `read` gave, and its words, for whoever stores many at once."""
    customer = Customer(id=new_id(), **facts)
    return customer, _words_of(customer)


def read(draft: CustomerDraft) -> dict[str, Any]:
    """The columns. Raises `CustomerInvalid` with all mistakes."""
    reading = Reading(CustomerInvalid)
    facts: dict[str, Any] = {
        "salutation": reading.one_of("salutation", draft.salutation, Salutation, Salutation.NONE),
        "name": reading.line("name", draft.name, 120),
        "company": reading.line("company", draft.company, 120),
        "email": reading.line("email", draft.email, 254),
        "phone": reading.line("phone", draft.phone, 40),
        "street": reading.line("street", draft.street, 120),
        "postcode": reading.line("postcode", draft.postcode, 10),
        "city": reading.line("city", draft.city, 80),
        "note": reading.text("note", draft.note),
        "locale": draft.locale if draft.locale in SPOKEN else "de",
    }
    facts["name_key"] = _sort_key(facts)
    facts["email_key"] = facts["email"].lower() or None
    facts["phone_key"] = phone_key(facts["phone"]) if facts["phone"] else None
    _judge(reading, facts)
    reading.end()
    return facts


def _judge(reading: Reading, facts: dict[str, Any]) -> None:
    if not facts["name"] and not facts["company"]:
        reading.refuse("name", "NAME_MISSING", _("Please enter a name or a company."))
    if facts["email"] and not _EMAIL.fullmatch(facts["email"]):
        reading.refuse("email", "NOT_AN_EMAIL", _("Please check this e-mail address."))
    if facts["phone"] and facts["phone_key"] is None:
        reading.refuse(
            "phone", "NOT_A_PHONE", _("This cannot be a phone number. Area code forgotten?")
        )


def _sort_key(facts: dict[str, Any]) -> str:
    """As a list is sorted: the company, else the last word of the name first."""
    if facts["company"]:
        return name_key(facts["company"])[:250]
    words = name_key(facts["name"]).split()
    return " ".join(words[-1:] + words[:-1])[:250]


def _add_words(db: Db, customer: Customer) -> None:
    db.add_all(_words_of(customer))


def _words_of(customer: Customer) -> list[CustomerWord]:
    words = {word[:120] for word in name_words(f"{customer.name} {customer.company}")}
    return [CustomerWord(customer_id=customer.id, word=word) for word in sorted(words)]


async def _must_be_new(db: Db, facts: dict[str, Any]) -> None:
    known = await find_by_contact(db, email=facts["email"], phone=facts["phone"])
    if not known:
        return
    reading = Reading(CustomerKnown)
    same_mail = known[0].email_key == facts["email_key"] and facts["email_key"] is not None
    reading.refuse(
        "email" if same_mail else "phone",
        "CUSTOMER_KNOWN",
        _("%(name)s is known with this contact.", name=known[0].title),
    )
    reading.end(known=[{"id": str(one.id), "name": one.title} for one in known])
