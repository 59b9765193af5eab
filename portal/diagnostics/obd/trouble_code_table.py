"""Which component and which failure an ISO/SAE-controlled code names. Numbers are facts.

One line per run of consecutive codes: first code, component, one failure per code (`.` leaves a
code out). A component may carry its place: `o2:1,2` is the oxygen sensor of bank 1, sensor 2.
Codes that are not here get the text of their family: better than a guess.
"""

from typing import NamedTuple

SENSOR = "circuit range low high sporadic"
DRIVE = "drive drive_low drive_high"
_OXYGEN = "circuit low_voltage high_voltage slow no_activity heater"
_STUCK = "circuit stuck_off stuck_on electrical sporadic"


class Entry(NamedTuple):
    component: str
    place: tuple[str, ...]
    failure: str


_RUNS = f"""
P0001 fuel_volume_regulator open range drive_low drive_high
P0005 fuel_shutoff_valve open drive_low drive_high
P0008 engine_position:1 performance
P0009 engine_position:2 performance
P0010 camshaft_actuator_a:1 drive over_advanced over_retarded
P0013 camshaft_actuator_b:1 drive over_advanced over_retarded
P0016 crank_cam:1,A correlation
P0017 crank_cam:1,B correlation
P0018 crank_cam:2,A correlation
P0019 crank_cam:2,B correlation
P0020 camshaft_actuator_a:2 drive over_advanced over_retarded
P0023 camshaft_actuator_b:2 drive over_advanced over_retarded
P0026 intake_valve_solenoid:1 range
P0027 exhaust_valve_solenoid:1 range
P0028 intake_valve_solenoid:2 range
P0029 exhaust_valve_solenoid:2 range
P0030 o2_heater:1,1 {DRIVE}
P0033 turbo_bypass_valve {DRIVE}
P0036 o2_heater:1,2 {DRIVE}
P0039 turbo_bypass_valve range
P0040 o2_swapped:1 swapped
P0041 o2_swapped:2 swapped
P0042 o2_heater:1,3 {DRIVE}
P0045 boost_solenoid_a open range drive_low drive_high
P0049 turbocharger_turbine overspeed
P0050 o2_heater:2,1 {DRIVE}
P0053 o2_heater:1,1 resistance
P0054 o2_heater:1,2 resistance
P0055 o2_heater:1,3 resistance
P0056 o2_heater:2,2 {DRIVE}
P0059 o2_heater:2,1 resistance
P0060 o2_heater:2,2 resistance
P0061 o2_heater:2,3 resistance
P0062 o2_heater:2,3 {DRIVE}
P0065 air_assisted_injector range . drive_high
P0068 map_maf_throttle correlation
P0069 map_baro correlation
P0070 ambient_temperature {SENSOR}
P0075 intake_valve_solenoid:1 {DRIVE}
P0078 exhaust_valve_solenoid:1 {DRIVE}
P0081 intake_valve_solenoid:2 {DRIVE}
P0084 exhaust_valve_solenoid:2 {DRIVE}
P0087 fuel_rail_pressure pressure_low pressure_high
P0089 fuel_pressure_regulator:1 performance {DRIVE}
P0093 fuel_system large_leak small_leak
P0095 intake_temperature:2 {SENSOR}
P0100 air_mass {SENSOR}
P0105 map_sensor {SENSOR}
P0110 intake_temperature:1 {SENSOR}
P0115 coolant_temperature {SENSOR}
P0120 throttle_pedal_sensor:A {SENSOR}
P0125 coolant too_cold_for_closed_loop too_cold_for_stable
P0127 intake_air too_hot
P0128 thermostat below_regulating
P0129 barometric_pressure pressure_low
P0130 o2:1,1 {_OXYGEN}
P0136 o2:1,2 {_OXYGEN}
P0142 o2:1,3 {_OXYGEN}
P0148 fuel_delivery fault
P0149 fuel_timing fault
P0150 o2:2,1 {_OXYGEN}
P0156 o2:2,2 {_OXYGEN}
P0162 o2:2,3 {_OXYGEN}
P0168 fuel_temperature too_hot
P0169 fuel_composition wrong
P0170 mixture:1 trim lean rich
P0173 mixture:2 trim lean rich
P0176 fuel_composition_sensor circuit range low high
P0180 fuel_temperature_sensor:A {SENSOR}
P0185 fuel_temperature_sensor:B {SENSOR}
P0190 rail_pressure_sensor {SENSOR}
P0195 oil_temperature_sensor {SENSOR}
P0200 injectors circuit_open
P0213 cold_start_injector:1 circuit
P0214 cold_start_injector:2 circuit
P0215 shutoff_solenoid circuit
P0216 injection_timing drive
P0217 engine too_hot
P0218 gearbox_oil too_hot
P0219 engine overspeed
P0220 throttle_pedal_sensor:B {SENSOR}
P0225 throttle_pedal_sensor:C {SENSOR}
P0230 fuel_pump primary secondary_low secondary_high secondary_sporadic
P0234 boost_pressure overboost
P0235 boost_sensor:A circuit range low high
P0239 boost_sensor:B circuit range low high
P0243 wastegate_solenoid:A drive range drive_low drive_high
P0247 wastegate_solenoid:B drive range drive_low drive_high
P0251 injection_pump_metering:A {SENSOR}
P0256 injection_pump_metering:B {SENSOR}
P0297 vehicle overspeed
P0298 engine_oil too_hot
P0299 boost_pressure underboost
P0300 misfire_random misfire
P0313 misfire_low_fuel misfire
P0314 misfire_one misfire
P0315 crank_variation not_learned
P0316 misfire_start misfire
P0320 ignition_speed_input circuit range no_signal sporadic
P0324 knock_control fault
P0325 knock_sensor:1 {SENSOR}
P0330 knock_sensor:2 {SENSOR}
P0335 crankshaft_sensor:A {SENSOR}
P0340 camshaft_sensor:A,1 {SENSOR}
P0345 camshaft_sensor:A,2 {SENSOR}
P0350 ignition_coil_any coil_circuit
P0363 misfire_fuel_off misfire
P0365 camshaft_sensor:B,1 {SENSOR}
P0370 timing_reference:A circuit too_many_pulses too_few_pulses sporadic no_signal
P0375 timing_reference:B circuit too_many_pulses too_few_pulses sporadic no_signal
P0380 glow_plugs:A circuit
P0381 glow_lamp circuit
P0382 glow_plugs:B circuit
P0385 crankshaft_sensor:B {SENSOR}
P0390 camshaft_sensor:B,2 {SENSOR}
P0400 egr_flow fault insufficient excessive
P0403 egr_valve drive range
P0405 egr_sensor:A low high
P0407 egr_sensor:B low high
P0409 egr_sensor:A circuit
P0410 secondary_air fault wrong_flow
P0412 secondary_air_valve:A circuit open shorted
P0415 secondary_air_valve:B circuit open shorted
P0418 secondary_air_relay:A circuit
P0419 secondary_air_relay:B circuit
P0420 catalyst:1 inefficient
P0421 warm_up_catalyst:1 inefficient
P0422 main_catalyst:1 inefficient
P0423 heated_catalyst:1 inefficient too_cold
P0425 catalyst_temperature_sensor:1 circuit range low high
P0429 catalyst_heater:1 drive
P0430 catalyst:2 inefficient
P0431 warm_up_catalyst:2 inefficient
P0432 main_catalyst:2 inefficient
P0433 heated_catalyst:2 inefficient too_cold
P0435 catalyst_temperature_sensor:2 circuit range low high
P0439 catalyst_heater:2 drive
P0440 evap fault wrong_purge small_leak
P0443 purge_valve drive open shorted
P0446 evap_vent drive open shorted
P0449 evap_vent_valve circuit
P0450 evap_pressure_sensor {SENSOR}
P0455 evap large_leak very_small_leak cap_leak
P0458 purge_valve drive_low drive_high
P0460 fuel_level_sensor:A {SENSOR}
P0465 purge_flow_sensor {SENSOR}
P0470 exhaust_pressure_sensor {SENSOR}
P0475 exhaust_pressure_valve drive range drive_low drive_high sporadic
P0480 fan:1 drive
P0481 fan:2 drive
P0482 fan:3 drive
P0483 fan_check range
P0484 fan_any overcurrent
P0485 fan_any supply
P0486 egr_sensor:B circuit
P0487 egr_throttle drive range
P0489 egr_valve drive_low drive_high
P0491 secondary_air_bank:1 insufficient
P0492 secondary_air_bank:2 insufficient
P0493 fan_any overspeed
P0496 evap_purge excessive insufficient
P0498 evap_vent drive_low drive_high
P0500 vehicle_speed_sensor:A circuit range low sporadic
P0504 brake_switch_ab correlation
P0505 idle_control fault
P0506 idle_speed too_low too_high
P0508 idle_actuator drive_low drive_high
P0510 throttle_closed_switch circuit
P0511 idle_actuator circuit
P0512 starter_request circuit
P0513 immobiliser_key wrong
P0514 battery_temperature_sensor range circuit low high
P0520 oil_pressure_sensor circuit range low high
P0524 oil_pressure pressure_low
P0526 fan_speed_sensor circuit
P0530 refrigerant_sensor:A circuit range low high
P0534 refrigerant loss
P0540 intake_heater:A circuit drive_low drive_high open
P0544 exhaust_temperature_sensor:1,1 circuit low high
P0547 exhaust_temperature_sensor:2,1 circuit low high
P0550 steering_pressure_sensor {SENSOR}
P0560 supply_voltage fault unstable too_low too_high
P0564 cruise_input circuit
P0565 cruise_on signal
P0566 cruise_off signal
P0567 cruise_resume signal
P0568 cruise_set signal
P0571 brake_switch:A circuit low high
P0575 cruise_input circuit low high
P0600 serial_link fault
P0601 control_unit checksum not_programmed memory_lost ram rom processor performance
P0608 speed_output:A fault
P0609 speed_output:B fault
P0610 control_unit options
P0615 starter_relay {DRIVE}
P0620 alternator drive
P0621 alternator_lamp drive
P0622 alternator_field drive
P0627 fuel_pump_control open drive_low drive_high
P0630 vin_in_unit not_programmed
P0638 throttle_actuator:1 range
P0639 throttle_actuator:2 range
P0641 reference_voltage:A open low high
P0645 compressor_relay {DRIVE}
P0650 mil_lamp drive
P0651 reference_voltage:B open low high
P0657 actuator_supply:A open low high
P0660 intake_flap_valve:1 open drive_low drive_high
P0663 intake_flap_valve:2 open drive_low drive_high
P0666 unit_temperature_sensor circuit range low high
P0670 glow_control_unit drive
P0683 glow_control_unit no_communication range
P0685 main_relay open drive_low drive_high
P0688 main_relay_sense circuit low high
P0691 fan:1 drive_low drive_high
P0693 fan:2 drive_low drive_high
P0695 fan:3 drive_low drive_high
P0697 reference_voltage:C open low high
P0700 gearbox_control mil_request range electrical
P0703 brake_switch:B circuit
P0704 clutch_switch circuit
P0705 selector_sensor {SENSOR}
P0710 gearbox_temperature_sensor {SENSOR}
P0715 input_speed_sensor circuit range no_signal sporadic
P0719 brake_switch:B low
P0720 output_speed_sensor circuit range no_signal sporadic
P0724 brake_switch:B high
P0725 engine_speed_input circuit range no_signal sporadic
P0729 gear:6 wrong_ratio
P0730 gear_any wrong_ratio
P0736 reverse_gear wrong_ratio
P0740 converter_clutch open stuck_off stuck_on electrical sporadic
P0745 pressure_solenoid:A {_STUCK}
P0750 shift_solenoid:A {_STUCK}
P0755 shift_solenoid:B {_STUCK}
P0760 shift_solenoid:C {_STUCK}
P0765 shift_solenoid:D {_STUCK}
P0770 shift_solenoid:E {_STUCK}
P0775 pressure_solenoid:B {_STUCK}
P0780 shifting fault
P0781 shift:1–2 shift_fault
P0782 shift:2–3 shift_fault
P0783 shift:3–4 shift_fault
P0784 shift:4–5 shift_fault
P0785 shift_timing_solenoid circuit range low high sporadic
P0795 pressure_solenoid:C {_STUCK}
P0A7F hybrid_battery worn replace
P0AA6 high_voltage isolation
P2002 particle_filter:1 inefficient
P2003 particle_filter:2 inefficient
P2004 intake_flaps:1 stuck_open
P2005 intake_flaps:2 stuck_open
P2006 intake_flaps:1 stuck_closed
P2007 intake_flaps:2 stuck_closed
P2008 intake_flaps:1 open drive_low drive_high
P2014 intake_flap_sensor:1 {SENSOR}
P2031 exhaust_temperature_sensor:1,2 circuit low high
P203F reductant_tank level_low
P204F reductant_system:1 performance
P207F reductant quality
P2080 exhaust_temperature_sensor:1,1 range
P2084 exhaust_temperature_sensor:1,2 range
P2096 post_catalyst_mixture:1 lean rich
P2098 post_catalyst_mixture:2 lean rich
P20E8 reductant_pressure pressure_low
P20EE scr:1 inefficient
P2100 throttle_motor open range drive_low drive_high
P2104 throttle_system forced_idle forced_stop forced_power
P2107 throttle_unit processor performance
P2110 throttle_system forced_rpm
P2111 throttle_system stuck_open stuck_closed
P2118 throttle_motor current
P2119 throttle_body range
P2120 throttle_pedal_sensor:D {SENSOR}
P2125 throttle_pedal_sensor:E {SENSOR}
P2130 throttle_pedal_sensor:F {SENSOR}
P2135 throttle_pedal_pair:A,B correlation
P2136 throttle_pedal_pair:A,C correlation
P2137 throttle_pedal_pair:B,C correlation
P2138 throttle_pedal_pair:D,E correlation
P2139 throttle_pedal_pair:D,F correlation
P2140 throttle_pedal_pair:E,F correlation
P2177 mixture_off_idle:1 lean rich
P2179 mixture_off_idle:2 lean rich
P2181 cooling_system performance
P2187 mixture_idle:1 lean rich
P2189 mixture_idle:2 lean rich
P2195 o2:1,1 stuck_lean stuck_rich
P2197 o2:2,1 stuck_lean stuck_rich
P2200 nox_sensor:1,1 circuit range low high
P2237 o2_positive_current:1,1 open
P2243 o2_reference_voltage:1,1 open
P2251 o2_negative_current:1,1 open
P2263 boost_system performance
P2270 o2:1,2 stuck_lean stuck_rich
P2272 o2:2,2 stuck_lean stuck_rich
P2279 intake_system leak
P2293 fuel_pressure_regulator:2 performance
P229E nox_sensor:1,2 circuit range
P2413 egr_system performance
P242F particle_filter_load:1 ash
P244A particle_filter_pressure:1 pressure_low pressure_high
P2452 particle_filter_sensor:A {SENSOR}
P2457 egr_cooler performance
P2458 particle_filter_regeneration:1 duration frequency
P2463 particle_filter_load:1 soot
P2503 charging_voltage too_low too_high
P2562 boost_position_sensor:A {SENSOR}
P2610 engine_off_timer performance
P2A00 o2:1,1 range
P2A01 o2:1,2 range
P2A03 o2:2,1 range
P2A04 o2:2,2 range
C0035 wheel_speed_front_left fault
C0040 wheel_speed_front_right fault
C0045 wheel_speed_rear_left fault
C0050 wheel_speed_rear_right fault
U0001 can_high_speed fault performance
U0010 can_medium_speed fault performance
U0073 can_bus:A bus_off
U0074 can_bus:B bus_off
U0100 ecu_engine no_communication
U0101 ecu_gearbox no_communication
U0121 ecu_abs no_communication
U0126 ecu_steering_angle no_communication
U0131 ecu_power_steering no_communication
U0140 ecu_body no_communication
U0151 ecu_airbag no_communication
U0155 ecu_instruments no_communication
U0164 ecu_climate no_communication
U0184 ecu_radio no_communication
U0401 ecu_engine invalid_data
U0402 ecu_gearbox invalid_data
U0415 ecu_abs invalid_data
"""


