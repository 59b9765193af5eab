"""What one line of an adapter's transcript is: request, answer of some transport, or chatter."""

import re
from typing import Literal, NamedTuple

from portal.diagnostics.obd.recording import UNKNOWN_ECU

Kind = Literal[
    "prompt",
    "request",
    "asked_on_bus",
    "single",  # a whole answer in one CAN frame: `data` is the answer without its length
    "frame",  # a CAN frame of a longer answer
    "length",
    "segment",
    "k_line",
    "plain",
    "chatter",
    "unknown",
]


class Line(NamedTuple):
    kind: Kind
    data: bytes = b""
    ecu: str = UNKNOWN_ECU
    segment: int = 0
    text: str = ""
    is_damaged: bool = False


_CHATTER = re.compile(
    r"^(?:AT ?[A-Z@#0-9].*|ST ?[A-Z]{1,8}.*|OK|\?|ELM ?327.*|OBDII.*|STN\d.*|NO DATA|STOPPED"
    r"|UNABLE TO CONNECT|CAN ERROR|BUS ERROR|BUS BUSY|FB ERROR|DATA ERROR|BUFFER FULL|<?RX ERROR"
    r"|ERR\d\d|LV RESET|LP ALERT|ACT ALERT|AUTO.*|ISO .*|SAE .*|USER\d.*|\d{1,2}\.\d{1,2} ?V"
    r"|SEARCHING\.*|BUS INIT:? ?\.*(?:OK|ERROR)?|A?[0-9A-C]|[0-9A-F]{2})$"
)
_LEADING = re.compile(r"^(?:SEARCHING\.*|BUS INIT:? ?\.*(?:OK)?)\s*")
_DAMAGE = re.compile(r"\s*(?:<DATA ERROR|<RX ERROR|DATA ERROR|BUFFER FULL|STOPPED)$")
_HEX = re.compile(r"^[0-9A-F]+$")
_SEGMENT = re.compile(r"^([0-9A-F]): ?((?:[0-9A-F]{2} ?)*)$")
_TESTER = re.compile(r"^(?:7DF|7E[0-7]|18DB33F1|18DA[0-9A-F]{2}F1)$")
_ANSWERS = frozenset({0x41, 0x42, 0x43, 0x44, 0x46, 0x47, 0x49, 0x4A, 0x59, 0x62, 0x7F})
_CHATTER_LINE = Line("chatter")


def parse_line(text: str) -> Line:
    upper = text.upper().strip()
    stripped = _LEADING.sub("", upper)
    damage = _DAMAGE.search(stripped)
    bare = stripped[: damage.start()] if damage else stripped
    if segment := _SEGMENT.match(bare):
        return Line("segment", bytes.fromhex(segment[2]), segment=int(segment[1], 16))
    compact = bare.replace(" ", "")
    if not compact or not _HEX.match(compact) or len(compact) < 2:
        return _CHATTER_LINE if not stripped or _CHATTER.match(upper) else Line("unknown")
    line = _hexadecimal(bare, compact)
    return line._replace(is_damaged=True) if damage else line


def _hexadecimal(bare: str, compact: str) -> Line:
    if _is_request(compact):
        even = compact[: len(compact) & ~1]
        return Line("request", bytes.fromhex(even), text=even)
    if len(compact) == 3:
        return Line("length", int(compact, 16).to_bytes(2, "big"))
    if frame := _framed(bare.split(), compact):
        return frame
    if len(compact) % 2:
        return Line("unknown")
    data = bytes.fromhex(compact)
    return _k_line(data) or _plain(data)


def _framed(tokens: list[str], compact: str) -> Line | None:
    """A CAN frame with its identifier of 11 or 29 bits, with or without a length (ATD1)."""
    if compact[:4] in {"18DA", "18DB"} and len(compact) >= 10:
        return _can(compact[:8], compact[8:])
    if len(tokens) > 2 and len(tokens[0]) == 3 and len(tokens[1]) == 1:
        return _can(tokens[0], "".join(tokens[2:]))
    if compact[0] == "7" and len(compact) % 2 and len(compact) >= 5:
        return _can(compact[:3], compact[3:])
    return None


def _is_request(compact: str) -> bool:
    """`0902`, `03`, or `01051`, where the last digit is the number of expected answers."""
    service = int(compact[:2], 16)
    if len(compact) == 3 or len(compact) > 12 or compact.startswith(("18DA", "18DB")):
        return False
    return 0 < service <= 0x0A or service in {0x19, 0x22, 0x3E, 0x10, 0x1A, 0x18, 0x21}


def _can(ecu: str, rest: str) -> Line:
    if len(rest) % 2:
        return Line("unknown")
    data = bytes.fromhex(rest)
    if not _TESTER.match(ecu):
        whole = data and 0 < data[0] < min(16, len(data))
        return Line("single", data[1 : 1 + data[0]], ecu) if whole else Line("frame", data, ecu)
    asks = len(data) > 1 and 0 < data[0] < 8
    return Line("asked_on_bus", data[1:]) if asks else _CHATTER_LINE


def _k_line(data: bytes) -> Line | None:
    """ISO 9141 and J1850 (48 6B / 41 6B) and KWP 2000 (8n F1), proven by their checksum."""
    if len(data) < 5:
        return None
    sums = sum(data[:-1]) & 0xFF == data[-1]
    short = data[1] == 0x6B and data[0] in {0x48, 0x41} and (sums or _crc(data[:-1]) == data[-1])
    counted = data[0] & 0x80 and data[1] == 0xF1 and sums and (data[0] & 0x3F) + 4 == len(data)
    if not short and not counted:
        return None
    return Line("k_line", data[3:-1], f"{data[2]:02X}")


def _plain(data: bytes) -> Line:
    if data[0] in _ANSWERS and len(data) > 1:
        return Line("plain", data)
    return _CHATTER_LINE if len(data) == 1 else Line("unknown")


def _crc(data: bytes) -> int:
    """CRC-8 of SAE J1850."""
    crc = 0xFF
    for byte in data:
        crc ^= byte
        for _ in range(8):
            crc = (crc << 1 ^ 0x1D) & 0xFF if crc & 0x80 else crc << 1
    return crc ^ 0xFF
