# ruff: noqa: E501  # a table: one row a line
"""C0: brakes, traction and stability control, steering, suspension."""

WORDS = """
tcs_valve | ASR-Ventil {1}, Kanal {0} | Traction control valve {1}, channel {0}
inlet_valve | ABS-Einlassventil {0} | ABS inlet valve {1}
outlet_valve | ABS-Auslassventil {0} | ABS outlet valve {1}
wheel_release | Bremsdruck {0} | Brake pressure {1}
abs_pump | ABS-Pumpenmotor | ABS pump motor
brake_booster | Bremskraftverstärker | Brake booster
brake_booster_solenoid | Magnetventil des Bremskraftverstärkers | Brake booster solenoid
stop_lamp | Bremslicht | Stop lamp
tone_wheel | Geberring des Raddrehzahlsensors {0} | Tone wheel {1}
wheel_speed | Raddrehzahlsensor {0} | Wheel speed sensor {1}
wheel_speed_supply | Versorgung des Raddrehzahlsensors {0} | Wheel speed sensor supply {1}
brake_pedal_switch | Bremspedalschalter {0} | Brake pedal switch {0}
brake_pedal_sensor | Bremspedalgeber, Stromkreis {0} | Brake pedal position sensor, circuit {0}
brake_pressure_sensor | Bremsdruckgeber {0} | Brake pressure sensor {0}
brake_pressure_pair | Bremsdruckgeber A und B | Brake pressure sensors A and B
booster_pressure | Druckgeber des Bremskraftverstärkers | Brake booster pressure sensor
booster_travel | Wegsensor des Bremskraftverstärkers | Brake booster travel sensor
brake_fluid | Bremsflüssigkeit | Brake fluid
brake_wear | Geber für Bremsbelagverschleiß | Brake lining wear sensor
steering_angle | Lenkwinkelgeber | Steering wheel position sensor
steering_angle_signal | Lenkwinkelgeber, Signal {0} | Steering wheel position sensor, signal {0}
lateral_sensor | Querbeschleunigungssensor | Lateral acceleration sensor
longitudinal_sensor | Längsbeschleunigungssensor | Longitudinal acceleration sensor
yaw_sensor | Gierratensensor | Yaw rate sensor
roll_sensor | Wankratensensor | Roll rate sensor
yaw_longitudinal | Gierraten- und Längsbeschleunigungssensor | Yaw rate and longitudinal sensors
multi_axis | Mehrachsiger Beschleunigungssensor | Multi-axis acceleration sensor
stability_time | ESP-Eingriff | Stability control
stability_system | ESP | Stability system
drive_status | Eingang 2-/4-Radantrieb | 2/4 wheel drive status input
brake_heat | Bremse | Brake
delivered_torque | Abgegebenes Antriebsmoment | Delivered driving torque
requested_torque | Angefordertes Antriebsmoment | Requested driving torque
pedal_travel_output | Bremspedalweg, Ausgang zum Motorsteuergerät | Brake pedal travel, output to engine control unit
traction_pwm | PWM-Signal der Traktionskontrolle | Traction control PWM signal
tyre_pressure | Reifendruck | Tyre pressure
tyre_diameter | Reifendurchmesser | Tyre diameter
variable_steering | Geschwindigkeitsabhängige Lenkunterstützung | Variable effort steering
abs_lamp | ABS-Kontrollleuchte | ABS lamp
brake_lamp | Bremskontrollleuchte | Brake system lamp
tyre_lamp | Kontrollleuchte Reifendruck | Tyre pressure lamp
traction_lamp | Kontrollleuchte ASR aktiv | Traction active lamp
traction_off_lamp | Kontrollleuchte ASR aus | Traction disable lamp
stability_lamp | ESP-Kontrollleuchte | Vehicle dynamics lamp
traction_switch | ASR-Taste | Traction disable switch
traction_mode | ASR-Betriebsart | Traction control mode
wheel_speed_any | Raddrehzahlsensor | Wheel speed sensor
abs_solenoid | ABS-Magnetventil {2} {0} | ABS solenoid {2} {1}
tcs_solenoid | ASR-Magnetventil {2} {0} | Traction control solenoid {2} {1}
abs_pump_relay | Relais der ABS-Pumpe | ABS pump relay
valve_relay | Ventilrelais der ABS-Einheit | ABS valve relay
abs_brake_switch | Bremslichtschalter für ABS/ASR | ABS/TCS brake switch
brake_fluid_low | Warnschalter Bremsflüssigkeitsstand | Brake fluid level switch
throttle_reduction | Motormomentreduzierung | Throttle reduction
system_pressure | Systemdruck der Bremshydraulik | Brake system pressure
steering_solenoid | Magnetventil der Lenkung | Steering solenoid
steering_sensor | Lenkwinkelgeber | Steering position sensor
steering_rate | Geber für Lenkgeschwindigkeit | Steering rate sensor
damper_solenoid | Magnetventil der Federung {0} | Suspension solenoid {1}
body_accelerometer | Beschleunigungssensor der Federung {0} | Suspension accelerometer {1}
level_sensor | Höhengeber {0} | Ride height sensor {1}
"""

