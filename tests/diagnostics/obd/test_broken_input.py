"""Whatever the bytes, the answer is a recording or a refusal, and it comes soon (processor time: the machine may be busy)."""

import contextlib
import json
import random
import time
from datetime import datetime

import msgspec
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from portal.demo.recordings import adapter_scan, auto_doctor_drive, torque_drive
from portal.diagnostics.obd.binary_log_child import frames_of, packed
from portal.diagnostics.obd.cli_view import as_json, as_text
from portal.diagnostics.obd.decoding import decode
from portal.diagnostics.obd.formats.can_binary import log_of
from portal.diagnostics.obd.not_a_recording import NotARecording
from portal.diagnostics.obd.packing import pack, unpack
from tests.makers import can_logs
from tests.makers.recordings import (
    ANDROBD,
    DASHCOMMAND,
    OBD_FUSION,
    VCDS_LOG,
    VCDS_LOG_GERMAN,
    VCDS_SCAN,
)

VIN, START = "WVWZZZ1KZ6W000001", datetime.fromisoformat("2026-03-02T08:15:00")
LONG = b'"SECONDS";"PID";"VALUE";"UNITS";\n' + b'"100.5";"Engine RPM";"800";"rpm";\n' * 40
CAROBD = b"ENGINE_RPM (), VEHICLE_SPEED (), COOLANT_TEMPERATURE (),\n" + b"812, 0, 21,\n" * 30
FILES = {
    "torque_pro": torque_drive(vin=VIN, started_at=START, duration_s=10, seed=1).data,
    "german": auto_doctor_drive(vin=VIN, started_at=START, duration_s=4, seed=1, german=True).data,
    "auto_doctor": auto_doctor_drive(vin=VIN, started_at=START, duration_s=4, seed=1).data,
    "elm327": adapter_scan(vin=VIN, started_at=START, seed=1, stored=["P0171"], duration_s=1).data,
    "car_scanner": LONG,
    "carobd": CAROBD,
    "androbd": ANDROBD.encode(),
    "obd_fusion": OBD_FUSION.encode(),
    "dashcommand": DASHCOMMAND.encode("utf-16"),
    "vcds_autoscan": VCDS_SCAN.encode("cp1252"),
    "vcds_log": VCDS_LOG.encode("cp1252"),
    "vcds_log_german": VCDS_LOG_GERMAN.encode("cp1252"),
    "candump": can_logs.candump(),
    "asc": can_logs.asc(),
    "trc": can_logs.trc(),
    "can_csv": can_logs.can_csv(),
    "gvret": can_logs.gvret(),
}
MUTATIONS = 10_000
POISON = [b"\x00", b"\n", b"\r", b'"', b",", b";", b"-", b"e308", b"9" * 400, b">", b"\xff", b"7E8",
          b"\xc3\x28", b"inf", b":", b"\n\n\n", b"Device Time,x\n", b"1e-320", b"(", b"#", b"[",
          b"999 Faults Found:\n", b"base dec\n", b"7E8 10 FF FF\n", b"x" * 70_000]  # fmt: skip


ENDLESS_S = 60
"""Of CPU: no machine is that slow, and what grows with the square of a file takes longer."""


def survives(data, *, shown=True):
    """A refusal or a recording, without a hang; a recording can be `shown` and packed."""
    began = time.process_time()
    try:
        recording = decode(data, "2026-03-02 08-15-00.csv")
    except NotARecording as refused:
        if refused.code == "unreadable" and refused.__cause__:
            raise
    else:
        show(recording if shown else None)
    assert time.process_time() - began < ENDLESS_S


def show(recording):
    if recording:
        shown = as_json(recording)
        assert b"\\u0000" not in shown
        json.dumps(msgspec.to_builtins(recording), allow_nan=False)
        as_text(recording, "de")
        for trace in recording.traces.values():
            assert len(unpack(pack(trace)).times) == len(trace.times)


def mutate(chance, data):
    """Cut, doubled, swapped, overwritten, with poison, or with a huge cell."""
    bytes_ = bytearray(data)
    for _ in range(chance.randint(1, 12)):
        at = chance.randrange(len(bytes_) + 1)
        what = chance.randrange(6)
        if what == 0:
            bytes_[at : at + 1] = chance.choice(POISON)
        elif what == 1:
            del bytes_[at : at + chance.randint(1, 300)]
        elif what == 2:
            bytes_[at:at] = chance.choice(POISON)
        elif what == 3 and at < len(bytes_):
            bytes_[at] = chance.randrange(256)
        elif what == 4:
            other = chance.randrange(len(bytes_) + 1)
            first, second = bytes_[at : at + 40], bytes_[other : other + 40]
            bytes_[at : at + 40], bytes_[other : other + 40] = second, first
        else:
            bytes_[at:at] = bytes_[at : at + 200]
    return bytes(bytes_)


