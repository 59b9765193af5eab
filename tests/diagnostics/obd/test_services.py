"""What ECUs answer to the services beside live data, through the transcript of an adapter."""

import pytest

from portal.diagnostics.obd import live_data, uds
from portal.diagnostics.obd.decoding import decode
from portal.diagnostics.obd.monitor_units import SCALINGS, scaling_of
from portal.diagnostics.obd.vehicle_information import consumption


def scan(*lines):
    return decode(("\r".join(lines) + "\r>").encode(), "scan.txt")


def long_answer(ecu, payload):
    """The frames of an answer of more than seven bytes."""
    data = bytes.fromhex(payload)
    first = bytes([0x10 | len(data) >> 8, len(data) & 0xFF]) + data[:6]
    rest = [data[at : at + 7] for at in range(6, len(data), 7)]
    frames = [first, *(bytes([0x20 | at & 15]) + part for at, part in enumerate(rest, 1))]
    return [f"{ecu} {frame.hex(' ').upper()}" for frame in frames]


def test_misfires_of_service_06_come_with_their_limits():
    results = "46 A2 0B 24 00 02 00 00 00 0A A2 0C 24 00 0C 00 00 00 0A"
    found = scan(">06A2", *long_answer("7E8", results)).monitor_results
    assert [(one.monitor, one.test, one.key) for one in found] == [
        ("A2", "0B", "misfire_cylinder_1"),
        ("A2", "0C", "misfire_cylinder_1"),
    ]
    assert [(one.value, one.min, one.max, one.passed) for one in found] == [
        (2, 0, 10, True),
        (12, 0, 10, False),
    ]


@pytest.mark.parametrize(
    ("unit", "raw", "value", "named"),
    [
        ("0B", "03 E8", 1.0, "V"),
        ("16", "01 F4", 10.0, "°C"),
        ("96", "FF 38", -20.0, "°C"),
        ("8C", "FF FF", -0.01, "V"),
        ("39", "00 00", -327.68, "%"),
        ("7E", "FF FF", 65535.0, ""),
        ("DD", "FF FF", -1.0, ""),
    ],
)
def test_results_are_scaled_by_their_unit(unit, raw, value, named):
    results = f"46 01 05 {unit} {raw} {raw} {raw}"
    (found,) = scan(">0601", *long_answer("7E8", results)).monitor_results
    assert (found.value, found.unit, found.key) == (
        value,
        named,
        "oxygen_sensor_bank_1_sensor_1",
    )


def test_a_monitor_without_a_name_keeps_its_number():
    (found,) = scan(">06E5", *long_answer("7E8", "46 E5 81 01 00 01 00 00 00 02")).monitor_results
    assert (found.key, found.test) == ("E5", "81")


def test_a_result_that_breaks_off_is_told():
    recording = scan(">0601", *long_answer("7E8", "46 01 05 0B 00 01 00 00 00"))
    service = next(one for one in recording.services_read if one.service == "06")
    assert recording.monitor_results == []
    assert (service.ecus, service.cut) == ([], ["7E8"])


def test_monitors_of_cars_before_can_have_no_scale_and_are_left_alone():
    recording = scan(">0601", "48 6B 10 46 01 00 0B 00 00 00 15")
    assert recording.monitor_results == []
    assert next(one for one in recording.services_read if one.service == "06").asked


def test_signed_units_begin_at_80():
    assert all(scaling.signed == (at >= 0x80) for at, scaling in SCALINGS.items())
    assert scaling_of(0x90).signed


def test_an_ecu_says_who_it_is():
    calibration = "49 04 02 " + (b"06F906056S".ljust(16, b"\0") + b"CAL2".ljust(16, b"\0")).hex()
    recording = scan(
        ">0902",
        *long_answer("7E8", "49 02 01 " + b"WVWZZZ1KZ6W000001".hex()),
        ">0904",
        *long_answer("7E8", calibration),
        ">0906",
        *long_answer("7E8", "49 06 02 DE AD BE EF 00 00 12 34"),
        ">090A",
        *long_answer("7E8", "49 0A 01 " + b"ECM\0-EngineControl".ljust(20, b"\0").hex()),
    )
    (ecu,) = recording.ecus
    assert (ecu.ecu, ecu.vin, ecu.name) == ("7E8", "WVWZZZ1KZ6W000001", "ECM -EngineControl")
    assert ecu.calibration_ids == ["06F906056S", "CAL2"]
    assert ecu.calibration_checks == ["DEADBEEF", "00001234"]


