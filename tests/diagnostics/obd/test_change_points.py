import numpy as np
import pytest

from portal.diagnostics.obd.change_points import Channel, condense, find_gaps


def channel(values, *, name="Engine RPM", unit="rpm", step=1.0, **more):
    return Channel(name, unit, np.arange(len(values)) * step, np.array(values, float), **more)


def test_held_copies_leave_only_change_points_and_both_ends():
    signal, trace = condense(channel([800, 800, 800, 900, 900, 900]))
    assert signal.changes == 1
    assert signal.rows == 6
    assert trace.times.tolist() == [0, 3, 5]
    assert trace.values.tolist() == [800, 900, 900]


def test_a_heartbeat_shows_that_the_value_was_still_there():
    _, trace = condense(channel([800] * 100))
    assert trace.times.tolist() == [0, 30, 60, 90, 99]


def test_the_edges_of_a_gap_are_kept():
    held = Channel("Engine RPM", "rpm", np.array([0.0, 1, 2, 12, 13, 14]), np.full(6, 800.0))
    _, trace = condense(held)
    assert trace.times.tolist() == [0, 2, 12, 14]


def test_the_mean_is_one_over_time_not_over_rows():
    held = Channel("Engine RPM", "rpm", np.array([0.0, 4, 5]), np.array([1000.0, 2000, 0]))
    signal, _ = condense(held)
    assert signal.mean == pytest.approx(1200)
    single, _ = condense(channel([700]))
    assert single.mean == 700


def test_a_value_outside_its_range_shows_that_the_name_was_wrong():
    signal, _ = condense(channel([14.7, 14.2], name="Commanded equivalence ratio(lambda)", unit=""))
    assert signal.key == "commanded_equivalence_ratio_lambda"
    assert signal.pid is None
    fits, _ = condense(channel([1.0, 0.98], name="Commanded equivalence ratio(lambda)", unit=""))
    assert fits.key == "commanded_equivalence_ratio"


def test_a_unit_that_does_not_fit_keeps_the_name_as_printed():
    signal, _ = condense(channel([1, 2], unit="V"))
    assert (signal.key, signal.unit) == ("engine_rpm", "V")
    assert signal.pid is None


def test_zero_is_no_air_pressure():
    air = channel([0, 100, 101], name="Barometric pressure", unit="kPa")
    signal, _ = condense(air, zero_is_missing=True)
    assert signal.min == 100
    nothing = channel([0, 0], name="Barometric pressure", unit="kPa")
    assert condense(nothing, zero_is_missing=True) is None


def test_gaps_are_silences_far_longer_than_usual():
    assert find_gaps(np.array([0.0, 1, 2, 9, 10]))[0].from_s == 2
    assert find_gaps(np.arange(0, 1000, 60.0)) == []
    assert find_gaps(np.array([0.0])) == []
