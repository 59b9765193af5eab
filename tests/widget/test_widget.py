"""The built widget in a real browser, on a page with a strict policy, against a server that is made up."""

import os
import shutil
import subprocess
from collections.abc import AsyncIterator, Iterator
from contextlib import suppress
from pathlib import Path
from typing import Any

import pytest
from playwright.async_api import Browser, Page, async_playwright, expect

from tests.browser_launch import NoBrowser, launch_async
from tests.makers.screens import becomes

ROOT = Path(__file__).parents[2]
BUILT = ROOT / "portal/kit/static"
OWN_NODE = ROOT / ".venv/node/bin"
NODE = shutil.which("node", path=f"{OWN_NODE}{os.pathsep}{os.environ.get('PATH', '')}")

pytestmark = [
    pytest.mark.browser,
    pytest.mark.skipif(NODE is None, reason="no Node.js"),
    pytest.mark.skipif(not (BUILT / "widget/carbot.js").exists(), reason="widget not built"),
]

RECORD_EVENTS = """
window.heard = [];
for (const name of ["ready", "open", "close", "message", "booked", "error"])
  addEventListener(`carbot:${name}`, (event) => heard.push([name, event.detail]));
"""
INSIDE = "document.querySelector('carbot-chat').shadowRoot.querySelector('carbot-panel').shadowRoot"


def test_the_parts_without_a_page_keep_their_promises() -> None:
    tests = sorted(str(path) for path in (ROOT / "widget/test").glob("*.test.js"))
    done = subprocess.run(
        [str(NODE), "--test", *tests], capture_output=True, text=True, check=False, timeout=240
    )
    assert done.returncode == 0, done.stdout


@pytest.fixture
def site() -> Iterator[str]:
    server = subprocess.Popen(
        [str(NODE), str(ROOT / "widget/test/fake-server.js"), "0", "8"],
        stdout=subprocess.PIPE,
        text=True,
    )
    with server:
        assert server.stdout
        yield server.stdout.readline().strip()
        server.kill()


@pytest.fixture(scope="module")
async def browser() -> AsyncIterator[Browser]:
    async with async_playwright() as playwright:
        try:
            started = await launch_async(playwright)
        except NoBrowser as missing:
            pytest.skip(str(missing))
        yield started
        await started.close()


@pytest.fixture
async def page(browser: Browser) -> AsyncIterator[Page]:
    context = await browser.new_context(locale="de-DE")
    made = await context.new_page()
    await made.add_init_script(RECORD_EVENTS)
    yield made
    # A server that was ended first leaves streams behind; closing them is no test's matter.
    with suppress(Exception):
        await context.close()


async def test_before_the_click_there_is_one_request_and_no_trace(page: Page, site: str) -> None:
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    await page.goto(site)
    await _launcher(page).hover()
    traces = "[localStorage.length, sessionStorage.length, document.cookie]"
    assert await page.evaluate(traces) == [0, 0, ""]
    assert asked == [site, f"{site}widget/v1/carbot.js"]
    await _launcher(page).click()
    await page.get_by_role("button", name="Einverstanden").wait_for()
    assert await page.evaluate(traces) == [0, 0, ""]
    assert len(asked) == len(["page", "loader", "panel", "config"])


async def test_a_strict_policy_is_kept_and_nothing_is_complained_about(
    page: Page, site: str
) -> None:
    complaints: list[str] = []
    page.on("console", lambda message: complaints.append(message.text))
    page.on("pageerror", lambda error: complaints.append(str(error)))
    await _begin(page, site)
    await _say(page, "Ich möchte einen Termin")
    await page.get_by_role("heading", name="Freie Termine").wait_for()
    assert complaints == []


async def test_a_question_asked_by_the_page_waits_for_consent(page: Page, site: str) -> None:
    await page.goto(site)
    await page.evaluate("carbot.ask('Was kostet eine Inspektion?')")
    await page.get_by_text("Ihre Frage").wait_for()
    await page.get_by_role("button", name="Einverstanden").click()
    await page.get_by_text("Transporter ab").wait_for()
    await expect(page.get_by_text("Was kostet eine Inspektion?")).to_have_count(1)


async def test_a_conversation_goes_on_after_the_page_was_left(page: Page, site: str) -> None:
    await _begin(page, site)
    await _say(page, "Wann haben Sie offen?")
    await page.get_by_text("Quelle: Häufige Fragen").wait_for()
    await page.reload()
    await _launcher(page).click()
    await page.get_by_text("Wann haben Sie offen?").wait_for()
    await expect(page.get_by_text("Samstags nehmen wir")).to_have_count(1)


async def test_a_person_takes_over(page: Page, site: str) -> None:
    await _fault(page, site, "away=1")
    await _begin(page, site)
    await page.get_by_role("button", name="Mit einem Menschen sprechen").click()
    await page.get_by_text("Team wird verständigt").wait_for()
    await page.request.get(f"{site}staff")
    await page.get_by_text("Stefan Brandt antwortet").wait_for()
    await page.get_by_text("auch im Leerlauf?").wait_for()


