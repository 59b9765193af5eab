import pytest

from portal.diagnostics.obd.aliases import find_key, is_calculated, is_position, own_key
from portal.diagnostics.obd.units import is_unit, to_stored, to_unit


@pytest.mark.parametrize(
    ("label", "wanted", "printed", "stored"),
    [
        ("°F", "°C", 212.0, 100.0),
        ("℉", "°C", 32.0, 0.0),
        ("mph", "km/h", 60.0, 96.56064),
        ("psi", "kPa", 14.503773773, 100.0),
        ("bar", "kPa", 1.5, 150.0),
        ("Pa", "kPa", 100.0, 0.1),
        ("min", "s", 2.0, 120.0),
        ("", "rpm", 800.0, 800.0),
        ("λ", "", 1.0, 1.0),
    ],
)
def test_units_are_converted(label, wanted, printed, stored):
    how = to_unit(label, wanted)
    assert how.unit == wanted
    assert printed * how.factor + how.offset == pytest.approx(stored)


def test_a_unit_of_another_kind_does_not_fit():
    assert to_unit("V", "km/h") is None
    assert to_stored("furlong").unit == "furlong"
    assert is_unit(" KPA ")
    assert not is_unit("x")


@pytest.mark.parametrize(
    ("name", "key"),
    [
        ("Kühlmitteltemperatur", "coolant_temperature"),
        ("[ECM] Short term fuel % trim - Bank 1", "short_term_fuel_trim_bank_1"),
        ("ENGINE_RUN_TINE", "engine_run_time"),
        ("Oxygen sensor 2 Bank 1 Voltage", "o2_voltage_bank_1_sensor_2"),
        ("O2 Volts Bank 2 sensor 1", "o2_voltage_bank_2_sensor_1"),
        ("O2 Volts Bank 9 sensor 9", None),
        ("Oil quality", None),
    ],
)
def test_names_of_programs_and_languages_find_their_signal(name, key):
    assert find_key(name) == key


def test_what_the_program_works_out_itself_is_known():
    assert is_calculated("Calculated boost")
    assert is_calculated("Horsepower (At the wheels)")
    assert not is_calculated("Calculated engine load value")
    assert is_position(" Longitude")
    assert own_key("Öl-Qualität (%)") == "öl_qualität"
    assert own_key("!!") == "signal"
