"""OBD Fusion: a comment with the start, then seconds and a unit in the brackets of each heading."""

import re
from datetime import datetime, timedelta

import polars as pl

from portal.diagnostics.obd import clock
from portal.diagnostics.obd.formats.torque_pro import split_name
from portal.diagnostics.obd.lines import Lines
from portal.diagnostics.obd.tables import LINE, Header, Headings, numbers
from portal.diagnostics.obd.wide import Timing, WideFormat

_TIME = re.compile(r"^(?:Time|Zeit|Temps|Tiempo|Tempo) \((?:sec|s|sek|seg)\)$", re.IGNORECASE)
_START = re.compile(
    r"^#.*?(\d{1,4})([./-])(\d{1,2})\2(\d{1,4})[ T]+(\d{1,2}):(\d\d):(\d\d)(?:[.,](\d{1,6}))?\d*"
    r"(?: ?([AP]M))?",
    re.IGNORECASE,
)


def started_at(lines: Lines, header: Header) -> datetime | None:
    """The date of the comment above the header; None where day and month could be either."""
    for at in range(header.line):
        if (found := _START.match(lines.text(at))) and (date := _date(found)):
            return date
    return None


def _date(found: re.Match[str]) -> datetime | None:
    first, middle, last = int(found[1]), int(found[3]), int(found[4])
    half = (found[9] or "").upper()
    if first > 31:
        year, month, day = first, middle, last
    elif found[2] == "." or first > 12:
        year, month, day = last, middle, first
    elif half or middle > 12:
        year, month, day = last, first, middle
    else:
        return None
    hour = int(found[5]) % 12 + 12 * (half == "PM") if half else int(found[5])
    try:
        moment = datetime.fromisoformat(
            f"{year:04d}-{month:02d}-{day:02d}T{hour:02d}:{found[6]}:{found[7]}"
        )
    except ValueError:
        return None
    return moment + timedelta(seconds=float(f"0.{found[8] or 0}"))


def _is_header(cells: Headings) -> bool:
    return len(cells) > 1 and bool(_TIME.match(cells[0]))


def _read_time(cells: pl.DataFrame, _name: str) -> Timing:
    column = next(heading for heading in cells.columns if heading != LINE)
    run = clock.run_clock(clock.seconds(numbers(cells[column])[0]))
    return Timing(run, None, "relative")


FORMAT = WideFormat(
    name="obd_fusion",
    is_header=_is_header,
    split_name=split_name,
    read_time=_read_time,
    time_columns=frozenset(),
    provenance="held",
    time_column=0,
    started_at=started_at,
)
