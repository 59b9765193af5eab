"""Find a Chromium for the browser tests, or get one. `python tests/browser_launch.py` gets one.

In order: $CHROMIUM_PATH, the build that Playwright downloaded, a Chromium or Chrome of the system.
Where there is none, `make test` lets Playwright download its build, and as root asks Debian.
"""

import os
import shutil
import subprocess
import sys
from pathlib import Path

from playwright.async_api import Browser as AsyncBrowser
from playwright.async_api import Playwright as AsyncPlaywright
from playwright.async_api import expect
from playwright.sync_api import Browser, Playwright, sync_playwright

SYSTEM_NAMES = ("chromium", "chromium-browser", "google-chrome-stable", "google-chrome")
MAC_APPS = (
    "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome",
    "/Applications/Chromium.app/Contents/MacOS/Chromium",
)
# A test talks to this machine only; without these the browser calls its maker at every start.
QUIET = (
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-quic",
    "--disable-sync",
    "--no-first-run",
)
ADVICE = (
    "No Chromium for the browser tests. Install one (Debian: apt-get install chromium), or run"
    " `.venv/bin/playwright install chromium`, or name one in CHROMIUM_PATH."
)


# A busy machine is slow; what is there at once costs nothing. Pages wait half a minute by themselves.
expect.set_options(timeout=30_000)


class NoBrowser(RuntimeError):
    """Nothing to run the browser tests with; the message says how to change that."""


def find_chromium(playwright: Playwright | AsyncPlaywright) -> str | None:
    """Path of a program to launch, None when there is none."""
    named = os.environ.get("CHROMIUM_PATH")
    if named:
        return named
    own = playwright.chromium.executable_path
    if Path(own).exists():
        return own
    for name in SYSTEM_NAMES:
        if found := shutil.which(name):
            return found
    return next((app for app in MAC_APPS if Path(app).exists()), None)


def launch(playwright: Playwright, **options) -> Browser:
    """A headless Chromium; options as for Playwright's `chromium.launch`. Raises NoBrowser."""
    return playwright.chromium.launch(**_options(playwright, options))


async def launch_async(playwright: AsyncPlaywright, **options) -> AsyncBrowser:
    """The same for Playwright's asynchronous interface."""
    return await playwright.chromium.launch(**_options(playwright, options))


def install() -> None:
    """Get a Chromium in one of the usual ways; raises NoBrowser when none works."""
    with sync_playwright() as playwright:
        if find_chromium(playwright):
            return
    say("Getting a Chromium for the browser tests …")
    for command in _ways_to_get_one():
        done = subprocess.run(command, capture_output=True, text=True, check=False, timeout=900)
        if done.returncode == 0:
            return
        say(f"  {' '.join(command)}: {(done.stderr or done.stdout).strip()[-300:]}")
    raise NoBrowser(ADVICE)


def say(line: str) -> None:
    sys.stdout.write(f"{line}\n")
    sys.stdout.flush()


def _options(playwright: Playwright | AsyncPlaywright, options: dict) -> dict:
    path = find_chromium(playwright)
    if path is None:
        raise NoBrowser(ADVICE)
    # Root cannot sandbox; a container's small /dev/shm is no place for pages.
    unsandboxed = ("--no-sandbox", "--disable-dev-shm-usage") if os.geteuid() == 0 else ()
    args = [*QUIET, *unsandboxed, *options.pop("args", [])]
    return {"executable_path": path, "args": args, **options}


def _ways_to_get_one() -> list[list[str]]:
    playwright = [sys.executable, "-m", "playwright", "install"]
    if os.geteuid() != 0 or not shutil.which("apt-get"):
        return [[*playwright, "chromium"]]
    debian = "apt-get update -q && apt-get install -qy --no-install-recommends"
    return [
        [*playwright, "--with-deps", "chromium"],
        ["sh", "-c", f"export DEBIAN_FRONTEND=noninteractive; {debian} chromium fonts-liberation"],
    ]


if __name__ == "__main__":
    try:
        install()
    except NoBrowser as missing:
        sys.exit(str(missing))
