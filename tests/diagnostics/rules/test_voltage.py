"""Rules 15 to 17."""

import numpy as np
import pytest

from tests.makers.drives import recording, state, verdict

START = (("off", 10), ("crank", 1), ("idle", 30))
MODULE, ADAPTER = "control_module_voltage", "adapter_voltage"


def powered(key, **volts):
    return recording(*START, hz=10.0, **{key: volts})


@pytest.mark.parametrize(
    ("volts", "expected"), [(12.6, "ok"), (12.1, "borderline"), (11.5, "abnormal")]
)
def test_rest_voltage_of_the_control_unit(volts, expected):
    made = powered(MODULE, off=volts, crank=10.5, idle=14)
    assert state("rest_voltage", made) == expected


@pytest.mark.parametrize(("volts", "expected"), [(11.8, "ok"), (10.8, "borderline")])
def test_an_adapter_alone_never_condemns_a_battery(volts, expected):
    made = powered(ADAPTER, off=volts, crank=7, idle=13)
    assert state("rest_voltage", made) == expected
    assert state("cranking_voltage", made) == "borderline"


def test_a_stop_after_a_drive_says_nothing_about_the_battery():
    made = recording(("idle", 30), ("off", 60), **{MODULE: {"idle": 14, "off": 11.5}})
    assert verdict("rest_voltage", made).evidence.reason == "window_too_short"


@pytest.mark.parametrize("rule", ["rest_voltage", "cranking_voltage", "charging_voltage"])
def test_without_voltage_or_revolutions(rule):
    assert state(rule, recording(*START)) == "pid_missing"
    found = verdict(rule, recording(*START, engine_rpm=None, **{MODULE: 12}))
    assert found.evidence.signals == ["engine_rpm"]


@pytest.mark.parametrize(
    ("volts", "expected"),
    [
        (14.2, "ok"),
        (12.9, "borderline"),
        (12.2, "abnormal"),
        (15.2, "borderline"),
        (16, "abnormal"),
    ],
)
def test_charging_voltage(volts, expected):
    found = verdict("charging_voltage", recording(("cruise", 120), **{MODULE: volts}))
    assert found.state == expected
    assert found.evidence.reason == ("high" if volts > 15 else "")


def test_a_short_dip_is_no_charging_fault():
    volts = np.where(np.arange(600) < 200, 12.5, 13.1)
    found = verdict("charging_voltage", recording(("cruise", 120), **{MODULE: volts}))
    assert found.state == "borderline"


def test_charging_on_demand_is_not_judged():
    volts = np.where(np.arange(600) % 200 < 100, 12.4, 14.8)
    found = verdict("charging_voltage", recording(("cruise", 120), **{MODULE: volts}))
    assert found.evidence.reason == "smart_charging"


def test_charging_needs_a_minute_above_idle_and_the_control_unit():
    assert state("charging_voltage", recording(("idle", 120), **{MODULE: 14})) == "not_assessable"
    found = verdict("charging_voltage", recording(("cruise", 120), **{ADAPTER: 12.0}))
    assert found.evidence.reason == "adapter_only"


@pytest.mark.parametrize(
    ("volts", "expected"), [(10.4, "ok"), (9.5, "borderline"), (8.2, "abnormal")]
)
def test_cranking_voltage(volts, expected):
    found = verdict("cranking_voltage", powered(MODULE, off=12.5, crank=volts, idle=14))
    assert (found.state, found.evidence.values["lowest"]) == (expected, volts)


def test_cranking_is_the_second_before_the_engine_runs():
    count = 410
    volts = np.full(count, 12.5)
    volts[95:110] = 12.0 - np.arange(15) * 0.25
    volts[110:] = 14.1
    found = verdict("cranking_voltage", recording(*START, hz=10.0, **{MODULE: volts}))
    assert (found.state, found.evidence.values["lowest"]) == ("abnormal", 8.5)


def test_a_start_that_was_sampled_too_slowly_is_not_judged():
    made = recording(*START, hz=1.0, **{MODULE: {"off": 12.5, "crank": 8, "idle": 14}})
    assert verdict("cranking_voltage", made).evidence.reason == "sampled_too_slowly"


@pytest.mark.parametrize("phases", [(("idle", 30),), (("off", 10), ("crank", 5))])
def test_without_a_start_there_is_nothing_to_say(phases):
    made = recording(*phases, hz=10.0, **{MODULE: 12})
    assert verdict("cranking_voltage", made).evidence.reason == "no_start_seen"
