# ruff: noqa: E501  # a table: one row a line
"""P21, P23, P25, P26: electronic throttle, mixture ranges, knock, extra inputs and outputs."""

WORDS = """
throttle_motor | Stellmotor der Drosselklappe | Throttle motor
throttle_motor_current | Stellmotor der Drosselklappe, Strom | Throttle motor, current
throttle_unit | Steuergerät der Drosselklappe | Throttle control module
throttle_body | Drosselklappengehäuse | Throttle body
throttle_pedal_pair | Geber {0} und {1} für Drosselklappe/Gaspedal | Throttle/pedal position sensors {0} and {1}
egr_vent | Belüftungsventil der Abgasrückführung | EGR vent valve
injector_group | Versorgung der Einspritzventile, Gruppe {0} | Injector group {0} supply
speed_wheel | Fahrgeschwindigkeit zu Raddrehzahl | Vehicle speed to wheel speed
speed_output_shaft | Fahrgeschwindigkeit zu Getriebeausgangsdrehzahl | Vehicle speed to output shaft speed
speed_pair | Geschwindigkeitsgeber A zu B | Vehicle speed sensors A and B
mixture_off_idle | Gemisch Bank {0} oberhalb des Leerlaufs | Mixture bank {0} off idle
cooling_system | Kühlsystem | Cooling system
mixture_idle | Gemisch Bank {0} im Leerlauf | Mixture bank {0} at idle
mixture_load | Gemisch Bank {0} bei höherer Last | Mixture bank {0} at higher load
intake_temperature_pair | Geber 1 und 2 für Ansauglufttemperatur | Intake air temperature sensors 1 and 2
charging_voltage | Ladespannung | Charging voltage
unit_power | Spannungsversorgung des Motorsteuergeräts | Engine control unit power input
oil_level_sensor | Geber für Motorölstand | Engine oil level sensor
oil_level | Motoröl, Stand | Engine oil, level
data_recorder | Anforderung des Unfalldatenspeichers | Event data recorder request
ac_request | Anforderung {0} der Klimaanlage | A/C request {0}
pto_switch | Freigabeschalter des Nebenabtriebs | PTO enable switch
pto_stop | Motorabschaltung durch den Nebenabtrieb | PTO engine shutdown
vacuum_sensor | Druckgeber des Unterdruckspeichers | Vacuum reservoir pressure sensor
oil_quality_sensor | Geber für Motorölqualität | Engine oil quality sensor
ignition_run | Zündschalter, Stellung Fahrt | Ignition switch, run position
ignition_run_start | Zündschalter, Stellung Fahrt/Start | Ignition switch, run/start position
ignition_accessory | Zündschalter, Stellung Zubehör | Ignition switch, accessory position
low_fuel_pressure_sensor | Geber für Kraftstoff-Niederdruck | Low pressure fuel sensor
pto_sense | Rückmeldung des Nebenabtriebs | PTO sense
oil_condition | Motoröl, Zustand | Engine oil, condition
torque_request | Momentenanforderung, Eingangssignal {0} | Torque management request {0}
pto_speed | Drehzahlwahl {0} des Nebenabtriebs | PTO speed selector {0}
hood_switch | Motorhaubenschalter | Engine hood switch
fuel_inhibit | Drossel-/Kraftstoffsperre | Throttle/fuel inhibit
coolant_level_sensor | Geber für Kühlmittelstand | Coolant level sensor
coolant_level | Kühlmittel | Coolant
ac_unit | Steuergerät der Klimaanlage | A/C control module
boost_position_sensor | Lagegeber {0} der Ladedruckregelung | Boost control position sensor {0}
ozone_temperature | Temperaturgeber des Ozonkatalysators | Ozone catalyst temperature sensor
ozone_wear | Alterungsgeber des Ozonkatalysators | Ozone catalyst deterioration sensor
ozone_catalyst | Ozonkatalysator | Ozone catalyst
idle_selector | Wahlschalter der Leerlaufdrehzahl | Idle speed selector
charger_speed_sensor | Drehzahlgeber des Turboladers | Turbocharger speed sensor
vacuum_control | Steuerung des Unterdruckspeichers | Vacuum reservoir control
distance_sensor | Abstandssensor vorn | Front distance sensor
additive_unit | Steuergerät der Kraftstoffadditiv-Dosierung | Fuel additive control module
coolant_pump | Kühlmittelpumpe | Coolant pump
intake_heater_system | Ansaugluftvorwärmung | Intake air heater system
pto_control | Nebenabtrieb | PTO control
pto_lamp | Kontrollleuchte des Nebenabtriebs | PTO engaged lamp
evap_processor | Überwachungsrechner der Tankentlüftung | Fuel vapour monitoring processor
engine_off_timer | Zeitzähler für Motorstillstand | Engine off timer
ac_valve | Verteilventil des Kältemittels | Refrigerant distribution valve
cam_output | Ausgang Nockenwellensignal | Camshaft signal output
crank_output | Ausgang Kurbelwellensignal | Crankshaft signal output
throttle_output | Ausgang Drosselklappenstellung | Throttle position output
icp_regulator | Regler für Einspritzsteuerdruck | Injector control pressure regulator
fuel_pump_flow | Kraftstoffpumpe {0}, Förderung | Fuel pump {0}, delivery
torque_feedback | Momentenrückmeldung, Signal {0} | Torque management feedback {0}
rocker | Ventilhubumschaltung {0}, Bank {1} | Rocker arm actuator {0}, bank {1}
rocker_sensor | Lagegeber der Ventilhubumschaltung {0}, Bank {1} | Rocker arm position sensor {0}, bank {1}
fuel_mode_lamp | Anzeige der Kraftstoffart | Fuel mode lamp
injection_pump | Einspritzpumpe | Injection pump
air_inlet | Klappe am Luftfiltereinlass | Air cleaner inlet control
degassing_valve | Entgasungsventil des Kühlmittels | Coolant degassing valve
coolant_bypass | Umgehungsventil des Kühlmittels | Coolant bypass valve
fuel_heater | Kraftstoffvorwärmung | Fuel supply heater
injector_calibration | Einspritzventile, Abgleich | Injectors, calibration
pump_calibration | Hochdruckpumpe, Abgleich | High pressure pump, calibration
injector_data | Einspritzventil Zylinder {0} | Injector cylinder {0}
"""

