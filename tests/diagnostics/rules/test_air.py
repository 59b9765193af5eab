"""Rules 18 to 21, 25 and 26."""

import numpy as np
import pytest

from portal.diagnostics.rules.case import Background
from tests.makers.drives import WARM, recording, state, verdict

MAP, BARO = "intake_manifold_pressure", "barometric_pressure"
TWO_LITRES = Background(displacement_l=2.0)
SHORT = {"short_term_fuel_trim_bank_1": 0}


def breathing(share, *, egr=None, **more):
    """At 2000 rpm, 2 l, 60 kPa and 20 °C full filling is 23.8 g/s."""
    full = 2000 / 120 * 2.0 * 60 / (287 * 293.15) * 1000
    signals = {"mass_air_flow": full * share, MAP: 60, "intake_air_temperature": 20} | WARM
    if egr is not None:
        signals["commanded_egr"] = egr
    return recording(("cruise", 90), **signals | more)


@pytest.mark.parametrize(
    ("share", "expected"),
    [(0.85, "ok"), (0.6, "borderline"), (0.4, "abnormal"), (1.1, "borderline"), (1.4, "abnormal")],
)
def test_air_mass_is_compared_with_the_filling(share, expected):
    assert state("air_mass_against_filling", breathing(share, egr=0), TWO_LITRES) == expected


def test_air_mass_is_not_judged_while_exhaust_gas_is_let_in():
    assert state("air_mass_against_filling", breathing(0.4, egr=40), TWO_LITRES) == "not_assessable"
    found = verdict("air_mass_against_filling", breathing(0.4), TWO_LITRES)
    assert found.evidence.reason == "recirculating"


def test_a_petrol_engine_is_judged_without_a_word_about_egr():
    assert state("air_mass_against_filling", breathing(0.4, **SHORT), TWO_LITRES) == "abnormal"


def test_air_mass_needs_the_displacement_and_its_signals():
    found = verdict("air_mass_against_filling", breathing(0.4, egr=0))
    assert found.evidence.reason == "displacement_unknown"
    assert (
        state("air_mass_against_filling", breathing(1, **{MAP: None}), TWO_LITRES) == "pid_missing"
    )
    found = verdict("air_mass_against_filling", breathing(1, mass_air_flow=None), TWO_LITRES)
    assert found.evidence.signals == ["mass_air_flow"]


@pytest.mark.parametrize(
    ("manifold", "expected"), [(100, "ok"), (95, "borderline"), (110, "abnormal")]
)
def test_manifold_and_ambient_pressure_agree_with_the_engine_off(manifold, expected):
    made = recording(("off", 20), ("idle", 20), **{MAP: {"off": manifold, "idle": 35}, BARO: 100})
    assert state("manifold_against_ambient", made) == expected


def test_the_manifold_gets_time_to_fill_after_running():
    pressure = np.concatenate([np.full(100, 35.0), np.linspace(35, 100, 15), np.full(60, 100.0)])
    made = recording(("idle", 20), ("off", 15), **{MAP: pressure, BARO: 100})
    assert state("manifold_against_ambient", made) == "ok"


def test_manifold_pressure_without_a_stop_or_a_sensor():
    assert state("manifold_against_ambient", recording(("idle", 20), **{MAP: 35})) == "pid_missing"
    running = recording(("idle", 20), **{MAP: 35, BARO: 100})
    assert state("manifold_against_ambient", running) == "not_assessable"


@pytest.mark.parametrize(("kpa", "expected"), [(35, "ok"), (50, "borderline"), (60, "abnormal")])
def test_manifold_pressure_at_idle(kpa, expected):
    made = recording(("idle", 60), **{MAP: kpa} | WARM | SHORT)
    assert state("manifold_at_idle", made) == expected


@pytest.mark.parametrize(
    ("signals", "reason"),
    [
        ({MAP: 100}, "unthrottled"),
        ({MAP: {"idle": 60, "pull": 160}} | SHORT, "charged"),
        ({MAP: 60}, "fuel_unknown"),
        ({MAP: 60, "fuel_type": 4} | SHORT, "fuel_unknown"),
        ({MAP: 60, "coolant_temperature": 40}, "window_too_short"),
    ],
)
def test_not_every_engine_has_a_vacuum_at_idle(signals, reason):
    made = recording(("idle", 60), ("pull", 10), **WARM | signals)
    assert verdict("manifold_at_idle", made).evidence.reason == reason


def test_manifold_pressure_at_idle_needs_the_sensor():
    assert state("manifold_at_idle", recording(("idle", 60), **WARM)) == "pid_missing"


@pytest.mark.parametrize(
    ("boost", "expected"), [(195, "ok"), (180, "borderline"), (160, "abnormal")]
)
def test_boost_below_its_command(boost, expected):
    made = recording(("pull", 20), commanded_boost_pressure_a=200, boost_pressure_a=boost)
    assert state("boost_deviation", made) == expected


def test_a_turbo_may_need_a_moment():
    boost = np.where(np.arange(100) < 10, 120, 200)
    made = recording(("pull", 20), commanded_boost_pressure_a=200, boost_pressure_a=boost)
    assert state("boost_deviation", made) == "ok"


def test_boost_needs_load_and_both_pressures():
    idle = recording(("idle", 20), commanded_boost_pressure_a=100, boost_pressure_a=100)
    assert state("boost_deviation", idle) == "not_assessable"
    assert state("boost_deviation", recording(("pull", 20))) == "pid_missing"


@pytest.mark.parametrize(("percent", "expected"), [(4, "ok"), (8, "borderline"), (12, "abnormal")])
def test_a_throttle_that_must_open_wide_at_idle(percent, expected):
    made = recording(("idle", 60), relative_throttle_position=percent, **WARM)
    assert state("throttle_at_idle", made) == expected


def test_a_throttle_of_a_diesel_stands_open():
    made = recording(("idle", 60), relative_throttle_position=83, **WARM)
    assert verdict("throttle_at_idle", made).evidence.reason == "unthrottled"
    short = recording(("idle", 10), relative_throttle_position=12, **WARM)
    assert verdict("throttle_at_idle", short).evidence.reason == "window_too_short"
    assert state("throttle_at_idle", recording(("idle", 60), **WARM)) == "pid_missing"


def pedals(second, *, noise=0.0):
    rng = np.random.default_rng(1)
    first = np.repeat(rng.uniform(10, 80, 30), 25)
    return recording(
        ("town", 150),
        accelerator_pedal_position_d=first,
        accelerator_pedal_position_e=second(first) + np.repeat(rng.normal(0, noise, 30), 25),
    )


@pytest.mark.parametrize(("noise", "expected"), [(0, "ok"), (5.5, "borderline"), (12, "abnormal")])
def test_pedal_sensors_that_drift_apart(noise, expected):
    assert state("pedal_sensors", pedals(lambda first: first / 2 + 5, noise=noise / 2)) == expected


def test_a_pedal_sensor_that_does_not_move_is_abnormal():
    assert state("pedal_sensors", pedals(lambda first: first * 0 + 20)) == "abnormal"


def test_a_second_sensor_that_is_read_later_is_no_fault():
    made = pedals(lambda first: np.concatenate([first[:4], first[:-4]]))
    assert state("pedal_sensors", made) == "ok"


def test_a_pedal_at_rest_proves_nothing():
    still = recording(
        ("idle", 60), accelerator_pedal_position_d=14, accelerator_pedal_position_e=14
    )
    assert verdict("pedal_sensors", still).evidence.reason == "pedal_at_rest"
    assert state("pedal_sensors", recording(("idle", 60))) == "pid_missing"
