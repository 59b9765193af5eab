"""The scans of one car over time: what came back, what changed between two of them."""

from datetime import UTC, datetime, timedelta
from uuid import UUID

import pytest

from portal.demo import recordings
from portal.diagnostics import comparisons, findings, scans, visits
from portal.tenants.boundary import inside
from portal.vehicles import vehicles
from portal.vehicles.forms import VehicleDraft
from portal.worker import work_off
from tests.diagnostics.test_scans import VIN, upload

FIRST = datetime(2026, 9, 1, 9, 0, tzinfo=UTC)


@pytest.fixture
async def car(parts, shop):
    async with inside(parts, shop.id) as db:
        return await vehicles.create(db, VehicleDraft(vin=VIN, plate="B-CB 123"))


async def visit(parts, device, shop, *, week, stored, **fields):
    made = recordings.adapter_scan(
        vin=VIN, started_at=FIRST + timedelta(weeks=week), seed=week, stored=stored, duration_s=5
    )
    answer = await upload(device, shop, made.data, "scan.txt", **fields)
    await work_off(parts)
    return UUID(answer.json()["id"])


async def test_a_code_that_was_gone_and_is_back_is_found(parts, device, shop, car):
    await visit(parts, device, shop, week=0, stored=["P0171"])
    await visit(parts, device, shop, week=1, stored=[])
    scan_id = await visit(parts, device, shop, week=2, stored=["P0171"])
    async with inside(parts, shop.id) as db:
        seen, (code,) = await visits.code_histories(db, car.id)
        found = {one.rule: one for one in await findings.of_scan(db, scan_id)}
    assert [one.scan_id is not None for one in seen] == [True] * 3
    assert (code.code, code.is_back) == ("P0171", True)
    assert found["recurring_code"].state == "abnormal"
    assert found["recurring_code"].text.startswith("War weg, ist wieder da: P0171.")


async def test_scans_that_came_later_are_no_past_of_an_earlier_one(parts, device, shop, car):
    await visit(parts, device, shop, week=5, stored=["P0171"])
    scan_id = await visit(parts, device, shop, week=1, stored=["P0171"])
    async with inside(parts, shop.id) as db:
        found = {one.rule: one for one in await findings.of_scan(db, scan_id)}
    assert found["recurring_code"].state == "not_assessable"


async def test_fewer_kilometres_than_last_time_are_found(parts, device, shop, car):
    await visit(parts, device, shop, week=0, stored=[], odometer_km="120500")
    scan_id = await visit(parts, device, shop, week=1, stored=[], odometer_km="12050")
    async with inside(parts, shop.id) as db:
        found = {one.rule: one for one in await findings.of_scan(db, scan_id)}
    assert found["odometer"].state == "abnormal"
    assert "108.450 km weniger" in found["odometer"].text


async def test_before_and_after_a_repair(parts, device, shop, car):
    before = await visit(parts, device, shop, week=0, stored=["P0171", "P0420"])
    after = await visit(parts, device, shop, week=1, stored=["P0420"])
    async with inside(parts, shop.id) as db:
        told = await comparisons.of(db, await scans.get(db, before), await scans.get(db, after))
    assert {one.code: one.change for one in told.codes} == {"P0171": "gone", "P0420": "still"}
    assert told.signals


async def test_a_scan_foresees_the_au(parts, device, shop, car):
    scan_id = await visit(parts, device, shop, week=0, stored=["P0420"])
    async with inside(parts, shop.id) as db:
        scan = await scans.get(db, scan_id)
        codes = await scans.codes_of(db, [scan_id])
        signals = await scans.signals_of(db, scan)
    told = comparisons.emission_forecast(scan, codes, signals)
    assert told.outlook == "not_ready"
    assert "codes_stored" in [reason.kind for reason in told.reasons]
