"""Files as German workshop systems export them; every name and number is invented."""

import random

CUSTOMERS = """\
Kd-Nr.;Anrede;Vorname;Name;Firma;Straße;Hausnr.;PLZ;Ort;Telefon privat;Handy;E-Mail;Bemerkung
10001;Herr;Jörg;Grünewald;;Hauptstraße;5;12043;Berlin;030 7654321;;joerg.gruenewald@example.de;zahlt bar
10002;Frau;Özlem;Yıldız;;Am Mühlenfeld;12 a;12045;Berlin;;0151 23456789;;
10003;Firma;;;Bäckerei Süßmund GmbH;Backgasse;1;12047;Berlin;030/998877-0;;info@suessmund.example;Rechnung ans Büro
10004;Herr;Uwe;Groß;;;;;;030 1112223;;kein-mail;
10005;Frau;;;;;;;;;;;
"""

VEHICLES = """\
Kundennummer;Halter;amtl. Kennzeichen;FIN;Hersteller;Typ;HSN;TSN;EZ;Kraftstoff;kW;KM-Stand;nächste HU
10001;Grünewald, Jörg;B-KF 1234;WVWZZZ1KZ6W612305;VW;Golf V;603;BMF;14.03.2006;Diesel;77;184.350;11/2027
10002;Yıldız, Özlem;B-OY 77;;Opel;Corsa;0035;ACX;01.07.2014;Benzin;51,00;92.100 km;2027-07
10003;Bäckerei Süßmund GmbH;B-BS 300E;WDB9066331S123456;Mercedes-Benz;Sprinter;1313;;2019-05-20;Elektro;85/116;45 200;30.09.2027
;;kein Kennzeichen;;Fiat;Panda;;;;;;;
;Neu, Nina;B-NN 4711;;Renault;Clio;;;00.00.0000;;;;
"""

HISTORY = """\
Datum;Kennzeichen;Auftragsart;Leistung;KM-Stand;Rechnungsnr.;Betrag;Bemerkung
12.01.2024;B-KF 1234;Service;Inspektion mit Ölwechsel;171.200;R-2024-17;389,50;Bremsen bei 40 %
03.07.2024;B-KF 1234;HU/AU;Hauptuntersuchung bestanden;176.000;R-2024-301;149,00;
15.02.2025;B-OY 77;Reparatur;Auspuff erneuert;88.000;R-2025-88;412,00;
01.03.2025;B-XX 9999;Reparatur;Unbekanntes Fahrzeug;1;R-2025-90;1,00;
31.02.2025;B-KF 1234;Reparatur;Kein Tag;1;R-2025-91;1,00;
"""

BOOKINGS = """\
Termin-Nr.;Datum;Uhrzeit;Dauer;Kunde;Telefon;Kennzeichen;Arbeit;Status;Hebebühne;Mechaniker
T1;16.11.2020;08:00;1:30;Jörg Grünewald;030 7654321;B-KF 1234;Räderwechsel;erledigt;Bühne 1;Murat
T2;17.11.2020;10.30 Uhr;90;Özlem Yıldız;0151 23456789;B-OY 77;Inspektion;nicht erschienen;Bühne 1;
T3;18.03.2099;09:00;60;Nina Neu;030 5556667;B-NN 4711;Klimaservice;bestätigt;Bühne 1;Murat
T4;18.03.2099;09:30;60;Otto Zweit;030 5556668;;Ölwechsel;bestätigt;Bühne 1;Niemand
T5;irgendwann;;;Ohne Tag;;;Bremsen;;;
"""

CALENDAR = """\
BEGIN:VCALENDAR
VERSION:2.0
PRODID:-//Beispiel//DE
BEGIN:VEVENT
UID:a1@beispiel
DTSTART;TZID=Europe/Berlin:20260302T083000
DTEND;TZID=Europe/Berlin:20260302T100000
SUMMARY:Inspektion B-KF 1234
DESCRIPTION:Herr Grünewald wartet
END:VEVENT
BEGIN:VEVENT
UID:a2@beispiel
DTSTART;VALUE=DATE:20260706
DTEND;VALUE=DATE:20260718
SUMMARY:Urlaub
END:VEVENT
BEGIN:VEVENT
UID:a3@beispiel
DTSTART;TZID=Europe/Berlin:20260901T080000
DTEND;TZID=Europe/Berlin:20260901T160000
RRULE:FREQ=WEEKLY;COUNT=4;BYDAY=TU
EXDATE;TZID=Europe/Berlin:20260908T080000
SUMMARY:Berufsschule
END:VEVENT
END:VCALENDAR
"""

_FIRST = ("Anna", "Björn", "Cem", "Doris", "Emil", "Fatma", "Gerd", "Hülya", "Igor", "Jana")
_LAST = ("Albrecht", "Bäcker", "Çelik", "Dorn", "Ebert", "Fuchs", "Größer", "Hahn", "Ihle", "Jung")
_MAKES = (("VW", "Polo"), ("Opel", "Astra"), ("Ford", "Focus"), ("Skoda", "Octavia"))


def many_vehicles(count, seed=7):
    """A combined export of customers with their vehicles, `count` lines long."""
    pick = random.Random(seed)
    lines = [
        "Kundennr;Vorname;Nachname;Straße;PLZ;Ort;Telefon;E-Mail;Kennzeichen;FIN;Marke;Modell;EZ;KM-Stand;HU"
    ]
    for number in range(count):
        first, last = pick.choice(_FIRST), pick.choice(_LAST)
        make, model = pick.choice(_MAKES)
        letters = "ABCDEFGHJKLMNPRSTUVWXYZ0123456789"
        vin = "WVWZZZ" + "".join(pick.choice(letters) for _ in range(4)) + f"{number:07}"
        plate = (
            f"B-{chr(65 + number // 9000 % 26)}{chr(65 + number // 900 % 26)} {number % 9000 + 1}"
        )
        day = f"{pick.randint(1, 28):02}.{pick.randint(1, 12):02}.{pick.randint(2000, 2025)}"
        hu = f"{pick.randint(1, 12):02}/{pick.randint(2026, 2028)}"
        lines.append(
            f"{20000 + number};{first};{last};Beispielweg {number};{10115 + number % 900};Berlin;"
            f"030 {4000000 + number};kunde{number}@example.de;{plate};{vin};{make};{model};{day};"
            f"{pick.randint(1, 300)}.{pick.randint(0, 999):03};{hu}"
        )
    return "\r\n".join(lines).encode("cp1252", "replace")
