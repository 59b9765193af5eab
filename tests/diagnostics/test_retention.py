"""How long recordings are kept, and what stays when they go."""

import asyncio
from datetime import timedelta
from functools import partial
from uuid import UUID

import pytest
from sqlalchemy import func, select

from portal.diagnostics import findings, photos, readings, retention, scans, sessions
from portal.diagnostics.jobs import forget_everywhere
from portal.diagnostics.live_models import LiveRecording
from portal.diagnostics.models import Scan, ScanSignal
from portal.kit import clock
from portal.kit.blobs import BlobMissing
from portal.tenants.boundary import inside
from portal.tenants.permissions import Role
from portal.worker import work_off
from tests.diagnostics.test_scans import transcript, upload
from tests.makers.cases import a_case, a_photo
from tests.makers.vehicles import a_vehicle


async def old_scan(parts, device, shop, *, months):
    scan_id = UUID((await upload(device, shop, transcript(), "scan.txt")).json()["id"])
    await work_off(parts)
    async with inside(parts, shop.id) as db:
        scan = await scans.get(db, scan_id)
        scan.uploaded_at = clock.now() - timedelta(days=31 * months)
    return scan_id


async def night(parts):
    await forget_everywhere(parts)
    await work_off(parts)


async def kept(parts, shop, scan_id):
    async with inside(parts, shop.id) as db:
        scan = await scans.get(db, scan_id)
        signals = await db.scalar(
            select(func.count()).select_from(ScanSignal).where(ScanSignal.scan_id == scan_id)
        )
    try:
        return bool(await parts.blobs.get(scan.blob_key)), signals, scan
    except BlobMissing:
        return False, signals, scan


async def test_after_two_years_file_and_signals_go_and_what_was_found_stays(parts, device, shop):
    old = await old_scan(parts, device, shop, months=25)
    young = await old_scan(parts, device, shop, months=23)
    await night(parts)
    file, signals, scan = await kept(parts, shop, old)
    assert (file, signals) == (False, 0)
    assert scan.raw_deleted_at is not None
    assert scan.report["readiness"]
    async with inside(parts, shop.id) as db:
        assert await findings.of_scan(db, old)
        assert await scans.codes_of(db, [old])
    file, signals, scan = await kept(parts, shop, young)
    assert file
    assert signals > 0
    assert scan.raw_deleted_at is None


async def test_the_workshop_chooses_how_long(parts, device, shop):
    scan_id = await old_scan(parts, device, shop, months=25)
    async with inside(parts, shop.id) as db:
        await retention.change(db, keep_months=None, keep_position=False)
    await night(parts)
    assert (await kept(parts, shop, scan_id))[0]
    async with inside(parts, shop.id) as db:
        await retention.change(db, keep_months=6, keep_position=False)
    await night(parts)
    assert not (await kept(parts, shop, scan_id))[0]


async def test_a_file_that_is_gone_is_said_and_its_page_still_opens(parts, device, signed_in, shop):
    scan_id = await old_scan(parts, device, shop, months=25)
    await night(parts)
    browser = await signed_in(shop, Role.MECHANIC)
    page = f"{shop.home}/diagnostics/{scan_id}"
    assert (await browser.get(page)).status_code == 200
    assert (await browser.get(f"{page}/file")).status_code == 410
    assert (await browser.post(f"{page}/reading")).status_code == 410


async def test_many_old_recordings_go_in_several_steps(parts, device, shop, monkeypatch):
    monkeypatch.setattr(retention, "BATCH", 1)
    ids = [await old_scan(parts, device, shop, months=30) for _ in range(3)]
    await night(parts)
    async with inside(parts, shop.id) as db:
        gone = await db.scalar(select(func.count()).where(Scan.raw_deleted_at.is_not(None)))
    assert gone == len(ids)


async def test_the_owner_sets_it_on_a_page(signed_in, parts, shop):
    browser = await signed_in(shop)
    page = f"{shop.home}/diagnostics/settings"
    assert "24 Monate" in (await browser.get(page)).text
    saved = await browser.post(page, data={"keep_months": "0", "keep_position": "true"})
    assert saved.status_code == 303
    async with inside(parts, shop.id) as db:
        found = await retention.settings_of(db)
    assert (found.keep_months, found.keep_position) == (None, True)
    assert "für immer" in (await browser.get(page)).text


