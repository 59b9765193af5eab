"""What a start loads: a process of the portal is ready within a moment, and small."""

import gc
import subprocess
import sys

import holidays
import pytest

from portal.bookings import calendar
from portal.kit.parts import running
from portal.kit.settings import Settings

HEAVY = ("PIL", "aiohttp", "asammdf", "holidays", "icalendar", "polars", "weasyprint")


@pytest.mark.parametrize("program", ["portal.app", "portal.worker"])
def test_what_few_requests_need_is_not_loaded_at_the_start(program: str) -> None:
    told = f"import sys, {program}; print(*(name for name in {HEAVY} if name in sys.modules))"
    loaded = subprocess.run(
        [sys.executable, "-c", told], capture_output=True, text=True, check=True
    )
    assert loaded.stdout.split() == []


def test_the_states_are_those_that_the_source_of_holidays_knows() -> None:
    assert set(holidays.country_holidays("DE").subdivisions) == calendar._STATES


async def test_a_process_collects_garbage_again_once_it_runs(settings: Settings) -> None:
    gc.disable()  # as `carbot serve` does until everything is loaded
    try:
        async with running(settings):
            assert gc.isenabled()
    finally:
        gc.enable()
