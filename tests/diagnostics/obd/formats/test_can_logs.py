import io
import struct
import subprocess

import numpy as np
import pytest

from portal.diagnostics.obd import binary_log_child, can_log
from portal.diagnostics.obd.binary_log_child import frames_of, packed
from portal.diagnostics.obd.decoding import decode
from portal.diagnostics.obd.formats import can_binary, can_text
from portal.diagnostics.obd.formats.can_binary import log_of
from portal.diagnostics.obd.not_a_recording import NotARecording
from tests.makers.can_logs import (
    BEGIN,
    EXTENDED,
    FRAMES,
    TEXTS,
    VIN,
    asc,
    blf,
    can_csv,
    candump,
    gvret,
    mf4,
    trc,
)

EVERY_TEXT = [
    pytest.param(name, make, id=f"{name}-{at}")
    for name, makers in TEXTS.items()
    for at, make in enumerate(makers)
]


def check(recording):
    """What all the logs of the one drive say."""
    assert recording.vin == VIN
    assert [(one.code, one.ecu) for one in recording.trouble_codes] == [("P0171", "7E8")]
    assert recording.codes_read == "complete"
    assert recording.rows == len(FRAMES)
    assert recording.quarantined == []
    speed = recording.traces["engine_rpm"]
    assert speed.values.tolist() == [919.5, 1000.0, 919.5]
    assert np.diff(speed.times).tolist() == pytest.approx([0.1, 0.1], abs=1e-5)
    assert recording.duration_s == pytest.approx(0.281, abs=1e-4)


@pytest.mark.parametrize(("name", "make"), EVERY_TEXT)
def test_every_text_log_says_the_same(name, make):
    recording = decode(make(), "x")
    assert recording.format == name
    check(recording)


@pytest.mark.parametrize(("name", "make"), [("blf", blf), ("mf4", mf4)])
def test_binary_logs_say_the_same(name, make):
    recording = decode(make(), "x")
    assert (recording.format, recording.encoding) == (name, "binary")
    check(recording)
    assert recording.started_at.timestamp() == pytest.approx(BEGIN + 0.0, abs=0.01)


@pytest.mark.parametrize("make", [candump, asc, trc, can_csv, gvret])
def test_identifiers_of_29_bits(make):
    recording = decode(make(EXTENDED), "x")
    assert recording.traces["vehicle_speed"].values.tolist() == [50.0]
    assert recording.ecus[0].ecu == "18DAF110"
    assert recording.codes_read == "complete"


@pytest.mark.parametrize(
    ("date", "started"),
    [
        ("Sat Sep 30 15:06:13.191 2017", "2017-09-30T15:06:13.191000"),
        ("Sam Mär 4 03:06:13.191 pm 2023", "2023-03-04T15:06:13.191000"),
        ("Di. Dez 5 12:06:13 am 2023", "2023-12-05T00:06:13"),
        ("Sam Xyz 4 03:06:13.191 pm 2023", None),
        ("Sam Feb 31 03:06:13.191 pm 2023", None),
        ("yesterday", None),
    ],
)
def test_dates_of_asc_come_in_the_language_of_the_machine(date, started):
    recording = decode(asc(date=date), "x")
    assert (recording.started_at and recording.started_at.isoformat()) == started
    assert recording.time_known == ("absolute" if started else "relative")


def test_peak_counts_days_since_1899():
    assert decode(trc(), "x").started_at.isoformat().startswith("2023-11-14T22:13:18")
    assert decode(trc(version="1.0"), "x").time_known == "relative"


def test_times_of_candump_are_since_1970_if_they_are_large():
    assert decode(candump(), "x").started_at.timestamp() == BEGIN
    assert decode(gvret(), "x").time_known == "relative"


@pytest.mark.parametrize(
    "line",
    [b"(1700000000.2) can0 7E8#0341", b"(170.x) can0 7E8#0341", b"hello", b"x" * 70_000],
)
def test_a_broken_line_is_set_aside_and_the_others_are_read(line):
    lines = candump().split(b"\n")
    lines[10:10] = [line + b"Z", b"(1700000000.100000) can0 7DF#R"]
    recording = decode(b"\n".join(lines), "x")
    assert [row.line for row in recording.quarantined] == [11]
    assert recording.vin == VIN
    assert recording.rows == len(FRAMES) + 1


def test_data_that_are_no_bytes_count_as_broken():
    recording = decode(gvret().replace(b"04,41,0C,0F", b"04,41,0C,F"), "x")
    assert recording.vin == VIN
    broken = can_csv().replace(b"BEMBAXGqqqo=", b"BEMBAXGqqq=")
    assert decode(broken, "x").partial


def test_a_missing_frame_leaves_the_log_partial():
    lines = candump().split(b"\n")
    recording = decode(b"\n".join(lines[:4] + lines[5:]), "x")
    assert recording.vin is None
    assert recording.partial


def test_an_answer_that_never_ended_is_told():
    recording = decode(candump(FRAMES[:5]), "x")
    assert recording.partial
    service = next(one for one in recording.services_read if one.service == "09")
    assert service.cut == ["7E8"]


