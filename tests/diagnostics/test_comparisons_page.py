"""Before and after, and the timeline of a vehicle: gone is said only where all codes were read."""

import re
from datetime import timedelta

import pytest

from portal.demo import recordings
from portal.tenants.boundary import inside
from portal.tenants.permissions import Role
from portal.worker import work_off
from tests.diagnostics.test_scan_pages import GEARBOX_SILENT, text_of
from tests.diagnostics.test_scans import STARTED, VIN, upload
from tests.makers.vehicles import a_vehicle

MISFIRE = {"stored": ["P0302"]}


@pytest.fixture
async def garage(parts, device, signed_in, shop):
    """Uploads scans of one vehicle, a day apart; gives the ids and a mechanic."""
    async with inside(parts, shop.id) as db:
        vehicle = await a_vehicle(db, vin=VIN)

    async def visits(*scans, change=None):
        ids = []
        for day, facts in enumerate(scans):
            made = recordings.adapter_scan(
                vin=VIN,
                started_at=STARTED + timedelta(days=day),
                seed=day,
                duration_s=20,
                **({"odometer_km": 50_000 + 100 * day} | facts),
            )
            data = change(made.data) if change and day == len(scans) - 1 else made.data
            ids.append((await upload(device, shop, data, made.name)).json()["id"])
            await work_off(parts)
        return ids, await signed_in(shop, Role.MECHANIC), vehicle.id

    return visits


async def test_a_repaired_fault_is_gone_and_the_kilometres_are_told(garage, shop):
    (_first, second), browser, _vehicle = await garage(MISFIRE, {})
    text = await text_of(browser, f"{shop.home}/diagnostics/{second}/comparison")
    assert "Fehlercodes: 1 weg, 0 neu, 0 noch da." in text
    assert "Dazwischen 100 km gefahren." in text
    assert re.search(r"P0302 .{0,80}weg", text)
    assert re.search(r"Verbrennungsaussetzer auffällig unauffällig", text)


async def test_codes_that_were_just_cleared_prove_no_repair(garage, shop):
    (_first, second), browser, _vehicle = await garage(MISFIRE, {"cleared_km": 5})
    text = await text_of(browser, f"{shop.home}/diagnostics/{second}/comparison")
    assert "beweist noch keine Reparatur" in text


async def test_what_was_not_read_is_not_gone(garage, shop):
    (_first, second), browser, _vehicle = await garage(
        {"gearbox_stored": ["P0700"]}, {}, change=lambda data: GEARBOX_SILENT.sub(rb"\1\2", data)
    )
    text = await text_of(browser, f"{shop.home}/diagnostics/{second}/comparison")
    assert "0 weg" in text
    assert "1 auf einer Seite nicht gelesen" in text


async def test_two_clean_scans_say_none_only_when_both_were_complete(garage, shop):
    (_first, second), browser, _vehicle = await garage(
        {}, {}, change=lambda data: GEARBOX_SILENT.sub(rb"\1\2", data)
    )
    text = await text_of(browser, f"{shop.home}/diagnostics/{second}/comparison")
    assert "In keiner der beiden Auslesungen ein Fehlercode" not in text
    assert "nicht vollständig gelesen" in text


async def test_another_scan_can_be_chosen_but_none_of_another_vehicle(garage, shop, parts, device):
    (first, second, third), browser, _vehicle = await garage(MISFIRE, {}, MISFIRE)
    page = f"{shop.home}/diagnostics/{third}/comparison"
    assert "1 neu" in await text_of(browser, page), "the one before is the default"
    assert "1 noch da" in await text_of(browser, f"{page}?earlier={first}")
    other = recordings.torque_drive(vin="", started_at=STARTED, duration_s=60, seed=1)
    foreign = (await upload(device, shop, other.data, other.name)).json()["id"]
    await work_off(parts)
    assert (await browser.get(f"{page}?earlier={foreign}")).status_code == 422
    assert (await browser.get(f"{page}?earlier=%00")).status_code == 422
    assert second


async def test_a_first_scan_has_nothing_to_be_compared_with(garage, shop):
    (only,), browser, _vehicle = await garage(MISFIRE)
    text = await text_of(browser, f"{shop.home}/diagnostics/{only}/comparison")
    assert "Noch nichts zu vergleichen" in text


async def test_a_fault_that_came_back_stands_first_on_the_vehicles_timeline(garage, shop):
    ids, browser, vehicle_id = await garage(
        MISFIRE | {"odometer_km": 50_000},
        {"cleared_km": 5, "odometer_km": 50_400},
        MISFIRE | {"stored": ["P0302", "P0171"], "odometer_km": 49_000},
    )
    text = await text_of(browser, f"{shop.home}/vehicles/{vehicle_id}/scans")
    assert "P0302 war weg und ist wieder da: Die Ursache ist nicht behoben." in text
    assert "P0171 war weg" not in text
    assert re.search(r"P0302 wieder da .{0,80}da weg da", text)
    assert "kurz vorher gelöscht" in text
    assert "niedriger als bei einem früheren Besuch" in text
    assert len(ids) == 3


async def test_a_code_is_gone_only_where_its_own_control_unit_was_read_again(garage, shop):
    _ids, browser, vehicle_id = await garage(
        MISFIRE | {"gearbox_stored": ["P0700"]},
        {},
        change=lambda data: GEARBOX_SILENT.sub(rb"\1\2", data),
    )
    text = await text_of(browser, f"{shop.home}/vehicles/{vehicle_id}/scans")
    assert re.search(r"P0700 .{0,80}da nicht gelesen", text)
    assert re.search(r"P0302 .{0,80}da weg", text)


AUTOSCAN = """Saturday,%s,March,2024,17:29:03:12345
VCDS Version: Release 21.9.0 (x64)

VIN: %s   Mileage: 225800km-140305miles

52-Door Elect, Pass. -- Status: Malfunction 0010

-------------------------------------------------------------
Address 52: Door Elect, Pass.       Labels: None
   Part No SW: 8P0 959 802 A
1 Fault Found:
00106 - Signal Central Locking SAVE/LOCK Passenger Side
            008 - Implausible Signal

End
"""


async def test_codes_of_a_maker_stand_with_the_words_of_its_tester(parts, device, signed_in, shop):
    async with inside(parts, shop.id) as db:
        vehicle = await a_vehicle(db, vin=VIN)
    for day in ("16", "23"):
        answer = await upload(device, shop, (AUTOSCAN % (day, VIN)).encode(), f"{day}.txt")
        await work_off(parts)
    browser = await signed_in(shop, Role.MECHANIC)
    timeline = await text_of(browser, f"{shop.home}/vehicles/{vehicle.id}/scans")
    assert "Signal Central Locking" in timeline
    assert "16.03.2024, 17:29" in timeline
    page = f"{shop.home}/diagnostics/{answer.json()['id']}/comparison"
    compared = await text_of(browser, page)
    assert "Signal Central Locking" in compared
    assert "Door Elect, Pass. (52)" in compared
    assert "1 noch da" in compared
