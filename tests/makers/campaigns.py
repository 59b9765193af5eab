"""Customers who may (not) be reminded, and vehicles whose HU is due."""

import secrets
from datetime import timedelta

from portal.campaigns import campaigns, permits
from portal.campaigns.campaigns import CampaignDraft
from portal.campaigns.due_list import Due, month_of
from portal.campaigns.models import Channel
from portal.campaigns.texts import Letterhead
from portal.kit import clock
from portal.tenants import workshops
from portal.vehicles import history
from portal.vehicles.models import HistoryKind
from tests.makers.vehicles import a_customer, a_vehicle

TODAY = clock.local(clock.now()).date()
TEXT = "{anrede}\n\n{fahrzeug} {kennzeichen} ist {faelligkeit}.\n{terminlink}\n{werkstatt}"


async def a_due_vehicle(db, *, part=Due.NEXT, name="Erika Mustermann", plate="B-KF 1234", **facts):
    """A keeper with a mail address and a vehicle due in that part; nobody was asked anything."""
    vehicle_facts = {"hu_due": str(month_of(part)), "plate": plate}
    for field in ("hu_class", "hu_due", "make", "model"):
        if field in facts:
            vehicle_facts[field] = facts.pop(field)
    contact = {"email": f"{secrets.token_hex(4)}@kunde.example", "salutation": "ms", **facts}
    keeper = await a_customer(db, name=name, **contact)
    vehicle = await a_vehicle(db, keeper=keeper, **vehicle_facts)
    return vehicle, keeper


async def agreed(db, keeper, channel=Channel.MAIL):
    return await permits.consent(db, keeper, channel, how="Auftragsformular")


async def served(db, vehicle, *, days_ago=200):
    """Own work in the history."""
    day = TODAY - timedelta(days=days_ago)
    return await history.record(
        db, vehicle, kind=HistoryKind.SERVICE, happened_on=day, title="Ölwechsel"
    )


async def head_of(db, shop):
    return Letterhead.of(shop.slug, await workshops.get_profile(db))


async def a_campaign(db, shop, *, vehicles=None, channel=Channel.MAIL, due=Due.NEXT, body=TEXT):
    draft = CampaignDraft(
        title="HU im nächsten Monat",
        due=due,
        channel=channel,
        subject="HU {kennzeichen}",
        body=body,
        chosen=None if vehicles is None else frozenset(vehicle.id for vehicle in vehicles),
    )
    return await campaigns.start(db, draft, await head_of(db, shop))
