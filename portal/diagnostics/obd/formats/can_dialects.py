"""What the lines of CAN logs look like: one pattern for data frames, one for everything else.

`frame` gives time, identifier and data of a line; `other` matches lines that a whole log may hold
besides (heads, events, remote and error frames): what neither matches is a broken line.
"""

import base64
import re
from collections.abc import Callable
from datetime import UTC, datetime
from typing import NamedTuple

from portal.diagnostics.obd import clock
from portal.diagnostics.obd.can_log import LogTime

_EPOCH_FROM, _EPOCH_TO = 1e8, 1e10
_FLAGS = re.MULTILINE | re.IGNORECASE | re.VERBOSE


class Dialect(NamedTuple):
    """`tick` is the unit of time in seconds; `start` finds out when the log began.

    `is_it` judges the first lines. `base` is that of the identifiers; where `sums` is set, each
    line gives only the time since the line before.
    """

    name: str
    is_it: Callable[[list[str]], bool]
    frame: re.Pattern[bytes]
    other: re.Pattern[bytes]
    data_of: Callable[[bytes], bytes]
    tick: float
    start: Callable[[list[str], float], LogTime]
    base: int = 16
    sums: bool = False


def find(head: list[str]) -> Dialect | None:
    """The kind of CAN log that the first lines show, None if they show none."""
    found = next((dialect for dialect in DIALECTS if dialect.is_it(head)), None)
    if found is None or found.name != "asc":
        return found
    said = " ".join(" ".join(line.lower().split()) for line in head[:8])
    found = found._replace(sums="timestamps relative" in said)
    return found._replace(base=10, data_of=_decimal) if "base dec" in said else found


def by_epoch(_head: list[str], first: float) -> LogTime:
    """Seconds since 1970 say when; small ones only how long after the start."""
    if not _EPOCH_FROM < first < _EPOCH_TO:
        return LogTime(None, "relative")
    return LogTime(datetime.fromtimestamp(first, UTC), "absolute")


def _by_trigger(head: list[str], first: float) -> LogTime:
    """`date Sat Nov 21 03:22:44.440 2026`; the names may be those of any language."""
    begun = [line for line in head if re.match(r"\s*begin trigger", line, re.IGNORECASE)]
    for line in [*begun, *head[:8]]:
        if moment := clock.later(_spelled_date(line), first):
            return LogTime(moment, "absolute")
    return LogTime(None, "relative")


_SPELLED = re.compile(
    r"\b([^\W\d]{3,9})\.?[ ](\d{1,2})[ ](\d{1,2}):(\d\d):(\d\d)(?:[.,](\d{1,6}))?"
    r"(?:[ ]([ap]m))?[ ](\d{4})",
    re.IGNORECASE,
)


def _spelled_date(line: str) -> datetime | None:
    found = _SPELLED.search(line)
    number = clock.month(found[1]) if found else None
    if not found or not number:
        return None
    hour = int(found[3]) % 12 + 12 * (found[7].lower() == "pm") if found[7] else int(found[3])
    day = f"{found[8]}-{number:02d}-{int(found[2]):02d}"
    try:
        return datetime.fromisoformat(
            f"{day}T{hour:02d}:{found[4]}:{found[5]}.{(found[6] or '0').ljust(6, '0')}"
        )
    except ValueError:
        return None


def _by_days(head: list[str], first: float) -> LogTime:
    """PEAK counts days since the end of 1899, on the recorder's wall clock."""
    for line in head:
        if found := re.match(r"\s*;\$STARTTIME=(\d{4,6}(?:[.,]\d+)?)\s*$", line):
            days = float(found[1].replace(",", "."))
            begun = clock.later(datetime.fromisoformat("1899-12-30"), days * 86_400 + first)
            return LogTime(begun, "absolute" if begun else "relative")
    return LogTime(None, "relative")


def _hexadecimal(text: bytes) -> bytes:
    return bytes.fromhex(text.decode().replace(",", " ").replace(";", " "))


def _spaced(text: bytes) -> bytes:
    """Bytes between blanks or commas, perhaps without their leading zero."""
    return bytes(int(part, 16) for part in text.replace(b",", b" ").replace(b";", b" ").split())


def _decimal(text: bytes) -> bytes:
    return bytes(int(part) for part in text.split())


def _base64(text: bytes) -> bytes:
    return base64.b64decode(text, validate=True)


def _is_candump(head: list[str]) -> bool:
    there = [line for line in head if line.strip()]
    frames = sum(bool(CANDUMP.match(line.encode())) for line in there)
    return frames > 0 and frames * 2 >= len(there)


def _is_asc(head: list[str]) -> bool:
    return any(re.match(r"\s*base\s+(?:hex|dec)\b", line, re.IGNORECASE) for line in head[:8])


def _is_trc(head: list[str]) -> bool:
    known = ";$FILEVERSION", ";   Message Number", ";---+--"
    return any(line.lstrip().startswith(known) for line in head[:20])


def _is_csv(head: list[str]) -> bool:
    wanted = "timestamp,arbitration_id,extended,remote,error,dlc,data"
    return bool(head) and head[0].lower().replace(";", ",").startswith(wanted)


