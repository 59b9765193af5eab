# ruff: noqa: E501  # a table: one row a line
"""P05 and P06: speed, idle, oil, air conditioning, cruise control, supply, control units."""

WORDS = """
vehicle_speed_sensor | Geschwindigkeitsgeber {0} | Vehicle speed sensor {0}
brake_switch_pair | Bremslichtschalter A zu B | Brake switches A and B
idle_control | Leerlaufregelung | Idle control
idle_speed | Leerlaufdrehzahl | Idle speed
idle_actuator | Leerlaufsteller | Idle actuator
cold_idle | Leerlaufregelung beim Kaltstart | Cold start idle control
cold_ignition | Zündzeitpunkt beim Kaltstart | Cold start ignition timing
cold_coolant | Kühlmitteltemperatur beim Kaltstart | Cold start coolant temperature
cold_rough | Leerlauf beim Kaltstart | Cold start idle
cold_exhaust | Abgas beim Kaltstart | Cold start exhaust
booster_vacuum | Unterdruck des Bremskraftverstärkers | Brake booster vacuum
throttle_closed_switch | Leerlaufschalter der Drosselklappe | Closed throttle switch
starter_request | Startanforderung | Starter request
immobiliser_key | Schlüssel der Wegfahrsperre | Immobiliser key
battery_temperature_sensor | Geber für Batterietemperatur | Battery temperature sensor
oil_pressure_sensor | Öldruckgeber/Öldruckschalter | Oil pressure sensor/switch
oil_pressure | Motoröldruck | Engine oil pressure
cruise_servo | Stellmotor des Tempomaten | Cruise control servo
fan_speed_sensor | Drehzahlgeber des Kühlerlüfters | Fan speed sensor
refrigerant_sensor | Geber {0} für Kältemitteldruck | Refrigerant pressure sensor {0}
refrigerant | Kältemittel | Refrigerant
evaporator_temperature | Geber für Verdampfertemperatur | Evaporator temperature sensor
pcv_heater | Heizung der Kurbelgehäuseentlüftung | Crankcase ventilation heater
intake_heater | Ansaugluftvorwärmung {0} | Intake air heater {0}
exhaust_temperature_sensor | Geber {1} für Abgastemperatur, Bank {0} | Exhaust temperature sensor {1}, bank {0}
steering_pressure_sensor | Geber für Servolenkungsdruck | Power steering pressure sensor
booster_pressure_sensor | Druckgeber des Bremskraftverstärkers | Brake booster pressure sensor
supply_voltage | Bordspannung | System voltage
cruise_input_set | Tempomat, Bedienschalter {0} | Cruise control switch {0}
cruise_input_pair | Tempomat, Bedienschalter A zu B | Cruise control switches A and B
cruise_on | Tempomat, Signal Ein | Cruise control on signal
cruise_off | Tempomat, Signal Aus | Cruise control off signal
cruise_resume | Tempomat, Signal Wiederaufnahme | Cruise control resume signal
cruise_set | Tempomat, Signal Setzen | Cruise control set signal
cruise_coast | Tempomat, Signal Verzögern | Cruise control coast signal
cruise_more | Abstandsregelung, Signal Abstand größer | Cruise control increase distance signal
cruise_less | Abstandsregelung, Signal Abstand kleiner | Cruise control decrease distance signal
cruise_accelerate | Tempomat, Signal Beschleunigen | Cruise control accelerate signal
brake_switch | Bremslichtschalter {0} | Brake switch {0}
cruise_speed | Tempomat, Geschwindigkeit | Cruise control, vehicle speed
cruise_input | Tempomat, Eingangssignal | Cruise control input
cruise_vacuum | Tempomat, Unterdruckventil | Cruise control vacuum valve
cruise_vent | Tempomat, Belüftungsventil | Cruise control vent valve
thermostat_heater | Heizung des Thermostats | Thermostat heater
serial_link | Serielle Datenverbindung | Serial data link
control_unit | Motorsteuergerät | Engine control unit
unit_speed_output | Geschwindigkeitsausgang {0} des Steuergeräts | Control unit speed output {0}
unit_part | Motorsteuergerät, {0} | Engine control unit, {1}
injector_unit | Steuergerät der Einspritzventile | Injector control module
injector_unit_relay | Relais des Steuergeräts der Einspritzventile | Injector control module relay
gearbox_unit | Getriebesteuergerät | Transmission control module
engine_and_gearbox_unit | Motor- und Getriebesteuergerät | Engine and transmission control modules
starter_relay | Anlasserrelais | Starter relay
gas_unit | Steuergerät für Gas/Alternativkraftstoff | Alternative fuel control module
alternator | Generator | Alternator
alternator_lamp | Ladekontrolle/Klemme L des Generators | Alternator lamp/terminal L
alternator_field | Erregung/Klemme F des Generators | Alternator field/terminal F
alternator_sense | Spannungsmessleitung des Generators | Alternator voltage sense
charge_lamp | Ladekontrollleuchte | Alternator lamp
fuel_cap_lamp | Warnleuchte Tankdeckel | Fuel cap lamp
fuel_pump_control | Kraftstoffpumpe {0} | Fuel pump {0}
injector_driver | Endstufe der Einspritzventile, Bank {0} | Injector driver, bank {0}
vin_in_unit | Fahrgestellnummer im {0} | VIN in the {1}
odometer_in_unit | Kilometerstand im Motorsteuergerät | Odometer in the engine control unit
key_in_unit | Schlüssel der Wegfahrsperre im Motorsteuergerät | Immobiliser key in the engine control unit
unit_temperature | Steuergerät innen | Control unit inside
steering_control | Servolenkung | Power steering
throttle_actuator | Drosselklappensteller Bank {0} | Throttle actuator bank {0}
auto_throttle | Automatische Erkennung, Drosselklappe | Auto configuration, throttle
auto_coolant | Automatische Erkennung, Kühlmitteltemperatur | Auto configuration, coolant temperature
intake_heater_any | Ansaugluftvorwärmung | Intake air heater
reference_voltage | Geber-Referenzspannung {0} | Sensor reference voltage {0}
driver_display | Datenverbindung zur Fahreranzeige | Driver display serial link
compressor_relay | Relais der Magnetkupplung des Klimakompressors | A/C clutch relay
immobiliser_lamp | Kontrollleuchte der Wegfahrsperre | Immobiliser lamp
cruise_lamp | Kontrollleuchte des Tempomaten | Cruise control lamp
mil_lamp | Motorkontrollleuchte (MIL) | Malfunction indicator lamp (MIL)
speed_output | Drehzahlausgang | Engine speed output
hot_lamp | Warnleuchte Überhitzung | Engine hot lamp
fuel_level_output | Ausgang Tankinhalt | Fuel level output
actuator_supply | Versorgungsspannung {0} der Stellglieder | Actuator supply voltage {0}
intake_tuning_valve | Ventil der Schaltsaugrohrumschaltung, Bank {0} | Intake manifold tuning valve, bank {0}
unit_temperature_sensor | Geber für Temperatur im Steuergerät | Control unit temperature sensor
glow_link | Datenleitung Glühzeitsteuergerät zu Motorsteuergerät | Link between glow plug and engine control unit
main_relay | Hauptrelais | Main relay
main_relay_sense | Hauptrelais, Rückmeldung | Main relay sense
fuel_pump_unit | Steuergerät der Kraftstoffpumpe, Anforderung | Fuel pump control module, request
throttle_lamp | Warnleuchte der elektronischen Drosselklappe | Throttle actuator control lamp
"""

