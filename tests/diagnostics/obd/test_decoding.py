import json

import msgspec
import pytest

from portal.diagnostics.obd import decoding
from portal.diagnostics.obd.cli_view import (
    as_json,
    as_text,
    monitor_text,
    reason_text,
    status_text,
)
from portal.diagnostics.obd.decoding import decode
from portal.diagnostics.obd.j1979 import _ALWAYS, _DIESEL, _SPARK
from portal.diagnostics.obd.not_a_recording import NotARecording
from portal.diagnostics.obd.recording import Recording
from portal.kit.text import speaking
from tests.makers.recordings import VCDS_SCAN

CONTRACT = [
    "format", "encoding", "newline", "vin", "odometer_km", "started_at", "time_known",
    "duration_s", "rows", "quarantined", "signals", "gaps", "trouble_codes", "freeze_frames",
    "readiness", "negative_responses", "findings",
]  # fmt: skip
SCAN = (
    b">0100\r7E8 06 41 00 BE 3F A8 13\r>0101\r7E8 06 41 01 81 07 E5 01\r"
    b">03\r7E8 04 43 01 01 71\r>01A6\r7E8 06 41 A6 00 15 B7 D2\rhm\r>"
)


def test_the_json_is_the_contract():
    told = json.loads(as_json(decode(SCAN, "scan.txt")))
    assert list(told)[: len(CONTRACT)] == CONTRACT
    assert "traces_by_key" not in told
    assert told["trouble_codes"] == [
        {
            "code": "P0171",
            "status": "stored",
            "ecu": "7E8",
            "origin": "iso",
            "text": "Gemisch Bank 1: zu mager",
        }
    ]
    assert set(told["signals"][0]) >= {
        "key", "pid", "source_name", "unit", "provenance", "rows", "changes",
        "min", "max", "mean", "first", "last",
    }  # fmt: skip
    assert msgspec.json.decode(as_json(decode(SCAN, "x")), type=Recording).rows == 4


def test_the_odometer_of_a_table_is_taken_over():
    text = "Time,Odometer [km],Engine RPM [rpm]\n08:00:00.000,1200.5,800\n"
    assert decode(text.encode(), "x").odometer_km == 1200.5


def test_a_signal_of_nothing_but_missing_values_is_left_out():
    head = "ENGINE_RPM (),VEHICLE_SPEED (),ABSOLUTE_BAROMETRIC_PRESSURE ()\n"
    recording = decode((head + "800,0,0\n" * 3).encode(), "x")
    assert "barometric_pressure" not in recording.traces


def test_the_text_says_what_was_read_and_what_was_not():
    text = as_text(decode(SCAN, "scan.txt"), "en")
    assert "Gemisch" not in text
    assert "Mixture bank 1: too lean" in text
    assert "Catalyst: not complete" in text
    assert "Odometer: 142,331 km" in text
    assert "line 9: not understood" in text


@pytest.mark.parametrize(
    ("data", "sentence"),
    [
        (b">03\r7E8 02 43 00\r>", "No codes stored in the control units that were read."),
        (b">010C\r41 0C 0E 5E\r>", "The codes were not read"),
        (b">010D\r7E9 03 41 0D 00\r>03\r7E8 02 43 00\r>", "Not all control units answered: 7E9."),
        (b">03\r7E8 02 43 01\r>", "only a part of this recording"),
    ],
)
def test_no_faults_is_only_said_when_codes_were_read(data, sentence):
    assert sentence in as_text(decode(data, "x"), "en")


def test_the_text_of_a_drive_has_signals_and_a_start():
    text = "Time,Engine RPM [RPM]\n08:00:00.000,800\n08:00:01.000,900\n"
    shown = as_text(decode(text.encode(), "2026-03-02.csv"), "en")
    assert "Start: 2026-03-02 08:00:00" in shown
    assert "engine_rpm" in shown


def test_every_reason_status_and_monitor_has_a_text():
    with speaking("en"):
        assert reason_text("no_time") == "no readable time"
        assert reason_text("something new") == "something new"
        assert status_text("permanent") == "permanent"
        for monitor in (*_ALWAYS, *_SPARK.values(), *_DIESEL.values()):
            assert monitor_text(monitor)


def test_a_refusal_says_what_was_expected_and_found():
    with speaking("en"), pytest.raises(NotARecording) as refused:
        decode(b"Dear customer,\nplease call.", "letter.txt")
    with speaking("en"):
        assert "Torque" in refused.value.expected
        assert refused.value.found == "text without a header that we know: „Dear customer,“"
        assert "Expected" in str(refused.value)


def test_an_endless_first_line_is_not_quoted():
    with pytest.raises(NotARecording) as refused:
        decode(b"word " * 10_000, "x")
    assert refused.value.detail == ""


def test_nothing_unexpected_ever_leaves(monkeypatch):
    def broken(data):
        raise ZeroDivisionError

    monkeypatch.setattr(decoding, "read_text", broken)
    with pytest.raises(NotARecording) as refused:
        decode(b"x", "x")
    assert refused.value.code == "unreadable"


def test_the_list_of_broken_rows_is_limited_but_counted(monkeypatch):
    monkeypatch.setattr(decoding, "MAX_QUARANTINED", 3)
    text = "Time,Engine RPM [RPM]\n08:00:00.000,800\n" + "broken\n" * 9
    recording = decode(text.encode(), "x")
    assert len(recording.quarantined) == 3
    assert recording.quarantined_count == 9


def test_a_recording_without_traces_has_none():
    bare = Recording("elm327", "utf-8", "LF", None, None, None, "none", 0.0, 0,
                     [], [], [], [], [], [], [], [])  # fmt: skip
    assert bare.traces == {}


def test_the_text_of_a_testers_list_has_its_modules_and_its_words():
    text = as_text(decode(VCDS_SCAN.encode(), "x"), "en")
    assert "44  Steering Assist: Cannot be reached 1100, not read" in text
    assert "P1072  stored  [01]  NOx Sensor (G295) Heater Control: Circuit Malfunction" in text
    assert "Not all control units answered: 44." in text


def test_the_text_names_self_tests_outside_their_limits():
    lines = ">06A2\r7E8 10 0A 46 A2 0C 24 00 0C\r7E8 21 00 00 00 0A\r>"
    text = as_text(decode(lines.encode(), "x"), "en")
    assert "[7E8]  misfire_cylinder_1 (A2/0C): 12  [0 … 10]" in text
    passed = lines.replace("24 00 0C", "24 00 01")
    assert "Self-tests" not in as_text(decode(passed.encode(), "x"), "en")


def test_ecus_that_were_asked_in_two_ways_are_silent_only_if_both_failed():
    text = ">03\r7E8 02 43 00\r>1902FF\r7E9 03 59 02 FF\r>22F190\r7EA 04 62 F1 90 41\r>"
    assert "Not all control units answered: 7EA." in as_text(decode(text.encode(), "x"), "en")
