"""Time columns: dates in the phone's language, times of day, seconds; rolled over and put right."""

import re
from datetime import datetime, timedelta, timezone
from typing import NamedTuple

import numpy as np
import polars as pl
from numpy.typing import NDArray

from portal.diagnostics.obd.recording import Floats

_MONTHS: dict[str, int] = {
    word: number
    for number, words in enumerate(
        (
            "jan january januar janvier janv gen ene ocak jän jänner янв styczeń stycznia",
            "feb february februar fév févr février şub фев luty lutego",
            "mar march mär märz mrz mars mrt мар marzec marca",
            "apr april avr avril abr nis апр kwiecień kwietnia",
            "may mai mei mag mayo мая май maj maja",
            "jun june juni juin giu haz июн czerwiec czerwca",
            "jul july juli juil juillet lug tem июл lipiec lipca",
            "aug august août aoû ago ağu авг sierpień sierpnia",
            "sep sept september set eyl сен wrzesień września",
            "oct october okt oktober ott eki окт październik października",
            "nov november kas ноя listopad listopada",
            "dec december dez dezember déc dic ara дек grudzień grudnia",
        ),
        start=1,
    )
    for word in words.split()
}
_ZONES = {
    "UTC": 0, "GMT": 0, "WET": 0, "WEST": 1, "CET": 1, "MEZ": 1, "CEST": 2, "MESZ": 2,
    "EET": 2, "OEZ": 2, "EEST": 3, "OESZ": 3, "MST": -7, "MDT": -6, "PST": -8, "PDT": -7,
    "EST": -5, "EDT": -4,
}  # fmt: skip
_DAY_MS = 86_400_000
_YEAR_S = 366 * 86_400.0
_NAME_DATE = re.compile(
    r"(?<!\d)(20\d\d)[-_.](\d{1,2}|[^\W\d]{3,9}\.?)[-_.](\d{1,2})"
    r"(?:[T _-]+(\d{1,2})[-_:.](\d{2})(?:[-_:.](\d{2}))?)?(?!\d)"
)
_ZONE = re.compile(r"\b(?:GMT|UTC)([+-]\d{1,2}):?(\d{2})\b|\b([A-Z]{3,4})\b(?= \d{4})")

Milliseconds = NDArray[np.int64]
MISSING = np.iinfo(np.int64).min


class Clock(NamedTuple):
    """Seconds since the first row, and which rows run back or have no time at all."""

    seconds: Floats
    first_ms: int
    runs_back: NDArray[np.bool_]
    missing: NDArray[np.bool_]


def month(word: str) -> int | None:
    return _MONTHS.get(word.strip(". ").casefold())


def device_times(cells: pl.Series) -> Milliseconds:
    """`28-oct.-2021 13:55:25.320` as local milliseconds since 1970; MISSING where unreadable."""
    parts = cells.str.extract_groups(
        r"^\s*(\d{1,2})[-. ]+([^\W\d]+)\.?[-. ]+(\d{4}),? "
        r"(\d{1,2}):(\d{2}):(\d{2})(?:[.,](\d{1,3}))?"
    ).struct
    months = parts.field("2").str.to_lowercase().replace_strict(
        _MONTHS, default=None, return_dtype=pl.Int32
    )  # fmt: skip
    frame = pl.DataFrame({"y": parts.field("3"), "m": months, "d": parts.field("1")})
    days = frame.select(
        pl.date(pl.col("y").cast(pl.Int32), pl.col("m"), pl.col("d").cast(pl.Int32)).cast(pl.Int64)
    ).to_series()
    time = _ms_of_day(*(parts.field(str(n)) for n in (4, 5, 6, 7)))
    return _filled(days * _DAY_MS + time)


def times_of_day(cells: pl.Series) -> Milliseconds:
    """`08:19:47.605` or `07:03:59,524` as milliseconds since midnight."""
    parts = cells.str.extract_groups(
        r"^\s*(?:\d{4}-\d\d-\d\d[ T])?(\d{1,2}):(\d{2}):(\d{2})(?:[.,](\d{1,3}))?"
    ).struct
    return _filled(_ms_of_day(*(parts.field(str(n)) for n in (1, 2, 3, 4))))


def iso_times(cells: pl.Series) -> Milliseconds:
    """`2024-03-23 17:29:03.123` as local milliseconds since 1970; MISSING where unreadable."""
    moments = cells.str.strip_chars().str.to_datetime(
        "%Y-%m-%d %H:%M:%S%.f", strict=False, time_unit="ms"
    )
    return _filled(moments.cast(pl.Int64))


def seconds(cells: pl.Series) -> Milliseconds:
    """Seconds as whole milliseconds; MISSING where there is none or more than a year of them."""
    sane = cells.set(cells.abs() > _YEAR_S, None)
    return _filled((sane * 1000).round().cast(pl.Int64))


