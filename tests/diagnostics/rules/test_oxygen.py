"""Rules 12 to 14."""

import numpy as np
import pytest

from tests.makers.drives import WARM, recording, state, verdict

FRONT, REAR = "o2_voltage_bank_1_sensor_1", "o2_voltage_bank_1_sensor_2"
SHORT, LONG = "short_term_fuel_trim_bank_1", "long_term_fuel_trim_bank_1"
DRIVE = (("cruise", 90),)
HZ = 10.0


def switching(per_s, seconds=90.0, low=0.1, high=0.8):
    moments = np.arange(round(seconds * HZ)) / HZ
    return np.where((moments * per_s).astype(int) % 2, high, low)


def sensed(front, rear, *phases, **more):
    signals = {FRONT: front, REAR: rear} | WARM | more
    return recording(*(phases or DRIVE), hz=HZ, **signals)


@pytest.mark.parametrize(
    ("rear", "expected"), [(0.1, "ok"), (0.5, "ok"), (1.3, "borderline"), (1.9, "abnormal")]
)
def test_a_catalyst_without_storage_lets_the_rear_sensor_follow(rear, expected):
    made = sensed(switching(2), switching(rear))
    assert state("catalyst", made) == expected


def test_the_catalyst_is_not_judged_outside_of_its_conditions():
    busy = (switching(2), switching(1.9))
    for more in (
        {"coolant_temperature": 60},
        {"commanded_equivalence_ratio": 0.9},
        {"catalyst_temperature_bank_1_sensor_1": 400},
    ):
        assert verdict("catalyst", sensed(*busy, **more)).evidence.reason == "window_too_short"
    within = {"commanded_equivalence_ratio": 1.0, "catalyst_temperature_bank_1_sensor_1": 600}
    assert state("catalyst", sensed(*busy, **within)) == "abnormal"


def test_a_front_sensor_that_stands_still_makes_no_comparison():
    assert verdict("catalyst", sensed(0.7, switching(2))).evidence.reason == "not_moving"


def test_sensors_that_were_asked_too_rarely_are_not_judged():
    slow = recording(*DRIVE, hz=1.0, **WARM, **{FRONT: switching(1)[::10], REAR: 0.7})
    for rule in ("catalyst", "slow_front_sensor"):
        assert verdict(rule, slow).evidence.reason == "sampled_too_slowly"


@pytest.mark.parametrize("rule", ["catalyst", "slow_front_sensor", "rear_sensor_lean"])
def test_without_narrowband_sensors_the_signal_is_missing(rule):
    assert state(rule, recording(*DRIVE, **WARM)) == "pid_missing"
    cold = sensed(switching(2), 0.7, coolant_temperature=None)
    assert state(rule, cold) == "pid_missing"


@pytest.mark.parametrize(("per_s", "expected"), [(1, "ok"), (0.4, "borderline"), (0.2, "abnormal")])
def test_a_slow_front_sensor(per_s, expected):
    assert state("slow_front_sensor", sensed(switching(per_s), None)) == expected


def test_a_front_sensor_needs_a_steady_drive():
    made = sensed(switching(2, 60), None, ("idle", 60))
    assert verdict("slow_front_sensor", made).evidence.reason == "window_too_short"


@pytest.mark.parametrize(
    ("volts", "expected"), [(0.7, "ok"), (0.2, "borderline"), (0.05, "abnormal")]
)
def test_a_rear_sensor_that_stays_lean(volts, expected):
    made = sensed(switching(2), volts, **{SHORT: 1, LONG: 2})
    assert state("rear_sensor_lean", made) == expected


def test_a_lean_rear_sensor_is_no_news_where_the_mixture_is_lean():
    made = sensed(switching(2), 0.05, **{SHORT: 10, LONG: 12})
    assert verdict("rear_sensor_lean", made).evidence.reason == "trims_unusual"


def test_a_rear_sensor_needs_a_steady_drive():
    made = sensed(switching(2, 60), 0.05, ("idle", 60), **{SHORT: 1, LONG: 2})
    assert verdict("rear_sensor_lean", made).evidence.reason == "window_too_short"
