import pytest

from portal.diagnostics.obd import texts_de, texts_en
from portal.diagnostics.obd.trouble_code_table import TABLE
from portal.diagnostics.obd.trouble_codes import describe, from_vag, meaning, origin


@pytest.mark.parametrize(
    ("code", "text"),
    [
        ("P0101", "Luftmassenmesser: Signalbereich/Funktion unplausibel"),
        ("P0171", "Gemisch Bank 1: zu mager"),
        ("p0304", "Zylinder 4: Verbrennungsaussetzer erkannt"),
        ("P0352", "Zündspule B: Primär-/Sekundärkreis fehlerhaft"),
        ("P0420", "Katalysator Bank 1: Wirkung unter Schwellwert"),
        ("P0296", "Zylinder 12: Leistungsbeitrag/Laufruhe auffällig"),
        ("P0128", "Kühlmittelthermostat: Regeltemperatur wird nicht erreicht"),
        ("P0299", "Ladedruck: zu niedrig"),
        ("P0734", "4. Gang: Übersetzungsverhältnis falsch"),
        ("P2463", "Partikelfilter Bank 1: Rußbeladung zu hoch"),
        ("U0100", "Motorsteuergerät A: keine Kommunikation"),
        ("P0171-00", "Gemisch Bank 1: zu mager"),
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


def test_both_languages_know_the_same_words_and_all_of_them_are_used():
    for name in ("COMPONENTS", "FAILURES"):
        assert getattr(texts_de, name).keys() == getattr(texts_en, name).keys()
    assert {entry.component for entry in TABLE.values()} == texts_de.COMPONENTS.keys()
    assert {entry.failure for entry in TABLE.values()} == texts_de.FAILURES.keys()


@pytest.mark.parametrize("locale", ["de", "en", "fr"])
def test_every_code_of_the_table_has_a_whole_text(locale):
    texts = [describe(code, locale) for code in TABLE]
    assert all("{" not in text and ": " in text for text in texts)
    assert len(TABLE) > 800


def test_neighbours_have_different_texts():
    sensors = [describe(f"P{number:04d}") for number in range(100, 125)]
    assert len(set(sensors)) == 25
