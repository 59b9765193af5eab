"""Rules 27 to 30 and 35."""

from datetime import date

import pytest

from portal.diagnostics.obd.recording import EcuIdentity, Readiness, ServiceRead, TroubleCode
from portal.diagnostics.rules.case import Background
from tests.makers.drives import empty, recording, state, verdict


def monitors(*waiting, ecu="7E8"):
    names = ("catalyst", "oxygen_sensor", "egr_vvt", "secondary_air")
    return [Readiness(ecu, name, True, name not in waiting) for name in names]


@pytest.mark.parametrize(
    ("waiting", "expected"),
    [
        ((), "ok"),
        (("catalyst",), "borderline"),
        (("catalyst", "egr_vvt", "oxygen_sensor"), "abnormal"),
    ],
)
def test_readiness_counts_the_open_monitors(waiting, expected):
    assert state("not_ready", empty(readiness=monitors(*waiting))) == expected


def test_one_control_unit_that_is_not_done_is_enough():
    made = empty(readiness=[*monitors(), *monitors("catalyst", ecu="7E9")])
    assert verdict("not_ready", made).evidence.values == {"count": 1, "monitors": "catalyst"}


def test_readiness_that_nobody_read_or_supports():
    assert state("not_ready", empty()) == "pid_missing"
    unsupported = empty(readiness=[Readiness("7E8", "catalyst", False, False)])
    assert state("not_ready", unsupported) == "pid_missing"


@pytest.mark.parametrize(
    ("kilometres", "warm_ups", "expected"),
    [
        (900, 60, "ok"),
        (120, 60, "borderline"),
        (20, 60, "abnormal"),
        (900, 6, "borderline"),
        (900, 1, "abnormal"),
        (None, 1, "abnormal"),
        (6911, 0, "ok"),
        (20, None, "abnormal"),
        (None, None, "pid_missing"),
    ],
)
def test_codes_that_were_cleared_recently(kilometres, warm_ups, expected):
    signals = {"distance_since_cleared": kilometres, "warm_ups_since_cleared": warm_ups}
    assert state("recently_cleared", recording(("idle", 5), **signals)) == expected


def test_a_program_that_writes_zero_for_nothing_is_not_believed():
    made = recording(("idle", 5), distance_since_cleared=0)
    assert state("recently_cleared", made) == "abnormal"
    made.format = "carobd_wide"
    assert verdict("recently_cleared", made).evidence.reason == "zero_may_mean_nothing"


@pytest.mark.parametrize(
    ("kilometres", "expected"),
    [(0, "ok"), (40, "borderline"), (400, "abnormal"), (None, "pid_missing")],
)
def test_kilometres_with_the_warning_lamp_on(kilometres, expected):
    made = recording(("idle", 5), distance_with_mil=kilometres)
    assert state("driven_with_lamp", made) == expected


def test_minutes_with_the_lamp_on_are_told_too():
    made = recording(("idle", 5), distance_with_mil=40, time_with_mil=55)
    assert verdict("driven_with_lamp", made).evidence.values == {"kilometres": 40, "minutes": 55}


def code(name, status, ecu="7E8"):
    return TroubleCode(name, status, ecu, "iso", "")


READ = {"codes_read": "complete", "services_read": [ServiceRead("0A", True, ["7E8"], [])]}


@pytest.mark.parametrize(
    ("codes", "expected"),
    [
        ([], "ok"),
        ([code("P0420", "permanent"), code("P0420", "stored")], "ok"),
        ([code("P0420", "permanent")], "abnormal"),
        ([code("P0420", "permanent"), code("P0420", "stored", "7E9")], "abnormal"),
    ],
)
def test_a_permanent_code_without_its_stored_one(codes, expected):
    assert state("permanent_without_stored", empty(trouble_codes=codes, **READ)) == expected


def test_permanent_codes_that_were_not_read():
    assert state("permanent_without_stored", empty(codes_read="complete")) == "pid_missing"
    partly = empty(trouble_codes=[code("P0420", "permanent")], codes_read="partial")
    assert verdict("permanent_without_stored", partly).evidence.reason == "codes_incomplete"


def ecu(**told):
    return [EcuIdentity("7E8", None, [], [], **told)]


@pytest.mark.parametrize(
    ("ecus", "expected"),
    [
        (ecu(consumption={"lifetime_fuel": 812.0}), "ok"),
        (ecu(supported={"09": ["02", "04", "17"]}), "ok"),
        (ecu(supported={"09": ["02", "04"]}), "borderline"),
        (ecu(), "pid_missing"),
    ],
)
def test_a_car_of_2022_tells_its_consumption(ecus, expected):
    background = Background(first_registration=date(2022, 5, 1))
    assert state("consumption_monitor", empty(ecus=ecus), background) == expected


def test_an_older_car_or_one_of_unknown_age_is_not_asked():
    old = Background(first_registration=date(2015, 5, 1))
    assert verdict("consumption_monitor", empty(), old).evidence.reason == "before_obfcm"
    assert verdict("consumption_monitor", empty()).evidence.reason == "first_registration_unknown"
