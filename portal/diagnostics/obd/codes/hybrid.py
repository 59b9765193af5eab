# ruff: noqa: E501  # a table: one row a line
"""P0A and P0B: hybrid and electric drive."""

WORDS = """
electronics_coolant | Geber für Kühlmitteltemperatur der Antriebselektronik | Motor electronics coolant temperature sensor
electronics_pump | Kühlmittelpumpe der Antriebselektronik | Motor electronics coolant pump
dcdc_status | Spannungswandler (DC/DC), Statusleitung | DC/DC converter status
interlock | Hochvolt-Sicherheitslinie (Interlock) | High-voltage interlock
engine_start | Verbrennungsmotor | Combustion engine
dcdc_enable | Spannungswandler (DC/DC), Freigabe | DC/DC converter enable
engine_mount | Motorlager {0} | Engine mount {0}
motor_torque | Drehmomentgeber des Elektromotors | Drive motor torque sensor
generator_unit | Generatorsteuergerät | Generator control module
motor_unit | Steuergerät des Elektromotors {0} | Drive motor {0} control module
hybrid_unit | Steuergerät des Hybridantriebs | Hybrid powertrain control module
starter_generator_unit | Steuergerät des Startergenerators | Starter/generator control module
battery_unit | Batteriesteuergerät | Battery energy control module
generator_torque | Drehmomentgeber des Generators | Generator torque sensor
battery_off | Abschaltleitung der Hochvoltbatterie | Hybrid battery power off
motor_temperature | Temperaturgeber des Elektromotors {0} | Drive motor {0} temperature sensor
motor_heat | Elektromotor {0} | Drive motor {0}
generator_temperature | Temperaturgeber des Generators | Generator temperature sensor
generator_heat | Generator (Hochvolt) | Generator (high voltage)
inverter_heat | Umrichter des Elektromotors {0} | Drive motor {0} inverter
generator_inverter | Umrichter des Generators | Generator inverter
motor_position | Lagegeber des Elektromotors {0} | Drive motor {0} position sensor
generator_position | Lagegeber des Generators | Generator position sensor
motor_current | Stromgeber des Elektromotors {0} | Drive motor {0} current sensor
generator_current | Stromgeber des Generators | Generator current sensor
motor_phase | Elektromotor {0}, Phase {1} | Drive motor {0}, phase {1}
generator_phase | Generator, Phase {0} | Generator, phase {0}
battery_mil | Batteriesteuergerät, Meldung | Battery energy control module, request
electronics_heat | Antriebselektronik | Motor electronics
battery_charge | Hochvoltbatterie, Ladezustand | Hybrid battery, state of charge
hybrid_battery | Hochvoltbatterie | Hybrid battery
battery_fan | Lüfter {0} der Hochvoltbatterie | Hybrid battery fan {0}
power_module_current | Stromgeber des 14-Volt-Wandlers | 14 volt power module current sensor
power_module_voltage | 14-Volt-Wandler, Spannung | 14 volt power module, voltage
power_module | 14-Volt-Wandler | 14 volt power module
hybrid_generator | Hybridgenerator | Hybrid generator
inverter_cooling | Kühlung des Umrichters | Inverter cooling
dcdc | Spannungswandler (DC/DC) | DC/DC converter
hv_fuse | Hochvoltsicherung | High-voltage fuse
battery_temperature | Temperaturgeber {0} der Hochvoltbatterie | Hybrid battery temperature sensor {0}
contactor_plus | Hochvoltschütz Plus | Hybrid battery positive contactor
contactor_minus | Hochvoltschütz Minus | Hybrid battery negative contactor
high_voltage | Hochvoltsystem | High-voltage system
isolation_sensor | Isolationsüberwachung des Hochvoltsystems | Isolation sensor of the high-voltage system
battery_air | Geber {0} für Lufttemperatur der Hochvoltbatterie | Hybrid battery air temperature sensor {0}
hybrid_system | Hybridsystem | Hybrid system
battery_voltage_sense | Spannungsmessung der Hochvoltbatterie | Hybrid battery voltage sense
battery_current | Stromgeber der Hochvoltbatterie | Hybrid battery current sensor
hybrid_mil | Steuergerät des Hybridantriebs, Meldung | Hybrid powertrain control module, request
battery_airflow | Luftstrom der Hochvoltbatterie | Hybrid battery air flow
battery_air_valve | Luftklappe {0} der Hochvoltbatterie | Hybrid battery air flow valve {0}
contactor_precharge | Vorladeschütz | Precharge contactor
inverter_temperature | Temperaturgeber {0} des Umrichters | Inverter temperature sensor {0}
power_module_heat | 14-Volt-Wandler, innen | 14 volt power module, inside
battery_system_voltage | Hochvoltsystem, Spannung | High-voltage system, voltage
aux_pump_phase | Motor der Getriebe-Zusatzölpumpe, Phase {0} | Auxiliary transmission pump motor, phase {0}
aux_pump_supply | Motor der Getriebe-Zusatzölpumpe | Auxiliary transmission pump motor
aux_pump_hydraulic | Getriebe-Zusatzölpumpe, Hydraulik | Auxiliary transmission pump, hydraulics
aux_pump_unit | Steuergerät der Getriebe-Zusatzölpumpe | Auxiliary transmission pump control module
"""

