"""One row per moment, one column per signal: what the wide formats share."""

from collections.abc import Callable
from datetime import datetime
from typing import NamedTuple

import numpy as np
import polars as pl
from numpy.typing import NDArray

from portal.diagnostics.obd import clock
from portal.diagnostics.obd.aliases import is_position
from portal.diagnostics.obd.change_points import Channel
from portal.diagnostics.obd.clock import Clock
from portal.diagnostics.obd.lines import Lines
from portal.diagnostics.obd.not_a_recording import NotARecording
from portal.diagnostics.obd.recording import Floats, Provenance, QuarantinedRow, TimeKnown
from portal.diagnostics.obd.tables import LINE, Header, Headings, Table, numbers, read_table


class Timing(NamedTuple):
    clock: Clock
    started_at: datetime | None
    time_known: TimeKnown


class Reading(NamedTuple):
    """What any format hands on: channels in printed units, and what was set aside."""

    channels: list[Channel]
    moments: Floats
    started_at: datetime | None
    time_known: TimeKnown
    rows: int
    quarantined: list[QuarantinedRow]
    removed_for_privacy: list[str]
    zero_is_missing: bool = False


class WideFormat(NamedTuple):
    """`split_name` cuts a heading into name and unit; `read_time` knows the time columns.

    `time_column` is the place of a time column that has no name of its own. `started_at` finds the
    start in lines above the header, for times that count from it.
    """

    name: str
    is_header: Callable[[Headings], bool]
    split_name: Callable[[str], tuple[str, str]]
    read_time: Callable[[pl.DataFrame, str], Timing]
    time_columns: frozenset[str]
    provenance: Provenance
    zero_is_missing: bool = False
    short_rows_allowed: bool = True
    time_column: int | None = None
    started_at: Callable[[Lines, Header], datetime | None] | None = None


def read_wide(
    form: WideFormat, lines: Lines, header: Header, file_name: str, *, keep_positions: bool = False
) -> Reading:
    """Raises NotARecording where no row is left."""
    table = read_table(lines, header, short_rows_allowed=form.short_rows_allowed)
    timing = form.read_time(table.cells, file_name)
    timed = ~(timing.clock.missing | timing.clock.runs_back)
    date = form.started_at(lines, header) if form.started_at else None
    if begun := clock.later(date, timing.clock.first_ms / 1000):
        timing = timing._replace(started_at=begun, time_known="absolute")
    columns, odd, removed = _columns(form, table.cells, keep_positions=keep_positions)
    good = timed & ~odd
    if not good.any():
        raise NotARecording("no_rows", detail=", ".join(header.cells[:3])[:60])
    seconds = timing.clock.seconds
    channels = [
        channel
        for heading, values in columns
        if (channel := _channel(form, heading, values, good, seconds)) is not None
    ]
    if not channels:
        raise NotARecording("no_rows", detail=", ".join(header.cells[:3])[:60])
    return Reading(
        channels,
        seconds[good],
        timing.started_at,
        timing.time_known,
        table.rows,
        table.quarantined + _untimed(table, timing.clock) + _not_numbers(table, odd & timed),
        removed,
        form.zero_is_missing,
    )


def _columns(
    form: WideFormat, cells: pl.DataFrame, *, keep_positions: bool
) -> tuple[list[tuple[str, pl.Series]], NDArray[np.bool_], list[str]]:
    """Numeric columns; rows with a cell that is no number; columns dropped for privacy."""
    odd = np.zeros(cells.height, dtype=np.bool_)
    columns: list[tuple[str, pl.Series]] = []
    removed: list[str] = []
    for at, heading in enumerate(cells.columns):
        if heading == LINE or heading in form.time_columns or heading.startswith("\0"):
            continue
        if at == form.time_column:
            continue
        if not keep_positions and is_position(form.split_name(heading)[0]):
            removed.append(heading)
            continue
        values, strange = numbers(cells[heading])
        if strange.sum() > 0.05 * len(strange) + 1:
            continue  # a column of words
        odd |= strange
        columns.append((heading, values))
    return columns, odd, removed


def _channel(
    form: WideFormat, heading: str, cells: pl.Series, good: NDArray[np.bool_], seconds: Floats
) -> Channel | None:
    values = cells.to_numpy()  # nulls arrive as NaN
    there = good & ~np.isnan(values)
    if not there.any():
        return None
    name, unit = form.split_name(heading.split("\0", maxsplit=1)[0])
    began_empty = bool(np.argmax(there) > np.argmax(good))
    return Channel(name, unit, seconds[there], values[there], form.provenance, began_empty)


def _untimed(table: Table, clock: Clock) -> list[QuarantinedRow]:
    numbers_of = table.cells[LINE].to_numpy()
    return [
        *(QuarantinedRow(line, "no_time") for line in numbers_of[clock.missing].tolist()),
        *(QuarantinedRow(line, "time_runs_back") for line in numbers_of[clock.runs_back].tolist()),
    ]


def _not_numbers(table: Table, odd: NDArray[np.bool_]) -> list[QuarantinedRow]:
    lines = table.cells[LINE].to_numpy()[odd].tolist()
    return [QuarantinedRow(line, "not_a_number") for line in lines]
