# ruff: noqa: E501  # a table: one row a line
"""P03 and P04: ignition, misfire, glow plugs, exhaust gas recirculation, catalysts, fuel vapour."""

WORDS = """
misfire_random | Mehrere oder wechselnde Zylinder | Several or changing cylinders
misfire_low_fuel | Bei niedrigem Kraftstoffstand | With low fuel level
misfire_one | Ein Zylinder (nicht zugeordnet) | One cylinder (not specified)
misfire_start | Beim Motorstart | At start-up
misfire_fuel_off | Einspritzung wegen Aussetzern abgeschaltet | Injection shut off because of misfire
crank_variation | Abweichung des Kurbelwellengebers | Crankshaft sensor variation
rough_road | Schlechtwegerkennung | Rough road detection
rough_road_sensor | Schlechtwegesensor {0} | Rough road sensor {0}
ignition_speed_input | Drehzahlsignal der Zündung | Ignition speed input
knock_control | Klopfregelung | Knock control
knock_sensor | Klopfsensor {0} | Knock sensor {0}
crankshaft_sensor | Kurbelwellengeber {0} | Crankshaft position sensor {0}
camshaft_sensor | Nockenwellengeber {0}, Bank {1} | Camshaft position sensor {0}, bank {1}
ignition_coils | Zündspule | Ignition coil
ignition_coil | Zündspule {0} | Ignition coil {0}
timing_reference | Hochauflösendes Bezugssignal {0} | High resolution timing signal {0}
glow_plugs | Glühkerzen, Kreis {0} | Glow plugs, circuit {0}
glow_plug | Glühkerze Zylinder {0} | Glow plug cylinder {0}
glow_lamp | Vorglühanzeige | Glow plug indicator
glow_control_unit | Glühzeitsteuergerät | Glow plug control module
egr_flow | Abgasrückführung, Durchsatz | Exhaust gas recirculation flow
egr_valve | AGR-Ventil {0} | EGR valve {0}
egr_sensor | AGR-Lagegeber {0} | EGR position sensor {0}
egr_temperature | Geber {0} für AGR-Temperatur | EGR temperature sensor {0}
egr_temperature_pair | Geber A und B für AGR-Temperatur | EGR temperature sensors A and B
secondary_air | Sekundärluftsystem | Secondary air system
secondary_air_valve | Umschaltventil {0} der Sekundärluft | Secondary air switching valve {0}
secondary_air_control | Ansteuerung {0} der Sekundärluft | Secondary air control {0}
secondary_air_bank | Sekundärluft Bank {0}, Durchsatz | Secondary air bank {0}, flow
catalyst | Katalysator Bank {0} | Catalyst bank {0}
warm_up_catalyst | Vorkatalysator Bank {0} | Warm-up catalyst bank {0}
main_catalyst | Hauptkatalysator Bank {0} | Main catalyst bank {0}
heated_catalyst | Beheizter Katalysator Bank {0} | Heated catalyst bank {0}
catalyst_temperature_sensor | Geber {1} für Katalysatortemperatur, Bank {0} | Catalyst temperature sensor {1}, bank {0}
catalyst_heater | Heizung des Katalysators, Bank {0} | Catalyst heater, bank {0}
evap_orifice | Referenzblende der Tankleckdiagnose | Leak detection reference orifice
evap | Tankentlüftung | Fuel vapour system
purge_valve | Spülventil der Tankentlüftung | Purge valve
evap_vent | Belüftung des Tanksystems | Fuel vapour vent control
evap_vent_valve | Belüftungsventil des Tanksystems | Fuel vapour vent valve
evap_pressure_sensor | Geber für Tankdruck | Fuel tank pressure sensor
fuel_level_sensor | Tankgeber {0} | Fuel level sensor {0}
purge_flow_sensor | Geber für Spülmenge der Tankentlüftung | Purge flow sensor
exhaust_pressure_sensor | Abgasdruckgeber {0} | Exhaust pressure sensor {0}
exhaust_pressure_valve | Abgasdruckregelventil | Exhaust pressure control valve
fan | Kühlerlüfter {0} | Cooling fan {0}
fans | Kühlerlüfter | Cooling fan
fan_speed | Kühlerlüfter, Drehzahl | Cooling fan, speed
egr_throttle | Drosselklappe {0} der Abgasrückführung | EGR throttle {0}
evap_purge | Spülmenge der Tankentlüftung | Purge flow
"""

