"""Whose HU is due, with everything one needs to know before writing."""

from datetime import timedelta

import pytest

from portal.bookings.models import State
from portal.campaigns import due_list, legal_facts, permits
from portal.campaigns.basis import Why
from portal.campaigns.due_list import Due, Filter, month_of
from portal.campaigns.models import Basis, Channel
from portal.kit import clock
from portal.tenants.boundary import inside
from portal.vehicles import ownerships
from portal.vehicles.hu import Month
from tests.makers.bookings import a_service, an_appointment
from tests.makers.campaigns import TODAY, a_campaign, a_due_vehicle, agreed, served
from tests.makers.vehicles import a_customer, a_vehicle


def plates(found):
    return [one.vehicle.plate for one in found]


async def test_each_part_of_the_list_has_its_month(parts, shop):
    async with inside(parts, shop.id) as db:
        for number, part in enumerate((Due.OVERDUE, Due.THIS, Due.NEXT, Due.LATER)):
            await a_due_vehicle(db, part=part, plate=f"B-A {number + 1}")
        await a_due_vehicle(db, plate="B-A 5", hu_due=str(month_of(Due.THIS).plus(-9)))
        await a_due_vehicle(db, plate="B-A 6", hu_due=str(month_of(Due.LATER).plus(1)))
        failed, _keeper = await a_due_vehicle(db, plate="B-A 7", hu_due="")
        failed.defects_found_on = TODAY
        await db.flush()
        assert plates(await due_list.load(db, Filter(Due.OVERDUE))) == ["B-A 5", "B-A 1"]
        assert plates(await due_list.load(db, Filter(Due.THIS))) == ["B-A 2"]
        assert plates(await due_list.load(db, Filter(Due.NEXT))) == ["B-A 3"]
        assert plates(await due_list.load(db, Filter(Due.LATER))) == ["B-A 4"]
        retests = await due_list.load(db, Filter(Due.RETEST))
        assert plates(retests) == ["B-A 7"]
        assert not retests[0].is_extended
        assert await due_list.count(db) == {
            Due.OVERDUE: 2, Due.THIS: 1, Due.NEXT: 1, Due.LATER: 1, Due.RETEST: 1,
        }  # fmt: skip
        late, soon = await due_list.load(db, Filter(Due.OVERDUE))
        assert (late.is_extended, soon.is_extended) == (True, False)


async def test_a_season_plate_stands_in_the_month_in_which_it_may_drive(parts, shop):
    this, later = month_of(Due.THIS), month_of(Due.LATER)
    first, last = later.month, later.plus(4).month
    async with inside(parts, shop.id) as db:
        plate = f"B-KF 12 {first:02}/{last:02}"
        await a_due_vehicle(db, plate=plate, hu_due=str(this))
        assert await due_list.load(db, Filter(Due.THIS)) == []
        found = await due_list.load(db, Filter(Due.LATER))
        assert [(one.vehicle.plate, one.due_month) for one in found] == [(plate, str(later))]


async def test_the_list_can_be_cut_by_class_and_by_whom_one_may_write(parts, shop):
    async with inside(parts, shop.id) as db:
        _car, keeper = await a_due_vehicle(db, plate="B-A 1")
        await a_due_vehicle(db, plate="B-A 2", hu_class="motorcycle")
        await agreed(db, keeper)
        assert plates(await due_list.load(db, Filter(hu_class="motorcycle"))) == ["B-A 2"]
        assert plates(await due_list.load(db, Filter(contact="mail"))) == ["B-A 1"]
        assert plates(await due_list.load(db, Filter(contact="none"))) == ["B-A 2"]
        assert plates(await due_list.load(db, Filter(contact="sms"))) == []


async def test_a_line_knows_last_visit_appointment_and_reminder(parts, shop):
    async with inside(parts, shop.id) as db:
        car, keeper = await a_due_vehicle(db)
        await agreed(db, keeper)
        await served(db, car, days_ago=100)
        (one,) = await due_list.load(db, Filter())
        assert one.last_visit == TODAY - timedelta(days=100)
        assert one.appointment_code is None
        assert one.decision(Channel.MAIL).basis is Basis.CONSENT
        soon = clock.now() + timedelta(days=3)
        oil = await a_service(db)
        await an_appointment(db, soon, services=[oil], vehicle_id=car.id)
        (one,) = await due_list.load(db, Filter())
        assert one.appointment_code is None
        inspection = await a_service(db, "Vorführung", needs_inspector=True)
        booked = await an_appointment(
            db, soon + timedelta(days=1), services=[inspection], vehicle_id=car.id
        )
        (one,) = await due_list.load(db, Filter())
        assert (one.appointment_code, one.appointment_at) == (booked.code, booked.starts_at)
        assert one.decision(Channel.MAIL).why is Why.BOOKED
        booked.state = State.CANCELLED
        await db.flush()
        await a_campaign(db, shop)
        (one,) = await due_list.load(db, Filter())
        assert one.decision(Channel.MAIL).why is Why.REMINDED


async def test_a_vehicle_without_a_keeper_is_listed_and_not_written_to(parts, shop):
    async with inside(parts, shop.id) as db:
        await a_vehicle(db, hu_due=str(month_of(Due.NEXT)))
        (one,) = await due_list.load(db, Filter())
        assert one.keeper is None
        assert one.decision(Channel.LETTER).why is Why.NO_KEEPER
        assert one.channels == []


async def test_own_work_counts_only_while_the_vehicle_was_the_customers(parts, shop):
    async with inside(parts, shop.id) as db:
        car = await a_vehicle(db)
        former = await a_customer(db, name="Früher", email="frueher@kunde.example")
        present = await a_customer(db, name="Heute", email="heute@kunde.example")
        await ownerships.begin(db, car, former)
        await served(db, car, days_ago=100)
        await ownerships.begin(db, car, present, since=TODAY - timedelta(days=50))
        for keeper in (former, present):
            await permits.told(db, keeper, Channel.MAIL, how="Auftrag", told_on=TODAY)
        judge = await legal_facts.read(db, [former.id, present.id])
        assert judge.decide(former, Channel.MAIL).basis is Basis.EXISTING_CUSTOMER
        assert judge.decide(present, Channel.MAIL).why is Why.NO_SERVICE


@pytest.mark.parametrize(
    ("phone", "lawful"),
    [("0171 1234567", True), ("030 1234567", False), ("", False)],
)
async def test_a_text_message_needs_a_mobile_number(parts, shop, phone, lawful):
    async with inside(parts, shop.id) as db:
        keeper = await a_customer(db, phone=phone)
        await agreed(db, keeper, Channel.SMS)
        judge = await legal_facts.read(db, [keeper.id])
        assert judge.decide(keeper, Channel.SMS).is_lawful is lawful


async def test_another_workshop_sees_none_of_it(parts, shop, other_shop):
    async with inside(parts, shop.id) as db:
        _car, keeper = await a_due_vehicle(db)
    async with inside(parts, other_shop.id) as db:
        assert await due_list.load(db, Filter()) == []
        assert (await legal_facts.read(db, [keeper.id])).facts == {}


def test_parts_are_months():
    assert month_of(Due.THIS, TODAY) == Month.of(TODAY)
    assert month_of(Due.OVERDUE, TODAY) == Month.of(TODAY).plus(-1)
