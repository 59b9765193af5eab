"""Rules 10 and 11."""

import numpy as np
import pytest

from portal.diagnostics.obd.recording import MonitorResult, TroubleCode
from tests.makers.drives import WARM, empty, recording, state, verdict

STOPS = (("idle", 30), ("cruise", 20)) * 3
PEDAL = {"accelerator_pedal_position_d": {"idle": 14, "cruise": 30, "town": 20}}


def shaking(spread, *phases, hz=5.0, **more):
    count = round(sum(seconds for _name, seconds in phases) * hz)
    names = np.array([name for name, seconds in phases for _ in range(round(seconds * hz))])
    rpm = np.where(names == "idle", 770.0, 2000.0)
    rpm += np.where(np.arange(count) % 2, spread, -spread)
    return recording(*phases, hz=hz, engine_rpm=rpm, **WARM | PEDAL | more)


@pytest.mark.parametrize(
    ("spread", "expected"), [(2, "ok"), (14, "ok"), (25, "borderline"), (60, "abnormal")]
)
def test_idle_is_judged_by_its_spread(spread, expected):
    found = verdict("rough_idle", shaking(spread, *STOPS))
    assert found.state == expected
    assert found.evidence.values["sigma"] == pytest.approx(spread, abs=0.2)


def test_a_long_idle_is_several_windows():
    assert state("rough_idle", shaking(2, ("idle", 90))) == "ok"


def test_an_idle_that_settles_slowly_is_not_rough():
    rpm = np.linspace(1000, 700, 450) + np.arange(450) % 2
    made = recording(("idle", 90), engine_rpm=rpm, **WARM | PEDAL)
    assert state("rough_idle", made) == "ok"


def test_clutching_at_both_ends_is_cut_off():
    rpm = np.array([v for _ in range(3) for v in [1050, 600, 1000] * 5 + [770, 771] * 60 + [560, 900] * 7 + [2000, 2001] * 50], dtype=float)  # fmt: skip
    speed = np.array([v for _ in range(3) for v in [0] * 149 + [60] * 100], dtype=float)
    made = recording(
        ("idle", 149.4),
        engine_rpm=rpm[:747],
        vehicle_speed=speed[:747],
        **WARM | {"accelerator_pedal_position_d": 14},
    )
    assert state("rough_idle", made) == "ok"


def test_idle_with_a_foot_on_the_pedal_is_not_judged():
    pedal = np.where(np.arange(450) % 40 < 2, 14, 25)
    found = verdict("rough_idle", shaking(60, ("idle", 90), accelerator_pedal_position_d=pedal))
    assert found.evidence.reason == "window_too_short"


def test_the_throttle_stands_in_for_a_pedal():
    made = shaking(60, *STOPS, accelerator_pedal_position_d=None, throttle_position=16)
    assert state("rough_idle", made) == "abnormal"


def test_values_that_a_program_repeats_are_too_slow():
    rpm = np.repeat([770.0, 830.0] * 9, 25)
    made = recording(("idle", 90), engine_rpm=rpm, **WARM | PEDAL)
    assert verdict("rough_idle", made).evidence.reason == "sampled_too_slowly"


def test_idle_needs_its_signals():
    assert state("rough_idle", shaking(2, *STOPS, coolant_temperature=None)) == "pid_missing"
    found = verdict("rough_idle", shaking(2, *STOPS, accelerator_pedal_position_d=None))
    assert found.evidence.signals == ["accelerator_pedal_position_d"]


def counted(*counts, test="0C", **more):
    results = [
        MonitorResult(
            "7E8", f"{0xA2 + at:02X}", test, f"misfire_cylinder_{at + 1}", "", n, 0, 65535, True
        )
        for at, n in enumerate(counts)
    ]
    return empty(monitor_results=results, **more)


@pytest.mark.parametrize(
    ("counts", "expected", "reason"),
    [
        ((0, 0, 0, 0), "ok", ""),
        ((0, 3, 0, 0), "borderline", ""),
        ((30, 28, 31, 40), "borderline", ""),
        ((60, 58, 61, 70), "abnormal", ""),
        ((1, 0, 20, 2), "abnormal", "one_cylinder"),
        ((20,), "borderline", ""),
    ],
)
def test_misfire_counters(counts, expected, reason):
    found = verdict("misfire", counted(*counts))
    assert (found.state, found.evidence.reason) == (expected, reason)


def test_the_cylinder_is_named():
    assert verdict("misfire", counted(1, 0, 20, 2)).evidence.values["cylinder"] == 3


def code(name, status):
    return TroubleCode(name, status, "7E8", "iso", "")


@pytest.mark.parametrize(
    ("name", "status", "expected"),
    [
        ("P0302", "pending", "borderline"),
        ("P0300", "stored", "abnormal"),
        ("P0312", "permanent", "abnormal"),
        ("P0171", "stored", "pid_missing"),
        ("P0313", "stored", "pid_missing"),
    ],
)
def test_misfire_codes(name, status, expected):
    assert state("misfire", empty(trouble_codes=[code(name, status)])) == expected


def test_codes_outweigh_clean_counters_and_counters_outweigh_pending_codes():
    stored = {"trouble_codes": [code("P0302", "stored")]}
    assert verdict("misfire", counted(0, 0, **stored)).evidence.reason == "codes"
    pending = {"trouble_codes": [code("P0302", "pending")]}
    assert verdict("misfire", counted(60, 61, **pending)).evidence.reason == ""


def test_no_codes_are_a_weak_ok_only_where_they_were_read():
    assert state("misfire", empty()) == "pid_missing"
    found = verdict("misfire", empty(codes_read="complete"))
    assert (found.state, found.confidence) == ("ok", 0.6)


def test_counters_of_other_tests_do_not_count():
    assert state("misfire", counted(99, test="0B")) == "pid_missing"
