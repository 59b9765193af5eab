"""OBD Auto Doctor (and the KIT data set): a time of day, units in square brackets, held values."""

import re
from datetime import timedelta

import polars as pl

from portal.diagnostics.obd import clock
from portal.diagnostics.obd.tables import LINE, Headings
from portal.diagnostics.obd.wide import Timing, WideFormat

_TIME = frozenset({"Time", "Zeit", "Uhrzeit", "Temps", "Heure", "Ora", "Tempo", "Hora", "Время"})
_UNIT = re.compile(r"^(.*?)\s*\[([^\[\]]*)\]$")
_DAY_MS = 86_400_000


def _is_header(cells: Headings) -> bool:
    named = sum(bool(_UNIT.match(cell)) for cell in cells[1:])
    return cells[0] in _TIME and named > 0 and named >= (len(cells) - 1) // 2


def _split_name(heading: str) -> tuple[str, str]:
    found = _UNIT.match(heading)
    return (found[1], found[2].strip()) if found else (heading, "")


def _read_time(cells: pl.DataFrame, name: str) -> Timing:
    column = next(heading for heading in cells.columns if heading != LINE)
    run = clock.run_clock(clock.times_of_day(cells[column]), rolls_over_ms=_DAY_MS)
    dated = clock.date_of_name(name)
    if not dated:
        return Timing(run, None, "relative")
    midnight = dated[0].replace(hour=0, minute=0, second=0)
    return Timing(run, midnight + timedelta(milliseconds=run.first_ms), "absolute")


FORMAT = WideFormat(
    name="obd_auto_doctor_wide",
    is_header=_is_header,
    split_name=_split_name,
    read_time=_read_time,
    time_columns=_TIME,
    provenance="held",
)
