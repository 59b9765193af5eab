"""The waiting list and the withdrawals on staff's screens."""

import re

import pytest
from sqlalchemy import select

from portal.bookings import waitlist, withdrawals
from portal.bookings.models import Waiting, WaitlistEntry, WaitlistInvitation, Withdrawal
from portal.bookings.waitlist import WaitDraft
from portal.kit import clock
from portal.tenants.boundary import inside
from portal.tenants.permissions import Role
from tests.makers.bookings import a_calendar, a_service
from tests.makers.public import in_days
from tests.makers.vehicles import a_customer

TIME = re.compile(r'name="time" value="([^"]+)"')


@pytest.fixture
async def service(parts, shop):
    async with inside(parts, shop.id) as db:
        await a_calendar(db)
        return await a_service(db, bookable_online=False)


@pytest.fixture
async def home(shop):
    return f"{shop.home}/bookings/waitlist"


async def entries(parts, shop):
    async with inside(parts, shop.id) as db:
        return (await db.scalars(select(WaitlistEntry))).all()


async def wait(parts, shop, service):
    async with inside(parts, shop.id) as db:
        customer = await a_customer(db, name="Willi Wartet", email="willi@example.de")
        first, last = (clock.local(in_days(days, 9)).date() for days in (1, 6))
        draft = WaitDraft(
            customer_id=customer.id, service_ids=[service.id], from_day=first, to_day=last
        )
        return await waitlist.join(db, draft)


async def test_staff_adds_and_removes_somebody(signed_in, parts, shop, home, service):
    browser = await signed_in(shop, Role.ADVISOR)
    assert (await browser.get(home + "/new")).status_code == 200
    data = {"name": "Willi Wartet", "phone": "030 55667788", "services_chosen": str(service.id)}
    assert (await browser.post(home, data=data)).status_code == 303
    (entry,) = await entries(parts, shop)
    assert entry.service_ids == [service.id]
    page = await browser.get(home)
    assert "Willi Wartet" in page.text
    assert (await browser.post(f"{home}/{entry.id}/removal")).status_code == 303
    (entry,) = await entries(parts, shop)
    assert entry.state == Waiting.WITHDRAWN


async def test_a_form_with_mistakes_is_shown_again(signed_in, parts, shop, home, service):
    browser = await signed_in(shop, Role.ADVISOR)
    answer = await browser.post(home, data={"name": "", "wishes": "bleibt stehen"})
    assert answer.status_code == 422
    assert "bleibt stehen" in answer.text
    assert await entries(parts, shop) == []


async def test_staff_offers_a_free_time(signed_in, parts, shop, home, service):
    entry = await wait(parts, shop, service)
    browser = await signed_in(shop, Role.ADVISOR)
    times = TIME.findall((await browser.get(f"{home}/{entry.id}/offer")).text)
    answer = await browser.post(f"{home}/{entry.id}/offer", data={"time": times[5]})
    assert answer.status_code == 303
    async with inside(parts, shop.id) as db:
        (invitation,) = (await db.scalars(select(WaitlistInvitation))).all()
    assert invitation.entry_id == entry.id
    assert f"{entry.id}/offer" not in (await browser.get(home)).text
    for value in ("", "x", "2020-01-01T08:00:00Z", "2026-11-24T08:00:00"):
        answer = await browser.post(f"{home}/{entry.id}/offer", data={"time": value})
        assert answer.status_code == 409


async def test_a_mechanic_reads_and_changes_nothing(signed_in, parts, shop, home, service):
    entry = await wait(parts, shop, service)
    browser = await signed_in(shop, Role.MECHANIC)
    page = await browser.get(home)
    assert page.status_code == 200
    assert "removal" not in page.text
    assert (await browser.post(f"{home}/{entry.id}/removal")).status_code == 403


async def test_withdrawals_are_listed_and_ticked_off(signed_in, parts, shop):
    async with inside(parts, shop.id) as db:
        declared = await withdrawals.declare(db, "Erika", "weiß nicht mehr", "e@example.de")
    browser = await signed_in(shop, Role.ADVISOR)
    path = f"{shop.home}/bookings/withdrawals"
    assert "weiß nicht mehr" in (await browser.get(path)).text
    assert (await browser.post(f"{path}/{declared.id}/handling")).status_code == 303
    async with inside(parts, shop.id) as db:
        (row,) = (await db.scalars(select(Withdrawal))).all()
    assert row.handled_by.startswith("Advisor")
