# ruff: noqa: E501  # a table: one row a line
"""P00 to P02: valve timing, oxygen sensor heaters, air, fuel, injection, charging."""

WORDS = """
fuel_volume_regulator | Kraftstoffmengenregler | Fuel volume regulator
fuel_shutoff_valve | Kraftstoffabsperrventil {0} | Fuel shut-off valve {0}
engine_position | Steuerzeiten, Bank {0} | Valve timing, bank {0}
camshaft | Nockenwelle {0}, Bank {1} | Camshaft {0}, bank {1}
camshaft_actuator | Nockenwellenversteller {0}, Bank {1} | Camshaft actuator {0}, bank {1}
crank_cam | Kurbelwelle zu Nockenwelle, Bank {0}, Geber {1} | Crankshaft to camshaft, bank {0}, sensor {1}
intake_valve_solenoid | Magnetventil Einlassventilsteuerung, Bank {0} | Intake valve control solenoid, bank {0}
exhaust_valve_solenoid | Magnetventil Auslassventilsteuerung, Bank {0} | Exhaust valve control solenoid, bank {0}
o2_heater | Heizung der Lambdasonde, Bank {0}, Sonde {1} | Oxygen sensor heater, bank {0}, sensor {1}
charger_bypass_valve | Schubumluftventil des Laders | Charger bypass valve
o2_swapped | Lambdasonden {0} von Bank 1 und Bank 2 | Oxygen sensors {0} of bank 1 and bank 2
boost_solenoid | Magnetventil {0} der Ladedruckregelung | Boost control solenoid {0}
turbine | Turbine des Turboladers | Turbocharger turbine
air_assisted_injector | Luftunterstützte Einspritzung | Air assisted injection
map_maf_throttle | Saugrohrdruck/Luftmasse zu Drosselklappenstellung | Manifold pressure/air mass to throttle position
map_baro | Saugrohrdruck zu Umgebungsdruck | Manifold pressure to barometric pressure
map_maf | Saugrohrdruck zu Luftmasse | Manifold pressure to air mass
map_exhaust | Saugrohrdruck zu Abgasdruck | Manifold pressure to exhaust pressure
map_charger_inlet | Saugrohrdruck zu Druck vor dem Lader | Manifold pressure to charger inlet pressure
baro_charger_inlet | Umgebungsdruck zu Druck vor dem Lader | Barometric pressure to charger inlet pressure
ambient_temperature | Geber für Außentemperatur | Ambient temperature sensor
fuel_pressure | Kraftstoffdruck im Rail/System | Fuel rail/system pressure
fuel_pressure_regulator | Kraftstoffdruckregler {0} | Fuel pressure regulator {0}
fuel_system | Kraftstoffsystem | Fuel system
intake_temperature | Geber {0} für Ansauglufttemperatur | Intake air temperature sensor {0}
intake_ambient_temperature | Ansauglufttemperatur zu Außentemperatur | Intake to ambient temperature
air_mass | Luftmassenmesser {0} | Mass air flow sensor {0}
air_mass_pair | Luftmassenmesser A zu B | Mass air flow sensors A and B
map_sensor | Geber für Saugrohrdruck/Umgebungsdruck | Manifold/barometric pressure sensor
coolant_temperature | Geber {0} für Kühlmitteltemperatur | Coolant temperature sensor {0}
coolant_temperature_pair | Geber 1 und 2 für Kühlmitteltemperatur | Coolant temperature sensors 1 and 2
throttle_pedal_sensor | Geber {0} für Drosselklappe/Gaspedal | Throttle/pedal position sensor {0}
coolant | Kühlmitteltemperatur | Coolant temperature
intake_air | Ansaugluft | Intake air
thermostat | Kühlmittelthermostat | Coolant thermostat
barometric_pressure | Umgebungsdruck | Barometric pressure
charger_inlet_pressure | Geber für Druck vor dem Lader | Charger inlet pressure sensor
o2 | Lambdasonde Bank {0}, Sonde {1} | Oxygen sensor bank {0}, sensor {1}
fuel_delivery | Kraftstoffförderung | Fuel delivery
fuel_timing | Einspritzzeitpunkt | Fuel timing
fuel_temperature | Kraftstoff | Fuel
fuel_composition | Kraftstoffzusammensetzung | Fuel composition
mixture | Gemisch Bank {0} | Mixture bank {0}
fuel_composition_sensor | Geber für Kraftstoffzusammensetzung | Fuel composition sensor
fuel_temperature_sensor | Geber {0} für Kraftstofftemperatur | Fuel temperature sensor {0}
fuel_pressure_sensor | Kraftstoffdruckgeber {0} | Fuel pressure sensor {0}
rail_pressure_sensor | Geber {0} für Kraftstoffdruck im Rail | Fuel rail pressure sensor {0}
oil_temperature_sensor | Geber für Motoröltemperatur | Engine oil temperature sensor
injectors | Einspritzventile | Injectors
injector | Einspritzventil Zylinder {0} | Injector cylinder {0}
injection_timing_cylinder | Einspritzzeitpunkt Zylinder {0} | Injection timing cylinder {0}
cylinder | Zylinder {0} | Cylinder {0}
cold_start_injector | Kaltstartventil {0} | Cold start injector {0}
shutoff_solenoid | Abschaltventil des Motors | Engine shut-off solenoid
injection_timing | Spritzbeginnverstellung | Injection timing control
engine_coolant_heat | Motorkühlmittel | Engine coolant
gearbox_oil | Getriebeöl | Transmission fluid
engine | Motor | Engine
cac_bypass | Umgehung {0} des Ladeluftkühlers | Charge air cooler bypass {0}
cac_bypass_sensor | Lagegeber {0} der Ladeluftkühler-Umgehung | Charge air cooler bypass position sensor {0}
fuel_pump | Kraftstoffpumpe | Fuel pump
boost_pressure | Ladedruck | Boost pressure
boost_sensor | Ladedruckgeber {0} | Boost pressure sensor {0}
cac_pump | Kühlmittelpumpe des Ladeluftkühlers | Charge air cooler coolant pump
map_boost | Saugrohrdruck zu Ladedruckgeber {0} | Manifold pressure to boost sensor {0}
wastegate_solenoid | Wastegate-Magnetventil {0} | Wastegate solenoid {0}
injection_pump_metering | Mengenregelung {0} der Einspritzpumpe | Injection pump metering control {0}
fuel_pump_module | Steuergerät der Kraftstoffpumpe | Fuel pump module
vehicle | Fahrzeug | Vehicle
engine_oil | Motoröl | Engine oil
fuel_relief_valve | Überdruckventil des Kraftstoffsystems | Fuel system over-pressure relief valve
"""

