"""Texts from Directus: fetched for each workshop, never mixed, never lost to a fault."""

import pytest
from click import ClickException
from sqlalchemy import select, update

from portal.content import faq, syncing
from portal.content.cli import _sync
from portal.content.directus import DirectusSource
from portal.content.faq import FaqDraft
from portal.content.jobs import look_at_all
from portal.content.models import FaqEntry
from portal.content.search import find_answers
from portal.content.sources import ContentUnavailable, ContentUnreadable
from portal.kit import clock
from portal.kit.outbox import Job
from portal.tenants.boundary import inside
from portal.worker import work_off
from tests.makers.directus import TOKEN, a_directus


@pytest.fixture
async def directus():
    async with a_directus() as running:
        yield running


async def synced(directus, parts, shop):
    beside = directus.beside(parts)
    async with inside(parts, shop.id) as db:
        syncing.ask(db)
    await work_off(beside)


async def shown(parts, shop, locale="de"):
    async with inside(parts, shop.id) as db:
        return [e.question for e in await faq.of_locale(db, locale) if e.active]


async def test_published_texts_arrive_in_their_order_and_are_found(directus, parts, shop):
    directus.put(shop.slug, "Parken?", "Im Hof.", sort=2)
    directus.put(shop.slug, "Hunde?", "Gern, an der Leine.", sort=1, keywords=["Hund"])
    directus.put(shop.slug, "Entwurf?", "Noch nicht.", status="draft")
    directus.put(shop.slug, "Dogs?", "Welcome.", locale="en")
    await synced(directus, parts, shop)
    assert await shown(parts, shop) == ["Hunde?", "Parken?"]
    assert await shown(parts, shop, "en") == ["Dogs?"]
    async with inside(parts, shop.id) as db:
        assert (await find_answers(db, "darf mein Hund mit", "de"))[0].entry.question == "Hunde?"
        sync = await syncing.last_of(db)
    assert (sync.entries, sync.problem) == (3, "")


async def test_a_workshop_gets_its_own_texts_alone(directus, parts, shop, other_shop):
    directus.put(other_shop.slug, "Wessen?", "Ihre.")
    await synced(directus, parts, shop)
    assert await shown(parts, shop) == []
    assert all(query["filter"]["workshop"] == {"_eq": shop.slug} for query in directus.asked)


async def test_more_than_one_page_is_read(directus, parts, shop):
    for number in range(203):
        directus.put(shop.slug, f"Frage {number:03}?", "Ja.")
    await synced(directus, parts, shop)
    assert len(await shown(parts, shop)) == 203


async def test_what_left_directus_goes_out_of_sight_and_what_staff_changed_stays(
    directus, parts, shop
):
    directus.put(shop.slug, "Parken?", "Im Hof.")
    kept = directus.put(shop.slug, "Hunde?", "Gern.")
    await synced(directus, parts, shop)
    async with inside(parts, shop.id) as db:
        entry = await db.scalar(select(FaqEntry).where(FaqEntry.source_id == str(kept["id"])))
        faq.change(db, entry, FaqDraft(question="Hunde?", answer="Nur kleine."))
    directus.items = []
    await synced(directus, parts, shop)
    async with inside(parts, shop.id) as db:
        left = [(e.question, e.answer) for e in await faq.of_locale(db, "de") if e.active]
    assert left == [("Hunde?", "Nur kleine.")]


@pytest.mark.parametrize("status", [403, 500, 502])
async def test_a_directus_that_fails_takes_nothing_away_and_is_asked_again(
    status, directus, parts, shop
):
    directus.put(shop.slug, "Parken?", "Im Hof.")
    await synced(directus, parts, shop)
    directus.fails_with = status
    await synced(directus, parts, shop)
    assert await shown(parts, shop) == ["Parken?"]
    async with inside(parts, shop.id) as db:
        waiting = (await db.scalars(select(Job).where(Job.name == "content.sync"))).all()
    assert [job.attempts for job in waiting] == [1]
    assert waiting[0].dead_at is None


async def test_texts_of_another_shape_are_reported_and_change_nothing(directus, parts, shop):
    directus.put(shop.slug, "Parken?", "Im Hof.")
    await synced(directus, parts, shop)
    directus.items[0]["answer"] = 17
    await synced(directus, parts, shop)
    assert await shown(parts, shop) == ["Parken?"]
    async with inside(parts, shop.id) as db:
        assert "answer" in (await syncing.last_of(db)).problem


async def test_a_wrong_token_is_unavailable_and_no_empty_list(directus):
    with pytest.raises(ContentUnavailable):
        await DirectusSource(directus.url, "wrong").faq("any")
    with pytest.raises(ContentUnavailable):
        await DirectusSource("http://127.0.0.1:9", TOKEN).faq("any")


@pytest.mark.parametrize("raw", [b"<html>", b"[]", b'{"data": {"no": "list"}}', b"\xff\xfe"])
async def test_an_answer_that_is_no_list_is_unavailable(raw, directus):
    directus.raw = raw
    with pytest.raises(ContentUnavailable):
        await DirectusSource(directus.url, TOKEN).faq("any")


async def test_an_entry_without_its_language_is_named(directus):
    directus.put("any", "Parken?", "Im Hof.", locale="xx")
    with pytest.raises(ContentUnreadable, match="locale"):
        await DirectusSource(directus.url, TOKEN).faq("any")


async def test_the_hourly_look_queues_one_look_for_each_open_workshop(directus, parts, shop):
    await look_at_all(directus.beside(parts))
    async with inside(parts, shop.id) as db:
        mine = (await db.scalars(select(Job).where(Job.name == "content.sync"))).all()
    assert len(mine) == 1
    assert mine[0].run_at > clock.now()
    async with inside(parts, None) as db:
        await db.execute(update(Job).where(Job.name == "content.sync").values(dead_at=clock.now()))


async def test_without_directus_nothing_is_looked_at(parts, shop):
    await look_at_all(parts)
    async with inside(parts, shop.id) as db:
        assert await db.scalar(select(Job.id)) is None
        syncing.ask(db)
    await work_off(parts)
    async with inside(parts, shop.id) as db:
        assert await db.scalar(select(Job.id)) is None
        assert await syncing.last_of(db) is None


async def test_the_command_fetches_and_says_what_it_could_not(directus, parts, shop, capsys):
    directus.put(shop.slug, "Parken?", "Im Hof.")
    settings = directus.beside(parts).settings
    assert await _sync(settings, (shop.slug,)) == 0
    assert f"{shop.slug}: 1" in capsys.readouterr().out
    directus.fails_with = 500
    assert await _sync(settings, (shop.slug,)) == 1
    assert shop.slug in capsys.readouterr().err
    with pytest.raises(ClickException, match="do not exist"):
        await _sync(settings, ("no-such-shop",))
    with pytest.raises(ClickException, match="DIRECTUS_URL"):
        await _sync(parts.settings, ())
