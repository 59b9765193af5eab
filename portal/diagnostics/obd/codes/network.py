# ruff: noqa: E501  # a table: one row a line
"""U0 and U3: data buses, silent control units, software, invalid data."""

WORDS = """
can_high_speed | CAN-Datenbus (hohe Geschwindigkeit) | High speed CAN bus
can_medium_speed | CAN-Datenbus (mittlere Geschwindigkeit) | Medium speed CAN bus
can_low_speed | CAN-Datenbus (niedrige Geschwindigkeit) | Low speed CAN bus
bus | Fahrzeug-Datenbus {0} | Vehicle communication bus {0}
unit_bus | Datenbus {0} | Control module bus {0}
any_unit | Steuergerät | Control module
received | Steuergerät, empfangene Daten | Control module, received data
engine_unit | Motorsteuergerät {0} | Engine control unit {0}
engine_unit_any | Motorsteuergerät | Engine control unit
transfer_unit | Steuergerät des Verteilergetriebes | Transfer case control module
shift_unit | Schaltsteuergerät | Gear shift control module
shift_unit_b | Schaltsteuergerät B | Gear shift control module B
cruise_unit | Steuergerät des Tempomaten | Cruise control module
injector_unit_bus | Steuergerät der Einspritzventile | Fuel injector control module
glow_unit | Glühzeitsteuergerät | Glow plug control module
throttle_unit_bus | Steuergerät der Drosselklappe | Throttle actuator control module
gas_unit_bus | Steuergerät für Gas/Alternativkraftstoff | Alternative fuel control module
pump_unit | Steuergerät der Kraftstoffpumpe | Fuel pump control module
drive_motor_unit | Steuergerät des Elektromotors {0} | Drive motor control module {0}
battery_energy_unit | Batteriesteuergerät {0} | Battery energy control module {0}
emission_information | Abgasrelevante Daten | Emissions critical control information
four_wheel_unit | Steuergerät der Allradkupplung | Four-wheel drive clutch control module
coolant_unit | Steuergerät der Kühlmitteltemperatur | Coolant temperature control module
pto_unit | Steuergerät des Nebenabtriebs | PTO control module
additive_unit_bus | Steuergerät der Kraftstoffadditiv-Dosierung | Fuel additive control module
fuel_cell_unit | Steuergerät der Brennstoffzelle | Fuel cell control module
starter_generator | Steuergerät des Startergenerators | Starter/generator control module
abs_unit | ABS-Steuergerät | Anti-lock brake control module
dynamics_unit | ESP-Steuergerät | Vehicle dynamics control module
yaw_unit | Gierratensensor | Yaw rate sensor module
lateral_unit | Querbeschleunigungssensor | Lateral acceleration sensor module
multi_axis_unit | Mehrachsiger Beschleunigungssensor | Multi-axis acceleration sensor module
angle_unit | Lenkwinkelgeber | Steering angle sensor module
tyre_unit | Steuergerät der Reifendruckkontrolle | Tyre pressure monitor module
park_brake_unit | Steuergerät der Feststellbremse | Park brake control module
brake_unit | Bremsensteuergerät | Brake system control module
effort_unit | Steuergerät der Lenkunterstützung | Steering effort control module
steering_unit | Steuergerät der Servolenkung | Power steering control module
level_unit | Steuergerät der Niveauregelung | Ride level control module
roll_unit | Steuergerät der Wankstabilisierung | Active roll control module
rear_steering_unit | Steuergerät der Hinterachslenkung | Rear power steering control module
front_differential | Steuergerät des Vorderachsdifferenzials | Front differential control module
rear_differential | Steuergerät des Hinterachsdifferenzials | Rear differential control module
trailer_brake_unit | Steuergerät der Anhängerbremse | Trailer brake control module
terrain_unit | Steuergerät der Geländeprogramme | All terrain control module
suspension_unit | Steuergerät B der Federung | Suspension control module B
body_unit_bus | Bordnetzsteuergerät | Body control module
body_unit_letter | Bordnetzsteuergerät {0} | Body control module {0}
gateway | Gateway {0} | Gateway {0}
restraint_unit | Airbagsteuergerät | Restraints control module
side_restraint_unit | Seitenairbagsteuergerät {0} | Side restraints control module {1}
occupant_unit | Steuergerät der Sitzbelegungserkennung | Occupant sensing control module
cluster | Kombiinstrument | Instrument cluster
information_center | Fahrerinformation {0} | Information centre {0}
head_up | Head-up-Display | Head-up display
parking_unit | Steuergerät {0} der Einparkhilfe | Parking assist control module {0}
alert_unit | Steuergerät der akustischen Warnungen | Audible alert control module
compass | Kompass | Compass module
navigation_display | Navigationsanzeige | Navigation display module
navigation_unit | Navigationssteuergerät | Navigation control module
climate_unit | Klimasteuergerät | HVAC control module
climate_rear_unit | Klimasteuergerät hinten | Rear HVAC control module
heater_unit | Steuergerät der Zusatzheizung | Auxiliary heater control module
immobiliser_unit | Steuergerät der Wegfahrsperre | Immobiliser control module
security_unit | Steuergerät der Diebstahlsicherung | Vehicle security control module
sunroof_unit | Steuergerät des Schiebedachs | Sunroof control module
crash_sensor_bus | Crashsensor {0} | Restraints system sensor {0}
auto_light_unit | Steuergerät der Lichtautomatik | Automatic lighting control module
levelling_unit | Steuergerät der Leuchtweitenregelung | Headlamp levelling control module
light_front_unit | Lichtsteuergerät vorn | Front lighting control module
light_rear_unit | Lichtsteuergerät hinten {0} | Rear lighting control module {0}
radio | Radio | Radio
antenna_unit | Antennensteuergerät | Antenna control module
amplifier | Audioverstärker | Audio amplifier
disc_player | CD-/DVD-Spieler {0} | Disc player/changer {0}
television | Fernsehempfänger | Television
computer | Bordrechner | Personal computer
audio_unit | Audiosteuergerät {0} | Digital audio control module {0}
subscription_receiver | Empfänger für Abodienste | Subscription entertainment receiver
rear_entertainment | Unterhaltungssystem hinten {0} | Rear entertainment control module {0}
telephone_unit | Telefonsteuergerät | Telephone control module
telematics_unit | Telematiksteuergerät | Telematic control module
door_unit | Türsteuergerät {0} | Door control module {0}
folding_top_unit | Verdecksteuergerät | Folding top control module
roof_unit | Steuergerät des beweglichen Dachs | Movable roof control module
seat_unit | Sitzsteuergerät {0} | Seat control module {0}
column_unit | Lenksäulensteuergerät | Steering column control module
mirror_unit | Spiegelsteuergerät | Mirror control module
remote_unit | Funkfernbedienung | Remote function actuation
door_switch | Türschalter {0} | Door switch {0}
window_motor | Fensterhebermotor {0} | Door window motor {0}
wheel_heater_unit | Steuergerät der Lenkradheizung | Heated steering wheel module
rear_gate_unit | Heckklappensteuergerät | Rear gate module
rain_unit | Regensensor | Rain sensing module
side_obstacle_unit | Seitliche Hinderniserkennung {0} | Side obstacle detection {1}
recall_unit | Steuergerät der Komfortspeicher | Convenience recall module
distance_unit | Abstandssensor vorn | Front distance sensor
column_lock | Lenkradverriegelung | Steering column lock module
entrapment_unit | Einklemmschutzsteuergerät {0} | Entrapment control module {0}
headlamp_unit | Scheinwerfersteuergerät {0} | Headlamp control module {0}
running_board_unit | Trittbrettsteuergerät {0} | Running board control module {0}
front_entertainment | Unterhaltungssystem vorn | Front entertainment control module
accessory_unit | Steuergerät für Zubehör | Remote accessory module
impact_unit | Steuergerät der Aufprallerkennung | Impact classification system module
hybrid_unit_bus | Steuergerät des Hybridantriebs | Hybrid powertrain control module
monitor_unit | Überwachungssteuergerät des Antriebs | Powertrain control monitor module
acac_unit | Steuergerät des AC/AC-Wandlers | AC to AC converter control module
acdc_unit | Steuergerät {0} des AC/DC-Wandlers | AC to DC converter control module {0}
dcdc_unit | Steuergerät {0} des DC/DC-Wandlers | DC to DC converter control module {0}
vin | Fahrgestellnummer | Vehicle identification number
battery_voltage | Batteriespannung | Battery voltage
accessory_relay | Relais für Zubehör | Accessory power relay
retained_power | Nachlaufspannung für Zubehör | Retained accessory power
unit_input_power | Spannungsversorgung {0} des Steuergeräts | Control module input power {0}
unit_ground | Masse {0} des Steuergeräts | Control module ground {0}
ignition_switch | Zündschalter | Ignition switch
ignition_input | Eingang Zündung {0} | Ignition input {1}
"""


