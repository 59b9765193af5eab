import pytest

from portal.vehicles.vin import normalize, valid_shape

CLEAN = "WVWZZZ1KZ6W000001"


@pytest.mark.parametrize(
    "typed",
    [
        CLEAN,
        CLEAN.lower(),
        " wvw zzz 1kz 6w 000001 ",
        "\x00\x00\x00" + CLEAN,
        CLEAN + "\x00",
        "\ufeffWVWZZZ1KZ6W\u00a0000001\r\n",
        "*WVWZZZ1KZ6W000001*",
        "WVW-ZZZ-1KZ-6W-000001",
        "WVW.ZZZ.1KZ.6W.000001",
        "W V W Z Z Z 1 K Z 6 W 0 0 0 0 0 1",
    ],
)
def test_dress_is_taken_off_without_a_word(typed):
    normal = normalize(typed)
    assert normal.vin == CLEAN
    assert normal.reason is None
    assert normal.suggestions == ()
    assert not normal.corrected


@pytest.mark.parametrize("typed", ["WVWZZZ1KZ6WOOOOO1", "wvwzzz1kz6w0o000i", "WVWZZZIKZ6WOO000I"])
def test_o_and_i_are_read_as_digits_with_a_hint(typed):
    normal = normalize(typed)
    assert normal.vin == CLEAN
    assert normal.suggestions == (CLEAN,)
    assert normal.corrected


def test_q_is_never_replaced_but_both_readings_are_offered():
    normal = normalize("WVWZZZ1KZQW000001")
    assert normal.vin is None
    assert normal.reason == "illegal_character"
    assert normal.suggestions == ("WVWZZZ1KZ0W000001", "WVWZZZ1KZ9W000001")


def test_o_beside_q_is_read_in_every_suggestion():
    assert normalize("WVWZZZ1KZQWO00001").suggestions == (
        "WVWZZZ1KZ0W000001",
        "WVWZZZ1KZ9W000001",
    )


def test_two_q_give_four_readings():
    assert normalize("WVWZZZ1KZ6W0000QQ").suggestions == tuple(
        f"WVWZZZ1KZ6W0000{end}" for end in ("00", "09", "90", "99")
    )


def test_too_many_q_are_not_guessed_at():
    normal = normalize("Q" * 17)
    assert normal.reason == "illegal_character"
    assert normal.suggestions == ()


@pytest.mark.parametrize("typed", ["", " ", "\x00\x00", "\t\n", "***", "---", "\u200b"])
def test_nothing_is_empty(typed):
    assert normalize(typed).reason == "empty"


@pytest.mark.parametrize(
    ("typed", "reason"),
    [
        ("WVWZZZ1KZ6W00000", "length_16"),
        ("WVWZZZ1KZ6W0000011", "length_18"),
        ("1", "length_1"),
        ("Q" * 16, "length_16"),
        ("A" * 5000, "length_5000"),
        ("*WVWZZZ1KZ6W00000*", "length_16"),
    ],
)
def test_a_wrong_length_is_named(typed, reason):
    normal = normalize(typed)
    assert normal.reason == reason
    assert normal.vin is None
    assert normal.suggestions == ()


@pytest.mark.parametrize(
    "typed",
    [
        "WVWZZZ1KZ6W00000#",
        "WVWZZZ1KZ6W0000-1",
        "ÜVWZZZ1KZ6W000001",
        "ßVWZZZ1KZ6W000001",
        "ıVWZZZ1KZ6W000001",
        "ФVWZZZ1KZ6W000001",
        "WVWZZZ1KZ6W00000\u0661",
        "WVWZZZ1KZ6W00000😀",
    ],
)
def test_other_characters_are_refused(typed):
    normal = normalize(typed)
    assert normal.reason == "illegal_character"
    assert normal.suggestions == ()


@pytest.mark.parametrize(
    ("vin", "fits"),
    [
        (CLEAN, True),
        (CLEAN.lower(), False),
        (CLEAN + "\n", False),
        (CLEAN[:-1], False),
        ("WVWZZZ1KZ6W00000O", False),
        ("WVWZZZ1KZ6W00000I", False),
        ("WVWZZZ1KZ6W00000Q", False),
        ("WVWZZZ1KZ6W00000\u0661", False),
        ("", False),
    ],
)
def test_forms_can_ask_for_the_shape(vin, fits):
    assert valid_shape(vin) is fits
