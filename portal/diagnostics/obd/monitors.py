"""Service 06 on CAN: what the ECU's own tests measured, and the limits it holds them against."""

from portal.diagnostics.obd.monitor_units import Scaling, scaling_of
from portal.diagnostics.obd.recording import MonitorResult

RESULT_BYTES = 9
"""Monitor, test, unit, and two bytes each of value, lower and upper limit."""
MISFIRE_AVERAGE, MISFIRE_NOW = 0x0B, 0x0C
_RUNS: tuple[tuple[int, int, str], ...] = (
    (0x31, 4, "egr_bank_{}"),
    (0x35, 4, "valve_timing_bank_{}"),
    (0x21, 4, "catalyst_bank_{}"),
    (0x61, 4, "heated_catalyst_bank_{}"),
    (0x71, 4, "secondary_air_{}"),
    (0x81, 4, "fuel_system_bank_{}"),
    (0x85, 2, "boost_pressure_bank_{}"),
    (0x90, 2, "nox_adsorber_bank_{}"),
    (0x98, 2, "nox_catalyst_bank_{}"),
    (0xA2, 12, "misfire_cylinder_{}"),
    (0xB0, 2, "particulate_filter_bank_{}"),
)
_SINGLE = {
    0x39: "evaporative_leak_cap_off", 0x3A: "evaporative_leak_2_3_mm",
    0x3B: "evaporative_leak_1_mm", 0x3C: "evaporative_leak_0_5_mm", 0x3D: "evaporative_purge_flow",
    0xA1: "misfire",
}  # fmt: skip


def monitor_results(ecu: str, payload: bytes) -> list[MonitorResult]:
    """The results of an answer 46. Bitmaps of supported monitors have none."""
    body = payload[1:]
    if not body or body[0] % 0x20 == 0:
        return []
    whole = range(0, len(body) - RESULT_BYTES + 1, RESULT_BYTES)
    return [_result(ecu, body[at : at + RESULT_BYTES]) for at in whole]


def is_whole(payload: bytes) -> bool:
    """Whether an answer 46 ends where a result does; filler bytes behind the last are none."""
    body = payload[1:]
    return not body or body[0] % 0x20 == 0 or len(body) % RESULT_BYTES == 0


def _result(ecu: str, data: bytes) -> MonitorResult:
    monitor, test, how = data[0], data[1], scaling_of(data[2])
    value, low, high = (_number(data[at : at + 2], how) for at in (3, 5, 7))
    key = MONITORS.get(monitor, f"{monitor:02X}")
    passed = low <= value <= high
    return MonitorResult(
        ecu, f"{monitor:02X}", f"{test:02X}", key, how.unit, value, low, high, passed
    )


def _number(data: bytes, how: Scaling) -> float:
    raw = int.from_bytes(data, "big", signed=how.signed)
    return round(raw * how.factor + how.offset, 9)


def _names() -> dict[int, str]:
    found = dict(_SINGLE)
    for first, count, name in _RUNS:
        found |= {first + at: name.format(at + 1) for at in range(count)}
    for at in range(16):
        place = f"bank_{at // 4 + 1}_sensor_{at % 4 + 1}"
        found[0x01 + at] = f"oxygen_sensor_{place}"
        found[0x41 + at] = f"oxygen_sensor_heater_{place}"
    return found


MONITORS = _names()
