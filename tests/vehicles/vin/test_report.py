import msgspec
import pytest

from portal.vehicles.vin import VinReport, decode
from portal.vehicles.vin.check_digit import compute

THIS_YEAR = 2026

CONTRACT = [
    *("input", "normalized", "accept", "suggestions", "wmi", "manufacturer", "brand"),
    *("country", "check_digit_result", "check_digit_mandatory", "computed_check_digit"),
    *("position10", "position10_is_model_year", "model_year_candidates", "model_year_best"),
    *("severity", "certificate_check_digit"),
]


def judge(text: str) -> VinReport:
    return decode(text, this_year=THIS_YEAR)


def with_check_digit(vin: str) -> str:
    return vin[:8] + compute(vin) + vin[9:]


# Invented serial numbers on real patterns: brand, country, check digit, obliged?, year?, best.
PATTERNS = [
    ("WVWZZZ1KZ8W111111", "Volkswagen", "DE", "not_a_check_digit", False, True, 2008),
    ("WAUZZZ8P7AA111111", "Audi", "DE", "invalid", False, True, 2010),
    ("WV2ZZZ7HZDH111111", "Volkswagen Nutzfahrzeuge", "DE", "not_a_check_digit", False, True, 2013),
    ("TRUZZZ8J181111111", "Audi", "HU", "invalid", False, True, 2008),
    ("TMBEG7NE1G0111111", "Skoda", "CZ", "invalid", False, True, 2016),
    ("VSSZZZ5FZHR111111", "Seat", "ES", "not_a_check_digit", False, True, 2017),
    ("WP0ZZZ99ZES111111", "Porsche", "DE", "not_a_check_digit", False, True, 2014),
    ("WDB2030461F111111", "Mercedes-Benz", "DE", "invalid", False, False, None),
    ("WDD2120021A111111", "Mercedes-Benz", "DE", "invalid", False, False, None),
    ("WBAUD91060P111111", "BMW", "DE", "invalid", False, False, None),
    ("WMWSV31000T111111", "MINI", "DE", "invalid", False, False, None),
    ("W0L0AHL4885111111", "Opel", "DE", "invalid", False, True, 2008),
    ("WF0DXXGAKDCU11111", "Ford", "DE", "not_a_check_digit", False, False, None),
    ("VF1BM0B0H35111111", "Renault", "FR", "not_a_check_digit", False, False, None),
    ("UU1KSDAEH41111111", "Dacia", "RO", "not_a_check_digit", False, False, None),
    ("VF7NC9HD8CY111111", "Citroën", "FR", "invalid", False, None, None),
    ("ZFA31200000111111", "Fiat", "IT", "invalid", False, False, None),
    ("SJNFAAJ10U1111111", "Nissan", "GB", "invalid", False, False, None),
    ("TSMNZC72S00111111", "Suzuki", "HU", "not_a_check_digit", False, False, None),
    ("JMZBK14Z281111111", "Mazda", "JP", "invalid", False, None, None),
    ("YV1MW434BC2111111", "Volvo", "SE", "not_a_check_digit", False, True, 2012),
    ("SALLAAAF5AA111111", "Land Rover", "GB", "invalid", False, True, 2010),
    ("SHHFK27607U111111", "Honda", "GB", "invalid", False, True, 2007),
    ("U5YHM515LBL111111", "Kia", "SK", "not_a_check_digit", False, True, 2011),
    ("XP7YGCEK3PB111111", "Tesla", "DE", "invalid", False, True, 2023),
]


@pytest.mark.parametrize(
    ("vin", "brand", "country", "check", "mandatory", "is_year", "best"), PATTERNS
)
def test_european_numbers_are_judged_with_restraint(
    vin, brand, country, check, mandatory, is_year, best
):
    report = judge(vin)
    assert report.accept
    assert (report.brand, report.country) == (brand, country)
    assert (report.check_digit_result, report.check_digit_mandatory) == (check, mandatory)
    assert (report.position10_is_model_year, report.model_year_best) == (is_year, best)
    assert report.severity == "ok"
    assert bool(report.model_year_candidates) is (is_year is not False)
    assert report.position10 == vin[9]
    assert report.wmi == vin[:3]


@pytest.mark.parametrize(
    ("vin", "brand", "best"),
    [
        ("WBA3A5C5_CF111111", "BMW", 2012),
        ("WDBUF56X_8B111111", "Mercedes-Benz", 2008),
        ("WVWAA7AJ_CW111111", "Volkswagen", 2012),
        ("JTHBK262_82111111", "Lexus", 2008),
        ("JM1BL1SF_A1111111", "Mazda", 2010),
        ("ZFF65LHA_A0111111", "Ferrari", 2010),
    ],
)
def test_a_reimport_is_known_by_its_check_digit_and_year(vin, brand, best):
    report = judge(with_check_digit(vin.replace("_", "0")))
    assert report.brand == brand
    assert report.check_digit_mandatory is True
    assert report.position10_is_model_year is True
    assert report.model_year_best == best
    assert report.severity == "ok"


