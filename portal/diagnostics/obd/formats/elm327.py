"""Transcripts of ELM327 adapters: requests, echoes and answers as a terminal shows them."""

import re
from collections.abc import Iterator
from datetime import datetime
from typing import NamedTuple

import numpy as np

from portal.diagnostics.obd import clock
from portal.diagnostics.obd.adapter_lines import Line, parse_line
from portal.diagnostics.obd.frames import Frame, Message, reassemble
from portal.diagnostics.obd.lines import Lines
from portal.diagnostics.obd.recording import UNKNOWN_ECU, QuarantinedRow, TimeKnown
from portal.diagnostics.obd.scanning import Scan
from portal.diagnostics.obd.wide import Reading

NAME = "elm327"
MAX_LINES = 400_000
_LOGGED = re.compile(r"\b(write|read): b?'([^']*)'|\b(write|read): b?\"([^\"]*)\"")
_STAMP = re.compile(
    r"^\[?(?:(\d{4}-\d\d-\d\d)[T ])?(\d\d:\d\d:\d\d)(?:[.,](\d{1,6}))?\]?[:;,]?\s*"
)
_DAY_S = 86400.0


class _Row(NamedTuple):
    number: int
    text: str
    date: str | None
    time_s: float | None


class _Segments:
    """An answer with headers off: `014`, then `0: …`, `1: …`; two ECUs may take turns."""

    def __init__(self, time: float, length: int | None) -> None:
        self.time, self.length = time, length
        self.payload = bytearray()
        self.next = 0

    @property
    def is_whole(self) -> bool:
        return self.length is not None and len(self.payload) >= self.length

    def message(self) -> Message:
        cut = self.length is not None and len(self.payload) < self.length
        payload = bytes(self.payload[: self.length])
        return Message(self.time, UNKNOWN_ECU, payload, truncated=cut)


class _Exchange:
    """What came back between two prompts."""

    def __init__(self) -> None:
        self.frames: list[Frame] = []
        self.whole: list[Message] = []
        self.open: list[_Segments] = []

    def add(self, line: Line, time: float) -> None:
        if line.kind == "can":
            self.frames.append(Frame(time, line.ecu, line.data))
        elif line.kind == "length":
            self.open.append(_Segments(time, int.from_bytes(line.data, "big")))
        elif line.kind == "segment":
            self._extend(line, time)
        else:
            on_can = False if line.kind == "k_line" else None
            self.whole.append(Message(time, line.ecu, line.data, on_can, line.is_damaged))

    def _extend(self, line: Line, time: float) -> None:
        waiting = (one for one in self.open if one.next == line.index and not one.is_whole)
        segments = next(waiting, None)
        if segments is None:
            if line.index:
                self.whole.append(Message(time, UNKNOWN_ECU, b"", truncated=True))
                return
            segments = _Segments(time, None)
            self.open.append(segments)
        segments.payload += line.data
        segments.next = (segments.next + 1) & 0x0F

    def messages(self) -> list[Message]:
        joined = [one.message() for one in self.open]
        found = [*self.whole, *joined, *reassemble(self.frames)]
        return sorted(found, key=lambda message: message.time)


class Transcript(NamedTuple):
    reading: Reading
    scan: Scan


def read_transcript(lines: Lines, file_name: str) -> Transcript | None:
    """None if the text is no transcript: less than half of its lines make sense as one."""
    if len(lines.starts) > MAX_LINES:
        return None
    scan, odd, understood = Scan(), [], 0
    times: list[float] = []
    exchange, asked, rows = _Exchange(), "", 0
    started: datetime | None = None
    last, offset, stamped = 0.0, 0.0, False
    for row in _rows(lines):
        if row.time_s is not None:
            if not stamped and row.date:
                started = _started(row)
            first = row.time_s if not stamped else first_s
            first_s, stamped = first, True
            moment = row.time_s - first + offset
            if moment < last - _DAY_S / 2:
                offset, moment = offset + _DAY_S, moment + _DAY_S
            last = max(last, moment)
        for part in _parts(row.text):
            if part == ">":
                rows += _hand_over(exchange, scan, times)
                exchange, asked = _Exchange(), ""
                continue
            line = parse_line(part)
            if line.kind == "unknown":
                odd.append(QuarantinedRow(row.number, "not_understood"))
                continue
            understood += 1
            if line.kind == "request":
                if line.text != asked:
                    rows += _hand_over(exchange, scan, times)
                    exchange, asked = _Exchange(), line.text
                    last += 0.0 if stamped else 1.0
                    scan.asked(line.data[0])
                continue
            if line.kind == "asked_on_bus":
                scan.asked(line.data[0])
            elif line.kind != "chatter":
                exchange.add(line, last)
    rows += _hand_over(exchange, scan, times)
    if not scan.has_answers or understood <= len(odd):
        return None
    known: TimeKnown = "none" if not stamped else "absolute" if started else "relative"
    moments = np.asarray(times if stamped else [], dtype=np.float64)
    return Transcript(Reading(scan.channels(), moments, started, known, rows, odd, []), scan)


def _hand_over(exchange: _Exchange, scan: Scan, times: list[float]) -> int:
    messages = exchange.messages()
    for message in messages:
        scan.take(message)
        times.append(message.time)
    return len(messages)


def _rows(lines: Lines) -> Iterator[_Row]:
    for at in range(len(lines.starts)):
        if lines.ends[at] - lines.starts[at] > 4096:
            yield _Row(at + 1, "line too long", None, None)
            continue
        text = lines.text(at).strip("\x00 \t")
        logged = _LOGGED.search(text)
        if logged:
            verb, said = (logged[1], logged[2]) if logged[1] else (logged[3], logged[4])
            said = said.replace("\\r", "\n").replace("\\n", "\n").replace("\\x00", "")
            yield _Row(at + 1, ">" + said if verb == "write" else said, None, None)
        elif not text.startswith("[obd."):
            yield _stamped(at + 1, text)


def _stamped(number: int, text: str) -> _Row:
    found = _STAMP.match(text)
    if not found:
        return _Row(number, text, None, None)
    hours, minutes, seconds = (int(part) for part in found[2].split(":"))
    time_s = hours * 3600 + minutes * 60 + seconds + float(f"0.{found[3] or 0}")
    return _Row(number, text[found.end() :], found[1], time_s)


def _started(row: _Row) -> datetime | None:
    dated = clock.date_of_name(row.date or "")
    return dated and clock.local(
        round((dated[0] - clock.local(0)).total_seconds() * 1000 + (row.time_s or 0) * 1000)
    )  # fmt: skip


def _parts(text: str) -> Iterator[str]:
    """Prompts and the lines between them."""
    for piece in re.split(r"(>)", text):
        for line in piece.split("\n"):
            if line.strip():
                yield line.strip()
