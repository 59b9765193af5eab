"""One scan: the answers of all ECUs to all services; what was not read is never claimed."""

from collections import defaultdict

from portal.diagnostics.obd import j1979, monitors, uds
from portal.diagnostics.obd.change_points import Channel
from portal.diagnostics.obd.frames import Message
from portal.diagnostics.obd.live_data import OTHER, LiveData
from portal.diagnostics.obd.recording import (
    CodesRead,
    EcuIdentity,
    FreezeFrame,
    MonitorResult,
    NegativeResponse,
    Readiness,
    ServiceRead,
    TroubleCode,
    WarningLamp,
)
from portal.diagnostics.obd.trouble_codes import describe, origin
from portal.diagnostics.obd.vehicle_information import identify, supported_types

_SERVICES = (0x01, 0x02, 0x03, 0x06, 0x07, 0x09, 0x0A, 0x19)
_STORED, _UDS_CODES, _NEGATIVE = 0x03, 0x19, 0x7F
_MOST_CODES, _MOST_NEGATIVES = 5000, 1000


class Scan:
    """Feed it requests and messages in order; ask it at the end."""

    def __init__(self) -> None:
        self.vins: dict[str, str] = {}
        self.codes: dict[tuple[str, str, str, str | None], TroubleCode] = {}
        self.negatives: list[NegativeResponse] = []
        self.broken = 0
        self.live = LiveData()
        self._asked: set[int] = set()
        self._answered: dict[int, list[str]] = defaultdict(list)
        self._incomplete: set[tuple[int, str]] = set()
        self._refused: set[tuple[int, str]] = set()
        self._frames: dict[tuple[str, int], dict[str, float]] = {}
        self._frame_codes: dict[tuple[str, int], str] = {}
        self._identity: dict[str, dict[int, bytes]] = defaultdict(dict)
        self._parts: dict[tuple[str, int], dict[int, bytes]] = defaultdict(dict)
        self._monitors: dict[tuple[str, str, str], MonitorResult] = {}
        self._bitmaps: dict[tuple[str, int], dict[int, bytes]] = defaultdict(dict)
        self._seen: list[str] = []

    def asked(self, service: int) -> None:
        self._asked.add(service)

    def take(self, message: Message) -> None:
        if not message.payload:
            return
        number = self.live.known.get((message.ecu, message.payload))
        if number and not message.truncated:
            self.live.record(number, message.time)
        elif message.payload[0] == 0x41 and not message.truncated:
            self._answer(message)
        else:
            self.live.record(OTHER, message.time)
            self._answer(message)

    def _answer(self, message: Message) -> None:
        service = message.payload[0]
        if service == _NEGATIVE:
            self._take_negative(message)
            return
        self._see(message.ecu)
        asked = service - 0x40
        if asked not in _SERVICES:
            return
        self._asked.add(asked)
        if message.truncated:
            self.broken += 1
            self._incomplete.add((asked, message.ecu))
        elif message.ecu not in self._answered[asked]:
            self._answered[asked].append(message.ecu)
        self._take_answer(asked, message)

    def _take_answer(self, service: int, message: Message) -> None:
        if service in j1979.CODE_SERVICES:
            self._take_codes(service, message)
        elif service == _UDS_CODES:
            self._take_uds_codes(message)
        elif message.truncated:
            return
        elif service == 0x01:
            self.live.take(message)
        elif service == 0x02:
            self._take_frozen(message)
        elif service == 0x06:
            self._take_monitors(message)
        else:
            self._take_identity(message)

    def _take_negative(self, message: Message) -> None:
        """ECU said no. `78` only means that its answer takes longer."""
        if len(message.payload) < 3 or message.payload[2] == j1979.PENDING_ANSWER:
            return
        self._see(message.ecu)
        service, code = message.payload[1], message.payload[2]
        self._asked.add(service)
        self._refused.add((service, message.ecu))
        if len(self.negatives) < _MOST_NEGATIVES:
            self.negatives.append(NegativeResponse(message.ecu, f"{service:02X}", f"{code:02X}"))

    def _take_codes(self, service: int, message: Message) -> None:
        announced = j1979.announced_codes(message)
        if announced is not None and announced > (len(message.payload) - 2) // 2:
            self._incomplete.add((service, message.ecu))
        status = j1979.CODE_SERVICES[service]
        for code in j1979.trouble_codes(message):
            self._keep(TroubleCode(code, status, message.ecu, origin(code), describe(code)))

    def _take_uds_codes(self, message: Message) -> None:
        if not uds.lists_codes(message.payload):
            return
        if not uds.is_whole(message.payload):
            self._incomplete.add((_UDS_CODES, message.ecu))
        for one in uds.codes_of(message.payload):
            self._keep(
                TroubleCode(
                    one.code,
                    one.status,
                    message.ecu,
                    origin(one.code),
                    describe(one.code),
                    failure_type=one.failure_type,
                    status_byte=f"{one.status_byte:02X}",
                    flags=uds.flags_of(one.status_byte),
                )
            )

    def _keep(self, code: TroubleCode) -> None:
        if len(self.codes) < _MOST_CODES:
            key = (code.ecu, code.code, code.status, code.failure_type)
            self.codes.setdefault(key, code)

    def _take_frozen(self, message: Message) -> None:
        for pid, frame, data in j1979.frozen_answers(message.payload):
            place = (message.ecu, frame)
            if pid != 0x02:
                if values := j1979.freeze_values(pid, data):
                    self._frames.setdefault(place, {}).update(values)
            elif len(data) >= 2 and (data[0] or data[1]):
                self._frame_codes[place] = j1979.trouble_code(data[0], data[1])
                self._frames.setdefault(place, {})

    def _take_monitors(self, message: Message) -> None:
        payload = message.payload
        if message.on_can is False or len(payload) < 2:
            return  # before CAN every maker scaled these in his own way
        if payload[1] % 0x20 == 0:
            self._bitmaps[message.ecu, 0x06][payload[1]] = payload[2:6]
        for result in monitors.monitor_results(message.ecu, payload):
            self._monitors[message.ecu, result.monitor, result.test] = result
        if not monitors.is_whole(payload):
            self._incomplete.add((0x06, message.ecu))

    def _take_identity(self, message: Message) -> None:
        """CAN gives the whole text at once; K-line numbers its parts of four bytes from 1."""
        if len(message.payload) < 3:
            return
        kind, number, body = message.payload[1], message.payload[2], message.payload[3:]
        if kind % 0x20 == 0:
            bitmap = message.payload[2:6] if message.on_can is not False else body
            self._bitmaps[message.ecu, 0x09][kind] = bitmap[:4]
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

    def channels(self) -> list[Channel]:
        return self.live.channels()

    def trouble_codes(self) -> list[TroubleCode]:
        return sorted(self.codes.values(), key=lambda code: code.ecu)

    def monitor_results(self) -> list[MonitorResult]:
        return list(self._monitors.values())

    def freeze_frames(self) -> list[FreezeFrame]:
        return [
            FreezeFrame(ecu, frame, self._frame_codes.get((ecu, frame)), values)
            for (ecu, frame), values in self._frames.items()
        ]

    def readiness(self) -> list[Readiness]:
        return _monitors_of(self.live.state)

    def readiness_this_drive(self) -> list[Readiness]:
        return _monitors_of(self.live.drive)

    def warning_lamps(self) -> list[WarningLamp]:
        return [j1979.warning_lamp(ecu, data) for ecu, data in self.live.state.items()]

    def identities(self) -> list[EcuIdentity]:
        return [identify(ecu, self._identity[ecu], self._supported(ecu)) for ecu in self._seen]

    def _supported(self, ecu: str) -> dict[str, list[str]]:
        told = {0x01: self.live.bitmaps.get(ecu, {})}
        told |= {service: self._bitmaps.get((ecu, service), {}) for service in (0x06, 0x09)}
        return {f"{at:02X}": supported_types(bits) for at, bits in told.items() if bits}

    def services(self) -> list[ServiceRead]:
        """Who answered what. An ECU that showed itself elsewhere but not here is silent."""
        return [self._read(service) for service in _SERVICES]

    def _read(self, service: int) -> ServiceRead:
        asked = service in self._asked
        cut = [ecu for ecu in self._seen if self._is_cut(service, ecu)]
        whole = [ecu for ecu in self._answered[service] if ecu not in cut]
        silent = [ecu for ecu in self._seen if ecu not in whole]
        refused = [ecu for ecu in silent if (service, ecu) in self._refused]
        return ServiceRead(
            f"{service:02X}", asked, whole, silent if asked else [], refused, cut if asked else []
        )

    def _is_cut(self, service: int, ecu: str) -> bool:
        """Whether an answer broke off, or fewer codes came than the ECU counts itself."""
        if (service, ecu) in self._incomplete:
            return True
        if service != _STORED or ecu not in self._answered[_STORED] or ecu not in self.live.state:
            return False
        told = {
            code.code for code in self.codes.values() if code.ecu == ecu and code.status == "stored"
        }
        return len(told) < j1979.warning_lamp(ecu, self.live.state[ecu]).stored_codes

    @property
    def asked_for_codes(self) -> bool:
        return bool(self._asked & {_STORED, _UDS_CODES})

    def ecus_with_codes_read(self) -> set[str]:
        """Those that told all stored codes, in the one way or the other."""
        return {ecu for service in (_STORED, _UDS_CODES) for ecu in self._read(service).ecus}

    def codes_read(self) -> CodesRead:
        told = self.ecus_with_codes_read()
        if not self.asked_for_codes or not told:
            return "none"
        return "complete" if told >= set(self._seen) else "partial"


def _monitors_of(states: dict[str, bytes]) -> list[Readiness]:
    return [one for ecu, data in states.items() for one in j1979.readiness(ecu, data)]
