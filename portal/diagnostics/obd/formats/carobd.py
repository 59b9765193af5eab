"""carOBD: upper-case names with empty brackets, one row a second, no time at all, 0 = missing."""

import re

import numpy as np
import polars as pl

from portal.diagnostics.obd.clock import Clock
from portal.diagnostics.obd.tables import LINE, Headings
from portal.diagnostics.obd.wide import Timing, WideFormat

_HEADING = re.compile(r"^[A-Z0-9_]+ \(.*\)$")


def _is_header(cells: Headings) -> bool:
    named = sum(bool(_HEADING.match(cell)) for cell in cells)
    return named >= 3 and named >= 0.6 * len(cells)


def _split_name(heading: str) -> tuple[str, str]:
    name, _, unit = heading.partition(" (")
    return name, unit.rstrip(")")


def _read_time(cells: pl.DataFrame, _name: str) -> Timing:
    """A row is a second by agreement; rows that were set aside leave their second empty."""
    lines = cells[LINE].to_numpy()
    nothing = np.zeros(len(lines), dtype=np.bool_)
    seconds = (lines - lines[0]).astype(np.float64)
    return Timing(Clock(seconds, 0, nothing, nothing), None, "none")


FORMAT = WideFormat(
    name="carobd_wide",
    is_header=_is_header,
    split_name=_split_name,
    read_time=_read_time,
    time_columns=frozenset(),
    provenance="measured",
    zero_is_missing=True,
)
