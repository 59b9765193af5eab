import pytest

from portal.diagnostics.obd.decoding import decode
from portal.diagnostics.obd.not_a_recording import NotARecording

HEADER = (
    "GPS Time, Device Time, Longitude, Latitude,GPS Speed (Meters/second), G(x),"
    "Engine Coolant Temperature(°F),Intake Manifold Pressure(psi),Speed (OBD)(mph),"
    "Air Fuel Ratio(Measured)(:1),Engine RPM(rpm),Percentage of City driving(%),0902, \n"
)


def row(second, device="02-Nov-2025 01:09:{:02d}.382", *, rpm="812.5"):
    gps = "Sun Nov 02 01:09:03 GMT+01:00 2025"
    cells = [gps, device.format(second), "8.4", "49.0", "1.5", "0.1"]
    return ",".join([*cells, "212", "14.503773773", "60", "14.7", rpm, "55", "4294967296"]) + ",\n"


def by_key(recording):
    return {signal.key: signal for signal in recording.signals}


def test_units_come_from_the_heading_and_become_ours():
    recording = decode((HEADER + row(3) + row(4)).encode(), "trackLog.csv")
    signals = by_key(recording)
    assert recording.format == "torque_pro"
    assert signals["coolant_temperature"].last == pytest.approx(100.0)
    assert signals["intake_manifold_pressure"].last == pytest.approx(100.0)
    assert signals["vehicle_speed"].last == pytest.approx(96.56064)
    assert signals["gps_speed"].last == pytest.approx(5.4)
    assert signals["air_fuel_ratio_measured"].source_unit == ":1"
    assert signals["engine_rpm"].provenance == "held"
    assert signals["percentage_of_city_driving"].provenance == "calculated"


def test_the_track_is_not_kept():
    recording = decode((HEADER + row(3)).encode(), "trackLog.csv")
    assert recording.removed_for_privacy == ["Longitude", "Latitude"]
    assert not any("itude" in signal.key for signal in recording.signals)


def test_the_start_is_the_devices_clock_in_the_zone_of_the_gps():
    recording = decode((HEADER + row(3) + row(5)).encode(), "x.csv")
    assert recording.started_at.isoformat() == "2025-11-02T01:09:03.382000+01:00"
    assert recording.time_known == "absolute"
    assert recording.duration_s == 2.0


def test_missing_markers_are_no_readings():
    rows = row(3, rpm="-") + row(4, rpm="∞") + row(5, rpm="") + row(6)
    assert by_key(decode((HEADER + rows).encode(), "x"))["engine_rpm"].rows == 1


def test_a_restarted_log_repeats_its_header():
    rows = row(1) + row(2) + row(3) + HEADER + row(9)
    recording = decode((HEADER + rows).encode(), "x")
    assert (recording.rows, recording.quarantined) == (4, [])
    assert recording.gaps[0].to_s == 8.0


def test_only_a_gps_time_is_a_time_too():
    text = "GPS Time,Engine RPM(rpm)\nThu Oct 28 13:55:24 GMT+02:00 2021,800\n"
    recording = decode(text.encode(), "x")
    assert recording.started_at.isoformat() == "2021-10-28T13:55:24+02:00"


EXCEL = "Device Time,Engine RPM(rpm)\r\n{}:36.7,800\r\n{}:01.7,810\r\n"


def test_what_excel_left_of_the_time_is_completed_from_the_file_name():
    data = EXCEL.format("59", "0").encode()
    recording = decode(data, "trackLog-2021-Oct-28_13-59-30.csv")
    assert recording.started_at.isoformat() == "2021-10-28T13:59:36.700000"
    assert recording.duration_s == 25.0
    later = decode(data, "trackLog-2021-Oct-28_14-00-00.csv")
    assert later.started_at.isoformat() == "2021-10-28T14:59:36.700000"
    next_hour = decode(EXCEL.format("0", "1").encode(), "trackLog-2021-Oct-28_13-59-58.csv")
    assert next_hour.started_at.isoformat() == "2021-10-28T14:00:36.700000"
    assert decode(data, "copy.csv").time_known == "relative"


def test_a_known_header_without_rows_is_no_recording():
    for rows in ("", "rubbish\n", row(3, "never").replace("812.5", "x")):
        with pytest.raises(NotARecording) as refused:
            decode((HEADER + rows).encode(), "x")
        assert refused.value.code == "no_rows"


def test_a_table_without_any_value_is_no_recording():
    text = "Device Time,Engine RPM(rpm),Longitude\n02-Nov-2025 01:09:03,-,8.4\n"
    with pytest.raises(NotARecording):
        decode(text.encode(), "x")


def test_an_unfinished_bracket_is_part_of_the_name():
    text = "Device Time,Engine RPM)\n02-Nov-2025 01:09:03,800\n"
    assert decode(text.encode(), "x").signals[0].source_name == "Engine RPM)"


def test_a_header_whose_time_is_cut_off_leaves_no_rows():
    with pytest.raises(NotARecording) as refused:
        decode(b"a,b,Device Time\n" + b"1,2\n" * 20, "x.csv")
    assert refused.value.code == "no_rows"