RUNS = """
P0500 vehicle_speed_sensor:A circuit range low sporadic
P0504 brake_switch_pair correlation
P0505 idle_control fault
P0506 idle_speed too_low too_high
P0508 idle_actuator low high
P050A cold_idle performance
P050B cold_ignition performance
P050C cold_coolant performance
P050D cold_rough unstable
P050E cold_exhaust too_cold
P050F booster_vacuum too_low
P0510 throttle_closed_switch circuit
P0511 idle_actuator circuit
P0512 starter_request circuit
P0513 immobiliser_key wrong
P0514 battery_temperature_sensor range circuit low high
P0518 idle_actuator sporadic performance
P0520 oil_pressure_sensor SENSOR4
P0524 oil_pressure too_low
P0525 cruise_servo drive_range
P0526 fan_speed_sensor SPEED
P0530 refrigerant_sensor:A SENSOR4
P0534 refrigerant loss
P0535 evaporator_temperature SENSOR
P053A pcv_heater OUTPUT
P0540 intake_heater:A circuit low high broken
P0544 exhaust_temperature_sensor:1,1 circuit low high
P0547 exhaust_temperature_sensor:2,1 circuit low high
P0550 steering_pressure_sensor SENSOR
P0555 booster_pressure_sensor SENSOR
P0560 supply_voltage fault unstable too_low too_high
P0564 cruise_input_set:A circuit
P0565 cruise_on signal
P0566 cruise_off signal
P0567 cruise_resume signal
P0568 cruise_set signal
P0569 cruise_coast signal
P056A cruise_more signal
P056B cruise_less signal
P0570 cruise_accelerate signal
P0571 brake_switch:A circuit low high
P0574 cruise_speed too_high
P0575 cruise_input circuit low high
P0578 cruise_input_set:A stuck range low high
P0582 cruise_vacuum OUTPUT
P0585 cruise_input_pair correlation
P0586 cruise_vent OUTPUT
P0589 cruise_input_set:B circuit stuck range low high
P0594 cruise_servo OUTPUT
P0597 thermostat_heater OUTPUT
P0600 serial_link fault
P0601 control_unit checksum not_programmed memory_lost ram rom processor performance
P0608 unit_speed_output:A fault
P0609 unit_speed_output:B fault
P060A unit_part:Überwachungsrechner,monitoring_processor performance
P060B unit_part:Analog-Digital-Wandlung,A/D_processing performance
P060C unit_part:Hauptprozessor,main_processor performance
P060D unit_part:Gaspedalstellung,accelerator_position performance
P060E unit_part:Drosselklappenstellung,throttle_position performance
P060F unit_part:Kühlmitteltemperatur,coolant_temperature performance
P0610 control_unit options
P0611 injector_unit performance
P0612 injector_unit_relay drive
P0613 gearbox_unit processor
P0614 engine_and_gearbox_unit incompatible
P0615 starter_relay circuit low high
P0618 gas_unit memory_lost memory
P061A unit_part:Drehmoment,torque performance
P061B unit_part:Drehmomentberechnung,torque_calculation performance
P061C unit_part:Motordrehzahl,engine_speed performance
P061D unit_part:Luftmasse,air_mass performance
P061E unit_part:Bremssignal,brake_signal performance
P061F unit_part:Ansteuerung_der_Drosselklappe,throttle_actuator_control performance
P0620 alternator drive
P0621 alternator_lamp circuit
P0622 alternator_field circuit
P0623 charge_lamp drive
P0624 fuel_cap_lamp drive
P0625 alternator_field low high
P0627 fuel_pump_control:A drive_open drive_low drive_high
P062A fuel_pump_control:A drive_range
P062B unit_part:Ansteuerung_der_Einspritzventile,injector_control performance
P062C unit_part:Geschwindigkeit,vehicle_speed performance
P062D injector_driver:1 performance
P062E injector_driver:2 performance
P062F control_unit eeprom
P0630 vin_in_unit:Motorsteuergerät,engine_control_unit not_programmed
P0631 vin_in_unit:Getriebesteuergerät,transmission_control_module not_programmed
P0632 odometer_in_unit not_programmed
P0633 key_in_unit not_programmed
P0634 unit_temperature too_hot
P0635 steering_control DRIVE
P0638 throttle_actuator:1 drive_range
P0639 throttle_actuator:2 drive_range
P063A alternator_sense SENSOR4
P063E auto_throttle input_missing
P063F auto_coolant input_missing
P0640 intake_heater_any drive
P0641 reference_voltage:A circuit_open low high
P0644 driver_display circuit
P0645 compressor_relay DRIVE
P0648 immobiliser_lamp drive
P0649 cruise_lamp drive
P0650 mil_lamp drive
P0651 reference_voltage:B circuit_open low high
P0654 speed_output circuit
P0655 hot_lamp drive
P0656 fuel_level_output circuit
P0657 actuator_supply:A circuit_open low high
P065A alternator performance drive_range
P0660 intake_tuning_valve:1 OUTPUT
P0663 intake_tuning_valve:2 OUTPUT
P0666 unit_temperature_sensor SENSOR4
P0670 glow_control_unit drive_open
P0683 glow_link circuit range
P0685 main_relay OUTPUT
P0688 main_relay_sense circuit_open low
P068A main_relay off_early off_late
P0690 main_relay_sense high
P0691 fan:1 drive_low drive_high
P0693 fan:2 drive_low drive_high
P0695 fan:3 drive_low drive_high
P0697 reference_voltage:C circuit_open low high
P069E fuel_pump_unit mil_request
P069F throttle_lamp drive
"""
