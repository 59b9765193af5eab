import re
from collections import Counter

import pytest
from babel import Locale

from portal.vehicles.vin.countries import find_country
from portal.vehicles.vin.makers import MAKERS, TABLES, find_maker

CODES = [code for rows in TABLES for codes, _ in rows for code in codes.split()]


def test_the_table_is_large_enough():
    assert len(MAKERS) >= 300
    assert sum(code[0] in "STUVWXYZ" for code in MAKERS) >= 300


def test_no_code_is_given_twice():
    assert [code for code, times in Counter(CODES).items() if times > 1] == []


def test_codes_have_the_shape_of_a_wmi():
    shape = re.compile(r"[A-HJ-NPR-Z0-9]{2}(?:[A-HJ-NPR-Z0-8]|9/[A-HJ-NPR-Z0-9]{3})")
    assert [code for code in CODES if not shape.fullmatch(code)] == []


def test_countries_exist():
    known = Locale("en").territories
    assert {maker.country for maker in MAKERS.values()} <= set(known)


def test_makers_have_names():
    assert all(maker.brand and maker.manufacturer for maker in MAKERS.values())


@pytest.mark.parametrize(
    ("vin", "brand", "country"),
    [
        ("W1KZF8DB1MA000001", "Mercedes-Benz", "DE"),
        ("W1V44781313000001", "Mercedes-Benz", "DE"),
        ("XP7YGCEK0PB000001", "Tesla", "DE"),
        ("VR3UPHNKSKT000001", "Peugeot", "FR"),
        ("TMBJJ7NE8H0000001", "Skoda", "CZ"),
        ("UU1HSDACN55000001", "Dacia", "RO"),
        ("KMHDB51RP8U000001", "Hyundai", "KR"),
        ("JTDKB20U103000001", "Toyota", "JP"),
    ],
)
def test_the_owner_of_the_wmi_is_named(vin, brand, country):
    maker = find_maker(vin)
    assert maker is not None
    assert (maker.brand, maker.country) == (brand, country)


def test_small_makers_are_told_by_positions_12_to_14():
    pagani = find_maker("ZA9H11EAYDSF76001")
    bugatti = find_maker("VF9SA25C28M795001")
    assert pagani is not None
    assert bugatti is not None
    assert (pagani.brand, bugatti.brand) == ("Pagani", "Bugatti")


def test_an_unknown_small_maker_is_nobody():
    assert find_maker("W09AAAAAAAAZZZ001") is None


@pytest.mark.parametrize(
    ("start", "country"),
    [
        ("WZ", "DE"),
        ("SM", "GB"),
        ("SN", "DE"),
        ("SU", "PL"),
        ("TJ", "CZ"),
        ("VF", "FR"),
        ("VS", "ES"),
        ("XL", "NL"),
        ("YS", "SE"),
        ("ZA", "IT"),
        ("10", "US"),
        ("1A", "US"),
        ("2A", "CA"),
        ("3X", "MX"),
        ("7F", "US"),
        ("7A", "NZ"),
        ("LZ", "CN"),
        ("H1", "CN"),
        ("JT", "JP"),
        ("KM", "KR"),
        ("N8", "TR"),
        ("NM", "TR"),
        ("UU", "RO"),
        ("U6", "SK"),
        ("93", "BR"),
        ("00", None),
        ("G1", None),
        ("T0", None),
    ],
)
def test_unknown_makers_have_the_country_of_iso_3780(start, country):
    assert find_country(start + "0" * 15) == country


def test_every_assigned_country_exists():
    everything = "ABCDEFGHJKLMNPRSTUVWXYZ1234567890"
    assigned = {find_country(a + b) for a in everything for b in everything} - {None}
    assert len(assigned) > 80
    assert assigned <= set(Locale("en").territories)
