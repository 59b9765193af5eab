# ruff: noqa: E501  # a table: one row a line
"""B0: restraint systems, heating and air conditioning, lights and gauges, body electronics."""

WORDS = """
front_airbag | Frontairbag {0}, Stufe {2} | Front airbag {1}, stage {2}
knee_airbag | Knieairbag {0} | Knee airbag {1}
steering_column | Auslösung der nachgiebigen Lenksäule | Collapsible steering column
side_airbag | Seitenairbag {0} | Side airbag {1}
curtain_airbag | Kopfairbag {0}, Zünder {2} | Curtain airbag {1}, igniter {2}
belt_sensor | Gurtschlossschalter {0} | Seat belt sensor {1}
belt_tension | Gurtkraftsensor {0} | Seat belt tension sensor {1}
belt_tensioner | Gurtstraffer {0} | Seat belt pretensioner {1}
belt_tensioner_b | Gurtstraffer B {0} | Seat belt pretensioner B {1}
belt_limiter | Gurtkraftbegrenzer {0} | Seat belt load limiter {1}
crash_sensor | Crashsensor {0} | Crash sensor {1}
rollover_sensor | Überschlagsensor | Roll-over sensor
occupant_system | Sitzbelegungserkennung | Occupant classification system
occupant_position_system | Erkennung der Sitzposition | Occupant position system
occupant_sensor | Sitzbelegungssensor {2} {0} | Occupant classification sensor {2} {1}
seat_track | Sitzschienensensor {0} | Seat track position sensor {1}
seat_recline | Lehnenneigungssensor {0} | Seat recline position sensor {1}
occupant_position | Sitzpositionssensor {2} {0} | Occupant position sensor {2} {1}
belt_lamp | Gurtwarnleuchte {0} | Seat belt lamp {1}
restraint_lamp | Airbagleuchte {0} | Restraint system lamp {0}
restraint_buzzer | Akustische Airbagwarnung | Audible restraint warning
passenger_off_lamp | Leuchte Beifahrerairbag aus | Passenger airbag off lamp
passenger_off_switch | Schalter Beifahrerairbag aus | Passenger airbag switch
airbag_circuit | Frontairbag {0}, Zündkreis | Front airbag {1}
side_airbag_circuit | Seitenairbag {0}, Zündkreis | Side airbag {1}
belt_monitor | Gurtschlossschalter {0}, Überwachung | Seat belt {0} switch monitor
belt_retractor | Gurtaufroller {0} | Seat belt {0} retractor
blower_power | Gebläse {0}, Spannungsversorgung | Blower {0} power
blower_speed | Gebläse {0}, Drehzahlsignal | Blower {0} speed
blower_ground | Gebläse {0}, Masse | Blower {0} ground
body_fan | Kühlerlüfter {0} | Cooling fan {0}
ac_clutch | Magnetkupplung des Klimakompressors | A/C clutch
ac_pressure | Geber {0} für Kältemitteldruck | A/C pressure sensor {0}
ac_pressure_reference | Referenzspannung des Kältemitteldruckgebers | A/C pressure reference
outside_temperature | Geber für Außentemperatur | Outside temperature sensor
inside_temperature | Geber {0} für Innenraumtemperatur | Inside temperature sensor {0}
sun_sensor | Sonnenstandsensor {0} | Solar sensor {0}
ac_hot_side | Temperaturgeber der Hochdruckseite | A/C high side temperature sensor
evaporator_inlet | Temperaturgeber am Verdampfereingang | Evaporator inlet temperature sensor
ac_refrigerant | Kältemittel | Refrigerant
flap_defrost | Stellmotor der Defrostklappe | Defrost flap actuator
flap_heater | Stellmotor der Heizungsklappe | Heater flap actuator
flap_blend | Stellmotor der Temperaturklappe | Blend flap actuator
flap_vent | Stellmotor der Lüftungsklappe | Vent flap actuator
flap_ac | Stellmotor der Klimaklappe | A/C flap actuator
flap_recirculation | Stellmotor der Umluftklappe | Recirculation flap actuator
rear_defrost | Heckscheibenheizung | Rear window heater
body_ac_request | Anforderung der Klimaanlage | A/C request
control_head | Rückmeldung der Bedieneinheit {0} | Control head {0} feedback
turn_right | Blinker rechts | Right turn signal
turn_left | Blinker links | Left turn signal
headlamp_lamp | Kontrollleuchte des Fahrlichts | Headlamp indicator
speedometer | Tachometer | Speedometer
tachometer | Drehzahlmesser | Tachometer
temperature_gauge | Temperaturanzeige | Temperature gauge
fuel_gauge | Tankanzeige | Fuel gauge
boost_gauge | Ladedruckanzeige | Boost gauge
belt_reminder | Gurtwarnleuchte | Fasten seat belt indicator
door_lamp | Anzeige Tür offen {0} | Door ajar indicator {0}
brake_indicator | Bremskontrollleuchte | Brake indicator
airbag_lamp | Airbagleuchte {0} | Airbag lamp {0}
security_information | Anzeige der Diebstahlsicherung | Security information
body_unit | Karosseriesteuergerät | Body control unit
device_power | Spannungsversorgung {0} des Steuergeräts | Device power {0}
device_ground | Masse {0} des Steuergeräts | Device ground {0}
ignition_line | Zündungsleitung {0} | Ignition {0}
device_reference | 5-Volt-Referenz des Steuergeräts | Device 5 volt reference
battery_clean | Batterieleitung, entstört | Battery line, clean
battery_dirty | Batterieleitung, nicht entstört | Battery line, unfiltered
body_voltage | Bordspannung | System voltage
"""

