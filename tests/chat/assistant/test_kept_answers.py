"""When no provider answers, a frequent question gets the answer that one gave before."""

import pytest

from portal.ai.providers import Scripted
from portal.chat.assistant.kept_answers import PREFIX
from portal.tenants.boundary import inside
from tests.makers.assistant import hear, question, staffed, turns
from tests.makers.content import furnished

WIFI = "Haben Sie WLAN?"
SAID = "Ja, WLAN gibt es im Warteraum, einfach fragen."


@pytest.fixture
async def house(parts):
    return await furnished(parts, "kfz-brandt")


async def after(parts, asked, *, said=SAID):
    """What is heard of the same question once the provider has gone."""
    with staffed(parts, Scripted(said)):
        await hear(parts, asked)
    with staffed(parts, Scripted(fails=True)):
        return await hear(parts, asked)


async def test_the_same_question_is_answered_as_before(parts, house):
    heard = await after(parts, question(house, WIFI))
    assert (heard.text, heard.done.provider) == (SAID, "kept answer")
    assert heard.done.cost == 0


async def test_without_budget_too(parts, house):
    with staffed(parts, Scripted(SAID)):
        await hear(parts, question(house, WIFI))
        heard = await hear(parts, question(house, WIFI, budget_left=False))
    assert heard.text == SAID


async def test_another_workshop_does_not_find_it(parts, house):
    await after(parts, question(house, WIFI))
    other = await furnished(parts, "kfz-brandt")
    with staffed(parts, Scripted(fails=True)):
        heard = await hear(parts, question(other, WIFI))
    assert heard.done.provider == "built-in"


async def test_a_changed_text_makes_old_answers_unfindable(parts, house):
    await after(parts, question(house, WIFI))
    from sqlalchemy import update

    from portal.content.models import FaqEntry

    async with inside(parts, house.id) as db:
        await db.execute(update(FaqEntry).values(answer="Nein, leider nicht mehr."))
    with staffed(parts, Scripted(fails=True)):
        heard = await hear(parts, question(house, WIFI))
    assert heard.done.provider == "built-in"


@pytest.mark.parametrize(
    ("text", "more"),
    [
        ("Haben Sie WLAN? Meine Nummer ist 0171 3920014", {}),
        (WIFI, {"turns": turns("Mein Golf ist kaputt", "Oh.")}),
        ("Ich brauche einen Termin für Klimaservice", {}),
        ("Haben Sie heute offen?", {}),
    ],
    ids=["personal", "in a talk", "booking", "of the moment"],
)
async def test_what_is_not_the_same_for_everybody_is_not_kept(parts, house, text, more):
    heard = await after(parts, question(house, text, **more))
    assert heard.done.provider == "built-in"


async def test_a_corrected_answer_is_not_kept(parts, house):
    heard = await after(parts, question(house, WIFI), said="Ihr Termin am Montag ist gebucht.")
    assert heard.done.provider == "built-in"


async def test_the_key_names_the_workshop_and_no_word_of_the_question(parts, house):
    await after(parts, question(house, WIFI))
    keys = [key.decode() async for key in parts.redis.scan_iter(f"{PREFIX}{house.id}:*")]
    assert len(keys) == 1
    assert "wlan" not in keys[0].lower()