def test_ratios_of_spark_and_diesel_engines():
    spark = "49 08 10 " + "".join(f"{number:04X}" for number in (100, 250, *range(1, 15)))
    (ecu,) = scan(">0908", *long_answer("7E8", spark)).ecus
    assert (ecu.monitoring_conditions, ecu.ignition_cycles) == (100, 250)
    assert (ecu.in_use[0].monitor, ecu.in_use[0].completions, ecu.in_use[0].opportunities) == (
        "catalyst_bank_1",
        1,
        2,
    )
    assert [one.monitor for one in ecu.in_use][-1] == "evaporative_system"
    diesel = "49 0B 12 " + "".join(f"{number:04X}" for number in range(18))
    (ecu,) = scan(">090B", *long_answer("7E8", diesel)).ecus
    assert [one.monitor for one in ecu.in_use][3] == "particulate_filter"
    (ecu,) = scan(">0908", "7E8 05 49 08 01 00 01").ecus
    assert ecu.in_use == []
    assert ecu.ignition_cycles is None


def test_consumption_of_new_cars_is_only_taken_if_it_is_possible():
    told = "49 17 01" + "".join(f"{number:08X}" for number in (12_000, 123_456, 8_000, 80_000))
    (ecu,) = scan(">0917", *long_answer("7E8", told)).ecus
    assert ecu.consumption == {
        "distance_recent_km": 1200.0,
        "distance_lifetime_km": 12345.6,
        "fuel_recent_l": 80.0,
        "fuel_lifetime_l": 800.0,
    }
    (ecu,) = scan(">0917", *long_answer("7E8", "49 17 01" + "00" * 16)).ecus
    assert ecu.consumption == {}
    assert ecu.consumption_bytes == "00" * 16
    assert consumption(bytes(4)) == {}


def test_codes_of_uds_carry_failure_type_and_status():
    told = "59 02 FF 04 20 11 2F C1 00 87 50 01 71 00 04 D0 01 08 01"
    recording = scan(">1902FF", *long_answer("7E8", told))
    found = {one.code: one for one in recording.trouble_codes}
    assert {code: (one.status, one.failure_type) for code, one in found.items()} == {
        "P0420": ("stored", "11"),
        "P0171": ("pending", "00"),
        "U1001": ("pending", "08"),
    }
    assert found["P0420"].status_byte == "2F"
    assert "confirmed" in found["P0420"].flags
    assert "warning_lamp_requested" not in found["P0420"].flags
    assert recording.codes_read == "complete"


def test_permanent_codes_of_uds_and_answers_that_list_no_codes():
    recording = scan(">1915", "7E8 07 59 15 FF 04 20 11 08", ">190A", "7E8 06 59 01 FF 01 00 02")
    assert [(one.code, one.status) for one in recording.trouble_codes] == [("P0420", "permanent")]


def test_a_uds_answer_that_breaks_off_makes_the_reading_partial():
    recording = scan(">1902FF", "7E8 06 59 02 FF 04 20 11")
    assert recording.trouble_codes == []
    assert recording.codes_read == "none"
    assert recording.partial


def test_an_ecu_that_only_speaks_uds_counts_as_read():
    recording = scan(
        ">03", "7E8 02 43 00", ">1902FF", "7E9 03 59 02 FF", ">22F190", "7E9 04 62 F1 90 41"
    )
    assert recording.codes_read == "complete"
    alone = scan(">03", "7E8 02 43 00", ">22F190", "7E9 04 62 F1 90 41")
    assert alone.codes_read == "partial"
    stored = next(one for one in alone.services_read if one.service == "03")
    assert stored.silent == ["7E9"]


def test_an_ecu_that_refuses_is_told_from_one_that_waits():
    recording = scan(">03", "7E8 03 7F 03 78", "7E8 02 43 00", "7E9 03 7F 03 11")
    assert [(no.ecu, no.code) for no in recording.negative_responses] == [("7E9", "11")]
    stored = next(one for one in recording.services_read if one.service == "03")
    assert (stored.ecus, stored.silent, stored.refused) == (["7E8"], ["7E9"], ["7E9"])
    assert recording.codes_read == "partial"


