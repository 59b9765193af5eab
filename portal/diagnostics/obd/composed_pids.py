"""PIDs of several values (SAE J1979-DA); in most of them byte A tells which values are there."""

from portal.diagnostics.obd.pid_fields import (
    BOOST,
    HOT,
    PERCENT,
    PLAIN,
    RAIL,
    TEMPERATURE,
    TORQUE,
    TRIM,
    Field,
    Pid,
    Scale,
    part,
    run,
)

_SECONDS, _KILOMETRES, _PRESSURE = Scale("s"), Scale("km"), Scale("kPa", 0.01)
_EGR_TEMPERATURES = (
    "egr_temperature_bank_1_sensor_1 egr_temperature_bank_1_sensor_2"
    " egr_temperature_bank_2_sensor_1 egr_temperature_bank_2_sensor_2"
)
_INTAKE = " ".join(
    f"intake_air_temperature_bank_{bank}_sensor_{sensor}" for bank in (1, 2) for sensor in (1, 2, 3)
)
_FUEL_SYSTEMS = " ".join(
    f"fuel_system_{system}_use_bank_{bank}" for bank in (1, 2, 3, 4) for system in "ab"
)


def _exhaust_temperatures(bank: int) -> Pid:
    keys = " ".join(f"exhaust_temperature_bank_{bank}_sensor_{at}" for at in (1, 2, 3, 4))
    return Pid(9, run(keys, 2, HOT, flag=0))


def _particulate_filter(bank: int) -> Pid:
    names = ("particulate_filter_pressure", "particulate_filter_inlet_pressure",
             "particulate_filter_outlet_pressure")  # fmt: skip
    keys = [f"{name}_bank_{bank}" for name in names]
    delta = run(keys[0], 2, _PRESSURE, flag=0, signed=True)
    return Pid(7, delta + run(" ".join(keys[1:]), 2, _PRESSURE, flag=1, start=3))


def _turbo_temperatures(name: str) -> Pid:
    inner = f"turbo_{name}_compressor_inlet_temperature turbo_{name}_compressor_outlet_temperature"
    outer = f"turbo_{name}_turbine_inlet_temperature turbo_{name}_turbine_outlet_temperature"
    return Pid(7, run(inner, 1, TEMPERATURE, flag=0) + run(outer, 2, HOT, flag=2, start=3))


def _more_trim(key: str) -> Pid:
    """One byte; a second one for the bank two further on where the engine has it."""
    further = {"1": "3", "2": "4"}[key[-1]]
    return Pid(1, run(f"{key} {key[:-1]}{further}", 1, TRIM, start=0))


