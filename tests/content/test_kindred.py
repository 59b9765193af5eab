"""Answers that say it in other words are found by vectors, and only then."""

from contextlib import contextmanager

import pytest
from sqlalchemy import delete, select, update

from portal.ai.embeddings import seat
from portal.ai.models import AiAllowance
from portal.ai.providers import ProviderFailed, Scripted
from portal.ai.vectors import unit
from portal.content import faq, kindred
from portal.content.faq import FaqDraft
from portal.content.models import FaqEntry, FaqVector
from portal.tenants.boundary import inside
from portal.worker import work_off
from tests.makers.assistant import hear, question, staffed

PETS = FaqDraft(question="Sind Haustiere erlaubt?", answer="Vierbeiner warten gern bei uns.")
ASKED = "Darf Bello im Laden bleiben?"


class BySubject:
    """A test's own idea of what is near: pets here, everything else there."""

    name, model, price_in, sure, perhaps = "subjects", "s1", 1.0, 0.8, 0.5

    def __init__(self):
        self.told, self.is_away = [], False

    async def vectors(self, texts):
        if self.is_away:
            raise ProviderFailed("away")
        self.told += texts
        is_pet = [any(word in text for word in ("Haustier", "Bello")) for text in texts]
        return [unit([1.0, 0.1] if pet else [0.1, 1.0]) for pet in is_pet], None

    async def close(self):
        return None


@contextmanager
def seated(parts, embedder):
    seat(parts, embedder)
    try:
        yield embedder
    finally:
        seat(parts, None)


@pytest.fixture
async def near(parts, shop):
    """A workshop whose one text has its vector."""
    with seated(parts, BySubject()) as embedder:
        async with inside(parts, shop.id) as db:
            await faq.write(db, PETS)
        await work_off(parts)
        yield embedder


async def test_what_is_said_otherwise_is_found_and_answered(parts, shop, near):
    heard = await hear(parts, question(shop, ASKED))
    assert "Vierbeiner" in heard.text
    assert heard.hand_over is None


async def test_a_model_is_told_what_was_found(parts, shop, near):
    model = Scripted("Ja, Bello darf mit.")
    with staffed(parts, model):
        await hear(parts, question(shop, ASKED))
    assert any("Vierbeiner" in message.content for message in model.calls[0])


async def test_what_is_far_is_not_found(parts, shop, near):
    heard = await hear(parts, question(shop, "Verleiht ihr auch Kanus?"))
    assert "Vierbeiner" not in heard.text
    assert heard.hand_over == "unknown"


async def test_whoever_asks_stays_unknown_to_the_endpoint(parts, shop, near):
    await hear(parts, question(shop, f"{ASKED} Rufen Sie an: 0170 5550101"))
    await hear(parts, question(shop, f"Ich heiße Erika Muster. {ASKED}"))
    assert not any("5550101" in text or "Erika" in text for text in near.told)
    assert len(near.told) > 1


async def test_what_words_find_asks_no_endpoint(parts, shop, near):
    before = len(near.told)
    heard = await hear(parts, question(shop, "Sind Haustiere erlaubt?"))
    assert "Vierbeiner" in heard.text
    assert len(near.told) == before


@pytest.mark.parametrize("away", [True, False])
async def test_without_the_endpoint_or_budget_words_alone_must_do(parts, shop, near, away):
    near.is_away = away
    if not away:
        async with inside(parts, shop.id) as db:
            db.add(AiAllowance(daily_micros=0))
    heard = await hear(parts, question(shop, ASKED))
    assert heard.hand_over == "unknown"


async def test_a_changed_text_is_not_found_by_what_it_said_before(parts, shop, near):
    async with inside(parts, shop.id) as db:
        await db.execute(update(FaqEntry).values(question="Haben Sie WLAN?", answer="Ja."))
    found = await kindred.find(parts, shop.id, ASKED, "de", 3)
    assert found == []


async def test_a_changed_text_gets_its_vector_anew(parts, shop, near):
    async with inside(parts, shop.id) as db:
        entry = (await db.scalars(select(FaqEntry))).one()
        faq.change(db, entry, FaqDraft(question="Haustiere im Warteraum?", answer="Gern gesehen."))
    await work_off(parts)
    heard = await hear(parts, question(shop, ASKED))
    assert "Gern gesehen" in heard.text
    async with inside(parts, shop.id) as db:
        assert len((await db.scalars(select(FaqVector.id))).all()) == 1


async def test_a_text_that_is_gone_takes_its_vector_along(parts, shop, near):
    async with inside(parts, shop.id) as db:
        await db.execute(delete(FaqEntry))
        assert (await db.scalars(select(FaqVector.id))).all() == []


async def test_another_workshop_finds_nothing_of_it(parts, other_shop, near):
    assert await kindred.find(parts, other_shop.id, ASKED, "de", 3) == []
