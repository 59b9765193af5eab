"""What visitors and pages do to the widget: they sleep, reload, block, remove and embed it twice."""

from playwright.async_api import Page, expect

from tests.widget.test_booking import open_form
from tests.widget.test_widget import _begin, _launcher, _say, browser, page, pytestmark, site

__all__ = ["browser", "page", "pytestmark", "site"]

SHOUTING = """() => {
  const rules = new CSSStyleSheet();
  rules.replaceSync(`html { font-size: 60px !important }
    div, span, button, form, section, textarea { display: none !important }
    * { font: 700 60px serif !important; color: red !important; pointer-events: none }`);
  document.adoptedStyleSheets = [rules];
}"""


async def call_person(page: Page, site: str) -> None:
    await _begin(page, site)
    await page.get_by_role("button", name="Mit einem Menschen sprechen").click()
    await page.get_by_text("auch im Leerlauf?").wait_for()


async def staff_says(page: Page, site: str, text: str) -> None:
    await page.request.get(f"{site}say", params={"text": text})


async def test_a_device_that_slept_hears_once_what_was_said_meanwhile(
    page: Page, site: str
) -> None:
    await call_person(page, site)
    devtools = await page.context.new_cdp_session(page)
    await devtools.send("Page.setWebLifecycleState", {"state": "frozen"})
    await staff_says(page, site, "Ihr Auto ist fertig.")
    await page.request.get(f"{site}sever")
    await staff_says(page, site, "Wir haben bis 18 Uhr offen.")
    await devtools.send("Page.setWebLifecycleState", {"state": "active"})
    await expect(page.get_by_text("Wir haben bis 18 Uhr offen.")).to_have_count(1)
    await expect(page.get_by_text("Ihr Auto ist fertig.")).to_have_count(1)


async def test_a_line_that_was_cut_goes_on_where_it_was(page: Page, site: str) -> None:
    await call_person(page, site)
    async with page.expect_request(lambda one: one.url.endswith("/events")) as asked:
        await page.request.get(f"{site}sever")
        await staff_says(page, site, "Ihr Auto ist fertig.")
    assert (await (await asked.value).all_headers())["last-event-id"]
    await expect(page.get_by_text("Ihr Auto ist fertig.")).to_have_count(1)
    await expect(page.get_by_text("auch im Leerlauf?")).to_have_count(1)


async def test_a_reload_keeps_what_was_typed_and_not_sent(page: Page, site: str) -> None:
    await _begin(page, site)
    field = page.get_by_role("textbox", name="Ihre Nachricht")
    await field.fill("Mein langer Text")
    await page.get_by_role("button", name="Termin buchen").click()
    await page.get_by_role("heading", name="Was dürfen wir tun?").wait_for()
    await page.reload()
    await _launcher(page).click()
    await expect(field).to_have_value("Mein langer Text")
    await page.get_by_role("button", name="Senden").click()
    await page.get_by_text("Samstags nehmen wir").wait_for()
    await page.reload()
    await _launcher(page).click()
    await page.get_by_text("Samstags nehmen wir").wait_for()
    await expect(field).to_have_value("")


async def test_two_tags_make_one_widget(page: Page, site: str) -> None:
    faults: list[str] = []
    page.on("pageerror", lambda fault: faults.append(str(fault)))
    await page.goto(f"{site}twice", wait_until="networkidle")
    await expect(page.locator("carbot-chat")).to_have_count(1)
    await _launcher(page).click()
    await page.get_by_role("button", name="Einverstanden").wait_for()
    assert faults == []


async def test_a_page_may_take_the_widget_out_and_put_it_back(page: Page, site: str) -> None:
    faults: list[str] = []
    page.on("pageerror", lambda fault: faults.append(str(fault)))
    await call_person(page, site)
    await page.evaluate("window.kept = document.querySelector('carbot-chat'); kept.remove()")
    await staff_says(page, site, "Ihr Auto ist fertig.")
    await page.evaluate("document.body.append(kept)")
    await expect(page.get_by_text("Ihr Auto ist fertig.")).to_be_visible()
    await _say(page, "Danke!")
    await expect(page.get_by_text("Danke!")).to_be_visible()
    assert faults == []


async def test_without_any_storage_or_cookie_a_booking_begins(page: Page, site: str) -> None:
    block = "get() { throw new DOMException('denied', 'SecurityError') }"
    blocked = "".join(
        f"Object.defineProperty({where}, '{name}', {{ {block} }});"
        for where, name in (
            ("window", "localStorage"),
            ("window", "sessionStorage"),
            ("window", "indexedDB"),
            ("Document.prototype", "cookie"),
        )
    )
    await page.add_init_script(blocked)
    await open_form(page, site)
    await page.get_by_label("Ölwechsel").check()
    await page.get_by_role("button", name="Weiter", exact=True).click()
    await expect(page.locator(".times button").first).to_be_visible()


async def test_a_page_that_hides_and_enlarges_everything_still_has_a_chat(
    page: Page, site: str
) -> None:
    await page.goto(f"{site}hostile")
    await page.evaluate(SHOUTING)
    await _launcher(page).click()
    await page.get_by_role("button", name="Einverstanden").click()
    field = page.get_by_role("textbox", name="Ihre Nachricht")
    await field.fill("Wann offen?")
    assert await field.evaluate("one => getComputedStyle(one).fontSize") == "16px"
    await page.keyboard.press("Enter")
    await expect(page.get_by_text("Samstags nehmen wir")).to_be_visible()
