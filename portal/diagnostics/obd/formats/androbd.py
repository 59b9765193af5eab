"""AndrOBD: a translated word for time, no units, every line ended by a delimiter.

A channel without a value writes nothing at all, not even its delimiter, and the cells behind it
move to the left: a row that is too short is set aside, nobody knows which cell is missing.
"""

import re

import polars as pl

from portal.diagnostics.obd import clock
from portal.diagnostics.obd.lines import Lines
from portal.diagnostics.obd.tables import LINE, MAX_LINE, Header, Headings
from portal.diagnostics.obd.wide import Timing, WideFormat

_TIME = re.compile(
    r"time|zeit|temps|tiempo|tempo|ora|hora|tid|aika|czas|čas|idő|timp|время|час|zaman|tijd|时间|時間"
)
_DATED = re.compile(r'^"?\d{4}-\d\d-\d\d \d\d:\d\d:\d\d\.\d{3}"?\s*[;,\t|]')


def fits(lines: Lines, header: Header) -> bool:
    """The header alone is that of many tables: the first row tells."""
    below = range(header.line + 1, min(header.line + 6, len(lines.starts)))
    short = (at for at in below if lines.ends[at] - lines.starts[at] < MAX_LINE)
    return any(_DATED.match(lines.text(at)) for at in short)


def _is_header(cells: Headings) -> bool:
    return len(cells) > 2 and cells[-1] == "" and bool(_TIME.fullmatch(cells[0].casefold()))


def _split_name(heading: str) -> tuple[str, str]:
    return heading, ""


def _read_time(cells: pl.DataFrame, _name: str) -> Timing:
    column = next(heading for heading in cells.columns if heading != LINE)
    run = clock.run_clock(clock.iso_times(cells[column]))
    return Timing(run, clock.local(run.first_ms), "absolute")


FORMAT = WideFormat(
    name="androbd",
    is_header=_is_header,
    split_name=_split_name,
    read_time=_read_time,
    time_columns=frozenset(),
    provenance="held",
    short_rows_allowed=False,
    time_column=0,
)
