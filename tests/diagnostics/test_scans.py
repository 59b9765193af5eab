import asyncio
from datetime import UTC, datetime

import pytest
from sqlalchemy import func, select

from portal.demo import recordings
from portal.diagnostics.models import Scan, ScanSignal
from portal.tenants.boundary import inside
from portal.tenants.permissions import Role
from portal.vehicles import vehicles
from portal.vehicles.forms import VehicleDraft
from portal.worker import work_off

VIN = "WVWZZZ1KZ6W000001"
JPEG = b"\xff\xd8\xff\xe0" + bytes(2000)


STARTED = datetime(2026, 11, 2, 9, 30, tzinfo=UTC)


def transcript():
    made = recordings.adapter_scan(
        vin=VIN, started_at=STARTED, seed=1, stored=["P0171"], pending=["P0302"], duration_s=20
    )
    return made.data


async def upload(device, shop, data, name="drive.csv", *, key=None, **fields):
    async with device(shop) as program:
        return await program.post(
            "/api/v1/integrations/obd/sessions",
            files={"file": (name, data)},
            data=fields,
            headers={"Idempotency-Key": key} if key else {},
        )


async def scan_of(device, shop, scan_id):
    async with device(shop) as program:
        return (await program.get(f"/api/v1/diagnostics/{scan_id}")).json()


async def test_a_recording_is_accepted_and_read_by_a_worker(parts, device, shop):
    answer = await upload(device, shop, transcript(), "scan.txt")
    assert answer.status_code == 202
    assert answer.json()["status"] == "received"
    await work_off(parts)
    scan = await scan_of(device, shop, answer.json()["id"])
    assert scan["status"] == "read"
    assert scan["vin"] == VIN
    assert {code["code"] for code in scan["trouble_codes"]} >= {"P0171"}
    assert all(code["text"] for code in scan["trouble_codes"])


async def test_the_time_of_a_recording_is_the_time_on_the_wall(parts, device, shop):
    scan_id = (await upload(device, shop, transcript(), "scan.txt")).json()["id"]
    await work_off(parts)
    assert (await scan_of(device, shop, scan_id))["started_at"] == "2026-11-02T09:30:00Z"


async def test_the_bytes_are_kept_untouched(parts, device, signed_in, shop):
    data = transcript()
    scan_id = (await upload(device, shop, data, "scan.txt")).json()["id"]
    await work_off(parts)
    browser = await signed_in(shop, Role.MECHANIC)
    kept = await browser.get(f"{shop.home}/diagnostics/{scan_id}/file")
    assert kept.content == data
    assert kept.headers["content-disposition"].startswith("attachment")


@pytest.mark.parametrize(
    ("data", "name"),
    [
        (JPEG, "drive.csv"),
        (b"\x00" * 5000, "drive.csv"),
        (b"PK\x03\x04" + bytes(500), "drive.csv"),
        ("ein Brief\nan die Werkstatt\n" * 20, "drive.csv"),
        ("=cmd|' /C calc'!A0;1;2\n" * 5, "drive.csv"),
    ],
)
async def test_what_is_no_recording_is_refused_with_a_sentence_and_kept(
    parts, device, shop, data, name
):
    data = data.encode() if isinstance(data, str) else data
    scan_id = (await upload(device, shop, data, name)).json()["id"]
    await work_off(parts)
    scan = await scan_of(device, shop, scan_id)
    assert scan["status"] == "refused"
    assert scan["problem"]
    async with inside(parts, shop.id) as db:
        row = await db.get_one(Scan, (shop.id, scan_id))
    assert await parts.blobs.get(row.blob_key) == data


async def test_an_empty_file_gets_a_clear_error(device, shop):
    answer = await upload(device, shop, b"")
    assert answer.status_code == 422
    assert answer.json()["code"] == "RECORDING_EMPTY"


async def test_a_recording_beyond_the_limit_is_refused(device, shop):
    answer = await upload(device, shop, bytes(50_000_001))
    assert answer.status_code == 413
    assert answer.json()["code"] == "RECORDING_TOO_LARGE"


async def test_the_same_key_twice_is_one_scan(parts, device, shop):
    first = await upload(device, shop, transcript(), "scan.txt", key="drive-1")
    second = await upload(device, shop, transcript(), "scan.txt", key="drive-1")
    assert first.json()["id"] == second.json()["id"]
    other = await upload(device, shop, transcript() + b"\r>", "scan.txt", key="drive-1")
    assert other.json()["code"] == "IDEMPOTENCY_KEY_REUSED"


async def test_the_same_key_at_the_same_moment_is_one_scan(parts, device, shop):
    answers = await asyncio.gather(
        *(upload(device, shop, transcript(), "scan.txt", key="at-once") for _ in range(6))
    )
    assert {answer.status_code for answer in answers} == {202}
    assert len({answer.json()["id"] for answer in answers}) == 1


@pytest.mark.parametrize(
    ("field", "value", "code"),
    [
        ("vin", "KURZ", "INVALID_VIN"),
        ("odometer_km", "viele", "INVALID_ODOMETER"),
        ("odometer_km", "-5", "INVALID_ODOMETER"),
        ("odometer_km", "99999999999999999999", "INVALID_ODOMETER"),
    ],
)
async def test_a_wrong_statement_is_named(device, shop, field, value, code):
    answer = await upload(device, shop, transcript(), **{field: value})
    assert answer.status_code == 422
    assert answer.json()["errors"][0]["code"] == code


