"""The upload: its page, its worker, packed files, limits by person, workshop and weight."""

import gzip
import zipfile
from io import BytesIO
from uuid import uuid4

import pytest
from sqlalchemy import func, select

from portal.diagnostics import upload_limits
from portal.diagnostics.models import Scan
from portal.diagnostics.obd.not_a_recording import NotARecording
from portal.diagnostics.packed_files import MOST_BYTES, unpacked
from portal.kit.errors import RateLimited
from portal.kit.limits import Rate
from portal.tenants.boundary import inside
from portal.tenants.permissions import Role
from portal.worker import work_off
from tests.diagnostics.test_scans import VIN, scan_of, transcript, upload
from tests.makers.vehicles import a_vehicle

SESSIONS = "/api/v1/integrations/obd/sessions"


def zipped(*files, **options):
    written = BytesIO()
    with zipfile.ZipFile(written, "w", zipfile.ZIP_DEFLATED, **options) as archive:
        for name, data in files:
            archive.writestr(name, data)
    return written.getvalue()


async def how_many(parts, shop):
    async with inside(parts, shop.id) as db:
        return await db.scalar(select(func.count()).select_from(Scan))


# packed files


@pytest.mark.parametrize(
    ("data", "name"),
    [
        (gzip.compress(b"rows"), "drive.csv.gz"),
        (gzip.compress(b"ro") + gzip.compress(b"ws"), "drive.csv.gz"),
        (zipped(("drive.csv", b"rows")), "export.zip"),
        (zipped(("out/drive.csv", b"rows"), ("__MACOSX/out/._drive.csv", b"x")), "export.zip"),
        (b"rows", "drive.csv"),
    ],
)
def test_a_packed_recording_is_unpacked(data, name):
    assert unpacked(data, name) == (b"rows", "drive.csv")


def test_a_packed_file_inside_a_packed_file_stays_packed():
    inner = gzip.compress(b"rows")
    assert unpacked(gzip.compress(inner), "a.gz") == (inner, "a")


def lying(data):
    """The archive says that its file is ten bytes long."""
    size = (MOST_BYTES + 1).to_bytes(4, "little")
    return data.replace(size, (10).to_bytes(4, "little"))


