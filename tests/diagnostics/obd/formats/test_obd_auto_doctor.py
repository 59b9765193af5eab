from portal.diagnostics.obd.decoding import decode

GERMAN = (
    "Zeit;Kühlmitteltemperatur [°C];Motordrehzahl [1/min];Luftmasse [g/s];Notiz\r\n"
    "23:59:59,500;20;;;a\r\n"
    "23:59:59,600;20;800,5;;b\r\n"
    "00:00:00,100;20;800,5;1.019,25;c\r\n"
    "00:00:00,200;21;800,5;1.019,25;d\r\n"
)


def by_key(recording):
    return {signal.key: signal for signal in recording.signals}


def test_a_german_windows_file_is_read():
    recording = decode(GERMAN.encode("cp1252"), "2026-01-31_Golf.csv")
    signals = by_key(recording)
    assert recording.format == "obd_auto_doctor_wide"
    assert recording.encoding == "cp1252"
    assert recording.duration_s == 0.7
    assert recording.started_at.isoformat() == "2026-01-31T23:59:59.500000"
    assert signals["engine_rpm"].first == 800.5
    assert signals["coolant_temperature"].provenance == "held"
    assert "notiz" not in signals


def test_a_value_out_of_range_keeps_its_printed_name():
    assert by_key(decode(GERMAN.encode("cp1252"), "x"))["luftmasse"].last == 1019.25


def test_a_first_value_after_the_start_counts_as_a_change():
    signals = by_key(decode(GERMAN.encode("cp1252"), "x"))
    assert signals["engine_rpm"].changes == 1
    assert signals["coolant_temperature"].changes == 1


def test_without_a_date_the_time_is_relative():
    recording = decode(GERMAN.encode("utf-16"), "golf.csv")
    assert recording.time_known == "relative"
    assert recording.started_at is None


def test_mojibake_in_headings_is_repaired():
    text = "Time,Engine Coolant Temperature [Â°C],Extra\n08:00:00.000,22,1\n"
    recording = decode(text.encode(), "x")
    assert recording.signals[0].source_unit == "°C"
    assert recording.signals[1].source_name == "Extra"


def test_strays_of_every_kind_are_set_aside():
    rows = "".join(f"08:00:{second:02d}.000,{second},5\n" for second in range(10, 50))
    text = "Time,Engine RPM [RPM],Speed [km/h]\n" + rows
    text += "08:00:01.000,1,5\nnever,1,5\n08:00:50.000,abc,5\n08:00:51.000,1,5\n"
    recording = decode(text.encode(), "x")
    assert {row.line: row.reason for row in recording.quarantined} == {
        42: "time_runs_back",
        43: "no_time",
        44: "not_a_number",
    }
    assert recording.rows == 44
    assert not recording.partial


def test_most_rows_broken_makes_a_partial_recording():
    text = "Time,Engine RPM [RPM]\n08:00:00.000,800\n" + "broken\n" * 5
    recording = decode(text.encode(), "x")
    assert recording.partial
    assert recording.quarantined_count == 5


def test_two_columns_of_one_signal_stay_apart():
    text = "Time,Engine RPM [RPM],RPM [RPM],Motordrehzahl [RPM]\n08:00:00.000,800,810,820\n"
    assert list(decode(text.encode(), "x").traces) == ["engine_rpm", "engine_rpm#2", "engine_rpm#3"]