_GVRET_HEAD = re.compile(
    r"time ?stamp[,;]id[,;]extended[,;](?:dir[,;])?bus[,;]len[,;]d1", re.IGNORECASE
)


def _is_gvret(head: list[str]) -> bool:
    return bool(head) and bool(_GVRET_HEAD.match(head[0]))


CANDUMP = re.compile(
    rb"""^[ \t]* (?:\( (\d{1,12}(?:\.\d{1,9})?) \)[ \t]+)? \S{1,20}[ \t]+   # (time) interface
    ([0-9A-F]{3,8}) (?: \#(?:\#[0-9A-F])? | [ \t]+\[\d+\][ \t]* )           # 7E8#  7E8##1  7E8 [8]
    ((?:[0-9A-F]{2}[ .]?)*) (?:[ \t]+[RT])? [ \t]*\r?$""",
    _FLAGS,
)
_CANDUMP_OTHER = re.compile(
    rb"""^[ \t]* (?:\([\d.]+\)[ \t]+)? \S{1,20}[ \t]+ [0-9A-F]{3,8}
    (?: \#R\d? | [ \t]+\[\d+\][ \t]+remote ) .*$""",
    _FLAGS,
)
_ASC = re.compile(
    rb"""^[ \t]* (\d{1,12}\.\d{1,9})[ \t]+ (?:CANFD[ \t]+)? \d+[ \t]+ (?:[RT]x[ \t]+)?
    ([0-9A-F]+x?)[ \t]+
    (?: [RT]x[ \t]+ d[ \t]+ \w+                                 # classic: Rx d 8
      | (?:\S+[ \t]+)? [01][ \t]+ [01][ \t]+ \w+[ \t]+ \d+ )    # CAN FD: name 1 0 d 12
    ((?:[ \t]+[0-9A-F]{1,3})*?)
    (?:[ \t]+(?:Length|BitCount|\d{4,}).*)? [ \t]*\r?$""",
    _FLAGS,
)
_ASC_OTHER = re.compile(
    rb"""^[ \t]* (?: // | date | base | (?:no[ ])?internal | begin | end | version
      | \d+\.\d+[ \t]+ (?! (?:CANFD[ \t]+)? \d+[ \t]+ (?:[RT]x[ \t]+)? [0-9A-F]+x?[ \t]+
          (?: [RT]x[ \t]+ d\b | (?:\S+[ \t]+)? [01][ \t]+ [01][ \t] ) ) ) .*$""",
    _FLAGS,
)
_TRC = re.compile(
    rb"""^[ \t]* \d+\)?[ \t]+ (\d{1,12}(?:\.\d{1,9})?)[ \t]+ (?:(?:DT|FD|FB|FE|BI)[ \t]+)?
    (?:\d{1,2}[ \t]+)? (?:[RT]x[ \t]+)? ([0-9A-F]{4,8})[ \t]+ (?:[RT]x[ \t]+)? (?:-[ \t]+)?
    \d{1,2}[ \t]* ((?:[ \t][0-9A-F]{2})*) [ \t]*\r?$""",
    _FLAGS,
)
_TRC_OTHER = re.compile(
    rb"""^[ \t]* (?: ; | \d+\)?[ \t]+ [\d.]+[ \t]+ (?:ST|EC|ER|RR|EV|Warng|Error|.*RTR) ) .*$""",
    _FLAGS,
)
_CSV = re.compile(
    rb"""^[ \t]* (\d{1,12}(?:\.\d{1,9})?)[,;] 0x([0-9A-F]{1,8})[,;] [01][,;] 0[,;] 0[,;]
    \d{1,2}[,;] ([0-9A-Z+/=]*) [ \t]*\r?$""",
    _FLAGS,
)
_CSV_OTHER = re.compile(
    rb"""^ (?: timestamp
      | [^,;\n]*[,;] [^,;\n]*[,;] [01][,;] (?: 1[,;][01] | [01][,;]1 )[,;] ) .*$""",
    _FLAGS,
)
_GVRET = re.compile(
    rb"""^[ \t]* (\d{1,18})[,;] (?:0x)?([0-9A-F]{1,8})[,;] (?:true|false)[,;] (?:[RT]x[,;])?
    \d+[,;] \d{1,2} ((?:[,;][0-9A-F]{1,2})*) [,;]* [ \t]*\r?$""",
    _FLAGS,
)
_GVRET_OTHER = re.compile(rb"^time[ ]?stamp.*$", _FLAGS)
DIALECTS = (
    Dialect("asc", _is_asc, _ASC, _ASC_OTHER, _spaced, 1.0, _by_trigger),
    Dialect("trc", _is_trc, _TRC, _TRC_OTHER, _hexadecimal, 0.001, _by_days),
    Dialect("can_csv", _is_csv, _CSV, _CSV_OTHER, _base64, 1.0, by_epoch),
    Dialect("gvret", _is_gvret, _GVRET, _GVRET_OTHER, _spaced, 1e-6, by_epoch),
    Dialect("candump", _is_candump, CANDUMP, _CANDUMP_OTHER, _hexadecimal, 1.0, by_epoch),
)
