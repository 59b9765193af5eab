# ruff: noqa: E501  # a table: one row a line
"""P07 to P09 and P27 to P28: automatic and automated gearboxes, clutch, four-wheel drive."""

WORDS = """
gearbox_control | Getriebesteuerung | Transmission control
clutch_switch | Kupplungsschalter | Clutch switch
selector_sensor | Fahrstufengeber {0} | Transmission range sensor {0}
selector_pair | Fahrstufengeber A zu B | Transmission range sensors A and B
selector_alignment | Fahrstufengeber | Transmission range sensor
gearbox_level_sensor | Geber für Getriebeölstand | Transmission fluid level sensor
gearbox_level | Getriebeöl, Stand | Transmission fluid, level
gearbox_temperature_sensor | Geber {0} für Getriebeöltemperatur | Transmission fluid temperature sensor {0}
input_speed_sensor | Geber {0} für Getriebeeingangsdrehzahl | Input/turbine speed sensor {0}
input_speed_pair | Geber A und B für Getriebeeingangsdrehzahl | Input/turbine speed sensors A and B
output_speed_sensor | Geber für Getriebeausgangsdrehzahl | Output speed sensor
mode_switch | Fahrprogrammschalter {0} | Transmission mode switch {0}
engine_speed_input | Motordrehzahlsignal am Getriebesteuergerät | Engine speed input
gear | {0}. Gang | Gear {0}
gears | Gangstufe | Gear
reverse_gear | Rückwärtsgang | Reverse gear
gearbox_speed_output | Motordrehzahlausgang des Getriebesteuergeräts | TCM engine speed output
converter_clutch | Wandlerüberbrückungskupplung | Torque converter clutch
pressure_solenoid | Drucksteller {0} | Pressure control solenoid {0}
shift_solenoid | Schaltmagnetventil {0} | Shift solenoid {0}
shifting | Schaltvorgang | Shift
shift | Schaltung {0} | Shift {0}
shift_timing_solenoid | Magnetventil für Schaltzeitpunkt | Shift timing solenoid
economy_switch | Programmschalter Normal/Sport | Normal/performance switch
intermediate_speed_sensor | Geber {0} für Zwischenwellendrehzahl | Intermediate shaft speed sensor {0}
transfer_case | Steuerung des Verteilergetriebes | Transfer case control
reverse_lock | Rückwärtsgangsperre | Reverse inhibit
gearbox_mil | Anforderung der Motorkontrollleuchte durch das Getriebe | Transmission lamp request
upshift_solenoid | Magnetventil für Hochschalten/Überspringen | Upshift/skip shift solenoid
upshift_lamp | Schaltempfehlungsanzeige | Upshift lamp
clutch_position_sensor | Geber für Kupplungsstellung | Clutch position sensor
clutch_position | Kupplungsstellung | Clutch position
clutch | Kupplung {0} | Clutch {0}
reverse_input | Rückfahrsignal, Eingang | Reverse input
reverse_output | Rückfahrsignal, Ausgang | Reverse output
range_display | Fahrstufenanzeige | Transmission range display
upshift_switch | Schalter Hochschalten | Upshift switch
downshift_switch | Schalter Herunterschalten | Downshift switch
starter_disable | Startsperre | Starter disable
driveline_switch | Schalter der Antriebstrennung | Driveline disconnect switch
shift_switch_range | Schalter Hoch/Herunter zur Fahrstufe | Up/down shift switch to range
park_input | Eingang Parkstellung | Park input
neutral_input | Eingang Neutralstellung | Neutral input
lever_xy | Wählhebelgeber X/Y | Gear lever X-Y sensor
lever_x | Wählhebelgeber X | Gear lever X sensor
lever_y | Wählhebelgeber Y | Gear lever Y sensor
lever_push | Druckschalter am Schalthebel | Gear lever push-pull switch
shift_switch | Schalter Hoch-/Herunterschalten | Up and down shift switch
clutch_pedal_switch | Kupplungspedalschalter {0} | Clutch pedal switch {0}
clutch_pedal_pair | Kupplungspedalschalter A zu B | Clutch pedal switches A and B
four_wheel_switch | Allradschalter | Four-wheel drive switch
low_range_switch | Schalter der Geländeuntersetzung | Four-wheel drive low switch
gearbox_pressure_sensor | Getriebeöldruckgeber {0} | Transmission fluid pressure sensor {0}
park_neutral_switch | Schalter Park/Neutral | Park/neutral switch
drive_switch | Fahrstufenschalter D | Drive switch
traction_input | Eingangssignal der Traktionskontrolle | Traction control input
shift_module | Datenleitung zum Schaltmodul {0} | Gear shift module {0} link
gearbox_link | Datenleitung zum Getriebesteuergerät | TCM link
gearbox_pressure | Getriebeöldruck | Transmission fluid pressure
gearbox_power | Spannungsversorgung des Getriebesteuergeräts | TCM power input
gearbox_relay | Hauptrelais des Getriebesteuergeräts | TCM power relay
gearbox_relay_sense | Hauptrelais des Getriebesteuergeräts, Rückmeldung | TCM power relay sense
gearbox | Getriebe | Transmission
gearbox_part | Bauteil im Getriebe | Transmission component
shift_time | Schaltzeit | Shift time
gearbox_fluid | Getriebeöl | Transmission fluid
clutch_actuator | Kupplungssteller | Clutch actuator
gate_position | Geber der Gassenwahl | Gate select position sensor
gate_control | Gassenwahl | Gate select
gate_actuator | Stellmotor der Gassenwahl | Gate select actuator
gate_direction | Bewegungsrichtung der Gassenwahl | Gate select direction
shift_position | Geber der Gangstellung | Gear shift position sensor
shift_control | Gangstellung | Gear shift position
shift_forward | Stellmotor Gang einlegen, vorwärts | Gear shift forward actuator
shift_reverse | Stellmotor Gang einlegen, rückwärts | Gear shift reverse actuator
shift_direction | Bewegungsrichtung der Gangstellung | Gear shift direction
shift_lock | Wählhebelsperre | Gear shift lock solenoid
hydraulic_pressure_sensor | Hydraulikdruckgeber | Hydraulic pressure sensor
hydraulic_temperature_sensor | Geber für Hydrauliköltemperatur | Hydraulic oil temperature sensor
hydraulic_unit | Hydraulikeinheit | Hydraulic pressure unit
hydraulic_cycle | Hydraulikeinheit, Einschaltabstand | Hydraulic pressure unit, cycling period
hydraulic_relay | Relais der Hydraulikpumpe | Hydraulic pump relay
asm_learning | Automatisiertes Schaltgetriebe, Anlernen | Automated manual gearbox, learning
asm_control | Automatisiertes Schaltgetriebe, Steuerung | Automated manual gearbox, control
asm_mode | Automatisiertes Schaltgetriebe, Betriebsart | Automated manual gearbox, mode
friction_element | Schaltelement {0} | Friction element {0}
gear_mechanical | Gang | Gear
gearbox_cooler | Getriebeölkühler | Transmission fluid cooler
converter_solenoid | Drucksteller der Wandlerüberbrückung | Torque converter clutch pressure solenoid
converter | Drehmomentwandler | Torque converter
clutch_actuator_heat | Kupplungssteller | Clutch actuator
shift_actuator_heat | Gangsteller | Gear shift actuator
clutch_heat | Kupplung | Clutch
clutch_learning | Kupplung, Anpassung | Clutch, adaptive learning
kick_down | Kick-down-Schalter | Kick-down switch
auxiliary_pump | Zusatzölpumpe des Getriebes | Auxiliary transmission fluid pump
"""

