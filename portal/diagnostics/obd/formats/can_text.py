"""CAN logs that are text: candump, Vector ASC, PEAK TRC, the CSV of python-can, GVRET of SavvyCAN.

A reader of our own: python-can needs 8 to 14 µs a frame, one pattern over the whole text about 1.
"""

import re
from typing import NamedTuple

from portal.diagnostics.obd.can_log import CanReader, Sender, sender_of
from portal.diagnostics.obd.formats import can_dialects
from portal.diagnostics.obd.formats.can_dialects import Dialect
from portal.diagnostics.obd.lines import Lines
from portal.diagnostics.obd.not_a_recording import NotARecording
from portal.diagnostics.obd.recording import QuarantinedRow
from portal.diagnostics.obd.scanning import Scan
from portal.diagnostics.obd.wide import Reading

_HEAD = 64
_LONGEST = 4096
_MOST_BROKEN = 100_000
_OVERLONG = re.compile(rb"[^\n]{4097,}")


class CanLog(NamedTuple):
    reading: Reading
    scan: Scan


def find_dialect(lines: Lines) -> Dialect | None:
    return can_dialects.find(_head(lines))


def read_can_text(dialect: Dialect, lines: Lines) -> CanLog:
    """Raises NotARecording where nobody answers."""
    reader = CanReader(dialect.data_of)
    text = _OVERLONG.sub(b"", lines.data) if _has_overlong(lines) else lines.data
    frames = _read_frames(dialect, text, reader)
    reader.finish()
    quarantined = _broken(dialect, lines, frames)
    if not reader.scan.has_answers:
        raise NotARecording("no_answers", detail=f"{frames}")
    reader.scan.broken += reader.broken
    began = dialect.start(_head(lines), reader.first or 0.0)
    reading = reader.reading(began, frames + len(quarantined), quarantined)
    return CanLog(reading, reader.scan)


def _read_frames(dialect: Dialect, text: bytes, reader: CanReader) -> int:
    """How many frames there were, of whomever."""
    senders: dict[bytes, Sender | None] = {}
    frames, elapsed, tick = 0, 0.0, dialect.tick
    came, moved = reader.scan.live.numbers.append, reader.scan.live.times.append
    for found in dialect.frame.finditer(text):
        frames += 1
        time, name, data = found.group(1, 2, 3)
        if dialect.sums:
            elapsed += float(time)
        try:
            sender = senders[name]
        except KeyError:
            sender = senders[name] = sender_of(_identifier(name, dialect.base))
        if sender is None:
            continue
        moment = elapsed if dialect.sums else float(time or 0) * tick
        answer = sender.known.get(data, 0)
        if answer > 0:
            came(answer)
            moved(moment)
        elif not answer:
            reader.take(moment, sender, data)
    return frames


def _identifier(name: bytes, base: int) -> int:
    try:
        return int(name.lower().removesuffix(b"x"), base)
    except ValueError:
        return -1


def _broken(dialect: Dialect, lines: Lines, frames: int) -> list[QuarantinedRow]:
    """Lines that are neither frames nor anything else that such a log holds."""
    found: list[QuarantinedRow] = []
    if frames == len(lines.starts):
        return found
    for at, (begin, end) in enumerate(zip(lines.starts.tolist(), lines.ends.tolist(), strict=True)):
        line = lines.data[begin : min(end, begin + _LONGEST + 1)]
        if len(line) > _LONGEST:
            found.append(QuarantinedRow(at + 1, "line_too_long"))
        elif line.strip() and not dialect.frame.match(line) and not dialect.other.match(line):
            found.append(QuarantinedRow(at + 1, "not_understood"))
        if len(found) >= _MOST_BROKEN:
            break
    return found


def _has_overlong(lines: Lines) -> bool:
    return int((lines.ends - lines.starts).max()) > _LONGEST


def _head(lines: Lines) -> list[str]:
    count = min(_HEAD, len(lines.starts))
    return [lines.text(at) for at in range(count) if lines.ends[at] - lines.starts[at] <= _LONGEST]
