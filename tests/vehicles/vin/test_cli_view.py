import msgspec
import pytest

from portal.kit import text
from portal.vehicles.vin import decode
from portal.vehicles.vin.cli_view import as_json, as_text


def shown(vin: str, locale: str = "en") -> str:
    return as_text(decode(vin, this_year=2026), locale)


def test_json_is_one_line():
    line = as_json(decode("W\nVWZZZ1KZ6W000001"))
    assert b"\n" not in line
    assert msgspec.json.decode(line)["normalized"] == "WVWZZZ1KZ6W000001"


def test_a_person_reads_maker_country_year_and_check_digit():
    assert shown("WVWZZZ1KZ6W000001").splitlines() == [
        "WVWZZZ1KZ6W000001",
        "  Maker: Volkswagen (Volkswagen AG)",
        "  Country: Germany",
        "  Model year: 2006 (possible: 2006 / 2036)",
        "  Check digit: not used by this maker for this market",
        "  Field 3 of the certificate: X",
    ]


@pytest.mark.parametrize(
    ("vin", "part"),
    [
        ("VF3CCHNZTDT123456", "unconfirmed, perhaps 1983 / 2013; the first registration counts"),
        ("WBS8M910X05J12345", "Model year: not part of this number"),
        ("1C4RJFAG0FC000123", "Check digit: correct"),
        ("1C4RJFAG1FC000123", "Check digit: wrong, 0 would be right"),
        ("WZZAAAAAA5A111111", "Maker: unknown (WMI WZZ)"),
        ("00AAAAAAA5A111111", "Country: not assigned"),
        ("WVWZZZ1KZ6WO00001", "WVWZZZ1KZ6WO00001 was read as WVWZZZ1KZ6W000001"),
        ("WZZAAAAAA0A111111", "Model year: not part of this number"),
    ],
)
def test_the_text_says_what_is_not_certain(vin, part):
    assert part in shown(vin)


@pytest.mark.parametrize(
    ("typed", "part"),
    [
        ("", "–: No vehicle identification number"),
        ("\x1b[31mWVW", "has 17 characters, this one has 7"),
        ("WVWZZZ1KZ6W00000#", "only letters and digits"),
        ("WVWZZZ1KZQW000001", "Possibly meant: WVWZZZ1KZ0W000001, WVWZZZ1KZ9W000001"),
    ],
)
def test_a_rejection_names_its_reason(typed, part):
    assert part in shown(typed)


def test_control_characters_never_reach_the_screen():
    assert "\x1b" not in shown("\x1b[31mWVW")


def test_the_text_speaks_the_asked_language_and_leaves_ours_alone():
    before = text.locale.get()
    assert "Deutschland" in shown("WVWZZZ1KZ6W000001", "de")
    assert text.locale.get() == before
