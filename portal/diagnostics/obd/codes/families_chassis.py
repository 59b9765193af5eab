"""Families of gearbox, hybrid and chassis codes."""

FAMILIES = """
gear_selection P071A-P071F P081A-P081D P085A-P085C P278A-P278F P0705-P0709 P0812-P0829
  P0850-P0862 P0904-P0931 P0949-P0959 P2775-P2782 P2788 P2790-P2795 P2800-P2806
de Gangwahl und Schaltbetätigung / Gang lässt sich nicht einlegen, Anzeige falsch, kein Start
  / Seilzug und Einstellung des Wählhebels prüfen
  / Schalter und Lagegeber in den Messwerten Stellung für Stellung prüfen
  / Grundeinstellung der Schaltbetätigung durchführen
en Gear selection / Gear cannot be engaged, wrong display, no start
  / Check cable and adjustment of the lever
  / Check switches and sensors in the live data, position by position
  / Run the basic setting of the shift unit

clutch P080A P0704 P0805-P0811 P081E P0830-P0835 P083F P0900-P0903 P2787 P2789
de Kupplung / Kupplung rutscht oder trennt nicht, Ruckeln beim Anfahren
  / Kupplungsschalter und Weg in den Messwerten prüfen
  / Flüssigkeitsstand und Dichtheit der Betätigung prüfen
  / Schleifpunkt neu anlernen, Verschleiß prüfen
en Clutch / Clutch slips or drags, judder when moving off
  / Check clutch switch and travel in the live data
  / Check fluid level and tightness of the actuation
  / Relearn the bite point, check wear

gearbox P0218 P0700-P09FF P2700-P28FF
de Automatikgetriebe / Notlauf, harte Schaltvorgänge, Gang fehlt
  / Ölstand bei vorgeschriebener Temperatur, Ölfarbe und Geruch prüfen
  / Stecker am Getriebe auf Öl und Korrosion prüfen
  / Magnetventile messen, Drücke aufnehmen, dann adaptieren
en Automatic gearbox / Limp-home mode, harsh shifts, missing gear
  / Check fluid level at the prescribed temperature, colour and smell
  / Check the gearbox plug for oil and corrosion
  / Measure solenoids, record pressures, then adapt

high_voltage P0A0A-P0A0E P0A27-P0A29 P0A95 P0AA0-P0AAB P0AD9-P0AE7 P0AF8-P0AFB
de Hochvoltsystem / Fahrzeug nicht fahrbereit, Hochvoltwarnung
  / Nur Fachkundige Hochvolt: freischalten, gegen Wiedereinschalten sichern
  / Sicherheitslinie und Wartungsstecker prüfen
  / Isolationswiderstand messen, Komponenten einzeln trennen
en High-voltage system / Car not ready to drive, high-voltage warning
  / Trained people only: disconnect and secure against reconnection
  / Check the interlock loop and the service plug
  / Measure insulation, disconnect components one by one

hybrid_battery P0A1F P0A7B P0A7D-P0A85 P0A96-P0A9F P0AAC-P0AB5 P0ABA-P0AC3 P0AC5-P0AD8
  P0AE8-P0AEC P0B10-P0BFF
de Hochvoltbatterie / Reichweite gering, Lüfter laut, Leistung begrenzt
  / Luftfilter und Lüfter der Batterie reinigen und prüfen
  / Zellspannungen und Temperaturen miteinander vergleichen
  / 12-Volt-Batterie prüfen
en High-voltage battery / Short range, loud fan, limited power
  / Clean and check filter and fan of the battery
  / Compare cell voltages and temperatures with each other
  / Test the 12-volt battery

electric_drive P0A00-P0CFF
de Hybrid- und Elektroantrieb / Leistung begrenzt, Fahrzeug nicht fahrbereit
  / Kühlkreis des Umrichters auf Stand und Pumpe prüfen
  / 12-Volt-Versorgung und Spannungswandler prüfen
  / Weitere Arbeiten nur durch Fachkundige Hochvolt
en Hybrid and electric drive / Limited power, car not ready to drive
  / Check level and pump of the inverter cooling
  / Check the 12-volt supply and the converter
  / Leave further work to people trained for high voltage

wheel_speed C0030-C003E C0200-C0225
de Raddrehzahl / ABS- und ESP-Leuchte, ABS regelt beim Ausrollen
  / Alle vier Raddrehzahlen bei langsamer Fahrt vergleichen
  / Stecker, Leitung und Geberring am Rad auf Schmutz und Rost prüfen
  / Radlagerspiel und Abstand des Gebers prüfen
en Wheel speed / ABS and stability lamps, ABS works while rolling out
  / Compare all four wheel speeds while driving slowly
  / Check plug, wiring and ring at the wheel for dirt and rust
  / Check bearing play and the sensor's gap

brakes C0000-C0029 C0040-C004A C0072 C0226-C0279 C0340-C0348 C0360-C0363
de Bremse und ABS-Hydraulik / Bremsleuchte, Pedalweg verändert, ABS ohne Funktion
  / Bremsflüssigkeit, Beläge und Dichtheit prüfen
  / Sicherung, Relais und Masse der Hydraulikeinheit messen
  / Pumpe und Ventile über Stellgliedtest prüfen, danach entlüften
en Brakes and ABS hydraulics / Brake lamp, changed pedal travel, no ABS
  / Check brake fluid, pads and tightness
  / Measure fuse, relay and ground of the hydraulic unit
  / Check pump and valves by actuator test, bleed afterwards

steering C0051-C0055 C0079 C0500-C0513
de Lenkung / Schwergängig, Lenkrad steht schief, ESP-Leuchte
  / Bordspannung und Masse der Lenkhilfe messen
  / Lenkwinkel bei Geradeausfahrt ablesen, Spur prüfen
  / Lenkwinkelgeber kalibrieren
en Steering / Heavy, wheel off-centre, stability lamp
  / Measure supply and ground of the power steering
  / Read the steering angle while driving straight, check toe
  / Calibrate the steering angle sensor

suspension C0700-C0758
de Federung und Dämpfung / Fahrzeug hängt, hart oder schwammig
  / Fahrhöhe an allen Rädern messen, Luftfedern auf Lecks prüfen
  / Höhengeber und Gestänge prüfen
  / Dämpferventile elektrisch vergleichen
en Springs and dampers / Car leans, hard or spongy
  / Measure ride height at all wheels, check air springs for leaks
  / Check level sensors and linkages
  / Compare damper valves electrically

stability C0000-C0FFF
de Fahrdynamikregelung / ESP- oder ASR-Leuchte, Regelung greift unerwartet ein
  / Reifengrößen, Luftdruck und Lenkwinkel prüfen
  / Signale von Gierrate und Querbeschleunigung im Stand ablesen (müssen 0 sein)
  / Geber kalibrieren, Befestigung prüfen
en Stability control / Stability or traction lamp, unexpected intervention
  / Check tyre sizes, pressure and steering angle
  / Read yaw rate and lateral acceleration at rest (must be 0)
  / Calibrate the sensors, check their mounting
"""
