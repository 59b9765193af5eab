"""An inspection in the history changes the next HU only when somebody says what came out."""

from datetime import timedelta

import pytest

from portal.kit import clock
from portal.tenants.boundary import inside
from portal.tenants.permissions import Role
from portal.vehicles import history, hu, inspections, vehicles
from portal.vehicles.hu import Month
from portal.vehicles.inspections import InspectionUnknown, Result
from portal.vehicles.models import HistoryEntry, HistoryKind
from tests.makers.vehicles import a_vehicle

TODAY = clock.local(clock.now()).date()


async def inspected(db, vehicle, day, kind=HistoryKind.INSPECTION):
    entry_id = await history.record(db, vehicle, kind=kind, happened_on=day, title="HU und AU")
    return await db.get(HistoryEntry, (vehicle.workshop_id, entry_id))


async def offered(db, vehicle):
    page = await history.list_entries(db, vehicle.id)
    return inspections.offer_of(vehicle, (row.HistoryEntry for row in page.items))


async def test_a_passed_hu_is_offered_and_taken_over_when_told(parts, shop):
    async with inside(parts, shop.id) as db:
        car = await a_vehicle(db, hu_due="2020-05")
        entry = await inspected(db, car, TODAY)
        offer = await offered(db, car)
        assert (offer.next_due, offer.is_retest) == (Month.of(TODAY).plus(24), False)
        assert car.hu_due == "2020-05"
        await inspections.judge(db, car, entry.id, Result.PASSED)
        assert car.hu_due == str(Month.of(TODAY).plus(24))
        assert await offered(db, car) is None


async def test_a_retest_in_time_counts_from_the_hu_that_found_the_defects(parts, shop):
    async with inside(parts, shop.id) as db:
        car = await a_vehicle(db, hu_class="for_hire")
        first = await inspected(db, car, TODAY - timedelta(days=25))
        await inspections.judge(db, car, first.id, Result.DEFECTS)
        assert car.hu_due is None
        assert car.retest_until == hu.retest_until(first.happened_on)
        again = await inspected(db, car, TODAY)
        offer = await offered(db, car)
        assert offer.is_retest
        await inspections.judge(db, car, again.id, Result.PASSED)
        assert car.hu_due == str(Month.of(first.happened_on).plus(12))
        assert car.defects_found_on is None


async def test_a_retest_that_comes_too_late_is_a_new_hu(parts, shop):
    async with inside(parts, shop.id) as db:
        car = await a_vehicle(db, first_registration="2015-01-02")
        first = await inspected(db, car, TODAY - timedelta(days=40))
        await inspections.judge(db, car, first.id, Result.DEFECTS)
        again = await inspected(db, car, TODAY)
        assert not (await offered(db, car)).is_retest
        await inspections.judge(db, car, again.id, Result.PASSED)
        assert car.hu_due == str(Month.of(TODAY).plus(24))


async def test_nothing_is_offered_for_what_says_nothing_new(parts, shop):
    async with inside(parts, shop.id) as db:
        known = await a_vehicle(db, plate="B-A 1", hu_due=str(Month.of(TODAY).plus(24)))
        await inspected(db, known, TODAY)
        old = await a_vehicle(db, plate="B-A 2")
        await inspected(db, old, TODAY - timedelta(days=91))
        moped = await a_vehicle(db, plate="B-A 3", hu_class="exempt")
        on_moped = await inspected(db, moped, TODAY)
        repaired = await a_vehicle(db, plate="B-A 4")
        await inspected(db, repaired, TODAY, HistoryKind.SERVICE)
        ignored = await a_vehicle(db, plate="B-A 5", hu_due="2020-05")
        entry = await inspected(db, ignored, TODAY)
        await inspections.judge(db, ignored, entry.id, Result.OTHER)
        assert ignored.hu_due == "2020-05"
        for car in (known, old, moped, repaired, ignored):
            assert await offered(db, car) is None, car.plate
        await inspections.judge(db, moped, on_moped.id, Result.PASSED)
        assert moped.hu_due is None


async def test_only_an_inspection_of_this_vehicle_can_be_judged(parts, shop):
    async with inside(parts, shop.id) as db:
        car = await a_vehicle(db, plate="B-A 1")
        other = await a_vehicle(db, plate="B-A 2")
        foreign = await inspected(db, other, TODAY)
        repair = await inspected(db, car, TODAY, HistoryKind.SERVICE)
        for entry in (foreign, repair):
            with pytest.raises(InspectionUnknown):
                await inspections.judge(db, car, entry.id, Result.PASSED)


async def test_the_page_asks_and_a_button_answers(parts, shop, signed_in):
    async with inside(parts, shop.id) as db:
        car = await a_vehicle(db, hu_due="2020-05")
        entry = await inspected(db, car, TODAY)
    home = f"{shop.home}/vehicles/{car.id}"
    mechanic = await signed_in(shop, Role.MECHANIC)
    assert f'value="{entry.id}"' in (await mechanic.get(home)).text
    bookkeeper = await signed_in(shop, Role.BOOKKEEPER)
    assert f'value="{entry.id}"' not in (await bookkeeper.get(home)).text
    typed = {"entry": str(entry.id), "result": "passed"}
    assert (await bookkeeper.post(f"{home}/inspection-result", data=typed)).status_code == 403
    answer = await mechanic.post(f"{home}/inspection-result", data=typed)
    assert answer.status_code == 303
    assert f'value="{entry.id}"' not in (await mechanic.get(home)).text
    async with inside(parts, shop.id) as db:
        kept = await vehicles.get(db, car.id)
        assert kept.vehicle.hu_due == str(Month.of(TODAY).plus(24))