_DRIVER, _PASSENGER = "Fahrer,driver", "Beifahrer,passenger"
_SECOND_LEFT, _SECOND_RIGHT = (
    "zweite_Reihe_links,second_row_left",
    "zweite_Reihe_rechts,second_row_right",
)
_THIRD_LEFT, _THIRD_RIGHT = (
    "dritte_Reihe_links,third_row_left",
    "dritte_Reihe_rechts,third_row_right",
)
_SEATS = (
    *(_DRIVER, "Mitte_vorn,first_row_centre", _PASSENGER),
    *(_SECOND_LEFT, "zweite_Reihe_Mitte,second_row_centre", _SECOND_RIGHT),
    *(_THIRD_LEFT, "dritte_Reihe_Mitte,third_row_centre", _THIRD_RIGHT),
)


def _each(component: str) -> str:
    return " ".join(f"{component}:{seat}" for seat in _SEATS)


def _stages(seat: str) -> str:
    return " ".join(f"front_airbag:{seat},{stage}" for stage in (1, 2, 3))


def _letters(component: str, seat: str) -> str:
    return " ".join(f"{component}:{seat},{letter}" for letter in "ABCDE")


RUNS = f"""
B0001 * drive {_stages(_DRIVER)} knee_airbag:{_DRIVER} steering_column
B0010 * drive {_stages(_PASSENGER)} knee_airbag:{_PASSENGER}
B0020 * drive side_airbag:links,left curtain_airbag:links,left,1 curtain_airbag:links,left,2
B0028 * drive side_airbag:rechts,right curtain_airbag:rechts,right,1
B002A * drive curtain_airbag:rechts,right,2
B0030 * drive side_airbag:{_SECOND_LEFT} {_stages(_SECOND_LEFT)}
B0038 * drive side_airbag:{_SECOND_RIGHT} front_airbag:{_SECOND_RIGHT},1
B003A * drive front_airbag:{_SECOND_RIGHT},2 front_airbag:{_SECOND_RIGHT},3
B0040 * drive side_airbag:{_THIRD_LEFT} {_stages(_THIRD_LEFT)}
B0048 * drive side_airbag:{_THIRD_RIGHT} front_airbag:{_THIRD_RIGHT},1
B004A * drive front_airbag:{_THIRD_RIGHT},2 front_airbag:{_THIRD_RIGHT},3
B0050 * fault {_each("belt_sensor")}
B0060 * fault belt_tension:{_DRIVER} belt_tension:{_PASSENGER}
B0070 * drive {_each("belt_tensioner")} belt_tensioner_b:{_DRIVER}
B007A * drive belt_tensioner_b:{_PASSENGER}
B0080 * drive {_each("belt_limiter")}
B0090 * fault crash_sensor:vorn_links,front_left crash_sensor:links_1,left_1 crash_sensor:links_2,left_2
B0093 * fault crash_sensor:links_3,left_3 crash_sensor:vorn_Mitte,front_centre
B0095 * fault crash_sensor:vorn_rechts,front_right crash_sensor:rechts_1,right_1
B0097 * fault crash_sensor:rechts_2,right_2 crash_sensor:rechts_3,right_3 rollover_sensor
B00A0 * fault occupant_system occupant_position_system
B00B0 * fault {_letters("occupant_sensor", _DRIVER)} seat_track:{_DRIVER} seat_recline:{_DRIVER}
B00B7 occupant_position:{_DRIVER},A fault
B00B8 occupant_position:{_DRIVER},B fault
B00B9 occupant_position:{_DRIVER},C fault
B00BA occupant_position:{_DRIVER},D fault
B00BB occupant_position:{_DRIVER},E fault
B00C0 * fault {_letters("occupant_sensor", _PASSENGER)} seat_track:{_PASSENGER} seat_recline:{_PASSENGER}
B00C7 occupant_position:{_PASSENGER},A fault
B00C8 occupant_position:{_PASSENGER},B fault
B00C9 occupant_position:{_PASSENGER},C fault
B00CA occupant_position:{_PASSENGER},D fault
B00CB occupant_position:{_PASSENGER},E fault
B00D0 * fault belt_lamp:{_DRIVER} belt_lamp:{_PASSENGER} restraint_lamp:1 restraint_lamp:2
B00D4 * fault restraint_buzzer passenger_off_lamp
B00DF passenger_off_switch fault
B0100 airbag_circuit:{_DRIVER} SENSOR4
B0105 airbag_circuit:{_PASSENGER} SENSOR4
B0110 side_airbag_circuit:Fahrer,driver SENSOR4
B0115 side_airbag_circuit:Beifahrer,passenger SENSOR4
B0120 belt_monitor:1 SENSOR4
B0125 belt_monitor:2 SENSOR4
B0130 belt_retractor:1 SENSOR4
B0135 belt_retractor:2 SENSOR4
B0200 blower_power:1 low
B0300 body_fan:1 SENSOR4
B0305 body_fan:2 SENSOR4
B0310 ac_clutch SENSOR4
B0315 ac_pressure:1 SENSOR4
B0320 ac_pressure:2 SENSOR4
B0325 ac_pressure_reference SENSOR4
B0330 outside_temperature SENSOR4
B0335 inside_temperature:1 SENSOR4
B0340 inside_temperature:2 SENSOR4
B0345 sun_sensor:1 SENSOR4
B0350 sun_sensor:2 SENSOR4
B0355 blower_speed:1 SENSOR4
B0360 blower_power:1 SENSOR4
B0365 blower_ground:1 SENSOR4
B0370 ac_hot_side SENSOR4
B0375 evaporator_inlet SENSOR4
B0380 ac_refrigerant underpressure overpressure
B0400 flap_defrost SENSOR4
B0405 flap_heater SENSOR4
B0410 flap_blend SENSOR4
B0415 flap_vent SENSOR4
B0420 flap_ac SENSOR4
B0425 flap_recirculation SENSOR4
B0430 rear_defrost SENSOR4
B0435 body_ac_request SENSOR4
B0440 control_head:1 SENSOR4
B0445 control_head:2 SENSOR4
B0500 turn_right SENSOR4
B0505 turn_left SENSOR4
B0510 headlamp_lamp SENSOR4
B0515 speedometer SENSOR4
B0520 tachometer SENSOR4
B0525 temperature_gauge SENSOR4
B0530 fuel_gauge SENSOR4
B0535 boost_gauge SENSOR4
B0540 belt_reminder SENSOR4
B0545 door_lamp:1 SENSOR4
B0550 door_lamp:2 SENSOR4
B0555 brake_indicator SENSOR4
B0560 airbag_lamp:1 SENSOR4
B0565 security_information SENSOR4
B0600 body_unit options reset watchdog write calibration checksum ram internal initialization
B0800 device_power:1 SENSOR4
B0805 device_power:2 SENSOR4
B0810 device_power:3 SENSOR4
B0815 device_ground:1 SENSOR4
B0820 device_ground:2 SENSOR4
B0825 device_ground:3 SENSOR4
B0830 ignition_line:0 SENSOR4
B0835 ignition_line:1 SENSOR4
B0840 ignition_line:3 SENSOR4
B0845 device_reference SENSOR4
B0850 battery_clean SENSOR4
B0855 battery_dirty SENSOR4
B0859 body_voltage too_low too_high
"""
