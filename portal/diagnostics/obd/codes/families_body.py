"""Families of body and network codes."""

FAMILIES = """
restraints B0001-B004F B0090-B00CF B00D2-B00DF B0100-B0118 B0560-B0563
de Airbag / Airbagleuchte
  / Batterie abklemmen und warten, bevor ein Stecker getrennt wird
  / Stecker unter den Sitzen und Wickelfeder prüfen, Widerstand nie am Zünder messen
  / Nach der Reparatur Selbsttest abwarten, Fehler löschen
en Airbag / Airbag lamp
  / Disconnect the battery and wait before opening any plug
  / Check plugs under the seats and the clock spring, never measure at the squib
  / Wait for the self-test after repair, then clear

belts B0050-B008F B00D0-B00D1 B0120-B0138 B0540-B0543
de Gurte und Gurtstraffer / Airbagleuchte, Gurtwarnung falsch
  / Gurtschloss und Stecker unter dem Sitz prüfen
  / Messwert Gurt gesteckt/offen beobachten
  / Arbeiten am Straffer nur mit Sachkunde
en Belts and tensioners / Airbag lamp, wrong belt warning
  / Check buckle and plug under the seat
  / Watch the live value belt fastened/open
  / Work on tensioners needs proper training

climate B0200-B0448
de Heizung und Klimaanlage / Gebläse, Klappen oder Temperatur falsch
  / Innenraumfilter, Gebläse und Vorwiderstand prüfen
  / Klappen über Stellgliedtest bewegen, Grundeinstellung
  / Temperaturgeber mit Thermometer vergleichen
en Heating and air conditioning / Wrong blower, flaps or temperature
  / Check cabin filter, blower and its resistor
  / Move the flaps by actuator test, basic setting
  / Compare temperature sensors with a thermometer

lights_and_gauges B0500-B0568
de Beleuchtung und Anzeigen / Lampe, Anzeige oder Warnleuchte fällt aus
  / Leuchtmittel und Fassung prüfen
  / Anzeige über Stellgliedtest des Kombiinstruments prüfen
  / Massepunkt und Stecker prüfen
en Lights and gauges / Lamp, gauge or warning lamp fails
  / Check bulb and socket
  / Check the gauge by actuator test of the cluster
  / Check ground and plug

body_unit B0000-B0FFF
de Karosserieelektronik / Mehrere Komfortfunktionen gestört
  / Batterie und Spannungsversorgung unter Last messen
  / Massepunkte im Innenraum prüfen, auf Wassereintritt achten
  / Codierung und Softwarestand prüfen
en Body electronics / Several comfort functions fail
  / Measure battery and supply under load
  / Check grounds inside, look for water
  / Check coding and software

bus U0001-U00FF
de Datenbus / Viele Steuergeräte ohne Verbindung, Funktionen fallen wechselnd aus
  / Widerstand zwischen CAN-High und CAN-Low messen (60 Ohm bei Klemme 15 aus)
  / Buspegel mit dem Oszilloskop ansehen
  / Steuergeräte einzeln abziehen, Nachrüstungen zuerst
en Data bus / Many units out of contact, functions fail by turns
  / Measure resistance between CAN high and low (60 ohms, ignition off)
  / Look at the bus levels on the scope
  / Unplug units one by one, retrofits first

lost_communication U0100-U02FF
de Verbindung zu einem Steuergerät / Funktionen des Steuergeräts fallen aus
  / Batteriespannung prüfen: Unterspannung löst diesen Fehler oft aus
  / Sicherung, Spannung und Masse des stummen Steuergeräts messen
  / Busleitung zu diesem Steuergerät prüfen
en Contact with a control unit / Functions of that unit fail
  / Check battery voltage: low voltage often sets this code
  / Measure fuse, supply and ground of the silent unit
  / Check the bus wires to that unit

software U0300-U03FF
de Software der Steuergeräte / Nach Tausch oder Update, Funktionen gesperrt
  / Softwarestände und Teilenummern vergleichen
  / Codierung und Ausstattung prüfen
  / Update nach Vorgabe des Herstellers, mit Ladegerät
en Software of control units / After replacement or update, functions barred
  / Compare software versions and part numbers
  / Check coding and equipment
  / Update as the maker says, on a charger

invalid_data U0400-U05FF
de Daten eines anderen Steuergeräts / Folgefehler: Ursache liegt im sendenden Steuergerät
  / Zuerst Fehler im sendenden Steuergerät auslesen und beheben
  / Danach löschen und Probefahrt
  / Bleibt er allein bestehen: Busleitung und Softwarestand prüfen
en Data of another control unit / Follow-up fault: the cause is in the sending unit
  / Read and cure the faults of the sending unit first
  / Then clear and test-drive
  / If it stays alone: check bus wires and software

unit_supply U3000-U3FFF
de Versorgung des Steuergeräts / Einzelne Funktionen fallen aus, Fehler nach Unterspannung
  / Batterie und Ladespannung prüfen
  / Sicherung, Plus und Masse des Steuergeräts unter Last messen
  / Zündungsplus am Steuergerät prüfen
en Supply of a control unit / Single functions fail, faults after low voltage
  / Check battery and charging voltage
  / Measure fuse, supply and ground of the unit under load
  / Check the ignition line at the unit

network U0000-U0FFF
de Kommunikation der Steuergeräte / Funktionen fallen wechselnd aus
  / Bordspannung prüfen
  / Alle Steuergeräte auslesen: Wer sieht wen nicht?
  / Busleitung nach Stromlaufplan prüfen
en Communication of control units / Functions fail by turns
  / Check the electrical supply
  / Read all units: who misses whom?
  / Check bus wires by the wiring diagram

manufacturer
de Herstellerspezifisch / Je nach Fahrzeug verschieden
  / Code mit dem Diagnosegerät der Marke auslesen
  / Begleitende ISO-Codes zuerst abarbeiten
  / Spannungsversorgung und Stecker des Steuergeräts prüfen
en Manufacturer specific / Depends on the car
  / Read the code with a tester of that make
  / Work on accompanying ISO codes first
  / Check supply and plug of the control unit

manufacturer_read
de Herstellerspezifisch / Je nach Fahrzeug verschieden
  / Stecker, Versorgung und Masse des genannten Bauteils prüfen
  / Messwerte und Stellgliedtest dieses Steuergeräts aufrufen
  / Nach dem Prüfplan des Herstellers weiterprüfen
en Manufacturer specific / Depends on the car
  / Check plug, supply and ground of the part that is named
  / Open values and actuator test of this control unit
  / Go on by the maker's test plan
"""
