"""An appointment made from the panel beside a conversation, by hand and once."""

import re

import pytest
from playwright.async_api import expect
from sqlalchemy import func, select

from portal.bookings.models import Appointment
from portal.tenants.boundary import inside
from portal.tenants.permissions import Role
from tests.makers.bookings import a_calendar, a_service
from tests.makers.chat import Script, a_guest, scripted
from tests.makers.desks import arrive, at_the_desk
from tests.makers.vehicles import a_customer, a_vehicle

pytestmark = pytest.mark.browser

SIZES = [{"width": 1440, "height": 900}, {"width": 390, "height": 844}]


@pytest.mark.parametrize("viewport", SIZES, ids=["desktop", "phone"])
async def test_an_appointment_is_made_from_the_panel_and_stands_in_it(
    parts, browser, shop, address, client, viewport
):
    async with inside(parts, shop.id) as db:
        await a_calendar(db)
        await a_service(db, name="Ölwechsel")
        keeper = await a_customer(db, name="Anja Petersen", phone="0171 3920014")
        await a_vehicle(db, plate="B-AP 4417", keeper=keeper)
    guest = await a_guest(client, shop)
    with scripted(Script()):
        await guest.say("Mein B-AP 4417 braucht einen Ölwechsel")
    page = await at_the_desk(parts, browser, shop, address, Role.ADVISOR, viewport=viewport)
    await arrive(page, f"{address}{shop.home}/inbox/{guest.conversation_id}")
    if viewport["width"] < 800:
        await page.locator("#conversation-head [data-pane=aside]").click()
    await page.get_by_role("link", name="Termin anlegen").click()
    await expect(page.locator("[data-who]:checked")).to_have_count(1)
    await expect(page.locator(".found__one", has=page.locator(":checked"))).to_contain_text(
        "Anja Petersen"
    )
    await expect(page.get_by_label("Interne Notiz")).to_have_value(re.compile("Ölwechsel"))
    await page.locator("#new-when label", has_text="Ölwechsel").click()
    await expect(page.locator("input[name=at]").first).to_be_attached()
    await page.get_by_role("button", name="Buchen").click()
    await expect(page).to_have_url(re.compile(rf"/inbox/{guest.conversation_id}$"))
    await expect(page.locator("#visitor-bookings")).to_contain_text("Bestätigt")
    async with inside(parts, shop.id) as db:
        made = (await db.scalars(select(Appointment))).one()
        assert await db.scalar(select(func.count()).select_from(Appointment)) == 1
    assert (made.customer_id, made.source_id) == (keeper.id, guest.conversation_id)
