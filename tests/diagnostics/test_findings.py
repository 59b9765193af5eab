"""What the rules say is kept with the scan that it is about."""

from datetime import UTC, datetime
from uuid import UUID

from portal.demo import recordings
from portal.diagnostics import findings
from portal.kit import text
from portal.tenants.boundary import inside
from portal.worker import work_off
from tests.diagnostics.test_scans import VIN, upload

STARTED = datetime(2026, 11, 2, 9, 30, tzinfo=UTC)


def transcript():
    made = recordings.adapter_scan(
        vin=VIN, started_at=STARTED, seed=1, stored=["P0171"], pending=["P0302"], duration_s=20
    )
    return made.data


async def uploaded(parts, device, shop):
    scan_id = (await upload(device, shop, transcript(), "scan.txt")).json()["id"]
    await work_off(parts)
    return UUID(scan_id)


async def test_a_scan_that_was_read_has_one_finding_for_each_rule(parts, device, shop):
    scan_id = await uploaded(parts, device, shop)
    async with inside(parts, shop.id) as db:
        found = {one.rule: one for one in await findings.of_scan(db, scan_id)}
    assert found["not_ready"].state in {"ok", "borderline", "abnormal"}
    assert found["overheating"].evidence["thresholds"] == {
        "borderline": 108,
        "abnormal": 115,
        "seconds": 10,
    }


async def test_findings_speak_the_language_of_the_reader(parts, device, shop):
    scan_id = await uploaded(parts, device, shop)
    async with inside(parts, shop.id) as db:
        found = {one.rule: one for one in await findings.of_scan(db, scan_id)}
    assert found["not_ready"].title == "Prüfbereitschaft"
    with text.speaking("en"):
        assert found["not_ready"].title == "Readiness"


async def test_the_worst_comes_first_and_what_could_not_be_judged_last(parts, device, shop):
    scan_id = await uploaded(parts, device, shop)
    async with inside(parts, shop.id) as db:
        states = [one.state for one in await findings.of_scan(db, scan_id)]
    order = ["abnormal", "borderline", "ok", "not_assessable", "pid_missing"]
    assert states == sorted(states, key=order.index)


async def test_reading_again_replaces_the_findings(parts, device, signed_in, shop):
    scan_id = await uploaded(parts, device, shop)
    browser = await signed_in(shop)
    await browser.post(f"{shop.home}/diagnostics/{scan_id}/reading")
    await work_off(parts)
    async with inside(parts, shop.id) as db:
        found = await findings.of_scan(db, scan_id)
    assert len({one.rule for one in found}) == len(found) > 0


async def test_a_program_gets_the_findings_in_the_shape_of_the_contract(parts, device, shop):
    scan_id = await uploaded(parts, device, shop)
    async with device(shop) as program:
        told = (await program.get(f"/api/v1/diagnostics/{scan_id}")).json()["findings"]
    assert {"rule", "state", "confidence", "text", "evidence", "next_step"} == set(told[0])


async def test_findings_of_another_workshop_do_not_exist(parts, device, shop, other_shop):
    scan_id = await uploaded(parts, device, shop)
    async with inside(parts, other_shop.id) as db:
        assert await findings.of_scan(db, scan_id) == []
        assert await findings.of_scans(db, []) == {}


async def test_a_rule_that_fails_costs_no_reading(parts, device, shop, monkeypatch):
    def fail(*_args):
        raise ZeroDivisionError

    monkeypatch.setattr("portal.diagnostics.readings.judge", fail)
    scan_id = await uploaded(parts, device, shop)
    async with device(shop) as program:
        told = (await program.get(f"/api/v1/diagnostics/{scan_id}")).json()
    assert (told["status"], told["findings"]) == ("read", [])
