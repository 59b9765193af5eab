"""The recorder against an adapter that replays, splits, delays, garbles and hangs up."""

import json
import threading
from datetime import UTC, datetime
from math import isfinite

import pytest
from click.testing import CliRunner
from hypothesis import given
from hypothesis import strategies as st

from portal import cli
from portal.demo import recordings
from portal.diagnostics.live_values import messages_of, values_of, vin_of
from portal.diagnostics.obd.decoding import decode
from portal.diagnostics.recorder import adapter, plans
from portal.diagnostics.recorder.pace import UNKNOWN_CAR, Pace
from portal.diagnostics.recorder.recording import SILENT_ROUNDS, Recording
from portal.diagnostics.recorder.transcripts import Transcript, Unsent
from portal.diagnostics.recorder.trouble import trouble_in
from tests.diagnostics.test_scans import STARTED, VIN
from tests.makers.elm327 import FakeAdapter, Faults

LINES_OF_VIN = [
    "7E8 10 14 49 02 01 57 56 57",
    "7E8 21 5A 5A 5A 31 4B 5A 36",
    "7E8 22 57 30 30 30 30 30 31",
]


@pytest.fixture(autouse=True)
def hurry(monkeypatch):
    """python-OBD waits whole seconds for slow adapters; ours are quick."""
    import obd.elm327

    class Quick:
        sleep = staticmethod(lambda _seconds: None)

    monkeypatch.setattr(obd.elm327, "time", Quick)


def a_car():
    made = recordings.adapter_scan(
        vin=VIN, started_at=STARTED, seed=1, stored=["P0171"], pending=["P0302"], duration_s=20
    )
    return made.data


def recorded(tmp_path, port, *, until=60, pace=None, heard=None):
    """Record until so many questions were asked; how it ended, and the file."""
    path = tmp_path / "out" / "recording.txt"
    started = datetime.now()  # noqa: DTZ005  # a transcript holds the time of the wall
    transcript, stop, values = Transcript(path, started), threading.Event(), []

    def on_entry(entry):
        if heard is not None:
            heard.append(entry)
        if entry.number >= until:
            stop.set()

    recording = Recording(
        transcript,
        pace=pace or Pace(100_000),
        on_entry=on_entry,
        on_values=lambda at_s, found: values.append((at_s, found)),
        now=lambda: datetime.now(UTC),
    )
    car = adapter.connect(port, recording.heard)
    ended = recording.run(car, stop)
    car.close()
    transcript.close()
    return ended, path, values, recording


def keys_of(values):
    return {value.key for _at, found in values for value in found}


def test_a_car_is_recorded_over_tcp_and_the_transcript_decodes(tmp_path):
    fake = FakeAdapter(a_car())
    with fake.over_tcp() as address:
        ended, path, values, recording = recorded(tmp_path, adapter.Port.tcp(address))
    assert ended.reason == "asked"
    assert recording.vin == VIN
    assert {"engine_rpm", "coolant_temperature", "vehicle_speed"} <= keys_of(values)
    found = decode(path.read_bytes(), path.name)
    assert found.format == "elm327"
    assert found.vin == VIN
    assert {code.code for code in found.trouble_codes} >= {"P0171", "P0302"}
    assert {signal.key for signal in found.signals} >= {"engine_rpm", "coolant_temperature"}
    assert found.time_known == "absolute"


def test_a_car_is_recorded_over_a_serial_device(tmp_path):
    with FakeAdapter(a_car()).over_pty() as device:
        ended, _path, values, recording = recorded(tmp_path, adapter.Port.serial(device))
    assert ended.reason == "asked"
    assert recording.vin == VIN
    assert "engine_rpm" in keys_of(values)


@pytest.mark.parametrize(
    "faults",
    [Faults(split=True), Faults(delay_s=0.01), Faults(garble=frozenset({12, 15, 20, 31}))],
    ids=["split", "slow", "garbled"],
)
def test_a_bad_line_spoils_no_value(tmp_path, faults):
    with FakeAdapter(a_car(), faults).over_tcp() as address:
        ended, path, values, _recording = recorded(tmp_path, adapter.Port.tcp(address))
    assert ended.reason == "asked"
    speeds = [v.value for _at, found in values for v in found if v.key == "engine_rpm"]
    assert speeds
    assert all(500 < speed < 3000 for speed in speeds)
    assert decode(path.read_bytes(), path.name).vin == VIN


