import pytest

from portal.diagnostics.obd.adapter_lines import parse_line
from portal.diagnostics.obd.decoding import decode
from portal.diagnostics.obd.formats import elm327
from portal.diagnostics.obd.not_a_recording import NotARecording

VIN = "WVWZZZ1KZ6W000001"


def read(*exchanges):
    return decode("\r\r>".join(["", *exchanges, ""]).encode(), "scan.txt")


def codes(recording):
    return [(one.ecu, one.status, one.code) for one in recording.trouble_codes]


def service(recording, number):
    return next(one for one in recording.services_read if one.service == number)


def test_a_vin_over_three_frames_keeps_its_last_one():
    recording = read(
        "ATZ\rELM327 v1.5",
        "0902\r7E8 10 14 49 02 01 57 56 57\r7E8 21 5A 5A 5A 31 4B 5A 36\r7E8 22 57 30 30 30 30 30 31",
    )  # fmt: skip
    assert recording.format == "elm327"
    assert recording.vin == VIN
    assert recording.newline == "CR"


@pytest.mark.parametrize(
    "answer",
    [
        "7E8 04 41 0C 0E 5E",
        "7E804410C0E5E",
        "7E8 4 04 41 0C 0E 5E",
        "18 DA F1 10 04 41 0C 0E 5E",
        "18DAF110 04410C0E5E",
        "41 0C 0E 5E",
        "410C0E5E",
        "SEARCHING...\r41 0C 0E 5E",
        "SEARCHING... 410C0E5E",
        "BUS INIT: OK\r41 0C 0E 5E",
        "48 6B 10 41 0C 0E 5E 7C",
        "84 F1 10 41 0C 0E 5E 3E",
        "41 6B 10 41 0C 0E 5E 4B",
        "010C\r41 0C 0E 5E",
    ],
)
def test_one_reading_in_every_shape(answer):
    recording = read("010C\r" + answer)
    assert [(one.key, one.last) for one in recording.signals] == [("engine_rpm", 919.5)]
    assert recording.quarantined == []


def test_headers_off_the_adapter_numbers_the_lines():
    recording = read(
        "0902\r014\r0: 49 02 01 57 56 57\r1: 5A 5A 5A 31 4B 5A 36\r2: 57 30 30 30 30 30 31",
        "03\r03\r008\r0: 43 03 01 71 04 20\r1: 03 00 AA AA AA AA AA",
    )
    assert recording.vin == VIN
    assert codes(recording) == [
        ("unknown", "stored", "P0171"),
        ("unknown", "stored", "P0420"),
        ("unknown", "stored", "P0300"),
    ]
    assert recording.codes_read == "complete"


def test_two_ecus_with_headers_off_take_turns():
    recording = read(
        "03\r008\r0: 43 03 01 71 04 20\r008\r0: 43 03 07 30 07 00\r"
        "1: 03 00 AA AA AA AA AA\r1: 07 01 AA AA AA AA AA"
    )
    assert [code for _, _, code in codes(recording)] == [
        "P0171", "P0420", "P0300", "P0730", "P0700", "P0701",
    ]  # fmt: skip


def test_numbered_lines_without_a_length_or_a_beginning():
    recording = read("03\r0: 43 02 01 71 04 20", "07\r1: 01 71", "010C\r41 0C 0E 5E")
    assert [code for _, _, code in codes(recording)] == ["P0171", "P0420"]


def test_an_answer_cut_short_is_partial_and_never_no_faults():
    recording = read("03\r014\r0: 43 09 01 71 04 20")
    assert recording.partial
    assert recording.codes_read == "none"
    assert service(recording, "03").silent == ["unknown"]
    counted = read("03\r7E8 04 43 02 01 71")
    assert counted.codes_read == "none"
    assert counted.partial


def test_the_buses_without_can_pad_with_zeros_and_number_the_vin():
    recording = read(
        "03\r48 6B 10 43 01 71 04 20 00 00 9C",
        "0902\r49 02 01 00 00 00 57\r49 02 02 56 57 5A 5A\r49 02 03 5A 31 4B 5A\r"
        "49 02 04 36 57 30 30\r49 02 05 30 30 30 31",
    )
    assert codes(recording) == [("10", "stored", "P0171"), ("10", "stored", "P0420")]
    assert recording.vin == VIN


def test_a_frozen_moment_knows_its_frame_and_its_code():
    recording = read(
        "0202 00\r7E8 05 42 02 00 01 71",
        "020C00\r7E8 05 42 0C 00 1A F8",
        "020C01\r7E8 05 42 0C 01 0A F8",
        "020201\r7E8 05 42 02 01 00 00",
        "020D00\r7E8 02 42 0D",
        "02EE00\r7E8 04 42 EE 00 01",
    )
    first, second = recording.freeze_frames
    assert (first.ecu, first.frame, first.code, first.values) == (
        "7E8", 0, "P0171", {"engine_rpm": 1726.0},
    )  # fmt: skip
    assert (second.frame, second.code) == (1, None)


