# ruff: noqa: E501  # a table: one row a line
"""P20, P22, P24: intake flaps, AdBlue, NOx, lambda pump currents, particle filter, leak detection."""

WORDS = """
nox_trap | NOx-Speicherkatalysator Bank {0} | NOx trap bank {0}
particle_filter | Partikelfilter Bank {0} | Particle filter bank {0}
intake_flaps | Saugrohrklappen, Bank {0} | Intake manifold flaps, bank {0}
intake_flap_sensor | Lagegeber der Saugrohrklappen, Bank {0} | Intake manifold flap sensor, bank {0}
vapour_temperature | Geber für Kraftstoffdampftemperatur | Fuel vapour temperature sensor
fuel_heater_unit | Kraftstoffbetriebener Zuheizer | Fuel fired heater
reductant_air_pressure | Druckgeber der AdBlue-Einspritzluft | Reductant injection air pressure sensor
reductant_level_sensor | Geber für AdBlue-Füllstand | Reductant level sensor
reductant | AdBlue | Reductant
reductant_temperature | Geber für AdBlue-Temperatur | Reductant temperature sensor
reductant_injector | AdBlue-Dosierventil {1}, Bank {0} | Reductant injector {1}, bank {0}
reductant_pressure_sensor | AdBlue-Druckgeber | Reductant pressure sensor
reductant_system | AdBlue-System, Bank {0} | Reductant system, bank {0}
reductant_air_pump | Pumpe der AdBlue-Einspritzluft | Reductant injection air pump
reductant_tank_temperature | Geber für Temperatur im AdBlue-Tank | Reductant tank temperature sensor
reductant_supply | AdBlue-Versorgung | Reductant supply
reductant_quality_sensor | Geber für AdBlue-Qualität | Reductant quality sensor
tuning_valve | Schaltsaugrohrventil, Bank {0} | Intake manifold tuning valve, bank {0}
tuning_valve_sensor | Lagegeber des Schaltsaugrohrventils, Bank {0} | Intake manifold tuning valve sensor, bank {0}
throttle_system | Elektronische Drosselklappe | Electronic throttle
map_throttle_idle | Saugrohrdruck/Luftmasse zu Drosselklappe im Leerlauf | Manifold pressure/air mass to throttle at idle
map_throttle_load | Saugrohrdruck/Luftmasse zu Drosselklappe bei höherer Last | Manifold pressure/air mass to throttle at higher load
post_catalyst_mixture | Gemischregelung hinter Katalysator, Bank {0} | Post catalyst fuel trim, bank {0}
nox_sensor | NOx-Sensor {1}, Bank {0} | NOx sensor {1}, bank {0}
nox_heater | Heizung des NOx-Sensors, Bank {0} | NOx sensor heater, bank {0}
nox_heater_sense | Heizung des NOx-Sensors, Rückmeldung, Bank {0} | NOx sensor heater sense, bank {0}
baro_sensor | Geber für Umgebungsdruck | Barometric pressure sensor
o2_positive_current | Lambdasonde Bank {0}, Sonde {1}, Pumpstrom positiv | Oxygen sensor bank {0}, sensor {1}, positive current
o2_reference_voltage | Lambdasonde Bank {0}, Sonde {1}, Referenzspannung | Oxygen sensor bank {0}, sensor {1}, reference voltage
o2_negative_current | Lambdasonde Bank {0}, Sonde {1}, Masse (Pumpstrom negativ) | Oxygen sensor bank {0}, sensor {1}, negative current
o2_trim_current | Lambdasonde Bank {0}, Sonde {1}, Abgleichstrom | Oxygen sensor bank {0}, sensor {1}, pumping current trim
boost_system | Ladedruckregelung | Boost control system
water_sensor | Geber für Wasser im Kraftstoff | Water in fuel sensor
fuel | Kraftstoff im Filter | Fuel in the filter
intake_system | Ansaugsystem | Intake system
filter_to_maf | Ansaugweg zwischen Luftfilter und Luftmassenmesser | Intake between air filter and mass air flow sensor
maf_to_throttle | Ansaugweg zwischen Luftmassenmesser und Drosselklappe | Intake between mass air flow sensor and throttle
throttle_to_valves | Ansaugweg zwischen Drosselklappe und Einlassventilen | Intake between throttle and valves
icp_sensor | Geber für Einspritzsteuerdruck | Injector control pressure sensor
icp | Einspritzsteuerdruck | Injector control pressure
pedals | Bremspedal zu Gaspedal | Brake to accelerator pedal
leak_pump | Pumpe der Tankleckdiagnose | Leak detection pump
leak_pump_sense | Pumpe der Tankleckdiagnose, Rückmeldung | Leak detection pump sense
fuel_cap_switch | Schalter am Tankdeckel | Fuel cap switch
leak_pump_heater | Heizung der Tankleckdiagnose-Pumpe | Leak detection pump heater
egr_system | Abgasrückführung | Exhaust gas recirculation
o2_swapped_same | Lambdasonden 2 und 3, Bank {0} | Oxygen sensors 2 and 3, bank {0}
evap_switch_valve | Umschaltventil der Tankentlüftung | Fuel vapour switching valve
hc_catalyst | HC-Adsorptionskatalysator Bank {0} | HC adsorption catalyst bank {0}
egr_cooling_valve | Kühlventil der Abgasrückführung | EGR cooling valve
exhaust_gas | Abgas Bank {0} | Exhaust gas bank {0}
filter_load | Partikelfilter | Particle filter
secondary_air_sensor | Geber für Sekundärluft, Bank {0} | Secondary air flow/pressure sensor, bank {0}
secondary_air_valve_bank | Umschaltventil der Sekundärluft, Bank {0} | Secondary air switching valve, bank {0}
secondary_air_pump | Sekundärluftpumpe, Bank {0} | Secondary air pump, bank {0}
filter_pressure | Differenzdruck am Partikelfilter, Bank {0} | Particle filter differential pressure, bank {0}
filter_pressure_1 | Druck am Partikelfilter, Bank 1, Geber 1 | Particle filter pressure, bank 1, sensor 1
filter_sensor | Differenzdruckgeber des Partikelfilters | Particle filter differential pressure sensor
egr_cooler | Kühlung der Abgasrückführung | EGR cooling
filter_regeneration | Regeneration des Partikelfilters | Particle filter regeneration
egr_cooler_bypass | Umgehung des AGR-Kühlers | EGR cooler bypass
exhaust_regulator_vent | Belüftungsventil des Abgasdruckreglers | Exhaust pressure regulator vent valve
"""

