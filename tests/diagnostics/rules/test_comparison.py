"""Two scans of one car: nothing is called gone unless it was looked for."""

from datetime import UTC, datetime

from portal.diagnostics.obd.recording import Readiness
from portal.diagnostics.rules.comparison import Figures, Snapshot, compare

BOTH = frozenset({"7E8", "7E9"})
EMPTY = Snapshot(datetime(2026, 3, 1, tzinfo=UTC), None, {}, True, [], {}, {}, read=BOTH)
STORED = frozenset({"stored"})


def codes(*names):
    return {(name, "7E8"): STORED for name in names}


def changes(before, after):
    return {one.code: one.change for one in compare(before, after).codes}


def test_codes_are_gone_new_or_still_there():
    before = EMPTY._replace(codes=codes("P0171", "P0300"))
    after = EMPTY._replace(codes=codes("P0300", "P0420"))
    assert changes(before, after) == {"P0420": "new", "P0300": "still", "P0171": "gone"}
    assert [one.code for one in compare(before, after).codes_that_are("gone")] == ["P0171"]


def test_a_code_is_not_gone_where_codes_were_not_read_completely():
    before = EMPTY._replace(codes=codes("P0171"))
    after = EMPTY._replace(codes_complete=False, read=frozenset())
    assert changes(before, after) == {"P0171": "unknown"}
    assert changes(after, before) == {"P0171": "unknown"}


def test_the_same_code_of_another_control_unit_is_another_fault():
    before = EMPTY._replace(codes={("U0100", "7E8"): STORED})
    after = EMPTY._replace(codes={("U0100", "7E9"): STORED})
    assert {one.change for one in compare(before, after).codes} == {"gone", "new"}


def test_monitors_are_compared_over_all_control_units():
    done = [Readiness("7E8", "catalyst", True, True), Readiness("7E8", "egr_vvt", False, True)]
    half = [*done, Readiness("7E9", "catalyst", True, False)]
    change = compare(EMPTY._replace(readiness=done), EMPTY._replace(readiness=half)).monitors
    assert [tuple(one) for one in change] == [("catalyst", True, False)]
    unread = compare(EMPTY, EMPTY._replace(readiness=done)).monitors
    assert [tuple(one) for one in unread] == [("catalyst", None, True)]


def test_findings_say_what_got_better_and_what_worse():
    before = {"lean_mixture": "abnormal", "catalyst": "ok", "egr_error": "ok", "misfire": "ok"}
    after = {"lean_mixture": "ok", "catalyst": "borderline", "egr_error": "pid_missing"}
    found = compare(
        EMPTY._replace(findings=before | {"odometer": "not_assessable"}),
        EMPTY._replace(findings=after | {"misfire": "ok", "odometer": "pid_missing"}),
    ).findings
    assert [(one.rule, one.direction) for one in found] == [
        ("catalyst", "worse"),
        ("lean_mixture", "better"),
        ("egr_error", "unknown"),
    ]


def test_key_signals_are_those_that_both_have():
    trim = Figures("%", -5, 24, 33)
    before = EMPTY._replace(signals={"long_term_fuel_trim_bank_1": trim, "odometer": trim})
    after = EMPTY._replace(
        signals={"long_term_fuel_trim_bank_1": Figures("%", -2, 1, 3), "odometer": trim}
    )
    (change,) = compare(before, after).signals
    assert change.key == "long_term_fuel_trim_bank_1"
    assert (change.before.mean, change.after.mean) == (24, 1)


def test_kilometres_between_need_two_readings():
    before, after = EMPTY._replace(odometer_km=1000.0), EMPTY._replace(odometer_km=1250.0)
    assert compare(before, after).kilometres == 250
    assert compare(EMPTY, after).kilometres is None


def test_a_code_is_gone_where_its_own_control_unit_was_read_completely():
    before = EMPTY._replace(codes=codes("P0171"))
    after = EMPTY._replace(codes_complete=False, read=frozenset({"7E8"}))
    assert changes(before, after) == {"P0171": "gone"}


def test_a_code_is_not_gone_where_its_own_control_unit_did_not_show_itself_again():
    before = EMPTY._replace(codes={("P0741", "7E9"): STORED})
    after = EMPTY._replace(codes_complete=True, read=frozenset({"7E8"}))
    assert changes(before, after) == {"P0741": "unknown"}


def test_a_code_of_a_nameless_control_unit_is_gone_after_a_complete_reading():
    before = EMPTY._replace(codes={("P0171", "unknown"): STORED})
    assert changes(before, EMPTY) == {"P0171": "gone"}
    assert changes(before, EMPTY._replace(codes_complete=False)) == {"P0171": "unknown"}
