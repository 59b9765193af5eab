"""Pages of a real browser: when they are settled, and what hinders people who listen or see badly."""

import asyncio
from typing import Any

from playwright.async_api import Error, Page, expect

from portal.kit.pages import STATIC
from tests.makers.patience import PATIENCE_S

WCAG = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"]
AT_REST = """() =>
  document.fonts.status === "loaded" &&
  !document.querySelector(".htmx-request, .htmx-settling, .htmx-swapping, .htmx-added") &&
  document.getAnimations().every((one) =>
    one.playState !== "running" || one.effect.getComputedTiming().iterations === Infinity)"""


async def is_live(page: Page) -> None:
    """Wait until the page hears what others do; what happened since it was made is in it by then."""
    live = page.locator("[data-connection][data-state=live]:not([hidden])")
    await expect(live).to_have_count(1)


async def becomes(page: Page, expression: str, arg: Any = None) -> None:
    """Wait until it is true on the page. Asked from here: the browser's own waiting evaluates in
    the page, which its content security policy forbids from the second look on.
    """
    async with asyncio.timeout(PATIENCE_S):
        while not await _is_so(page, expression, arg):  # noqa: ASYNC110  # another process
            await asyncio.sleep(0.03)


async def _is_so(page: Page, expression: str, arg: Any) -> bool:
    try:
        return bool(await page.evaluate(expression, arg))
    except Error as error:
        if "navigation" in str(error) or "context was destroyed" in str(error):
            return False  # another page is on its way
        raise


async def is_at_rest(page: Page) -> None:
    """Wait until nothing is fetched by the page or moves on it: colours are read in between else."""
    await becomes(page, AT_REST)


async def faults_of_axe(page: Page) -> list[tuple[str, str]]:
    """What axe finds on the page as it is: the rule, and the first element that breaks it."""
    await is_at_rest(page)
    await page.evaluate((STATIC / "vendor/axe.min.js").read_text())
    run = "rules => axe.run({ runOnly: rules }).then((ran) => ran.violations)"
    found = await page.evaluate(run, WCAG)
    return [(one["id"], one["nodes"][0]["html"][:200]) for one in found]