@pytest.mark.parametrize(
    ("said", "detail"),
    [
        ("BUFFER FULL", "BUFFER FULL"),
        ("CAN ERROR", "CAN ERROR"),
        ("7E8 03 7F 01 21", "NRC 21"),
        ("ERR94", "ERR"),
    ],
)
def test_bus_trouble_ends_the_recording_at_once(tmp_path, said, detail):
    fake = FakeAdapter(a_car(), Faults(say={15: said}))
    with fake.over_tcp() as address:
        ended, path, _values, _recording = recorded(tmp_path, adapter.Port.tcp(address))
    assert ended == ("trouble", detail)
    assert len(fake.asked) == 15
    assert said in path.read_text()


def test_an_adapter_that_hangs_up_leaves_a_whole_file(tmp_path):
    fake = FakeAdapter(a_car(), Faults(hang_up_at=30))
    with fake.over_tcp() as address:
        ended, path, _values, _recording = recorded(tmp_path, adapter.Port.tcp(address))
    assert ended.reason == "unplugged"
    assert decode(path.read_bytes(), path.name).vin == VIN


def test_a_car_that_falls_silent_ends_the_recording(tmp_path):
    fake = FakeAdapter(a_car(), Faults(silent_from=20))
    with fake.over_tcp() as address:
        ended, _p, _v, _r = recorded(tmp_path, adapter.Port.tcp(address), until=10_000)
    assert ended.reason == "silent"
    assert len(fake.asked) <= 20 + SILENT_ROUNDS


def test_where_no_adapter_is_nothing_is_recorded(tmp_path):
    with pytest.raises(adapter.NotConnected):
        adapter.connect(adapter.Port.tcp("127.0.0.1:9"), lambda *_heard: None)


def test_a_car_is_never_cleared_or_written_to(tmp_path):
    fake = FakeAdapter(a_car())
    with fake.over_tcp() as address:
        recorded(tmp_path, adapter.Port.tcp(address), until=120)
    assert {request[:2] for request in fake.requests()} <= {"01", "03", "07", "09", "0A"}


def test_every_entry_is_on_the_disk_before_it_is_told(tmp_path):
    heard, path = [], tmp_path / "out" / "recording.txt"

    class Looks(list):
        def append(self, entry):
            super().append((entry, f">{entry.request}" in path.read_text()))

    heard = Looks()
    with FakeAdapter(a_car()).over_tcp() as address:
        recorded(tmp_path, adapter.Port.tcp(address), until=30, heard=heard)
    assert len(heard) >= 30
    assert all(on_disk for _entry, on_disk in heard)


# commands


def carbot(*arguments):
    return CliRunner().invoke(cli.main, ["obd", *(str(part) for part in arguments)])


def test_the_command_prints_live_values_and_keeps_the_transcript(tmp_path):
    with FakeAdapter(a_car()).over_tcp() as tcp:
        answer = carbot("live", "--tcp", tcp, "--folder", tmp_path, "--seconds", "2.5", "--json")
    assert answer.exit_code == 0
    values = [json.loads(line) for line in answer.stdout.splitlines()]
    assert {"at_s", "key", "value", "unit", "ecu"} == set(values[0])
    assert "engine_rpm" in {value["key"] for value in values}
    [file] = tmp_path.glob("*.txt")
    assert str(file) in answer.stderr


@pytest.mark.parametrize(
    "arguments",
    [
        ["record"],
        ["record", "--tcp", "a:1", "--port", "/dev/x"],
        ["record", "--tcp", "a:1", "--rate", "50"],
        ["record", "--tcp", "a:1", "--url", "http://a", "--token", ""],
    ],
)
def test_what_makes_no_sense_is_said_before_anything_is_opened(arguments, monkeypatch):
    monkeypatch.delenv("CARBOT_TOKEN", raising=False)
    assert carbot(*arguments).exit_code == 2


