"""A mechanic's whole way with a car, through the page: files, plot, comparison, report; the owner.

On a tablet, by touch and by keyboard. Each step waits for what the page shows.
"""

import json
import re
from datetime import timedelta

import pytest
from playwright.async_api import expect

from portal.ai.providers import Scripted
from portal.demo import recordings
from portal.diagnostics import report_prints
from portal.kit.pages import STATIC
from portal.tenants.boundary import inside
from portal.tenants.permissions import Role
from tests.browser.test_story import a_page, a_worker, sign_in
from tests.diagnostics.test_scans import STARTED, VIN
from tests.makers.assistant import staffed
from tests.makers.shops import found_shop
from tests.makers.vehicles import a_customer, a_vehicle

pytestmark = pytest.mark.browser
WCAG = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"]
TABLET = {"viewport": {"width": 820, "height": 1180}, "has_touch": True}
PATIENCE_MS = 30_000
WHOLE, NARROW = re.compile(r"left: 0%; width: 100%"), re.compile(r"width: 50%")
HONEST = "Die Elektronik Ihres Autos meldet: Das Gemisch an Bank 1 ist zu mager (Code P0171)."
DRAFT = {
    "headline": {"text": "Ihr Auto meldet einen Fehler", "ids": ["F1"]},
    "found": [{"text": HONEST, "ids": ["F1"]}],
    "advice": [{"text": "Wir empfehlen, den Motor prüfen zu lassen.", "ids": ["A1"]}],
}


@pytest.fixture
async def shop(parts, with_passwords):
    shop = await found_shop(parts)
    async with inside(parts, shop.id) as db:
        keeper = await a_customer(db, name="Erika Sommer")
        await a_vehicle(db, vin=VIN, keeper=keeper, make="VW", model="Golf")
    await with_passwords(shop)
    return shop


@pytest.fixture
def files(tmp_path):
    """Before the repair and a week later."""
    found = []
    for seed, days, stored in ((1, 0, ["P0171"]), (2, 7, [])):
        made = recordings.adapter_scan(
            vin=VIN,
            started_at=STARTED + timedelta(days=days),
            seed=seed,
            stored=stored,
            duration_s=20,
        )
        found.append(tmp_path / f"{'nach' if days else 'vor'}her.txt")
        found[-1].write_bytes(made.data)
    return found


async def complaints_of_axe(page, address):
    found = []
    for scheme in ("light", "dark"):
        await page.emulate_media(color_scheme=scheme)
        await page.goto(address)
        await page.wait_for_timeout(300)
        await page.evaluate((STATIC / "vendor/axe.min.js").read_text())
        ran = await page.evaluate(
            "rules => axe.run({runOnly: rules}).then(r => r.violations)", WCAG
        )
        found += [(scheme, one["id"], one["nodes"][0]["html"][:200]) for one in ran]
    return found


async def drop(page, path):
    """From the desktop onto the page, as the browser itself does it."""
    zone = page.locator("[data-drop]")
    await zone.scroll_into_view_if_needed()
    box = await zone.bounding_box()
    place = {"x": box["x"] + box["width"] / 2, "y": box["y"] + box["height"] / 2}
    carried = {"items": [], "files": [str(path)], "dragOperationsMask": 1}
    line = await page.context.new_cdp_session(page)
    for kind in ("dragEnter", "dragOver", "drop"):
        await line.send("Input.dispatchDragEvent", {"type": kind, **place, "data": carried})


async def upload_both(page, files):
    """One dropped, one chosen while there is no connection; where their pages are."""
    lines = [page.locator(".upload", has_text=path.name) for path in files]
    await page.evaluate("navigator.serviceWorker.ready")
    await drop(page, files[0])
    await expect(lines[0]).to_contain_text("P0171", timeout=PATIENCE_MS)
    await expect(lines[0]).to_contain_text("kB")
    await page.context.set_offline(True)
    async with page.expect_file_chooser() as chooser:
        await page.get_by_label("Aufzeichnungen", exact=True).tap()
    await (await chooser.value).set_files(files[1])
    await expect(lines[1]).to_contain_text("wartet auf Verbindung")
    await page.context.set_offline(False)
    await expect(lines[1]).to_have_attribute("data-state", "no_codes", timeout=PATIENCE_MS)
    return [await line.get_by_role("link", name="Ansehen").get_attribute("href") for line in lines]


