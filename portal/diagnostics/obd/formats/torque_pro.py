"""Torque Pro: unit in the last brackets of a heading, dates in the phone's language."""

from datetime import timedelta

import numpy as np
import polars as pl

from portal.diagnostics.obd import clock
from portal.diagnostics.obd.not_a_recording import NotARecording
from portal.diagnostics.obd.tables import Headings
from portal.diagnostics.obd.units import is_unit
from portal.diagnostics.obd.wide import Timing, WideFormat

_GPS, _DEVICE = "GPS Time", "Device Time"
_HOUR_MS = 3_600_000


def _is_header(cells: Headings) -> bool:
    return len(cells) > 1 and (_GPS in cells[:3] or _DEVICE in cells[:3])


def split_name(heading: str) -> tuple[str, str]:
    """`Intake Manifold Pressure(psi)` and `Air Fuel Ratio(Measured)(:1)`; `G(x)` has no unit."""
    if not heading.endswith(")"):
        return heading, ""
    depth = 0
    for at in range(len(heading) - 1, 0, -1):
        depth += (heading[at] == ")") - (heading[at] == "(")
        if depth == 0:
            name, label = heading[:at].strip(), heading[at + 1 : -1].strip()
            return (name, label) if is_unit(label) or label.startswith(":") else (heading, "")
    return heading, ""


def _read_time(cells: pl.DataFrame, name: str) -> Timing:
    if _DEVICE not in cells.columns and _GPS not in cells.columns:
        raise NotARecording("no_rows", detail=", ".join(cells.columns[:3])[:60])
    moments = (
        clock.device_times(cells[_DEVICE])
        if _DEVICE in cells.columns
        else clock.device_times(_as_device(cells[_GPS]))
    )
    if (moments != clock.MISSING).sum() * 2 >= len(moments):
        run = clock.run_clock(moments)
        zone = clock.zone_of(str(cells[_GPS][0] or "")) if _GPS in cells.columns else None
        return Timing(run, clock.local(run.first_ms).replace(tzinfo=zone), "absolute")
    return _saved_by_excel(cells, name)


def _as_device(cells: pl.Series) -> pl.Series:
    """`Sun Nov 02 01:09:03 MST 2025` in the order of the device time."""
    return cells.str.replace(
        r"^\s*\S+ (\S+) (\d+) (\d+:\d+:\d+)(?: .*)? (\d{4})\s*$", "${2}-${1}-${4} ${3}"
    )


def _saved_by_excel(cells: pl.DataFrame, name: str) -> Timing:
    """Only minutes and seconds are left: date and hour come from the file name."""
    column = _DEVICE if _DEVICE in cells.columns else _GPS
    run = clock.run_clock(clock.minutes_only(cells[column]), rolls_over_ms=_HOUR_MS)
    dated = clock.date_of_name(name)
    if not dated or not dated[1] or bool(np.all(run.missing)):
        return Timing(run, None, "relative")
    full_hour = dated[0].replace(minute=0, second=0)
    started = full_hour + timedelta(milliseconds=run.first_ms)
    if started < dated[0] - timedelta(minutes=1):
        started += timedelta(hours=1)
    return Timing(run, started, "absolute")


FORMAT = WideFormat(
    name="torque_pro",
    is_header=_is_header,
    split_name=split_name,
    read_time=_read_time,
    time_columns=frozenset({_GPS, _DEVICE}),
    provenance="held",
)