@pytest.mark.parametrize("typed", ["7", "-1", "viele", "", "٣"])
async def test_a_time_that_is_not_offered_is_refused(signed_in, shop, typed):
    browser = await signed_in(shop)
    answer = await browser.post(f"{shop.home}/diagnostics/settings", data={"keep_months": typed})
    assert answer.status_code == 422
    assert "angebotenen" in answer.text


async def test_only_who_manages_settings_sees_them(signed_in, shop):
    browser = await signed_in(shop, Role.MECHANIC)
    assert (await browser.get(f"{shop.home}/diagnostics/settings")).status_code == 403


DRIVE = b"Device Time,Latitude,Longitude,Engine RPM(rpm)\n" + b"".join(
    b"21-Nov-2026 08:00:0%d.000,52.5%d,13.4%d,80%d\n" % (n, n, n, n) for n in range(9)
)


@pytest.mark.parametrize("keeps", [False, True])
async def test_where_the_car_was_is_kept_only_if_the_workshop_asks_for_it(
    parts, device, shop, keeps
):
    async with inside(parts, shop.id) as db:
        await retention.change(db, keep_months=24, keep_position=keeps)
    scan_id = UUID((await upload(device, shop, DRIVE, "drive.csv")).json()["id"])
    await work_off(parts)
    async with inside(parts, shop.id) as db:
        names = [one.key for one in await scans.signals_of(db, await scans.get(db, scan_id))]
    assert any("latitude" in name for name in names) is keeps


async def test_places_go_in_the_night_after_the_workshop_no_longer_keeps_them(parts, device, shop):
    async with inside(parts, shop.id) as db:
        await retention.change(db, keep_months=None, keep_position=True)
    await upload(device, shop, DRIVE, "drive.csv")
    await work_off(parts)
    async with inside(parts, shop.id) as db:
        await retention.change(db, keep_months=None, keep_position=False)
    await night(parts)
    async with inside(parts, shop.id) as db:
        assert (await db.scalars(select(ScanSignal.key))).all() == ["engine_rpm"]


async def test_photos_and_live_recordings_go_with_the_recordings_of_their_time(parts, shop):
    long_ago = clock.now() - timedelta(days=31 * 25)
    async with inside(parts, shop.id) as db:
        case = await a_case(db, await a_vehicle(db))
        old, young = [
            await photos.take(db, parts.blobs, case, a_photo((9, 9), colour), by="Jonas Wendt")
            for colour in ("red", "blue")
        ]
        old.taken_at = long_ago
        for moment in (long_ago, clock.now()):
            db.add(LiveRecording(device="PC", recorded_by="PC", started_at=moment, seen_at=moment))
    await night(parts)
    async with inside(parts, shop.id) as db:
        assert [one.id for one in await photos.of_session(db, case.id)] == [young.id]
        assert await db.scalar(select(func.count()).select_from(LiveRecording)) == 1
        assert await sessions.get(db, case.id)
    with pytest.raises(BlobMissing):
        await parts.blobs.get(old.blob_key)
    assert await parts.blobs.get(young.blob_key)


async def test_a_reading_that_ends_after_the_file_was_given_up_brings_nothing_back(
    parts, device, shop, monkeypatch
):
    scan_id = await old_scan(parts, device, shop, months=25)
    judge = readings.judge

    def slow_judge(*told):
        """The night comes while the rules are at work."""
        asyncio.run_coroutine_threadsafe(given_up(), loop).result()
        return judge(*told)

    async def given_up():
        async with inside(parts, shop.id) as db:
            await retention.forget_old(db, clock.now())

    loop = asyncio.get_running_loop()
    monkeypatch.setattr(readings, "judge", slow_judge)
    opening = partial(inside, parts, shop.id)
    await readings.read(parts.blobs, scan_id, reading=opening, finishing=opening)
    await work_off(parts)
    file, signals, scan = await kept(parts, shop, scan_id)
    assert (file, signals) == (False, 0)
    assert scan.raw_deleted_at is not None
    await readings.read(parts.blobs, scan_id, reading=opening, finishing=opening)
