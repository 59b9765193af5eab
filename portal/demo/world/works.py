# ruff: noqa: E501  # a table: one row a line
"""What mechanics write: works with the words they use. Braces are filled with measured values."""

from typing import NamedTuple

ANY = frozenset({"petrol", "diesel", "hybrid", "electric", "lpg"})
BURNS = ANY - {"electric"}
SPARKS = frozenset({"petrol", "hybrid", "lpg"})
DIESEL = frozenset({"diesel"})
ELECTRIC = frozenset({"electric"})


class Work(NamedTuple):
    """`from_km`: not before the car has run so far."""

    title: str
    text: str
    fuels: frozenset[str] = ANY
    from_km: int = 0


SMALL_SERVICE = [
    Work("Kleine Inspektion mit Ölwechsel", "Öl {oil}, Filter neu, Dichtring neu. Bremsbeläge VA {front} mm, HA {rear} mm. Frostschutz bis {frost} °C. Serviceanzeige zurückgestellt, Eintrag digital.", BURNS),
    Work("Inspektion nach Wartungsplan", "Öl {oil} mit Filter, Innenraumfilter erneuert. Profil VA {tread_f} mm, HA {tread_r} mm. Batterie {volt} V, Startleistung gut. Keine Auffälligkeiten.", BURNS),
    Work("Ölservice", "{oil} aufgefüllt, Filter neu, Unterboden auf Undichtigkeiten gesehen: trocken. Luftdruck eingestellt.", BURNS),
]  # fmt: skip
LARGE_SERVICE = [
    Work("Große Inspektion", "Öl {oil} mit Filter, Luft- und Innenraumfilter, Zündkerzen neu. Bremsflüssigkeit Siedepunkt {boil} °C. Beläge VA {front} mm, HA {rear} mm. Probefahrt i. O.", SPARKS),
    Work("Große Inspektion", "Öl {oil} mit Filter, Luft-, Kraftstoff- und Innenraumfilter neu. Bremsflüssigkeit Siedepunkt {boil} °C. Beläge VA {front} mm, HA {rear} mm. Rußbeladung DPF geprüft, i. O.", DIESEL),
]  # fmt: skip
ELECTRIC_SERVICE = [
    Work("Service Elektrofahrzeug", "Hochvoltkomponenten und Leitungen auf Sicht geprüft, Isolationswiderstand i. O. Batteriezustand {soh} %. Bremsen gangbar gemacht, Beläge VA {front} mm, HA {rear} mm. Innenraumfilter neu.", ELECTRIC),
]  # fmt: skip
CLASSIC_SERVICE = [
    Work("Durchsicht Oldtimer", "Motoröl {classic} gewechselt, Ventilspiel und Zündzeitpunkt geprüft. Bremsbeläge ausreichend, Handbremse nachgestellt. Schmiernippel abgeschmiert."),
]  # fmt: skip

TO_SUMMER = [
    Work("Räderwechsel auf Sommer", "Profil VA {tread_f} mm, HA {tread_r} mm. Luftdruck {bar} bar, mit {torque} Nm angezogen. Winterräder eingelagert, Platz {shelf}."),
    Work("Sommerräder montiert", "Sommerräder VA {tread_f} mm, HA {tread_r} mm, Reifendrucksensoren angelernt. Nachziehen nach 50 km empfohlen."),
]  # fmt: skip
TO_WINTER = [
    Work("Räderwechsel auf Winter", "Profil VA {tread_f} mm, HA {tread_r} mm. Luftdruck {bar} bar, mit {torque} Nm angezogen. Sommerräder eingelagert, Platz {shelf}."),
    Work("Winterräder montiert", "Winterräder VA {tread_f} mm, HA {tread_r} mm. Eine Radschraube ersetzt. Wischwasser mit Frostschutz aufgefüllt."),
]  # fmt: skip