def test_time_neither_runs_back_nor_leaps_by_a_week():
    text = candump().replace(b"(1700000000.200000)", b"(1600000000.200000)")
    text = text.replace(b"(1700000000.190000)", b"(9900000000.190000)")
    times = decode(text, "x").traces["engine_rpm"].times
    assert (np.diff(times) >= 0).all()
    assert times[-1] == pytest.approx(0.281)
    assert decode(text, "x").started_at.timestamp() == BEGIN


def test_a_log_without_diagnosis_is_refused_with_its_number_of_frames():
    with pytest.raises(NotARecording) as refused:
        decode(candump([(at, 0x280, "01 02") for at in range(7)]), "x")
    assert (refused.value.code, refused.value.detail) == ("no_answers", "7")
    with pytest.raises(NotARecording) as refused:
        decode(blf([(0, 0x280, "01 02")]), "x")
    assert refused.value.code == "no_answers"


def test_answers_of_can_fd_may_be_longer_than_eight_bytes():
    told = "00 0C 41 0C 0E 5E 0D 32 05 7D 11 2D 0F 40"
    recording = decode(candump([(0, 0x7E8, told)]), "x")
    assert recording.traces["coolant_temperature"].values.tolist() == [85.0]
    long = [(0, 0x7E8, "10 00 00 00 00 09 49 02 01 57 56 57 5A"), (1, 0x7E8, "21 00 00")]
    assert decode(candump(long), "x").ecus[0].ecu == "7E8"


def test_requests_that_are_no_single_frames_ask_for_nothing():
    recording = decode(candump([*FRAMES, (400, 0x7E0, "00"), (401, 0x7E0, "10 0A 22 F1")]), "x")
    assert not any(one.asked for one in recording.services_read if one.service == "07")


@pytest.mark.parametrize("data", [b"LOGG", b"MDF     4.10", b"LOGG" + b"\xff" * 500])
def test_a_damaged_binary_log_is_refused(data):
    with pytest.raises(NotARecording) as refused:
        decode(data, "x")
    assert refused.value.code == "damaged_log"


def test_a_child_that_hangs_is_given_up(monkeypatch):
    def hangs(*_args, **_more):
        raise subprocess.TimeoutExpired("child", 1)

    monkeypatch.setattr(can_binary.subprocess, "run", hangs)
    with pytest.raises(NotARecording) as refused:
        decode(blf(), "x")
    assert refused.value.code == "damaged_log"


def test_what_the_child_told_must_be_arrays():
    with pytest.raises(NotARecording) as refused:
        log_of(b"Traceback")
    assert refused.value.code == "damaged_log"


def test_a_binary_log_that_breaks_off_gives_what_was_read(monkeypatch):
    rows = [(BEGIN + at / 1000, one, 8, bytes.fromhex(data)) for at, one, data in FRAMES]

    def cut_off(_log):
        yield from rows
        raise ValueError

    monkeypatch.setattr(binary_log_child, "_blf_rows", cut_off)
    log = log_of(packed(frames_of(b"LOGG")))
    assert log.scan.vin == VIN
    assert [row.reason for row in log.reading.quarantined] == ["breaks_off"]
    assert log.scan.broken == 1


def test_a_binary_log_is_read_up_to_a_number_of_frames(monkeypatch):
    monkeypatch.setattr(binary_log_child, "_CHUNK", 5)
    monkeypatch.setattr(binary_log_child, "MOST_FRAMES", 10)
    found = frames_of(blf())
    assert (len(found.times), found.cut) == (10, True)
    assert frames_of(mf4()).cut


def test_an_mf4_without_can_is_refused():
    from asammdf import MDF

    empty, out = MDF(), io.BytesIO()
    empty.save(out)
    with pytest.raises(ValueError, match="no CAN frames"):
        frames_of(out.getvalue())


def test_only_frames_of_diagnosis_with_a_time_count():
    found = frames_of(blf())
    times = found.times.copy()
    times[0] = np.nan
    assert log_of(packed(found._replace(times=times))).scan.vin == VIN


def test_a_log_without_a_single_frame_raises_in_the_child():
    with pytest.raises(struct.error):
        frames_of(b"LOGG")


def test_what_is_known_by_its_words_has_a_limit(monkeypatch):
    monkeypatch.setattr(can_log, "_MOST_KNOWN", 0)
    check(decode(candump(), "x"))


def test_words_that_came_before_are_found_again():
    again = [*FRAMES, *[(at + 400, one, data) for at, one, data in FRAMES]]
    recording = decode(candump(again), "x")
    assert recording.traces["engine_rpm"].values.tolist() == [919.5, 1000, 919.5, 1000, 919.5]
    assert recording.vin == VIN


def test_a_number_that_is_none_is_nobody():
    text = asc(decimal=True) + b"\n   0.500000 1  7FFx            Rx   d 2 1 2\n"
    assert decode(text.replace(b"7FFx", b"AFFEx"), "x").vin == VIN


def test_more_broken_lines_than_anybody_reads_are_not_all_listed(monkeypatch):
    monkeypatch.setattr(can_text, "_MOST_BROKEN", 2)
    recording = decode(candump() + b"(1.0) can0 7E8#0\n" * 5, "x")
    assert recording.quarantined_count == 2
