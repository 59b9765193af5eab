"""What the law wants known about customers, read for many at once."""

from collections.abc import Collection
from typing import Any
from uuid import UUID

import msgspec
from sqlalchemy import ScalarSelect, and_, func, literal_column, or_, select
from sqlalchemy.orm import InstrumentedAttribute

from portal.campaigns.basis import Decision, LegalFacts, Why, decide
from portal.campaigns.models import CampaignRules, Channel, Consent, ContactNotice, Objection
from portal.kit import clock
from portal.kit.db import Db
from portal.kit.sms import mobile_number
from portal.vehicles.history import MAINTENANCE
from portal.vehicles.models import Customer, HistoryEntry, Ownership, Provenance

NOBODY = LegalFacts()
OWN_WORK = (Provenance.DOCUMENTED, Provenance.IMPORTED)


class Judge:
    """Decides for customers whose facts were read; knows the workshop's rules."""

    def __init__(self, facts: dict[UUID, LegalFacts], customer_years: int) -> None:
        self.facts = facts
        self.customer_years = customer_years
        self.today = clock.local(clock.now()).date()

    def decide(self, customer: Customer | None, channel: Channel) -> Decision:
        if customer is None:
            return Decision(why=Why.NO_KEEPER)
        return decide(
            self.facts.get(customer.id, NOBODY),
            channel,
            address_of(customer, channel),
            today=self.today,
            customer_years=self.customer_years,
        )


async def read(db: Db, customer_ids: Collection[UUID]) -> Judge:
    """One statement for all of them."""
    years = func.coalesce(select(CampaignRules.customer_years).limit(1).scalar_subquery(), 3)
    query = select(
        Customer.id,
        _all(Consent, "id", "channel", "given_at", "withdrawn_at", "wording_version", "how"),
        _all(ContactNotice, "id", "channel", "address", "told_on", "wording_version", "how"),
        _all(Objection, "id", "channel", "objected_at", "lifted_at", "how"),
        _last_service(),
        years,
    ).where(Customer.id.in_(customer_ids))
    facts, customer_years = {}, 3
    for customer_id, consents, notices, objections, last, years_set in await db.execute(query):
        customer_years = years_set
        raw = {"consents": consents, "notices": notices, "objections": objections}
        found = msgspec.convert(raw, LegalFacts)
        facts[customer_id] = msgspec.structs.replace(found, last_service_on=last)
    return Judge(facts, customer_years)


def address_of(customer: Customer, channel: Channel) -> str:
    """Where a message on this channel would go; blank when nowhere."""
    if channel is Channel.MAIL:
        return customer.email
    if channel is Channel.SMS:
        return mobile_number(customer.phone) or ""
    return customer.address if customer.street and customer.city else ""


def _all(table: type[Any], *names: str) -> ScalarSelect[Any]:
    columns: list[InstrumentedAttribute[Any]] = [getattr(table, name) for name in names]
    pairs: list[Any] = []
    for column in columns:
        pairs += [literal_column(f"'{column.key}'"), column]
    rows = func.jsonb_agg(func.jsonb_build_object(*pairs))
    found = select(rows).where(table.customer_id == Customer.id).correlate(Customer)
    return select(
        func.coalesce(found.scalar_subquery(), func.jsonb_build_array())
    ).scalar_subquery()


def _last_service() -> ScalarSelect[Any]:
    """Own work on a vehicle while it was the customer's."""
    day = HistoryEntry.happened_on
    theirs = and_(
        Ownership.vehicle_id == HistoryEntry.vehicle_id,
        or_(Ownership.valid_from.is_(None), day >= Ownership.valid_from),
        or_(Ownership.valid_to.is_(None), day < Ownership.valid_to),
    )
    return (
        select(func.max(day))
        .join(Ownership, theirs)
        .where(
            Ownership.customer_id == Customer.id,
            HistoryEntry.kind.in_(MAINTENANCE),
            HistoryEntry.provenance.in_(OWN_WORK),
        )
        .correlate(Customer)
        .scalar_subquery()
    )