def _letters(component: str, letters: str) -> str:
    return " ".join(f"{component}:{letter}" for letter in letters)


_LEFT, _RIGHT = "links,left", "rechts,right"
_DRIVE = "transfer_unit shift_unit cruise_unit injector_unit_bus glow_unit throttle_unit_bus gas_unit_bus pump_unit"
_BRAKES = "abs_unit dynamics_unit park_brake_unit brake_unit effort_unit steering_unit level_unit body_unit_bus cluster"
_REST = "climate_unit heater_unit immobiliser_unit security_unit angle_unit column_unit tyre_unit body_unit_letter:A"
_CONVERTERS = f"hybrid_unit_bus monitor_unit acac_unit {_letters('acdc_unit', 'AB')}"

RUNS = f"""
U0001 can_high_speed BUS
U0010 can_medium_speed BUS
U0019 can_low_speed BUS
U0028 bus:A BUS
U0037 bus:B BUS
U0046 bus:C BUS
U0055 bus:D BUS
U0064 bus:E BUS
U0073 * bus_off {_letters("unit_bus", "ABCDE")}
U0078 RESERVED 22
U0100 * no_communication engine_unit:A gearbox_unit {_DRIVE}
U0110 * no_communication drive_motor_unit:A {_letters("battery_energy_unit", "AB")} emission_information four_wheel_unit engine_unit:B
U0116 * no_communication coolant_unit pto_unit additive_unit_bus fuel_cell_unit starter_generator abs_unit dynamics_unit yaw_unit lateral_unit
U0125 * no_communication multi_axis_unit angle_unit tyre_unit park_brake_unit brake_unit effort_unit steering_unit level_unit roll_unit
U0134 * no_communication rear_steering_unit front_differential rear_differential trailer_brake_unit terrain_unit suspension_unit body_unit_bus
U0141 * no_communication {_letters("body_unit_letter", "ABCDE")} {_letters("gateway", "ABCDE")}
U0151 * no_communication restraint_unit side_restraint_unit:{_LEFT} side_restraint_unit:{_RIGHT} occupant_unit cluster
U0156 * no_communication {_letters("information_center", "AB")} head_up parking_unit:A alert_unit compass navigation_display navigation_unit
U0164 * no_communication climate_unit climate_rear_unit heater_unit immobiliser_unit security_unit sunroof_unit
U0170 * no_communication {_letters("crash_sensor_bus", "ABCDEFGHIJ")}
U017A * no_communication {_letters("crash_sensor_bus", "KLMN")}
U0180 * no_communication auto_light_unit levelling_unit light_front_unit light_rear_unit:A radio antenna_unit amplifier
U0187 * no_communication {_letters("disc_player", "ABCD")} television computer {_letters("audio_unit", "AB")} subscription_receiver
U0196 * no_communication rear_entertainment:A telephone_unit telematics_unit {_letters("door_unit", "ABCDEFG")} folding_top_unit roof_unit
U0208 * no_communication {_letters("seat_unit", "ABCD")} column_unit mirror_unit remote_unit
U0215 * no_communication {_letters("door_switch", "ABCDEFG")} {_letters("window_motor", "ABCDEFG")}
U0229 * no_communication wheel_heater_unit rear_gate_unit rain_unit side_obstacle_unit:{_LEFT} side_obstacle_unit:{_RIGHT} recall_unit
U0235 * no_communication distance_unit column_lock {_letters("audio_unit", "CD")} {_letters("entrapment_unit", "AB")}
U0241 * no_communication {_letters("headlamp_unit", "AB")} parking_unit:B running_board_unit:A front_entertainment {_letters("seat_unit", "EF")}
U0248 * no_communication accessory_unit rear_entertainment:B impact_unit running_board_unit:B light_rear_unit:B
U0291 * no_communication shift_unit_b drive_motor_unit:B {_CONVERTERS} {_letters("dcdc_unit", "AB")}
U0300 * software any_unit engine_unit_any gearbox_unit {_DRIVE}
U0311 * software drive_motor_unit:A {_letters("battery_energy_unit", "AB")} four_wheel_unit {_BRAKES} {_REST}
U0400 received invalid_data
U0401 * invalid_data engine_unit:A gearbox_unit {_DRIVE}
U040A * invalid_data disc_player:C
U0411 * invalid_data drive_motor_unit:A {_letters("battery_energy_unit", "AB")} four_wheel_unit {_BRAKES} {_REST}
U0432 * invalid_data multi_axis_unit distance_unit roll_unit rear_steering_unit front_differential rear_differential trailer_brake_unit terrain_unit
U0441 * invalid_data emission_information engine_unit:B {_letters("body_unit_letter", "BCDE")} {_letters("gateway", "ABC")}
U044A * invalid_data gateway:D
U0451 * invalid_data gateway:E restraint_unit side_restraint_unit:{_LEFT} side_restraint_unit:{_RIGHT} occupant_unit coolant_unit
U0457 * invalid_data {_letters("information_center", "AB")} head_up
U045A * invalid_data parking_unit:A
U0461 * invalid_data alert_unit compass navigation_display navigation_unit pto_unit climate_rear_unit additive_unit_bus fuel_cell_unit starter_generator
U046A * invalid_data sunroof_unit
U0471 * invalid_data {_letters("crash_sensor_bus", "ABCDEFGHI")}
U047A * invalid_data {_letters("crash_sensor_bus", "JKLMN")}
U0481 * invalid_data auto_light_unit levelling_unit light_front_unit light_rear_unit:A radio antenna_unit amplifier {_letters("disc_player", "AB")}
U0491 * invalid_data disc_player:D television computer {_letters("audio_unit", "AB")} subscription_receiver rear_entertainment:A telephone_unit telematics_unit
U049A * invalid_data door_unit:A
U0501 * invalid_data {_letters("door_unit", "BCDEFG")} folding_top_unit roof_unit seat_unit:A
U050A * invalid_data seat_unit:B
U0511 * invalid_data {_letters("seat_unit", "CD")} yaw_unit mirror_unit remote_unit {_letters("door_switch", "ABCD")}
U051A * invalid_data door_switch:E
U0521 * invalid_data {_letters("door_switch", "FG")} {_letters("window_motor", "ABCDEFG")}
U052A * invalid_data wheel_heater_unit
U0531 * invalid_data rear_gate_unit rain_unit side_obstacle_unit:{_LEFT} side_obstacle_unit:{_RIGHT} recall_unit lateral_unit column_lock {_letters("audio_unit", "CD")}
U053A * invalid_data entrapment_unit:A
U0541 * invalid_data entrapment_unit:B {_letters("headlamp_unit", "AB")} parking_unit:B running_board_unit:A front_entertainment {_letters("seat_unit", "EF")} accessory_unit
U054A * invalid_data rear_entertainment:B
U0551 * invalid_data impact_unit running_board_unit:B light_rear_unit:B
U0592 * invalid_data shift_unit_b drive_motor_unit:B {_CONVERTERS} dcdc_unit:A
U059A * invalid_data dcdc_unit:B
U3000 any_unit fault shutdown
U3002 * fault vin battery_voltage accessory_relay retained_power {_letters("unit_input_power", "AB")} {_letters("unit_ground", "AB")}
U300A * fault ignition_switch ignition_input:Zubehör/Ein/Start,accessory/on/start ignition_input:Aus/Ein/Start,off/on/start
U300D * fault ignition_input:Ein/Start,on/start ignition_input:Ein,on ignition_input:Zubehör,accessory ignition_input:Start,start
"""
