"""What a page says about a code beside its text: may the car drive on, why, what to test first."""

import pytest

from portal.diagnostics.obd.codes import drive_on
from portal.diagnostics.obd.codes.failure_types import FAILURE_TYPES, failure_type_text
from portal.diagnostics.obd.codes.families import FAMILIES, family_of
from portal.diagnostics.obd.codes.reasons import REASONS
from portal.diagnostics.obd.codes.spans import Span
from portal.diagnostics.obd.trouble_codes import explain


@pytest.mark.parametrize(
    ("code", "reason"),
    [
        ("C0020", "Bremse oder Bremsregelung ist betroffen: erst prüfen, dann fahren."),
        ("P0555", "Bremse oder Bremsregelung ist betroffen: erst prüfen, dann fahren."),
        ("U0121", "Bremse oder Bremsregelung ist betroffen: erst prüfen, dann fahren."),
        ("C0051", "Die Lenkung ist betroffen: Die Unterstützung kann unvermittelt ausfallen."),
        ("U0131", "Die Lenkung ist betroffen: Die Unterstützung kann unvermittelt ausfallen."),
        (
            "P0524",
            "Öldruck oder Ölstand nicht gesichert: Motor aus, Ölstand prüfen, Öldruck messen.",
        ),
        ("P0217", "Überhitzung: Motor abstellen, abkühlen lassen, Kühlmittel und Öl prüfen."),
        ("P0093", "Kraftstoff kann austreten: Brandgefahr."),
    ],
)
def test_what_may_harm_people_or_engine_means_do_not_drive(code, reason):
    told = explain(code)
    assert (told.drive_on, told.drive_on_text, told.severity) == ("stop", "Stehen lassen", 3)
    assert told.reason == reason


@pytest.mark.parametrize(
    "code", ["B0001", "B0100", "U0151", "B0073", "P0AA6", "P0A0B", "P0A3C", "U0452"]
)
def test_restraints_and_high_voltage_mean_do_not_drive(code):
    assert explain(code).drive_on == "stop"


def test_a_misfire_means_stop_only_while_the_lamp_flashes():
    assert explain("P0302").drive_on == "workshop_soon"
    assert "Blinkt die Motorkontrollleuchte, stehen lassen" in explain("P0302").reason
    flashing = explain("P0302", mil_flashing=True)
    assert (flashing.drive_on, flashing.severity) == ("stop", 3)
    assert explain("P0420", mil_flashing=True).drive_on == "workshop_soon"


@pytest.mark.parametrize("code", ["P0457", "P0462", "P0532", "B0345", "P0567", "U0184", "U0485"])
def test_comfort_and_vapour_can_wait(code):
    told = explain(code)
    assert (told.drive_on, told.drive_on_text, told.severity) == ("drive_on", "Weiterfahren", 1)


def test_what_nobody_judged_goes_to_a_workshop_soon():
    assert explain("P0FFF").drive_on == "workshop_soon"
    assert explain("P0FFF", "en").drive_on_text == "See a workshop soon"


def test_a_makers_chassis_code_may_be_the_brakes():
    assert explain("C1234").drive_on == "stop"
    assert explain("P1234").drive_on == "workshop_soon"
    assert explain("01276", make="Audi").drive_on == "stop"
    assert explain("01304", make="Audi").drive_on == "workshop_soon"


def test_the_failure_type_completes_the_text():
    assert explain("U0121-87").text == "ABS-Steuergerät: keine Kommunikation – Botschaft fehlt"
    assert explain("P0340", failure_type=0x13).text.endswith(" – Unterbrechung")
    assert explain("P0340 00").text == explain("P0340").text
    assert explain("B1248 F3").text.endswith(" – Fehlerart F3")
    assert explain("B1248F3", "en").text.endswith(" – failure type F3")


def test_every_failure_type_has_both_languages():
    assert len(FAILURE_TYPES) > 80
    assert all(texts.keys() == {"de", "en"} for texts in FAILURE_TYPES.values())
    assert all(text for texts in FAILURE_TYPES.values() for text in texts.values())
    assert failure_type_text(0x97, "de") == "Blockiert oder schwergängig"


def test_a_known_make_opens_its_own_codes_and_no_others():
    assert explain("P1570", make="Volkswagen").text.startswith("Motorsteuergerät: gesperrt")
    assert explain("17978", make="Skoda").code == "P1570"
    assert explain("1314", "en", make="SEAT").text == "Engine control unit"
    assert explain("C0035", make="Opel").text.startswith("Raddrehzahlsensor vorn links")
    assert explain("P1570", make="Fiat").text.startswith("Herstellerspezifisch")
    assert explain("P1570").text.startswith("Herstellerspezifisch")
    assert explain("P1571", make="VW").is_exact is False


def test_reserved_ranges_are_called_that():
    assert explain("B3000").text == "Reservierter Code: von ISO/SAE nicht vergeben"
    assert explain("U3FFE", "en").text == "Reserved code: not assigned by ISO/SAE"
    assert explain("U3FFE").origin == "manufacturer"
    assert explain("U3003").origin == "iso"


def test_each_family_tells_symptoms_and_three_first_checks_in_both_languages():
    assert len({family.key for family in FAMILIES}) == len(FAMILIES)
    for family in FAMILIES:
        for language in ("de", "en"):
            assert family.names[language]
            assert family.symptoms[language]
            assert len(family.first_checks[language]) == 3, family.key


def test_a_code_finds_its_family():
    assert explain("P0171").family == "mixture"
    assert explain("P0171").first_checks[1] == "Ansaugtrakt mit Nebel auf Falschluft prüfen"
    assert family_of("P2463").key == "particle_filter"
    assert explain("P1000").family == "manufacturer"
    assert explain("what?").family == "manufacturer"


def test_every_reason_is_used_and_written_in_both_languages():
    used = {verdict.reason for _, verdict in drive_on._read(drive_on._ROWS)}
    for_makers = {"maker", "maker_chassis", "maker_grave"}
    assert used | for_makers | {"unknown", "misfire_flashing"} == REASONS.keys()
    assert all(
        texts["de"].endswith(".") and texts["en"].endswith(".") for texts in REASONS.values()
    )


def test_a_run_that_counts_in_decimal_leaves_out_lettered_codes():
    assert family_of("P2679").key == "cooling"
    assert family_of("P267A").key == "valve_timing"
    assert Span("P018A", "P0194").holds("P0190")
    assert not Span("P0115", "P0119").holds("P0120")


@pytest.mark.parametrize("language", ["de", "en", "tr"])
def test_nothing_raises_whatever_is_asked(language):
    for system in "PCBU":
        for number in range(0, 0x4000, 7):
            told = explain(f"{system}{number:04X}", language)
            assert told.text
            assert told.reason
