"""Failure type bytes: the third byte of a UDS trouble code says how the part fails.

Numbers are those of SAE J2012-DA/ISO 15031-6; the wording is ours. Byte 00 says nothing more.
"""

_ROWS = """
01 Elektrischer Fehler | electrical failure
02 Signalfehler | signal failure
03 Frequenz oder Tastverhältnis (PWM) fehlerhaft | frequency or duty cycle (PWM) failure
04 Interner Systemfehler | internal system failure
05 Programmierung fehlerhaft | programming failure
06 Rechenverfahren meldet Fehler | failure found by an algorithm
07 Mechanischer Fehler | mechanical failure
08 Busnachricht fehlerhaft | bus message failure
09 Bauteil defekt | component failure
11 Kurzschluss nach Masse | short to ground
12 Kurzschluss nach Plus | short to battery
13 Unterbrechung | open circuit
14 Kurzschluss nach Masse oder Unterbrechung | short to ground or open circuit
15 Kurzschluss nach Plus oder Unterbrechung | short to battery or open circuit
16 Spannung zu niedrig | voltage too low
17 Spannung zu hoch | voltage too high
18 Strom zu niedrig | current too low
19 Strom zu hoch | current too high
1A Widerstand zu niedrig | resistance too low
1B Widerstand zu hoch | resistance too high
1C Spannung außerhalb des Bereichs | voltage out of range
1D Strom außerhalb des Bereichs | current out of range
1E Widerstand außerhalb des Bereichs | resistance out of range
1F Sporadische Unterbrechung | intermittent circuit
21 Signalamplitude zu klein | signal amplitude too small
22 Signalamplitude zu groß | signal amplitude too large
23 Signal bleibt niedrig | signal stuck low
24 Signal bleibt hoch | signal stuck high
25 Signalform fehlerhaft | wrong signal shape
26 Signal ändert sich zu langsam | signal changes too slowly
27 Signal ändert sich zu schnell | signal changes too fast
28 Nullpunkt des Signals verschoben | signal offset out of range
29 Signal ungültig | signal invalid
2A Signal bleibt stehen | signal stuck in range
2B Signale gegenseitig verbunden | signals cross-coupled
2F Signal sprunghaft | erratic signal
31 Kein Signal | no signal
32 Low-Zeit zu kurz | low time too short
33 Low-Zeit zu lang | low time too long
34 High-Zeit zu kurz | high time too short
35 High-Zeit zu lang | high time too long
36 Frequenz zu niedrig | frequency too low
37 Frequenz zu hoch | frequency too high
38 Frequenz falsch | wrong frequency
39 Zu wenige Impulse | too few pulses
3A Zu viele Impulse | too many pulses
41 Prüfsumme falsch | wrong checksum
42 Speicherfehler | memory failure
43 Fehler im Sonderspeicher | special memory failure
44 Fehler im Datenspeicher | data memory failure
45 Fehler im Programmspeicher | program memory failure
46 Fehler im Kennfeldspeicher | calibration memory failure
47 Überwachungsrechner meldet Fehler | watchdog processor failure
48 Überwachungssoftware meldet Fehler | supervision software failure
49 Interner Elektronikfehler | internal electronic failure
4A Falsches Bauteil verbaut | wrong component installed
4B Übertemperatur | over temperature
51 Nicht programmiert | not programmed
52 Nicht freigeschaltet | not activated
53 Abgeschaltet | deactivated
54 Grundeinstellung fehlt | calibration missing
55 Nicht codiert | not configured
56 Codierung ungültig | invalid configuration
57 Software passt nicht | incompatible software
61 Berechnung des Signals fehlerhaft | signal calculation failure
62 Signale passen nicht zueinander | signals do not match
63 Schutzabschaltung nach Zeit | protection time-out
64 Signal unplausibel | implausible signal
65 Zu wenige Signalwechsel | too few signal changes
66 Zu viele Signalwechsel | too many signal changes
67 Signal nach Ereignis falsch | wrong signal after an event
68 Meldung eines Ereignisses | event information
71 Stellglied klemmt | actuator stuck
72 Stellglied klemmt offen | actuator stuck open
73 Stellglied klemmt geschlossen | actuator stuck closed
74 Stellglied rutscht durch | actuator slipping
75 Notposition nicht erreichbar | emergency position not reachable
76 Einbaulage falsch | wrong mounting position
77 Sollposition nicht erreichbar | commanded position not reachable
78 Einstellung falsch | wrong alignment
79 Gestänge oder Mechanik fehlerhaft | mechanical linkage failure
7A Undicht | leaking
7B Füllstand zu niedrig | fluid level too low
81 Ungültige Daten empfangen | invalid data received
82 Botschaftszähler falsch | wrong message counter
83 Signalabsicherung falsch | wrong signal protection value
84 Signal unter zulässigem Bereich | signal below permitted range
85 Signal über zulässigem Bereich | signal above permitted range
86 Signal als ungültig gekennzeichnet | signal marked invalid
87 Botschaft fehlt | message missing
88 Bus abgeschaltet (Bus-Off) | bus off
8F Botschaft sprunghaft | erratic message
91 Parameter außerhalb des Bereichs | parameter out of range
92 Funktion nicht in Ordnung | wrong operation
93 Keine Funktion | no operation
94 Unerwartete Funktion | unexpected operation
95 Falsch montiert | wrong assembly
96 Bauteil intern defekt | component fails internally
97 Blockiert oder schwergängig | blocked
98 Bauteil zu heiß | component too hot
99 Lerngrenze überschritten | learning limit exceeded
"""


def _read(rows: str) -> dict[int, dict[str, str]]:
    found = {}
    for row in rows.strip().splitlines():
        german, _, english = row[3:].partition(" | ")
        found[int(row[:2], 16)] = {"de": german, "en": english}
    return found


FAILURE_TYPES: dict[int, dict[str, str]] = _read(_ROWS)


def failure_type_text(number: int, language: str) -> str:
    """`0x11` → „Kurzschluss nach Masse“; empty for 00, the bare byte for what nobody names."""
    if number == 0:
        return ""
    if texts := FAILURE_TYPES.get(number):
        return texts[language]
    return f"{'Fehlerart' if language == 'de' else 'failure type'} {number:02X}"
