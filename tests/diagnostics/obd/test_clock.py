from datetime import timedelta

import numpy as np
import polars as pl
import pytest

from portal.diagnostics.obd import clock


def test_dates_in_the_phones_language():
    cells = pl.Series(
        ["28-oct.-2021 13:55:25.320", "01-Mär-2024 00:00:01,5", "02-Dez.-2024 07:08:09", "rubbish"]
    )
    moments = clock.device_times(cells)
    assert [clock.local(ms).isoformat() for ms in moments[:3].tolist()] == [
        "2021-10-28T13:55:25.320000",
        "2024-03-01T00:00:01.500000",
        "2024-12-02T07:08:09",
    ]
    assert moments[3] == clock.MISSING


def test_times_of_day_and_what_excel_leaves():
    assert clock.times_of_day(pl.Series(["08:19:47.605", "07:03:59,5", "x"])).tolist() == [
        29987605,
        25439500,
        clock.MISSING,
    ]
    assert clock.minutes_only(pl.Series(["25:36.7", "0:01"])).tolist() == [1536700, 1000]


def test_midnight_is_rolled_over():
    day = 86_400_000
    run = clock.run_clock(np.array([day - 1000, day - 500, 500]), rolls_over_ms=day)
    assert run.seconds.tolist() == [0.0, 0.5, 1.5]


def test_a_stray_row_in_the_past_is_pointed_out():
    run = clock.run_clock(np.array([0, 1000, 200, 2000, 3000]))
    assert run.runs_back.tolist() == [False, False, True, False, False]
    assert run.seconds[-1] == 3.0


def test_a_clock_set_back_for_good_goes_on_from_where_it_was():
    run = clock.run_clock(np.array([10_000, 11_000, 1_000, 2_000, 3_000, 4_000, 5_000]))
    assert not run.runs_back.any()
    assert run.seconds.tolist() == [0.0, 1.0, 1.0, 2.0, 3.0, 4.0, 5.0]


def test_a_clock_that_always_jumps_is_given_up():
    moments = np.tile(np.array([9_000, 5_000, 4_000, 3_000, 2_000]), 200)
    run = clock.run_clock(moments)
    assert (np.diff(run.seconds[~run.runs_back]) >= 0).all()


def test_rows_without_time_and_files_without_any():
    run = clock.run_clock(np.array([clock.MISSING, 5, clock.MISSING, 10]), per_second=1)
    assert run.missing.tolist() == [True, False, True, False]
    assert run.seconds.tolist() == [0, 0, 0, 5]
    assert clock.run_clock(np.array([clock.MISSING]), rolls_over_ms=5).first_ms == 0


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("2017-07-14_Seat.csv", ("2017-07-14T00:00:00", False)),
        ("trackLog-2025-Nov-02_00-59-35.csv", ("2025-11-02T00:59:35", True)),
        ("2022-11-04 20-27-44.csv", ("2022-11-04T20:27:44", True)),
        ("2022-13-04.csv", None),
        ("2022-Foo-04.csv", None),
        ("drive.csv", None),
    ],
)
def test_the_date_of_a_file_name(name, expected):
    found = clock.date_of_name(name)
    assert (found and (found[0].isoformat(), found[1])) == expected


@pytest.mark.parametrize(
    ("text", "hours"),
    [
        ("Thu Oct 28 13:55:24 GMT+02:00 2021", 2),
        ("Sun Nov 02 01:09:03 MST 2025", -7),
        ("Sun Nov 02 01:09:03 MESZ 2025", 2),
        ("Sun Nov 02 01:09:03 GMT-03:30 2025", -3.5),
        ("Sun Nov 02 01:09:03 CST 2025", None),
        ("Sun Nov 02 01:09:03 GMT+99:00 2025", None),
        ("-", None),
    ],
)
def test_a_zone_is_taken_only_when_it_is_beyond_doubt(text, hours):
    zone = clock.zone_of(text)
    assert (zone and zone.utcoffset(None)) == (None if hours is None else timedelta(hours=hours))