def test_negative_answers_are_kept_and_never_values():
    recording = read("010C\r7E8 03 7F 01 12", "0105\r7E8 03 7F 01 78\r7E8 03 41 05 7D\r7E8 01 7F")
    assert [(no.ecu, no.service, no.code) for no in recording.negative_responses] == [
        ("7E8", "01", "12")
    ]
    assert [one.key for one in recording.signals] == ["coolant_temperature"]


def test_a_speed_is_no_engine_speed():
    recording = read("010C\r7E8 03 41 0D 32")
    assert [(one.key, one.last) for one in recording.signals] == [("vehicle_speed", 50)]


def test_each_ecu_has_its_own_signal_readiness_and_lamp():
    recording = read(
        "0101\r7E8 06 41 01 83 07 E5 01\r7E9 06 41 01 00 04 00 00",
        "010C\r7E8 04 41 0C 0E 5E\r7E9 04 41 0C 0E 60",
    )
    assert list(recording.traces) == ["engine_rpm", "engine_rpm@7E9"]
    assert [lamp.on for lamp in recording.warning_lamps] == [True, False]
    open_monitors = [one for one in recording.readiness if one.supported and not one.complete]
    assert [(one.ecu, one.monitor) for one in open_monitors] == [("7E8", "catalyst")]


def test_a_silent_ecu_is_named():
    recording = read(
        "0100\r7E8 06 41 00 BE 3F A8 13\r7E9 06 41 00 80 00 00 01", "03\r7E8 02 43 00", "07\rNO DATA"
    )  # fmt: skip
    assert recording.codes_read == "partial"
    assert recording.partial
    assert service(recording, "03").silent == ["7E9"]
    assert service(recording, "07").ecus == []
    assert not service(recording, "0A").asked


def test_identity_odometer_and_permanent_codes():
    recording = read(
        "01A6\r7E8 06 41 A6 00 15 B7 D2",
        "0A\r7E8 04 4A 01 04 20",
        "0904\r7E8 10 13 49 04 01 30 36 46\r7E8 21 39 30 36 30 35 36 53\r7E8 22 00 00 00 00 00 00 00",
        "0906\r7E8 07 49 06 01 12 34 AB CD",
        "090A\r7E8 07 49 0A 01 45 43 4D 00",
        "0900\r7E8 07 49 00 01 45 43 4D 00",
        "0902\r7E8 02 49 02",
    )  # fmt: skip
    assert recording.odometer_km == 142331.4
    assert codes(recording) == [("7E8", "permanent", "P0420")]
    ecu = recording.ecus[0]
    assert ecu.name == "ECM"
    assert ecu.calibration_ids == ["06F906056S"]
    assert ecu.calibration_checks == ["1234ABCD"]


def test_the_same_code_said_twice_counts_once():
    assert len(codes(read("03\r7E8 04 43 01 01 71", "03\r7E8 04 43 01 01 71"))) == 1


def test_times_of_the_terminal_are_the_times_of_the_readings():
    text = (
        "[2026-03-02 23:59:59.500] >010C\n41 0C 0E 5E\n\n"
        "[2026-03-03 00:00:01.000] >010C\n41 0C 0E 60\n\n>"
    )
    recording = decode(text.encode(), "x")
    assert recording.started_at.isoformat() == "2026-03-02T23:59:59.500000"
    assert recording.duration_s == 1.5
    assert recording.traces["engine_rpm"].times.tolist() == [0.0, 1.5]
    relative = decode(b"08:00:01.000 >010C\n41 0C 0E 5E\n>", "x")
    assert (relative.time_known, relative.started_at) == ("relative", None)


def test_without_times_the_order_stands_in():
    recording = read("010C\r41 0C 0E 5E", "010C\r41 0C 0E 60")
    assert recording.time_known == "none"
    assert recording.duration_s == 0.0
    assert recording.traces["engine_rpm"].times.tolist() == [1.0, 2.0]


def test_a_debug_log_of_python_obd_is_a_transcript():
    text = (
        "[obd.obd] Sending command: 010C: Engine RPM\n"
        "[obd.elm327] write: b'010C1\\r'\n"
        "[obd.elm327] read: b'7E8 04 41 0C 0E 5E \\r\\r>'\n"
        '[obd.elm327] write: "03\\r"\n'
        '[obd.elm327] read: "7E8 04 43 01 01 71 \\r\\r>"\n'
    )
    recording = decode(text.encode(), "debug.log")
    assert recording.signals[0].last == 919.5
    assert codes(recording) == [("7E8", "stored", "P0171")]


