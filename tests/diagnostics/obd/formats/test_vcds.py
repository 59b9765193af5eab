import pytest

from portal.diagnostics.obd.decoding import decode
from portal.diagnostics.obd.formats import vcds_autoscan
from portal.diagnostics.obd.not_a_recording import NotARecording
from tests.makers.recordings import (
    VCDS_LOG,
    VCDS_LOG_GERMAN,
    VCDS_LOG_SINGLE,
    VCDS_SCAN,
    VCDS_SCAN_GERMAN,
    VIN,
)


def scan(text=VCDS_SCAN):
    return decode(text.encode(), "scan.txt")


def test_a_scan_says_whose_it_is_and_when():
    recording = scan()
    assert (recording.format, recording.vin, recording.odometer_km) == (
        "vcds_autoscan",
        VIN,
        225800,
    )
    assert (recording.started_at.isoformat(), recording.time_known) == (
        "2024-03-23T17:29:03",
        "absolute",
    )
    assert recording.recorded_with == "VCDS Version: 23.11.0.0 (x64)"


def test_faults_carry_both_codes_and_the_words_of_the_program():
    found = {one.maker_code: one for one in scan().trouble_codes}
    assert list(found) == ["17480", "8456", "16955", "00988", "01486"]
    assert (found["17480"].code, found["17480"].origin) == ("P1072", "manufacturer")
    assert found["17480"].text == "NOx Sensor (G295) Heater Control: Circuit Malfunction"
    assert (found["8456"].code, found["8456"].status) == ("P0101", "pending")
    assert (found["8456"].origin, found["8456"].failure_type) == ("iso", "00")
    assert found["8456"].text.startswith("Luftmassenmesser")
    assert found["8456"].printed == "Air Filter: Implausible Signal"
    assert (found["16955"].code, found["16955"].status) == ("P0571", "intermittent")
    assert (found["00988"].code, found["00988"].ecu) == ("00988", "09")
    assert found["01486"].text == "System Function Test Activated"


def test_freeze_frames_of_faults_are_in_our_units():
    (frame,) = scan().freeze_frames
    assert (frame.ecu, frame.frame, frame.code) == ("01", 1, "P0101")
    assert frame.values == {
        "fault_frequency": 3.0,
        "odometer": 225100.0,
        "engine_rpm": 2100.5,
        "coolant_temperature": 88.0,
        "boost_pressure": 950.0,
    }


def test_modules_say_what_they_are_and_how_they_do():
    modules = {one.address: one for one in scan().modules}
    assert list(modules) == ["00", "01", "03", "09", "17", "44"]
    assert (modules["01"].is_ok, modules["01"].faults) == (False, 3)
    assert modules["01"].part_number == "03G 906 016 AB"
    assert modules["01"].hardware_number == "028 101 223 7"
    assert modules["01"].component == "R4 2,0L EDC G000SG 5570"
    assert modules["01"].coding == "0000071"
    assert (modules["03"].is_ok, modules["03"].faults) == (True, 0)
    assert modules["44"].state == "Cannot be reached 1100"
    assert (modules["44"].is_ok, modules["44"].faults) == (False, None)
    assert modules["00"].faults is None


def test_a_module_that_cannot_be_reached_leaves_the_scan_partial():
    recording = scan()
    (read,) = recording.services_read
    assert (read.ecus, read.silent, read.cut) == (["01", "03", "09", "17"], ["44"], [])
    assert recording.codes_read == "partial"
    assert recording.partial


def test_a_list_that_is_shorter_than_it_says_is_not_whole():
    text = VCDS_SCAN.replace("Scan: 01 03 09 17 44", "Scan: 01 03 09 17").split("Address 44")[0]
    assert scan(text).codes_read == "complete"
    (read,) = scan(text.replace("2 Faults Found", "3 Faults Found")).services_read
    assert (read.silent, read.cut) == (["09"], ["09"])
    cut = scan(text[: text.index("8456")])
    assert cut.codes_read == "none"
    assert cut.partial


def test_german_programs_are_read_too():
    recording = decode(VCDS_SCAN_GERMAN.encode("cp1252"), "scan.txt")
    assert (recording.vin, recording.odometer_km) == (VIN, 151630)
    assert recording.encoding == "iso-8859-1"
    (code,) = recording.trouble_codes
    assert (code.code, code.status) == ("01493", "intermittent")
    assert code.text == "Rücklicht links (M4): Unterbrechung/Kurzschluss nach Masse - Sporadisch"
    assert [one.is_ok for one in recording.modules] == [True, False]
    assert recording.modules[0].component.startswith("R4 2,0L")
    assert recording.codes_read == "complete"
    assert recording.freeze_frames[0].values == {"fault_frequency": 2.0, "odometer": 151600.0}


