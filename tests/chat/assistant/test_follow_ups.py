"""Short messages go on with what was said before, and what is not understood is asked back."""

import pytest

from portal.chat.assistant.intents import Intent
from portal.kit import clock
from tests.makers.assistant import built_in_reply, turns


@pytest.fixture
def say(parts, brandt):
    async def ask(text, *before, **more):
        return await built_in_reply(
            parts, brandt, text, now=clock.now(), turns=turns(*before), **more
        )

    return ask


@pytest.mark.parametrize(
    ("before", "text", "told"),
    [
        (["Was kostet die kleine Inspektion?", "…"], "und die große?", "329,00"),
        (["macht ihr auch Klima", "…"], "und was kostet das dann", "99,00"),
        (["Ich brauche einen Ersatzwagen", "…"], "und für drei Tage?", "25,00"),
        (["Was kostet ein Ölwechsel?", "…"], "kann ich solange warten", "Wartebereich"),
    ],
)
async def test_what_is_left_out_was_said_before(say, before, text, told):
    said, _reading = await say(text, *before)
    assert told in said.text


@pytest.mark.parametrize(
    ("before", "text"),
    [
        (["Was kostet der Räderwechsel?", "…"], "und wann wär das möglich"),
        (["Was kostet der Räderwechsel?", "…"], "geht das auch Dienstag?"),
        (["Termin bitte", "…", "Ölwechsel", "…"], "lieber vormittags"),
    ],
)
async def test_who_talked_of_a_service_and_asks_when_wants_an_appointment(say, before, text):
    _said, reading = await say(text, *before)
    assert Intent.BOOKING in reading.intents
    assert reading.meant.is_clear


async def test_yes_to_the_offer_of_a_person_gets_a_person(say):
    unsure, _reading = await say("Poliert ihr Scheinwerfer?")
    said, _reading = await say("ja bitte", "Poliert ihr Scheinwerfer?", unsure.text)
    assert said.hand_over == "asked"


async def test_yes_to_anything_else_calls_nobody(say):
    said, _reading = await say("ja bitte", "Was kostet ein Ölwechsel?", "Ab 89,00 €.")
    assert said.hand_over is None


async def test_a_plate_goes_on_with_the_question_about_the_car(say):
    said, _reading = await say("B-EV 2026", "Was wurde zuletzt an meinem Auto gemacht?", "…")
    assert [card.kind for card in said.cards] == ["verification"]


async def test_a_part_alone_is_asked_back(say):
    said, _reading = await say("sind meine Reifen noch gut")
    assert "Was davon meinen Sie?" in said.text
    assert said.hand_over == "unknown"


async def test_a_service_in_a_question_that_is_not_understood_gets_no_guess(say):
    said, _reading = await say(
        "woran merkt man vor Ferienfahrten Batterieermüdung bei der Batterie"
    )
    assert "149,00" in said.text
    assert said.hand_over == "unknown"


async def test_a_broken_part_without_a_price_is_for_a_person(say):
    said, _reading = await say("Kupplung rutscht durch, was kostet eine neue?")
    assert "€" not in said.text
    assert said.hand_over == "unknown"


async def test_an_answer_about_another_part_of_the_car_is_no_answer(say):
    said, _reading = await say("muss ich jedes Jahr die Bremsflüssigkeit tauschen")
    assert "Klimaservice" not in said.text


async def test_a_month_is_asked_for_its_closures(say):
    said, _reading = await say("habt ihr im August Urlaub")
    assert "Betriebsferien" in said.text or "keine Betriebsferien" in said.text
