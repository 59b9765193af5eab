"""Recordings of real cars, read where they lie; the folder is no part of this repository."""

import json
from pathlib import Path

import pytest

from portal.diagnostics.obd.decoding import decode

FOLDER = Path(__file__).parents[3] / "../shared/data/obd"
READ = {"torque_pro", "obd_auto_doctor_wide", "car_scanner_long", "carobd_wide"}
pytestmark = pytest.mark.skipif(not FOLDER.exists(), reason="no recordings beside the repository")


def expectations():
    if not FOLDER.exists():
        return {}
    told = json.loads((FOLDER / "EXPECTED.json").read_text(encoding="utf-8"))
    return {name: facts for name, facts in told.items() if facts.get("format") in READ}


def read(name):
    path = FOLDER / name
    return decode(path.read_bytes(), path.name)


@pytest.mark.parametrize(("name", "facts"), expectations().items(), ids=list(expectations()))
def test_a_real_recording_is_read_as_measured(name, facts):
    recording = read(name)
    assert recording.format == facts["format"]
    assert recording.encoding == facts["encoding"]
    assert recording.newline == facts["newline"]
    assert recording.rows == facts["rows"]
    if "duration_s" in facts:
        assert recording.duration_s == pytest.approx(facts["duration_s"])
    if "cell_changes" in facts:
        assert sum(signal.changes for signal in recording.signals) == facts["cell_changes"]
        assert (
            len([gap for gap in recording.gaps if gap.to_s - gap.from_s > 5])
            == (facts["gaps_over_5s"])
        )
    if "coolant_max" in facts:
        coolant = next(one for one in recording.signals if one.key == "coolant_temperature")
        assert (coolant.first, coolant.max) == (facts["coolant_first"], facts["coolant_max"])


@pytest.mark.parametrize(
    ("name", "vin", "codes"),
    [
        ("01_headers_on_spaces_multiframe_vin.txt", "WP0ZZZ99ZTS392124", []),
        ("02_headers_off_line_numbers_echo_on.txt", "WF0DABCDEFGH01234", ["P0171", "P0420", "P0300"]),
        ("07_python_obd_debug_log.txt", "WP0ZZZ99ZTS392124", []),
    ],
)  # fmt: skip
def test_real_transcripts(name, vin, codes):
    recording = read(f"elm327/{name}")
    assert recording.vin == vin
    assert [one.code for one in recording.trouble_codes] == codes


def test_german_files_are_read_like_the_english_ones():
    recording = read("german_locale/kit_de_semicolon_comma_cp1252_crlf.csv")
    assert recording.encoding == "cp1252"
    assert len(recording.signals) == 10
    assert all(signal.pid for signal in recording.signals)
    scanner = read("german_locale/car_scanner_de_names_bom_crlf_6col.csv")
    assert scanner.encoding == "utf-8-sig"
    assert {"engine_rpm", "vehicle_speed", "timing_advance"} <= set(scanner.traces)


def test_answers_of_a_real_ecu_have_the_expected_values():
    """The CAN log as an adapter would have shown it; names of OBDb on the left."""
    facts = json.loads((FOLDER / "EXPECTED.json").read_text(encoding="utf-8"))
    expected = facts["can/derived_audi_a4_2011_obd"]
    log = (FOLDER / "can/derived_audi_a4_2011_obd.log").read_text()
    frames = [line.split()[2].partition("#") for line in log.splitlines()]
    text = "\r".join(f"{ecu} {data}" for ecu, _, data in frames)
    recording = decode(text.encode(), "audi.txt")
    found: dict[str, list[str]] = {}
    for one in recording.trouble_codes:
        if one.status == "stored":
            found.setdefault(one.ecu, []).append(one.code)
    assert found == expected["stored_dtc"]
    assert recording.vin == expected["vin"]
    assert recording.freeze_frames[0].code == expected["freeze_frame"]["dtc"]
    assert recording.freeze_frames[0].values["engine_rpm"] == expected["freeze_frame"]["rpm"]
    assert [(no.service, no.code) for no in recording.negative_responses] == [("01", "12")]
    by_pid: dict[str, object] = {}
    for signal in recording.signals:
        by_pid.setdefault(signal.pid, signal)
    for sample in expected["samples"]:
        signal = by_pid.get(sample["cmd"][2:])
        value = next(iter(sample["expected"].values()))
        if signal and isinstance(value, float):
            assert signal.min - 0.01 <= value <= signal.max + 0.01, sample
