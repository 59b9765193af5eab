"""Who may be reminded of the HU, and on what grounds: some of each, as a counter collects them."""

import random
from datetime import date, datetime, time, timedelta

from sqlalchemy import select

from portal.campaigns import wordings
from portal.campaigns.models import (
    Channel,
    Consent,
    ContactNotice,
    Objection,
    WordingKind,
)
from portal.demo.people import ADVISOR, DemoShop
from portal.kit.clock import BERLIN
from portal.kit.db import Db
from portal.kit.text import _
from portal.vehicles.models import Customer

TOLD, AGREED, REFUSED = 0.55, 0.25, 0.05
"""Shares of the customers with an e-mail address; the rest was never asked."""
LONGEST_AGO = 400


async def fill(db: Db, shop: DemoShop, today: date) -> None:
    """Notices, consents and a few objections; the same day gives the same ones."""
    chance = random.Random(f"{shop.slug} reminders {today}")
    known = await wordings.current(db)
    query = select(Customer).where(Customer.email != "").order_by(Customer.email, Customer.id)
    for customer in await db.scalars(query):
        day = today - timedelta(days=chance.randrange(20, LONGEST_AGO))
        by, drawn = shop.people[ADVISOR], chance.random()
        if drawn < REFUSED:
            at = datetime.combine(day, time(11), BERLIN)
            db.add(Objection(customer_id=customer.id, objected_at=at, how=_("On the phone")))
        elif drawn < REFUSED + AGREED:
            db.add(_consent(customer, day, known[WordingKind.CONSENT].version, by))
        elif drawn < REFUSED + AGREED + TOLD:
            db.add(_notice(customer, day, known[WordingKind.NOTICE].version, by))


def _consent(customer: Customer, day: date, version: str, by: str) -> Consent:
    return Consent(
        customer_id=customer.id,
        purpose="reminders",
        channel=Channel.MAIL,
        given_at=datetime.combine(day, time(16, 30), BERLIN),
        how=_("Ticked and signed on the order form"),
        wording_version=version,
        recorded_by=by,
    )


def _notice(customer: Customer, day: date, version: str, by: str) -> ContactNotice:
    return ContactNotice(
        customer_id=customer.id,
        channel=Channel.MAIL,
        address=customer.email,
        told_on=day,
        how=_("Printed on the order form"),
        wording_version=version,
        recorded_by=by,
    )
