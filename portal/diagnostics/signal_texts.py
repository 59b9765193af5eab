"""What signals and formats are called on the screen."""

import re

from portal.diagnostics import rare_signal_texts as rare
from portal.kit.errors import N_
from portal.kit.text import _

SIGNALS = {
    "engine_rpm": N_("Engine speed"),
    "vehicle_speed": N_("Vehicle speed"),
    "coolant_temperature": N_("Coolant temperature"),
    "intake_air_temperature": N_("Intake air temperature"),
    "ambient_air_temperature": N_("Ambient temperature"),
    "engine_oil_temperature": N_("Oil temperature"),
    "engine_load": N_("Engine load"),
    "absolute_load": N_("Absolute load"),
    "short_term_fuel_trim_bank_1": N_("Short-term fuel trim, bank 1"),
    "long_term_fuel_trim_bank_1": N_("Long-term fuel trim, bank 1"),
    "short_term_fuel_trim_bank_2": N_("Short-term fuel trim, bank 2"),
    "long_term_fuel_trim_bank_2": N_("Long-term fuel trim, bank 2"),
    "fuel_system_status": N_("Fuel system status"),
    "fuel_pressure": N_("Fuel pressure"),
    "fuel_rail_pressure": N_("Fuel rail pressure"),
    "fuel_rail_pressure_relative": N_("Fuel rail pressure, relative"),
    "fuel_rail_absolute_pressure": N_("Fuel rail pressure, absolute"),
    "intake_manifold_pressure": N_("Intake manifold pressure"),
    "barometric_pressure": N_("Barometric pressure"),
    "mass_air_flow": N_("Mass air flow"),
    "throttle_position": N_("Throttle position"),
    "relative_throttle_position": N_("Throttle position, relative"),
    "throttle_position_b": N_("Throttle position B"),
    "commanded_throttle_actuator": N_("Throttle actuator, commanded"),
    "accelerator_pedal_position_d": N_("Accelerator pedal, sensor D"),
    "accelerator_pedal_position_e": N_("Accelerator pedal, sensor E"),
    "relative_accelerator_pedal_position": N_("Accelerator pedal, relative"),
    "timing_advance": N_("Ignition timing"),
    "control_module_voltage": N_("Control module voltage"),
    "adapter_voltage": N_("Voltage at the adapter"),
    "commanded_egr": N_("EGR, commanded"),
    "egr_error": N_("EGR error"),
    "commanded_evaporative_purge": N_("Tank ventilation, commanded"),
    "fuel_level": N_("Fuel level"),
    "engine_run_time": N_("Time since engine start"),
    "distance_with_mil": N_("Distance with warning lamp on"),
    "distance_since_cleared": N_("Distance since codes were cleared"),
    "warm_ups_since_cleared": N_("Warm-ups since codes were cleared"),
    "time_with_mil": N_("Time with warning lamp on"),
    "time_since_cleared": N_("Time since codes were cleared"),
    "commanded_equivalence_ratio": N_("Lambda, commanded"),
    "fuel_rate": N_("Fuel consumption"),
    "engine_fuel_rate": N_("Fuel consumption"),
    "odometer": N_("Odometer"),
    "hybrid_battery_charge": N_("High-voltage battery charge"),
    "engine_torque": N_("Engine torque"),
    "demanded_torque": N_("Torque, demanded"),
    "actual_torque": N_("Torque, actual"),
    "reference_torque": N_("Torque, reference"),
}

PER_PLACE = {
    "catalyst_temperature": N_("Catalyst temperature"),
    "o2_voltage": N_("Oxygen sensor voltage"),
    "o2_fuel_trim": N_("Oxygen sensor fuel trim"),
    "o2_wide_voltage": N_("Wideband sensor voltage"),
    "o2_current": N_("Wideband sensor current"),
    "lambda": N_("Lambda"),
    "lambda_by_current": N_("Lambda (current)"),
    "intake_air_temperature": N_("Intake air temperature"),
    "particulate_filter_pressure": N_("Particulate filter differential pressure"),
}
SIGNALS |= rare.SIGNALS
PER_PLACE |= rare.PER_PLACE
_PLACE = re.compile(r"(?P<what>\w+?)_bank_(?P<bank>\d)(?:_sensor_(?P<sensor>\d))?$")

FORMATS = {
    "torque_pro": "Torque Pro",
    "car_scanner_long": "Car Scanner",
    "obd_auto_doctor_wide": "OBD Auto Doctor",
    "carobd_wide": "carOBD",
    "elm327": "ELM327",
    "androbd": "AndrOBD",
    "obd_fusion": "OBD Fusion",
    "dashcommand": "DashCommand",
    "vcds_autoscan": "VCDS Auto-Scan",
    "vcds_log": "VCDS",
    "candump": "CAN (candump)",
    "asc": "CAN (ASC)",
    "blf": "CAN (BLF)",
    "trc": "CAN (TRC)",
    "can_csv": "CAN (CSV)",
    "mf4": "CAN (MF4)",
    "gvret": "CAN (GVRET)",
}


def signal_text(key: str, source_name: str = "") -> str:
    """The name on the screen; a second ECU's signal says which ECU it came from."""
    base, _at, ecu = key.partition("@")
    if base in SIGNALS:
        known = _(SIGNALS[base])
    else:
        known = (
            _text_of_place(base) or _text_of_letter(base) or source_name or base.replace("_", " ")
        )
    return f"{known} ({ecu})" if ecu else known


def _text_of_place(key: str) -> str:
    place = _PLACE.match(key)
    if place is None or place["what"] not in PER_PLACE:
        return ""
    msgid = PER_PLACE[place["what"]]
    what, bank, sensor = _(msgid), place["bank"], place["sensor"]
    if sensor is None:
        return _("%(what)s, bank %(bank)s", what=what, bank=bank)
    return _("%(what)s, bank %(bank)s, sensor %(sensor)s", what=what, bank=bank, sensor=sensor)


def _text_of_letter(key: str) -> str:
    """`boost_pressure_a` → „Ladedruck A“."""
    what, _sep, letter = key.rpartition("_")
    if what not in rare.LETTERED or letter not in {"a", "b"}:
        return ""
    return f"{_(rare.LETTERED[what])} {letter.upper()}"


def unit_text(unit: str) -> str:
    """Units are international, but for revolutions and the stroke."""
    return {"rpm": _("rpm"), "mg/stroke": _("mg/stroke")}.get(unit, unit)


def format_text(name: str | None) -> str:
    return FORMATS.get(name or "", name or "")
