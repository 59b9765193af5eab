"""Recordings of real cars, read where they lie; the folder is no part of this repository."""

import json
from pathlib import Path

import numpy as np
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


def scans():
    if not FOLDER.exists():
        return {}
    told = json.loads((FOLDER / "EXPECTED.json").read_text(encoding="utf-8"))
    return {name: facts for name, facts in told.items() if facts.get("format") == "vcds_autoscan"}


@pytest.mark.parametrize(("name", "facts"), scans().items(), ids=list(scans()))
def test_three_visits_of_one_car(name, facts):
    recording = read(name)
    assert recording.format == facts["format"]
    assert (recording.encoding, recording.newline) == (facts["encoding"], facts["newline"])
    assert (recording.vin, recording.odometer_km) == (facts["vin"], facts["mileage_km"])
    assert sorted(one.maker_code for one in recording.trouble_codes) == facts["vag_codes"]
    assert [one.code for one in recording.trouble_codes if one.code[0] == "P"] == facts["sae_codes"]
    not_ok = [module.address for module in recording.modules if not module.is_ok]
    assert not_ok == facts["not_ok_modules"]
    (read_,) = recording.services_read
    assert len(read_.ecus) + len(read_.silent) == facts["addresses"]
    assert read_.silent == ([] if "20240323" in name else ["44"])


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


@pytest.mark.parametrize(
    ("ending", "name"),
    [(".log", "candump"), (".asc", "asc"), (".blf", "blf"), (".trc", "trc"), (".csv", "can_csv"),
     (".mf4", "mf4"), ("_savvycan_gvret.csv", "gvret")],
)  # fmt: skip
def test_a_log_of_a_real_car_has_the_expected_values(ending, name):
    """Every sample at its moment; names of OBDb on the left."""
    facts = json.loads((FOLDER / "EXPECTED.json").read_text(encoding="utf-8"))
    expected = facts["can/derived_audi_a4_2011_obd"]
    recording = read(f"can/derived_audi_a4_2011_obd{ending}")
    assert recording.format == name
    assert recording.vin == expected["vin"]
    assert codes(recording, "stored") == expected["stored_dtc"]
    assert codes(recording, "permanent") == expected["permanent_dtc"]
    assert codes(recording, "pending") == {}
    pending = next(one for one in recording.services_read if one.service == "07")
    assert pending.ecus == ["7E8", "7E9"]
    assert recording.freeze_frames[0].code == expected["freeze_frame"]["dtc"]
    assert recording.freeze_frames[0].values["engine_rpm"] == expected["freeze_frame"]["rpm"]
    assert [(no.service, no.code) for no in recording.negative_responses] == [("01", "12")]
    compared = sum(agrees(recording, sample) for sample in expected["samples"])
    assert compared == 114  # all but words and bits


def codes(recording, status):
    found: dict[str, list[str]] = {}
    for one in recording.trouble_codes:
        if one.status == status:
            found.setdefault(one.ecu, []).append(one.code)
    return found


def agrees(recording, sample):
    """How many numbers of a sample stand in the traces at its time (seconds since 1699999998)."""
    at, compared = sample["t"] - 1699999998.0, 0
    pid = sample["cmd"][2:]
    traces = [recording.traces[one.key] for one in recording.signals if one.pid == pid]
    ours = [
        trace.values[np.searchsorted(trace.times, at + 0.002, side="right") - 1] for trace in traces
    ]
    for name, value in sample["expected"].items():
        if isinstance(value, str) or pid in {"01", "41", "13"} or value == 71.21875:
            continue  # words, bits, and the FF of a sensor that takes no part in the trim
        compared += 1
        assert any(one == pytest.approx(value, rel=6e-3, abs=2e-4) for one in ours), (
            name,
            sample,
            ours,
        )
    return compared