def test_a_european_type_number_is_no_reimport_although_a_digit_fits():
    report = judge(with_check_digit("WDB2030400F111111".replace("00F", "01F")))
    assert report.check_digit_result == "valid"
    assert report.check_digit_mandatory is False
    assert report.position10_is_model_year is False


def test_a_maker_that_never_sold_in_america_has_no_reimports():
    report = judge(with_check_digit("VF1BM0B003A111111"))
    assert report.check_digit_result == "valid"
    assert report.check_digit_mandatory is False


@pytest.mark.parametrize(
    ("vin", "best"),
    [
        ("1C4RJFAG_FC111111", 2015),
        ("5GZCZ43D_3S111111", 2003),
        ("1G1YY22G_65111111", 2006),
        ("2HGFC2F5_LH111111", 2020),
        ("3FAHP0HA_AR111111", 2010),
        ("1G1ZC550_AF111111", 1980),
    ],
)
def test_position_7_decides_about_the_cycle_in_america(vin, best):
    report = judge(with_check_digit(vin.replace("_", "0")))
    assert report.check_digit_mandatory is True
    assert report.model_year_best == best


def test_position_7_says_nothing_about_a_motorcycle():
    report = judge(with_check_digit("1HD1KB410DB111111"))
    assert report.model_year_best == 2013


def test_a_wrong_check_digit_is_a_warning_in_america_and_china():
    american = with_check_digit("1C4RJFAG0FC111111")
    chinese = with_check_digit("LSJW74C90LZ111111")
    for vin in (american, chinese):
        wrong = vin[:8] + ("1" if vin[8] != "1" else "2") + vin[9:]
        assert judge(vin).severity == "ok"
        assert judge(wrong).check_digit_result == "invalid"
        assert judge(wrong).severity == "warning"
        assert judge(wrong).accept


def test_a_letter_for_a_check_digit_is_a_warning_in_america_alone():
    assert judge("1C4RJFAGKFC111111").severity == "warning"
    assert judge("LPSVSEDEEML111111").severity == "ok"


def test_a_car_built_in_mexico_for_europe_has_filler_and_no_warning():
    report = judge("3VWZZZ1KZ8M111111")
    assert report.check_digit_result == "not_a_check_digit"
    assert report.model_year_best == 2008
    assert report.severity == "ok"


def test_an_unknown_maker_has_its_country_and_no_claims():
    report = judge("WZZAAAAAA5A111111")
    assert (report.manufacturer, report.brand, report.country) == (None, None, "DE")
    assert report.position10_is_model_year is None
    assert report.model_year_candidates == (2005, 2035)
    assert report.model_year_best is None
    assert report.severity == "ok"


def test_an_unknown_maker_of_china_writes_the_year():
    report = judge(with_check_digit("LZ0AAAAA0MA111111"))
    assert (report.country, report.model_year_best) == ("CN", 2021)


@pytest.mark.parametrize(
    "vin", ["00AAAAAAA5A111111", "WVWZZZ1KZ6W00A001", "11111111111111111", "00000000000000000"]
)
def test_odd_numbers_are_accepted_with_a_warning(vin):
    report = judge(vin)
    assert report.accept
    assert report.severity == "warning"


def test_a_corrected_letter_is_a_warning_with_the_reading_shown():
    report = judge("WVWZZZ1KZ6WO00001")
    assert report.accept
    assert report.normalized == "WVWZZZ1KZ6W000001"
    assert report.suggestions == ("WVWZZZ1KZ6W000001",)
    assert report.severity == "warning"


@pytest.mark.parametrize(
    ("typed", "reason"),
    [("", "empty"), ("WVWZZZ1KZ6W00000", "length_16"), ("WVWZZZ1KZ6W00000#", "illegal_character")],
)
def test_a_rejected_input_carries_its_reason_and_no_facts(typed, reason):
    report = judge(typed)
    assert not report.accept
    assert report.input == typed
    assert report.reason == reason
    assert report.severity == "reject"
    assert report.normalized is None
    assert report.wmi is None
    assert report.check_digit_result is None


@pytest.mark.parametrize("code", "UZ0")
def test_codes_outside_the_cycle_are_no_year(code):
    report = judge(f"WVWZZZ1KZ{code}W111111")
    assert not report.model_year_candidates


@pytest.mark.parametrize(
    ("this_year", "best"), [(2026, 2006), (2034, 2006), (2035, 2036), (2036, 2036)]
)
def test_the_coming_model_year_is_sold_before_new_year(this_year, best):
    assert decode("WVWZZZ1KZ6W000001", this_year=this_year).model_year_best == best


def test_the_clock_decides_when_nobody_names_the_year():
    assert decode("WP1ZZZ92ZDLA00012").model_year_best == 2013


def test_the_check_digit_of_a_published_example():
    assert compute("1M8GDM9AXKP042788") == "X"
    assert compute("11111111111111111") == "1"


def test_the_json_is_the_contract():
    accepted = msgspec.json.decode(msgspec.json.encode(judge("WVWZZZ1KZ6W000001")))
    rejected = msgspec.json.decode(msgspec.json.encode(judge("")))
    assert list(accepted) == CONTRACT
    assert sorted(rejected) == sorted([*CONTRACT, "reason"])
