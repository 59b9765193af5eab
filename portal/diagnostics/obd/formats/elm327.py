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
_MARKS = frozenset({"TX", "RX", "tx", "rx", "Tx", "Rx", "SE", "Se", "RE", "Re"})
_SENT = re.compile(r"^(?:TX|SENT?|OUT|->|>>+)(?:\s*:|\s)\s*", re.IGNORECASE)
_GOT = re.compile(r"^(?:RX|RECV?|IN|<-|<<+)(?:\s*:|\s)\s*", re.IGNORECASE)
# The most frequent line by far: service 01, headers on, one frame of 11 or 29 bits.
_LIVE = re.compile(r"(7E[89A-F]|18 ?DA ?F1 ?[0-9A-F]{2}) ?0([2-7]) ?(41(?: ?[0-9A-F]{2})+) *")
_DAY_S = 86400.0
_MOST_KNOWN = 100_000
_PROMPT = Line("prompt")
# Answers that one line holds as a whole, and whether their bus counts codes (None: not known).
_TRANSPORTS: dict[str, bool | None] = {"single": True, "k_line": False, "plain": None}


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
    """The longer answers between two prompts."""

    def __init__(self) -> None:
        self.frames: list[Frame] = []
        self.lost: list[Message] = []
        self.open: list[_Segments] = []
        self._waiting: dict[int, deque[_Segments]] = defaultdict(deque)

    def add(self, line: Line, time: float) -> None:
        if line.kind == "frame":
            self.frames.append(Frame(time, line.ecu, line.data))
        elif line.kind == "length":
            self._begin(time, int.from_bytes(line.data, "big"))
        else:
            self._extend(line, time)

    def _begin(self, time: float, length: int | None) -> None:
        segments = _Segments(time, length)
        self.open.append(segments)
        self._waiting[0].append(segments)

    def _extend(self, line: Line, time: float) -> None:
        if not self._waiting[line.segment]:
            if line.segment:
                self.lost.append(Message(time, UNKNOWN_ECU, b"", truncated=True))
                return
            self._begin(time, None)
        segments = self._waiting[line.segment].popleft()
        segments.payload += line.data
        segments.next = (segments.next + 1) & 0x0F
        if not segments.is_whole:
            self._waiting[segments.next].append(segments)

    def messages(self) -> list[Message]:
        if not self.frames and not self.open and not self.lost:
            return []
        joined = [one.message() for one in self.open]
        found = [*self.lost, *joined, *reassemble(self.frames)]
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
        self.understood = 0
        self._exchange = _Exchange()
        self._asked = ""
        self._known: dict[str, tuple[Line, ...]] = {}
        self._shortcuts: dict[str, int] = {}

    def read_all(self, lines: Lines) -> None:
        """Every line up to the limit, or until it is plain that this is no transcript."""
        texts = lines.data.decode("utf-8", errors="replace").split("\n")
        find = self._shortcuts.get
        came, moved = self.scan.live.numbers.append, self.scan.live.times.append
        for count, raw in enumerate(texts[:MAX_LINES], 1):
            if answer := find(raw):
                self.understood += 1
                came(answer)
                moved(self.time.now)
                continue
            self._read(count, raw)
            if len(self.odd) > 200 and self.understood < len(self.odd):
                return
        self.hand_over()
        if len(texts) > MAX_LINES + 1:
            self.odd.append(QuarantinedRow(MAX_LINES + 1, "too_many_lines"))
            self.scan.broken += 1

    def _read(self, number: int, raw: str) -> None:
        if (found := _LIVE.fullmatch(raw)) and self._read_live(raw, found):
            return
        row = _row(number, raw)
        if row is None:
            return
        self.time.see(row)
        lines = self._lines(row.text)
        for line in lines:
            self._take(line, number)
        if row.time_s is None and len(lines) == 1 and len(self._shortcuts) < _MOST_KNOWN:
            answer = self.scan.live.known.get((lines[0].ecu, lines[0].data))
            if answer and lines[0].kind in _TRANSPORTS and not lines[0].is_damaged:
                self._shortcuts[raw] = answer

    def _read_live(self, raw: str, found: re.Match[str]) -> bool:
        ecu, length, told = found.groups()
        data = bytes.fromhex(told)[: int(length)]
        if len(data) < int(length):
            return False
        ecu = ecu.replace(" ", "")
        self.understood += 1
        answer = self.scan.live.take_planned(self.time.now, ecu, data)
        if not answer:
            self.scan.take(Message(self.time.now, ecu, data))
            answer = self.scan.live.known.get((ecu, data), 0)
        if answer and len(self._shortcuts) < _MOST_KNOWN:
            self._shortcuts[raw] = answer
        return True

    def _lines(self, text: str) -> tuple[Line, ...]:
        """Adapters repeat themselves: the same text is read once."""
        lines = self._known.get(text)
        if lines is None:
            lines = tuple(_PROMPT if part == ">" else parse_line(part) for part in _parts(text))
            if len(self._known) < _MOST_KNOWN:
                self._known[text] = lines
        return lines

    def _take(self, line: Line, number: int) -> None:
        if line.kind == "unknown":
            self.odd.append(QuarantinedRow(number, "not_understood"))
            return
        self.understood += 1
        if line.kind in _TRANSPORTS:
            on_can = _TRANSPORTS[line.kind]
            self.scan.take(Message(self.time.now, line.ecu, line.data, on_can, line.is_damaged))
        elif line.kind == "prompt":
            self.hand_over()
        elif line.kind == "request":
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
        self._exchange, self._asked = _Exchange(), ""


