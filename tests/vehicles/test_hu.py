"""When an HU is due: every class, every month from 2025 to 2035, every season."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy import select

from portal.tenants.boundary import inside
from portal.vehicles import due as due_in_sql
from portal.vehicles import hu, vehicles
from portal.vehicles.hu import HuClass, Month
from portal.vehicles.models import HuState, Vehicle
from tests.makers.vehicles import a_vehicle

MONTHS = st.builds(Month, st.integers(2025, 2035), st.integers(1, 12))
DAYS = st.dates(date(2025, 1, 1), date(2035, 12, 31))
CLASSES = st.sampled_from(sorted(hu.RULES))
SEASONS = st.tuples(st.integers(1, 12), st.integers(1, 12)).filter(
    lambda season: 2 <= (season[1] - season[0]) % 12 + 1 <= 11
)


def month(text):
    return Month.read(text)


@pytest.mark.parametrize(
    ("hu_class", "first", "further"),
    [
        (HuClass.CAR, 36, 24),
        (HuClass.FOR_HIRE, 12, 12),
        (HuClass.DRIVING_SCHOOL, 12, 12),
        (HuClass.AMBULANCE, 12, 12),
        (HuClass.MOTORCYCLE, 24, 24),
        (HuClass.LORRY_LIGHT, 24, 24),
        (HuClass.LORRY_HEAVY, 12, 12),
        (HuClass.BUS, 12, 12),
        (HuClass.MOTOR_HOME_LIGHT, 36, 24),
        (HuClass.MOTOR_HOME_HEAVY, 12, 12),
        (HuClass.TRAILER_LIGHT, 36, 24),
        (HuClass.TRAILER_MEDIUM, 24, 24),
        (HuClass.TRAILER_HEAVY, 12, 12),
    ],
)
def test_each_class_has_its_intervals(hu_class, first, further):
    start = month("2026-11")
    assert hu.first_due(hu_class, start) == start.plus(first)
    assert hu.next_due(hu_class, start) == start.plus(further)
    assert hu.next_due(hu_class, start, month("2020-01")) == start.plus(further)


def test_every_class_but_the_exempt_one_has_a_rule():
    assert set(hu.RULES) == set(HuClass) - {HuClass.EXEMPT}


def test_a_moped_is_never_inspected():
    assert hu.first_due(HuClass.EXEMPT, month("2026-11")) is None
    assert hu.next_due(HuClass.EXEMPT, month("2026-11")) is None


@pytest.mark.parametrize(
    ("inspected", "registered", "expected"),
    [
        ("2010-04", "2008-04", "2012-04"),
        ("2013-04", "2008-04", "2015-04"),
        ("2013-05", "2008-04", "2014-05"),
        ("2013-07", "2008-04", "2014-07"),  # VG Koblenz, 5 K 916/13.KO
        ("2020-07", "2008-04", "2021-07"),
        ("2013-07", None, "2014-07"),
    ],
)
def test_a_medium_motor_home_is_inspected_each_year_from_its_sixth_one(
    inspected, registered, expected
):
    age = month(registered) if registered else None
    found = hu.next_due(HuClass.MOTOR_HOME_MEDIUM, month(inspected), age)
    assert str(found) == expected


def test_a_late_inspection_counts_from_itself_and_not_from_the_missed_month():
    assert str(hu.next_due(HuClass.CAR, month("2026-11"))) == "2028-11"


@pytest.mark.parametrize(
    ("due", "season", "expected"),
    [
        ("2026-11", None, "2026-11"),
        ("2026-06", (4, 10), "2026-06"),
        ("2026-04", (4, 10), "2026-04"),
        ("2026-10", (4, 10), "2026-10"),
        ("2026-11", (4, 10), "2027-04"),
        ("2026-12", (4, 10), "2027-04"),
        ("2027-01", (4, 10), "2027-04"),
        ("2027-03", (4, 10), "2027-04"),
        ("2026-12", (10, 3), "2026-12"),
        ("2027-02", (10, 3), "2027-02"),
        ("2027-04", (10, 3), "2027-10"),
        ("2027-09", (10, 3), "2027-10"),
    ],
)
def test_out_of_season_the_first_month_of_the_next_one_counts(due, season, expected):
    assert str(hu.target(month(due), season)) == expected


@pytest.mark.parametrize(
    ("found", "last"),
    [
        ("2026-11-21", "2026-12-21"),
        ("2026-12-31", "2027-01-31"),
        ("2027-01-31", "2027-02-28"),
        ("2028-01-30", "2028-02-29"),
        ("2026-03-31", "2026-04-30"),
    ],
)
def test_a_retest_has_a_month_from_the_finding(found, last):
    assert hu.retest_until(date.fromisoformat(found)) == date.fromisoformat(last)


@pytest.mark.parametrize(
    ("on", "extended"),
    [("2026-08-31", False), ("2026-10-31", False), ("2026-11-01", True), ("2027-08-01", True)],
)
def test_more_than_two_months_late_the_inspection_is_an_extended_one(on, extended):
    assert hu.needs_extended(month("2026-08"), date.fromisoformat(on)) is extended


def test_a_season_plate_is_not_late_out_of_season():
    assert not hu.needs_extended(month("2026-11"), date(2027, 6, 30), (4, 10))
    assert hu.needs_extended(month("2026-11"), date(2027, 7, 1), (4, 10))


@pytest.mark.parametrize(
    "text", ["2026-13", "2026-00", "2026", "26-11", "2026-1", "11/2026", "abc", "", "2026--1"]
)
def test_what_is_no_month_is_refused(text):
    with pytest.raises(ValueError):
        Month.read(text)


@given(MONTHS, st.integers(-200, 200))
def test_months_added_are_months_between(start, months):
    assert start.plus(months).since(start) == months
    assert start.plus(months).plus(-months) == start
    assert Month.read(str(start.plus(months))) == start.plus(months)


@given(MONTHS)
def test_a_month_ends_the_day_before_the_next_one(some):
    assert some.last_day + timedelta(days=1) == some.plus(1).first_day
    assert Month.of(some.first_day) == Month.of(some.last_day) == some


@given(CLASSES, MONTHS, MONTHS)
def test_the_next_one_is_one_to_two_years_after_the_inspection(hu_class, inspected, registered):
    found = hu.next_due(hu_class, inspected, registered)
    assert found.since(inspected) in {12, 24}
    assert found.month == inspected.month
    assert hu.first_due(hu_class, registered).since(registered) in {12, 24, 36}


@given(MONTHS, SEASONS)
def test_the_target_is_the_first_month_in_season_from_the_due_one(due, season):
    found = hu.target(due, season)
    wanted = next(due.plus(n) for n in range(12) if hu.is_in_season(due.plus(n).month, season))
    assert found == wanted
    assert hu.target(found, season) == found


@given(DAYS)
def test_a_retest_has_28_to_31_days(found):
    last = hu.retest_until(found)
    assert 28 <= (last - found).days <= 31
    assert Month.of(last) == Month.of(found).plus(1)


@given(MONTHS, DAYS)
def test_an_extended_inspection_is_never_needed_before_it_is_overdue(due, on):
    if hu.needs_extended(due, on):
        assert on > due.plus(2).last_day
    else:
        assert on <= due.plus(2).last_day


def test_a_vehicle_knows_its_season_and_its_state():
    car = Vehicle(plate="B-KF 12 04/10", hu_due="2026-11")
    assert (car.season, str(car.hu_target)) == ((4, 10), "2027-04")
    assert car.hu_state(date(2027, 2, 28)) is HuState.FINE
    assert car.hu_state(date(2027, 3, 1)) is HuState.SOON
    assert car.hu_state(date(2027, 5, 1)) is HuState.OVERDUE
    assert Vehicle(plate="B-KF 12", hu_due=None).hu_state() is HuState.UNKNOWN
    assert Vehicle(plate="B-KF 12").season is None
    assert Vehicle(defects_found_on=date(2026, 11, 21)).retest_until == date(2026, 12, 21)
    assert Vehicle().retest_until is None


async def test_the_database_computes_the_same_target(parts, shop):
    seasons = [(4, 10), (10, 3), (2, 11), (12, 1), (5, 6), (11, 9)]
    async with inside(parts, shop.id) as db:
        for number, (first, last) in enumerate(seasons):
            for due in range(1, 13):
                plate = f"B-KF {number + 1}{due:02} {first:02}/{last:02}"
                await a_vehicle(db, plate=plate, hu_due=f"2026-{due:02}")
        await a_vehicle(db, plate="B-KF 999", hu_due="2026-11")
        await a_vehicle(db, plate="B-KF 998")
        rows = (await db.execute(select(Vehicle, due_in_sql.target()))).all()
        assert len(rows) == len(seasons) * 12 + 2
        for vehicle, found in rows:
            assert (found and Month.read(found)) == vehicle.hu_target, vehicle.plate
        listed = (await vehicles.list_due(db, until="2027-03", limit=500)).items
        assert {v.id for v, _keeper in listed} == {
            v.id for v, _t in rows if v.hu_target and str(v.hu_target) <= "2027-03"
        }
        assert (await vehicles.count(db, due_until="2027-03"))[1] == len(listed)
