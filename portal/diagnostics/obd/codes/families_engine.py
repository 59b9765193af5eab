"""Families of engine codes: air, fuel, ignition, cooling, electrical supply."""

FAMILIES = """
mixture P0170-P0175 P2177-P2180 P2187-P2194
de Gemischbildung / Unrunder Leerlauf, Ruckeln, hoher Verbrauch
  / Kurz- und Langzeitkorrektur im Leerlauf und bei 2.500/min vergleichen
  / Ansaugtrakt mit Nebel auf Falschluft prüfen
  / Kraftstoffdruck unter Last messen, Luftmasse gegen Sollwert vergleichen
en Fuel mixture / Rough idle, hesitation, high consumption
  / Compare short and long term trim at idle and at 2,500 rpm
  / Smoke-test the intake for leaks
  / Measure fuel pressure under load, compare air mass with its set value

air_intake P0068-P0069 P006A-P006D P0070-P0074 P0095-P009A P00BC-P00BF P0100-P0114 P010A-P010F
  P0127 P0129 P012A-P012F P2073-P2074 P2199 P2226-P2230 P2279-P2282 P2675-P2677
de Luftmasse und Ansaugung / Leistungsmangel, schlechtes Anspringen, Rauch unter Last
  / Luftfilter, Schläuche und Schellen auf Sitz und Risse prüfen
  / Bei Zündung ein Saugrohrdruck mit Umgebungsdruck vergleichen
  / Stecker und Masse des Gebers prüfen, erst dann den Geber tauschen
en Air mass and intake / Lack of power, hard starting, smoke under load
  / Check air filter, hoses and clamps for fit and cracks
  / Compare manifold with ambient pressure, ignition on
  / Check plug and ground of the sensor before replacing it

oxygen_sensor P0030-P0032 P0036-P0038 P0040-P0044 P0050-P0064 P0130-P0147 P0150-P0167
  P2096-P2099 P2195-P2198 P2231-P2256 P2270-P2278 P2297-P2298 P2414-P2417 P2626-P2631
  P2A00-P2AFF
de Lambdasonden / Höherer Verbrauch, AU nicht bestanden, sonst oft unbemerkt
  / Abgasanlage vor und an der Sonde auf Undichtigkeit prüfen
  / Sicherung, Heizwiderstand und Stecker der Sonde prüfen
  / Sondensignal beim Fett- und Magerstellen beobachten
en Oxygen sensors / Higher consumption, failed emission test, often unnoticed
  / Check the exhaust for leaks before and at the sensor
  / Check fuse, heater resistance and plug of the sensor
  / Watch the signal while forcing rich and lean

cooling P00B7 P0115-P0119 P011A P0125-P0126 P0128 P0217 P0480-P0485 P0493-P0495 P0526-P0529
  P0597-P0599 P0655 P0691-P0696 P2181-P2186 P2556-P2560 P2600-P2603 P261A-P261D P2678-P2683
de Kühlung / Temperatur zu hoch oder zu niedrig, Lüfter läuft dauernd, Heizung bleibt kalt
  / Kühlmittelstand und Dichtheit bei kaltem Motor prüfen
  / Angezeigte Temperatur mit Messung am Gehäuse vergleichen, Aufheizkurve aufnehmen
  / Lüfter und Pumpe über Stellgliedtest ansteuern
en Cooling / Temperature too high or low, fan runs all the time, heater stays cold
  / Check coolant level and tightness with a cold engine
  / Compare the shown temperature with a measured one, record the warm-up
  / Drive fan and pump by actuator test

throttle P02E0-P02EA P069F P0120-P0124 P0220-P0229 P0510 P0638-P0639 P063E P2072 P2100-P2140
  P2163-P2168 P2172-P2176 P2620-P2622
de Drosselklappe und Gaspedal / Notlauf, nimmt kein Gas an, Leerlauf schwankt
  / Drosselklappe auf Verkokung und Leichtgang prüfen, danach anlernen
  / Beide Geberspannungen über den ganzen Weg gegeneinander aufnehmen
  / Stecker am Pedal und an der Klappe auf Spannungsabfall prüfen
en Throttle and accelerator / Limp-home mode, no response, unsteady idle
  / Check the throttle for deposits and free travel, then adapt it
  / Record both sensor voltages against each other over the whole travel
  / Check the plugs at pedal and throttle for voltage drop

fuel_supply P0001-P0007 P000E-P000F P0087-P0094 P0148-P0149 P0168-P0169 P00C6 P0176-P0189
  P018A-P0194 P0230-P0233 P053F P069E P025A-P025D P0618-P0619 P0627-P062A P2264-P2269
  P2293-P2296 P2539-P2543 P2632-P2636 P2665-P2668 P2687-P2689
de Kraftstoffversorgung / Springt schlecht an, geht unter Last aus, Leistungsmangel
  / Vordruck und Hochdruck messen und mit Soll vergleichen
  / Filter, Relais, Sicherung und Spannung an der Pumpe prüfen
  / Rücklaufmenge der Injektoren messen, Kraftstoff auf Wasser prüfen
en Fuel supply / Hard starting, dies under load, lack of power
  / Measure low and high pressure against the set value
  / Check filter, relay, fuse and voltage at the pump
  / Measure injector return, check the fuel for water

injection P0065-P0067 P0200-P0216 P020A-P020F P026C-P026D P02EE-P02F9 P268A-P268F P021A-P021F
  P0251-P0296 P0611-P0612 P062B P062D-P062E P2146-P2157 P2283-P2292 P2623-P2625 P2672-P2674
de Einspritzung / Unrunder Lauf, Nageln, Aussetzer auf einem Zylinder
  / Stecker und Widerstand des betroffenen Injektors mit einem Nachbarn vergleichen
  / Injektoren quer tauschen: Wandert der Fehler mit?
  / Mengenabgleich und Rücklaufmenge auslesen
en Injection / Rough running, knocking, misfire on one cylinder
  / Compare plug and resistance of the injector with its neighbour
  / Swap injectors: does the fault move along?
  / Read balance values and return flow

boost P0033-P0035 P0039 P0045-P004F P00AF P023A-P023F P024A-P024F P026A P022A-P022F P0234-P0250
  P0299 P2261-P2263 P2562-P2566 P2578-P2582 P2586-P2590
de Aufladung / Leistungsmangel, Pfeifen, Notlauf bei Volllast
  / Ladeluftschläuche und Ladeluftkühler abdrücken
  / Unterdruckleitungen und Druckdose am Lader prüfen, Gestänge von Hand bewegen
  / Soll- und Istladedruck bei Volllast aufnehmen
en Charging / Lack of power, whistling, limp-home mode at full load
  / Pressure-test charge hoses and intercooler
  / Check vacuum lines and actuator, move the linkage by hand
  / Record set and actual boost at full load

misfire P0300-P0319 P0350-P0363 P2300-P2347
de Zündung und Aussetzer / Rütteln, Leistungsmangel, Leuchte blinkt unter Last
  / Zündkerze und Zündspule quer tauschen: Wandert der Aussetzer mit?
  / Kompression oder Druckverlust des Zylinders messen
  / Injektor und Gemisch des Zylinders prüfen
en Ignition and misfire / Shaking, lack of power, lamp flashes under load
  / Swap spark plug and coil: does the misfire move along?
  / Measure compression or leak-down of the cylinder
  / Check injector and mixture of the cylinder

knock P0324-P0334
de Klopfregelung / Leistungsmangel, höherer Verbrauch
  / Anzugsmoment des Klopfsensors und Stecker prüfen
  / Kraftstoffqualität erfragen, mechanische Geräusche ausschließen
  / Klopfsignal bei Drehzahl aufnehmen
en Knock control / Lack of power, higher consumption
  / Check torque of the knock sensor and its plug
  / Ask for the fuel used, rule out mechanical noise
  / Record the knock signal at speed

valve_timing P0008-P001F P052A-P052F P054A-P054F P0020-P0029 P0075-P0086 P0320-P0323 P0335-P0349
  P0364-P0379 P0385-P0394 P2088-P2095 P2614-P2619 P2645-P2664 P266A-P266F P267A-P267F
  P264A-P264F P265A-P265F P000A-P000D
de Steuerzeiten, Kurbel- und Nockenwelle / Springt schlecht an, Rasseln beim Start, Leistungsmangel
  / Ölstand und Ölqualität prüfen
  / Gebersignale von Kurbel- und Nockenwelle zusammen mit dem Oszilloskop aufnehmen
  / Steuerzeiten mechanisch prüfen, Versteller und Magnetventil ansteuern
en Valve timing, crankshaft and camshaft / Hard starting, rattle at start, lack of power
  / Check oil level and quality
  / Record crankshaft and camshaft signals together on the scope
  / Check timing mechanically, drive actuator and solenoid

glow P0380-P0384 P066A-P0684 P068C-P068F P069A-P069D P0540-P0543 P0640 P2604-P2609
de Vorglühen und Lufterhitzer / Springt kalt schlecht an, Rauch nach dem Start
  / Stromaufnahme jeder Glühkerze mit der Zange messen
  / Sicherung, Relais und Glühsteuergerät auf Spannung prüfen
  / Kabelbaum am Motor auf Scheuerstellen prüfen
en Glow plugs and intake heater / Hard cold start, smoke afterwards
  / Measure the current of each glow plug with a clamp
  / Check fuse, relay and glow control unit for voltage
  / Check the engine harness for chafing

oil P04DB P06DA-P06DF P0195-P0199 P0298 P0520-P0524 P250A-P250F P252A-P252F P253F P053A-P053C
de Motoröl / Öldruckleuchte, Geräusche, Öl zu heiß
  / Ölstand messen, Öl auf Verdünnung und Alter prüfen
  / Öldruck mechanisch messen, bevor der Geber getauscht wird
  / Stecker des Gebers auf Öl prüfen
en Engine oil / Oil pressure lamp, noise, oil too hot
  / Measure the level, check the oil for dilution and age
  / Measure pressure mechanically before replacing the sensor
  / Check the sensor's plug for oil

speed_idle P0500-P0503 P0505-P0509 P050A-P050E P0511 P0518-P0519 P2158-P2162 P215A-P215F
  P256A-P256F
de Geschwindigkeit und Leerlauf / Leerlauf schwankt, Tacho fällt aus, Schaltrucke
  / Geschwindigkeit im Motor- und ABS-Steuergerät vergleichen
  / Drosselklappe und Leerlaufsteller reinigen und anlernen
  / Auf Falschluft prüfen
en Speed and idle / Unsteady idle, no speedometer, harsh shifts
  / Compare the speed in engine and brake control unit
  / Clean and adapt throttle and idle actuator
  / Check for intake leaks

brake_switch P050F P0504 P0555-P0559 P0571-P0573 P0703 P0719 P0724 P061E P2299
de Bremslichtschalter und Bremskraftverstärker / Bremslicht, Tempomat oder Start-Stopp gestört
  / Bremslichter bei betätigtem Pedal ansehen
  / Einstellung und beide Kontakte des Schalters in den Messwerten prüfen
  / Unterdruckleitung und Verstärker prüfen
en Brake switch and booster / Brake lights, cruise control or start-stop fail
  / Look at the brake lights with the pedal pressed
  / Check adjustment and both contacts of the switch in the live data
  / Check vacuum line and booster

power_steering P0550-P0554 P0635-P0637
de Servolenkung / Schwergängige Lenkung, Leerlauf sackt beim Lenken ab
  / Flüssigkeitsstand und Riemen prüfen
  / Druckgeber und Stecker prüfen
  / Bei elektrischer Lenkung Bordspannung und Masse messen
en Power steering / Heavy steering, idle drops while steering
  / Check fluid level and belt
  / Check pressure sensor and plug
  / On electric steering measure supply and ground

supply P0560-P0563 P0620-P0626 P063A-P063D P065A-P065B P0657-P0659 P0685-P068B P0690 P0641-P0643
  P0651-P0653 P0697-P0699 P2500-P2511 P2669-P2671 P2684-P2686
de Bordnetz und Spannungsversorgung / Batterieleuchte, Startprobleme, viele Fehler zugleich
  / Batterie prüfen, Ruhespannung und Einbruch beim Start messen
  / Ladespannung und Riemen prüfen
  / Massepunkte und Hauptrelais auf Spannungsabfall messen; 5-Volt-Geber einzeln abziehen
en Electrical supply / Battery lamp, starting trouble, many faults at once
  / Test the battery, measure rest voltage and drop while cranking
  / Check charging voltage and belt
  / Measure grounds and main relay for voltage drop; unplug 5-volt sensors one by one

starting P0512-P0517 P0615-P0617 P0633 P0648 P0A0F P2530-P2538 P2610
de Start und Wegfahrsperre / Anlasser dreht nicht, Motor startet nicht
  / Batteriespannung beim Start messen
  / Zweiten Schlüssel versuchen, Wegfahrsperre auslesen
  / Anlasserrelais, Kupplungs- und Wählhebelschalter prüfen
en Starting and immobiliser / Starter does not turn, engine does not start
  / Measure battery voltage while cranking
  / Try the second key, read the immobiliser
  / Check starter relay, clutch and selector switches

cruise P056A-P056B P0525 P0564-P0570 P0574-P0596 P0649 P2583
de Tempomat und Abstandsregelung / Tempomat lässt sich nicht einschalten
  / Brems- und Kupplungsschalter in den Messwerten prüfen
  / Tasten am Lenkrad einzeln in den Messwerten prüfen
  / Sensor vorn auf Schmutz und Ausrichtung prüfen
en Cruise control / Cruise control cannot be switched on
  / Check brake and clutch switches in the live data
  / Check each steering-wheel button in the live data
  / Check the front sensor for dirt and alignment

air_conditioning P0530-P0539 P0645-P0647 P2515-P2524 P2561 P2611-P2613
de Klimaanlage / Kühlt nicht, Kompressor schaltet nicht zu
  / Druck mit dem Klimaservicegerät messen und mit dem Geberwert vergleichen
  / Stecker und Ansteuerung des Kompressors prüfen
  / Füllmenge und Dichtheit prüfen
en Air conditioning / Does not cool, compressor stays off
  / Compare measured pressure with the sensor's value
  / Check plug and control of the compressor
  / Check charge and tightness

intake_flaps P0660-P0665 P2004-P2023 P206E-P206F P2070-P2071 P2075-P207E
de Saugrohrklappen / Leistungsmangel, Ruckeln, Klappern im Saugrohr
  / Gestänge und Klappen auf Spiel und Verkokung prüfen
  / Unterdruck oder Stellmotor über Stellgliedtest prüfen
  / Lagegeber über den ganzen Weg aufnehmen
en Intake flaps / Lack of power, hesitation, rattling manifold
  / Check linkage and flaps for play and deposits
  / Check vacuum or motor by actuator test
  / Record the position sensor over the whole travel

control_unit P0600-P0610 P0613-P0614 P060A-P060F P061A-P061F P062C P062F P0630-P0632 P0634 P063F
  P0644 P0650 P0654 P0656 P0666-P0669 P0621 P2544-P2555 P2637-P2644
de Motorsteuergerät / Notlauf, kein Start, Kontrollleuchte ohne spürbare Störung
  / Spannung und Masse des Steuergeräts unter Last messen
  / Softwarestand und Codierung prüfen, Fehler löschen und neu auslesen
  / Erst danach Steuergerät prüfen oder tauschen lassen
en Engine control unit / Limp-home mode, no start, lamp without a noticeable fault
  / Measure supply and ground of the unit under load
  / Check software and coding, clear and read again
  / Only then have the unit tested or replaced

extra_inputs P0624 P2029-P2030 P2512-P2514 P251A-P251F P2525-P2529 P253A-P253E P254A-P254F
  P255A-P255F P257A-P257F P2584-P2585 P260A-P260E
de Nebenaggregate und Zusatzeingänge / Je nach Ausstattung: Nebenabtrieb, Zuheizer, Haubenkontakt
  / Ausstattung prüfen: Ist das Bauteil überhaupt verbaut?
  / Stecker und Leitung des Bauteils prüfen
  / Stellgliedtest durchführen
en Auxiliaries and extra inputs / Depends on equipment: power take-off, heater, bonnet switch
  / Check whether the part is fitted at all
  / Check plug and wiring of the part
  / Run an actuator test

cylinder_shutoff P3400-P3499
de Zylinderabschaltung / Ruckeln beim Umschalten, Geräusche im Ventiltrieb
  / Ölstand, Ölsorte und Öldruck prüfen
  / Magnetventile der Zylinder elektrisch prüfen und vergleichen
  / Kompression der betroffenen Zylinder messen
en Cylinder deactivation / Jerk while switching, valve train noise
  / Check oil level, grade and pressure
  / Check and compare the cylinders' solenoids
  / Measure compression of these cylinders
"""
