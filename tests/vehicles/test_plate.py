import pytest

from portal.vehicles.plate import (
    Kind,
    Plate,
    candidates,
    plate_key,
    plate_text,
    search_keys,
)
from portal.vehicles.plate_districts import DISTRICTS


def shown(text: str) -> list[str]:
    return [plate.text for plate in candidates(text)]


@pytest.mark.parametrize(
    "typed",
    [
        "HH-AB 12",
        "hh ab 12",
        " HH - AB - 12 ",
        "HH–AB 12",
        "HH·AB·12",
        "HH ab12",
        "D HH-AB 12",
        "HH-AB\u00a012",
        "HH-AB 1 2",
    ],
)
def test_a_grouped_plate_has_one_key(typed):
    assert plate_key(typed) == "HH-AB12"
    assert plate_text(typed) == "HH-AB 12"


def test_ambiguous_input_offers_candidates_the_likelier_first():
    assert shown("HHAB12") == ["HH-AB 12", "HHA-B 12"]
    assert plate_key("HHAB12") is None
    assert plate_text(" hhab12 ") == "HHAB12"


def test_the_hyphen_tells_two_cars_apart():
    assert plate_key("BS-L 12") == "BS-L12"
    assert plate_key("B-SL 12") == "B-SL12"
    assert set(shown("BSL12")) == {"BS-L 12", "B-SL 12"}


@pytest.mark.parametrize(
    ("typed", "written"),
    [
        ("HH-AB 12E", "HH-AB 12E"),
        ("hh ab 123 h", "HH-AB 123H"),
        ("M-A 1H", "M-A 1H"),
    ],
)
def test_electric_and_historic_plates_keep_their_letter(typed, written):
    (plate,) = candidates(typed)
    assert plate.text == written
    assert plate.is_electric is written.endswith("E")
    assert plate.is_historic is written.endswith("H")


@pytest.mark.parametrize("typed", ["HH-AB 12 04-10", "hh ab 12 04/10", "HH-AB 12 0410"])
def test_months_are_shown_but_do_not_make_another_car(typed):
    (plate,) = candidates(typed)
    assert plate.months == (4, 10)
    assert plate.text == "HH-AB 12 04/10"
    assert plate.key == "HH-AB12"


def test_months_follow_a_historic_letter_and_stand_without_blanks():
    assert shown("HH-AB 12H 04/10") == ["HH-AB 12H 04/10"]
    assert shown("HHAB120410")[0] == "HH-AB 12 04/10"


@pytest.mark.parametrize(
    "typed", ["HH-AB 12 00-10", "HH-AB 12 04-13", "HH-AB 12 04-04", "HH-AB 12 01-12"]
)
def test_impossible_seasons_are_no_plate(typed):
    assert candidates(typed) == ()


def test_a_season_may_span_new_year():
    (winter,) = candidates("HH-AB 12 10-03")
    assert [month for month in range(1, 13) if winter.is_in_season(month)] == [1, 2, 3, 10, 11, 12]


def test_a_plate_without_months_is_always_in_season():
    assert Plate("HH", "AB", "12").is_in_season(1)


@pytest.mark.parametrize(
    ("typed", "kind"),
    [
        ("B-1234", Kind.AUTHORITY),
        ("B1234", Kind.AUTHORITY),
        ("HH-1234", Kind.AUTHORITY),
        ("Y-123456", Kind.AUTHORITY),
        ("HH-03123", Kind.SHORT_TERM),
        ("HH-04123", Kind.SHORT_TERM),
        ("HH-05123", Kind.TEST),
        ("HH-06123", Kind.DEALER),
        ("HH-07123", Kind.CLASSIC_DEALER),
    ],
)
def test_plates_without_letters_tell_what_they_are_for(typed, kind):
    (plate,) = candidates(typed)
    assert plate.kind is kind
    assert plate.text.replace("-", "") == typed.replace("-", "")


