"""What a visitor's browser loads for the widget, and how long it is held by what it loaded."""

import gzip
import re
from pathlib import Path
from statistics import median

from portal.kit.pages import STATIC
from tests.bench.figures import Figure, most
from tests.bench.long_tasks import SLOWER, Longest, longest_tasks
from tests.bench.world import Bench

FOLDER = STATIC / "widget"
KIB = 1024
BLOCKS_MS = 50
CONFIG_REQUESTS = 1
"""The workshop's name, colour and consent text, fetched while the panel loads."""
LANGUAGE = re.compile(r"(ar|de|en|pl|ru|tr|uk)-")
"""The texts of another language are a choice of its own, and nobody's everything."""
_AT_ONCE = re.compile(r'(?:from|import)"\./([\w.-]+\.js)"')
_EVER = re.compile(r'(?:from|import)\(?"\./([\w.-]+\.js)"')


async def run(bench: Bench) -> list[Figure]:
    if not (FOLDER / "carbot.js").is_file():
        raise FileNotFoundError("the widget is not built: make dev")
    loader = _size(FOLDER / "carbot.js")
    figures = [_figure("loader, the launcher shows", loader, 2)]
    for panel in sorted(FOLDER.glob("chat-*.js")):
        locale = panel.name.split("-")[1]
        first, everything = _loaded(panel, at_once=True), _loaded(panel, at_once=False)
        requests = 1 + len(first) + CONFIG_REQUESTS
        figures += [
            _figure(f"until a message can be sent, {locale}", loader + _sizes(first), 10),
            Figure("widget", f"requests until then, {locale}", "", requests, target=most(3)),
            _figure(f"every card, form and tab, {locale}", loader + _sizes(everything), 25),
        ]
    return figures + await _long_tasks(bench)


async def _long_tasks(bench: Bench) -> list[Figure]:
    """A task of more than 50 ms blocks, as browsers count it; by the clock of a busy machine any page does."""
    rounds = await longest_tasks(bench.much(5, 1))
    empty = _middle([page for page, _steps in rounds])
    figures = []
    for step in rounds[0][1]:
        found = _middle([steps[step] for _page, steps in rounds])
        by_clock = (
            f"braked {SLOWER} x, by the clock: {found.took:.0f} ms, without it {empty.took:.0f}"
        )
        figures.append(
            Figure(
                "widget",
                f"longest task, {step}: {SLOWER} x the processor's time",
                "ms",
                found.worked,
                empty.worked,
                "the page without it, loading",
                target=most(BLOCKS_MS),
                note=by_clock,
            )
        )
    return figures


def _middle(found: list[Longest]) -> Longest:
    return Longest(median(one.worked for one in found), median(one.took for one in found))


def _loaded(entry: Path, *, at_once: bool) -> list[Path]:
    """The panel and what it imports; `import()` comes when it is needed."""
    found, waiting = [], [entry]
    while waiting:
        path = waiting.pop()
        if path in found:
            continue
        found.append(path)
        names = (_AT_ONCE if at_once else _EVER).findall(path.read_text())
        waiting += [FOLDER / name for name in names if not LANGUAGE.match(name)]
    return found


def _figure(name: str, size: int, limit_kib: float) -> Figure:
    return Figure("widget", name, "KiB", size / KIB, target=most(limit_kib), note="gzip")


def _sizes(paths: list[Path]) -> int:
    return sum(map(_size, paths))


def _size(path: Path) -> int:
    return len(gzip.compress(path.read_bytes(), 9))