RUNS = """
P2100 throttle_motor circuit_open range low high
P2104 throttle_system forced_idle forced_stop forced_power
P2107 throttle_unit processor performance
P2109 throttle_pedal_sensor:A minimum_stop
P2110 throttle_system forced_rpm stuck_open stuck_closed
P2113 throttle_pedal_sensor:B minimum_stop
P2114 throttle_pedal_sensor:C minimum_stop
P2115 throttle_pedal_sensor:D minimum_stop
P2116 throttle_pedal_sensor:E minimum_stop
P2117 throttle_pedal_sensor:F minimum_stop
P2118 throttle_motor_current current_range
P2119 throttle_body range
P2120 throttle_pedal_sensor:D SENSOR
P2125 throttle_pedal_sensor:E SENSOR
P2130 throttle_pedal_sensor:F SENSOR
P2135 throttle_pedal_pair:A,B correlation
P2136 throttle_pedal_pair:A,C correlation
P2137 throttle_pedal_pair:B,C correlation
P2138 throttle_pedal_pair:D,E correlation
P2139 throttle_pedal_pair:D,F correlation
P213A egr_throttle:B OUTPUT4
P2140 throttle_pedal_pair:E,F correlation
P2141 egr_throttle:A drive_low drive_high
P2143 egr_vent OUTPUT
P2146 injector_group:A supply_open supply_low supply_high
P2149 injector_group:B supply_open supply_low supply_high
P2152 injector_group:C supply_open supply_low supply_high
P2155 injector_group:D supply_open supply_low supply_high
P2158 vehicle_speed_sensor:B circuit range low sporadic
P215A speed_wheel correlation
P215B speed_output_shaft correlation
P2162 speed_pair correlation
P2163 throttle_pedal_sensor:A maximum_stop
P2164 throttle_pedal_sensor:B maximum_stop
P2165 throttle_pedal_sensor:C maximum_stop
P2166 throttle_pedal_sensor:D maximum_stop
P2167 throttle_pedal_sensor:E maximum_stop
P2168 throttle_pedal_sensor:F maximum_stop
P2169 exhaust_regulator_vent OUTPUT
P2172 throttle_system sudden_high_air high_air sudden_low_air low_air idle_not_learned
P2177 mixture_off_idle:1 lean rich
P2179 mixture_off_idle:2 lean rich
P2181 cooling_system performance
P2182 coolant_temperature:2 SENSOR
P2187 mixture_idle:1 lean rich
P2189 mixture_idle:2 lean rich
P2191 mixture_load:1 lean rich
P2193 mixture_load:2 lean rich
P2195 o2:1,1 biased_lean biased_rich
P2197 o2:2,1 biased_lean biased_rich
P2199 intake_temperature_pair correlation
P2500 alternator_lamp low high
P2502 charging_voltage fault too_low too_high
P2505 unit_power SENSOR
P250A oil_level_sensor SENSOR
P250F oil_level too_low
P2510 main_relay_sense range sporadic
P2512 data_recorder circuit_open low high
P2515 refrigerant_sensor:B SENSOR4
P2519 ac_request:A circuit low high
P251A pto_switch circuit_open low high
P251D pto_stop circuit_open low high
P2522 ac_request:B circuit low high
P2525 vacuum_sensor SENSOR
P252A oil_quality_sensor SENSOR
P252F oil_level too_high
P2530 ignition_run circuit low high
P2533 ignition_run_start circuit low high
P2536 ignition_accessory circuit low high
P2539 low_fuel_pressure_sensor SENSOR
P253A pto_sense circuit_open range low high sporadic
P253F oil_condition worn
P2544 torque_request:A SENSOR4
P2548 torque_request:B circuit range low high
P254A pto_speed:1 circuit_open range low high sporadic
P254F hood_switch circuit
P2552 fuel_inhibit SENSOR4
P2556 coolant_level_sensor SENSOR4
P255A pto_speed:2 circuit_open range low high sporadic
P255F RESERVED 1
P2560 coolant_level level_low
P2561 ac_unit mil_request
P2562 boost_position_sensor:A SENSOR
P2567 ozone_temperature circuit range low high sporadic
P256A idle_selector circuit_open range low high sporadic
P256F RESERVED 1
P2572 ozone_wear SENSOR
P2577 ozone_catalyst inefficient
P2578 charger_speed_sensor SENSOR
P257A vacuum_control OUTPUT
P257D hood_switch range low high
P2583 distance_sensor fault
P2584 additive_unit mil_request lamp_request
P2586 boost_position_sensor:B SENSOR
P2600 coolant_pump OUTPUT4
P2604 intake_heater:A range broken
P2606 intake_heater:B range low high
P2609 intake_heater_system performance
P260A pto_control OUTPUT
P260D pto_lamp drive
P260E RESERVED 1
P260F evap_processor performance
P2610 engine_off_timer performance
P2611 ac_valve OUTPUT
P2614 cam_output circuit_open low high
P2617 crank_output circuit_open low high
P2620 throttle_output circuit_open low high
P2623 icp_regulator circuit_open low high
P2626 o2_trim_current:1,1 circuit_open low high
P2629 o2_trim_current:2,1 circuit_open low high
P2632 fuel_pump_control:B OUTPUT
P2635 fuel_pump_flow:A insufficient
P2636 fuel_pump_flow:B insufficient
P2637 torque_feedback:A SENSOR4
P2641 torque_feedback:B SENSOR4
P2645 rocker:A,1 drive_open stuck_off stuck_on drive_low drive_high
P264A rocker_sensor:A,1 SENSOR
P264F RESERVED 1
P2650 rocker:B,1 drive_open stuck_off stuck_on drive_low drive_high
P2655 rocker:A,2 drive_open stuck_off stuck_on drive_low drive_high
P265A rocker_sensor:B,1 SENSOR
P265F RESERVED 1
P2660 rocker:B,2 drive_open stuck_off stuck_on drive_low drive_high
P2665 fuel_shutoff_valve:B OUTPUT
P2668 fuel_mode_lamp drive
P2669 actuator_supply:B circuit_open low high
P266A rocker_sensor:A,2 SENSOR
P266F RESERVED 1
P2672 injection_pump timing_offset timing_not_learned fuel_not_learned
P2675 air_inlet OUTPUT
P2678 degassing_valve OUTPUT
P267A rocker_sensor:B,2 SENSOR
P267F RESERVED 1
P2681 coolant_bypass OUTPUT
P2684 actuator_supply:C circuit_open low high
P2687 fuel_heater OUTPUT
P268A injector_calibration not_learned
P268B pump_calibration not_learned
P268C injector_data:1 data_wrong
P268D injector_data:2 data_wrong
P268E injector_data:3 data_wrong
P268F injector_data:4 data_wrong
"""
