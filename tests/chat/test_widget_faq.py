"""The workshop's answers for everybody, without a conversation."""

from portal.content import faq
from portal.content.faq import FaqDraft
from portal.content.models import FaqEntry
from portal.tenants.boundary import inside


async def test_visitors_read_what_is_shown_in_the_workshops_order(client, shop, parts):
    async with inside(parts, shop.id) as db:
        for question in ("Parken?", "Hunde?"):
            await faq.write(db, FaqDraft(question=question, answer="Gern."))
        db.add(FaqEntry(question="Geheim?", answer="Nein.", active=False))
    answer = await client.get(f"/widget/v1/faq?site_key={shop.site_key}")
    assert [item["question"] for item in answer.json()["items"]] == ["Parken?", "Hunde?"]
    assert answer.headers["cache-control"] == "public, max-age=60"
    assert "set-cookie" not in answer.headers
    assert (await client.get(f"/widget/v1/config?site_key={shop.site_key}")).json()["faq"] is True


async def test_a_language_without_entries_gets_the_german_ones(client, shop, parts):
    async with inside(parts, shop.id) as db:
        await faq.write(db, FaqDraft(question="Parken?", answer="Im Hof."))
    for locale in ("en", "tr", "xx", ""):
        found = (
            await client.get(f"/widget/v1/faq?site_key={shop.site_key}&locale={locale}")
        ).json()
        assert (found["locale"], len(found["items"])) == ("de", 1)


async def test_without_questions_there_is_an_empty_list(client, shop):
    answer = await client.get(f"/widget/v1/faq?site_key={shop.site_key}")
    assert answer.json() == {"locale": "de", "items": []}
    assert (await client.get("/widget/v1/faq?site_key=nobody")).status_code == 404


async def test_the_widget_addresses_each_visitor_in_their_language(client, shop, parts):
    from portal.tenants.workshops import get_profile

    async with inside(parts, shop.id) as db:
        (await get_profile(db)).languages = ["de", "en", "tr", "pl", "uk", "ar", "ru"]
    said = {}
    for locale in ("de", "en", "tr", "pl", "uk", "ar", "ru"):
        config = await client.get(f"/widget/v1/config?site_key={shop.site_key}&locale={locale}")
        said[locale] = (config.json()["consent"]["text"], config.json()["ai_notice"])
        assert config.json()["locale"] == locale
    assert len(set(said.values())) == 7
