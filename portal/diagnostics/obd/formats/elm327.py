"""Transcripts of ELM327 adapters: requests, echoes and answers as a terminal shows them."""

import re
from collections import defaultdict, deque
from collections.abc import Iterator
from datetime import datetime, timedelta
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
MAX_LINES = 300_000
_LOGGED = re.compile(r"\b(write|read): b?'([^']*)'|\b(write|read): b?\"([^\"]*)\"")
_STAMP = re.compile(r"^\[?(?:(\d{4}-\d\d-\d\d)[T ])?(\d\d:\d\d:\d\d)(?:[.,](\d{1,6}))?\]?[:;,]?\s*")
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
        self._waiting: dict[int, deque[_Segments]] = defaultdict(deque)

    def add(self, line: Line, time: float) -> None:
        if line.kind == "can":
            self.frames.append(Frame(time, line.ecu, line.data))
        elif line.kind == "length":
            self._begin(time, int.from_bytes(line.data, "big"))
        elif line.kind == "segment":
            self._extend(line, time)
        else:
            on_can = False if line.kind == "k_line" else None
            self.whole.append(Message(time, line.ecu, line.data, on_can, line.is_damaged))

    def _begin(self, time: float, length: int | None) -> None:
        segments = _Segments(time, length)
        self.open.append(segments)
        self._waiting[0].append(segments)

    def _extend(self, line: Line, time: float) -> None:
        if not self._waiting[line.segment]:
            if line.segment:
                self.whole.append(Message(time, UNKNOWN_ECU, b"", truncated=True))
                return
            self._begin(time, None)
        segments = self._waiting[line.segment].popleft()
        segments.payload += line.data
        segments.next = (segments.next + 1) & 0x0F
        if not segments.is_whole:
            self._waiting[segments.next].append(segments)

    def messages(self) -> list[Message]:
        joined = [one.message() for one in self.open]
        found = [*self.whole, *joined, *reassemble(self.frames)]
        return sorted(found, key=lambda message: message.time)


class Transcript(NamedTuple):
    reading: Reading
    scan: Scan


class _Time:
    """Seconds since the first stamp; without stamps the number of the request stands in."""

    def __init__(self) -> None:
        self.now = 0.0
        self.first: float | None = None
        self.started_at: datetime | None = None
        self._days = 0.0

    @property
    def known(self) -> TimeKnown:
        if self.first is None:
            return "none"
        return "absolute" if self.started_at else "relative"

    def see(self, row: _Row) -> None:
        if row.time_s is None:
            return
        if self.first is None:
            self.first = row.time_s
            self.started_at = _started(row)
        moment = row.time_s - self.first + self._days
        if moment < self.now - _DAY_S / 2:
            self._days, moment = self._days + _DAY_S, moment + _DAY_S
        self.now = max(self.now, round(moment, 6))

    def next_request(self) -> None:
        if self.first is None:
            self.now += 1.0


class _Reader:
    def __init__(self) -> None:
        self.scan = Scan()
        self.time = _Time()
        self.odd: list[QuarantinedRow] = []
        self.moments: list[float] = []
        self.understood = 0
        self._exchange = _Exchange()
        self._asked = ""

    def read(self, row: _Row) -> None:
        self.time.see(row)
        for part in _parts(row.text):
            if part == ">":
                self.hand_over()
            else:
                self._take(parse_line(part), row.number)

    def _take(self, line: Line, number: int) -> None:
        if line.kind == "unknown":
            self.odd.append(QuarantinedRow(number, "not_understood"))
            return
        self.understood += 1
        if line.kind == "request":
            self._ask(line)
        elif line.kind == "asked_on_bus":
            self.scan.asked(line.data[0])
        elif line.kind != "chatter":
            self._exchange.add(line, self.time.now)

    def _ask(self, line: Line) -> None:
        if line.text == self._asked:
            return  # the adapter's echo
        self.hand_over()
        self._asked = line.text
        self.time.next_request()
        self.scan.asked(line.data[0])

    def hand_over(self) -> None:
        """The prompt ends an exchange: whatever is still open stays incomplete."""
        for message in self._exchange.messages():
            self.scan.take(message)
            self.moments.append(message.time)
        self._exchange, self._asked = _Exchange(), ""

    def give_up(self, number: int) -> None:
        """Beyond the limit nothing is read, and the recording says so."""
        self.odd.append(QuarantinedRow(number, "too_many_lines"))
        self.scan.broken += 1


def read_transcript(lines: Lines) -> Transcript | None:
    """None if the text is no transcript: less than half of its lines make sense as one."""
    reader = _Reader()
    for row in _rows(lines):
        reader.read(row)
        if row.number > MAX_LINES:
            reader.give_up(row.number)
            break
        if len(reader.odd) > 200 and reader.understood < len(reader.odd):
            return None
    reader.hand_over()
    scan, time = reader.scan, reader.time
    if not scan.has_answers or reader.understood <= len(reader.odd):
        return None
    moments = np.asarray([] if time.first is None else reader.moments, dtype=np.float64)
    reading = Reading(
        scan.channels(), moments, time.started_at, time.known, len(reader.moments), reader.odd, []
    )
    return Transcript(reading, scan)


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
    return dated[0] + timedelta(seconds=row.time_s or 0.0) if dated else None


def _parts(text: str) -> Iterator[str]:
    """Prompts and the lines between them."""
    for piece in re.split(r"(>)", text):
        for line in piece.split("\n"):
            if line.strip():
                yield line.strip()