async def test_hostile_text_stays_text(page: Page, site: str) -> None:
    await _begin(page, site)
    await _say(page, "böse")
    await page.get_by_text("Quelle: <u>q</u>").wait_for()
    elements = f"{INSIDE}.querySelectorAll('.log :is(img, script, b, i, u)').length"
    assert await page.evaluate(elements) == 0
    links = await page.evaluate(f"[...{INSIDE}.querySelectorAll('.log a')].map((a) => a.href)")
    assert links == ["https://example.org/%22onmouseover=%22x"]
    assert await page.evaluate("window.hacked") is None


async def test_a_token_that_ran_out_costs_no_text(page: Page, site: str) -> None:
    await _begin(page, site)
    await _fault(page, site, "expire=1")
    await _say(page, "Mein langer Text")
    await page.get_by_text("Ihre Sitzung ist abgelaufen.").wait_for()
    await _fault(page, site, "expire=0")
    await page.get_by_role("button", name="Einverstanden").click()
    await expect(page.get_by_role("textbox")).to_have_value("Mein langer Text")


async def test_too_many_messages_are_answered_with_a_way_on(page: Page, site: str) -> None:
    await _begin(page, site)
    await _fault(page, site, "limited=1")
    await _say(page, "Noch etwas")
    await page.get_by_text("Bitte warten Sie 20 Sekunden.").wait_for()
    await _fault(page, site, "limited=0")
    await page.get_by_role("button", name="Erneut versuchen").click()
    await page.get_by_text("Samstags nehmen wir").wait_for()


async def test_a_cut_answer_is_fetched_again_and_shown_once(page: Page, site: str) -> None:
    await _begin(page, site)
    await _fault(page, site, "cut=1")
    await _say(page, "Wann offen?")
    await page.get_by_text("Samstags nehmen wir").wait_for()
    await page.get_by_text("Quelle: Häufige Fragen").wait_for()
    await expect(page.get_by_text("Samstags nehmen wir")).to_have_count(1)


async def test_without_storage_the_chat_still_works(page: Page, site: str) -> None:
    await page.add_init_script(
        "Object.defineProperty(window, 'sessionStorage', { get() { throw new Error('blocked') } })"
    )
    await _begin(page, site)
    await _say(page, "Wann offen?")
    await page.get_by_text("Samstags nehmen wir").wait_for()


async def test_a_deleted_conversation_leaves_nothing(page: Page, site: str) -> None:
    await _begin(page, site)
    await page.get_by_role("button", name="Weitere Möglichkeiten").click()
    await page.get_by_role("button", name="Gespräch löschen").click()
    await page.get_by_role("button", name="Ja, löschen").click()
    await page.get_by_text("Ihr Gespräch wurde gelöscht.").wait_for()
    await becomes(page, "sessionStorage.length === 0")


async def test_escape_closes_and_gives_the_focus_back(page: Page, site: str) -> None:
    await _begin(page, site)
    await page.keyboard.press("Escape")
    await expect(_launcher(page)).to_be_focused()
    assert [name for name, _ in await page.evaluate("heard")] == ["ready", "open", "close"]


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("colour", ["#0b6e4f", "#ffd400", "#111111", "#7c3aed"])
async def test_every_accent_stays_readable(
    browser: Browser, site: str, scheme: Any, colour: str
) -> None:
    page = await browser.new_page(color_scheme=scheme, reduced_motion="reduce", locale="de-DE")
    await _begin(page, site)
    await page.evaluate(
        "document.querySelector('carbot-chat').shadowRoot.adoptedStyleSheets[1]"
        f".replaceSync(':host{{--accent:{colour}}}')"
    )
    await _say(page, "Ich möchte einen Termin")
    await page.get_by_text("Freie Termine").wait_for()
    await page.evaluate((BUILT / "vendor/axe.min.js").read_text())
    found = await page.evaluate("axe.run(document.querySelector('carbot-chat'))")
    await page.close()
    assert [(one["id"], one["nodes"][0]["failureSummary"]) for one in found["violations"]] == []


def _launcher(page: Page) -> Any:
    return page.get_by_role("button", name="Fragen oder Termin?")


async def _begin(page: Page, site: str) -> None:
    await page.goto(site)
    await _launcher(page).click()
    await page.get_by_role("button", name="Einverstanden").click()
    await page.get_by_text("Ich beantworte Fragen").wait_for()


async def _say(page: Page, text: str) -> None:
    await page.get_by_role("textbox", name="Ihre Nachricht").fill(text)
    await page.keyboard.press("Enter")


async def _fault(page: Page, site: str, fault: str) -> None:
    await page.request.get(f"{site}faults?{fault}")


async def _heard(page: Page, name: str) -> list[Any]:
    """The details of all events of that name, of which there is at least one to come."""
    await becomes(page, "wanted => heard.some(([name]) => name === wanted)", name)
    return [detail for heard, detail in await page.evaluate("heard") if heard == name]