# pace


class Clock:
    def __init__(self):
        self.at, self.slept = 0.0, 0.0

    def now(self):
        return self.at

    def sleep(self, seconds):
        self.at += seconds
        self.slept += seconds


def test_no_more_than_ten_questions_a_second():
    clock = Clock()
    pace = Pace(UNKNOWN_CAR, now=clock.now, sleep=clock.sleep)
    for _ in range(51):
        pace.wait()
    assert clock.at == pytest.approx(5.0)


def test_a_late_answer_is_not_made_up_for_by_a_burst():
    clock = Clock()
    pace = Pace(UNKNOWN_CAR, now=clock.now, sleep=clock.sleep)
    pace.wait()
    clock.at += 3.0
    for _ in range(11):
        pace.wait()
    assert clock.at >= 4.0


# plans, trouble, values


def test_quick_signals_are_asked_in_every_round_and_slow_ones_in_turn():
    asked = plans.rounds({0x00, 0x01, 0x05, 0x0C, 0x0D, 0x0F, 0x2F, 0x20, 0xFE})
    first = [next(asked) for _ in range(12)]
    assert first.count("010C") == first.count("010D") == 3
    assert {"0105", "010F", "012F"} <= set(first)
    assert not {"0100", "0101", "0120", "01FE"} & set(first)


def test_a_car_that_supports_nothing_is_asked_nothing():
    assert list(plans.rounds({0x00, 0x20})) == []


def test_further_bitmaps_are_asked_when_they_are_announced():
    answers = messages_of(["7E8 06 41 00 BE 3F A8 13"])
    assert plans.bitmaps_to_ask(answers) == ["0120"]
    assert plans.bitmaps_to_ask([*answers, *messages_of(["7E8 06 41 20 00 00 00 00"])]) == []


@pytest.mark.parametrize(
    "lines",
    [
        ["7E8 04 41 0C 1A F8"],
        ["NO DATA"],
        ["7E8 03 7F 01 12"],
        ["7E8 03 7F 01 78", "7E8 04 41 0C 1A F8"],
        ["7E8 04 41 0C 7F 21"],
        ["SEARCHING..."],
        [],
    ],
)
def test_what_is_no_trouble_stops_nothing(lines):
    assert trouble_in(lines) is None


def test_values_are_read_from_every_ecu_and_refusals_hold_none():
    found = values_of(["7E8 04 41 0C 1A F8", "7E9 04 41 0C 00 00", "7EA 03 7F 01 12"])
    assert [(v.key, v.value, v.ecu) for v in found] == [
        ("engine_rpm", 1726.0, "7E8"),
        ("engine_rpm", 0.0, "7E9"),
    ]


_HEX = st.text("0123456789ABCDEF: ", max_size=60)


@given(st.lists(_HEX | st.text(max_size=60), max_size=8))
def test_no_line_of_an_adapter_breaks_the_reading(lines):
    assert all(isfinite(value.value) for value in values_of(lines))
    assert vin_of(lines) is None or len(vin_of(lines)) == 17
    assert trouble_in(lines) is None or trouble_in(lines)


def test_a_vin_is_whole_or_none():
    assert vin_of(LINES_OF_VIN) == VIN
    assert vin_of(LINES_OF_VIN[:2]) is None
    assert (
        vin_of(
            ["014", "0: 49 02 01 57 56 57", "1: 5A 5A 5A 31 4B 5A 36", "2: 57 30 30 30 30 30 31"]
        )
        == VIN
    )


def test_unsent_entries_are_forgotten_when_the_portal_has_them(tmp_path):
    transcript, unsent = Transcript(tmp_path / "t.txt", STARTED), Unsent()
    for _ in range(5):
        unsent.add(transcript.write(STARTED, "010C", ["7E8 04 41 0C 1A F8"]))
    unsent.acknowledged(2)
    assert [entry.number for entry in unsent.after(3, 10)] == [4, 5]
    assert len(unsent) == 3
    transcript.close()
