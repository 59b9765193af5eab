from datetime import date

import pytest

from portal.tenants.boundary import inside
from portal.vehicles import history, ownerships
from portal.vehicles.models import HistoryKind, OwnershipRole
from tests.makers.vehicles import a_customer, a_vehicle

SOLD = date(2025, 6, 1)


@pytest.fixture
async def sold(parts, shop):
    """A vehicle that changed hands, with a visit before, on and after the day."""
    async with inside(parts, shop.id) as db:
        seller, buyer = await a_customer(db, name="Alt"), await a_customer(db, name="Neu")
        vehicle = await a_vehicle(db, keeper=seller)
        await ownerships.begin(db, vehicle, buyer, since=SOLD)
        for day in (date(2024, 1, 1), SOLD, date(2026, 1, 1)):
            await history.record(
                db, vehicle, kind=HistoryKind.SERVICE, happened_on=day, title=str(day)
            )
    return vehicle, seller, buyer


async def titles(parts, shop, vehicle, customer):
    async with inside(parts, shop.id) as db:
        page = await history.list_entries(db, vehicle.id, known_to=customer.id)
    return [row.HistoryEntry.title for row in page.items]


async def test_history_is_cut_by_the_time_of_each_keeper(parts, shop, sold):
    vehicle, seller, buyer = sold
    assert await titles(parts, shop, vehicle, seller) == ["2024-01-01"]
    assert await titles(parts, shop, vehicle, buyer) == ["2026-01-01", "2025-06-01"]


async def test_who_never_kept_a_vehicle_learns_nothing(parts, shop, sold):
    async with inside(parts, shop.id) as db:
        driver = await a_customer(db, name="Fahrer")
        await ownerships.begin(db, sold[0], driver, role=OwnershipRole.DRIVER)
    assert await titles(parts, shop, sold[0], driver) == []


async def test_a_hand_over_before_the_present_time_began_is_refused(parts, shop, sold):
    with pytest.raises(ownerships.OwnershipOverlaps):
        async with inside(parts, shop.id) as db:
            await ownerships.begin(db, sold[0], sold[1], since=date(2020, 1, 1))


async def test_the_same_source_is_entered_once(parts, shop, sold):
    source = history.Source("scan", "Auslesung", sold[0].id)
    facts = {"kind": HistoryKind.DIAGNOSTICS, "happened_on": SOLD, "title": "x", "source": source}
    async with inside(parts, shop.id) as db:
        assert await history.record(db, sold[0], **facts) is not None
        assert await history.record(db, sold[0], **facts) is None


async def test_history_cannot_be_rewritten(parts, shop, sold):
    with pytest.raises(Exception, match="permission denied"):
        async with inside(parts, shop.id) as db:
            page = await history.list_entries(db, sold[0].id)
            page.items[0].HistoryEntry.title = "nichts gewesen"
