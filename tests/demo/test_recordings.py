from datetime import UTC, datetime

from portal.demo.recordings import adapter_scan, auto_doctor_drive, torque_drive
from portal.diagnostics.obd.decoding import decode

VIN, START = "WVWZZZ1KZ6W000001", datetime.fromisoformat("2026-03-02T08:15:00")


def read(file):
    return decode(file.data, file.name)


def by_key(recording):
    return {signal.key: signal for signal in recording.signals}


def test_the_same_arguments_give_the_same_bytes():
    first = torque_drive(vin=VIN, started_at=START, duration_s=60, seed=3)
    assert first == torque_drive(vin=VIN, started_at=START, duration_s=60, seed=3)
    assert first != torque_drive(vin=VIN, started_at=START, duration_s=60, seed=4)


def test_a_torque_drive_warms_up_and_comes_to_rest():
    recording = read(torque_drive(vin=VIN, started_at=START, duration_s=1200, seed=1))
    signals = by_key(recording)
    assert recording.format == "torque_pro"
    assert recording.started_at.isoformat() == "2026-03-02T08:15:00+01:00"
    assert recording.quarantined == []
    assert signals["coolant_temperature"].max >= 80
    assert signals["vehicle_speed"].last < 5
    assert 700 < signals["engine_rpm"].min < 900
    assert abs(signals["long_term_fuel_trim_bank_1"].mean) < 5


def test_a_leaking_engine_runs_lean():
    recording = read(torque_drive(vin=VIN, started_at=START, duration_s=300, seed=1, lean=True))
    assert by_key(recording)["long_term_fuel_trim_bank_1"].mean > 15


def test_both_languages_of_auto_doctor_are_read():
    for german in (False, True):
        file = auto_doctor_drive(vin=VIN, started_at=START, duration_s=60, seed=1, german=german)
        recording = read(file)
        assert recording.format == "obd_auto_doctor_wide"
        assert recording.quarantined == []
        assert by_key(recording).keys() >= {"engine_rpm", "coolant_temperature"}


def test_a_scan_tells_all_that_was_put_into_it():
    recording = read(
        adapter_scan(
            vin=VIN,
            started_at=START.replace(tzinfo=UTC),
            seed=1,
            stored=["P0171", "P0420", "P0300"],
            pending=["P0101"],
            permanent=["P0420"],
            gearbox_stored=["P0730"],
            incomplete=["catalyst"],
            odometer_km=142331.4,
            duration_s=20,
        )
    )
    assert recording.vin == VIN
    assert recording.odometer_km == 142331.4
    assert recording.codes_read == "complete"
    assert not recording.partial
    assert recording.started_at.isoformat() == "2026-03-02T09:15:00"
    assert {(one.ecu, one.status, one.code) for one in recording.trouble_codes} == {
        ("7E8", "stored", "P0171"), ("7E8", "stored", "P0420"), ("7E8", "stored", "P0300"),
        ("7E8", "pending", "P0101"), ("7E8", "permanent", "P0420"), ("7E9", "stored", "P0730"),
    }  # fmt: skip
    assert recording.freeze_frames[0].code == "P0171"
    open_monitors = [one.monitor for one in recording.readiness if one.supported != one.complete]
    assert "catalyst" in open_monitors
    assert recording.warning_lamps[0].on


def test_a_healthy_car_has_no_codes_and_no_frozen_moment():
    recording = read(adapter_scan(vin=VIN, started_at=START, seed=2))
    assert recording.trouble_codes == []
    assert recording.freeze_frames == []
    assert recording.codes_read == "complete"
    assert recording.signals == []