def minutes_only(cells: pl.Series) -> Milliseconds:
    """`25:36.7`: what Excel leaves of a time; rolls over at 60 minutes."""
    parts = cells.str.extract_groups(r"^\s*(\d{1,2}):(\d{2})(?:[.,](\d{1,3}))?\s*$").struct
    zero = pl.Series(["0"] * len(cells), dtype=pl.String)
    return _filled(_ms_of_day(zero, *(parts.field(str(n)) for n in (1, 2, 3))))


def run_clock(
    moments: Milliseconds, *, rolls_over_ms: int | None = None, per_second: int = 1000
) -> Clock:
    """Seconds that never run back. `moments` are whole milliseconds, or what `per_second` says.

    A jump back of more than half of `rolls_over_ms` is midnight (or the full hour). Up to three
    rows that lie in the past are strays; a lasting step is a clock that was set, and is removed.
    """
    missing = moments == MISSING
    good = np.flatnonzero(~missing)
    steady = moments[good].astype(np.int64)
    first = int(steady[0]) if len(steady) else 0
    if rolls_over_ms and len(steady):
        falls = np.diff(steady) < -(rolls_over_ms // 2)
        steady = steady + np.concatenate(([0], np.cumsum(falls))) * rolls_over_ms
    steady, strays = _without_steps(steady)
    seconds = np.zeros(len(moments), dtype=np.float64)
    seconds[good] = (steady - first) / float(per_second)
    runs_back = np.zeros(len(moments), dtype=np.bool_)
    runs_back[good] = strays
    return Clock(seconds, first, runs_back, missing)


def date_of_name(name: str) -> tuple[datetime, bool] | None:
    """The date in a file name, and whether it holds a time of day too."""
    for found in _NAME_DATE.finditer(name):
        year, word, day, hour, minute, second = found.groups()
        number = int(word) if word.isdecimal() else month(word)
        if not number:
            continue
        date = f"{year}-{number:02d}-{int(day):02d}"
        time = f"{int(hour or 0):02d}:{minute or '00'}:{second or '00'}"
        try:
            moment = datetime.fromisoformat(f"{date} {time}")
        except ValueError:
            continue
        return moment, hour is not None
    return None


def local(milliseconds: int) -> datetime:
    """Milliseconds since 1970 on the recorder's wall clock."""
    return datetime.fromisoformat("1970-01-01") + timedelta(milliseconds=milliseconds)


def later(moment: datetime | None, seconds: float) -> datetime | None:
    """None where there was no moment, or where the calendar ends."""
    try:
        return moment + timedelta(seconds=seconds) if moment else None
    except OverflowError:
        return None


def zone_of(text: str) -> timezone | None:
    """`… GMT+02:00 2021` or `… MESZ 2024`; None when the letters are not beyond doubt."""
    found = _ZONE.search(text)
    if not found:
        return None
    hours, minutes, letters = found.groups()
    if hours:
        sign = -1 if hours.startswith("-") else 1
        offset = timedelta(hours=int(hours), minutes=sign * int(minutes))
        return timezone(offset) if abs(offset) < timedelta(hours=24) else None
    return timezone(timedelta(hours=_ZONES[letters])) if letters in _ZONES else None


def _without_steps(moments: Milliseconds) -> tuple[Milliseconds, NDArray[np.bool_]]:
    strays = np.zeros(len(moments), dtype=np.bool_)
    steady = moments.copy()
    for _ in range(100):  # a file with more steps than this has no clock
        behind = steady < np.maximum.accumulate(np.where(strays, MISSING, steady))
        behind &= ~strays
        if not behind.any():
            return steady, strays
        start = int(np.argmax(behind))
        rest = np.flatnonzero(~behind[start:])
        length = int(rest[0]) if len(rest) else len(steady) - start
        if length <= 3 and len(rest):
            strays[start : start + length] = True
        else:
            steady[start:] += np.max(steady[:start]) - steady[start]
    strays |= steady < np.maximum.accumulate(steady)
    return steady, strays


def _ms_of_day(
    hours: pl.Series, minutes: pl.Series, seconds: pl.Series, ms: pl.Series
) -> pl.Series:  # four parts of one time
    whole = [part.cast(pl.Int64, strict=False) for part in (hours, minutes, seconds)]
    fraction = ms.fill_null("0").str.pad_end(3, "0").cast(pl.Int64, strict=False)
    return (whole[0] * 3600 + whole[1] * 60 + whole[2]) * 1000 + fraction


def _filled(moments: pl.Series) -> Milliseconds:
    filled: Milliseconds = moments.fill_null(MISSING).to_numpy().astype(np.int64)
    return filled