REPAIRS = [
    Work("Bremsscheiben und -beläge VA erneuert", "Scheiben unter Mindestmaß, Beläge {worn} mm. Führungen gereinigt und gefettet, Sattel gangbar. Probefahrt i. O., Einbremsen erklärt.", from_km=45_000),
    Work("Bremsbeläge HA erneuert", "Beläge {worn} mm, Scheiben noch maßhaltig. Feststellbremse eingestellt.", from_km=40_000),
    Work("Bremsflüssigkeit gewechselt", "Siedepunkt vorher {wet} °C, nachher {boil} °C. Alle vier Räder und Kupplungsnehmer entlüftet."),
    Work("Starterbatterie erneuert", "Alte Batterie {low} V, Kaltstartleistung unter 50 %. Neue AGM-Batterie eingebaut und angelernt, Altbatterie zurückgenommen.", BURNS),
    Work("Klimaservice", "Restmenge {gas} g abgesaugt, Vakuum 30 min gehalten, Sollmenge befüllt, UV-Kontrastmittel zugegeben. Ausblastemperatur 6 °C."),
    Work("Koppelstangen VA beidseitig erneuert", "Poltern auf Kopfsteinpflaster, Koppelstangen ausgeschlagen. Ersetzt, Probefahrt ohne Geräusch.", from_km=60_000),
    Work("Querlenker VA links erneuert", "Hinteres Lager gerissen. Querlenker ersetzt, Achse vermessen und Spur eingestellt, Protokoll abgelegt.", from_km=80_000),
    Work("Radlager HA rechts erneuert", "Laufgeräusch ab 60 km/h. Radnabeneinheit ersetzt, Drehmoment nach Vorgabe, ABS-Signal geprüft.", from_km=90_000),
    Work("Zündspule Zylinder {cylinder} erneuert", "Motor lief unrund, Aussetzer Zylinder {cylinder}. Spule quergetauscht, Fehler wandert mit. Spule und alle Zündkerzen ersetzt.", SPARKS, 50_000),
    Work("Zahnriemen und Wasserpumpe erneuert", "Satz mit Spann- und Umlenkrolle, Kühlmittel neu, entlüftet. Nächster Wechsel in Serviceheft eingetragen.", frozenset({"petrol", "diesel"}), 110_000),
    Work("AGR-Ventil gereinigt", "Ventil schwergängig, verkokt. Ausgebaut, gereinigt, neue Dichtung, Grundstellung angelernt. Fehler gelöscht, Probefahrt 20 km.", DIESEL, 90_000),
    Work("Glühkerzen erneuert", "Zwei Kerzen ohne Durchgang. Alle vier ersetzt, Steuergerät geprüft.", DIESEL, 100_000),
    Work("Kühlmittelverlust behoben", "Druckprüfung: Thermostatgehäuse undicht. Gehäuse mit Thermostat ersetzt, Kühlmittel aufgefüllt, Anlage 15 min unter Druck dicht.", BURNS, 70_000),
    Work("Auspuff: Endschalldämpfer erneuert", "Durchgerostet an der Schweißnaht. Endtopf und Schelle neu, Gummilager ersetzt.", frozenset({"petrol", "diesel", "lpg"}), 80_000),
    Work("Zwei Reifen VA montiert und gewuchtet", "Restprofil 2,4 mm, seitlich gerissen. Zwei neue Reifen, Ventile neu, gewuchtet. DOT notiert."),
    Work("Scheibenwischer und Abblendlicht", "Wischerblätter vorn und hinten neu, Leuchtmittel links ersetzt, Scheinwerfer eingestellt."),
    Work("Stoßdämpfer HA erneuert", "Rechter Dämpfer ölfeucht. Beide ersetzt, Domlager geprüft.", from_km=110_000),
    Work("Lambdasonde vor Kat erneuert", "Heizung ohne Durchgang. Sonde ersetzt, Gewinde nachgeschnitten, Werte nach Warmlauf i. O.", SPARKS, 90_000),
    Work("Ladekabel und Ladebuchse geprüft", "Ladeabbruch an der Wallbox. Buchse verschmutzt, gereinigt, Verriegelung gangbar. Laden mit 11 kW i. O.", ELECTRIC),
    Work("Bremsscheiben HA entrostet", "Tragbild durch seltenes Bremsen schlecht. Scheiben überdreht, Beläge angeschliffen, Tragbild jetzt gut.", ELECTRIC),
    Work("Gasanlage gewartet", "Filter Flüssig- und Gasphase neu, Verdampfer geprüft, Anlage abgedrückt: dicht. Eintrag im Prüfbuch.", frozenset({"lpg"})),
    Work("Türschloss vorn links instand gesetzt", "Mikroschalter ohne Funktion, Tür wird als offen gemeldet. Schloss ersetzt, angelernt.", from_km=40_000),
]  # fmt: skip

CLASSIC_REPAIRS = [
    Work("Kaltstart verbessert", "Zündkabel, Verteilerkappe und Kerzen erneuert, Leerlauf und CO eingestellt. Springt kalt und warm gut an."),
    Work("Radbremszylinder hinten erneuert", "Linker Zylinder feucht. Beide ersetzt, Beläge entfettet, Anlage entlüftet, Siedepunkt {boil} °C."),
    Work("Rost am Schweller instand gesetzt", "Durchrostung 8 × 4 cm, Blech eingesetzt, grundiert, Hohlraum konserviert. Fotos in der Akte."),
    Work("Benzinschläuche erneuert", "Schläuche spröde, alle mit E10-festem Material ersetzt, Filter neu, dicht."),
]  # fmt: skip

HU_DEFECTS = [
    ("Bremsleitung hinten rechts korrodiert, Scheinwerfer links zu hoch", "Bremsleitung HA rechts erneuert und entlüftet, Scheinwerfer eingestellt."),
    ("Reifen VA unter 1,6 mm, Kennzeichenbeleuchtung ohne Funktion", "Zwei Reifen montiert, Leuchtmittel ersetzt."),
    ("Traggelenk VA rechts mit Spiel, Ölverlust am Motor", "Traggelenk ersetzt, Ventildeckeldichtung erneuert, Motor gereinigt."),
    ("Handbremse ungleich, Auspuffhalter gerissen", "Handbremsseile ersetzt und eingestellt, Halter erneuert."),
    ("AU nicht bestanden: Readiness unvollständig", "Nach Fahrzyklus erneut vorgestellt, alle Prüfbereitschaften gesetzt."),
]  # fmt: skip
HU_HINTS = (
    "ohne festgestellte Mängel",
    "ohne festgestellte Mängel",
    "ohne festgestellte Mängel",
    "geringer Mangel: Wischerblatt hinten verschlissen, gleich ersetzt",
    "Hinweis: Bremsscheiben HA mit Korrosion am Rand",
)
INSPECTORS = ("TÜV", "DEKRA", "GTÜ", "KÜS")

REPORTED = [
    ("Rasseln beim Kaltstart gemeldet", "Nach etwa einer Minute weg. Beim nächsten Termin Steuerkette und Hitzeschutz mitprüfen."),
    ("Steinschlag gemeldet", "Windschutzscheibe unten rechts, nicht im Sichtfeld. Versicherung wird noch gefragt."),
    ("Kostenvoranschlag nicht beauftragt", "Stoßdämpfer HA angeboten, soll bis zum Frühjahr warten."),
    ("Reifen bestellt", "Ganzjahresreifen in Originalgröße, Montage nach Rückruf."),
]  # fmt: skip