async def read_the_plot(page):
    """Choose a signal, zoom and read a value, with nothing but keys."""
    choose = page.get_by_role("button", name="Messwerte wählen")
    await choose.focus()
    await page.keyboard.press("Enter")
    await page.keyboard.type("Kühlmittel")
    option = page.locator(".plot__option", has_text="Kühlmitteltemperatur").first
    tick = option.get_by_role("checkbox")
    await tick.focus()
    if not await tick.is_checked():
        await page.keyboard.press("Space")
    await expect(tick).to_be_checked()
    await choose.focus()
    await page.keyboard.press("Enter")
    await expect(option).to_be_hidden()
    chip = page.locator(".plot__chip", has_text="Kühlmitteltemperatur")
    lanes = page.locator(".plot__lanes")
    view = page.locator(".plot__view")
    await lanes.focus()
    await page.keyboard.press("+")
    await expect(view).to_have_attribute("style", NARROW)
    await page.get_by_role("button", name="Ganze Aufzeichnung").tap()
    await expect(view).to_have_attribute("style", WHOLE)
    await page.get_by_role("button", name="Vergrößern").tap()
    await expect(view).to_have_attribute("style", NARROW)
    await lanes.focus()
    await page.keyboard.press("ArrowRight")
    await expect(page.locator(".plot__clock")).to_contain_text(" s")
    await expect(chip).to_contain_text("°C")
    await expect(chip).not_to_contain_text("…")


async def release(page, home):
    """The AI drafts, the mechanic reads, mends and releases; the owner's link."""
    await page.goto(f"{home}/report")
    await page.get_by_role("button", name="Entwurf mit KI").tap()
    await expect(page.get_by_role("textbox", name="Was wir gefunden haben")).to_have_value(
        HONEST, timeout=PATIENCE_MS
    )
    await page.get_by_label("Überschrift").fill("Das Gemisch Ihres Motors ist zu mager")
    await page.get_by_role("button", name="Speichern").tap()
    await expect(page.get_by_role("heading", name="zu mager")).to_be_visible()
    await page.get_by_role("button", name="Freigeben …").tap()
    await page.get_by_role("button", name="Freigeben", exact=True).tap()
    link = await page.get_by_label("Link für den Halter").input_value()
    if report_prints.can_print():
        await expect(page.get_by_role("link", name="PDF")).to_be_visible(timeout=PATIENCE_MS)
    return link[link.index("/r/") :]


async def test_a_mechanic_uploads_compares_and_releases_and_the_owner_reads(
    browser, parts, address, shop, files
):
    complaints: list[str] = []
    with staffed(parts, Scripted(json.dumps(DRAFT))):
        async with a_worker(parts), a_page(browser, complaints, **TABLET) as page:
            await sign_in(page, address, shop, Role.MECHANIC)
            await page.goto(f"{address}{shop.home}/diagnostics/upload")
            before, after = [address + path for path in await upload_both(page, files)]
            complaints.clear()  # what the browser says about the lost connection
            await page.goto(before)
            await expect(page.get_by_role("heading", name="P0171", exact=True)).to_be_visible()
            await read_the_plot(page)
            await page.goto(after)
            await page.get_by_role("link", name="Vorher/Nachher").tap()
            await expect(page.get_by_role("heading", name="1 weg, 0 neu")).to_be_visible()
            await page.goto(before)
            await page.get_by_role("link", name="Zum Fahrzeug").tap()
            sights = page.get_by_role("row", name="P0171").locator(".sight")
            await expect(sights).to_have_text(["da", "weg"])
            way = await release(page, before)
            for path in (before, f"{after}/comparison", f"{before}/report", address + way):
                assert await complaints_of_axe(page, path) == [], path
    async with a_page(browser, complaints) as owner:
        await owner.goto(address + way)
        await expect(owner.get_by_role("heading", name="zu mager")).to_be_visible()
        await expect(owner.get_by_text(HONEST)).to_be_visible()
        if report_prints.can_print():
            assert (await owner.request.get(f"{address}{way}/report.pdf")).ok
        await owner.emulate_media(media="print", color_scheme="dark")
        await expect(owner.locator(".public__bar")).to_be_visible()
        await expect(owner.get_by_role("link", name="Termin anfragen")).to_be_hidden()
        ink = "getComputedStyle(document.querySelector('.report__headline')).color"
        assert sum(json.loads(f"[{(await owner.evaluate(ink))[4:-1]}]")) < 3 * 80, "dark on white"
    assert complaints == []
