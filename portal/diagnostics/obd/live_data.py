"""The readings of service 01, collected by ECU and signal.

A car says the same things again and again: what an answer means is worked out once, and what is
kept is which answer came when. At the end arrays unfold it.
"""

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


Meaning = list[tuple[Place, float]]
Plan = list[tuple[Place, Field]]


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
        self._meanings: list[Meaning] = [[]]
        self._places: dict[tuple[str, str], Place] = {}
        self._plans: dict[tuple[str, int, int], Plan | None] = {}

    def record(self, number: int, time: float) -> None:
        self.numbers.append(number)
        self.times.append(time)

    def take(self, message: Message) -> None:
        """An answer 41. One of a single PID without flags is read by a plan made once."""
        payload = message.payload
        place = (message.ecu, payload[1] if len(payload) > 1 else 0, len(payload))
        if place not in self._plans:
            self._plans[place] = self._plan(*place)
        if (plan := self._plans[place]) is None:
            self._take_any(message)
            return
        meaning: Meaning = []
        for where, field in plan:
            at = field.start + 2
            raw = int.from_bytes(payload[at : at + field.width], "big", signed=field.signed)
            meaning.append((where, raw * field.factor + field.offset))
        self._keep(message, meaning, repeats=True)

    def channels(self) -> list[Channel]:
        """Each signal of each ECU, in the order in which they first came."""
        numbers = np.asarray(self.numbers, dtype=np.int64)
        sizes = np.asarray([len(meaning) for meaning in self._meanings], dtype=np.int64)
        repeats = sizes[numbers]
        total = int(repeats.sum())
        if not total:
            return []
        begins = np.cumsum(sizes) - sizes
        within = np.arange(total) - np.repeat(np.cumsum(repeats) - repeats, repeats)
        which = np.repeat(begins[numbers], repeats) + within
        flat = [reading for meaning in self._meanings for reading in meaning]
        places = np.asarray([place.at for place, _ in flat], dtype=np.int64)[which]
        order = np.argsort(places, kind="stable")
        values = np.asarray([value for _, value in flat], dtype=np.float64)[which][order]
        times = np.repeat(np.asarray(self.times, dtype=np.float64), repeats)[order]
        edges = np.searchsorted(places[order], np.arange(len(self._places) + 1))
        return [
            place.channel(times[begin:end], values[begin:end])
            for place, begin, end in zip(
                self._places.values(), edges[:-1].tolist(), edges[1:].tolist(), strict=True
            )
            if end > begin
        ]

    def _plan(self, ecu: str, pid: int, length: int) -> Plan | None:
        known = PIDS.get(pid)
        if known is None or not known.fields or length - 2 != known.longest:
            return None
        if any(not field.is_plain for field in known.fields):
            return None
        return [(self._place(ecu, pid, field), field) for field in known.fields]

    def _take_any(self, message: Message) -> None:
        meaning: Meaning = []
        repeats = True
        for answer in j1979.pid_answers(message.payload):
            repeats &= not self._keep_bits(message.ecu, answer)
            for reading in decode_pid(answer.pid, answer.data):
                meaning.append((self._place(message.ecu, answer.pid, reading), reading.value))
        self._keep(message, meaning, repeats=repeats)

    def _keep(self, message: Message, meaning: Meaning, *, repeats: bool) -> None:
        number = OTHER
        if meaning:
            number = len(self._meanings)
            self._meanings.append(meaning)
            if repeats and len(self.known) < _MOST_ANSWERS:
                self.known[message.ecu, message.payload] = number
        self.record(number, message.time)

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
