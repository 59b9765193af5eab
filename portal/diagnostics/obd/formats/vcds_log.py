"""Logs of measured values by VCDS: several columns of time, a head of up to twelve lines.

Old programs log groups of four values (`Group A: '115`), new ones single values; each group or
value has a column of time of its own to its left. German programs quote their decimal commas.
"""

import re
from datetime import datetime
from typing import NamedTuple

import numpy as np

from portal.diagnostics.obd import clock
from portal.diagnostics.obd.change_points import Channel
from portal.diagnostics.obd.encodings import repair
from portal.diagnostics.obd.formats.vcds_autoscan import date_of_line
from portal.diagnostics.obd.lines import Lines
from portal.diagnostics.obd.not_a_recording import NotARecording
from portal.diagnostics.obd.recording import Floats, QuarantinedRow, TimeKnown
from portal.diagnostics.obd.tables import DELIMITERS, LINE, Header, cut, numbers, read_table
from portal.diagnostics.obd.units import is_unit
from portal.diagnostics.obd.wide import Reading

NAME = "vcds_log"
_HEAD = 14
_LONGEST = 65536
_TIME = frozenset({"TIME", "STAMP", "TIMESTAMP", "ZEIT", "MARKE", "ZEITSTEMPEL"})
_GROUP = re.compile(r"\b(?:Group|Gruppe) [A-D]\b", re.IGNORECASE)
_ADDRESS = re.compile(r"^(?:Address|Adresse) [0-9A-F]{2}\b")
_NUMBER = re.compile(r"^-?\d+(?:[.,]\d+)?$")


class LogHead(NamedTuple):
    """`last` is the line above the first row; for each column its name, unit, and time column."""

    last: int
    delimiter: str
    started_at: datetime | None
    names: list[str]
    units: list[str]
    times: list[int | None]


def find_head(lines: Lines) -> LogHead | None:
    """None if the first lines are not those of such a log."""
    count = min(_HEAD, len(lines.starts))
    texts = [lines.text(at) if _fits(lines, at) else "" for at in range(count)]
    if not any(date_of_line(line) or _GROUP.search(line) or _ADDRESS.match(line) for line in texts):
        return None
    for delimiter in DELIMITERS:
        rows = [cut(line, delimiter) for line in texts]
        if found := _head(rows, delimiter, next(filter(None, map(date_of_line, texts)), None)):
            return found
    return None


def read_log(lines: Lines, head: LogHead) -> Reading:
    table = read_table(lines, Header(head.last, head.delimiter, head.names))
    columns = [name for name in table.cells.columns if name != LINE]
    stamps: dict[int, Floats] = {}
    channels: list[Channel] = []
    for at, column in enumerate(columns[: len(head.names)]):
        where = head.times[at]
        if where is None or where >= len(columns) or not head.names[at]:
            continue
        if where not in stamps:
            stamps[where] = _seconds(numbers(table.cells[columns[where]])[0].to_numpy())
        values = numbers(table.cells[column])[0].to_numpy()
        there = ~np.isnan(values) & ~np.isnan(stamps[where])
        if there.any():
            channels.append(
                Channel(head.names[at], head.units[at], stamps[where][there], values[there])
            )
    if not channels:
        raise NotARecording("no_rows", detail=", ".join(filter(None, head.names[:4]))[:60])
    return _reading(head, channels, table.rows, table.quarantined)


def _reading(
    head: LogHead, channels: list[Channel], rows: int, odd: list[QuarantinedRow]
) -> Reading:
    moments = np.unique(np.concatenate([channel.times for channel in channels]))
    first = float(moments[0])
    started = clock.later(head.started_at, first)
    moved = [channel._replace(times=np.round(channel.times - first, 6)) for channel in channels]
    known: TimeKnown = "absolute" if started else "relative"
    return Reading(moved, np.round(moments - first, 6), started, known, rows, odd, [])


def _head(rows: list[list[str]], delimiter: str, started: datetime | None) -> LogHead | None:
    timed = [_time_columns(row) for row in rows]
    if not any(timed):
        return None
    begin = next(at for at, found in enumerate(timed) if found)
    places = set().union(*timed)
    first = next((at for at in range(begin + 1, len(rows)) if _is_data(rows[at], places)), None)
    if first is None:
        return None
    told = [row for row in rows[max(0, begin - 2) : first] if not _is_title(row)]
    if not told:
        return None
    width = max(len(row) for row in told)
    cells = [[row[at] if at < len(row) else "" for row in told] for at in range(width)]
    has_units = any(is_unit(cell) for cell in told[-1])
    names = [_name(column[: -1 if has_units else None]) for column in cells]
    units = [column[-1].strip() if has_units else "" for column in cells]
    times = [max((place for place in places if place < at), default=None) for at in range(width)]
    names = ["" if at in places else name for at, name in enumerate(names)]
    return LogHead(first - 1, delimiter, started, names, units, times)


def _time_columns(row: list[str]) -> set[int]:
    return {at for at, cell in enumerate(row) if cell.strip().upper() in _TIME}


def _is_data(row: list[str], places: set[int]) -> bool:
    return any(at < len(row) and _NUMBER.match(row[at].strip()) for at in places)


def _is_title(row: list[str]) -> bool:
    """The lines of date, part number and groups say nothing of single columns."""
    whole = ",".join(row)
    return bool(date_of_line(whole) or _GROUP.search(whole) or _ADDRESS.match(whole))


def _name(cells: list[str]) -> str:
    parts = [repair(cell.strip()) for cell in cells]
    return " ".join(part for part in parts if part and part.upper() not in _TIME | {"MARKER"})


def _seconds(stamps: Floats) -> Floats:
    """Rising seconds; what runs back or is missing is left out as NaN."""
    whole = np.where(np.isnan(stamps), clock.MISSING, np.rint(np.nan_to_num(stamps) * 1000))
    run = clock.run_clock(np.clip(whole, clock.MISSING, 1e12).astype(np.int64))
    found: Floats = np.where(run.missing | run.runs_back, np.nan, run.seconds + run.first_ms / 1000)
    return found


def _fits(lines: Lines, at: int) -> bool:
    return bool(lines.ends[at] - lines.starts[at] < _LONGEST)
