"""Finding the right answer by the words that people use."""

import pytest

from portal.content.folding import folded
from portal.content.search import find_answers, telling_words
from portal.tenants.boundary import inside
from tests.makers.content import furnished


@pytest.fixture(scope="module")
async def brandt(parts):
    return await furnished(parts)


@pytest.mark.parametrize(
    ("text", "locale", "expected"),
    [
        ("Haben Sie einen Leihwagen?", "de", "Haben Sie einen Ersatzwagen?"),
        ("Kann ich mit PayPal bezahlen", "de", "Wie kann ich bezahlen?"),
        ("Reifen einlagern", "de", "Kann ich meine Reifen bei Ihnen einlagern?"),
        ("wo parken", "de", "Wo kann ich bei Ihnen parken?"),
        ("gibts bei euch oel zum mitbringen", "de", "Welches Öl verwenden Sie"),
        ("Ersatzwagn", "de", "Haben Sie einen Ersatzwagen?"),
        ("courtesy car", "en", "Do you have a courtesy car?"),
        ("Can I bring my own parts?", "en", "Do you fit parts that I bring along?"),
        ("instalments", "fr", None),
        ("Holt ihr das Auto auch ab?", "de", "Holen Sie mein Auto ab"),
        ("Was ist er noch wert", "de", None),
        ("der die das", "de", None),
        ("Quantenphysik", "de", None),
    ],
)
async def test_a_question_finds_its_answer(text, locale, expected, brandt, parts):
    async with inside(parts, brandt.id) as db:
        found = await find_answers(db, text, locale)
    assert (found[0].entry.question[: len(expected)] if expected else found) == (expected or [])


async def test_no_answer_comes_from_next_door(brandt, parts):
    other = await furnished(parts, "autodienst-yilmaz")
    async with inside(parts, other.id) as db:
        found = await find_answers(db, "Leihwagen", "de", 10)
    assert found
    assert all("25,00" not in one.entry.answer for one in found)


@pytest.mark.parametrize(
    "text", ["", "'", "a' | b", "!!! & |", "<b>", "%", "\\", "x" * 10_000, "\u200b", "ö'); drop"]
)
async def test_nothing_typed_breaks_the_search(text, brandt, parts):
    async with inside(parts, brandt.id) as db:
        assert isinstance(await find_answers(db, text, "de"), list)


@pytest.mark.parametrize(
    ("one", "other"),
    [("Öl", "oel"), ("Bremsbeläge", "bremsbelaege"), ("Straße", "STRASSE"), ("Café", "cafe")],
)
def test_spellings_of_one_word_are_one(one, other):
    assert folded(one) == folded(other)


@pytest.mark.parametrize("word", ["dauer", "neue", "bequem", "steuer"])
def test_true_letter_pairs_stay(word):
    assert folded(word) == word


def test_everyday_words_tell_nothing():
    assert telling_words("Hallo, was kostet bitte das Auto?") == "was das"


def test_verbs_that_stand_apart_are_put_together():
    assert "abholen" in telling_words("holt ihr den wagen auch ab zuhause")
    assert "abholen" not in telling_words("Ab wann holen Sie Winterreifen?")