RUNS = """
P0A00 electronics_coolant SENSOR
P0A05 electronics_pump OUTPUT
P0A08 dcdc_status circuit low
P0A0A interlock circuit performance low high sporadic
P0A0F engine_start no_start
P0A10 dcdc_status high
P0A11 dcdc_enable circuit_open low high
P0A14 engine_mount:A OUTPUT
P0A17 motor_torque circuit range low
P0A1A generator_unit module
P0A1B motor_unit:A module
P0A1C motor_unit:B module
P0A1D hybrid_unit module
P0A1E starter_generator_unit module
P0A1F battery_unit module
P0A20 motor_torque high sporadic
P0A22 generator_torque SENSOR
P0A27 battery_off circuit low high
P0A2A motor_temperature:A SENSOR
P0A2F motor_heat:A too_hot
P0A30 motor_temperature:B SENSOR
P0A35 motor_heat:B too_hot
P0A36 generator_temperature SENSOR
P0A3B generator_heat too_hot
P0A3C inverter_heat:A too_hot
P0A3D inverter_heat:B too_hot
P0A3E generator_inverter too_hot
P0A3F motor_position:A circuit range low high sporadic overspeed
P0A45 motor_position:B circuit range low high sporadic overspeed
P0A4B generator_position circuit range low high sporadic overspeed
P0A51 motor_current:A SENSOR4
P0A55 motor_current:B SENSOR4
P0A59 generator_current SENSOR4
P0A5D motor_phase:A,U PHASE
P0A60 motor_phase:A,V PHASE
P0A63 motor_phase:A,W PHASE
P0A66 motor_phase:B,U PHASE
P0A69 motor_phase:B,V PHASE
P0A6C motor_phase:B,W PHASE
P0A6F generator_phase:U PHASE
P0A72 generator_phase:V PHASE
P0A75 generator_phase:W PHASE
P0A78 inverter_heat:A performance
P0A79 inverter_heat:B performance
P0A7A generator_inverter performance
P0A7B battery_mil mil_request
P0A7C electronics_heat too_hot
P0A7D battery_charge too_low
P0A7E hybrid_battery too_hot worn replace
P0A81 battery_fan:1 drive_open stuck_off stuck_on drive_low drive_high
P0A86 power_module_current SENSOR
P0A8B power_module_voltage fault unstable too_low too_high
P0A8F power_module performance
P0A90 motor_heat:A performance
P0A91 motor_heat:B performance
P0A92 hybrid_generator performance
P0A93 inverter_cooling performance
P0A94 dcdc performance
P0A95 hv_fuse fault
P0A96 battery_fan:2 drive stuck_off stuck_on drive_low drive_high
P0A9B battery_temperature:A SENSOR
P0AA0 contactor_plus circuit stuck_closed stuck_open
P0AA3 contactor_minus circuit stuck_closed stuck_open
P0AA6 high_voltage isolation
P0AA7 isolation_sensor SENSOR
P0AAC battery_air:A SENSOR
P0AB1 battery_air:B SENSOR
P0AB6 engine_mount:B OUTPUT
P0AB9 hybrid_system performance
P0ABA battery_voltage_sense SENSOR
P0ABF battery_current SENSOR
P0AC4 hybrid_mil mil_request
P0AC5 battery_temperature:B SENSOR
P0ACA battery_temperature:C SENSOR
P0ACF battery_fan:3 drive stuck_off stuck_on drive_low drive_high
P0AD4 battery_airflow insufficient
P0AD5 battery_air_valve:A OUTPUT4
P0AD9 contactor_plus OUTPUT4
P0ADD contactor_minus OUTPUT4
P0AE1 contactor_precharge circuit stuck_closed stuck_open drive drive_range drive_low drive_high
P0AE8 battery_temperature:D SENSOR
P0AED inverter_temperature:A SENSOR
P0AF2 inverter_temperature:B SENSOR
P0AF7 power_module_heat too_hot
P0AF8 battery_system_voltage fault unstable too_low too_high
P0B00 aux_pump_phase:U PHASE
P0B03 aux_pump_phase:V PHASE
P0B06 aux_pump_phase:W PHASE
P0B09 aux_pump_supply supply_open supply_low supply_high
P0B0C aux_pump_hydraulic leak
P0B0D aux_pump_unit module
P0B0E RESERVED 2
"""
