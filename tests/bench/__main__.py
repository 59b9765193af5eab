"""`python -m tests.bench`: every measure, one table. See `docs/bench.md`."""

import argparse
import asyncio
import importlib
import tempfile
import time
from pathlib import Path

import uvloop

from portal.kit.logs import set_up
from portal.kit.parts import running
from portal.kit.settings import Settings
from tests.bench import table
from tests.bench.figures import Figure
from tests.bench.world import Bench, servers

MEASURES = (
    *(
        "tenancy",
        "widget",
        "vin",
        "outbox",
        "bookings",
        "obd",
        "upload",
        "live",
        "http",
        "chat",
        "listeners",
        "proxy",
        "start",
    ),
    "interleaving",  # takes what time is left
)
LEFT_OUT_WHEN_QUICK = ("upload", "chat", "listeners", "start")
ONLY_WHEN_NAMED = ("proxy",)
FULL_S, QUICK_S = 420.0, 54.0
MOST_S = 90.0
"""A measure that takes longer is given up."""


def main() -> None:
    asked = _arguments()
    set_up(level="CRITICAL", pretty=False)
    began = time.perf_counter()
    # Short, because PostgreSQL's folder of sockets and Valkey's may not be long.
    with tempfile.TemporaryDirectory(prefix="bench-", dir="/tmp") as home:
        Path(home).chmod(0o755)
        with servers(Path(home) / "h") as (settings, admin_url):
            ends = began + (QUICK_S if asked.quick else FULL_S)
            figures = uvloop.run(_measured(asked, ends, settings, admin_url))
    seconds = time.perf_counter() - began
    table.show(figures, seconds=seconds, rounds=asked.rounds)
    if asked.json:
        table.write_json(
            asked.json, figures, seconds=seconds, rounds=asked.rounds, quick=asked.quick
        )


async def _measured(
    asked: argparse.Namespace, ends: float, settings: Settings, admin_url: str
) -> list[Figure]:
    figures = []
    async with running(settings) as parts:
        bench = Bench(
            asked.rounds, asked.quick, ends, settings.portal_home, settings, admin_url, parts
        )
        for name in asked.only or _usual(asked):
            began = time.perf_counter()
            figures += await _one(name, bench)
            print(f"{name}: {time.perf_counter() - began:.0f} s", flush=True)
    return figures


def _usual(asked: argparse.Namespace) -> list[str]:
    """Processes take seconds to start: a quick bench starts few."""
    left_out = (*ONLY_WHEN_NAMED, *(LEFT_OUT_WHEN_QUICK if asked.quick else ()))
    return [name for name in MEASURES if name not in left_out]


async def _one(name: str, bench: Bench) -> list[Figure]:
    """A measure that fails is a line of the table, and the others go on."""
    try:
        measure = importlib.import_module(f"tests.bench.measures.{name}")
        most_s = getattr(measure, "MOST_S", MOST_S)
        async with asyncio.timeout(min(most_s, bench.ends - time.perf_counter())):
            found: list[Figure] = await measure.run(bench)
            return found
    except Exception as error:
        return [Figure(name, "all of it", "", failure=f"{type(error).__name__}: {error}"[:300])]


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="make bench", description=__doc__)
    parser.add_argument("--json", type=Path, metavar="FILE", help="write the figures there too")
    parser.add_argument("--only", action="append", choices=MEASURES, help="may be repeated")
    parser.add_argument("--rounds", type=int, help="default 5, with --quick 3")
    parser.add_argument("--quick", action="store_true", help="a minute instead of five")
    asked = parser.parse_args()
    asked.rounds = asked.rounds or (3 if asked.quick else 5)
    return asked


main()
