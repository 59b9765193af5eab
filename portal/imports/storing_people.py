"""Customers of a batch: found or entered, and changed where that is wanted."""

import msgspec

from portal.imports import marks
from portal.imports.batch import Batch, Outcome
from portal.imports.entries import CustomerPart, Entry
from portal.imports.known import CUSTOMERS, line_key, number_key
from portal.kit.errors import Invalid
from portal.kit.text import _
from portal.tenants.audit import note
from portal.vehicles import customers
from portal.vehicles.forms import CustomerDraft
from portal.vehicles.models import Customer
from portal.vehicles.search_keys import name_key

_NEVER_CHANGED = frozenset({"locale", "note"})


async def store(batch: Batch, entry: Entry, part: CustomerPart) -> tuple[Customer | None, Outcome]:
    """The customer that the line names; None when it only gives a number that nobody has."""
    found = batch.known.find_customer(part, entry.digest)
    if found is None and entry.vehicle is not None:
        found = batch.known.find_keeper(entry.vehicle, part)
    if found is None:
        if not part.facts:
            reason = _("No customer with this number is known.")
            entry.warn("customer_number", part.number, reason)
            return None, Outcome.UNCHANGED
        found, words = customers.prepare(part.facts)
        batch.add(0, found)
        batch.add(2, *words)
        note(batch.db, "customer.created", str(found.id), by="import")
        batch.known.add_customer(found)
        batch.made(entry, found, found.title)
        outcome = Outcome.CREATED
    else:
        outcome = await _change(batch, entry, found, part)
    batch.name(CUSTOMERS, number_key(part.number), found.id)
    if part.facts:
        batch.name(CUSTOMERS, line_key(entry.digest), found.id)
    return found, outcome


async def _change(batch: Batch, entry: Entry, customer: Customer, part: CustomerPart) -> Outcome:
    if not batch.updates or not part.facts:
        return Outcome.UNCHANGED
    before = marks.snapshot(customer)
    merged = _merged(customers.draft_of(customer), part.draft)
    if merged == customers.draft_of(customer):
        return Outcome.UNCHANGED
    await batch.settle()
    try:
        await customers.update(batch.db, customer, merged)
    except Invalid as problem:
        for error in problem.errors:
            entry.warn(error.field, "", error.message)
        return Outcome.UNCHANGED
    await batch.changed(entry, customer, customer.title, before)
    batch.known.add_customer(customer)
    return Outcome.UPDATED


def _merged(stored: CustomerDraft, told: CustomerDraft) -> CustomerDraft:
    """What the file says replaces what we have; what it leaves blank stays."""
    values = {
        field: getattr(told, field)
        for field in CustomerDraft.__struct_fields__
        if field not in _NEVER_CHANGED and getattr(told, field)
    }
    if stored.company and name_key(told.name) == name_key(stored.company):
        values.pop("name", None)
    if told.note and told.note not in stored.note:
        values["note"] = f"{stored.note}\n{told.note}".strip()
    return msgspec.structs.replace(stored, **values)
