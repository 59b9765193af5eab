"""Every card, form, sheet and state of the widget: readable for all, in both directions of writing."""

import re
from typing import Any

import pytest
from playwright.async_api import Browser, Page, ViewportSize, expect

from tests.widget.test_widget import BUILT, _begin, _say, browser, page, pytestmark, site
from tests.widget.tour import Tour

__all__ = ["browser", "page", "pytestmark", "site"]

PHONE, DESKTOP = ViewportSize(width=390, height=844), ViewportSize(width=1440, height=900)
LARGE_ENOUGH = 44
# A link within a sentence is as high as its line (WCAG 2.5.8); a box is pressed by its label.
MEASURE = """() => {
  const root = document.querySelector("carbot-chat").shadowRoot.querySelector("carbot-panel").shadowRoot;
  const targets = [...root.querySelectorAll("button, a:not(p a), label:has([type=radio], [type=checkbox]), input, textarea, summary")];
  const seen = targets.filter((one) => !one.matches("[type=radio], [type=checkbox]") && one.checkVisibility({ visibilityProperty: true }));
  return {
    small: seen.map((one) => [one.textContent, one.getBoundingClientRect()]).filter(([, { width, height }]) => Math.min(width, height) < LEAST).map(([text]) => text),
    moving: root.getAnimations().length,
    beyond: document.documentElement.scrollWidth - innerWidth,
  };
}""".replace("LEAST", str(LARGE_ENOUGH))


@pytest.mark.parametrize("size", [PHONE, DESKTOP], ids=["phone", "desktop"])
@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("locale", ["de", "ar"])
async def test_every_state_is_readable_and_its_targets_are_large(
    browser: Browser, site: str, locale: str, scheme: Any, size: ViewportSize
) -> None:
    page = await browser.new_page(
        color_scheme=scheme, reduced_motion="reduce", locale=locale, viewport=size
    )
    page.set_default_timeout(15_000)
    faults = []
    async for state in Tour(page, site, locale).states():
        faults += [(state, fault) for fault in await _faults(page)]
    await page.close()
    assert faults == []


async def _faults(page: Page) -> list[Any]:
    if not await page.evaluate("'axe' in window"):
        await page.evaluate((BUILT / "vendor/axe.min.js").read_text())
    found = await page.evaluate("axe.run(document.querySelector('carbot-chat'))")
    violations = [(one["id"], one["nodes"][0]["failureSummary"]) for one in found["violations"]]
    measured = await page.evaluate(MEASURE)
    return violations + [(name, value) for name, value in measured.items() if value]


async def test_a_released_report_is_opened_beside_and_nothing_else_is(
    page: Page, site: str
) -> None:
    await _begin(page, site)
    await _say(page, "Meine Historie")
    report = page.get_by_role("link", name="Diagnosebericht vom 12.03.2026")
    await expect(report).to_have_attribute("href", f"{site}r/geheim")
    await expect(report).to_have_attribute("target", "_blank")
    await expect(report).to_have_attribute("rel", re.compile("noopener"))
    await expect(report).to_contain_text("Eine Zündkerze ist verschlissen")
    await expect(page.locator(".log section a")).to_have_count(1)


async def test_what_is_missing_is_said_beside_its_field_in_the_language_of_the_chat(
    page: Page, site: str
) -> None:
    await _begin(page, site)
    await _say(page, "kontakt")
    await page.get_by_role("button", name="Absenden").click()
    name = page.get_by_label("Name")
    await expect(name).to_be_focused()
    await expect(name.locator("~ *").get_by_role("alert")).to_have_text("Bitte ausfüllen.")
    await name.fill("Erika Muster")
    await page.get_by_role("button", name="Absenden").click()
    below = page.get_by_text("Bitte geben Sie eine Telefonnummer")
    await expect(below).to_be_visible()
    await expect(page.get_by_label("Name").locator("~ *")).to_have_count(0)