def test_monitors_of_this_drive_stand_beside_those_since_the_codes_were_cleared():
    recording = scan(">0101", "7E8 06 41 01 00 07 E5 00", ">0141", "7E8 06 41 41 00 07 E5 E5")
    assert all(one.complete for one in recording.readiness if one.supported)
    assert not next(
        one for one in recording.readiness_this_drive if one.monitor == "catalyst"
    ).complete


def test_the_last_state_of_the_monitors_counts_even_if_it_was_there_before():
    lines = [">0101", "7E8 06 41 01 00 07 E5 00", "7E8 06 41 01 81 07 E5 01"]
    recording = scan(*lines, "7E8 06 41 01 00 07 E5 00")
    assert not recording.warning_lamps[0].on


def test_bitmaps_say_what_an_ecu_could_answer():
    (ecu,) = scan(
        ">0100", "7E8 06 41 00 BE 3F A8 13", ">0120", "7E8 06 41 20 80 00 00 00",
        ">0600", "7E8 06 46 00 C0 00 00 01", ">0900", "7E8 07 49 00 01 54 40 00 00",
    ).ecus  # fmt: skip
    assert ecu.supported["01"][:3] == ["01", "03", "04"]
    assert "21" in ecu.supported["01"]
    assert ecu.supported["06"] == ["01", "02"]


def test_freeze_frames_keep_their_numbers_apart():
    recording = scan(
        ">020200", "7E8 05 42 02 00 01 71", ">020C00", "7E8 05 42 0C 00 1A F8",
        ">020201", "7E8 05 42 02 01 04 20", ">020C01", "7E8 05 42 0C 01 0C 00",
    )  # fmt: skip
    assert [(one.frame, one.code, one.values["engine_rpm"]) for one in recording.freeze_frames] == [
        (0, "P0171", 1726.0),
        (1, "P0420", 768.0),
    ]


def test_one_answer_may_hold_several_frozen_values():
    recording = scan(">02", *long_answer("7E8", "42 0C 00 1A F8 0D 00 32"))
    assert recording.freeze_frames[0].values == {"engine_rpm": 1726.0, "vehicle_speed": 50.0}
    filled = scan(">02", "7E8 07 42 0D 00 32 AA AA AA")
    assert filled.freeze_frames[0].values == {"vehicle_speed": 50.0}


def test_trims_of_the_third_bank_are_read_where_an_engine_has_one():
    recording = scan(">0106", "7E8 04 41 06 80 90")
    assert recording.traces["short_term_fuel_trim_bank_3"].values[0] == 12.5


def test_more_codes_than_any_ecu_has_are_not_all_kept():
    answers = [f"7E8 06 43 02 {at >> 8 & 0x3F:02X} {at & 255:02X} {at >> 8 & 63 | 64:02X} {at & 255:02X}"
               for at in range(1, 4000)]  # fmt: skip
    assert len(scan(">03", *answers).trouble_codes) == 5000
    assert len(scan(">03", *["7E8 03 7F 03 11"] * 1500).negative_responses) == 1000


def test_fewer_codes_than_an_ecu_counts_are_a_partial_reading():
    answers = [">0101", "7E8 06 41 01 83 07 E5 00", ">03"]
    assert scan(*answers, "7E8 06 43 02 01 71 04 20").codes_read == "none"
    whole = scan(*answers, "7E8 10 08 43 03 01 71 04 20", "7E8 21 03 00 AA AA AA AA AA")
    assert whole.codes_read == "complete"


def test_answers_beyond_a_limit_are_read_each_time(monkeypatch):
    monkeypatch.setattr(live_data, "_MOST_ANSWERS", 0)
    recording = scan(
        ">0166", *["7E8 07 41 66 03 01 40 00 20"] * 2, "7E8 03 41 0D 20", "7E8 03 41 0D 20"
    )
    assert recording.traces["mass_air_flow_a"].values.tolist() == [10.0, 10.0]
    assert recording.traces["vehicle_speed"].values.tolist() == [32.0, 32.0]


def test_a_pid_whose_answer_mixes_bits_and_readings_counts_each_time():
    lines = ["7E8 10 08 41 01 00 07 E5 00", "7E8 21 0D 20 AA AA AA AA AA"]
    recording = scan(">01010D", *lines, ">01010D", *lines)
    assert recording.traces["vehicle_speed"].values.tolist() == [32.0, 32.0]


def test_an_answer_of_uds_without_codes_says_nothing():
    assert list(uds.codes_of(bytes.fromhex("5901FF"))) == []