RUNS = """
P0001 fuel_volume_regulator drive_open drive_range drive_low drive_high
P0005 fuel_shutoff_valve:A OUTPUT
P0008 engine_position:1 performance
P0009 engine_position:2 performance
P000A camshaft:A,1 slow
P000B camshaft:B,1 slow
P000C camshaft:A,2 slow
P000D camshaft:B,2 slow
P000E fuel_volume_regulator learn_limit
P000F fuel_relief_valve activated
P0010 camshaft_actuator:A,1 drive_open over_advanced over_retarded
P0013 camshaft_actuator:B,1 drive_open over_advanced over_retarded
P0016 crank_cam:1,A correlation
P0017 crank_cam:1,B correlation
P0018 crank_cam:2,A correlation
P0019 crank_cam:2,B correlation
P0020 camshaft_actuator:A,2 drive_open over_advanced over_retarded
P0023 camshaft_actuator:B,2 drive_open over_advanced over_retarded
P0026 intake_valve_solenoid:1 drive_range
P0027 exhaust_valve_solenoid:1 drive_range
P0028 intake_valve_solenoid:2 drive_range
P0029 exhaust_valve_solenoid:2 drive_range
P0030 o2_heater:1,1 DRIVE
P0033 charger_bypass_valve DRIVE
P0036 o2_heater:1,2 DRIVE
P0039 charger_bypass_valve drive_range
P0040 o2_swapped:1 swapped
P0041 o2_swapped:2 swapped
P0042 o2_heater:1,3 DRIVE
P0045 boost_solenoid:A OUTPUT4
P0049 turbine overspeed
P004A boost_solenoid:B OUTPUT4
P004E boost_solenoid:A sporadic
P004F boost_solenoid:B sporadic
P0050 o2_heater:2,1 DRIVE
P0053 o2_heater:1,1 resistance
P0054 o2_heater:1,2 resistance
P0055 o2_heater:1,3 resistance
P0056 o2_heater:2,2 DRIVE
P0059 o2_heater:2,1 resistance
P0060 o2_heater:2,2 resistance
P0061 o2_heater:2,3 resistance
P0062 o2_heater:2,3 DRIVE
P0065 air_assisted_injector drive_range drive_low drive_high
P0068 map_maf_throttle correlation
P0069 map_baro correlation
P006A map_maf correlation
P006B map_exhaust correlation
P006C map_charger_inlet correlation
P006D baro_charger_inlet correlation
P006E RESERVED 2
P0070 ambient_temperature SENSOR
P0075 intake_valve_solenoid:1 DRIVE
P0078 exhaust_valve_solenoid:1 DRIVE
P0081 intake_valve_solenoid:2 DRIVE
P0084 exhaust_valve_solenoid:2 DRIVE
P0087 fuel_pressure too_low too_high
P0089 fuel_pressure_regulator:1 performance DRIVE
P0093 fuel_system large_leak small_leak
P0095 intake_temperature:2 SENSOR
P009A intake_ambient_temperature correlation
P0100 air_mass:A SENSOR
P0105 map_sensor SENSOR
P010A air_mass:B SENSOR
P010F air_mass_pair correlation
P0110 intake_temperature:1 SENSOR
P0115 coolant_temperature:1 SENSOR
P011A coolant_temperature_pair correlation
P0120 throttle_pedal_sensor:A SENSOR
P0125 coolant too_cold_for_closed_loop too_cold_for_stable
P0127 intake_air too_hot
P0128 thermostat below_regulating
P0129 barometric_pressure too_low
P012A charger_inlet_pressure SENSOR
P012F RESERVED 1
P0130 o2:1,1 OXYGEN
P0136 o2:1,2 OXYGEN
P0142 o2:1,3 OXYGEN
P0148 fuel_delivery fault
P0149 fuel_timing fault
P0150 o2:2,1 OXYGEN
P0156 o2:2,2 OXYGEN
P0162 o2:2,3 OXYGEN
P0168 fuel_temperature too_hot
P0169 fuel_composition wrong
P0170 mixture:1 trim lean rich
P0173 mixture:2 trim lean rich
P0176 fuel_composition_sensor SENSOR4
P0180 fuel_temperature_sensor:A SENSOR
P0185 fuel_temperature_sensor:B SENSOR
P018A fuel_pressure_sensor:B SENSOR
P018F RESERVED 1
P0190 rail_pressure_sensor:A SENSOR
P0195 oil_temperature_sensor SENSOR
P0200 injectors circuit_open
P0213 cold_start_injector:1 circuit
P0214 cold_start_injector:2 circuit
P0215 shutoff_solenoid circuit
P0216 injection_timing drive
P0217 engine_coolant_heat too_hot
P0218 gearbox_oil too_hot
P0219 engine overspeed
P0220 throttle_pedal_sensor:B SENSOR
P0225 throttle_pedal_sensor:C SENSOR
P022A cac_bypass:A OUTPUT
P022D cac_bypass:B OUTPUT
P0230 fuel_pump primary secondary_low secondary_high secondary_sporadic
P0234 boost_pressure overboost
P0235 boost_sensor:A SENSOR4
P0239 boost_sensor:B circuit range low high
P023A cac_pump OUTPUT
P023D map_boost:A correlation
P023E map_boost:B correlation
P023F RESERVED 1
P0243 wastegate_solenoid:A drive drive_range drive_low drive_high
P0247 wastegate_solenoid:B drive drive_range drive_low
P024A cac_bypass:A drive_range stuck
P024C cac_bypass_sensor:A SENSOR4
P0250 wastegate_solenoid:B drive_high
P0251 injection_pump_metering:A SENSOR
P0256 injection_pump_metering:B circuit range low high sporadic
P025A fuel_pump_module OUTPUT4
P0297 vehicle overspeed
P0298 engine_oil too_hot
P0299 boost_pressure underboost
"""
