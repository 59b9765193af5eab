"""The readings of service 01, collected by ECU and signal."""

import numpy as np

from portal.diagnostics.obd import j1979
from portal.diagnostics.obd.change_points import Channel
from portal.diagnostics.obd.frames import Message
from portal.diagnostics.obd.pid_fields import Field
from portal.diagnostics.obd.pids import PIDS, Reading, decode_pid

_MOST_ANSWERS = 100_000


class Samples:
    def __init__(self, pid: int, factor: float, offset: float) -> None:
        self.pid, self.factor, self.offset = pid, factor, offset
        self.times: list[float] = []
        self.values: list[float] = []

    def add(self, time: float, value: float) -> None:
        self.times.append(time)
        self.values.append(value)

    def channel(self, ecu: str, key: str) -> Channel:
        return Channel(
            name=f"01{self.pid:02X}",
            unit="",
            times=np.asarray(self.times, dtype=np.float64),
            values=np.asarray(self.values, dtype=np.float64),
            key=key,
            ecu=ecu,
            factor=self.factor,
            offset=self.offset,
        )


LiveMeaning = list[tuple[Samples, float]]
Plan = list[tuple[Samples, Field]]


class LiveData:
    """`state` and `drive` hold the last answers to PID 01 and 41, `bitmaps` those to 00, 20, …"""

    def __init__(self) -> None:
        self.state: dict[str, bytes] = {}
        self.drive: dict[str, bytes] = {}
        self.bitmaps: dict[str, dict[int, bytes]] = {}
        self._samples: dict[tuple[str, str], Samples] = {}
        # A car says the same things again and again: what an answer means is worked out once.
        self._meanings: dict[tuple[str, bytes], LiveMeaning] = {}
        self._plans: dict[tuple[str, int, int], Plan | None] = {}

    def meaning(self, ecu: str, payload: bytes) -> LiveMeaning | None:
        """Where the readings of an answer that came before belong; None for all others."""
        return self._meanings.get((ecu, payload))

    def take(self, message: Message) -> None:
        """An answer 41. One of a single PID without flags is read by a plan made once."""
        payload = message.payload
        place = (message.ecu, payload[1] if len(payload) > 1 else 0, len(payload))
        if place not in self._plans:
            self._plans[place] = self._plan(*place)
        if (plan := self._plans[place]) is None:
            self._take_any(message)
            return
        meant: LiveMeaning = []
        for samples, field in plan:
            at = field.start + 2
            raw = int.from_bytes(payload[at : at + field.width], "big", signed=field.signed)
            value = raw * field.factor + field.offset
            samples.times.append(message.time)
            samples.values.append(value)
            meant.append((samples, value))
        self._remember(message, meant)

    def _plan(self, ecu: str, pid: int, length: int) -> Plan | None:
        known = PIDS.get(pid)
        if known is None or not known.fields or length - 2 != known.longest:
            return None
        if any(not field.is_plain for field in known.fields):
            return None
        return [(self._samples_of(ecu, pid, field), field) for field in known.fields]

    def _take_any(self, message: Message) -> None:
        meant: LiveMeaning = []
        repeats = True
        for answer in j1979.pid_answers(message.payload):
            repeats &= not self._keep_bits(message.ecu, answer)
            for reading in decode_pid(answer.pid, answer.data):
                samples = self._samples_of(message.ecu, answer.pid, reading)
                samples.add(message.time, reading.value)
                meant.append((samples, reading.value))
        if repeats:
            self._remember(message, meant)

    def _remember(self, message: Message, meant: LiveMeaning) -> None:
        if len(self._meanings) < _MOST_ANSWERS:
            self._meanings[message.ecu, message.payload] = meant

    def channels(self) -> list[Channel]:
        return [
            samples.channel(ecu, key)
            for (ecu, key), samples in self._samples.items()
            if samples.values
        ]

    @property
    def odometer(self) -> float | None:
        """Kilometres, of the engine ECU if several gave one."""
        known = sorted(place for place in self._samples if place[1] == "odometer")
        return round(self._samples[known[0]].values[-1], 1) if known else None

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

    def _samples_of(self, ecu: str, pid: int, what: Reading | Field) -> Samples:
        key = (ecu, what.key)
        if key not in self._samples:
            self._samples[key] = Samples(pid, what.factor, what.offset)
        return self._samples[key]
