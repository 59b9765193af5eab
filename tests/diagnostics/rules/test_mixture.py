"""Rules 1 to 6."""

import numpy as np
import pytest

from tests.makers.drives import WARM, recording, state, verdict

DRIVE = (("idle", 60), ("cruise", 80), ("pull", 30))
SHORT, LONG = "short_term_fuel_trim_bank_1", "long_term_fuel_trim_bank_1"
SHORT_2, LONG_2 = "short_term_fuel_trim_bank_2", "long_term_fuel_trim_bank_2"


def trimmed(short, long, *phases, **more):
    return recording(*(phases or DRIVE), **{**WARM, SHORT: short, LONG: long} | more)


@pytest.mark.parametrize(
    ("trim", "expected"), [(2, "ok"), (10, "ok"), (12, "borderline"), (24, "abnormal")]
)
def test_a_lean_mixture_is_judged_by_its_total_trim(trim, expected):
    assert state("lean_mixture", trimmed(trim - 1, 1)) == expected


@pytest.mark.parametrize(
    ("trim", "expected"), [(-2, "ok"), (-12, "borderline"), (-24, "abnormal"), (24, "ok")]
)
def test_a_rich_mixture_is_judged_by_its_total_trim(trim, expected):
    assert state("rich_mixture", trimmed(trim - 1, 1)) == expected


def test_a_long_trim_that_stays_high_is_borderline_even_if_the_sum_is_not():
    assert state("lean_mixture", trimmed(-13, 13)) == "borderline"


def test_a_long_trim_that_was_high_for_a_moment_is_not():
    long = [0.0] * 850
    long[300:315] = [13.0] * 15
    assert state("lean_mixture", trimmed(0, long)) == "ok"


def test_the_worse_bank_is_named():
    made = trimmed(1, 1, **{SHORT_2: 15, LONG_2: 9})
    found = verdict("lean_mixture", made)
    assert found.state == "abnormal"
    assert found.evidence.values["bank"] == 2
    assert found.evidence.signals == [SHORT_2, LONG_2]


def test_the_window_is_where_the_trim_was_too_high():
    found = verdict("lean_mixture", trimmed({"idle": 1, "cruise": 24, "pull": 24}, 1))
    assert found.state == "abnormal"
    assert (found.evidence.from_s, found.evidence.to_s) == (60.0, pytest.approx(169.8, abs=0.2))


def test_neither_a_cold_engine_nor_an_open_loop_is_judged():
    for more in ({"coolant_temperature": 60}, {"fuel_system_status": 1}):
        found = verdict("lean_mixture", trimmed(24, 1, **more))
        assert (found.state, found.evidence.reason) == ("not_assessable", "window_too_short")


def test_closed_loop_is_used_where_the_car_tells_it():
    made = trimmed(
        {"idle": 1, "cruise": 24, "pull": 24},
        0,
        fuel_system_status={"idle": 2, "cruise": 4, "pull": 4},
    )
    assert state("lean_mixture", made) == "ok"


def test_trims_that_a_program_calculated_are_not_judged():
    made = trimmed(24, 1, calculated=(SHORT,))
    found = verdict("lean_mixture", made)
    assert (found.state, found.evidence.signals) == ("pid_missing", [SHORT])


@pytest.mark.parametrize("rule", ["lean_mixture", "rich_mixture"])
def test_without_trims_or_temperature_the_signal_is_missing(rule):
    assert state(rule, recording(*DRIVE, **WARM)) == "pid_missing"
    assert state(rule, trimmed(24, 1, coolant_temperature=None)) == "pid_missing"


@pytest.mark.parametrize(
    ("idle", "cruise", "expected"),
    [(3, 2, "ok"), (11, 2, "borderline"), (20, 2, "abnormal"), (30, 12, "ok")],
)
def test_unmetered_air_shows_at_idle_and_vanishes_at_speed(idle, cruise, expected):
    made = trimmed({"idle": idle, "cruise": cruise, "pull": cruise}, 0)
    assert state("vacuum_leak_pattern", made) == expected


def test_unmetered_air_needs_both_idle_and_cruise():
    assert state("vacuum_leak_pattern", trimmed(1, 1, ("idle", 200))) == "not_assessable"
    assert state("vacuum_leak_pattern", trimmed(1, 1, vehicle_speed=None)) == "pid_missing"


@pytest.mark.parametrize(("pull", "expected"), [(4, "ok"), (12, "borderline"), (20, "abnormal")])
def test_starvation_shows_under_load(pull, expected):
    made = trimmed({"idle": 2, "cruise": 2, "pull": pull}, 0)
    assert state("fuel_starvation_pattern", made) == expected


def test_too_lean_everywhere_is_starvation_too():
    made = trimmed(24, 1, ("idle", 60), ("cruise", 80))
    assert state("fuel_starvation_pattern", made) == "abnormal"


@pytest.mark.parametrize(
    "phases", [(("cruise", 80),), (("idle", 60), ("cruise", 80)), (("idle", 60), ("cruise", 20))]
)
def test_starvation_is_not_judged_without_load_or_idle(phases):
    assert state("fuel_starvation_pattern", trimmed(2, 1, *phases)) == "not_assessable"


def test_lean_at_idle_only_is_no_starvation_everywhere():
    made = trimmed({"idle": 24, "cruise": 2, "pull": 25}, 0)
    assert state("fuel_starvation_pattern", made) == "ok"


def test_starvation_without_load_signal():
    assert state("fuel_starvation_pattern", trimmed(2, 1, engine_load=None)) == "pid_missing"


@pytest.mark.parametrize(("second", "expected"), [(3, "ok"), (11, "borderline"), (-12, "abnormal")])
def test_banks_are_compared(second, expected):
    made = trimmed(0, 2, **{SHORT_2: 0, LONG_2: second})
    assert state("bank_difference", made) == expected


def test_banks_need_two_and_a_warm_engine():
    assert state("bank_difference", trimmed(0, 2)) == "pid_missing"
    cold = trimmed(0, 2, **{LONG_2: 20, "coolant_temperature": 40})
    assert state("bank_difference", cold) == "not_assessable"


def test_an_open_loop_while_warm_is_found_by_its_length():
    for seconds, expected in ((50, "ok"), (100, "borderline"), (220, "abnormal")):
        made = trimmed(
            0,
            0,
            ("idle", 240),
            fuel_system_status=np.where(np.arange(1200) < seconds * 5, 1, 2),
        )
        assert state("open_loop_warm", made) == expected


@pytest.mark.parametrize("status", [8, 16])
def test_an_open_loop_by_fault_is_abnormal_at_once(status):
    values = np.where(np.arange(500) < 50, status, 2)
    found = verdict("open_loop_warm", trimmed(0, 0, ("idle", 100), fuel_system_status=values))
    assert (found.state, found.evidence.values["status"]) == ("abnormal", status)


def test_a_closed_loop_is_ok_and_a_short_look_says_nothing():
    assert state("open_loop_warm", trimmed(0, 0, fuel_system_status=2)) == "ok"
    short = trimmed(0, 0, ("idle", 30), fuel_system_status=1)
    assert state("open_loop_warm", short) == "not_assessable"


def test_a_diesel_has_no_loop_to_close():
    made = recording(*DRIVE, **WARM, fuel_system_status=1, fuel_type=4)
    assert verdict("open_loop_warm", made).evidence.reason == "fuel_unknown"
    assert state("open_loop_warm", recording(*DRIVE, **WARM)) == "pid_missing"
