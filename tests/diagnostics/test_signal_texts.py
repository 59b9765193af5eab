from portal.diagnostics.obd.signals import KNOWN
from portal.diagnostics.signal_texts import signal_text
from portal.kit.text import speaking


def test_every_signal_of_the_standard_has_a_name_in_both_languages():
    for locale in ("de", "en"):
        with speaking(locale):
            nameless = [key for key in KNOWN if signal_text(key, "0100") == "0100"]
            assert nameless == []


def test_a_name_says_which_of_two_and_where():
    with speaking("de"):
        assert signal_text("boost_pressure_b") == "Ladedruck B"
        assert signal_text("exhaust_temperature_bank_1_sensor_2").startswith("Abgastemperatur")
        assert signal_text("engine_rpm@7E9").endswith("(7E9)")
        assert signal_text("something_c") == "something c"
        assert signal_text("boost_pressure_c") == "boost pressure c"
