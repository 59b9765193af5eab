"""How long the widget holds a slow phone's only thread: the longest task of each step of a visit."""

import asyncio
import shutil
import subprocess
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any, NamedTuple

from playwright.async_api import Browser, CDPSession, Route, async_playwright

from tests.browser_launch import launch_async

ROOT = Path(__file__).parents[2]
OWN_NODE = ROOT / ".venv/node/bin"
SLOWER = 4
WITHOUT = "the page without it"
PATIENCE_MS = 60_000
# Drives itself: whatever a driver outside asks of the page is a task of the page, too.
VISIT = """
addEventListener("load", async () => {
  if (window !== top) return;
  const pause = (ms) => new Promise((done) => setTimeout(done, ms));
  const until = async (find) => {
    let found;
    while (!(found = find())) await pause(100);
    await pause(300);
    return found;
  };
  const chat = () => document.querySelector("carbot-chat");
  const inside = (kind) => chat().shadowRoot.querySelector("carbot-panel")?.shadowRoot.querySelector(kind);
  const policy = trustedTypes.createPolicy("bench", { createScriptURL: (address) => address });
  const addTag = () => {
    const tag = Object.assign(document.createElement("script"), { src: policy.createScriptURL("/widget/v1/carbot.js?late") });
    tag.dataset.siteKey = "demo";
    document.body.append(tag);
  };
  const steps = [
    ["the launcher", addTag, chat],
    ["opening", () => chat().open(), () => inside("section button:enabled")],
    ["agreeing", () => inside("section button").click(), () => inside("[role=log] > *")],
    ["streaming 200 words", () => chat().ask("Zahnriemen"), () => inside("[role=log]").textContent.includes("Ende der langen")],
    ["showing free times", () => chat().ask("termin"), () => inside(".times button")],
  ];
  await pause(300);
  for (const [name, act, seen] of steps) {
    performance.mark(`step ${name}`);
    act();
    await until(seen);
  }
  console.log("visited");
});
"""


class Longest(NamedTuple):
    """Milliseconds of the longest task, each found for itself: the processor's, at full speed and then
    taken times four; and by the clock while the browser slows the page down to a quarter.

    On a shared machine the clock also counts what others did meanwhile, and the browser's brake goes by
    the clock, too. What the processor worked for an unbraked page is the page's own.
    """

    worked: float = 0.0
    took: float = 0.0


Round = tuple[Longest, dict[str, Longest]]
"""While the page loads without the widget, and then by step with it."""


async def longest_tasks(rounds: int) -> list[Round]:
    async with _workshops_page() as address, async_playwright() as playwright:
        browser = await launch_async(playwright)
        found = [await _round(browser, address) for _number in range(rounds)]
        await browser.close()
    return found


async def _round(browser: Browser, address: str) -> Round:
    free = await _visit(browser, address, "tdur")
    slow = await _visit(browser, address, "dur", SLOWER)
    steps = {step: Longest(SLOWER * free[step], slow[step]) for step in free}
    return steps.pop(WITHOUT), steps


@asynccontextmanager
async def _workshops_page() -> AsyncIterator[str]:
    node = shutil.which("node", path=str(OWN_NODE)) or shutil.which("node")
    if node is None:
        raise FileNotFoundError("no Node.js: make dev")
    server = ROOT / "widget/test/fake-server.js"
    command = (node, str(server), "0", "8")
    process = await asyncio.create_subprocess_exec(*command, stdout=subprocess.PIPE)
    assert process.stdout
    try:
        yield (await process.stdout.readline()).decode().strip()
    finally:
        process.kill()
        await process.wait()


async def _visit(browser: Browser, address: str, length: str, slower: int = 1) -> dict[str, float]:
    """`length` is `dur`, by the clock, or `tdur`, of the processor."""
    context = await browser.new_context(locale="de-DE", viewport={"width": 390, "height": 844})
    page = await context.new_page()
    await page.route("**/carbot.js", _nothing)
    await page.add_init_script(VISIT)
    devtools = await context.new_cdp_session(page)
    await devtools.send("Emulation.setCPUThrottlingRate", {"rate": slower})
    async with _traced(devtools) as events:
        said = page.expect_console_message(lambda one: one.text == "visited", timeout=PATIENCE_MS)
        async with said:
            await page.goto(address)
    await context.close()
    return _by_step(events, length)


async def _nothing(route: Route) -> None:
    await route.fulfill(body="document.currentScript.remove()", content_type="text/javascript")


@asynccontextmanager
async def _traced(devtools: CDPSession) -> AsyncIterator[list[dict[str, Any]]]:
    """Filled when the block is left."""
    events: list[dict[str, Any]] = []
    complete = asyncio.Event()
    devtools.on("Tracing.dataCollected", lambda part: events.extend(part["value"]))
    devtools.on("Tracing.tracingComplete", lambda _part: complete.set())
    config = {"includedCategories": ["toplevel", "blink.user_timing"]}
    await devtools.send("Tracing.start", {"transferMode": "ReportEvents", "traceConfig": config})
    yield events
    await devtools.send("Tracing.end")
    await complete.wait()


def _by_step(events: list[dict[str, Any]], length: str) -> dict[str, float]:
    """The page's thread is one that has marked a step, or that has loaded a page. A step begins within a task."""
    marks = sorted((one["ts"], one["name"][5:]) for one in events if one["name"][:5] == "step ")
    loaded = ("step ", "navigationStart", "loadEventEnd")
    threads = {(one["pid"], one["tid"]) for one in events if one["name"].startswith(loaded)}
    longest = dict.fromkeys([WITHOUT, *(name for _at, name in marks)], 0.0)
    for one in events:
        if (one["pid"], one["tid"]) in threads and one["name"].endswith("RunTask"):
            end = one["ts"] + one.get("dur", 0)
            step = next((name for at, name in reversed(marks) if end >= at), WITHOUT)
            longest[step] = max(longest[step], one.get(length, 0) / 1000)
    return longest