def test_requests_seen_on_the_bus_are_requests():
    recording = read("\r7DF 02 01 0C 00\r7E8 04 41 0C 0E 5E\r7E0 30 00 00\r7DF 01 07")
    assert service(recording, "01").asked
    assert service(recording, "07").asked
    assert recording.rows == 1


def test_lines_that_make_no_sense_are_set_aside():
    recording = read("010C\r41 0C 0E 5E\rhello\r41 0C 0E 5\rZZ", "0105\r41 05 7D", "ATRV\r12.4V")
    assert {row.reason for row in recording.quarantined} == {"not_understood"}
    assert len(recording.quarantined) == 3


def test_a_damaged_answer_is_not_believed():
    recording = read("03\r43 01 71 04 20 00 00 <DATA ERROR", "010C\r41 0C 0E 5E BUFFER FULL")
    assert recording.partial
    assert recording.codes_read == "none"
    assert recording.signals == []


def test_what_was_read_before_is_read_the_same_again():
    lines = ["41 0C 0E 5E", "41 0C 0E 60", "41 0C 0E 5E", "41 0C 0E 5E BUFFER FULL", "41 0C 0E 60"]
    recording = read("010C\r" + "\r".join(lines * 3))
    assert recording.signals[0].rows == 12
    assert recording.rows == 15
    assert recording.partial


def test_a_memory_that_is_full_forgets_nothing_read(monkeypatch):
    monkeypatch.setattr(elm327, "_MOST_KNOWN", 0)
    assert read("010C\r" + "41 0C 0E 5E\r" * 3).rows == 3


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("7E8 04 41 0C 0E 5", "unknown"),
        ("18DAF110 04 41 0", "unknown"),
        ("48 6B 10 41 0C 0E 5E 00", "unknown"),
        ("63 F1 90", "unknown"),
        ("41", "chatter"),
        ("OK", "chatter"),
        ("NO DATA", "chatter"),
        ("BUFFER FULL", "chatter"),
        ("18DB33F1 02 01 00", "asked_on_bus"),
        ("0902", "request"),
        ("220100", "request"),
        ("014", "length"),
        ("F", "unknown"),
        ("G", "unknown"),
    ],
)
def test_single_lines(text, kind):
    assert parse_line(text).kind == kind


@pytest.mark.parametrize(
    "text",
    ["Dear customer,\nyour car is ready.\n", ">ATZ\rOK\r>", "1234\n5678\n", "words\n" * 500],
)
def test_other_texts_are_no_transcripts(text):
    with pytest.raises(NotARecording) as refused:
        decode(text.encode(), "x")
    assert refused.value.code == "unknown_text"


def test_endless_and_overlong_texts_are_not_read_to_the_end(monkeypatch):
    assert read("010C\r41 0C 0E 5E\r" + "A" * 5000).quarantined_count == 1
    monkeypatch.setattr(elm327, "MAX_LINES", 4)
    recording = read("010C\r41 0C 0E 5E\r\r\r\r010D\r41 0D 10")
    assert recording.partial
    assert [row.reason for row in recording.quarantined] == ["too_many_lines"]
    assert [one.key for one in recording.signals] == ["engine_rpm"]


def test_other_services_pass_by():
    recording = read("0600\r7E8 07 46 00 84 00 10 00 00", "010C\r41 0C 0E 5E")
    assert recording.rows == 2
    assert not service(recording, "02").asked


@pytest.mark.parametrize(
    ("sent", "came"), [("TX: ", "RX: "), ("-> ", "<- "), (">> ", "<< "), ("Sent: ", "Rec: ")]
)
def test_marks_of_what_was_sent_and_what_came(sent, came):
    lines = [f"{sent}0902", f"{came}49 02 01 00 00 00 57", f"{sent}03", f"{came}7E8 02 43 00"]
    recording = decode("\n".join(lines).encode(), "x.txt")
    assert recording.codes_read == "partial"
    assert recording.quarantined == []
    stamped = [f"12:00:0{at} {line}" for at, line in enumerate(lines)]
    assert decode("\n".join(stamped).encode(), "x.txt").time_known == "relative"


def test_what_is_known_by_its_words_has_a_limit(monkeypatch):
    monkeypatch.setattr(elm327, "_MOST_KNOWN", 0)
    recording = decode(b">010C\r7E8 04 41 0C 0E 5E\r7E8 04 41 0C 0E 5E\r>", "x.txt")
    assert recording.traces["engine_rpm"].values.tolist() == [919.5, 919.5]
