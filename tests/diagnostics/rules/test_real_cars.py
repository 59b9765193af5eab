"""What no rule may say of a healthy car, and what it must say of a sick one."""

from pathlib import Path

import numpy as np
import pytest

from portal.diagnostics.obd.decoding import decode
from portal.diagnostics.obd.not_a_recording import NotARecording
from portal.diagnostics.rules.judging import judge
from portal.diagnostics.rules.sentences import as_finding

FOLDER = Path(__file__).parents[3] / "../shared/data/obd"
FAULTY = ("derived_audi_a4_2011", "02_headers_off_line_numbers", "Scan-WAUZZZ8P14A")
"""Of these cars the codes themselves say that something is wrong."""
QUALITY = "recording_quality"


def recordings():
    if not FOLDER.exists():
        return []
    kinds = {".csv", ".txt", ".log", ".asc", ".trc", ".blf", ".mf4"}
    return sorted(path for path in FOLDER.rglob("*") if path.suffix in kinds and "obdb" not in path.parts
                  and "LICENSE" not in path.name)  # fmt: skip


def found_in(path):
    try:
        recording = decode(path.read_bytes(), path.name)
    except NotARecording:
        pytest.skip("this format is not read yet")
    return {one.rule for one in judge(recording) if one.state == "abnormal"}


@pytest.mark.skipif(not FOLDER.exists(), reason="no recordings beside the repository")
@pytest.mark.parametrize("path", recordings(), ids=lambda path: path.name)
def test_a_healthy_car_is_not_condemned(path):
    allowed = {QUALITY}
    if path.name.startswith(FAULTY):
        allowed |= {"misfire", "not_ready", "recently_cleared", "driven_with_lamp"}
    assert found_in(path) <= allowed


def torque_log(minutes=15):
    """As a Torque log of a Honda that draws in unmetered air: the long-term trim climbs from -0.8
    to +32.8 %, EGR is commanded shut while its error reads 99 %.
    """
    rng = np.random.default_rng(3)
    head = (
        " Device Time,Engine RPM(rpm),Speed (OBD)(km/h),Engine Coolant Temperature(°C),"
        "Engine Load(%),Fuel Trim Bank 1 Short Term(%),Fuel Trim Bank 1 Long Term(%),"
        "EGR Commanded(%),EGR Error(%)"
    )
    lines = [head]
    count = minutes * 60
    for second in range(count):
        standing = second % 240 < 90
        rpm = 750 + rng.integers(-8, 9) if standing else 1900 + rng.integers(-60, 61)
        long = -0.8 + 33.6 * min(1.0, second / (count * 0.4))
        short = 33.6 - (0 if standing else 12) + rng.normal(0, 2)
        clock = f"28-oct.-2021 13:{second // 60:02d}:{second % 60:02d}.320"
        lines.append(
            f"{clock},{rpm},{0 if standing else 70},{min(92, 78 + second // 20)},"
            f"{25 if standing else 40},{short:.1f},{long:.1f},0,99.2"
        )
    return "\n".join(lines).encode()


def test_a_lean_honda_is_found_and_its_egr_is_left_alone():
    recording = decode(torque_log(), "trackLog-2021-Oct-28_13-55-24.csv")
    found = {one.rule: one for one in judge(recording)}
    lean = found["lean_mixture"]
    assert lean.state == "abnormal"
    assert lean.confidence >= 0.8
    assert lean.evidence.values["long_trim"] == pytest.approx(32.8)
    assert found["egr_error"].evidence.reason == "not_commanded"
    assert "Falschluft" in as_finding(lean).text
    assert as_finding(lean).next_step


def test_every_rule_answers_for_every_recording():
    for data in (torque_log(1), b"> 0100\r41 00 BE 3E B8 13\r\r>"):
        found = judge(decode(data, "x.csv"))
        assert [one.number for one in found] == list(range(1, 36))
        assert all(as_finding(one).text for one in found)
