from portal.diagnostics.obd.decoding import decode

HEAD = "ENGINE_RUN_TINE (),ENGINE_RPM (),VEHICLE_SPEED (),ABSOLUTE_BAROMETRIC_PRESSURE ()\r\n"


def test_a_row_is_a_second_and_a_broken_one_leaves_a_hole():
    rows = "0, 0.0, 0, 0.0,\r\n1, 800.5, 0, 101.0,\r\n2, 810\r\n3, 820.25, 1, 101.0,\r\n"
    recording = decode((HEAD + rows).encode(), "drive1.csv")
    rpm = recording.traces["engine_rpm"]
    assert recording.format == "carobd_wide"
    assert recording.time_known == "none"
    assert rpm.times.tolist() == [0, 1, 3]
    assert rpm.values.tolist() == [0, 800.5, 820.25]
    assert recording.traces["barometric_pressure"].values.tolist() == [101.0, 101.0]
    assert [(row.line, row.reason) for row in recording.quarantined] == [(4, "too_few_cells")]