_FRONT_LEFT, _FRONT_RIGHT = "vorn_links,front_left", "vorn_rechts,front_right"
_REAR_LEFT, _REAR_RIGHT = "hinten_links,rear_left", "hinten_rechts,rear_right"
_REAR = "Hinterachse,rear_axle"

RUNS = f"""
C0001 tcs_valve:A,1 fault
C0002 tcs_valve:A,2 fault
C0003 tcs_valve:B,1 fault
C0004 tcs_valve:B,2 fault
C0010 inlet_valve:{_FRONT_LEFT} drive
C0011 outlet_valve:{_FRONT_LEFT} drive
C0012 wheel_release:{_FRONT_LEFT} release_long
C0014 inlet_valve:{_FRONT_RIGHT} drive
C0015 outlet_valve:{_FRONT_RIGHT} drive
C0016 wheel_release:{_FRONT_RIGHT} release_long
C0018 inlet_valve:{_REAR_LEFT} drive
C0019 outlet_valve:{_REAR_LEFT} drive
C001A wheel_release:{_REAR_LEFT} release_long
C001C inlet_valve:{_REAR_RIGHT} drive
C001D outlet_valve:{_REAR_RIGHT} drive
C001E wheel_release:{_REAR_RIGHT} release_long
C0020 abs_pump drive
C0021 brake_booster performance
C0022 brake_booster_solenoid fault
C0023 stop_lamp drive
C0030 tone_wheel:{_FRONT_LEFT} fault
C0031 wheel_speed:{_FRONT_LEFT} fault
C0032 wheel_speed_supply:{_FRONT_LEFT} fault
C0033 tone_wheel:{_FRONT_RIGHT} fault
C0034 wheel_speed:{_FRONT_RIGHT} fault
C0035 wheel_speed_supply:{_FRONT_RIGHT} fault
C0036 tone_wheel:{_REAR_LEFT} fault
C0037 wheel_speed:{_REAR_LEFT} fault
C0038 wheel_speed_supply:{_REAR_LEFT} fault
C0039 tone_wheel:{_REAR_RIGHT} fault
C003A wheel_speed:{_REAR_RIGHT} fault
C003B wheel_speed_supply:{_REAR_RIGHT} fault
C003C tone_wheel:{_REAR} fault
C003D wheel_speed:{_REAR} fault
C003E wheel_speed_supply:{_REAR} fault
C0040 brake_pedal_switch:A fault
C0041 brake_pedal_switch:B fault
C0042 brake_pedal_sensor:A fault
C0043 brake_pedal_sensor:B fault
C0044 brake_pressure_sensor:A fault
C0045 brake_pressure_sensor:B fault
C0046 brake_pressure_pair correlation
C0047 booster_pressure fault
C0048 booster_travel fault
C0049 brake_fluid fault
C004A brake_wear fault
C0051 steering_angle fault
C0052 steering_angle_signal:A fault
C0053 steering_angle_signal:B fault
C0054 steering_angle_signal:C fault
C0055 steering_angle_signal:D fault
C0061 lateral_sensor fault
C0062 longitudinal_sensor fault
C0063 yaw_sensor fault
C0064 roll_sensor fault
C0069 yaw_longitudinal fault
C006A multi_axis fault
C006B stability_time active_long
C006C stability_system fault
C0071 drive_status fault
C0072 brake_heat too_hot
C0073 delivered_torque signal
C0074 requested_torque signal
C0075 pedal_travel_output signal
C0076 traction_pwm signal
C0077 tyre_pressure too_low
C0078 tyre_diameter range
C0079 variable_steering fault
C0081 abs_lamp fault
C0082 brake_lamp fault
C0083 tyre_lamp fault
C0084 traction_lamp fault
C0085 traction_off_lamp fault
C0086 stability_lamp fault
C0089 traction_switch fault
C008A traction_mode fault
C0200 wheel_speed:{_FRONT_RIGHT} SENSOR4
C0205 wheel_speed:{_FRONT_LEFT} SENSOR4
C0210 wheel_speed:{_REAR_RIGHT} SENSOR4
C0215 wheel_speed:{_REAR_LEFT} SENSOR4
C0220 wheel_speed:{_REAR} SENSOR4
C0225 wheel_speed_any frequency_error
C0226 abs_solenoid:{_FRONT_RIGHT},1 SENSOR4
C0231 abs_solenoid:{_FRONT_RIGHT},2 SENSOR4
C0236 abs_solenoid:{_FRONT_LEFT},1 SENSOR4
C0241 abs_solenoid:{_FRONT_LEFT},2 SENSOR4
C0246 abs_solenoid:{_REAR_RIGHT},1 SENSOR4
C0251 abs_solenoid:{_REAR_RIGHT},2 SENSOR4
C0256 abs_solenoid:{_REAR_LEFT},1 SENSOR4
C0261 abs_solenoid:{_REAR_LEFT},2 SENSOR4
C0266 abs_pump SENSOR4
C0271 abs_pump_relay SENSOR4
C0276 valve_relay SENSOR4
C0300 tcs_solenoid:{_FRONT_RIGHT},1 SENSOR4
C0305 tcs_solenoid:{_FRONT_RIGHT},2 SENSOR4
C0310 tcs_solenoid:{_FRONT_LEFT},1 SENSOR4
C0315 tcs_solenoid:{_FRONT_LEFT},2 SENSOR4
C0320 tcs_solenoid:{_REAR_RIGHT},1 SENSOR4
C0325 tcs_solenoid:{_REAR_RIGHT},2 SENSOR4
C0330 tcs_solenoid:{_REAR_LEFT},1 SENSOR4
C0335 tcs_solenoid:{_REAR_LEFT},2 SENSOR4
C0340 abs_brake_switch SENSOR4
C0345 brake_fluid_low SENSOR4
C0350 tcs_solenoid:{_REAR},1 SENSOR4
C0355 throttle_reduction SENSOR4
C0360 system_pressure SENSOR4
C0365 lateral_sensor SENSOR4
C0370 yaw_sensor SENSOR4
C0500 steering_solenoid SENSOR4
C0505 steering_sensor SENSOR4
C0510 steering_rate SENSOR4
C0700 damper_solenoid:{_FRONT_LEFT} SENSOR4
C0705 damper_solenoid:{_FRONT_RIGHT} SENSOR4
C0710 damper_solenoid:{_REAR_LEFT} SENSOR4
C0715 damper_solenoid:{_REAR_RIGHT} SENSOR4
C0720 body_accelerometer:{_FRONT_LEFT} SENSOR4
C0725 body_accelerometer:{_FRONT_RIGHT} SENSOR4
C0730 body_accelerometer:{_REAR_LEFT} SENSOR4
C0735 body_accelerometer:{_REAR_RIGHT} SENSOR4
C0740 level_sensor:{_FRONT_LEFT} SENSOR4
C0745 level_sensor:{_FRONT_RIGHT} SENSOR4
C0750 level_sensor:{_REAR_LEFT} SENSOR4
C0755 level_sensor:{_REAR_RIGHT} SENSOR4
"""