RUNS = """
P0700 gearbox_control mil_request range electrical
P0703 brake_switch:B circuit
P0704 clutch_switch circuit
P0705 selector_sensor:A SENSOR
P070A gearbox_level_sensor SENSOR
P070F gearbox_level too_low
P0710 gearbox_temperature_sensor:A SENSOR
P0715 input_speed_sensor:A SPEED
P0719 brake_switch:B low
P071A mode_switch:A circuit low high
P071D mode_switch:B circuit low high
P0720 output_speed_sensor SPEED
P0724 brake_switch:B high
P0725 engine_speed_input SPEED
P0729 gear:6 wrong_ratio
P0730 gears wrong_ratio
P0736 reverse_gear wrong_ratio
P0737 gearbox_speed_output circuit low high
P0740 converter_clutch circuit_open stuck_off stuck_on electrical sporadic
P0745 pressure_solenoid:A SOLENOID
P0750 shift_solenoid:A SOLENOID
P0755 shift_solenoid:B SOLENOID
P075A shift_solenoid:G SOLENOID
P075F gearbox_level too_high
P0760 shift_solenoid:C SOLENOID
P0765 shift_solenoid:D SOLENOID
P076A shift_solenoid:H SOLENOID
P076F gear:7 wrong_ratio
P0770 shift_solenoid:E SOLENOID
P0775 pressure_solenoid:B SOLENOID
P0780 shifting fault
P0781 shift:1–2 shift_fault
P0782 shift:2–3 shift_fault
P0783 shift:3–4 shift_fault
P0784 shift:4–5 shift_fault
P0785 shift_timing_solenoid SENSOR
P0790 economy_switch circuit
P0791 intermediate_speed_sensor:A SPEED
P0795 pressure_solenoid:C SOLENOID
P0800 transfer_case mil_request
P0801 reverse_lock drive
P0802 gearbox_mil circuit_open
P0803 upshift_solenoid drive
P0804 upshift_lamp drive
P0805 clutch_position_sensor SENSOR
P080A clutch_position not_learned
P080B upshift_solenoid drive_range drive_low drive_high
P080E RESERVED 2
P0810 clutch_position fault
P0811 clutch:A slipping
P0812 reverse_input circuit
P0813 reverse_output circuit
P0814 range_display circuit
P0815 upshift_switch circuit
P0816 downshift_switch circuit
P0817 starter_disable circuit_open
P0818 driveline_switch circuit
P0819 shift_switch_range correlation
P081A starter_disable low high
P081C park_input circuit
P081D neutral_input circuit
P081E clutch:B slipping
P0820 lever_xy circuit
P0821 lever_x circuit
P0822 lever_y circuit
P0823 lever_x sporadic
P0824 lever_y sporadic
P0825 lever_push circuit
P0826 shift_switch circuit low high
P0829 shift:5–6 shift_fault
P0830 clutch_pedal_switch:A circuit low high
P0833 clutch_pedal_switch:B circuit low high
P0836 four_wheel_switch SENSOR4
P083A gearbox_pressure_sensor:G SENSOR
P083F clutch_pedal_pair correlation
P0840 gearbox_pressure_sensor:A SENSOR
P0845 gearbox_pressure_sensor:B SENSOR
P084A gearbox_pressure_sensor:H SENSOR
P084F RESERVED 1
P0850 park_neutral_switch circuit low high
P0853 drive_switch circuit low high
P0856 traction_input SENSOR4
P085A shift_module:B circuit low high
P0860 shift_module:A circuit low high
P0863 gearbox_link SENSOR4
P0867 gearbox_pressure fault too_low too_high
P0870 gearbox_pressure_sensor:C SENSOR
P0875 gearbox_pressure_sensor:D SENSOR
P0880 gearbox_power SENSOR
P0885 gearbox_relay OUTPUT
P0888 gearbox_relay_sense SENSOR
P0893 gearbox engaged_twice
P0894 gearbox_part slipping
P0895 shift_time too_short too_long
P0897 gearbox_fluid worn
P0898 gearbox_mil low high
P0900 clutch_actuator circuit_open range low high
P0904 gate_position SENSOR
P0909 gate_control fault
P0910 gate_actuator circuit_open range low high
P0914 shift_position SENSOR
P0919 shift_control fault
P0920 shift_forward circuit_open range low high
P0924 shift_reverse circuit_open range low high
P0928 shift_lock OUTPUT4
P0932 hydraulic_pressure_sensor SENSOR
P0937 hydraulic_temperature_sensor SENSOR
P0942 hydraulic_unit fault
P0943 hydraulic_cycle too_short
P0944 hydraulic_unit pressure_loss
P0945 hydraulic_relay circuit_open range low high
P0949 asm_learning learn_unfinished
P0950 asm_control SENSOR
P0955 asm_mode SENSOR
P0960 pressure_solenoid:A OUTPUT4
P0964 pressure_solenoid:B OUTPUT4
P0968 pressure_solenoid:C OUTPUT4
P0972 shift_solenoid:A drive_range drive_low drive_high
P0975 shift_solenoid:B drive_range drive_low drive_high
P0978 shift_solenoid:C drive_range drive_low drive_high
P0981 shift_solenoid:D drive_range drive_low drive_high
P0984 shift_solenoid:E drive_range drive_low drive_high
P0987 gearbox_pressure_sensor:E SENSOR
P0992 gearbox_pressure_sensor:F SENSOR
P0997 shift_solenoid:F drive_range drive_low drive_high
P099A shift_solenoid:G drive_range drive_low drive_high
P099D shift_solenoid:H drive_range drive_low drive_high
P2700 friction_element:A apply_time
P2701 friction_element:B apply_time
P2702 friction_element:C apply_time
P2703 friction_element:D apply_time
P2704 friction_element:E apply_time
P2705 friction_element:F apply_time
P2706 shift_solenoid:F SOLENOID
P2711 gear_mechanical disengaged
P2712 hydraulic_unit leak
P2713 pressure_solenoid:D SOLENOID
P2718 pressure_solenoid:D OUTPUT4
P2722 pressure_solenoid:E SOLENOID
P2727 pressure_solenoid:E OUTPUT4
P2731 pressure_solenoid:F SOLENOID
P2736 pressure_solenoid:F OUTPUT4
P273A friction_element:G apply_time
P273B friction_element:H apply_time
P273C RESERVED 4
P2740 gearbox_temperature_sensor:B SENSOR
P2745 intermediate_speed_sensor:B SPEED
P2749 intermediate_speed_sensor:C SPEED
P2753 gearbox_cooler OUTPUT
P2756 converter_solenoid SOLENOID
P2761 converter_solenoid drive_open drive_range drive_high drive_low
P2765 input_speed_sensor:B SPEED
P2769 converter_clutch low high
P2771 low_range_switch SENSOR4
P2775 upshift_switch range low high sporadic
P2779 downshift_switch range low high sporadic
P2783 converter too_hot
P2784 input_speed_pair correlation
P2785 clutch_actuator_heat too_hot
P2786 shift_actuator_heat too_hot
P2787 clutch_heat too_hot
P2788 asm_learning learn_limit
P2789 clutch_learning learn_limit
P278A kick_down SENSOR
P278F RESERVED 1
P2790 gate_direction circuit low high
P2793 shift_direction circuit low high
P2796 auxiliary_pump drive_open performance drive_low drive_high
P279A RESERVED 6
P2800 selector_sensor:B SENSOR
P2805 selector_pair correlation
P2806 selector_alignment alignment
P2807 pressure_solenoid:G SOLENOID
P2812 pressure_solenoid:G OUTPUT4
P2816 pressure_solenoid:H fault stuck_off stuck_on electrical
P281A pressure_solenoid:H sporadic
P281B pressure_solenoid:H OUTPUT4
P281F pressure_solenoid:J fault
P2820 pressure_solenoid:J stuck_off stuck_on electrical sporadic
P2824 pressure_solenoid:J OUTPUT4
P2828 pressure_solenoid:K fault stuck_off
P282A pressure_solenoid:K stuck_on electrical sporadic
P282D pressure_solenoid:K drive_open drive_range drive_low
P2830 pressure_solenoid:K drive_high
"""