def read_transcript(lines: Lines) -> Transcript | None:
    """None if the text is no transcript: less than half of its lines make sense as one."""
    reader = _Reader()
    reader.read_all(lines)
    scan, time = reader.scan, reader.time
    if not scan.has_answers or reader.understood <= len(reader.odd):
        return None
    answers = scan.live.times
    moments = np.asarray([] if time.first is None else answers, dtype=np.float64)
    reading = Reading(
        scan.channels(), moments, time.started_at, time.known, len(answers), reader.odd, []
    )
    return Transcript(reading, scan)


def _bare(text: str) -> str:
    """Without the marks by which programs tell what was sent from what came."""
    if text[0].isalnum() and text[:2] not in _MARKS:
        return text
    return _GOT.sub("", _SENT.sub(">", text))


def _row(number: int, raw: str) -> _Row | None:
    text = raw.strip("\x00 \t")
    if not text:
        return None
    if len(text) > 4096:
        return _Row(number, "line too long", None, None)
    text = _bare(text)
    if text[:1] == "[" or text[2:3] == ":" or text[4:5] == "-" or "'" in text or '"' in text:
        return _dressed(number, text)
    return _Row(number, text, None, None)


def _dressed(number: int, text: str) -> _Row | None:
    """A line of a program's log, or one that begins with a time."""
    if logged := _LOGGED.search(text):
        verb, said = (logged[1], logged[2]) if logged[1] else (logged[3], logged[4])
        said = said.replace("\\r", "\n").replace("\\n", "\n").replace("\\x00", "")
        return _Row(number, ">" + said if verb == "write" else said, None, None)
    return None if text.startswith("[obd.") else _stamped(number, text)


def _stamped(number: int, text: str) -> _Row:
    found = _STAMP.match(text)
    if not found:
        return _Row(number, text, None, None)
    hours, minutes, seconds = (int(part) for part in found[2].split(":"))
    time_s = hours * 3600 + minutes * 60 + seconds + float(f"0.{found[3] or 0}")
    rest = text[found.end() :]
    return _Row(number, _bare(rest) if rest else rest, found[1], time_s)


def _started(row: _Row) -> datetime | None:
    dated = clock.date_of_name(row.date or "")
    return dated[0] + timedelta(seconds=row.time_s or 0.0) if dated else None


def _parts(text: str) -> Iterator[str]:
    """Prompts and the lines between them."""
    for piece in re.split(r"(>)", text):
        for line in piece.split("\n"):
            if line.strip():
                yield line.strip()
