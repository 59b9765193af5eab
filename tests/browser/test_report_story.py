"""A mechanic's whole way with a car: two recordings, comparison, report, release; the owner reads."""

from datetime import timedelta

import pytest
from playwright.async_api import expect

from portal.demo import recordings
from portal.tenants.boundary import inside
from portal.tenants.permissions import Role
from tests.browser.test_story import a_page, a_worker, sign_in
from tests.diagnostics.test_scans import STARTED, VIN, upload
from tests.makers.screens import faults_of_axe
from tests.makers.shops import found_shop
from tests.makers.vehicles import a_customer, a_vehicle

pytestmark = pytest.mark.browser


@pytest.fixture
async def shop(parts, with_passwords):
    shop = await found_shop(parts)
    async with inside(parts, shop.id) as db:
        keeper = await a_customer(db, name="Erika Sommer")
        await a_vehicle(db, vin=VIN, keeper=keeper, make="VW", model="Golf")
    await with_passwords(shop)
    return shop


async def complaints_of_axe(page, address):
    found = []
    for scheme in ("light", "dark"):
        await page.emulate_media(color_scheme=scheme)
        await page.goto(address)
        found += [(scheme, *fault) for fault in await faults_of_axe(page)]
    return found


async def test_a_mechanic_compares_edits_and_releases_and_the_owner_reads(
    browser, parts, address, device, shop
):
    ids = []
    for seed, days, stored in ((1, 0, ["P0171"]), (2, 7, [])):
        made = recordings.adapter_scan(
            vin=VIN,
            started_at=STARTED + timedelta(days=days),
            seed=seed,
            stored=stored,
            duration_s=20,
        )
        ids.append((await upload(device, shop, made.data, made.name)).json()["id"])
    complaints: list[str] = []
    tablet = {"viewport": {"width": 820, "height": 1180}}
    async with a_worker(parts), a_page(browser, complaints, **tablet) as page:
        await sign_in(page, address, shop, Role.MECHANIC)
        home = f"{address}{shop.home}/diagnostics"
        await page.goto(f"{home}/{ids[0]}")
        await expect(page.get_by_role("heading", name="P0171", exact=True)).to_be_visible()
        await page.goto(f"{home}/{ids[1]}/comparison")
        await expect(
            page.get_by_role("cell", name="P0171").or_(page.get_by_text("P0171")).first
        ).to_be_visible()
        await page.goto(f"{home}/{ids[0]}/report")
        await page.get_by_label("Überschrift").fill("Das Gemisch Ihres Motors ist zu mager")
        await page.get_by_role("button", name="Speichern").click()
        await page.get_by_role("button", name="Freigeben …").click()
        await page.get_by_role("button", name="Freigeben", exact=True).click()
        link = await page.get_by_label("Link für den Halter").input_value()
        way = link[link.index("/r/") :]
        await page.get_by_role("link", name="PDF").wait_for()
        for path in (
            f"{home}/{ids[0]}",
            f"{home}/{ids[1]}/comparison",
            f"{home}/{ids[0]}/report",
            address + way,
        ):
            assert await complaints_of_axe(page, path) == [], path
    async with a_page(browser, complaints) as owner:
        await owner.goto(address + way)
        await expect(owner.get_by_role("heading", name="zu mager")).to_be_visible()
        assert (await owner.request.get(f"{address}{way}/report.pdf")).ok
    assert complaints == []
