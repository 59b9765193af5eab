"""SAE J1979 data of services 01 and 02: a table of fields, and pure functions over it.

`value = raw * factor + offset`, the formulas of ISO 15031-5; bytes are counted from A = 0.
"""

from typing import NamedTuple

from portal.diagnostics.obd.composed_pids import COMPOSED
from portal.diagnostics.obd.pid_fields import Field, Pid
from portal.diagnostics.obd.signals import KNOWN


class Reading(NamedTuple):
    key: str
    raw: int
    value: float
    factor: float
    offset: float


_PERCENT, _TRIM = (100 / 255, 0.0), (100 / 128, -100.0)
_TEMPERATURE, _RATIO, _TORQUE = (1.0, -40.0), (1 / 32768, 0.0), (1.0, -125.0)
_ONE = (1.0, 0.0)


def decode_pid(pid: int, data: bytes) -> list[Reading]:
    """The readings of one PID; none if it is unknown or the bytes do not suffice."""
    known = PIDS.get(pid)
    if known is None or len(data) < known.length:
        return []
    return [reading for field in known.fields if (reading := _read(field, data))]


def length_of(pid: int) -> int | None:
    """How many data bytes follow a PID; None where we do not know it."""
    if pid % 0x20 == 0:
        return 4
    known = PIDS.get(pid)
    return known.length if known else None


def longest_of(pid: int) -> int:
    """How many data bytes follow a PID that we know where the ECU sends all of them."""
    return PIDS[pid].longest


def supported_pids(pid: int, data: bytes) -> list[int]:
    """The PIDs that a bitmap of PID 00, 20, 40 … names."""
    bits = int.from_bytes(data[:4], "big")
    return [pid + 1 + at for at in range(32) if bits >> (31 - at) & 1]


def _read(field: Field, data: bytes) -> Reading | None:
    if len(data) < field.end or (field.flag is not None and not data[0] >> field.flag & 1):
        return None
    raw = int.from_bytes(data[field.start : field.end], "big", signed=field.signed)
    if field.bits is not None:
        raw = raw >> field.shift & (1 << field.bits) - 1
    if raw == field.unused:
        return None
    return Reading(field.key, raw, raw * field.factor + field.offset, field.factor, field.offset)


def _simple() -> dict[int, Pid]:
    """PIDs of one value: (width, factor, offset) by PID, key from the signal table."""
    rules: dict[tuple[int, float, float], str] = {
        (1, *_PERCENT): "04 11 2C 2E 2F 45 47 48 49 4A 4B 4C 52 5A 5B 8D",
        (1, *_TEMPERATURE): "05 0F 46 5C 84",
        (1, *_TRIM): "2D",
        (1, 3.0, 0.0): "0A",
        (1, *_ONE): "0B 0D 12 1C 30 33 51",
        (2, 0.25, 0.0): "0C",
        (1, 0.5, -64.0): "0E",
        (2, 0.01, 0.0): "10",
        (2, *_ONE): "1F 21 31 4D 4E 63",
        (2, 0.079, 0.0): "22",
        (2, 10.0, 0.0): "23 59",
        (2, 0.1, -40.0): "3C 3D 3E 3F",
        (2, 0.001, 0.0): "42",
        (2, *_PERCENT): "43",
        (2, *_RATIO): "44",
        (2, 0.005, 0.0): "53",
        (2, 1 / 128, -210.0): "5D",
        (2, 0.05, 0.0): "5E",
        (1, *_TORQUE): "61 62 8E",
        (2, 0.2, 0.0): "9E",
        (2, 1 / 32, 0.0): "A2",
        (4, 0.1, 0.0): "A6",
    }
    found: dict[int, Pid] = {}
    for (width, factor, offset), pids in rules.items():
        for text in pids.split():
            found[int(text, 16)] = Pid(width, (Field(_KEYS[text], 0, width, factor, offset),))
    return found


def _oxygen() -> dict[int, Pid]:
    found: dict[int, Pid] = {}
    for at in range(8):
        place = f"bank_{at // 4 + 1}_sensor_{at % 4 + 1}"
        found[0x14 + at] = Pid(2, (
            Field(f"o2_voltage_{place}", 0, 1, 0.005),
            Field(f"o2_fuel_trim_{place}", 1, 1, *_TRIM, unused=0xFF),
        ))  # fmt: skip
        found[0x24 + at] = Pid(4, (
            Field(f"lambda_{place}", 0, 2, *_RATIO),
            Field(f"o2_wide_voltage_{place}", 2, 2, 1 / 8192),
        ))  # fmt: skip
        found[0x34 + at] = Pid(4, (
            Field(f"lambda_by_current_{place}", 0, 2, *_RATIO),
            Field(f"o2_current_{place}", 2, 2, 1 / 256, -128.0),
        ))  # fmt: skip
    return found


_KEYS = {known.pid: key for key, known in reversed(KNOWN.items()) if known.pid}
PIDS: dict[int, Pid] = _simple() | _oxygen() | COMPOSED
