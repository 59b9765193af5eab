"""The readings of service 01, collected by ECU and signal."""

import numpy as np

from portal.diagnostics.obd import j1979
from portal.diagnostics.obd.change_points import Channel
from portal.diagnostics.obd.frames import Message
from portal.diagnostics.obd.pids import Reading, decode_pid

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


class LiveData:
    """`state` and `drive` hold the last answers to PID 01 and 41, `bitmaps` those to 00, 20, …"""

    def __init__(self) -> None:
        self.state: dict[str, bytes] = {}
        self.drive: dict[str, bytes] = {}
        self.bitmaps: dict[str, dict[int, bytes]] = {}
        self._samples: dict[tuple[str, str], Samples] = {}
        # A car says the same things again and again: what an answer means is worked out once.
        self._meanings: dict[tuple[str, bytes], LiveMeaning] = {}

    def meaning(self, ecu: str, payload: bytes) -> LiveMeaning | None:
        """Where the readings of an answer that came before belong; None for all others."""
        return self._meanings.get((ecu, payload))

    def take(self, message: Message) -> None:
        meant: LiveMeaning = []
        repeats = True
        for answer in j1979.pid_answers(message.payload):
            repeats &= not self._keep_bits(message.ecu, answer)
            for reading in decode_pid(answer.pid, answer.data):
                samples = self._samples_of(message.ecu, answer.pid, reading)
                samples.add(message.time, reading.value)
                meant.append((samples, reading.value))
        if repeats and len(self._meanings) < _MOST_ANSWERS:
            self._meanings[message.ecu, message.payload] = meant

    def channels(self) -> list[Channel]:
        return [samples.channel(ecu, key) for (ecu, key), samples in self._samples.items()]

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

    def _samples_of(self, ecu: str, pid: int, reading: Reading) -> Samples:
        key = (ecu, reading.key)
        if key not in self._samples:
            self._samples[key] = Samples(pid, reading.factor, reading.offset)
        return self._samples[key]
