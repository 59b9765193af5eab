"""The readings of service 01, collected by ECU and signal.

A car says the same things again and again: what an answer means is worked out once, and what is
kept is which answer came when. At the end arrays unfold it.
"""

from typing import NamedTuple

import numpy as np

from portal.diagnostics.obd import j1979
from portal.diagnostics.obd.change_points import Channel
from portal.diagnostics.obd.frames import Message
from portal.diagnostics.obd.pid_fields import Field
from portal.diagnostics.obd.pids import PIDS, Reading, decode_pid
from portal.diagnostics.obd.recording import Floats

_MOST_ANSWERS = 200_000
OTHER = 0
"""The number of all answers that hold no readings: only their time counts."""


class Place:
    """Where readings belong: one signal of one ECU."""

    def __init__(self, at: int, ecu: str, pid: int, what: Reading | Field) -> None:
        self.at, self.ecu, self.pid, self.key = at, ecu, pid, what.key
        self.factor, self.offset = what.factor, what.offset

    def channel(self, times: Floats, values: Floats) -> Channel:
        return Channel(
            name=f"01{self.pid:02X}",
            unit="",
            times=times,
            values=values,
            key=self.key,
            ecu=self.ecu,
            factor=self.factor,
            offset=self.offset,
        )


class Step(NamedTuple):
    """How to read one value: its place, where its bytes stand in the answer, and its scale."""

    place: int
    begin: int
    end: int
    signed: bool
    factor: float
    offset: float


class LiveData:
    """`state` and `drive` hold the last answers to PID 01 and 41, `bitmaps` those to 00, 20, …

    `numbers` and `times` grow together, one entry for every answer of any service.
    """

    def __init__(self) -> None:
        self.state: dict[str, bytes] = {}
        self.drive: dict[str, bytes] = {}
        self.bitmaps: dict[str, dict[int, bytes]] = {}
        self.numbers: list[int] = []
        self.times: list[float] = []
        self.known: dict[tuple[str, bytes], int] = {}
        # Answer n holds the next `_sizes[n]` of the readings; lists of plain numbers stay cheap.
        self._sizes: list[int] = [0]
        self._where: list[int] = []
        self._values: list[float] = []
        self._places: dict[tuple[str, str], Place] = {}
        self._plans: dict[tuple[str, int, int], list[Step]] = {}

    def record(self, number: int, time: float) -> None:
        self.numbers.append(number)
        self.times.append(time)

    def take(self, message: Message) -> None:
        """An answer 41. One of a single PID without flags is read by a plan made once."""
        payload = message.payload
        place = (message.ecu, payload[1] if len(payload) > 1 else 0, len(payload))
        if place not in self._plans:
            self._plans[place] = self._plan(*place)
        if number := self.take_planned(message.time, message.ecu, payload):
            self._remember(message, number)
        else:
            self._take_any(message)

    def take_planned(self, time: float, ecu: str, payload: bytes) -> int:
        """The number of an answer 41 like one that was taken before; 0 leaves it to `take`."""
        plan = self._plans.get((ecu, payload[1], len(payload))) if len(payload) > 1 else None
        if not plan:
            return 0
        for place, begin, end, signed, factor, offset in plan:
            raw = int.from_bytes(payload[begin:end], "big", signed=signed)
            self._where.append(place)
            self._values.append(raw * factor + offset)
        number = len(self._sizes)
        self._sizes.append(len(plan))
        self.numbers.append(number)
        self.times.append(time)
        return number

    def channels(self) -> list[Channel]:
        """Each signal of each ECU, in the order in which they first came."""
        numbers = np.asarray(self.numbers, dtype=np.int64)
        sizes = np.asarray(self._sizes, dtype=np.int64)
        repeats = sizes[numbers]
        total = int(repeats.sum())
        if not total:
            return []
        begins = np.cumsum(sizes) - sizes
        within = np.arange(total) - np.repeat(np.cumsum(repeats) - repeats, repeats)
        which = np.repeat(begins[numbers], repeats) + within
        places = np.asarray(self._where, dtype=np.int64)[which]
        order = np.argsort(places, kind="stable")
        values = np.asarray(self._values, dtype=np.float64)[which][order]
        times = np.repeat(np.asarray(self.times, dtype=np.float64), repeats)[order]
        edges = np.searchsorted(places[order], np.arange(len(self._places) + 1))
        return [
            place.channel(times[begin:end], values[begin:end])
            for place, begin, end in zip(
                self._places.values(), edges[:-1].tolist(), edges[1:].tolist(), strict=True
            )
            if end > begin
        ]

    def _plan(self, ecu: str, pid: int, length: int) -> list[Step]:
        known = PIDS.get(pid)
        if known is None or not known.fields or length - 2 != known.longest:
            return []
        if any(not field.is_plain for field in known.fields):
            return []
        return [
            Step(self._place(ecu, pid, field).at, field.start + 2, field.end + 2, field.signed,
                 field.factor, field.offset)
            for field in known.fields
        ]  # fmt: skip

    def _take_any(self, message: Message) -> None:
        found = len(self._values)
        repeats = True
        for answer in j1979.pid_answers(message.payload):
            repeats &= not self._keep_bits(message.ecu, answer)
            for reading in decode_pid(answer.pid, answer.data):
                self._where.append(self._place(message.ecu, answer.pid, reading).at)
                self._values.append(reading.value)
        number = OTHER
        if size := len(self._values) - found:
            number = len(self._sizes)
            self._sizes.append(size)
            if repeats:
                self._remember(message, number)
        self.record(number, message.time)

    def _remember(self, message: Message, number: int) -> None:
        if len(self.known) < _MOST_ANSWERS:
            self.known[message.ecu, message.payload] = number

    def _keep_bits(self, ecu: str, answer: j1979.PidAnswer) -> bool:
        """True for the answers that are no readings: they count each time."""
        if len(answer.data) < 4:
            return False
        if answer.pid % 0x20 == 0:
            self.bitmaps.setdefault(ecu, {})[answer.pid] = answer.data[:4]
        elif answer.pid == 0x01:
            self.state[ecu] = answer.data
        elif answer.pid == 0x41:
            self.drive[ecu] = answer.data
        else:
            return False
        return True

    def _place(self, ecu: str, pid: int, what: Reading | Field) -> Place:
        key = (ecu, what.key)
        if key not in self._places:
            self._places[key] = Place(len(self._places), ecu, pid, what)
        return self._places[key]