COMPOSED: dict[int, Pid] = {
    0x01: Pid(4, ()),  # the state of the monitors, see `j1979.readiness`
    0x02: Pid(2, ()),  # the code of a freeze frame
    0x03: Pid(2, run("fuel_system_status fuel_system_2_status", 1, PLAIN, start=0)),
    0x06: _more_trim("short_term_fuel_trim_bank_1"),
    0x07: _more_trim("long_term_fuel_trim_bank_1"),
    0x08: _more_trim("short_term_fuel_trim_bank_2"),
    0x09: _more_trim("long_term_fuel_trim_bank_2"),
    0x13: Pid(1, run("oxygen_sensors_present", 1, PLAIN, start=0)),
    0x1D: Pid(1, run("oxygen_sensors_present_four_banks", 1, PLAIN, start=0)),
    0x1E: Pid(1, (part("power_take_off", 0, 0, 1),)),
    0x32: Pid(2, run("evaporative_system_pressure", 2, Scale("Pa", 0.25), start=0, signed=True)),
    0x41: Pid(4, ()),  # monitors of this drive
    0x4F: Pid(4, (
        *run("max_equivalence_ratio", 1, PLAIN, start=0),
        *run("max_o2_voltage", 1, Scale("V"), start=1),
        *run("max_o2_current", 1, Scale("mA"), start=2),
        *run("max_intake_manifold_pressure", 1, RAIL, start=3),
    )),
    0x50: Pid(4, run("max_mass_air_flow", 1, Scale("g/s", 10.0), start=0)),
    0x54: Pid(2, run("evaporative_system_wide_pressure", 2, Scale("Pa"), start=0, signed=True)),
    0x55: _more_trim("short_term_secondary_trim_bank_1"),
    0x56: _more_trim("long_term_secondary_trim_bank_1"),
    0x57: _more_trim("short_term_secondary_trim_bank_2"),
    0x58: _more_trim("long_term_secondary_trim_bank_2"),
    0x5F: Pid(1, run("emission_requirements", 1, PLAIN, start=0)),
    0x64: Pid(5, run("torque_point_1 torque_point_2 torque_point_3 torque_point_4 torque_point_5",
                     1, TORQUE, start=0)),
    0x65: Pid(2, (
        part("auxiliary_power_take_off", 1, 0, 1, flag=0),
        part("automatic_in_drive", 1, 1, 1, flag=1),
        part("manual_in_gear", 1, 2, 1, flag=2),
        part("glow_plug_lamp", 1, 3, 1, flag=3),
        part("recommended_gear", 1, 4, 4, flag=4),
    )),
    0x66: Pid(5, run("mass_air_flow_a mass_air_flow_b", 2, Scale("g/s", 1 / 32), flag=0)),
    0x67: Pid(3, run("coolant_temperature_1 coolant_temperature_2", 1, TEMPERATURE, flag=0)),
    0x68: Pid(7, run(_INTAKE, 1, TEMPERATURE, flag=0)),
    0x69: Pid(7, (
        *run("commanded_egr_a actual_egr_a", 1, PERCENT, flag=0),
        *run("egr_a_error", 1, TRIM, flag=2, start=3),
        *run("commanded_egr_b actual_egr_b", 1, PERCENT, flag=3, start=4),
        *run("egr_b_error", 1, TRIM, flag=5, start=6),
    )),
    0x6B: Pid(5, (
        *run(_EGR_TEMPERATURES, 1, TEMPERATURE, flag=0),
        *run(_EGR_TEMPERATURES, 1, Scale("°C", 4.0, -40.0), flag=4),
    )),
    0x6C: Pid(5, run(
        "commanded_throttle_actuator_a relative_throttle_a"
        " commanded_throttle_actuator_b relative_throttle_b", 1, PERCENT, flag=0)),
    0x6D: Pid(11, (
        *run("commanded_fuel_rail_pressure_a fuel_rail_pressure_a", 2, RAIL, flag=0),
        *run("fuel_rail_temperature_a", 1, TEMPERATURE, flag=2, start=5),
        *run("commanded_fuel_rail_pressure_b fuel_rail_pressure_b", 2, RAIL, flag=3, start=6),
        *run("fuel_rail_temperature_b", 1, TEMPERATURE, flag=5, start=10),
    )),
    0x6E: Pid(9, run(
        "commanded_injection_pressure_a injection_pressure_a"
        " commanded_injection_pressure_b injection_pressure_b", 2, RAIL, flag=0)),
    0x6F: Pid(3, run("compressor_inlet_pressure_a compressor_inlet_pressure_b", 1, Scale("kPa"),
                     flag=0)),
    0x70: Pid(10, (
        *run("commanded_boost_pressure_a boost_pressure_a", 2, BOOST, flag=0),
        *run("commanded_boost_pressure_b boost_pressure_b", 2, BOOST, flag=3, start=5),
        part("boost_control_status_a", 9, 0, 2, flag=2),
        part("boost_control_status_b", 9, 2, 2, flag=5),
    )),
    0x71: Pid(6, (
        *run("commanded_turbo_geometry_a turbo_geometry_a", 1, PERCENT, flag=0),
        *run("commanded_turbo_geometry_b turbo_geometry_b", 1, PERCENT, flag=3, start=3),
    )),
    0x72: Pid(5, run("commanded_wastegate_a wastegate_a commanded_wastegate_b wastegate_b",
                     1, PERCENT, flag=0)),
    0x73: Pid(5, run("exhaust_pressure_bank_1 exhaust_pressure_bank_2", 2, _PRESSURE, flag=0)),
    0x75: _turbo_temperatures("a"),
    0x76: _turbo_temperatures("b"),
    0x77: Pid(5, run(
        "charge_air_temperature_bank_1_sensor_1 charge_air_temperature_bank_1_sensor_2"
        " charge_air_temperature_bank_2_sensor_1 charge_air_temperature_bank_2_sensor_2",
        1, TEMPERATURE, flag=0)),
    0x78: _exhaust_temperatures(1),
    0x79: _exhaust_temperatures(2),
    0x7A: _particulate_filter(1),
    0x7B: _particulate_filter(2),
    0x7C: Pid(9, run(
        "particulate_filter_inlet_temperature_bank_1 particulate_filter_outlet_temperature_bank_1"
        " particulate_filter_inlet_temperature_bank_2 particulate_filter_outlet_temperature_bank_2",
        2, HOT, flag=0)),
    0x7F: Pid(13, run("total_engine_run_time total_idle_run_time total_power_take_off_time",
                      4, _SECONDS, flag=0)),
    0x83: Pid(5, run("nox_bank_1_sensor_1 nox_bank_2_sensor_1", 2, Scale("ppm"), flag=0)),
    0x85: Pid(10, (
        *run("reagent_consumption reagent_demand", 2, Scale("l/h", 0.005), flag=0),
        *run("reagent_level", 1, PERCENT, flag=2, start=5),
    )),
    0x8B: Pid(7, (
        part("particulate_filter_regeneration", 1, 0, 1, flag=0),
        *run("particulate_filter_regeneration_trigger", 1, PERCENT, flag=4, start=2),
        *run("time_between_regenerations", 2, Scale("min"), flag=5, start=3),
        *run("distance_between_regenerations", 2, _KILOMETRES, flag=6, start=5),
    )),
    0x9A: Pid(6, (
        part("hybrid_charging_state", 1, 0, 1, flag=0),
        *run("hybrid_battery_voltage", 2, Scale("V", 1 / 64), flag=1, start=2),
        *run("hybrid_battery_current", 2, Scale("A", 0.1), flag=2, start=4, signed=True),
        part("hybrid_charging_mode", 1, 1, 2, flag=3),
    )),
    0x9D: Pid(4, run("fuel_rate_mass vehicle_fuel_rate_mass", 2, Scale("g/s", 0.02), start=0)),
    0x9F: Pid(9, run(_FUEL_SYSTEMS, 1, PERCENT, flag=0)),
    0xA4: Pid(4, run("gear_ratio", 2, Scale("", 0.001), flag=1, start=2)),
    0xAA: Pid(1, run("speed_limit", 1, Scale("km/h"), start=0)),
    0xB2: Pid(1, run("hybrid_battery_health", 1, PERCENT, start=0)),
    0xD2: Pid(3, run("certified_energy certified_range", 1, PERCENT, flag=0)),
    0xD3: Pid(4, run("engine_odometer", 4, Scale("km", 0.1), start=0)),
}  # fmt: skip
COMPOSED_FIELDS: dict[str, tuple[int, Field]] = {
    field.key: (pid, field) for pid, known in COMPOSED.items() for field in known.fields
}
"""Each key with its PID; of two scalings of one key the wider one."""
