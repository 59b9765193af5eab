import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra import numpy as arrays

from portal.diagnostics.obd.packing import NotPacked, pack, thin, unpack
from portal.diagnostics.obd.recording import Trace


def same(first, second):
    return np.array_equal(first.view(np.int64), second.view(np.int64))


@pytest.mark.parametrize(
    ("values", "factor", "offset"),
    [
        (np.array([800.0, 812.25, 799.75]), 0.25, 0.0),
        (np.arange(256) * (100 / 255), 100 / 255, 0.0),
        (np.arange(256) * (100 / 128) - 100.0, 100 / 128, -100.0),
        (np.array([31.0, 31.5]) * 1.609344, 1.609344, 0.0),
        (np.float32([3.216, 1.5, 2.25]).astype(float), 1.0, 0.0),
        (np.array([21.9607843137255, 27.0588235294118] * 200), 1.0, 0.0),
        (np.array([np.pi, np.e, -np.pi]), 1.0, 0.0),
        (np.array([1e300, -1e-300, 5.0]), 1.0, 0.0),
        (np.array([1.0, 2.0]), 0.0, 0.0),
        (np.array([]), 1.0, 0.0),
    ],
)
def test_every_bit_comes_back(values, factor, offset):
    times = np.arange(len(values)) * 0.09
    back = unpack(pack(Trace(times, values, factor, offset)))
    assert same(back.times, times)
    assert same(back.values, values)
    assert (back.factor, back.offset) == (factor, offset)


@given(arrays.arrays(np.float64, st.integers(0, 40), elements=st.floats(width=64)))
def test_any_floats_at_all_come_back(values):
    times = np.arange(len(values), dtype=float)
    back = unpack(pack(Trace(times, values)))
    assert np.array_equal(back.values, values, equal_nan=True)


def test_a_sample_takes_no_more_than_two_and_a_half_bytes():
    chance = np.random.default_rng(1)
    times = np.cumsum(chance.integers(60, 120, 20_000)) / 1000.0
    rpm = np.cumsum(chance.integers(-60, 60, 20_000)) * 0.25 + 2000.0
    assert len(pack(Trace(times, rpm, 0.25))) / 20_000 < 2.5


@pytest.mark.parametrize("cut", [0, 3, 20, 30, 35, 60])
def test_cut_bytes_are_refused(cut):
    packed = pack(Trace(np.arange(50.0), np.arange(50.0) ** 2))
    with pytest.raises(NotPacked):
        unpack(packed[:cut])


def test_foreign_bytes_and_uneven_traces_are_refused():
    with pytest.raises(NotPacked):
        unpack(b"x" * 100)
    with pytest.raises(ValueError, match="length"):
        pack(Trace(np.arange(2.0), np.arange(3.0)))


def test_a_thinned_plot_keeps_its_peaks_and_ends():
    times = np.arange(100_000) / 10.0
    values = np.sin(times)
    values[54_321] = 99.0
    values[77_777] = -99.0
    few_times, few = thin(times, values, 500)
    assert len(few) <= 500
    assert few.max() == 99.0
    assert few.min() == -99.0
    assert few_times[0] == times[0]
    assert few_times[-1] == times[-1]
    assert (np.diff(few_times) > 0).all()


def test_what_is_few_already_stays_and_what_has_no_time_is_thinned_by_order():
    times = np.arange(10.0)
    assert thin(times, times, 100)[0] is times
    assert len(thin(np.zeros(1000), np.arange(1000.0), 50)[0]) <= 50
