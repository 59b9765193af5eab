"""Texts from files: loaded once, changed by staff, never mixed."""

import pytest
from sqlalchemy import func, select

from portal.content import faq
from portal.content.faq import FaqDraft
from portal.content.models import FaqEntry
from portal.content.sources import ContentUnreadable
from portal.content.sync import load_faq, load_workshop_files
from portal.tenants.boundary import inside
from portal.tenants.workshops import get_profile
from tests.makers.content import FILES, furnished
from tests.makers.shops import found_shop


@pytest.mark.parametrize("slug", ["kfz-brandt", "autodienst-yilmaz"])
async def test_each_invented_workshop_has_plenty_to_say_in_two_languages(slug, parts):
    shop = await furnished(parts, slug)
    async with inside(parts, shop.id) as db:
        counted = await db.execute(select(FaqEntry.locale, func.count()).group_by(FaqEntry.locale))
        found = {row.locale: row[1] for row in counted}
    assert found["de"] >= 25
    assert found["en"] >= 10


async def test_the_profile_is_filled_and_what_stands_there_stays(parts):
    shop = await found_shop(parts, name="", phone="030 99")
    async with inside(parts, shop.id) as db:
        await load_workshop_files(db, FILES / "kfz-brandt")
        profile = await get_profile(db)
        assert profile.phone == "030 99"
        assert profile.name == "Kfz-Meisterbetrieb Brandt"
        assert profile.city == "Berlin"
        assert profile.accent == "#1f5fbf"


async def test_loading_twice_changes_nothing(parts):
    shop = await furnished(parts)
    async with inside(parts, shop.id) as db:
        before = await everything(db)
        await load_workshop_files(db, FILES / "kfz-brandt")
        assert await everything(db) == before


async def test_what_staff_wrote_survives_the_next_load(parts):
    shop = await furnished(parts)
    async with inside(parts, shop.id) as db:
        entry = await db.scalar(select(FaqEntry).where(FaqEntry.source_id == "loaner"))
        faq.change(db, entry, FaqDraft(question="Ersatzwagen?", answer="Zurzeit leider nicht."))
        await db.flush()
        await load_workshop_files(db, FILES / "kfz-brandt")
        assert entry.answer == "Zurzeit leider nicht."


async def test_an_entry_that_left_the_file_goes_out_of_sight_unless_staff_changed_it(
    parts, tmp_path
):
    shop = await furnished(parts)
    file = tmp_path / "faq.de.yaml"
    file.write_text("- {id: parking, question: Parken?, answer: Im Hof.}")
    async with inside(parts, shop.id) as db:
        kept = await db.scalar(
            select(FaqEntry).where(FaqEntry.source_id == "loaner", FaqEntry.locale == "de")
        )
        faq.change(db, kept, FaqDraft(question="Ersatzwagen?", answer="Ja."))
        await load_faq(db, file, "de")
        query = select(FaqEntry.source_id).where(FaqEntry.locale == "de", FaqEntry.active)
        assert set(await db.scalars(query)) == {"parking", "loaner"}


async def test_two_workshops_have_their_own_answers(parts):
    ours, theirs = await furnished(parts), await furnished(parts, "autodienst-yilmaz")
    async with inside(parts, ours.id) as db:
        mine = set(await db.scalars(select(FaqEntry.answer)))
    async with inside(parts, theirs.id) as db:
        yours = set(await db.scalars(select(FaqEntry.answer)))
    assert mine
    assert not mine & yours


@pytest.mark.parametrize("text", ["[", "- {question: Parken?}", "- {id: a, surprise: 1}"])
async def test_a_broken_file_is_named(text, parts, shop, tmp_path):
    file = tmp_path / "faq.de.yaml"
    file.write_text(text)
    with pytest.raises(ContentUnreadable, match=r"faq\.de\.yaml"):
        async with inside(parts, shop.id) as db:
            await load_faq(db, file, "de")


async def test_a_missing_file_is_named(parts, shop, tmp_path):
    with pytest.raises(ContentUnreadable, match=r"profile\.yaml"):
        async with inside(parts, shop.id) as db:
            await load_workshop_files(db, tmp_path)


async def everything(db):
    rows = await db.scalars(select(FaqEntry).order_by(FaqEntry.id))
    return [(row.id, row.question, row.answer, row.position, row.active) for row in rows]
