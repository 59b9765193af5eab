"""The upload on a tablet: without a connection, with a closed tab, with an ended session."""

import pytest
from playwright.async_api import expect
from sqlalchemy import delete, func, select

from portal.diagnostics.models import Scan
from portal.tenants.boundary import inside
from portal.tenants.models import SignIn, Staff
from portal.tenants.permissions import Role
from tests.browser.test_story import a_worker, sign_in
from tests.diagnostics.test_scans import transcript
from tests.makers.screens import becomes
from tests.makers.shops import found_shop

pytestmark = pytest.mark.browser
KEPT_FILES = """async () => {
  const result = (asked) => new Promise((done, fail) => {
    asked.onsuccess = () => done(asked.result);
    asked.onerror = () => fail(asked.error);
  });
  let count = 0;
  for (const { name } of await indexedDB.databases()) {
    const database = await result(indexedDB.open(name));
    for (const store of database.objectStoreNames)
      count += await result(database.transaction(store).objectStore(store).count());
    database.close();
  }
  return count;
}"""
"""The service worker may open its database anew when the connection returns: what is in it counts."""
TABLET = {"viewport": {"width": 820, "height": 1180}, "locale": "de-DE"}


@pytest.fixture
async def shop(parts, with_passwords):
    shop = await found_shop(parts)
    await with_passwords(shop)
    return shop


@pytest.fixture
async def tablet(browser):
    context = await browser.new_context(**TABLET)
    yield context
    await context.close()


async def the_upload_page(tablet, address, shop, role=Role.MECHANIC):
    page = await tablet.new_page()
    await sign_in(page, address, shop, role)
    await page.goto(f"{address}{shop.home}/diagnostics/upload")
    await page.evaluate("navigator.serviceWorker.ready")
    await becomes(page, "async () => Boolean(await caches.match(location.pathname))")
    return page


async def choose(page, *names, data=None):
    files = [
        {"name": name, "mimeType": "text/plain", "buffer": data or transcript() + name.encode()}
        for name in names
    ]
    await page.locator('input[type="file"]').set_input_files(files)


async def how_many(parts, shop):
    async with inside(parts, shop.id) as db:
        return await db.scalar(select(func.count()).select_from(Scan))


def line(page, name):
    return page.locator(".upload", has_text=name)


async def test_several_files_are_sent_and_each_says_what_was_found(tablet, parts, address, shop):
    async with a_worker(parts):
        page = await the_upload_page(tablet, address, shop)
        await choose(page, "golf.txt", "polo.txt")
        await choose(page, "brief.txt", data=b"Sehr geehrte Damen und Herren\n" * 20)
        await expect(line(page, "golf.txt")).to_contain_text("P0171")
        await expect(line(page, "polo.txt")).to_contain_text("P0171")
        await expect(line(page, "brief.txt")).to_contain_text("nicht lesbar")
    assert await how_many(parts, shop) == 3


async def test_files_chosen_offline_survive_the_closed_tab_and_are_sent_later(
    tablet, parts, address, shop
):
    page = await the_upload_page(tablet, address, shop)
    await tablet.set_offline(True)
    await choose(page, "golf.txt")
    await expect(line(page, "golf.txt")).to_contain_text("wartet auf Verbindung")
    await page.close()
    again = await tablet.new_page()
    await again.goto(f"{address}{shop.home}/diagnostics/upload")
    await expect(line(again, "golf.txt")).to_contain_text("wartet auf Verbindung")
    await expect(again.locator("[data-net]")).to_be_visible()
    assert await how_many(parts, shop) == 0
    await tablet.set_offline(False)
    await expect(line(again, "golf.txt")).to_contain_text("gesendet, wird")
    assert await how_many(parts, shop) == 1


async def test_the_same_file_twice_is_one_recording(tablet, parts, address, shop):
    page = await the_upload_page(tablet, address, shop)
    for _ in range(2):
        await choose(page, "golf.txt")
        await expect(page.locator(".upload[data-state=hashing]")).to_have_count(0)
        await expect(line(page, "golf.txt")).to_have_count(1)
        await expect(line(page, "golf.txt")).to_contain_text("gesendet, wird")
    assert await how_many(parts, shop) == 1


async def test_an_ended_session_keeps_the_file_until_somebody_signs_in(
    tablet, parts, address, shop
):
    page = await the_upload_page(tablet, address, shop)
    async with inside(parts, None) as db:
        mechanic = shop.accounts[Role.MECHANIC].id
        await db.execute(delete(SignIn).where(SignIn.account_id == mechanic))
    await choose(page, "golf.txt")
    await expect(line(page, "golf.txt")).to_contain_text("melden Sie sich wieder an")
    assert await how_many(parts, shop) == 0
    await sign_in(page, address, shop, Role.ADVISOR)
    await page.goto(f"{address}{shop.home}/diagnostics/upload")
    await expect(page.locator("[data-foreign]")).to_contain_text("1 Dateien")
    assert await how_many(parts, shop) == 0
    await tablet.clear_cookies()
    await sign_in(page, address, shop, Role.MECHANIC)
    await page.goto(f"{address}{shop.home}/diagnostics/upload")
    await expect(line(page, "golf.txt")).to_contain_text("gesendet, wird")
    assert await how_many(parts, shop) == 1


async def test_signing_out_asks_and_then_erases_what_waits(tablet, parts, address, shop):
    page = await the_upload_page(tablet, address, shop)
    # What was refused waits for somebody who may; neither the page nor its worker tries again.
    async with inside(parts, shop.id) as db:
        mechanic = await db.get_one(Staff, (shop.id, shop.people[Role.MECHANIC].id))
        mechanic.role = Role.BOOKKEEPER
    await choose(page, "golf.txt")
    await expect(page.locator(".upload[data-state=forbidden]")).to_have_count(1)
    asked = []
    page.on("dialog", lambda dialog: (asked.append(dialog.message), dialog.accept())[1])
    await page.evaluate("document.querySelector('form[action=\"/signout\"]').requestSubmit()")
    await page.wait_for_url("**/signin")
    assert "gelöscht" in asked[0]
    assert await page.evaluate(KEPT_FILES) == 0
    assert await how_many(parts, shop) == 0


async def test_a_file_beyond_the_limit_is_named_before_it_is_sent(
    tablet, parts, address, shop, tmp_path
):
    page = await the_upload_page(tablet, address, shop)
    film = tmp_path / "film.csv"
    film.write_bytes(bytes(50_000_001))
    await page.locator('input[type="file"]').set_input_files(film)
    await expect(line(page, "film.csv")).to_contain_text("bis zu 50 MB")
    (tmp_path / "leer.csv").touch()
    await page.locator('input[type="file"]').set_input_files(tmp_path / "leer.csv")
    await expect(line(page, "leer.csv")).to_contain_text("ist leer")
    assert await how_many(parts, shop) == 0