@pytest.mark.parametrize(
    ("data", "code"),
    [
        (gzip.compress(bytes(MOST_BYTES + 1)), "packed_too_large"),
        (gzip.compress(bytes(MOST_BYTES // 2 + 1)) * 2, "packed_too_large"),
        (zipped(("a.csv", bytes(MOST_BYTES + 1))), "packed_too_large"),
        (zipped(("a.csv", b"1"), ("b.csv", b"2")), "packed_several"),
        (zipped(*((f"{n}.csv", b"") for n in range(300))), "packed_several"),
        (zipped(("[Content_Types].xml", b"<x/>"), ("xl/a.xml", b"")), "zip"),
        (gzip.compress(b"rows")[:-9], "unreadable"),
        (b"\x1f\x8b" + bytes(100), "unreadable"),
        (b"PK\x03\x04" + bytes(500), "unreadable"),
        (zipped(("a.csv", b"rows" * 100))[:-30], "unreadable"),
    ],
)
def test_what_unpacks_to_too_much_or_nothing_is_refused(data, code):
    with pytest.raises(NotARecording) as refused:
        unpacked(data, "a.csv")
    assert refused.value.code == code
    assert str(refused.value)


def test_an_archive_that_lies_about_its_size_is_not_believed():
    with pytest.raises(NotARecording) as refused:
        unpacked(lying(zipped(("a.csv", bytes(MOST_BYTES + 1)))), "a.zip")
    assert refused.value.code in {"packed_too_large", "unreadable"}


def test_a_locked_archive_is_refused():
    data = bytearray(zipped(("a.csv", b"rows")))
    for at in (data.index(b"PK\x03\x04") + 6, data.index(b"PK\x01\x02") + 8):
        data[at] |= 1  # the bit for "encrypted"
    with pytest.raises(NotARecording) as refused:
        unpacked(bytes(data), "a.zip")
    assert refused.value.code == "packed_locked"


async def test_a_zipped_recording_is_read_and_kept_as_it_came(parts, device, signed_in, shop):
    data = zipped(("scan.txt", transcript()))
    scan_id = (await upload(device, shop, data, "scan.zip")).json()["id"]
    await work_off(parts)
    assert (await scan_of(device, shop, scan_id))["status"] == "read"
    browser = await signed_in(shop, Role.MECHANIC)
    assert (await browser.get(f"{shop.home}/diagnostics/{scan_id}/file")).content == data


async def test_a_bomb_is_refused_with_a_sentence_and_kept(parts, device, shop):
    data = gzip.compress(bytes(MOST_BYTES + 1))
    scan_id = (await upload(device, shop, data, "drive.csv.gz")).json()["id"]
    await work_off(parts)
    scan = await scan_of(device, shop, scan_id)
    assert scan["status"] == "refused"
    assert scan["problem"]


# limits


async def test_one_person_cannot_send_without_end(parts, shop, monkeypatch):
    monkeypatch.setattr(upload_limits, "OF_PERSON", Rate("t.person", per_minute=1, burst=2))
    person, colleague = shop.people[Role.MECHANIC], shop.people[Role.ADVISOR]
    for _ in range(2):
        await upload_limits.admit(parts.limits, person, 10)
    with pytest.raises(RateLimited):
        await upload_limits.admit(parts.limits, person, 10)
    await upload_limits.admit(parts.limits, colleague, 10)


async def test_the_weight_of_a_workshops_files_is_limited(parts, shop, other_shop, monkeypatch):
    monkeypatch.setattr(upload_limits, "MEGABYTES", Rate("t.mb", per_minute=1, burst=60))
    person = shop.people[Role.MECHANIC]
    await upload_limits.admit(parts.limits, person, 50_000_000)
    with pytest.raises(RateLimited) as refused:
        await upload_limits.admit(parts.limits, person, 50_000_000)
    assert 0 < int(refused.value.headers["Retry-After"]) <= 41 * 60
    await upload_limits.admit(parts.limits, person, 9_000_000)
    await upload_limits.admit(parts.limits, other_shop.people[Role.MECHANIC], 50_000_000)


# the API as the page's queue uses it


async def test_a_queued_file_is_sent_by_who_chose_it_and_by_nobody_else(parts, signed_in, shop):
    mechanic, advisor = shop.people[Role.MECHANIC], shop.people[Role.ADVISOR]
    browser = await signed_in(shop, Role.ADVISOR)
    files = {"file": ("scan.txt", transcript())}
    refused = await browser.post(SESSIONS, files=files, headers={"X-Queued-By": str(mechanic.id)})
    assert (refused.status_code, refused.json()["code"]) == (403, "QUEUED_BY_ANOTHER")
    assert await how_many(parts, shop) == 0
    sent = await browser.post(SESSIONS, files=files, headers={"X-Queued-By": str(advisor.id)})
    assert sent.status_code == 202


async def test_a_session_of_another_site_sends_nothing(parts, signed_in, shop):
    browser = await signed_in(shop, Role.MECHANIC)
    files = {"file": ("scan.txt", transcript())}
    answer = await browser.post(SESSIONS, files=files, headers={"origin": "https://evil.example"})
    assert answer.status_code == 403
    assert await how_many(parts, shop) == 0


async def test_sent_again_with_the_vehicle_the_first_scan_gets_it(parts, device, shop):
    async with inside(parts, shop.id) as db:
        vehicle = await a_vehicle(db)
    first = await upload(device, shop, transcript(), "scan.txt", key="k")
    await work_off(parts)
    again = await upload(
        device, shop, transcript(), "scan.txt", key="k", vehicle_id=str(vehicle.id)
    )
    await work_off(parts)
    assert first.json()["id"] == again.json()["id"]
    assert (await scan_of(device, shop, first.json()["id"]))["vehicle_id"] == str(vehicle.id)
    async with device(shop) as program:
        history = (await program.get(f"/api/v1/vehicles/{vehicle.id}/history")).json()["items"]
    assert len(history) == 1


@pytest.mark.parametrize(
    ("chosen_vin", "gets_it"), [(VIN, "chosen"), ("", "chosen"), ("WAUZZZ8K9BA012345", "told")]
)
async def test_a_car_that_says_it_is_another_one_is_believed(
    parts, device, shop, chosen_vin, gets_it
):
    async with inside(parts, shop.id) as db:
        cars = {"chosen": await a_vehicle(db, vin=chosen_vin, plate="B-AA 1")}
        if gets_it == "told":
            cars["told"] = await a_vehicle(db, vin=VIN, plate="B-BB 2")
    chosen = str(cars["chosen"].id)
    answer = await upload(device, shop, transcript(), "scan.txt", vehicle_id=chosen)
    await work_off(parts)
    scan = await scan_of(device, shop, answer.json()["id"])
    assert scan["vehicle_id"] == str(cars[gets_it].id)


async def test_a_vehicle_that_does_not_exist_is_named(parts, device, shop):
    answer = await upload(device, shop, transcript(), vehicle_id=str(uuid4()))
    assert (answer.status_code, answer.json()["code"]) == (404, "VEHICLE_NOT_FOUND")
    assert await how_many(parts, shop) == 0


# the page


async def test_the_page_knows_the_vehicle_that_it_was_opened_for(parts, signed_in, shop):
    async with inside(parts, shop.id) as db:
        vehicle = await a_vehicle(db)
    browser = await signed_in(shop, Role.MECHANIC)
    html = (await browser.get(f"{shop.home}/diagnostics/upload?vehicle_id={vehicle.id}")).text
    assert f'value="{vehicle.id}" checked' in html


async def test_without_script_the_form_sends_vehicle_and_odometer(parts, signed_in, shop):
    async with inside(parts, shop.id) as db:
        vehicle = await a_vehicle(db)
    browser = await signed_in(shop, Role.MECHANIC)
    answer = await browser.post(
        f"{shop.home}/diagnostics/upload",
        files={"file": ("scan.txt", transcript())},
        data={"vehicle_id": str(vehicle.id), "odometer_km": "88.000"},
    )
    assert answer.status_code == 303
    async with inside(parts, shop.id) as db:
        scan = (await db.scalars(select(Scan))).one()
    assert (scan.vehicle_id, scan.stated_odometer_km) == (vehicle.id, 88000)


async def test_the_worker_knows_only_its_own_workshop(signed_in, shop):
    browser = await signed_in(shop, Role.MECHANIC)
    answer = await browser.get(f"{shop.home}/diagnostics/upload-worker.js")
    assert answer.headers["content-type"].startswith("text/javascript")
    assert f'"page":"{shop.home}/diagnostics/upload"' in answer.text
    for asset in answer.text.split('"'):
        if asset.startswith("/static/"):
            assert (await browser.get(asset)).status_code == 200


async def test_signing_out_erases_what_the_browser_keeps(signed_in, shop):
    browser = await signed_in(shop, Role.MECHANIC)
    answer = await browser.post("/signout")
    assert answer.headers["clear-site-data"] == '"storage"'