def _expand(runs: str) -> dict[str, Entry]:
    table: dict[str, Entry] = {}
    for run in runs.strip().splitlines():
        first, named, *failures = run.split()
        component, _, place = named.partition(":")
        start = int(first[1:], 16)
        for at, failure in enumerate(failures):
            if failure != ".":
                code = f"{first[0]}{_following(start, at):04X}"
                table[code] = Entry(component, tuple(place.split(",")) if place else (), failure)
    return table


def _following(start: int, steps: int) -> int:
    """Codes count in decimal where they can (P0109, then P0110), else in hexadecimal."""
    if f"{start:X}".isdecimal():
        return int(str(int(f"{start:X}") + steps), 16)
    return start + steps


def _per_cylinder() -> dict[str, Entry]:
    table: dict[str, Entry] = {}
    for at in range(12):
        cylinder = (str(at + 1),)
        table[f"P{201 + at:04d}"] = Entry("injector", cylinder, "circuit_open")
        for shift, failure in enumerate(("drive_low", "drive_high")):
            table[f"P{261 + 3 * at + shift:04d}"] = Entry("injector", cylinder, failure)
        table[f"P{263 + 3 * at:04d}"] = Entry("cylinder", cylinder, "contribution")
        table[f"P{301 + at:04d}"] = Entry("cylinder", cylinder, "misfire")
        table[f"P{351 + at:04d}"] = Entry("ignition_coil", ("ABCDEFGHIJKL"[at],), "coil_circuit")
        table[f"P{671 + at:04d}"] = Entry("glow_plug", cylinder, "circuit")
    for gear in range(1, 6):
        table[f"P{730 + gear:04d}"] = Entry("gear", (str(gear),), "wrong_ratio")
    return table


TABLE: dict[str, Entry] = _expand(_RUNS) | _per_cylinder()
