"""The page of a scan says what was read, how sure that is, and what nobody read."""

import re

import pytest

from portal.demo import recordings
from portal.tenants.boundary import inside
from portal.tenants.permissions import Role
from portal.worker import work_off
from tests.diagnostics.test_scans import STARTED, VIN, upload
from tests.makers.vehicles import a_vehicle

GEARBOX_SILENT = re.compile(rb"(>03\r\n)(7E8 [^\r]+\r\n)7E9 [^\r]+\r\n")


def scan_file(**changes):
    facts = {"vin": VIN, "started_at": STARTED, "seed": 5, "duration_s": 30} | changes
    return recordings.adapter_scan(**facts).data


@pytest.fixture
def page_of(parts, device, signed_in, shop):
    """Uploads a file, lets it be read, and opens its page as a mechanic."""

    async def opened(data, name="scan.txt"):
        scan_id = (await upload(device, shop, data, name)).json()["id"]
        await work_off(parts)
        browser = await signed_in(shop, Role.MECHANIC)
        return browser, f"{shop.home}/diagnostics/{scan_id}"

    return opened


async def text_of(browser, address):
    answer = await browser.get(address)
    assert answer.status_code == 200
    return " ".join(re.sub(r"<[^>]+>", " ", answer.text).split())


async def test_a_stored_code_is_the_verdict_and_stands_with_its_freeze_frame(page_of):
    text = await text_of(*await page_of(scan_file(stored=["P0171"])))
    assert "Fehlercode P0171: Gemisch" in text
    assert "Vom Steuergerät selbst gemeldet" in text
    assert re.search(r"P0171 .*gespeichert.*Umgebungsdaten \(Freeze Frame 0\)", text)


async def test_a_car_without_codes_gets_no_more_comfort_than_was_read(page_of):
    text = await text_of(*await page_of(scan_file()))
    assert "Kein Fehlercode in den Steuergeräten, die geantwortet haben." in text
    assert "Bremsen und Lenkung prüft sie nicht" in text


async def test_a_control_unit_that_was_not_read_forbids_the_word_none(page_of):
    data = scan_file()
    torn = GEARBOX_SILENT.sub(rb"\1\2", data)
    assert torn != data
    text = await text_of(*await page_of(torn))
    assert "Kein Fehlercode" not in text
    assert "Keine Fehlercodes" not in text
    assert "teilweise gelesen" in text
    assert "Getriebe (7E9)" in text
    assert "Keine Aussage" in text


async def test_a_drive_without_codes_says_that_they_were_not_read(page_of):
    made = recordings.torque_drive(vin=VIN, started_at=STARTED, duration_s=60, seed=1)
    text = await text_of(*await page_of(made.data, made.name))
    assert "Die Fehlercodes wurden nicht gelesen" in text
    assert "Kein Fehlercode" not in text


async def test_the_plot_names_every_signal_and_brings_the_first_with_their_points(page_of):
    browser, address = await page_of(scan_file(stored=["P0171"]))
    plot = (await browser.get(f"{address}/plot")).json()
    named = {signal["key"]: signal for signal in plot["signals"]}
    assert {"engine_rpm", "coolant_temperature", "odometer"} - set(named) <= {"odometer"}
    assert plot["shown"][0] == "long_term_fuel_trim_bank_1", "what belongs to the code comes first"
    assert named["engine_rpm"]["whole"] is True
    assert len(named["engine_rpm"]["t"]) == len(named["engine_rpm"]["v"]) > 5
    assert "t" not in named["control_module_voltage"]
    assert named["coolant_temperature"]["frozen"][0]["label"] == "P0171"


async def test_a_single_signal_comes_whole_or_for_a_stretch(page_of):
    browser, address = await page_of(scan_file())
    query = {"key": ["control_module_voltage", "no_such_signal"]}
    whole = (await browser.get(f"{address}/traces", params=query)).json()["traces"]
    part = (
        await browser.get(f"{address}/traces", params=query | {"from_s": 5, "to_s": 10})
    ).json()["traces"]
    assert list(whole) == list(part) == ["control_module_voltage"]
    times = part["control_module_voltage"]["t"]
    assert times
    assert all(5 <= time <= 10 for time in times)
    assert len(whole["control_module_voltage"]["t"]) > len(times)


async def test_a_broken_radio_link_is_no_reason_to_see_a_workshop(page_of):
    rows = ["Time (sec),Vehicle speed (km/h),Engine RPM (rpm),Coolant temperature (°C)"]
    rows += [f"{at if at < 60 else at + 60},{at % 50},{900 + at % 9},85" for at in range(120)]
    text = await text_of(*await page_of("\n".join(rows).encode(), "drive.csv"))
    assert "Qualität der Aufzeichnung auffällig" in text
    verdict = text.partition("Urteil dieser Auslesung")[2].partition("Nicht gelesen")[0]
    assert "auffällig" not in verdict
    assert "Bald in die Werkstatt" not in text


