"""Rules 31 to 33: what only earlier visits can tell."""

from datetime import UTC, datetime

import pytest

from portal.diagnostics.obd.recording import EcuIdentity, TroubleCode
from portal.diagnostics.rules.case import Background, Visit
from tests.makers.drives import empty, state, verdict


def visits(*told, **more):
    """Control unit 01 told all its codes each time."""
    engine = frozenset({"01"})
    return Background(
        [
            Visit(
                datetime(2026, 1, day, tzinfo=UTC),
                frozenset(codes.split()),
                codes_complete=True,
                shown_by=dict.fromkeys(codes.split(), engine),
                read=engine,
            )
            for day, codes in enumerate(told, 1)
        ],
        **more,
    )


def today(*codes, read="complete", **more):
    found = [TroubleCode(code, "stored", "01", "iso", "") for code in codes]
    return empty(trouble_codes=found, codes_read=read, **more)


@pytest.mark.parametrize(
    ("earlier", "codes", "expected"),
    [
        (("P1072", ""), ("P1072",), "abnormal"),
        (("P1072",), ("P1072",), "ok"),
        (("",), ("P1072",), "ok"),
        (("P1072", ""), (), "ok"),
        ((), ("P1072",), "not_assessable"),
    ],
)
def test_a_code_that_was_gone_and_is_back(earlier, codes, expected):
    assert state("recurring_code", today(*codes), visits(*earlier)) == expected


def test_codes_that_nobody_read_cannot_recur():
    assert state("recurring_code", today(read="none"), visits("P1072", "")) == "pid_missing"


def software(*ids, checks=()):
    return empty(ecus=[EcuIdentity("7E8", None, list(ids), list(checks))])


def known(ids, checks):
    visit = Visit(datetime(2026, 1, 1, tzinfo=UTC), calibrations={"7E8": (ids, checks)})
    return Background([visit])


@pytest.mark.parametrize(
    ("ids", "checks", "expected", "reason"),
    [
        (("A1",), ("11",), "ok", ""),
        (("A2",), ("22",), "borderline", ""),
        (("A1",), ("22",), "abnormal", "same_name"),
        (("A1",), (), "ok", ""),
        ((), ("22",), "ok", ""),
    ],
)
def test_software_that_is_another_one(ids, checks, expected, reason):
    found = verdict("software_changed", software(*ids, checks=checks), known(("A1",), ("11",)))
    assert (found.state, found.evidence.reason) == (expected, reason)


def test_software_without_a_past_or_a_name():
    assert state("software_changed", software("A1")) == "not_assessable"
    assert state("software_changed", software()) == "pid_missing"


def mileage(before):
    return [Visit(datetime(2026, 1, 1, tzinfo=UTC), odometer_km=before)]


@pytest.mark.parametrize(
    ("before", "now", "expected"),
    [
        (120000, 121000, "ok"),
        (120000, 120000, "ok"),
        (120000, 119950, "borderline"),
        (120000, 12000, "abnormal"),
        (None, 12000, "not_assessable"),
        (120000, None, "pid_missing"),
    ],
)
def test_kilometres_never_become_fewer(before, now, expected):
    assert state("odometer", empty(odometer_km=now), Background(mileage(before))) == expected
    typed = Background(mileage(before), odometer_km=now)
    assert state("odometer", empty(), typed) == expected
