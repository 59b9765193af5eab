"""Small recordings of one invented car in the formats that the portal reads as text."""

VIN = "WVWZZZ1KZ6W000001"
_LINE = "-" * 79

VCDS_SCAN = f"""Saturday,23,March,2024,17:29:03:00009
VCDS -- Windows Based VAG/VAS Emulator Running on Windows 10 x64
VCDS Version: 23.11.0.0 (x64)

VIN: {VIN}   License Plate:

Chassis Type: 1K (1K0)
Scan: 01 03 09 17 44

VIN: {VIN}   Mileage: 225800km-140305miles

00-Steering Angle Sensor -- Status: OK 0000
01-Engine -- Status: Malfunction 0010
03-ABS Brakes -- Status: OK 0000
09-Cent. Elect. -- Status: Malfunction 0010
17-Instruments -- Status: OK 0000
44-Steering Assist -- Status: Cannot be reached 1100

{_LINE}
Address 01: Engine        Labels: 03G-906-021-BKD.clb
   Part No SW: 03G 906 016 AB    HW: 028 101 223 7
   Component: R4 2,0L EDC G000SG  5570
   Revision: --H06---    Serial number: VWZ7Z0XXXXXXXX
   Coding: 0000071
   Shop #: WSC 01357 011 00200

3 Faults Found:
17480 - NOx Sensor (G295) Heater Control
            P1072 - 008 - Circuit Malfunction
8456 - Air Filter
            P0101 00 [096] - Implausible Signal
            Intermittent - Not Confirmed - Tested Since Memory Clear
             Freeze Frame:
                    Fault Status: 00000001
                    Fault Frequency: 3
                    Mileage: 225100 km
                    Date: 2024.03.01
                    Engine speed: 2100.50 /min
                    Coolant temperature: 88,0 °C
                    Boost pressure: 950 mbar
16955 - Brake Switch (F)
            003 - Mechanical Malfunction - Intermittent

{_LINE}
Address 03: ABS Brakes        Labels: 1K0-907-379-MK60-F.clb
   Part No: 1K0 907 379 D
   Component: ESP FRONT MK60      0102

No fault code found.

{_LINE}
Address 09: Cent. Elect.        Labels:. 8P0-907-279-23-H.lbl
   Part No SW: 8P0 907 279 A    HW: 8P0 907 279 A

2 Faults Found:
00988 - Lamp for Brake Light; Right (M10)
            012 - Electrical Fault in Circuit
01486 - System Function Test Activated
            000 - -

{_LINE}
Address 17: Instruments        Labels: 8P0-920-xxx-17-MY7.lbl
   Part No SW: 8P0 920 900 C    HW: 8P0 920 900 C

No fault code found.

{_LINE}
Address 44: Steering Assist
Cannot be reached

End-------------------------(Elapsed Time: 01:23)--------------------------
"""
VCDS_SCAN_GERMAN = f"""Freitag,05,April,2013,18:07:32:43210
VCDS Version: 11.11.3

Fahrgestellnummer: {VIN}   KFZ-Kennzeichen:
Kilometerstand: 151630km   Reparaturauftrag:

01-Motorelektronik -- Status: i.O. 0000
09-Zentralelektrik -- Status: Fehler 0010

{_LINE}
Adresse 01: Motorelektronik        Labeldatei:. 03G-906-021-BKD.clb
   Teilenummer SW: 03G 906 016 AB    HW: 028 101 223 7
   Bauteil: R4 2,0L EDC G000SG  5570
   Codierung: 0000071
Kein(e) Fehlercode(s) gefunden.

{_LINE}
Adresse 09: Zentralelektrik        Labeldatei: 1K0-937-09.clb
   Teilenummer: 3C0 937 049 AJ
1 Fehler gefunden:
01493 - Rücklicht links (M4)
            009 - Unterbrechung/Kurzschluss nach Masse - Sporadisch
             Umgebungsbedingungen:
                    Fehlerhäufigkeit: 2
                    Kilometerstand: 151600 km
Ende---
"""
VCDS_LOG = """Friday,21,November,2008,13:33:59:57103
4B0 906 018 BE,,1.8L R4/5VT         0003
,Group A:,'115,,,,Group B:,'118,,
,,RPM,Load,Absolute Pres.,Absolute Pres.,,Engine Speed,Temperature
,TIME,,,,,TIME,,
Marker,STAMP, /min, %, mbar, mbar,STAMP, /min,\xb0C
,0.43,800,20.3,1020,990,0.61,820,31.5
,0.83,840,21.8,1020,1000,1.01,850,31.5
,1.23,900,22.6,1050,1010,1.41,910,32.0
1,1.63,1200,30.1,1100,1090,1.81,1240,32.0
,2.03,1500,33.1
"""
VCDS_LOG_SINGLE = """Wednesday,07,October,2026,12:00:00:00000,VCID:1234
Address 01: Engine,Labels: 038-906-016-BKC.lbl
,TIME,Engine Speed,Air Mass,Air Mass,TIME,Boost Pressure
Marker,STAMP,,Specified,Actual,STAMP,Actual
,s,/min,mg/str,mg/str,s,mbar
,0.00,1500,500,498,0.10,1850
,0.25,1600,520,515,0.35,1990
,0.50,1700,540,530,0.60,2080
"""
VCDS_LOG_GERMAN = """Mittwoch,07,Oktober,2026,12:00:00:00000
038 906 016 A,,ADVMB
,Gruppe A:,'003,,,Gruppe B:,'011,
,,Drehzahl,Luftmasse,,Drehzahl,Ladedruck
,ZEIT,,,ZEIT,,
Marker,MARKE, /min, mg/H,MARKE, /min, mbar
,"0,00","819","250,5","0,20","822","1010,5"
,"0,40","840","251,0","0,60","861","1020,0"
,"0,80","903","260,5","1,00","924","1030,5"
"""
ANDROBD = """Zeit,Motordrehzahl,Fahrzeuggeschwindigkeit,Engine Coolant Temperature,
2026-03-02 08:15:00.000,812.25,0.0,21.0,
2026-03-02 08:15:00.410,830.0,0.0,21.0,
2026-03-02 08:15:00.820,845.5,21.0,
2026-03-02 08:15:01.230,1200.0,3.0,22.0,
2026-03-02 08:15:01.640,1400.75,7.0,22.0,
"""
OBD_FUSION = """# StartTime = 03/02/2026 08:15:30.5000 PM
Time (sec), Engine RPM (RPM), Vehicle speed (MPH), Engine coolant temperature (°F), Latitude (deg)
0.00, 812.25, 0, 70, 52.5
0.41, 830, 0, 70, 52.5
0.82, 845.5, 10, , 52.6
1.23, 1200, 20, 72, 52.6
"""
DASHCOMMAND = """Frame Time (h:m:s.ms),AUX.GPS.LATITUDE,SAE.MAP inHg,SAE.RPM rpm,SAE.VSS mph,CALC.ENGINE_POWER hp
00:00:00.000,,,812,,
00:00:00.410,52.5,10,830,0,4.1
00:00:00.820,52.5,12,1845,10,14.2
00:00:01.230,52.6,20,2200,20,40
"""
