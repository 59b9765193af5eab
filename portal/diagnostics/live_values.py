"""What one answer of a live recording says: the values of service 01, and the VIN. Pure."""

from collections.abc import Iterable, Sequence
from typing import NamedTuple

from portal.diagnostics.obd.adapter_lines import parse_line
from portal.diagnostics.obd.frames import Assembly, Message
from portal.diagnostics.obd.pids import decode_pid, length_of
from portal.diagnostics.obd.recording import UNKNOWN_ECU
from portal.diagnostics.obd.scanning import Scan
from portal.diagnostics.obd.signals import KNOWN

_WHOLE = frozenset({"single", "k_line", "plain"})


class Value(NamedTuple):
    """`key` names the signal; a second ECU's has its address behind an @ only where they differ."""

    key: str
    value: float
    unit: str
    ecu: str


def messages_of(lines: Iterable[str]) -> list[Message]:
    """Whole answers of every ECU; with headers off there is one unknown ECU."""
    found: list[Message] = []
    assembly = Assembly()
    segments, length = bytearray(), 0
    for text in lines:
        line = parse_line(text)
        if line.is_damaged:
            continue
        if line.kind in _WHOLE:
            found.append(Message(0.0, line.ecu, line.data))
        elif line.kind == "frame":
            message = assembly.add(0.0, line.ecu, line.data)
            if message is not None:
                found.append(message)
        elif line.kind == "length":
            length = int.from_bytes(line.data, "big")
        elif line.kind == "segment":
            segments += line.data
    if length and len(segments) >= length:
        found.append(Message(0.0, UNKNOWN_ECU, bytes(segments[:length])))
    return [message for message in found if not message.truncated]


def values_of(lines: Sequence[str]) -> list[Value]:
    """The readings of service 01; refusals, bitmaps and status words hold none."""
    values: list[Value] = []
    for message in messages_of(lines):
        payload = message.payload
        if payload[:1] != b"\x41":
            continue
        at = 1
        while at < len(payload):
            pid, size = payload[at], length_of(payload[at])
            if size is None:
                break
            values += [
                Value(found.key, round(found.value, 4), _unit(found.key), message.ecu)
                for found in decode_pid(pid, payload[at + 1 : at + 1 + size])
            ]
            at += 1 + size
    return values


def vin_of(lines: Sequence[str]) -> str | None:
    """The VIN of an answer to 0902."""
    scan = Scan()
    for message in messages_of(lines):
        if message.payload[:2] == b"\x49\x02":
            scan.take(message)
    return scan.vin


def _unit(key: str) -> str:
    known = KNOWN.get(key)
    return known.unit if known else ""
