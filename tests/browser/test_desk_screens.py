"""Every screen of the chat's desk: on each width, empty and full to the brim, nothing breaks."""

import gzip
from pathlib import Path

import pytest

from portal.kit.pages import STATIC
from tests.makers.desks import WORD, a_full_desk, an_empty_desk, arrive, at_the_desk

pytestmark = [pytest.mark.browser, pytest.mark.slow]

LOOK = Path(__file__).with_name("look.js").read_text(encoding="utf-8")
FINGER, MOUSE = {"has_touch": True, "is_mobile": True}, {}
WIDTHS = {"phone": (FINGER, (360, 390)), "tablet": (FINGER, (768, 1024)),
          "desktop": (MOUSE, (1024, 1280, 1300, 1440, 1920))}  # fmt: skip
PLACES = (
    *("inbox", "inbox?show=closed", "inbox/tasks", "inbox/settings", "inbox/numbers"),
    *("inbox/numbers?range=year", "inbox/budget", "faq", "faq/new", "faq/unanswered"),
)
PLATFORM = ("/admin/", "/admin/ai")
AXE = (STATIC / "vendor/axe.min.js").read_text(encoding="utf-8")
WCAG = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"]
MOST_BYTES = 150 * 1024
MOST_SHIFT = 0.05
"""A slow machine paints a page while it still comes, up to 0.01; whatever jumps is far above."""
SHIFTS = """window.shifts = [];
new PerformanceObserver((list) => {
  for (const entry of list.getEntries()) {
    if (entry.hadRecentInput) continue;
    const moved = entry.sources.map(({ node }) => node?.id || node?.className || node?.nodeName);
    shifts.push([entry.value, moved.join(", ")]);
  }
}).observe({ type: "layout-shift", buffered: true });"""
DRAWN = """() => new Promise(
    (draw) => requestAnimationFrame(() => requestAnimationFrame(() => draw(innerWidth))))"""


@pytest.mark.parametrize("device", WIDTHS)
@pytest.mark.parametrize("make", [an_empty_desk, a_full_desk])
async def test_every_screen_has_room_for_its_words(parts, client, browser, address, make, device):
    shop, further = await make(parts, client)
    options, widths = WIDTHS[device]
    page = await at_the_desk(parts, browser, shop, address, **options)
    places = [f"{shop.home}/{place}" for place in (*PLACES, *further)]
    wrong = []
    for place in (*places, *PLATFORM):
        await page.set_viewport_size({"width": widths[0], "height": 844})
        await arrive(page, address + place)
        for width in widths:
            await page.set_viewport_size({"width": width, "height": 844})
            assert await page.evaluate(DRAWN) == width
            found = await page.evaluate(LOOK, options is FINGER)
            wrong += [f"{place} at {width} px: {line}" for line in found]
    assert not wrong, "\n".join(wrong)


async def test_the_look_sees_what_is_wrong(browser):
    """The control: each of these is found."""
    page = await browser.new_page(viewport={"width": 390, "height": 844})
    await page.set_content(
        "<meta charset=utf-8><div style='width:900px'>breit</div>"
        "<h2 style='width:9px;overflow:hidden;text-overflow:ellipsis;white-space:nowrap'>Name</h2>"
        "<button style='height:90px'>Antwort</button><div style='overflow:auto;width:50px'>"
        f"<p>{WORD}</p></div>"
    )
    found = " ".join(await page.evaluate(LOOK, True))
    for said in (
        "px wide",
        "hardly a word",
        "swollen",
        "moves sideways",
        "stands outside",
        " px: ",
    ):
        assert said in found, said


@pytest.mark.parametrize("width", [390, 1440])
async def test_no_screen_jumps_or_weighs_much(parts, client, browser, address, width):
    shop, further = await a_full_desk(parts, client)
    viewport = {"width": width, "height": 900}
    page = await at_the_desk(parts, browser, shop, address, viewport=viewport)
    await page.add_init_script(SHIFTS)
    wrong, sizes = [], {}
    for place in (*(f"{shop.home}/{place}" for place in (*PLACES, *further)), *PLATFORM):
        await arrive(page, address + place)
        await page.evaluate(DRAWN)
        shifts = await page.evaluate("shifts")
        if sum(value for value, _moved in shifts) > MOST_SHIFT:
            wrong += [f"{place}: {value:.5f} {moved}" for value, moved in shifts]
        if (size := await zipped(page, sizes)) > MOST_BYTES:
            wrong.append(f"{place}: {size} bytes")
    assert not wrong, "\n".join(wrong)


@pytest.mark.parametrize(("device", "scheme"), [("phone", "dark"), ("desktop", "light")])
async def test_no_screen_is_in_the_way_of_people_who_listen_or_see_badly(
    parts, client, browser, address, device, scheme
):
    shop, further = await a_full_desk(parts, client)
    options, widths = WIDTHS[device]
    page = await at_the_desk(parts, browser, shop, address, color_scheme=scheme, **options)
    await page.set_viewport_size({"width": widths[-1], "height": 844})
    wrong = []
    for place in (*(f"{shop.home}/{place}" for place in (*PLACES, *further)), *PLATFORM):
        await arrive(page, address + place)
        await page.evaluate(AXE)
        found = await page.evaluate(
            "rules => axe.run({ runOnly: rules }).then(r => r.violations)", WCAG
        )
        wrong += [f"{place}: {one['id']} {one['nodes'][0]['html'][:200]}" for one in found]
    assert not wrong, "\n".join(wrong)


async def zipped(page, sizes):
    """What a first visit to this page loads, as a proxy would compress it, in bytes."""
    loaded = await page.evaluate("performance.getEntriesByType('resource').map((one) => one.name)")
    for address in {page.url, *loaded} - sizes.keys():
        if "/events" in address:
            continue
        body = await (await page.request.get(address)).body()
        sizes[address] = min(len(body), len(gzip.compress(body, 6)))
    return sum(sizes[address] for address in {page.url, *loaded} if address in sizes)
