import pytest

from portal.diagnostics.obd.decoding import decode
from portal.diagnostics.obd.formats import car_scanner
from portal.diagnostics.obd.not_a_recording import NotARecording

HEAD = '"SECONDS";"PID";"VALUE";"UNITS";"LATITUDE";"LONGTITUDE";\n'


def row(seconds, name, value, unit=""):
    return f'"{seconds}";"{name}";"{value}";"{unit}";"49.0";"8.4";\n'


ROWS = (
    row(60338.5, "Engine RPM", 718, "rpm")
    + row(60339.25, "[ECM] Intake air temperature", 50, "℉")
    + row(60339.5, "Calculated boost", -0.7, "bar")
    + row(60340.123456, "Engine RPM", 722, "rpm")
)


def by_key(recording):
    return {signal.key: signal for signal in recording.signals}


def test_long_rows_become_signals():
    recording = decode((HEAD + ROWS).encode("utf-8-sig"), "2022-11-04 16-45-38.csv")
    signals = by_key(recording)
    assert recording.format == "car_scanner_long"
    assert recording.started_at.isoformat() == "2022-11-04T16:45:38.500000"
    assert recording.duration_s == pytest.approx(1.623456)
    assert signals["engine_rpm"].rows == 2
    assert signals["engine_rpm"].provenance == "measured"
    assert signals["intake_air_temperature"].last == pytest.approx(10.0)
    assert signals["calculated_boost"].provenance == "calculated"
    assert recording.removed_for_privacy == ["LATITUDE", "LONGTITUDE"]


@pytest.mark.parametrize(
    ("name", "known", "start"),
    [
        ("drive.csv", "relative", None),
        ("2022-11-04.csv", "relative", None),
        ("2022-11-04 16-45-38.csv", "absolute", "2022-11-04T16:45:38"),
    ],
)
def test_seconds_that_begin_at_zero_count_from_the_start(name, known, start):
    rows = row(0.0, "Engine RPM", 718, "rpm") + row(1.0, "Engine RPM", 720, "rpm")
    recording = decode((HEAD + rows).encode(), name)
    assert recording.time_known == known
    assert (recording.started_at and recording.started_at.isoformat()) == start


def test_broken_cells_are_set_aside():
    rows = row("soon", "Engine RPM", 1) + row(60341, "Engine RPM", "many") + row("", "x", 1)
    recording = decode((HEAD + ROWS + rows).encode(), "x")
    assert [(bad.line, bad.reason) for bad in recording.quarantined] == [
        (6, "no_time"),
        (7, "not_a_number"),
        (8, "no_time"),
    ]


def test_a_file_without_units_is_read():
    text = "SECONDS,PID,VALUE\n1,Engine RPM,800\n2,Engine RPM,810\n"
    assert by_key(decode(text.encode(), "x"))["engine_rpm"].last == 810


def test_nothing_but_broken_rows_is_no_recording():
    with pytest.raises(NotARecording):
        decode((HEAD + row("x", "Engine RPM", 1)).encode(), "x")


def test_thousands_of_names_are_refused(monkeypatch):
    monkeypatch.setattr(car_scanner, "_MAX_SIGNALS", 1)
    with pytest.raises(NotARecording) as refused:
        decode((HEAD + ROWS).encode(), "x")
    assert refused.value.code == "too_wide"
