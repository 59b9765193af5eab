"""Pages of a real browser: when they are settled, and what hinders people who listen or see badly."""

from playwright.async_api import Page, expect

from portal.kit.pages import STATIC

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


async def is_at_rest(page: Page) -> None:
    """Wait until nothing is fetched by the page or moves on it: colours are read in between else."""
    await page.wait_for_function(AT_REST)


async def faults_of_axe(page: Page) -> list[tuple[str, str]]:
    """What axe finds on the page as it is: the rule, and the first element that breaks it."""
    await is_at_rest(page)
    await page.evaluate((STATIC / "vendor/axe.min.js").read_text())
    run = "rules => axe.run({ runOnly: rules }).then((ran) => ran.violations)"
    found = await page.evaluate(run, WCAG)
    return [(one["id"], one["nodes"][0]["html"][:200]) for one in found]
