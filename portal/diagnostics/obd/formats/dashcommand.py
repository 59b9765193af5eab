"""DashCommand: names of SAE with their unit behind a blank, what it works out itself as `CALC.`."""

import polars as pl

from portal.diagnostics.obd import clock
from portal.diagnostics.obd.tables import LINE, Headings
from portal.diagnostics.obd.wide import Timing, WideFormat

_TIME = "Frame Time (h:m:s.ms)"


def _is_header(cells: Headings) -> bool:
    return len(cells) > 1 and cells[0] == _TIME


def _split_name(heading: str) -> tuple[str, str]:
    name, _, unit = heading.partition(" ")
    return name, unit.strip()


def _read_time(cells: pl.DataFrame, _name: str) -> Timing:
    column = next(heading for heading in cells.columns if heading != LINE)
    return Timing(clock.run_clock(clock.times_of_day(cells[column])), None, "relative")


FORMAT = WideFormat(
    name="dashcommand",
    is_header=_is_header,
    split_name=_split_name,
    read_time=_read_time,
    time_columns=frozenset({_TIME}),
    provenance="held",
)