async def test_a_makers_own_number_is_a_code_and_says_what_the_tester_printed(page_of):
    scan = (
        b"Saturday,23,March,2024,17:29:03:12345\r\nVCDS Version: Release 21.9.0 (x64)\r\n\r\n"
        b"VIN: WAUZZZ8P14A900001   Mileage: 225800km-140305miles\r\n\r\n"
        b"52-Door Elect, Pass. -- Status: Malfunction 0010\r\n\r\n"
        b"-------------------------------------------------------------\r\n"
        b"Address 52: Door Elect, Pass.       Labels: None\r\n   Part No SW: 8P0 959 802 A\r\n"
        b"1 Fault Found:\r\n00106 - Signal Central Locking SAVE/LOCK Passenger Side\r\n"
        b"            008 - Implausible Signal\r\n\r\nEnd\r\n"
    )
    text = await text_of(*await page_of(scan))
    assert "Kein gültiger Fehlercode" not in text
    assert "00106: laut Tester „Signal Central Locking" in text
    assert "Door Elect, Pass. (52)" in text
    assert "Fehler gespeichert (0010)" in text
    assert "Fehlercodes sind gespeichert: 00106" not in text  # fails no emission test
    assert "Diagnosegerät der Marke" not in text  # it has just been read with one
    assert "Stecker, Versorgung und Masse des genannten Bauteils prüfen" in text


async def test_what_was_read_once_is_a_list_and_no_empty_plot(page_of):
    text = await text_of(*await page_of(b">010C\r\n41 0C 1A F8\r\n\r\n>"))
    assert "Motordrehzahl 1.726 1/min" in text
    assert "Einen Verlauf gibt es nicht" in text


async def test_a_recording_without_a_vin_finds_its_vehicle_afterwards(page_of, parts, shop):
    async with inside(parts, shop.id) as db:
        vehicle_id = str((await a_vehicle(db)).id)
    rows = b"Time (sec),Engine RPM (rpm)\n0,900\n1,910\n2,905\n"
    browser, address = await page_of(rows, "drive.csv")
    assert "Gehört zu diesem Fahrzeug" in await text_of(browser, address)
    for status in (303, 409):
        answer = await browser.post(f"{address}/vehicle", data={"vehicle_id": vehicle_id})
        assert answer.status_code == status
    await work_off(parts)
    assert "Zum Fahrzeug" in await text_of(browser, address)
    history = await browser.get(f"{shop.home}/vehicles/{vehicle_id}")
    assert "drive.csv" in history.text


async def test_a_vehicle_with_another_vin_is_refused_on_the_page_itself(page_of, parts, shop):
    browser, address = await page_of(scan_file())
    assert "Neues Fahrzeug mit dieser FIN" in await text_of(browser, address)
    async with inside(parts, shop.id) as db:
        other = str((await a_vehicle(db, vin="WVWZZZ1KZ6W000002")).id)
    answer = await browser.post(f"{address}/vehicle", data={"vehicle_id": other})
    assert answer.status_code == 409
    assert f"Aufzeichnung: {VIN}, Fahrzeug: WVWZZZ1KZ6W000002." in answer.text
    assert "Urteil dieser Auslesung" in answer.text
    answer = await browser.post(f"{address}/vehicle", data={"vehicle_id": ""})
    assert answer.status_code == 422
    assert "Bitte suchen und wählen Sie zuerst ein Fahrzeug." in answer.text


async def test_a_vehicle_that_came_later_is_proposed_for_its_scan(page_of, parts, shop):
    browser, address = await page_of(scan_file())
    async with inside(parts, shop.id) as db:
        vehicle_id = str((await a_vehicle(db, vin=VIN)).id)
    assert vehicle_id in (await browser.get(address)).text
    await browser.post(f"{address}/vehicle", data={"vehicle_id": vehicle_id})
    await work_off(parts)
    assert "Zum Fahrzeug" in await text_of(browser, address)


async def test_the_history_says_that_a_scan_was_read_incompletely(page_of, parts, shop):
    async with inside(parts, shop.id) as db:
        vehicle_id = str((await a_vehicle(db, vin=VIN)).id)
    torn = GEARBOX_SILENT.sub(rb"\1\2", scan_file(stored=["P0171"]))
    browser, _address = await page_of(torn)
    text = await text_of(browser, f"{shop.home}/vehicles/{vehicle_id}")
    assert "P0171 (unvollständig ausgelesen: Es kann weitere geben)" in text
