import pytest

from portal.vehicles.search_keys import name_key, name_words, phone_key, phone_text


@pytest.mark.parametrize("typed", ["Müller", "Mueller", "Muller", "MÜLLER", " mu\u0308ller "])
def test_one_name_however_it_is_typed(typed):
    assert name_key(typed) == "muller"


@pytest.mark.parametrize(
    ("typed", "key"),
    [
        ("Bauer", "bauer"),
        ("Haeuer", "hauer"),
        ("Häuer", "hauer"),
        ("Strauß", "strauss"),
        ("Straße", "strasse"),
        ("O’Neill", "oneill"),
        ("O'Neill", "oneill"),
        ("Łukasz Øst", "lukasz ost"),
        ("Hans-Peter  Jäger", "hans peter jager"),
        ("Иван", "иван"),
        ("Autohaus Nord GmbH & Co. KG", "autohaus nord gmbh co kg"),
        ("", ""),
    ],
)
def test_names_keep_their_words_and_lose_their_dress(typed, key):
    assert name_key(typed) == key


def test_the_order_of_the_names_does_not_matter():
    assert name_words("Müller, Hans") == name_words("hans mueller") == ("hans", "muller")


@pytest.mark.parametrize(
    "typed", ["040 123456", "+49 (0)40 123456", "0049 40 123456", "040/12 34-56"]
)
def test_one_number_however_it_is_dialled(typed):
    assert phone_key(typed) == "+4940123456"
    assert phone_text(typed) == "040 123456"


def test_a_number_from_abroad_keeps_its_country():
    assert phone_key("+43 1 234567") == "+431234567"
    assert phone_text("+43 1 234567") == "+43 1 234567"


def test_the_region_decides_about_a_number_without_country():
    assert phone_key("01 234567", "AT") == "+431234567"


@pytest.mark.parametrize("typed", ["abc", "", "1", "0", "+"])
def test_what_is_no_number_has_no_key(typed):
    assert phone_key(typed) is None
    assert phone_text(f" {typed} ") == typed
