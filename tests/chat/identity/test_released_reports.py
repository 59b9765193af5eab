"""What the workshop released about a scan is read by its verified owner, and by nobody else."""

from datetime import timedelta

import pytest
from sqlalchemy import update

from portal.chat.assistant import own_vehicle
from portal.chat.assistant.speech import Verified
from portal.kit import clock
from portal.tenants.boundary import inside
from portal.tenants.permissions import Role
from portal.vehicles import ownerships
from portal.vehicles.models import Vehicle
from tests.diagnostics.test_reports import VIN, Desk, recordings
from tests.diagnostics.test_scans import STARTED, upload
from tests.makers.identity import a_verified_guest, an_owner
from tests.makers.vehicles import a_customer


async def at_the_report(parts, shop, device, signed_in, desk):
    """A mechanic at the report of a scan of that owner's car."""
    owner = await an_owner(parts, shop)
    async with inside(parts, shop.id) as db:
        renamed = update(Vehicle).where(Vehicle.id == owner.vehicle.id)
        await db.execute(renamed.values(vin=VIN, vin_key=VIN[::-1]))
    made = recordings.adapter_scan(
        vin=VIN, started_at=STARTED, seed=1, stored=["P0171"], duration_s=20
    )
    scan_id = (await upload(device, shop, made.data, made.name)).json()["id"]
    await desk.deliver()
    mechanic = await signed_in(shop, Role.MECHANIC)
    return owner, Desk(parts, shop, mechanic, scan_id, owner.vehicle.id)


async def test_a_released_report_is_linked_and_a_draft_is_not(
    client, shop, parts, device, signed_in, desk
):
    _owner, mechanic = await at_the_report(parts, shop, device, signed_in, desk)
    guest = await a_verified_guest(client, shop, desk)
    before = (await guest.history())[-1]
    assert "Diagnosebericht" not in before["text"]
    assert "P0171" not in str(before)
    await mechanic.release()
    await guest.say("Was wurde letztes Mal an meinem Auto gemacht?")
    after = (await guest.history())[-1]
    address = after["text"].partition("[Bericht öffnen](")[2].rstrip(")")
    page = await client.get("/r/" + address.partition("/r/")[2])
    assert page.status_code == 200
    assert "P0171" in page.text
    assert any(source["kind"] == "report" for source in after["sources"])
    assert after["cards"][0]["reports"][0]["address"] == address


@pytest.mark.parametrize(
    "asked",
    ["Was hat die Diagnose an meinem Auto ergeben?", "Was haben Sie an meinem Wagen gefunden?"],
)
async def test_who_asks_what_was_found_hears_of_the_report_and_of_no_price(
    asked, client, shop, parts, device, signed_in, desk
):
    _owner, mechanic = await at_the_report(parts, shop, device, signed_in, desk)
    guest = await a_verified_guest(client, shop, desk)
    await mechanic.release()
    await guest.say(asked)
    assert "[Bericht öffnen](" in (await guest.history())[-1]["text"]


async def test_a_report_of_an_earlier_owner_is_not_shown_to_the_next(
    parts, shop, device, signed_in, desk
):
    owner, mechanic = await at_the_report(parts, shop, device, signed_in, desk)
    await mechanic.release()
    today = clock.local(clock.now()).date()
    async with inside(parts, shop.id) as db:
        buyer = await a_customer(db, name="Karl Käufer")
        await ownerships.begin(db, owner.vehicle, buyer, since=today + timedelta(days=1))
    async with inside(parts, shop.id) as db:
        verified = Verified(vehicle_id=owner.vehicle.id, customer_id=buyer.id)
        assert (await own_vehicle.find(db, verified)).reports == ()
        seller = Verified(vehicle_id=owner.vehicle.id, customer_id=owner.customer.id)
        assert len((await own_vehicle.find(db, seller)).reports) == 1
