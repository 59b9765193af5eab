import pytest

from portal.diagnostics.obd.trouble_codes import describe, from_vag, meaning, origin


@pytest.mark.parametrize(
    ("code", "text"),
    [
        ("P0101", "Luftmassenmesser A: Signalbereich/Funktion unplausibel"),
        ("P0171", "Gemisch Bank 1: zu mager"),
        ("p0304", "Zylinder 4: Verbrennungsaussetzer erkannt"),
        ("P0352", "Zündspule B: Primär-/Sekundärkreis fehlerhaft"),
        ("P0420", "Katalysator Bank 1: Wirkung unter Schwellwert"),
        ("P0296", "Zylinder 12: Leistungsbeitrag/Laufruhe auffällig"),
        ("P0128", "Kühlmittelthermostat: Regeltemperatur wird nicht erreicht"),
        ("P0299", "Ladedruck: zu niedrig"),
        ("P0734", "4. Gang: Übersetzungsverhältnis falsch"),
        ("P2463", "Partikelfilter: Rußbeladung zu hoch"),
        ("U0100", "Motorsteuergerät A: keine Kommunikation"),
        ("P0171-00", "Gemisch Bank 1: zu mager"),
        ("P010A", "Luftmassenmesser B: Stromkreis fehlerhaft"),
        ("P0A1B", "Steuergerät des Elektromotors A: meldet einen Fehler"),
        ("P0AA1", "Hochvoltschütz Plus: klemmt geschlossen"),
        (
            "P2047",
            "AdBlue-Dosierventil 1, Bank 1: Ansteuerung, Stromkreis fehlerhaft oder unterbrochen",
        ),
        ("P2311", "Zündspule D: Sekundärkreis fehlerhaft"),
        ("P3497", "Zylinderabschaltung, Bank 2: Funktionsstörung"),
        ("B0073", "Gurtstraffer zweite Reihe links: Ansteuerung, Stromkreis fehlerhaft"),
        ("C0034", "Raddrehzahlsensor vorn rechts: Funktionsstörung"),
        ("U0029", "Fahrzeug-Datenbus A: Funktion nicht in Ordnung"),
        ("U0322", "Bordnetzsteuergerät: Software passt nicht"),
        ("U0428", "Lenkwinkelgeber: ungültige Daten empfangen"),
        ("U3003", "Batteriespannung: Funktionsstörung"),
        ("P20EE", "SCR-Katalysator Bank 1: Wirkung unter Schwellwert"),
    ],
)
def test_a_known_code_says_component_and_failure(code, text):
    assert describe(code) == text
    assert meaning(code).is_exact


def test_a_code_outside_the_table_gets_its_family_and_says_so():
    assert describe("P03FF") == "Motor und Abgas (P03FF)"
    assert describe("B0FFF", "en") == "Body electronics (B0FFF)"
    assert not meaning("P03FF").is_exact


@pytest.mark.parametrize("code", ["P1072", "B1248", "C1001", "U1121", "P3100"])
def test_a_makers_code_never_gets_a_generic_text(code):
    assert origin(code) == "manufacturer"
    assert describe(code).startswith("Herstellerspezifisch")
    assert not meaning(code).is_exact


@pytest.mark.parametrize("code", ["P0001", "P2000", "P3400", "P3999", "B0001", "C0035", "U0100"])
def test_the_ranges_of_iso_and_sae(code):
    assert origin(code) == "iso"


def test_what_is_no_code_is_called_that():
    assert describe("P01") == "Kein gültiger Fehlercode"
    assert describe("", "en") == "Not a valid trouble code"
    assert origin("hello") == "manufacturer"


def test_vws_five_digits_are_sae_codes_in_blocks():
    assert from_vag(17480) == "P1072"
    assert from_vag(16384 + 171) == "P0171"
    assert from_vag(18432) == "P2000"
    assert from_vag(1309) is None


def test_neighbours_have_different_texts():
    sensors = [describe(f"P{number:04d}") for number in range(100, 125)]
    assert len(set(sensors)) == 25
