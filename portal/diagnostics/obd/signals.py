"""The signals that we know by name: key, PID, unit, and the range SAE J1979 allows them.

A value outside its range shows that the name or the unit label was wrong; see `samples`.
"""

from typing import NamedTuple

from portal.diagnostics.obd.composed_pids import COMPOSED_FIELDS


class KnownSignal(NamedTuple):
    key: str
    pid: str | None
    unit: str
    low: float
    high: float


_PERCENT, _TRIM, _TEMPERATURE = ("%", 0.0, 100.0), ("%", -100.0, 99.3), ("°C", -40.0, 215.0)
_HOT, _LAMBDA, _VOLT = ("°C", -40.0, 6513.5), ("", 0.0, 2.0), ("V", 0.0, 1.275)
_RAIL, _KPA, _COUNT16 = ("kPa", 0.0, 655350.0), ("kPa", 0.0, 255.0), 65535.0
_BOOST, _TORQUE = ("kPa", 0.0, 2047.97), ("%", -125.0, 130.0)


Range = tuple[str, float, float]
_SINGLE: list[tuple[str, str | None, Range]] = [
    ("engine_load", "04", _PERCENT),
    ("coolant_temperature", "05", _TEMPERATURE),
    ("fuel_pressure", "0A", ("kPa", 0, 765)),
    ("intake_manifold_pressure", "0B", _KPA),
    ("engine_rpm", "0C", ("rpm", 0, 16383.75)),
    ("vehicle_speed", "0D", ("km/h", 0, 255)),
    ("timing_advance", "0E", ("°", -64, 63.5)),
    ("intake_air_temperature", "0F", _TEMPERATURE),
    ("mass_air_flow", "10", ("g/s", 0, 655.35)),
    ("throttle_position", "11", _PERCENT),
    ("secondary_air_status", "12", ("", 0, 255)),
    ("obd_standard", "1C", ("", 0, 255)),
    ("engine_run_time", "1F", ("s", 0, _COUNT16)),
    ("distance_with_mil", "21", ("km", 0, _COUNT16)),
    ("fuel_rail_pressure_relative", "22", ("kPa", 0, 5178)),
    ("fuel_rail_pressure", "23", _RAIL),
    ("commanded_egr", "2C", _PERCENT),
    ("egr_error", "2D", _TRIM),
    ("commanded_evaporative_purge", "2E", _PERCENT),
    ("fuel_level", "2F", _PERCENT),
    ("warm_ups_since_cleared", "30", ("", 0, 255)),
    ("distance_since_cleared", "31", ("km", 0, _COUNT16)),
    ("barometric_pressure", "33", _KPA),
    ("control_module_voltage", "42", ("V", 0, 65.535)),
    ("absolute_load", "43", ("%", 0, 25700)),
    ("commanded_equivalence_ratio", "44", _LAMBDA),
    ("relative_throttle_position", "45", _PERCENT),
    ("ambient_air_temperature", "46", _TEMPERATURE),
    ("throttle_position_b", "47", _PERCENT),
    ("throttle_position_c", "48", _PERCENT),
    ("accelerator_pedal_position_d", "49", _PERCENT),
    ("accelerator_pedal_position_e", "4A", _PERCENT),
    ("accelerator_pedal_position_f", "4B", _PERCENT),
    ("commanded_throttle_actuator", "4C", _PERCENT),
    ("time_with_mil", "4D", ("min", 0, _COUNT16)),
    ("time_since_cleared", "4E", ("min", 0, _COUNT16)),
    ("fuel_type", "51", ("", 0, 255)),
    ("ethanol_share", "52", _PERCENT),
    ("evaporative_system_absolute_pressure", "53", ("kPa", 0, 327.675)),
    ("fuel_rail_absolute_pressure", "59", _RAIL),
    ("relative_accelerator_pedal_position", "5A", _PERCENT),
    ("hybrid_battery_charge", "5B", _PERCENT),
    ("engine_oil_temperature", "5C", _TEMPERATURE),
    ("fuel_injection_timing", "5D", ("°", -210, 302)),
    ("engine_fuel_rate", "5E", ("l/h", 0, 3276.75)),
    ("demanded_torque", "61", _TORQUE),
    ("actual_torque", "62", _TORQUE),
    ("reference_torque", "63", ("Nm", 0, _COUNT16)),
    ("manifold_surface_temperature", "84", _TEMPERATURE),
    ("throttle_position_g", "8D", _PERCENT),
    ("friction_torque", "8E", _TORQUE),
    ("exhaust_flow", "9E", ("kg/h", 0, 13107)),
    ("cylinder_fuel_rate", "A2", ("mg/stroke", 0, 2047.97)),
    ("odometer", "A6", ("km", 0, 429496729.5)),
    ("adapter_voltage", None, ("V", 0, 60)),
    ("gps_speed", None, ("km/h", 0, 500)),
]


_SENSORS = [(bank, sensor) for bank in (1, 2) for sensor in (1, 2, 3, 4)]


def _per_sensor() -> list[tuple[str, str | None, Range]]:
    """PIDs 14–1B, 24–2B and 34–3B: eight oxygen sensors as PID 13 numbers them."""
    found: list[tuple[str, str | None, Range]] = []
    for at, (bank, sensor) in enumerate(_SENSORS):
        place = f"bank_{bank}_sensor_{sensor}"
        found += [
            (f"o2_voltage_{place}", f"{0x14 + at:02X}", _VOLT),
            (f"o2_fuel_trim_{place}", f"{0x14 + at:02X}", _TRIM),
            (f"lambda_{place}", f"{0x24 + at:02X}", _LAMBDA),
            (f"o2_wide_voltage_{place}", f"{0x24 + at:02X}", ("V", 0, 8)),
            (f"lambda_by_current_{place}", f"{0x34 + at:02X}", _LAMBDA),
            (f"o2_current_{place}", f"{0x34 + at:02X}", ("mA", -128, 128)),
        ]
    return found


def _per_catalyst() -> list[tuple[str, str | None, Range]]:
    places = [(1, 1), (2, 1), (1, 2), (2, 2)]  # the order of PIDs 3C, 3D, 3E, 3F
    return [
        (f"catalyst_temperature_bank_{bank}_sensor_{sensor}", f"{0x3C + at:02X}", _HOT)
        for at, (bank, sensor) in enumerate(places)
    ]


def _composed() -> list[tuple[str, str | None, Range]]:
    return [
        (key, f"{pid:02X}", (field.unit, *field.bounds))
        for key, (pid, field) in COMPOSED_FIELDS.items()
    ]


KNOWN: dict[str, KnownSignal] = {
    key: KnownSignal(key, pid, unit, low, high)
    for key, pid, (unit, low, high) in [*_composed(), *_SINGLE, *_per_sensor(), *_per_catalyst()]
}
