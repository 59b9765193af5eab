"""The meaning of whole answers: codes, readiness, freeze frames, identity; each ECU for itself."""

from typing import NamedTuple

from portal.diagnostics.obd.frames import Message
from portal.diagnostics.obd.pids import decode_pid, length_of, longest_of
from portal.diagnostics.obd.recording import CodeStatus, Readiness, WarningLamp

CODE_SERVICES: dict[int, CodeStatus] = {0x03: "stored", 0x07: "pending", 0x0A: "permanent"}
PENDING_ANSWER = 0x78
_FILLERS = b"\x00\x55\xaa\xcc\xff"
_ALWAYS = ("misfire", "fuel_system", "components")
_SPARK = {
    0: "catalyst", 1: "heated_catalyst", 2: "evaporative_system", 3: "secondary_air",
    4: "air_conditioning", 5: "oxygen_sensor", 6: "oxygen_sensor_heater", 7: "egr_vvt",
}  # fmt: skip
_DIESEL = {
    0: "nmhc_catalyst", 1: "nox_scr", 3: "boost_pressure", 5: "exhaust_gas_sensor",
    6: "particulate_filter", 7: "egr_vvt",
}  # fmt: skip


class PidAnswer(NamedTuple):
    pid: int
    data: bytes


class FrozenAnswer(NamedTuple):
    pid: int
    frame: int
    data: bytes


def trouble_code(high: int, low: int) -> str:
    """`0x0171` → P0171, `0xC100` → U0100 (ISO 15031-6)."""
    system = "PCBU"[high >> 6]
    return f"{system}{high >> 4 & 3}{high & 0x0F:X}{low:02X}"


def trouble_codes(message: Message) -> list[str]:
    """Codes of an answer 43, 47 or 4A; 0000 is padding. CAN counts them, K-line does not."""
    body = message.payload[1:]
    if body and _is_counted(message):
        body = body[1 : 1 + 2 * body[0]]
    pairs = zip(body[0::2], body[1::2], strict=False)
    return [trouble_code(high, low) for high, low in pairs if high or low]


def announced_codes(message: Message) -> int | None:
    """How many codes the answer says it carries, None on K-line."""
    body = message.payload[1:]
    return body[0] if body and _is_counted(message) else None


def pid_answers(payload: bytes) -> list[PidAnswer]:
    """The PIDs of an answer 41: one, or several that were asked for together."""
    found: list[PidAnswer] = []
    at = 1
    while at < len(payload):
        pid = payload[at]
        length = length_of(pid)
        left = len(payload) - at - 1
        if length is None or left < length or (not found and pid % 0x20 and _fills(pid, left)):
            length = left  # unknown or cut: whatever is there; or values of further banks
        found.append(PidAnswer(pid, payload[at + 1 : at + 1 + length]))
        at += 1 + length
        if len(found) == 1 and not _another(payload, at):
            break
    return found


def frozen_answers(payload: bytes) -> list[FrozenAnswer]:
    """The PIDs of an answer 42, each behind its number of the frame."""
    found: list[FrozenAnswer] = []
    at = 1
    while at + 2 < len(payload):
        pid, frame, left = payload[at], payload[at + 1], len(payload) - at - 2
        length = length_of(pid)
        if length is None or left < length or (not found and pid % 0x20 and _fills(pid, left)):
            length = left
        found.append(FrozenAnswer(pid, frame, payload[at + 2 : at + 2 + length]))
        at += 2 + length
        if at + 1 < len(payload) and (payload[at + 1] != frame or length_of(payload[at]) is None):
            break  # filler bytes
    return found


def freeze_values(pid: int, data: bytes) -> dict[str, float]:
    """Values of service 02; the frame number has been taken off before."""
    return {reading.key: round(reading.value, 6) for reading in decode_pid(pid, data)}


def readiness(ecu: str, data: bytes) -> list[Readiness]:
    """The monitors of PID 01 (since the codes were cleared) or of PID 41 (of this drive)."""
    b, c, d = data[1], data[2], data[3]
    monitors = [
        Readiness(ecu, name, bool(b >> bit & 1), not b >> bit + 4 & 1)
        for bit, name in enumerate(_ALWAYS)
    ]
    names = _DIESEL if b & 0x08 else _SPARK
    return monitors + [
        Readiness(ecu, name, bool(c >> bit & 1), not d >> bit & 1) for bit, name in names.items()
    ]


def warning_lamp(ecu: str, data: bytes) -> WarningLamp:
    return WarningLamp(ecu, bool(data[0] & 0x80), data[0] & 0x7F)


def vin_of(body: bytes) -> str | None:
    """The VIN out of the data of 49 02: 17 characters, NUL padding in front or behind.

    Only padding goes: a VIN may begin or end with 0, 1 or 2.
    """
    text = body.strip(b"\x00\xff\xaa\x55 ").decode("ascii", errors="replace").upper()
    return text if len(text) == 17 and text.isascii() and text.isalnum() else None


def texts_of(body: bytes, size: int) -> list[str]:
    """Calibration ids (16 bytes each) or an ECU name (20 bytes), NUL padding taken off."""
    parts = [body[at : at + size].strip(b"\x00\xff ") for at in range(0, len(body), size)]
    texts = [part.replace(b"\x00", b" ").decode("ascii", errors="replace") for part in parts]
    return [" ".join(text.split()) for text in texts if text.strip().isprintable() and text]


def _fills(pid: int, left: int) -> bool:
    """Whether the ECU sent the bytes for further banks too."""
    return left == longest_of(pid)


def _another(payload: bytes, at: int) -> bool:
    """Whether the rest is made of whole further answers, not of padding."""
    rest = payload[at:]
    if rest and rest[0] in _FILLERS and len(set(rest)) == 1:
        return False
    while at < len(payload):
        length = length_of(payload[at])
        if length is None or payload[at] % 0x20 == 0 or at + 1 + length > len(payload):
            return False
        at += 1 + length
    return True


def _is_counted(message: Message) -> bool:
    """With headers off nobody says which bus it was; a count makes the number of bytes odd."""
    if message.on_can is None:
        return len(message.payload) % 2 == 0
    return message.on_can
