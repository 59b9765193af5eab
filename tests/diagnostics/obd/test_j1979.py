import pytest

from portal.diagnostics.obd import j1979
from portal.diagnostics.obd.frames import Message
from portal.diagnostics.obd.pids import PIDS, decode_pid, length_of, supported_pids
from portal.diagnostics.obd.signals import KNOWN


def message(text, *, on_can=True):
    return Message(0.0, "7E8", bytes.fromhex(text), on_can)


@pytest.mark.parametrize(
    ("pid", "data", "expected"),
    [
        ("04", "FF", {"engine_load": 100.0}),
        ("05", "7D", {"coolant_temperature": 85.0}),
        ("06", "7D", {"short_term_fuel_trim_bank_1": -2.34375}),
        ("0A", "64", {"fuel_pressure": 300.0}),
        ("0C", "1A F8", {"engine_rpm": 1726.0}),
        ("0E", "80", {"timing_advance": 0.0}),
        ("10", "02 FE", {"mass_air_flow": 7.66}),
        ("14", "5A FF", {"o2_voltage_bank_1_sensor_1": 0.45}),
        ("1B", "5A 80", {"o2_voltage_bank_2_sensor_4": 0.45, "o2_fuel_trim_bank_2_sensor_4": 0}),
        ("24", "80 00 20 00", {"lambda_bank_1_sensor_1": 1, "o2_wide_voltage_bank_1_sensor_1": 1}),
        ("32", "FF FF", {"evaporative_system_pressure": -0.25}),
        ("34", "80 00 80 00", {"lambda_by_current_bank_1_sensor_1": 1.0,
                               "o2_current_bank_1_sensor_1": 0.0}),
        ("3C", "1A 9B", {"catalyst_temperature_bank_1_sensor_1": 641.1}),
        ("3D", "1A 9B", {"catalyst_temperature_bank_2_sensor_1": 641.1}),
        ("42", "36 63", {"control_module_voltage": 13.923}),
        ("44", "80 00", {"commanded_equivalence_ratio": 1.0}),
        ("5D", "69 00", {"fuel_injection_timing": 0.0}),
        ("5E", "00 14", {"engine_fuel_rate": 1.0}),
        ("61", "7D", {"demanded_torque": 0.0}),
        ("67", "01 5A 5A", {"coolant_temperature_1": 50.0}),
        ("A6", "00 15 B7 D2", {"odometer": 142331.4}),
        ("01", "83 07 E5 01", {}),
        ("EE", "01", {}),
        ("0C", "1A", {}),
    ],
)  # fmt: skip
def test_formulas_of_the_standard(pid, data, expected):
    found = {one.key: one.value for one in decode_pid(int(pid, 16), bytes.fromhex(data))}
    assert found == pytest.approx(expected)


def test_every_field_has_a_signal_of_its_pid():
    for pid, known in PIDS.items():
        for field in known.fields:
            assert KNOWN[field.key].pid == f"{pid:02X}"
            assert field.end <= known.longest


def test_bitmaps_name_the_supported_pids():
    assert supported_pids(0x20, bytes.fromhex("80000001")) == [0x21, 0x40]
    assert length_of(0x40) == 4
    assert length_of(0xEE) is None


@pytest.mark.parametrize(
    ("high", "low", "code"),
    [(0x01, 0x71, "P0171"), (0x40, 0x35, "C0035"), (0x80, 0x01, "B0001"), (0xC1, 0x00, "U0100"),
     (0x24, 0x63, "P2463"), (0x0A, 0x80, "P0A80")],
)  # fmt: skip
def test_two_bytes_are_a_code(high, low, code):
    assert j1979.trouble_code(high, low) == code


@pytest.mark.parametrize(
    ("text", "on_can", "codes"),
    [
        ("43 02 01 71 04 20", True, ["P0171", "P0420"]),
        ("43 01 01 71 00 00", True, ["P0171"]),
        ("43 00", True, []),
        ("43", True, []),
        ("43 01 71 04 20 00 00", False, ["P0171", "P0420"]),
        ("43 01 71 04 20 00 00", None, ["P0171", "P0420"]),
        ("43 02 01 71 04 20", None, ["P0171", "P0420"]),
        ("47 00", None, []),
    ],
)
def test_codes_are_counted_on_can_and_padded_on_k_line(text, on_can, codes):
    assert j1979.trouble_codes(message(text, on_can=on_can)) == codes


def test_the_announced_number_of_codes():
    assert j1979.announced_codes(message("43 04 01 71")) == 4
    assert j1979.announced_codes(message("43 01 71 00 00 00 00", on_can=False)) is None


@pytest.mark.parametrize(
    ("text", "pids"),
    [
        ("41 0C 1A F8", [0x0C]),
        ("41 0C 1A F8 0D 32 11 2D", [0x0C, 0x0D, 0x11]),
        ("41 06 7D 80", [0x06]),
        ("41 0D 32 AA AA", [0x0D]),
        ("41 0D 32 0C 1A", [0x0D]),
        ("41 EE 01 02", [0xEE]),
        ("41 0C 1A", [0x0C]),
        ("41", []),
    ],
)
def test_one_answer_may_hold_several_pids(text, pids):
    assert [answer.pid for answer in j1979.pid_answers(bytes.fromhex(text))] == pids


def test_readiness_of_spark_and_diesel_engines():
    spark = {one.monitor: one for one in j1979.readiness("7E8", bytes.fromhex("8307E544"))}
    assert not spark["evaporative_system"].complete
    assert spark["catalyst"].complete
    assert not spark["heated_catalyst"].supported
    diesel = {one.monitor: one for one in j1979.readiness("7E8", bytes.fromhex("000F4840"))}
    assert "particulate_filter" in diesel
    assert not diesel["particulate_filter"].complete
    busy = {one.monitor: one for one in j1979.readiness("7E8", bytes.fromhex("00110000"))}
    assert not busy["misfire"].complete
    lamp = j1979.warning_lamp("7E8", bytes.fromhex("8307E544"))
    assert (lamp.on, lamp.stored_codes) == (True, 3)


@pytest.mark.parametrize(
    "vin", ["WVWZZZ1KZ6W000001", "1HGCM82633A004352", "2T1BR32E54C000012", "0ABCDEFGH12345670"]
)
def test_a_vin_keeps_its_zeros_ones_and_twos(vin):
    assert j1979.vin_of(b"\x00\x00\x00" + vin.encode()) == vin
    assert j1979.vin_of(vin.encode() + b"\xaa\xaa") == vin


def test_what_is_no_vin_is_not_made_one():
    assert j1979.vin_of(b"WVWZZZ1KZ6W00000") is None
    assert j1979.vin_of(b"WVWZZZ1KZ6W00000\xfc") is None
    assert j1979.vin_of(b"WVWZZZ1KZ6W 00001") is None


def test_texts_lose_their_padding_only():
    assert j1979.texts_of(b"06F906056S\x00\x00\x00\x00\x00\x00" + bytes(16), 16) == ["06F906056S"]
    assert j1979.texts_of(b"ECM\x00-EngineControl\x00\x00", 20) == ["ECM -EngineControl"]
    assert j1979.texts_of(b"\x01\x02", 16) == []
