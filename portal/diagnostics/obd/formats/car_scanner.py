"""Car Scanner ELM OBD2: one reading per row, seconds since the midnight of the file name's date."""

from datetime import datetime, timedelta

import numpy as np
import polars as pl
from numpy.typing import NDArray

from portal.diagnostics.obd import clock
from portal.diagnostics.obd.change_points import Channel
from portal.diagnostics.obd.encodings import repair
from portal.diagnostics.obd.lines import Lines
from portal.diagnostics.obd.not_a_recording import NotARecording
from portal.diagnostics.obd.recording import Floats, QuarantinedRow, TimeKnown
from portal.diagnostics.obd.tables import LINE, Header, Headings, numbers, read_table
from portal.diagnostics.obd.wide import Reading

NAME = "car_scanner_long"
_POSITION = ("LATITUDE", "LONGTITUDE", "LONGITUDE")
_MAX_SIGNALS = 2000


def is_header(cells: Headings) -> bool:
    return cells[:3] == ["SECONDS", "PID", "VALUE"]


def read_long(
    lines: Lines, header: Header, file_name: str, *, keep_positions: bool = False
) -> Reading:
    """Raises NotARecording where no row is left."""
    table = read_table(lines, header)
    cells = table.cells
    seconds, no_time = numbers(cells["SECONDS"])
    values, odd = numbers(cells["VALUE"])
    no_time |= seconds.is_null().to_numpy() & ~odd
    moments = np.where(no_time, clock.MISSING, _microseconds(seconds))
    run = clock.run_clock(moments, per_second=1_000_000)
    timed = ~(run.missing | run.runs_back | odd)
    if not timed.any():
        raise NotARecording("no_rows", detail="SECONDS, PID, VALUE")
    started_at, known = _start(run.first_ms / 1e6, file_name)
    channels = _channels(cells, values, run.seconds, timed)
    there = [name for name in _POSITION if name in cells.columns]
    if keep_positions:
        channels += [_position(name, cells, run.seconds, timed) for name in there]
        channels, there = [one for one in channels if len(one.values)], []
    where = cells[LINE].to_numpy()
    reasons = (("no_time", no_time), ("not_a_number", odd), ("time_runs_back", run.runs_back))
    quarantined = [
        QuarantinedRow(line, why) for why, rows in reasons for line in where[rows].tolist()
    ]
    return Reading(
        channels,
        run.seconds[timed],
        started_at,
        known,
        table.rows,
        table.quarantined + quarantined,
        there,
        zero_is_missing=True,
    )


def _microseconds(seconds: pl.Series) -> clock.Milliseconds:
    held = np.clip(np.nan_to_num(seconds.to_numpy(), nan=0.0), -1e10, 1e10)
    whole: clock.Milliseconds = np.rint(held * 1e6).astype(np.int64)
    return whole


def _channels(
    cells: pl.DataFrame, values: pl.Series, seconds: Floats, timed: NDArray[np.bool_]
) -> list[Channel]:
    units = cells["UNITS"] if "UNITS" in cells.columns else pl.Series([""] * cells.height)
    frame = pl.DataFrame(
        {
            "name": cells["PID"].str.strip_chars(),
            "unit": units.fill_null("").str.strip_chars(),
            "t": seconds,
            "v": values,
        }
    ).filter(pl.Series(timed) & values.is_not_null() & cells["PID"].is_not_null())
    if frame.select("name", "unit").n_unique() > _MAX_SIGNALS:
        raise NotARecording("too_wide")
    groups = frame.partition_by(["name", "unit"], maintain_order=True, include_key=True)
    return [
        Channel(
            repair(str(group["name"][0])),
            repair(str(group["unit"][0])),
            group["t"].to_numpy(),
            group["v"].to_numpy(),
        )
        for group in groups
    ]


def _position(name: str, cells: pl.DataFrame, seconds: Floats, timed: NDArray[np.bool_]) -> Channel:
    degrees = numbers(cells[name])[0].to_numpy()
    known = timed & ~np.isnan(degrees)
    return Channel(name.replace("LONGT", "LONG").title(), "°", seconds[known], degrees[known])


def _start(first_s: float, file_name: str) -> tuple[datetime | None, TimeKnown]:
    dated = clock.date_of_name(file_name)
    if not dated:
        return None, "relative"
    named, has_time = dated
    midnight = named.replace(hour=0, minute=0, second=0)
    since_midnight = (named - midnight).total_seconds()
    if has_time and first_s < 60 < since_midnight:  # some versions count from the start
        return named, "absolute"
    if first_s < 60 and not has_time:
        return None, "relative"
    return midnight + timedelta(seconds=first_s), "absolute"
