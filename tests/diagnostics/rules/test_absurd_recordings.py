"""Whatever a file prints, the rules answer, in time and without a word about NaN."""

import warnings

import numpy as np
import pytest

from portal.diagnostics.obd.signals import KNOWN
from portal.diagnostics.rules.drive import Drive
from portal.diagnostics.rules.judging import judge
from portal.diagnostics.rules.sentences import as_finding
from tests.makers.drives import PHASES, recording

USED = [key for key in KNOWN if key not in PHASES["idle"]]


def absurd(seed):
    rng = np.random.default_rng(seed)
    phases = [(str(rng.choice(list(PHASES))), float(rng.integers(0, 90))) for _ in range(6)]
    hz = float(rng.choice([0.05, 0.5, 2.0, 10.0]))
    count = sum(round(seconds * hz) for _name, seconds in phases)
    signals = {}
    for key in rng.choice(USED, 30, replace=False):
        known = KNOWN[key]
        values = rng.uniform(known.low, known.high, count)
        if rng.random() < 0.3:
            values[:] = rng.choice([known.low, known.high, 0.0])
        values[rng.random(count) < rng.choice([0.0, 0.9, 1.0], p=[0.7, 0.2, 0.1])] = np.nan
        signals[key] = values if np.isfinite(values).any() else None
    gaps = sorted(tuple(sorted(rng.uniform(0, 300, 2))) for _ in range(rng.integers(0, 3)))
    held = str(rng.choice(["measured", "held"]))
    return recording(*phases, hz=hz, gaps=gaps, provenance=held, **signals)


@pytest.mark.parametrize("seed", range(60))
def test_every_rule_answers(seed):
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        found = judge(absurd(seed))
    assert len(found) == 35
    for one in found:
        assert 0 <= one.confidence <= 1
        assert "nan" not in as_finding(one).text.lower().split()
        numbers = [v for v in one.evidence.values.values() if isinstance(v, float)]
        assert np.isfinite(numbers).all(), one


def test_one_gap_over_everything_leaves_nothing_to_judge():
    made = recording(
        ("cruise", 100), gaps=[(-1, 1000)], coolant_temperature=90, throttle_position=20
    )
    states = {one.rule: one.state for one in judge(made)}
    assert states["thermostat_open"] == states["rough_idle"] == "not_assessable"


def test_a_signal_that_is_not_there_is_unknown_all_the_time():
    drive = Drive(recording(("cruise", 20), vehicle_speed=None))
    assert np.isnan(drive.values("vehicle_speed")).all()
    assert not drive.cruise.any()
