from portal.diagnostics.obd.frames import Frame, reassemble


def messages(*lines):
    frames = []
    for at, line in enumerate(lines):
        ecu, data = line.split(" ", 1)
        frames.append(Frame(float(at), ecu, bytes.fromhex(data)))
    found = reassemble(frames)
    return [(one.ecu, one.payload.hex().upper(), one.truncated) for one in found]


def test_answers_of_two_ecus_in_turns_are_kept_apart():
    assert messages(
        "7E8 10 0A 43 04 01 71 04 20",
        "7E9 10 08 43 03 07 30 07 00",
        "7E8 21 03 00 25 63 AA AA AA",
        "7E9 21 07 01 AA AA AA AA AA",
    ) == [
        ("7E8", "43040171042003002563", False),
        ("7E9", "4303073007000701", False),
    ]


def test_a_single_frame_within_a_longer_answer_of_the_same_ecu_is_not_lost():
    found = messages(
        "7E8 10 0A 43 04 01 71 04 20",
        "7E8 06 47 02 03 00 04 20",
        "7E8 21 03 00 25 63 AA AA AA",
    )
    assert [payload for _, payload, _ in found] == ["470203000420", "43040171042003002563"]


def test_a_missing_frame_ends_the_answer_as_truncated():
    found = messages(
        "7E8 10 14 49 02 01 57 50 30",
        "7E8 22 53 33 39 32 31 32 34",
        "7E8 23 53 33 39 32 31 32 34",
    )
    assert found == [("7E8", "490201575030", True)]


def test_an_answer_cut_off_by_the_next_one_or_by_the_end_is_truncated():
    first = "7E8 10 14 49 02 01 57 50 30"
    assert [cut for _, _, cut in messages(first, first)] == [True, True]


def test_the_sequence_counts_around_after_fifteen():
    lines = ["7E8 10 78 00 00 00 00 00 00"]
    lines += [f"7E8 {0x20 | number & 15:02X} 01 02 03 04 05 06 07" for number in range(1, 18)]
    assert messages(*lines)[0][2] is False


def test_flow_control_empty_and_short_frames():
    assert messages("7E8 30 00 00", "7E8 00 AA", "7E8 21 01 02", "7E8 10 14") == []
    assert messages("7E8 05 41 0C") == [("7E8", "410C", True)]
    assert list(reassemble([Frame(0, "7E8", b"")])) == []
