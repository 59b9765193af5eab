"""Whatever the bytes, the answer is a recording or a refusal, and it comes soon (processor time: the machine may be busy)."""

import random
import time
from datetime import datetime

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from portal.demo.recordings import adapter_scan, auto_doctor_drive, torque_drive
from portal.diagnostics.obd.cli_view import as_json, as_text
from portal.diagnostics.obd.decoding import decode
from portal.diagnostics.obd.not_a_recording import NotARecording
from portal.diagnostics.obd.packing import pack, unpack

VIN, START = "WVWZZZ1KZ6W000001", datetime.fromisoformat("2026-03-02T08:15:00")
LONG = b'"SECONDS";"PID";"VALUE";"UNITS";\n' + b'"100.5";"Engine RPM";"800";"rpm";\n' * 40
FILES = [
    torque_drive(vin=VIN, started_at=START, duration_s=30, seed=1).data,
    auto_doctor_drive(vin=VIN, started_at=START, duration_s=4, seed=1, german=True).data,
    auto_doctor_drive(vin=VIN, started_at=START, duration_s=4, seed=1).data,
    adapter_scan(vin=VIN, started_at=START, seed=1, stored=["P0171"], duration_s=3).data,
    LONG,
]
POISON = [b"\x00", b"\n", b"\r", b'"', b",", b";", b"-", b"e308", b"9" * 400, b">", b"\xff", b"7E8",
          b"\xc3\x28", b"inf", b":", b"\n\n\n", b"Device Time,x\n", b"1e-320"]  # fmt: skip


def survives(data):
    began = time.process_time()
    try:
        recording = decode(data, "2026-03-02 08-15-00.csv")
    except NotARecording as refused:
        if refused.code == "unreadable" and refused.__cause__:
            raise
    else:
        as_json(recording)
        as_text(recording, "de")
        for trace in recording.traces.values():
            assert len(unpack(pack(trace)).times) == len(trace.times)
    assert time.process_time() - began < 5


def mutate(chance, data):
    bytes_ = bytearray(data)
    for _ in range(chance.randint(1, 12)):
        at = chance.randrange(len(bytes_) + 1)
        what = chance.randrange(5)
        if what == 0:
            bytes_[at : at + 1] = chance.choice(POISON)
        elif what == 1:
            del bytes_[at : at + chance.randint(1, 300)]
        elif what == 2:
            bytes_[at:at] = chance.choice(POISON)
        elif what == 3 and at < len(bytes_):
            bytes_[at] = chance.randrange(256)
        else:
            bytes_[at:at] = bytes_[at : at + 200]
    return bytes(bytes_)


@pytest.mark.parametrize("which", range(len(FILES)))
def test_mutated_files_never_break_the_decoder(which):
    chance = random.Random(which)
    for _ in range(80):
        survives(mutate(chance, FILES[which]))


@pytest.mark.parametrize("which", range(len(FILES)))
def test_files_cut_anywhere_never_break_the_decoder(which):
    data = FILES[which]
    for end in range(0, len(data), max(1, len(data) // 40)):
        survives(data[:end])


@settings(max_examples=150, deadline=None)
@given(st.binary(max_size=2000))
def test_random_bytes_are_refused_or_read(data):
    survives(data)


@settings(max_examples=100, deadline=None)
@given(st.text(alphabet="0123456789ABCDEF:> \r\n,;\"'.TimeATZ[]()-", max_size=600))
def test_random_text_of_the_trade_is_refused_or_read(text):
    survives(text.encode())
    survives(b"Time,Engine RPM [RPM]\n" + text.encode())
    survives(b">03\r7E8 04 43 01 01 71\r" + text.encode())


@pytest.mark.slow
@pytest.mark.parametrize(
    "data",
    [
        b"," * 3_000_000,
        b'"' * 3_000_000,
        b"\n" * 3_000_000,
        b"Time,Engine RPM [RPM]\n" + b"08:00:00.000,1\n\n" * 100_000,
        b"Time,Engine RPM [RPM]\n" + b"08:00:02.000,1\n08:00:01.000,1\n" * 60_000,
        b">010C\r41 0C 0E 5E\r\r" * 40_000,
        b"7E8 10 FF 49 02 01 57 50 30\r" * 30_000,
        b'"SECONDS";"PID";"VALUE";"UNITS";\n' + b'"1";"%d";"1";"";\n' * 100_000,
        b"0: 41 0C\r" * 30_000,
        b"41 " * 1_000_000,
        b">" * 1_000_000,
    ],
    ids=["commas", "quotes", "feeds", "blanks", "back", "elm", "first", "long", "seg", "hex", ">"],
)
def test_hostile_sizes_end_within_five_seconds(data):
    survives(data)


@pytest.mark.parametrize("row", [b"\n", b'"\n', b"1\n"])
def test_a_file_of_rows_without_readings_is_refused_before_it_takes_memory(row):
    """Fourteen megabytes of line feeds took six gigabytes and half a minute."""
    with pytest.raises(NotARecording) as refused:
        decode(b"Device Time,Engine RPM(rpm)\n" + row * (14_000_000 // len(row)), "drive.csv")
    assert refused.value.code == "too_large"


def test_more_signals_than_a_car_has_are_refused_before_each_gets_a_table():
    rows = b"".join(b'"%d";"P%d";"1";"x";\n' % (at, at) for at in range(20_000))
    with pytest.raises(NotARecording) as refused:
        decode(LONG + rows, "drive.csv")
    assert refused.value.code == "too_wide"
