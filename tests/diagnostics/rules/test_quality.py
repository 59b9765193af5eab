"""Rule 34, and what the time axis makes of gaps and held values."""

import numpy as np
import pytest

from portal.diagnostics.rules.case import Background, Case
from portal.diagnostics.rules.drive import Drive
from portal.diagnostics.rules.verdicts import Limits
from tests.makers.drives import WARM, empty, recording, state, verdict


@pytest.mark.parametrize(
    ("gaps", "expected"),
    [([], "ok"), ([(50, 53)], "ok"), ([(50, 56)], "borderline"), ([(50, 75)], "abnormal")],
)
def test_gaps_are_told_and_long_ones_spoil_the_recording(gaps, expected):
    made = recording(("town", 200), gaps=gaps, **WARM)
    assert state("recording_quality", made) == expected


def test_values_that_freeze_while_driving():
    made = recording(("cruise", 60), engine_rpm=2000, vehicle_speed=80, **WARM)
    found = verdict("recording_quality", made)
    assert (found.state, found.evidence.reason) == ("abnormal", "frozen")


def test_a_car_that_stands_may_say_the_same_for_long():
    made = recording(("idle", 60), engine_rpm=770, **WARM)
    assert state("recording_quality", made) == "ok"
    assert state("recording_quality", recording(("cruise", 60), vehicle_speed=None)) == "ok"


@pytest.mark.parametrize(("broken", "expected"), [(1, "ok"), (50, "borderline"), (400, "abnormal")])
def test_rows_that_could_not_be_read(broken, expected):
    made = recording(("town", 200), **WARM)
    made.quarantined_count = broken
    assert state("recording_quality", made) == expected


def test_a_file_without_a_drive_has_no_quality():
    assert verdict("recording_quality", empty()).evidence.reason == "no_drive"


def test_nothing_is_known_within_a_gap_or_long_after_the_last_value():
    made = recording(("idle", 100), gaps=[(20, 40)])
    drive = Drive(made)
    rpm = drive.values("engine_rpm")
    assert np.isnan(rpm[(drive.times > 20.05) & (drive.times < 39.95)]).all()
    assert np.isfinite(rpm[drive.times < 20]).all()
    short = recording(("idle", 100), coolant_temperature=[90.0] * 100 + [np.nan] * 400)
    assert np.isnan(Drive(short).values("coolant_temperature")[-1])


def test_a_window_loses_its_ends():
    drive = Drive(recording(("idle", 20), ("cruise", 30), ("idle", 20)))
    (cruise,) = drive.stretches(drive.cruise)
    begin, end = drive.between(cruise)
    assert begin == pytest.approx(24, abs=0.2)
    assert end == pytest.approx(46.7, abs=0.3)
    assert drive.seconds(drive.idle) == pytest.approx(40, abs=0.3)


def test_short_stretches_are_no_windows():
    drive = Drive(recording(("idle", 4), ("cruise", 9), ("idle", 4)))
    assert not drive.idle.any()
    assert not drive.cruise.any()
    assert drive.window(drive.idle) is None
    assert drive.longest(drive.idle) is None


def test_confidence_is_the_least_of_coverage_sampling_and_provenance():
    def sure(made, need_s=10, hertz=1):
        drive = Drive(made)
        keys = ("coolant_temperature",)
        case = Case(drive, Background(), Limits(0, 0))
        return case.confidence(keys, drive.running, need_s=need_s, hertz=hertz)

    steady = recording(("idle", 60), **WARM)
    assert sure(steady) == 1.0
    assert sure(steady, need_s=60) == pytest.approx(0.5, abs=0.01)
    assert sure(steady, hertz=20) == pytest.approx(0.25, abs=0.01)
    held = recording(("idle", 60), provenance="held", **WARM)
    assert sure(held) == pytest.approx(0.6, abs=0.05)
    moving = recording(("idle", 60), provenance="held", coolant_temperature=80 + np.arange(300) % 9)
    assert sure(moving) == 1.0
    assert (
        Drive(held).provenance(("engine_rpm",), np.zeros(600, dtype=bool)[: len(Drive(held).times)])
        == 0.6
    )


def test_a_very_long_recording_gets_a_coarser_axis():
    made = recording(("idle", 90_000), hz=0.05)
    assert len(Drive(made).times) <= 200_001
