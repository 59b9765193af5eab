"""Stored recordings read again by a newer decoder."""

from uuid import UUID

import pytest

from portal.diagnostics import findings, redecoding, scans
from portal.diagnostics.obd.version import DECODER_VERSION
from portal.tenants.boundary import inside
from portal.tenants.callers import WorkshopNotFound
from portal.worker import work_off
from tests.diagnostics.test_scans import transcript, upload


async def read_by_an_old_decoder(parts, device, shop):
    scan_id = UUID((await upload(device, shop, transcript(), "scan.txt")).json()["id"])
    await work_off(parts)
    async with inside(parts, shop.id) as db:
        scan = await scans.get(db, scan_id)
        scan.decoder_version, scan.report = DECODER_VERSION - 1, {}
        await findings.record(db, scan, [])
    return scan_id


async def slug_of(parts, shop):
    return dict(await redecoding.workshops(parts, None))[shop.id]


async def test_what_an_old_decoder_read_is_read_again_once(parts, device, shop):
    scan_id = await read_by_an_old_decoder(parts, device, shop)
    told = []
    slug = await slug_of(parts, shop)
    assert await redecoding.run(parts, slug, None, told.append)
    assert told == [f"{slug}  1/1  {scan_id}  read"]
    async with inside(parts, shop.id) as db:
        scan = await scans.get(db, scan_id)
        assert scan.decoder_version == DECODER_VERSION
        assert scan.report["readiness"]
        assert len(await findings.of_scan(db, scan_id)) == 35
    assert await redecoding.run(parts, slug, None, told.append)
    assert len(told) == 1


async def test_a_higher_version_reads_everything_again(parts, device, shop):
    await read_by_an_old_decoder(parts, device, shop)
    slug, told = await slug_of(parts, shop), []
    for _ in range(2):
        await redecoding.run(parts, slug, DECODER_VERSION + 1, told.append)
    assert len(told) == 2


async def test_other_workshops_are_left_alone(parts, device, shop, other_shop):
    await read_by_an_old_decoder(parts, device, shop)
    told = []
    assert await redecoding.run(parts, await slug_of(parts, other_shop), None, told.append)
    assert told == []


async def test_a_missing_file_is_told_and_costs_no_reading(parts, device, shop):
    lost = await read_by_an_old_decoder(parts, device, shop)
    found = await read_by_an_old_decoder(parts, device, shop)
    async with inside(parts, shop.id) as db:
        await parts.blobs.delete((await scans.get(db, lost)).blob_key)
    told = []
    assert not await redecoding.run(parts, await slug_of(parts, shop), None, told.append)
    assert [line.split("  ")[2:] for line in told] == [[str(lost), "fehlt"], [str(found), "read"]]


async def test_a_workshop_that_is_not_there_is_said(parts):
    with pytest.raises(WorkshopNotFound):
        await redecoding.run(parts, "gibt-es-nicht", None, print)
