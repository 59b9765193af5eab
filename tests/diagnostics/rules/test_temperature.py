"""Rules 7 to 9."""

import numpy as np
import pytest

from tests.makers.drives import recording, state, verdict

LONG_DRIVE = (("cruise", 1500),)


def warming(to, *phases, start=15, hz=1.0, **more):
    seconds = sum(length for _name, length in phases)
    coolant = np.minimum(start + np.arange(int(seconds * hz)) / hz * 0.1, to).round()
    return recording(*phases, hz=hz, coolant_temperature=coolant, **more)


@pytest.mark.parametrize(
    ("to", "expected"), [(91, "ok"), (77, "ok"), (73, "borderline"), (65, "abnormal")]
)
def test_a_long_drive_from_cold_shows_the_thermostat(to, expected):
    assert state("thermostat_open", warming(to, *LONG_DRIVE)) == expected


def test_a_short_trip_that_ends_at_79_degrees_is_not_condemned():
    found = verdict("thermostat_open", warming(79, ("cruise", 731)))
    assert (found.state, found.evidence.reason) == ("not_assessable", "trip_too_short")


def test_standing_for_long_proves_nothing_about_the_thermostat():
    assert state("thermostat_open", warming(60, ("idle", 1500))) == "not_assessable"


def test_an_engine_that_was_lukewarm_at_the_start_is_not_judged():
    made = recording(*LONG_DRIVE, hz=1.0, coolant_temperature=66)
    assert verdict("thermostat_open", made).evidence.reason == "no_cold_start"


@pytest.mark.parametrize(
    ("falls_to", "expected"), [(72, "borderline"), (62, "abnormal"), (82, "ok")]
)
def test_coolant_that_falls_at_speed_shows_the_thermostat(falls_to, expected):
    coolant = np.concatenate([np.full(300, 92.0), np.linspace(92, falls_to, 300)])
    found = verdict(
        "thermostat_open", recording(("cruise", 600), hz=1.0, coolant_temperature=coolant)
    )
    assert found.state == expected
    if expected != "ok":
        assert found.evidence.reason == "drop"


def test_a_thermostat_without_speed_or_revolutions():
    assert state("thermostat_open", warming(91, *LONG_DRIVE, vehicle_speed=None)) == "pid_missing"
    assert state("thermostat_open", warming(65, *LONG_DRIVE, engine_rpm=None)) == "abnormal"


@pytest.mark.parametrize(
    ("hot", "seconds", "expected"),
    [(105, 60, "ok"), (110, 60, "borderline"), (118, 60, "abnormal"), (118, 5, "ok")],
)
def test_overheating_must_last(hot, seconds, expected):
    coolant = np.where(np.arange(1000) < seconds * 5, hot, 95)
    made = recording(("cruise", 200), coolant_temperature=coolant)
    assert state("overheating", made) == expected


def test_the_window_of_overheating_is_where_it_was_hot():
    coolant = np.where((np.arange(1000) >= 500) & (np.arange(1000) < 600), 118, 95)
    found = verdict("overheating", recording(("cruise", 200), coolant_temperature=coolant))
    assert (found.evidence.from_s, found.evidence.to_s) == (100.0, pytest.approx(119.9))


@pytest.mark.parametrize("rule", ["overheating", "coolant_sensor"])
def test_without_coolant_nothing_is_said(rule):
    assert state(rule, recording(("idle", 60))) == "pid_missing"


@pytest.mark.parametrize("value", [-40, 150])
def test_impossible_values_show_the_sensor(value):
    found = verdict("coolant_sensor", recording(("idle", 60), coolant_temperature=value))
    assert (found.state, found.evidence.reason) == ("abnormal", "impossible")


@pytest.mark.parametrize(("jumps", "expected"), [(0, "ok"), (1, "borderline"), (5, "abnormal")])
def test_jumps_show_the_sensor(jumps, expected):
    coolant = 60 + 20.0 * (np.cumsum(np.isin(np.arange(300), np.arange(jumps) * 40 + 40)) % 2)
    made = recording(("idle", 60), coolant_temperature=coolant)
    assert state("coolant_sensor", made) == expected


def test_a_signal_that_is_rarely_read_cannot_jump():
    coolant = np.where(np.arange(60) < 30, 40.0, 70.0)
    made = recording(("idle", 600), hz=0.1, coolant_temperature=coolant)
    assert state("coolant_sensor", made) == "ok"


@pytest.mark.parametrize(("intake", "expected"), [(20, "ok"), (40, "borderline"), (55, "abnormal")])
def test_a_cold_start_shows_a_sensor_that_reads_too_cold(intake, expected):
    made = recording(
        ("off", 5), ("idle", 60), coolant_temperature=20, intake_air_temperature=intake
    )
    assert state("coolant_sensor", made) == expected


def test_a_car_that_stood_for_hours_is_known_by_its_ambient_air():
    soaked = {
        "coolant_temperature": 45,
        "intake_air_temperature": 12,
        "ambient_air_temperature": 11,
    }
    assert state("coolant_sensor", recording(("off", 5), ("idle", 60), **soaked)) == "abnormal"
    driving = recording(("cruise", 60), **soaked)
    assert state("coolant_sensor", driving) == "ok"
    started = recording(("idle", 60), engine_run_time=20, **soaked)
    assert state("coolant_sensor", started) == "abnormal"
    later = recording(("idle", 60), engine_run_time=500, **soaked)
    assert state("coolant_sensor", later) == "ok"


def test_a_car_that_is_still_warm_from_an_earlier_drive_is_no_fault():
    made = recording(("off", 5), ("idle", 60), coolant_temperature=45, intake_air_temperature=25)
    assert state("coolant_sensor", made) == "ok"
