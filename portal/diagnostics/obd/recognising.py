"""Which program wrote a file, told by its content alone, and what its reader found in it."""

from collections.abc import Callable
from typing import NamedTuple

import numpy as np

from portal.diagnostics.obd.formats import (
    androbd,
    can_text,
    car_scanner,
    carobd,
    dashcommand,
    elm327,
    obd_auto_doctor,
    obd_fusion,
    torque_pro,
    vcds_autoscan,
    vcds_log,
)
from portal.diagnostics.obd.formats.vcds_autoscan import AutoScan
from portal.diagnostics.obd.lines import Lines
from portal.diagnostics.obd.not_a_recording import NotARecording
from portal.diagnostics.obd.recording import TimeKnown
from portal.diagnostics.obd.scanning import Scan
from portal.diagnostics.obd.tables import find_header
from portal.diagnostics.obd.wide import Reading, WideFormat, read_wide

WIDE_FORMATS: tuple[WideFormat, ...] = (
    torque_pro.FORMAT,
    carobd.FORMAT,
    obd_auto_doctor.FORMAT,
    obd_fusion.FORMAT,
    dashcommand.FORMAT,
)


class Source(NamedTuple):
    """`name` is the file's; `keep_positions` where the workshop asked for the way driven."""

    lines: Lines
    name: str
    keep_positions: bool


class Recognised(NamedTuple):
    """`scan` of an adapter or a CAN log, `modules` of a tester's list."""

    format: str
    reading: Reading
    scan: Scan | None = None
    modules: AutoScan | None = None


def recognise(source: Source) -> Recognised:
    """Raises NotARecording."""
    for reader in _READERS:
        if found := reader(source):
            return found
    raise NotARecording("unknown_text", detail=_first_words(source.lines))


def _can_log(source: Source) -> Recognised | None:
    dialect = can_text.find_dialect(source.lines)
    if dialect is None:
        return None
    log = can_text.read_can_text(dialect, source.lines)
    return Recognised(dialect.name, log.reading, log.scan)


def _auto_scan(source: Source) -> Recognised | None:
    if not vcds_autoscan.is_autoscan(source.lines):
        return None
    found = vcds_autoscan.read_autoscan(source.lines)
    known: TimeKnown = "absolute" if found.started_at else "none"
    nothing = np.zeros(0, dtype=np.float64)
    reading = Reading([], nothing, found.started_at, known, found.rows, [], [])
    return Recognised(vcds_autoscan.NAME, reading, modules=found)


def _measured_log(source: Source) -> Recognised | None:
    head = vcds_log.find_head(source.lines)
    return Recognised(vcds_log.NAME, vcds_log.read_log(source.lines, head)) if head else None


def _long_table(source: Source) -> Recognised | None:
    header = find_header(source.lines, car_scanner.is_header)
    if header is None:
        return None
    reading = car_scanner.read_long(
        source.lines, header, source.name, keep_positions=source.keep_positions
    )
    return Recognised(car_scanner.NAME, reading)


def _wide_table(source: Source) -> Recognised | None:
    for form in WIDE_FORMATS:
        if header := find_header(source.lines, form.is_header):
            reading = read_wide(
                form, source.lines, header, source.name, keep_positions=source.keep_positions
            )
            return Recognised(form.name, reading)
    return None


def _androbd(source: Source) -> Recognised | None:
    header = find_header(source.lines, androbd.FORMAT.is_header)
    if header is None or not androbd.fits(source.lines, header):
        return None
    reading = read_wide(
        androbd.FORMAT, source.lines, header, source.name, keep_positions=source.keep_positions
    )
    return Recognised(androbd.FORMAT.name, reading)


def _transcript(source: Source) -> Recognised | None:
    found = elm327.read_transcript(source.lines)
    return Recognised(elm327.NAME, found.reading, found.scan) if found else None


def _first_words(lines: Lines) -> str:
    text = lines.text(0) if lines.ends[0] - lines.starts[0] < 10_000 else ""
    return "".join(char for char in text if char.isprintable())[:40].strip()


_READERS: tuple[Callable[[Source], Recognised | None], ...] = (
    _can_log,
    _auto_scan,
    _measured_log,
    _long_table,
    _wide_table,
    _androbd,
    _transcript,
)