RUNS = """
P0300 misfire_random misfire
P0313 misfire_low_fuel misfire
P0314 misfire_one misfire
P0315 crank_variation not_learned
P0316 misfire_start misfire
P0317 rough_road not_present
P0318 rough_road_sensor:A circuit
P0319 rough_road_sensor:B circuit
P0320 ignition_speed_input SPEED
P0324 knock_control fault
P0325 knock_sensor:1 SENSOR
P0330 knock_sensor:2 SENSOR
P0335 crankshaft_sensor:A SENSOR
P0340 camshaft_sensor:A,1 SENSOR
P0345 camshaft_sensor:A,2 SENSOR
P0350 ignition_coils coil_circuit
P0363 misfire_fuel_off misfire
P0364 RESERVED 1
P0365 camshaft_sensor:B,1 SENSOR
P0370 timing_reference:A fault too_many_pulses too_few_pulses sporadic no_signal
P0375 timing_reference:B fault too_many_pulses too_few_pulses sporadic no_signal
P0380 glow_plugs:A circuit
P0381 glow_lamp circuit
P0382 glow_plugs:B circuit
P0383 glow_control_unit drive_low drive_high
P0385 crankshaft_sensor:B SENSOR
P0390 camshaft_sensor:B,2 SENSOR
P0400 egr_flow fault insufficient excessive
P0403 egr_valve:A drive drive_range
P0405 egr_sensor:A low high
P0407 egr_sensor:B low high
P0409 egr_sensor:A circuit
P040A egr_temperature:A SENSOR
P040F egr_temperature_pair correlation
P0410 secondary_air fault wrong_flow
P0412 secondary_air_valve:A circuit broken shorted
P0415 secondary_air_valve:B circuit broken shorted
P0418 secondary_air_control:A circuit
P0419 secondary_air_control:B circuit
P041A egr_temperature:B SENSOR
P041F RESERVED 1
P0420 catalyst:1 inefficient
P0421 warm_up_catalyst:1 inefficient
P0422 main_catalyst:1 inefficient
P0423 heated_catalyst:1 inefficient too_cold
P0425 catalyst_temperature_sensor:1,1 SENSOR4
P0429 catalyst_heater:1 drive
P042A catalyst_temperature_sensor:1,2 SENSOR4
P042E egr_valve:A stuck_open stuck_closed
P0430 catalyst:2 inefficient
P0431 warm_up_catalyst:2 inefficient
P0432 main_catalyst:2 inefficient
P0433 heated_catalyst:2 inefficient too_cold
P0435 catalyst_temperature_sensor:2,1 SENSOR4
P0439 catalyst_heater:2 drive
P043A catalyst_temperature_sensor:2,2 SENSOR4
P043E evap_orifice flow_low flow_high
P0440 evap fault wrong_purge small_leak
P0443 purge_valve drive broken shorted
P0446 evap_vent drive broken shorted
P0449 evap_vent_valve circuit
P0450 evap_pressure_sensor SENSOR
P0455 evap large_leak very_small_leak cap_leak
P0458 purge_valve drive_low drive_high
P0460 fuel_level_sensor:A SENSOR
P0465 purge_flow_sensor SENSOR
P0470 exhaust_pressure_sensor:A SENSOR
P0475 exhaust_pressure_valve drive drive_range drive_low drive_high sporadic
P047A exhaust_pressure_sensor:B SENSOR
P047F exhaust_pressure_valve stuck_open
P0480 fan:1 drive
P0481 fan:2 drive
P0482 fan:3 drive
P0483 fans range
P0484 fans overcurrent supply
P0486 egr_sensor:B circuit
P0487 egr_throttle:A drive_open drive_range
P0489 egr_valve:A drive_low drive_high
P0491 secondary_air_bank:1 insufficient
P0492 secondary_air_bank:2 insufficient
P0493 fans overspeed
P0494 fan_speed too_low too_high
P0496 evap_purge excessive insufficient
P0498 evap_vent_valve drive_low drive_high
"""
