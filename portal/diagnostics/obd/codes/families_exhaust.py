"""Families of exhaust codes, and at the end the family of all that no other one takes."""

FAMILIES = """
egr P042E-P042F P0400-P0409 P040A-P040F P041A-P041F P0486-P0490 P2141-P2145 P213A-P213D P2413
  P2425-P2427 P2457 P245A-P245F
de Abgasrückführung / Ruckeln, Rauch, Leistungsmangel, unrunder Leerlauf
  / AGR-Ventil auf Verkokung und Leichtgang prüfen
  / Soll- und Iststellung bei geöffnetem Ventil vergleichen, bei Soll 0 nicht urteilen
  / AGR-Kühler und Leitungen auf Zusetzen und Dichtheit prüfen
en Exhaust gas recirculation / Hesitation, smoke, lack of power, rough idle
  / Check the valve for deposits and free travel
  / Compare commanded and actual position with the valve open, never at 0
  / Check cooler and pipes for clogging and leaks

secondary_air P0410-P0419 P0491-P0492 P2257-P2260 P2430-P2449
de Sekundärluft / Meist nur Kontrollleuchte, Heulton nach dem Kaltstart
  / Pumpe über Stellgliedtest laufen lassen: Fördert sie?
  / Kombiventil und Schläuche auf Verkokung und Dichtheit prüfen
  / Sicherung und Relais der Pumpe prüfen
en Secondary air / Mostly the lamp only, howling after a cold start
  / Run the pump by actuator test: does it deliver?
  / Check combination valve and hoses for deposits and leaks
  / Check fuse and relay of the pump

catalyst P0420-P0439 P042A-P042F P043A-P043D P2423-P2424 P2567-P2577
de Katalysator / Meist nur Kontrollleuchte, AU nicht bestanden
  / Abgasanlage auf Undichtigkeit prüfen, Aussetzer und Gemischfehler zuerst beheben
  / Signal der Sonde hinter dem Katalysator bei Konstantfahrt aufnehmen
  / Temperatur vor und hinter dem Katalysator vergleichen
en Catalyst / Mostly the lamp only, failed emission test
  / Check the exhaust for leaks, cure misfire and mixture faults first
  / Record the sensor behind the catalyst at constant speed
  / Compare temperature before and behind the catalyst

evap P240A-P240F P0440-P0459 P0465-P0469 P0496-P0499 P043E-P043F P2024-P2028 P2400-P2412
  P2418-P2422 P2450-P2451 P260F
de Tankentlüftung / Meist nur Kontrollleuchte, Kraftstoffgeruch
  / Tankdeckel und Dichtung prüfen
  / Spülventil stromlos auf Dichtheit prüfen
  / Tanksystem mit Nebel abdrücken
en Fuel vapour system / Mostly the lamp only, smell of fuel
  / Check fuel cap and seal
  / Check the purge valve for tightness without current
  / Smoke-test the fuel vapour system

fuel_level P0460-P0464 P2065-P2069
de Tankgeber / Tankanzeige falsch oder ohne Anzeige
  / Anzeige mit dem Messwert und dem wirklichen Füllstand vergleichen
  / Stecker am Tank auf Korrosion prüfen
  / Widerstand des Gebers über den ganzen Weg messen
en Fuel level sensor / Fuel gauge wrong or dead
  / Compare the gauge with the live value and the real level
  / Check the plug at the tank for corrosion
  / Measure the sensor's resistance over its travel

exhaust_sensors P0470-P0479 P047A-P047F P0544-P0549 P2031-P2036 P2080-P2087 P2169-P2171
  P2428-P242E
de Abgastemperatur und Abgasdruck / Leistungsmangel, Regeneration bleibt aus
  / Bei kaltem Motor alle Abgastemperaturen vergleichen: Sie müssen gleich sein
  / Leitung und Stecker auf Hitzeschäden prüfen
  / Druckleitungen auf Zusetzen und Wasser prüfen
en Exhaust temperature and pressure / Lack of power, no regeneration
  / Compare all exhaust temperatures on a cold engine: they must agree
  / Check wiring and plug for heat damage
  / Check pressure pipes for clogging and water

particle_filter P24AE-P24B1 P2002-P2003 P242F P244A-P244F P2452-P2456 P2458-P2459 P2460-P246F
de Partikelfilter / Leistungsmangel, Regeneration häufig oder unvollständig, Ölverdünnung
  / Differenzdruck bei Zündung ein (muss 0 sein), im Leerlauf und bei 2.500/min ablesen
  / Druckleitungen und Geber prüfen, Fahrprofil erfragen
  / Ursache der Beladung suchen (Injektoren, AGR, Lader), dann regenerieren
en Particle filter / Lack of power, frequent or unfinished regeneration, diluted oil
  / Read differential pressure with ignition on (must be 0), at idle and at 2,500 rpm
  / Check pressure pipes and sensor, ask how the car is driven
  / Find the cause of soot (injectors, EGR, turbo), then regenerate

nox P206A-P206D P208A-P208E P2000-P2001 P2037-P2064 P203A-P203F P204A-P205F P207F P20A0-P20FF
  P2200-P2225 P2290-P2299 P229E-P229F P22A0-P22FF P2BA0-P2BAF
de Stickoxide und AdBlue (SCR) / Warnung mit Restreichweite, Startsperre, Leistungsmangel
  / AdBlue-Stand und Qualität prüfen (Refraktometer 32,5 %)
  / Dosierventil auf Kristalle, Leitungen und Tankheizung prüfen
  / NOx-Werte vor und hinter dem SCR-Katalysator vergleichen
en Nitrogen oxides and AdBlue (SCR) / Warning with remaining distance, start barred
  / Check level and quality of AdBlue (refractometer 32.5 %)
  / Check the doser for crystals, pipes and tank heater
  / Compare NOx before and behind the SCR catalyst

engine P0000-P06FF P0D00-P0FFF P2000-P26FF P2900-P2FFF P3400-P3FFF
de Motor und Abgas / Je nach Bauteil verschieden
  / Standbilddaten ansehen: Wann trat der Fehler auf?
  / Stecker, Leitung und Masse des Bauteils prüfen
  / Messwerte beobachten, dann nach Prüfplan des Herstellers vorgehen
en Engine and exhaust / Depends on the part
  / Look at the freeze frame: when did it happen?
  / Check plug, wiring and ground of the part
  / Watch live data, then follow the maker's test plan
"""