@pytest.mark.parametrize(
    ("old", "new", "km"),
    [
        ("225800km-140305miles", "140305miles", 225799),
        ("225800km-140305miles", "0km-0miles", None),
        ("Mileage:", "Meilen:", None),
    ],
)
def test_the_odometer_is_kilometres_or_nothing(old, new, km):
    assert scan(VCDS_SCAN.replace(old, new)).odometer_km == km


@pytest.mark.parametrize(
    ("first", "started"),
    [
        ("Wtorek,1,Styczeń,2019,10:00:00:00009", "2019-01-01T10:00:00"),
        ("Freitag,31,Februar,2013,18:07:32:43210", None),
        ("Saturday,23,Brumaire,2024,17:29:03:00009", None),
    ],
)
def test_dates_are_read_in_the_language_of_the_program(first, started):
    recording = scan("\n".join([first, *VCDS_SCAN.splitlines()[1:]]))
    assert (recording.started_at and recording.started_at.isoformat()) == started


def test_an_address_that_comes_twice_counts_with_its_last_state():
    again = "Address 01: Engine\nNo fault code found.\n"
    recording = scan(VCDS_SCAN.replace("Address 44: Steering Assist\nCannot be reached", again))
    assert [one.ecu for one in recording.trouble_codes] == ["09", "09"]


def test_a_single_block_is_a_scan_if_the_program_names_itself():
    text = "VCDS Version: 23\nAddress 01: Engine\nNo fault code found.\n"
    assert scan(text).modules[0].is_ok is None
    assert scan(text).odometer_km is None
    with pytest.raises(NotARecording):
        scan("Address 01: Bahnhofstraße\nLieber Kunde\n")


def test_values_of_groups_stand_at_the_time_of_their_group():
    recording = decode(VCDS_LOG.encode("cp1252"), "log.csv")
    assert (recording.format, recording.time_known) == ("vcds_log", "absolute")
    assert recording.started_at.isoformat() == "2008-11-21T13:33:59.430000"
    first, second = recording.traces["engine_rpm"], recording.traces["engine_rpm#2"]
    assert first.times.tolist() == [0.0, 0.4, 0.8, 1.2]
    assert second.times.tolist() == pytest.approx([0.18, 0.58, 0.98, 1.38])
    names = {one.source_name: one for one in recording.signals}
    assert names["Temperature"].unit == "°C"
    assert (names["Absolute Pres."].unit, names["Load"].unit) == ("kPa", "%")
    assert [row.reason for row in recording.quarantined] == ["too_few_cells"]


def test_newer_programs_qualify_their_names():
    recording = decode(VCDS_LOG_SINGLE.encode(), "log.csv")
    names = [one.source_name for one in recording.signals]
    assert names == [
        "Engine Speed", "Air Mass Specified", "Air Mass Actual", "Boost Pressure Actual",
    ]  # fmt: skip
    assert recording.traces["engine_rpm"].values.tolist() == [1500, 1600, 1700]
    assert recording.duration_s == 0.6


def test_german_logs_quote_their_decimal_commas():
    recording = decode(VCDS_LOG_GERMAN.encode("cp1252"), "log.csv")
    assert recording.traces["engine_rpm"].values.tolist() == [819, 840, 903]
    pressure = next(one for one in recording.signals if one.source_name == "Ladedruck")
    assert (pressure.unit, pressure.max) == ("kPa", pytest.approx(103.05))


def test_a_log_without_its_date_counts_from_its_start():
    recording = decode(VCDS_LOG[VCDS_LOG.index("4B0") :].encode("cp1252"), "log.csv")
    assert (recording.time_known, recording.started_at) == ("relative", None)


@pytest.mark.parametrize(
    "rows",
    ["", ",0.43,x,y,z,a,b,c,d\n", ",x,800,1,1,1,y,1,1\n"],
)
def test_a_log_without_rows_is_refused(rows):
    head = VCDS_LOG[: VCDS_LOG.index(",0.43")]
    with pytest.raises(NotARecording):
        decode((head + rows).encode("cp1252"), "log.csv")
    dated = "Friday,21,November,2008,13:33:59:57103\nnothing, else\n"
    with pytest.raises(NotARecording):
        decode(dated.encode(), "log.csv")


def test_a_list_without_an_end_is_kept_up_to_a_limit(monkeypatch):
    monkeypatch.setattr(vcds_autoscan, "_MOST_FAULTS", 2)
    found = scan().trouble_codes
    assert [one.maker_code for one in found if one.ecu == "01"] == ["17480", "8456"]
    assert scan().codes_read == "partial"


def test_what_stands_below_a_control_unit_without_faults_is_let_be():
    text = VCDS_SCAN.replace("No fault code found.", "No fault code found.\nReadiness: 0000 0000")
    assert scan(text).codes_read == "partial"