def test_a_blank_after_one_group_leaves_the_letters_open():
    assert shown("HH 1234") == ["H-H 1234", "HH-1234"]


def test_months_cannot_hide_in_an_authority_plate():
    assert shown("HH 1234E") == ["H-H 1234E"]


@pytest.mark.parametrize("typed", ["TÜ-AB 1", "TÜ AB 1"])
def test_umlauts_belong_to_the_key(typed):
    assert plate_key(typed) == "TÜ-AB1"


@pytest.mark.parametrize("typed", ["TUE-AB 1", "TU-AB 1", "TUEAB1"])
def test_a_missing_umlaut_is_offered_first_and_never_assumed(typed):
    assert shown(typed)[0] == "TÜ-AB 1"
    assert plate_key(typed) is None


def test_four_letters_can_only_be_a_spelt_out_umlaut():
    assert plate_key("FLOE-A 1") == "FLÖ-A1"
    assert shown("FLOEA1") == ["FLÖ-EA 1", "FLÖ-A 1", "FLO-EA 1"]


def test_a_decomposed_umlaut_is_the_same():
    assert plate_key("TU\u0308-AB 1") == "TÜ-AB1"


@pytest.mark.parametrize(
    ("typed", "key"), [("HH-AB 1O", "HH-AB10"), ("HH-0B 12", "HH-OB12"), ("HH-AB 2I", "HH-AB21")]
)
def test_zero_and_o_are_told_apart_by_their_place(typed, key):
    assert plate_key(typed) == key


@pytest.mark.parametrize(
    "typed",
    [
        "",
        "   ",
        "HHAB",
        "12345",
        "0-17-1",
        "HH-AB 0",
        "HH-AB 012",
        "HH-AB 1234E",
        "BAR-AB 123E",
        "B-12345678",
        "B-02123",
        "HH-ÄB 1",
        "HHABCD 1",
        "A-B-C-D-E 1",
        "HH-AB 12; DROP TABLE",
        "<b>HH-AB 12</b>",
        "HH-AB 12" * 20,
    ],
)
def test_what_is_no_german_plate_has_no_key(typed):
    assert candidates(typed) == ()
    assert plate_key(typed) is None


def test_groups_in_the_wrong_place_are_read_as_a_known_district():
    assert shown("AB-C-D 12") == ["AB-CD 12"]


def test_eight_characters_are_the_limit():
    assert plate_key("HH-AB 1234") == "HH-AB1234"
    assert plate_key("BAR-AB 123") == "BAR-AB123"
    assert plate_key("BAR-AB 1234") is None


def test_a_foreign_plate_stays_as_typed_and_can_be_found():
    assert plate_text("w 123 aa") == "W 123 AA"
    assert search_keys("w-123 aa") == ("W123AA",)


@pytest.mark.parametrize("typed", ["HH-AB 12", "hhab12", "HH A", "hh-ab", "HH-AB 12 04-10"])
def test_a_search_finds_the_plate_however_it_is_typed(typed):
    (plate,) = candidates("HH-AB 12")
    assert any(plate.search_key.startswith(key) for key in search_keys(typed))


@pytest.mark.parametrize("typed", ["TUE-AB 1", "tü ab 1", "TU-AB 1", "tueab", "TUE"])
def test_a_search_forgives_the_umlaut(typed):
    assert any("TUAB1".startswith(key) for key in search_keys(typed))


def test_a_search_forgives_a_letter_that_the_record_lacks():
    assert search_keys("HH-AB 12E") == ("HHAB12E", "HHAB12")


def test_a_search_for_nothing_finds_nothing():
    assert search_keys(" - ") == ()


def test_every_plate_survives_its_own_text():
    for district in DISTRICTS:
        plate = Plate(district, "AB", "12")
        assert plate_key(plate.text) == plate.key


def test_the_districts_are_at_most_three_capitals():
    assert len(DISTRICTS) > 600
    assert all(name.isupper() and 1 <= len(name) <= 3 for name in DISTRICTS)