async def test_a_scan_finds_its_vehicle_by_vin_and_enters_its_history_once(parts, device, shop):
    async with inside(parts, shop.id) as db:
        vehicle = await vehicles.create(db, VehicleDraft(vin=VIN, plate="B-CB 123"))
    scan_id = (await upload(device, shop, transcript(), "scan.txt")).json()["id"]
    await work_off(parts)
    async with device(shop) as program:
        scans = (await program.get(f"/api/v1/vehicles/{VIN}/diagnostics")).json()["items"]
        assert [scan["id"] for scan in scans] == [scan_id]
        assert scans[0]["vehicle_id"] == str(vehicle.id)
        history = (await program.get(f"/api/v1/vehicles/{VIN}/history")).json()["items"]
    assert [entry["kind"] for entry in history] == ["diagnostics"]


async def test_the_page_of_a_scan_shows_codes_readiness_and_left_out_rows(
    parts, device, signed_in, shop
):
    scan_id = (await upload(device, shop, transcript(), "scan.txt")).json()["id"]
    browser = await signed_in(shop, Role.MECHANIC)
    waiting = await browser.get(f"{shop.home}/diagnostics/{scan_id}")
    assert "wird gelesen" in waiting.text
    await work_off(parts)
    html = (await browser.get(f"{shop.home}/diagnostics/{scan_id}")).text
    assert "P0171" in html
    assert "7E8" in html


async def test_a_plot_holds_every_signal(parts, device, signed_in, shop):
    data = recordings.torque_drive(vin=VIN, started_at=STARTED, duration_s=300, seed=2).data
    scan_id = (await upload(device, shop, data)).json()["id"]
    await work_off(parts)
    browser = await signed_in(shop, Role.MECHANIC)
    plot = (await browser.get(f"{shop.home}/diagnostics/{scan_id}/plot")).json()
    async with inside(parts, shop.id) as db:
        stored = await db.scalar(select(func.count()).select_from(ScanSignal))
    assert len(plot["signals"]) == stored > 3
    drawn = [signal for signal in plot["signals"] if signal["key"] in plot["shown"]]
    assert drawn
    assert all(len(s["t"]) == len(s["v"]) > 0 for s in drawn)


async def test_reading_again_replaces_what_was_read(parts, device, signed_in, shop):
    scan_id = (await upload(device, shop, transcript(), "scan.txt")).json()["id"]
    await work_off(parts)
    before = await scan_of(device, shop, scan_id)
    browser = await signed_in(shop, Role.MECHANIC)
    assert (await browser.post(f"{shop.home}/diagnostics/{scan_id}/reading")).status_code == 303
    await work_off(parts)
    assert (await scan_of(device, shop, scan_id))["trouble_codes"] == before["trouble_codes"]


async def test_scans_of_another_workshop_do_not_exist(device, signed_in, shop, other_shop):
    scan_id = (await upload(device, shop, transcript(), "scan.txt")).json()["id"]
    async with device(other_shop) as program:
        assert (await program.get(f"/api/v1/diagnostics/{scan_id}")).status_code == 404
    browser = await signed_in(other_shop)
    for path in ("", "/plot", "/file"):
        answer = await browser.get(f"{other_shop.home}/diagnostics/{scan_id}{path}")
        assert answer.status_code == 404


async def test_bookkeepers_do_not_see_scans(signed_in, shop):
    browser = await signed_in(shop, Role.BOOKKEEPER)
    assert (await browser.get(f"{shop.home}/diagnostics")).status_code == 403


async def test_several_files_from_the_page_become_several_scans(signed_in, parts, shop):
    browser = await signed_in(shop, Role.MECHANIC)
    files = [("file", (f"drive-{n}.txt", transcript())) for n in range(3)]
    answer = await browser.post(f"{shop.home}/diagnostics/upload", files=files)
    assert answer.status_code == 303
    async with inside(parts, shop.id) as db:
        assert await db.scalar(select(func.count()).select_from(Scan)) == 3


async def test_a_file_too_large_for_the_page_is_said_on_the_page(signed_in, shop):
    browser = await signed_in(shop, Role.MECHANIC)
    files = {"file": ("drive.csv", bytes(50_000_001))}
    answer = await browser.post(f"{shop.home}/diagnostics/upload", files=files)
    assert answer.status_code == 413
    assert "text/html" in answer.headers["content-type"]


async def test_readings_that_no_car_has_do_not_break_the_page(parts, device, signed_in, shop):
    rows = b"".join(
        b"21-Nov-2026 08:00:0%d.000,%s\n" % (second, value)
        for second, value in enumerate([b"inf", b"nan", b"1e400", b"1e308", b"-1e308", b"1e30"])
    )
    data = b"Device Time,Engine RPM(rpm)\n" + rows
    scan_id = (await upload(device, shop, data)).json()["id"]
    await work_off(parts)
    browser = await signed_in(shop, Role.MECHANIC)
    for place in ("", "/plot"):
        page = await browser.get(f"{shop.home}/diagnostics/{scan_id}{place}")
        assert page.status_code == 200
