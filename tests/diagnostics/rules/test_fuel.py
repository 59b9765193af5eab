"""Rules 22 to 24."""

import numpy as np
import pytest

from tests.makers.drives import WARM, recording, state, verdict

TARGET, RAIL = "commanded_fuel_rail_pressure_a", "fuel_rail_pressure_a"


@pytest.mark.parametrize(
    ("actual", "expected"), [(41000, "ok"), (34000, "borderline"), (28000, "abnormal")]
)
def test_rail_pressure_off_its_command(actual, expected):
    made = recording(("cruise", 60), **{TARGET: 40000, RAIL: actual})
    assert state("rail_pressure", made) == expected


def test_a_jump_of_rail_pressure_is_no_fault():
    actual = np.where(np.arange(300) % 50 < 10, 25000, 40000)
    made = recording(("cruise", 60), **{TARGET: 40000, RAIL: actual})
    assert state("rail_pressure", made) == "ok"


def test_rail_pressure_of_another_pid_is_used():
    made = recording(("cruise", 60), **{TARGET: 40000, "fuel_rail_pressure": 28000})
    assert verdict("rail_pressure", made).evidence.signals == [TARGET, "fuel_rail_pressure"]


def test_rail_pressure_that_cannot_be_judged():
    assert state("rail_pressure", recording(("cruise", 60), **{RAIL: 40000})) == "pid_missing"
    assert state("rail_pressure", recording(("cruise", 60), **{TARGET: 40000})) == "pid_missing"
    slow = recording(("cruise", 600), hz=0.2, **{TARGET: 40000, RAIL: 28000})
    assert verdict("rail_pressure", slow).evidence.reason == "sampled_too_slowly"
    short = recording(("cruise", 20), **{TARGET: 40000, RAIL: 28000})
    assert verdict("rail_pressure", short).evidence.reason == "window_too_short"


@pytest.mark.parametrize(
    ("error", "expected"), [(5, "ok"), (20, "borderline"), (-20, "borderline"), (45, "abnormal")]
)
@pytest.mark.parametrize(
    "names", [("commanded_egr", "egr_error"), ("commanded_egr_a", "egr_a_error")]
)
def test_egr_off_its_command(names, error, expected):
    made = recording(("cruise", 90), **dict(zip(names, (40, error), strict=True)))
    assert state("egr_error", made) == expected


@pytest.mark.parametrize("command", [0, 5, 95, 100])
def test_egr_that_is_shut_or_wide_open_is_not_judged(command):
    made = recording(("cruise", 90), commanded_egr=command, egr_error=99.2)
    assert verdict("egr_error", made).evidence.reason == "not_commanded"


def test_an_egr_error_that_passes_is_no_fault():
    error = np.where(np.arange(450) % 120 < 100, 45, 0)
    made = recording(("cruise", 90), commanded_egr=40, egr_error=error)
    assert state("egr_error", made) == "ok"


def test_egr_needs_its_signals():
    assert state("egr_error", recording(("cruise", 90), commanded_egr=40)) == "pid_missing"
    made = recording(("cruise", 90), engine_rpm=None, commanded_egr=40, egr_error=45)
    assert verdict("egr_error", made).evidence.signals == ["engine_rpm"]


FILTER = "particulate_filter_pressure_bank_1"


@pytest.mark.parametrize(("kpa", "expected"), [(0.8, "ok"), (3, "borderline"), (5, "abnormal")])
def test_a_loaded_particulate_filter(kpa, expected):
    assert state("particulate_filter", recording(("idle", 60), **{FILTER: kpa} | WARM)) == expected


def test_a_filter_that_regenerates_is_not_judged():
    hot = {"exhaust_gas_temperature_bank_1_sensor_1": 610}
    made = recording(("idle", 60), **{FILTER: 5} | WARM | hot)
    assert verdict("particulate_filter", made).evidence.reason == "window_too_short"
    assert state("particulate_filter", recording(("idle", 60), **WARM)) == "pid_missing"