@pytest.mark.slow
@pytest.mark.parametrize("name", FILES)
def test_ten_thousand_mutated_files_never_break_the_decoder(name):
    chance = random.Random(name)
    for count in range(-(-MUTATIONS // len(FILES))):
        survives(mutate(chance, FILES[name]), shown=count % 5 == 0)


@pytest.mark.slow
def test_mutated_binary_logs_never_break_the_decoder():
    """In this process, where it is fast: the child would hide what goes wrong."""
    chance, whole = random.Random(1), can_logs.blf()
    read = sum(survives_as_frames(mutate(chance, whole)) for _ in range(400))
    assert read


def survives_as_frames(data):
    """Whether something was read; where the library fails, the child would die of it."""
    told = b""
    with contextlib.suppress(Exception):
        told = packed(frames_of(data))
    with contextlib.suppress(NotARecording):
        return bool(log_of(told).scan.has_answers)
    return False


@pytest.mark.slow
@pytest.mark.parametrize("make", [can_logs.blf, can_logs.mf4])
def test_a_child_takes_the_damage_with_it(make):
    chance, whole = random.Random(2), make()
    for _ in range(4):
        survives(whole[:8] + mutate(chance, whole[8:]))


@pytest.mark.parametrize("name", FILES)
def test_files_cut_anywhere_never_break_the_decoder(name):
    data = FILES[name]
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
    survives(can_logs.candump() + text.encode())
    survives(VCDS_SCAN.encode() + text.encode())


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
        b"(1.5) can0 7E8#" + b"41" * 1_000_000,
        b"(1.5) can0 7E8#1FFF490201575030\n" * 60_000,
        b"(1.5) can0 7E8#0341\n" + b"(1.5) can0 " * 90_000,
        b"base hex\n" + b"1.5 1 7E8 Rx d 8 02 41 \n" * 90_000,
        b"base hex\n" + b"1.5 1 7E8 Rx d 8" + b" 02" * 900_000,
        b"".join(
            b"(%d.5) can0 18DAF1%02X#03410D%02X\n" % (at, at % 256, at // 256 % 256)
            for at in range(90_000)
        ),
        b"VCDS Version: 23\nAddress 01: Engine\n9 Faults Found:\n" + b"00988 - Lamp\n" * 200_000,
        b"Address 01: Engine  " * 150_000,
        VCDS_SCAN.encode().replace(b"Scan: 01", b"Scan: " + b"9" * 390 + b"x"),
        VCDS_SCAN.encode()
        + (b"Address 01: E\n" + (b"   Part No: " + b" " * 300 + b"x\n") * 3) * 900,
        VCDS_LOG.encode("cp1252") + b",1.1,1,1,1,1,1,1,1\n" * 100_000,
    ],
    ids=[
        "commas",
        "quotes",
        "feeds",
        "blanks",
        "back",
        "elm",
        "first",
        "long",
        "seg",
        "hex",
        ">",
        "can-long",
        "can-first",
        "can-line",
        "asc",
        "asc-long",
        "can-many",
        "vcds",
        "vcds-line",
        "vcds-digits",
        "vcds-blanks",
        "vcds-log",
    ],
)
def test_hostile_sizes_do_not_keep_the_decoder_busy(data):
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


@pytest.mark.parametrize(
    "data",
    [
        b"Time,Engine RPM [RPM]\n08:00:00.000,1e308\n08:00:01.000,9e307\n"
        + b"08:00:02.000,800\n" * 60,
        b"Time,Engine RPM [RPM],A\x00B [x]\n08:00:00.000,800,1\n",
        VCDS_SCAN.encode().replace(b"225100", b"9" * 380),
        VCDS_SCAN.encode().replace(b"Air Filter", b"Air\x00Filter"),
        can_logs.asc(date="Sat Sep 30 15:06:13.191 9999").replace(b"   0.0", b"999999999999.0"),
        can_logs.trc().replace(b"45244", b"999999").replace(b"        0.000", b"999999999999.0"),
        VCDS_LOG.encode("cp1252").replace(b"2008", b"9999").replace(b",0.43", b",999999999"),
    ],
    ids=["sum", "nul", "digits", "nul-words", "asc", "trc", "log"],
)
def test_what_no_database_keeps_does_not_get_there(data):
    survives(data)
    decode(data, "x.csv")
