"""One scan: the answers of all ECUs to all services; what was not read is never claimed."""

from collections import defaultdict
from typing import NamedTuple

import numpy as np

from portal.diagnostics.obd import j1979
from portal.diagnostics.obd.change_points import Channel
from portal.diagnostics.obd.frames import Message
from portal.diagnostics.obd.pids import Reading, decode_pid
from portal.diagnostics.obd.recording import (
    CodeStatus,
    EcuIdentity,
    FreezeFrame,
    NegativeResponse,
    Readiness,
    ServiceRead,
    WarningLamp,
)

_MOST_ANSWERS = 100_000
_SERVICES = (0x01, 0x02, 0x03, 0x07, 0x09, 0x0A)


class ScannedCode(NamedTuple):
    code: str
    status: CodeStatus
    ecu: str


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


class Scan:
    """Feed it requests and messages in order; ask it at the end."""

    def __init__(self) -> None:
        self.vins: dict[str, str] = {}
        self.codes: list[ScannedCode] = []
        self.negatives: list[NegativeResponse] = []
        self.broken = 0
        self._asked: set[int] = set()
        self._answered: dict[int, list[str]] = defaultdict(list)
        self._incomplete: set[tuple[int, str]] = set()
        self._status: dict[str, bytes] = {}
        self._frames: dict[tuple[str, int], dict[str, float]] = {}
        self._frame_codes: dict[tuple[str, int], str] = {}
        self._identity: dict[str, dict[int, bytes]] = defaultdict(dict)
        self._parts: dict[tuple[str, int], dict[int, bytes]] = defaultdict(dict)
        self._samples: dict[tuple[str, str], Samples] = {}
        self._seen: list[str] = []
        # A car says the same things again and again: what an answer means is worked out once.
        self._live: dict[tuple[str, bytes], LiveMeaning] = {}

    def asked(self, service: int) -> None:
        self._asked.add(service)

    def take(self, message: Message) -> None:
        if not message.payload:
            return
        seen_before = self._live.get((message.ecu, message.payload))
        if seen_before and not message.truncated:
            for samples, value in seen_before:
                samples.add(message.time, value)
            return
        service = message.payload[0]
        if service == 0x7F:
            self._take_negative(message)
            return
        asked = service - 0x40
        if asked not in _SERVICES:
            return
        self._asked.add(asked)
        self._see(message.ecu)
        if message.truncated:
            self.broken += 1
            self._incomplete.add((asked, message.ecu))
        elif message.ecu not in self._answered[asked]:
            self._answered[asked].append(message.ecu)
        self._take_answer(asked, message)

    def live_meaning(self, ecu: str, payload: bytes) -> LiveMeaning | None:
        """Where the readings of an answer that came before belong; None for other services."""
        return self._live.get((ecu, payload))

    def _take_answer(self, service: int, message: Message) -> None:
        if service in j1979.CODE_SERVICES:
            self._take_codes(service, message)
        elif message.truncated:
            return
        elif service == 0x01:
            self._take_live(message)
        elif service == 0x02:
            self._take_frozen(message)
        else:
            self._take_identity(message)

    def _take_negative(self, message: Message) -> None:
        if len(message.payload) < 3 or message.payload[2] == j1979.PENDING_ANSWER:
            return
        self._see(message.ecu)
        service, code = message.payload[1], message.payload[2]
        self._asked.add(service)
        self.negatives.append(NegativeResponse(message.ecu, f"{service:02X}", f"{code:02X}"))

    def _take_codes(self, service: int, message: Message) -> None:
        codes = j1979.trouble_codes(message)
        announced = j1979.announced_codes(message)
        if announced is not None and announced > (len(message.payload) - 2) // 2:
            self._incomplete.add((service, message.ecu))
        status = j1979.CODE_SERVICES[service]
        for code in codes:
            found = ScannedCode(code, status, message.ecu)
            if found not in self.codes:
                self.codes.append(found)

    def _take_live(self, message: Message) -> None:
        meant: LiveMeaning = []
        for answer in j1979.pid_answers(message.payload):
            if answer.pid == 0x01 and len(answer.data) >= 4:
                self._status[message.ecu] = answer.data
            for reading in decode_pid(answer.pid, answer.data):
                samples = self._samples_of(message.ecu, answer.pid, reading)
                samples.add(message.time, reading.value)
                meant.append((samples, reading.value))
        if len(self._live) < _MOST_ANSWERS and message.payload[1:2] != b"\x01":
            self._live[message.ecu, message.payload] = meant

    def _samples_of(self, ecu: str, pid: int, reading: Reading) -> Samples:
        key = (ecu, reading.key)
        if key not in self._samples:
            self._samples[key] = Samples(pid, reading.factor, reading.offset)
        return self._samples[key]

    def _take_frozen(self, message: Message) -> None:
        if len(message.payload) < 4:
            return
        pid, frame, data = message.payload[1], message.payload[2], message.payload[3:]
        place = (message.ecu, frame)
        if pid == 0x02:
            if len(data) >= 2 and (data[0] or data[1]):
                self._frame_codes[place] = j1979.trouble_code(data[0], data[1])
                self._frames.setdefault(place, {})
            return
        if values := j1979.freeze_values(pid, data):
            self._frames.setdefault(place, {}).update(values)

    def _take_identity(self, message: Message) -> None:
        """CAN gives the whole text at once; K-line numbers its parts of four bytes from 1."""
        if len(message.payload) < 3:
            return
        kind, number, body = message.payload[1], message.payload[2], message.payload[3:]
        if kind % 0x20 == 0:
            return
        if len(body) == 4 and number:
            parts = self._parts[message.ecu, kind]
            parts[number] = body
            body = b"".join(parts[at] for at in sorted(parts))
        self._identity[message.ecu][kind] = body
        if kind == 0x02 and (vin := j1979.vin_of(body)):
            self.vins[message.ecu] = vin

    def _see(self, ecu: str) -> None:
        if ecu not in self._seen:
            self._seen.append(ecu)

    @property
    def has_answers(self) -> bool:
        return bool(self._seen)

    @property
    def vin(self) -> str | None:
        """Of the engine ECU if several gave one."""
        return next((self.vins[ecu] for ecu in sorted(self.vins)), None)

    @property
    def odometer(self) -> float | None:
        """Kilometres, of the engine ECU if several gave one."""
        known = sorted(place for place in self._samples if place[1] == "odometer")
        return round(self._samples[known[0]].values[-1], 1) if known else None

    def channels(self) -> list[Channel]:
        return [
            samples.channel(ecu, key) for (ecu, key), samples in self._samples.items()
        ]  # fmt: skip

    def freeze_frames(self) -> list[FreezeFrame]:
        return [
            FreezeFrame(ecu, frame, self._frame_codes.get((ecu, frame)), values)
            for (ecu, frame), values in self._frames.items()
        ]

    def readiness(self) -> list[Readiness]:
        return [one for ecu, data in self._status.items() for one in j1979.readiness(ecu, data)]

    def warning_lamps(self) -> list[WarningLamp]:
        return [j1979.warning_lamp(ecu, data) for ecu, data in self._status.items()]

    def identities(self) -> list[EcuIdentity]:
        return [self._identify(ecu) for ecu in self._seen]

    def services(self) -> list[ServiceRead]:
        """Who answered what. An ECU that showed itself elsewhere but not here is silent."""
        found = []
        for service in _SERVICES:
            whole = [
                ecu for ecu in self._answered[service] if (service, ecu) not in self._incomplete
            ]
            silent = [ecu for ecu in self._seen if ecu not in whole]
            asked = service in self._asked
            found.append(ServiceRead(f"{service:02X}", asked, whole, silent if asked else []))
        return found

    def _identify(self, ecu: str) -> EcuIdentity:
        parts = self._identity[ecu]
        names = j1979.texts_of(parts.get(0x0A, b""), 20)
        checks = parts.get(0x06, b"")
        return EcuIdentity(
            ecu,
            names[0] if names else None,
            j1979.texts_of(parts.get(0x04, b""), 16),
            [checks[at : at + 4].hex().upper() for at in range(0, len(checks) - 3, 4)],
        )
