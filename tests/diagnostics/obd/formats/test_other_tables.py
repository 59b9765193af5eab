"""AndrOBD, OBD Fusion, DashCommand; and the way driven, which is only kept on request."""

import pytest

from portal.diagnostics.obd.decoding import decode
from portal.diagnostics.obd.not_a_recording import NotARecording
from tests.makers.recordings import ANDROBD, DASHCOMMAND, OBD_FUSION

LONG = (
    '"SECONDS";"PID";"VALUE";"UNITS";"LATITUDE";"LONGTITUDE";\n'
    + '"10.5";"Engine RPM";"800";"rpm";"52.5";"13.4";\n' * 2
)


def test_androbd_has_a_translated_time_and_no_units():
    recording = decode(ANDROBD.encode(), "x.csv")
    assert (recording.format, recording.time_known) == ("androbd", "absolute")
    assert recording.started_at.isoformat() == "2026-03-02T08:15:00"
    assert set(recording.traces) == {"engine_rpm", "vehicle_speed", "coolant_temperature"}
    assert recording.traces["vehicle_speed"].values.max() == 7.0


def test_androbd_rows_whose_cells_moved_are_set_aside():
    recording = decode(ANDROBD.encode(), "x.csv")
    assert [(row.line, row.reason) for row in recording.quarantined] == [(4, "too_few_cells")]
    assert 21.0 not in recording.traces["vehicle_speed"].values


@pytest.mark.parametrize("delimiter", [";", "\t", "|"])
def test_androbd_lets_the_user_choose_delimiter_and_quotes(delimiter):
    head, *rows = ANDROBD.splitlines()
    quoted = delimiter.join(f'"{cell}"' if cell else "" for cell in head.split(","))
    text = "\n".join([quoted, *(row.replace(",", delimiter) for row in rows)])
    assert decode(text.encode(), "x.csv").format == "androbd"


def test_a_table_that_only_begins_like_androbd_is_none():
    with pytest.raises(NotARecording):
        decode(b"Zeit,Umsatz,Kunden,\n08:00,12,3,\n", "x.csv")
    with pytest.raises(NotARecording):
        decode(b"Zeit,Umsatz,Kunden,\n", "x.csv")


def test_obd_fusion_counts_from_the_start_in_its_comment():
    recording = decode(OBD_FUSION.encode(), "x.csv")
    assert (recording.format, recording.time_known) == ("obd_fusion", "absolute")
    assert recording.started_at.isoformat() == "2026-03-02T20:15:30.500000"
    assert recording.traces["vehicle_speed"].values.max() == pytest.approx(20 * 1.609344)
    assert recording.traces["coolant_temperature"].values[0] == pytest.approx(21.111, abs=1e-3)
    assert recording.removed_for_privacy == ["Latitude (deg)"]


@pytest.mark.parametrize(
    ("date", "started"),
    [
        ("03/02/2026 08:15:30.5000 PM", "2026-03-02T20:15:30.500000"),
        ("12/02/2026 12:15:30 AM", "2026-12-02T00:15:30"),
        ("02.03.2026 08:15:30", "2026-03-02T08:15:30"),
        ("25/03/2026 08:15:30", "2026-03-25T08:15:30"),
        ("03/25/2026 08:15:30", "2026-03-25T08:15:30"),
        ("2026-03-02 08:15:30", "2026-03-02T08:15:30"),
        ("03/02/2026 08:15:30", None),
        ("2026-13-02 08:15:30", None),
        ("today", None),
    ],
)
def test_a_date_that_may_be_two_days_is_none(date, started):
    text = OBD_FUSION.replace("03/02/2026 08:15:30.5000 PM", date)
    recording = decode(text.encode(), "x.csv")
    assert (recording.started_at and recording.started_at.isoformat()) == started
    assert recording.time_known == ("absolute" if started else "relative")


def test_seconds_of_more_than_a_year_are_no_time():
    text = OBD_FUSION + "9e300, 1200, 20, 72, 52.6\n"
    assert decode(text.encode(), "x.csv").quarantined[-1].reason == "no_time"


def test_dashcommand_marks_what_it_works_out():
    recording = decode(DASHCOMMAND.encode(), "x.csv")
    assert (recording.format, recording.time_known) == ("dashcommand", "relative")
    assert {"engine_rpm", "vehicle_speed", "intake_manifold_pressure"} <= set(recording.traces)
    power = next(one for one in recording.signals if one.source_name == "CALC.ENGINE_POWER")
    assert power.provenance == "calculated"
    assert recording.removed_for_privacy == ["AUX.GPS.LATITUDE"]
    assert recording.traces["intake_manifold_pressure"].values[0] == pytest.approx(33.86389)


@pytest.mark.parametrize("text", [OBD_FUSION, DASHCOMMAND])
def test_the_way_driven_is_only_kept_on_request(text):
    assert not any("latitude" in key for key in decode(text.encode(), "x.csv").traces)
    kept = decode(text.encode(), "x.csv", keep_positions=True)
    assert kept.removed_for_privacy == []
    assert next(trace for key, trace in kept.traces.items() if "latitude" in key).values[-1] == 52.6


def test_car_scanner_has_its_way_in_columns():
    assert decode(LONG.encode(), "x.csv").removed_for_privacy == ["LATITUDE", "LONGTITUDE"]
    kept = decode(LONG.encode(), "x.csv", keep_positions=True)
    assert kept.removed_for_privacy == []
    assert kept.traces["longitude"].values[0] == 13.4
    empty = LONG.replace("52.5", "").replace("13.4", "")
    assert "latitude" not in decode(empty.encode(), "x.csv", keep_positions=True).traces
