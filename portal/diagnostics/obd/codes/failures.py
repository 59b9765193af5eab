# ruff: noqa: E501  # a table: one row a line
"""How a component fails, and the patterns in which failures follow each other from code to code."""

from portal.diagnostics.obd.codes.words import Texts, read_words

FAILURES: dict[str, Texts] = read_words("""
circuit | Stromkreis fehlerhaft | circuit fault
circuit_open | Stromkreis fehlerhaft oder unterbrochen | circuit fault or open
range | Signalbereich/Funktion unplausibel | range/performance
low | Signal zu niedrig | signal too low
high | Signal zu hoch | signal too high
sporadic | Signal sporadisch gestört | intermittent signal
low_voltage | Spannung zu niedrig | voltage too low
high_voltage | Spannung zu hoch | voltage too high
negative_voltage | Spannung negativ | negative voltage
broken | Stromkreis unterbrochen | circuit open
shorted | Kurzschluss im Stromkreis | circuit shorted
drive | Ansteuerung, Stromkreis fehlerhaft | control circuit fault
drive_open | Ansteuerung, Stromkreis fehlerhaft oder unterbrochen | control circuit fault or open
drive_range | Ansteuerung unplausibel | control range/performance
drive_low | Ansteuerung, Spannung zu niedrig | control circuit low
drive_high | Ansteuerung, Spannung zu hoch | control circuit high
performance | Funktion nicht in Ordnung | performance not in order
fault | Funktionsstörung | malfunction
correlation | Signale passen nicht zueinander | signals do not match
over_advanced | Stellung zu früh oder Funktion nicht in Ordnung | over-advanced or system performance
over_retarded | Stellung zu spät | over-retarded
too_early | Stellung zu früh | over-advanced
slow | reagiert zu langsam | slow response
swapped | Anschlüsse vertauscht | connections swapped
resistance | Widerstand außerhalb des Sollbereichs | resistance out of range
overspeed | Drehzahl/Geschwindigkeit zu hoch | overspeed
pressure_high_off | Druck bei stehendem Motor zu hoch | pressure too high with engine off
pressure_low_cranking | Druck beim Starten zu niedrig | pressure too low while cranking
pressure_loss | Druckverlust | loss of pressure
large_leak | großes Leck | large leak
small_leak | kleines Leck | small leak
very_small_leak | sehr kleines Leck | very small leak
cap_leak | Leck (Tankdeckel lose oder fehlt) | leak (fuel cap loose or off)
leak | Undichtigkeit | leak
restriction_or_leak | verengt oder undicht | restricted or leaking
too_cold_for_closed_loop | zu niedrig für Lambdaregelung | too low for closed loop control
too_cold_for_stable | zu niedrig für stabilen Betrieb | too low for stable operation
too_hot | Temperatur zu hoch | temperature too high
too_cold | Temperatur zu niedrig | temperature too low
below_regulating | Regeltemperatur wird nicht erreicht | regulating temperature not reached
no_activity | keine Aktivität | no activity
heater | Heizkreis fehlerhaft | heater circuit fault
heater_short | Kurzschluss mit dem Heizkreis | shorted to the heater circuit
sample | Abgas wird nicht richtig erfasst (Falschluft, Einbau) | exhaust sample error
overrun_range | Signal im Schubbetrieb unplausibel | out of range during deceleration
trim | Gemischanpassung fehlerhaft | fuel trim fault
lean | zu mager | too lean
rich | zu fett | too rich
stuck_lean | Signal bleibt mager | signal stuck lean
stuck_rich | Signal bleibt fett | signal stuck rich
biased_lean | Signal bleibt mager oder verschoben | signal biased or stuck lean
biased_rich | Signal bleibt fett oder verschoben | signal biased or stuck rich
wrong | falsch | incorrect
water | Wasser erkannt | water detected
primary | Primärkreis fehlerhaft | primary circuit fault
primary_low | Primärkreis, Spannung zu niedrig | primary control circuit low
primary_high | Primärkreis, Spannung zu hoch | primary control circuit high
secondary | Sekundärkreis fehlerhaft | secondary circuit fault
secondary_low | Sekundärkreis, Signal zu niedrig | secondary circuit low
secondary_high | Sekundärkreis, Signal zu hoch | secondary circuit high
secondary_sporadic | Sekundärkreis sporadisch gestört | secondary circuit intermittent
coil_circuit | Primär-/Sekundärkreis fehlerhaft | primary/secondary circuit fault
overboost | zu hoch | too high
underboost | zu niedrig | too low
no_boost | kein Druckaufbau (mechanisch) | no pressure build-up (mechanical)
mechanical | mechanischer Fehler | mechanical fault
contribution | Leistungsbeitrag/Laufruhe auffällig | contribution/balance fault
knocking | Klopfgrenze überschritten | above knock threshold
misfire | Verbrennungsaussetzer erkannt | misfire detected
not_learned | nicht angelernt | not learned
learn_limit | Lerngrenze erreicht | learning limit reached
learn_unfinished | Lernvorgang nicht abgeschlossen | learning not complete
minimum_stop | unterer Anschlag unplausibel | minimum stop performance
maximum_stop | oberer Anschlag unplausibel | maximum stop performance
idle_not_learned | Leerlaufstellung nicht angelernt | idle position not learned
not_present | nicht vorhanden | not present
input_missing | Eingangssignal fehlt | input not present
no_signal | kein Signal | no signal
too_many_pulses | zu viele Impulse | too many pulses
too_few_pulses | zu wenige Impulse | too few pulses
insufficient | zu gering | insufficient
excessive | zu hoch | excessive
flow_low | Durchsatz zu gering | flow too low
flow_high | Durchsatz zu hoch | flow too high
wrong_flow | Durchsatz nicht korrekt | incorrect flow
sudden_high_air | plötzlich zu viel Luft | sudden high airflow
high_air | zu viel Luft | high airflow
sudden_low_air | plötzlich zu wenig Luft | sudden low airflow
low_air | zu wenig Luft | low airflow
ice | durch Eis blockiert | blocked by ice
wrong_purge | Spülmenge nicht korrekt | incorrect purge flow
inefficient | Wirkung unter Schwellwert | efficiency below threshold
overcurrent | Stromaufnahme zu hoch | over current
supply | Spannungsversorgung/Masse fehlerhaft | power/ground circuit fault
supply_low | Versorgungsspannung zu niedrig | supply voltage too low
supply_high | Versorgungsspannung zu hoch | supply voltage too high
supply_open | Versorgungsspannung fehlerhaft oder unterbrochen | supply voltage circuit fault or open
too_low | zu niedrig | too low
too_high | zu hoch | too high
too_short | zu kurz | too short
too_long | zu lang | too long
loss | Füllmenge verloren | charge lost
unstable | instabil | unstable
signal | Signal fehlerhaft | signal fault
checksum | Prüfsumme falsch | checksum error
not_programmed | nicht oder falsch programmiert | not programmed or incompatible
memory_lost | Dauerspeicher (KAM) fehlerhaft | keep alive memory (KAM) error
ram | Arbeitsspeicher (RAM) fehlerhaft | random access memory (RAM) error
rom | Festspeicher (ROM) fehlerhaft | read only memory (ROM) error
eeprom | EEPROM fehlerhaft | EEPROM error
memory | Speicher fehlerhaft | memory error
processor | Prozessorfehler | processor fault
options | Fahrzeugausstattung falsch hinterlegt | vehicle options error
incompatible | passen nicht zusammen | incompatible
no_communication | keine Kommunikation | no communication
invalid_data | ungültige Daten empfangen | invalid data received
software | Software passt nicht | software incompatible
bus_off | Kommunikation abgeschaltet (Bus-Off) | communication off (bus off)
high_open | Leitung High unterbrochen | line high open
high_low | Leitung High, Spannung zu niedrig | line high, voltage too low
high_high | Leitung High, Spannung zu hoch | line high, voltage too high
low_open | Leitung Low unterbrochen | line low open
low_low | Leitung Low, Spannung zu niedrig | line low, voltage too low
low_high | Leitung Low, Spannung zu hoch | line low, voltage too high
lines_shorted | Kurzschluss zwischen den Leitungen | lines shorted together
mil_request | fordert die Motorkontrollleuchte an | requests the engine lamp
lamp_request | fordert die Warnleuchte an | requests the warning lamp
electrical | elektrischer Fehler | electrical fault
wrong_ratio | Übersetzungsverhältnis falsch | incorrect ratio
stuck_off | Funktion gestört oder bleibt ausgeschaltet | performance or stuck off
stays_off | bleibt ausgeschaltet | stuck off
stuck_on | bleibt eingeschaltet | stuck on
stuck | klemmt | stuck
stuck_open | klemmt offen | stuck open
stuck_closed | klemmt geschlossen | stuck closed
fault_stuck_open | Funktion gestört oder klemmt offen | performance or stuck open
shift_fault | Schaltvorgang gestört | shift fault
slipping | rutscht | slipping
engaged_twice | mehrere Gänge gleichzeitig eingelegt | several gears engaged
apply_time | Zuschaltzeit unplausibel | apply time range/performance
disengaged | unerwartet mechanisch ausgelegt | unexpected mechanical disengagement
alignment | Einstellung falsch | misaligned
off_early | schaltet zu früh ab | switches off too early
off_late | schaltet zu spät ab | switches off too late
no_start | Start misslungen | failed to start
worn | gealtert | deteriorated
replace | muss ersetzt werden | must be replaced
isolation | Isolationsfehler | isolation fault
current | Strom fehlerhaft | current fault
current_range | Strom außerhalb des Bereichs | current range/performance
current_low | Strom zu niedrig | current too low
current_high | Strom zu hoch | current too high
module | meldet einen Fehler | reports a fault
level_low | Füllstand zu niedrig | level too low
quality | Qualität nicht in Ordnung | quality not in order
disabled | abgeschaltet | disabled
forced_idle | Notlauf mit Leerlaufdrehzahl | forced idle
forced_stop | erzwungenes Abstellen des Motors | forced engine shutdown
forced_power | Notlauf mit verringerter Leistung | forced limited power
forced_rpm | Notlauf mit begrenzter Drehzahl | forced limited speed
ash | Aschebeladung zu hoch | ash load too high
soot | Rußbeladung zu hoch | soot load too high
duration | Dauer nicht in Ordnung | duration not in order
frequency | Häufigkeit nicht in Ordnung | frequency not in order
timing_offset | Versatz des Einspritzzeitpunkts | timing offset
timing_not_learned | Spritzbeginn nicht angelernt | timing calibration not learned
fuel_not_learned | Kraftstoffmenge nicht angelernt | fuel calibration not learned
data_wrong | Abgleichwerte passen nicht | adjustment data incompatible
release_long | Druckabbau dauert zu lange | hydraulic release too long
activated | hat angesprochen | activated
active_long | zu lange aktiv | active too long
shutdown | nicht ordnungsgemäß abgeschaltet | improper shutdown
reset | zurückgesetzt | reset
watchdog | Überwachungsschaltung hat ausgelöst | watchdog malfunction
write | Schreibfehler | write error
calibration | Abgleichwerte fehlerhaft | calibration error
internal | interner Fehler | internal error
initialization | Initialisierung misslungen | initialisation error
frequency_error | Frequenz fehlerhaft | frequency error
underpressure | Druck zu niedrig | pressure too low
overpressure | Druck zu hoch | pressure too high
""")

PATTERNS: dict[str, str] = {
    "SENSOR": "circuit range low high sporadic",
    "SENSOR4": "circuit range low high",
    "SPEED": "circuit range no_signal sporadic",
    "DRIVE": "drive drive_low drive_high",
    "OUTPUT": "drive_open drive_low drive_high",
    "OUTPUT4": "drive_open drive_range drive_low drive_high",
    "OXYGEN": "circuit low_voltage high_voltage slow no_activity heater",
    "SOLENOID": "fault stuck_off stuck_on electrical sporadic",
    "PHASE": "current current_low current_high",
    "BUS": "fault performance high_open high_low high_high low_open low_low low_high lines_shorted",
}