RUNS = """
P2000 nox_trap:1 inefficient
P2001 nox_trap:2 inefficient
P2002 particle_filter:1 inefficient
P2003 particle_filter:2 inefficient
P2004 intake_flaps:1 stuck_open
P2005 intake_flaps:2 stuck_open
P2006 intake_flaps:1 stuck_closed
P2007 intake_flaps:2 stuck_closed
P2008 intake_flaps:1 OUTPUT
P2011 intake_flaps:2 OUTPUT
P2014 intake_flap_sensor:1 SENSOR
P2019 intake_flap_sensor:2 SENSOR
P2024 vapour_temperature SENSOR
P2029 fuel_heater_unit disabled performance
P2031 exhaust_temperature_sensor:1,2 circuit low high
P2034 exhaust_temperature_sensor:2,2 circuit low high
P2037 reductant_air_pressure circuit range low
P203A reductant_level_sensor SENSOR
P203F reductant level_low
P2040 reductant_air_pressure high sporadic
P2042 reductant_temperature SENSOR
P2047 reductant_injector:1,1 OUTPUT
P204A reductant_pressure_sensor SENSOR
P204F reductant_system:1 performance
P2050 reductant_injector:2,1 OUTPUT
P2053 reductant_injector:1,2 OUTPUT
P2056 reductant_injector:2,2 OUTPUT
P2059 reductant_air_pump drive_open
P205A reductant_tank_temperature SENSOR
P205F RESERVED 1
P2060 reductant_air_pump drive_low drive_high
P2062 reductant_supply OUTPUT
P2065 fuel_level_sensor:B SENSOR
P206A reductant_quality_sensor SENSOR4
P206E tuning_valve:2 stuck_open stuck_closed
P2070 tuning_valve:1 stuck_open stuck_closed
P2072 throttle_system ice
P2073 map_throttle_idle correlation
P2074 map_throttle_load correlation
P2075 tuning_valve_sensor:1 SENSOR
P207A tuning_valve_sensor:2 SENSOR
P207F reductant quality
P2080 exhaust_temperature_sensor:1,1 range sporadic
P2082 exhaust_temperature_sensor:2,1 range sporadic
P2084 exhaust_temperature_sensor:1,2 range sporadic
P2086 exhaust_temperature_sensor:2,2 range sporadic
P2088 camshaft_actuator:A,1 drive_low drive_high
P2090 camshaft_actuator:B,1 drive_low drive_high
P2092 camshaft_actuator:A,2 drive_low drive_high
P2094 camshaft_actuator:B,2 drive_low drive_high
P2096 post_catalyst_mixture:1 lean rich
P2098 post_catalyst_mixture:2 lean rich
P2200 nox_sensor:1,1 SENSOR
P2205 nox_heater:1 OUTPUT
P2208 nox_heater_sense:1 SENSOR
P2213 nox_sensor:2,1 SENSOR
P2218 nox_heater:2 OUTPUT
P2221 nox_heater_sense:2 SENSOR
P2226 baro_sensor SENSOR
P2231 o2:1,1 heater_short
P2232 o2:1,2 heater_short
P2233 o2:1,3 heater_short
P2234 o2:2,1 heater_short
P2235 o2:2,2 heater_short
P2236 o2:2,3 heater_short
P2237 o2_positive_current:1,1 circuit_open low high
P2240 o2_positive_current:2,1 circuit_open low high
P2243 o2_reference_voltage:1,1 circuit_open performance low high
P2247 o2_reference_voltage:2,1 circuit_open performance low high
P2251 o2_negative_current:1,1 circuit_open low high
P2254 o2_negative_current:2,1 circuit_open low high
P2257 secondary_air_control:A drive_low drive_high
P2259 secondary_air_control:B drive_low drive_high
P2261 charger_bypass_valve mechanical
P2262 boost_pressure no_boost
P2263 boost_system performance
P2264 water_sensor SENSOR
P2269 fuel water
P2270 o2:1,2 stuck_lean stuck_rich
P2272 o2:2,2 stuck_lean stuck_rich
P2274 o2:1,3 stuck_lean stuck_rich
P2276 o2:2,3 stuck_lean stuck_rich
P2278 o2_swapped:3 swapped
P2279 intake_system leak
P2280 filter_to_maf restriction_or_leak
P2281 maf_to_throttle leak
P2282 throttle_to_valves leak
P2283 icp_sensor SENSOR
P2288 icp too_high pressure_high_off too_low pressure_low_cranking unstable
P2293 fuel_pressure_regulator:2 performance DRIVE
P2297 o2:1,1 overrun_range
P2298 o2:2,1 overrun_range
P2299 pedals correlation
P2400 leak_pump OUTPUT
P2403 leak_pump_sense circuit_open range low high sporadic
P2408 fuel_cap_switch circuit range
P240A leak_pump_heater OUTPUT
P240D RESERVED 3
P2410 fuel_cap_switch low high sporadic
P2413 egr_system performance
P2414 o2:1,1 sample
P2415 o2:2,1 sample
P2416 o2_swapped_same:1 swapped
P2417 o2_swapped_same:2 swapped
P2418 evap_switch_valve OUTPUT
P2421 evap_vent_valve stuck_open stuck_closed
P2423 hc_catalyst:1 inefficient
P2424 hc_catalyst:2 inefficient
P2425 egr_cooling_valve OUTPUT
P2428 exhaust_gas:1 too_hot
P2429 exhaust_gas:2 too_hot
P242A exhaust_temperature_sensor:1,3 SENSOR
P242F filter_load ash
P2430 secondary_air_sensor:1 SENSOR
P2435 secondary_air_sensor:2 SENSOR
P2440 secondary_air_valve_bank:1 stuck_open stuck_closed
P2442 secondary_air_valve_bank:2 stuck_open stuck_closed
P2444 secondary_air_pump:1 stuck_on stays_off
P2446 secondary_air_pump:2 stuck_on stays_off
P2448 secondary_air_bank:1 flow_high
P2449 secondary_air_bank:2 flow_high
P244A filter_pressure:1 too_low
P244C filter_pressure_1 too_low
P2450 evap_switch_valve fault_stuck_open stuck_closed
P2452 filter_sensor SENSOR
P2457 egr_cooler performance
P2458 filter_regeneration duration frequency
P245A egr_cooler_bypass OUTPUT4
P245E RESERVED 2
P2463 filter_load soot
P2A00 o2:1,1 range
P2A01 o2:1,2 range
P2A02 o2:1,3 range
P2A03 o2:2,1 range
P2A04 o2:2,2 range
P2A05 o2:2,3 range
P2A06 o2:1,1 negative_voltage
P2A07 o2:1,2 negative_voltage
P2A08 o2:1,3 negative_voltage
P2A09 o2:2,1 negative_voltage
P2A10 o2:2,2 negative_voltage
P2A11 o2:2,3 negative_voltage
"""
