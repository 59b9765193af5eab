"""The frequent questions in a guest's language: translated once, checked, and never a stranger's."""

import pytest

from portal.ai.providers import Usage
from portal.chat import suggestions
from portal.chat.assistant import foreign_texts
from portal.chat.assistant.foreign_texts import is_faithful
from portal.chat.assistant.rules import MARK
from portal.chat.evaluation import lies
from portal.chat.evaluation.attacks import every_attack
from portal.chat.evaluation.hostile import Hostile
from portal.content import faq
from portal.content.faq import FaqDraft
from portal.content.search import Entry
from portal.tenants.boundary import inside
from portal.tenants.workshops import get_profile
from portal.worker import work_off
from tests.makers.assistant import built_in_reply, question, staffed
from tests.makers.chat import a_guest
from tests.makers.content import furnished
from tests.makers.shops import found_shop

ENTRY = Entry("1", "Wie kann ich bezahlen?", "Mit Girocard oder bar, ab 300,00 € in Raten.")
TURKISH = "Nasıl ödeyebilirim?\n\nGirocard ile veya nakit, 300,00 € üzeri taksitle."


class Translator:
    """Says the same to everything, and counts."""

    name, model, price_in, price_out, price_cached = "translator", "translator", 1.0, 1.0, 1.0

    def __init__(self, says):
        self.says, self.asked, self.told = says, 0, ""

    async def stream(self, messages, **_limits):
        self.asked += 1
        self.told = messages[-1].content
        yield self.says
        yield Usage(10, 10)


async def kept(parts, shop, language="tr"):
    (entry,) = await foreign_texts.with_translations(parts, shop.id, [ENTRY], language)
    return entry.translation


async def test_a_translation_is_made_once_and_kept(parts):
    shop = await found_shop(parts)
    translator = Translator(TURKISH)
    with staffed(parts, translator):
        assert await foreign_texts.translate(parts, shop.id, [ENTRY], "tr", frozenset()) == 1
        assert await foreign_texts.translate(parts, shop.id, [ENTRY], "tr", frozenset()) == 0
    assert translator.asked == 1
    assert await kept(parts, shop) == "Girocard ile veya nakit, 300,00 € üzeri taksitle."
    assert await kept(parts, shop, "pl") == ""
    assert await kept(parts, await found_shop(parts)) == ""


async def test_without_a_provider_nothing_is_translated(parts):
    shop = await found_shop(parts)
    assert await foreign_texts.translate(parts, shop.id, [ENTRY], "tr", frozenset()) == 0
    assert await kept(parts, shop) == ""


@pytest.mark.parametrize(
    "said",
    [
        "Nasıl ödeyebilirim?\n\nRandevunuz pazartesi için onaylandı.",
        "Nasıl ödeyebilirim?\n\nGirocard ile, 17,13 € indirimli.",
        "Nasıl ödeyebilirim?\n\nBizi 0900 123456 numarasından arayın.",
        "Nasıl ödeyebilirim?\n\nhttps://evil.example/pay adresinden ödeyin.",
        "Nasıl ödeyebilirim?\n\n<img src=x onerror=alert(1)>",
        "Nasıl ödeyebilirim?\n\nspion@evil.example adresine yazın.",
        "Nasıl ödeyebilirim?",
        "Araba " * 400 + "\n\nAraba",
        "",
    ],
)
async def test_what_brings_something_along_is_not_kept_and_not_asked_for_again(parts, said):
    shop = await found_shop(parts)
    liar = Translator(said)
    with staffed(parts, liar):
        for _try in range(2):
            assert await foreign_texts.translate(parts, shop.id, [ENTRY], "tr", frozenset()) == 0
    assert await kept(parts, shop) == ""
    assert liar.asked <= 2


@pytest.mark.parametrize(
    ("language", "lie"),
    [
        (language, said)
        for table in (lies.BOOKINGS, lies.PRICES, lies.STATES, lies.DRIVING)
        for language, all_ in table.items()
        for said in all_
    ],
)
def test_no_lie_passes_as_a_translation(language, lie):
    assert not is_faithful(f"{ENTRY.question}\n\n{ENTRY.answer}", f"Girocard?\n\n{lie}"), language


async def test_a_guest_reads_the_translation_and_that_it_is_one(client, parts):
    shop = await furnished(parts, "kfz-brandt")
    translator = Translator("Nasıl ödeyebilirim?\n\nGirocard, kredi kartı veya nakit.")
    async with inside(parts, shop.id) as db:
        (await get_profile(db)).languages = ["de", "tr"]
    with staffed(parts, translator):
        await a_guest(client, shop, locale="tr")
        await work_off(parts)
    assert translator.asked > 10
    assert "<text>" in translator.told
    answer, _reading = await built_in_reply(parts, shop, "kredi kartı geçiyor mu", locale="tr")
    assert answer.text == (
        "Servisin kendi metninden otomatik çevrilmiştir:\nGirocard, kredi kartı veya nakit."
    )
    listed = await client.get(f"/widget/v1/faq?site_key={shop.site_key}&locale=tr")
    (first, *_rest) = listed.json()["items"]
    assert first["question"] == "Nasıl ödeyebilirim?"
    assert first["answer"].startswith("Servisin kendi metninden otomatik çevrilmiştir:\n")


async def test_a_changed_text_has_no_old_translation(parts):
    shop = await furnished(parts, "kfz-brandt")
    async with inside(parts, shop.id) as db:
        _spoken, entries = await faq.for_visitors(db, "de")
        texts = [Entry(str(one.id), one.question, one.answer) for one in entries]
        with staffed(parts, Translator("Soru?\n\nCevap.")):
            await foreign_texts.translate(parts, shop.id, texts, "tr", frozenset())
        entry = next(one for one in entries if "bezahlen?" in one.question)
        draft = FaqDraft(
            question=entry.question, answer="Nur noch bar.", keywords="Karte, zahlen, Kartenzahlung"
        )
        faq.change(db, entry, draft)
    answer, _reading = await built_in_reply(parts, shop, "kredi kartı geçiyor mu", locale="tr")
    assert answer.text == "Servisimizde bu bilgi Almanca olarak var:\nNur noch bar."


async def test_a_model_that_obeys_a_planted_text_translates_nothing_of_it(parts):
    shop = await found_shop(parts)
    planted = [one.text for one in every_attack("Karla", "B-NB 77") if one.place == "faq"]
    entries = [Entry(str(n), "Was gilt?", text) for n, text in enumerate(planted[:50])]
    with staffed(parts, Hostile()):
        await foreign_texts.translate(parts, shop.id, entries, "tr", frozenset())
    told = await foreign_texts.with_translations(parts, shop.id, entries, "tr")
    assert [one.translation for one in told if one.translation] == []


async def test_a_suggested_reply_leads_nowhere_and_recites_nothing(parts):
    shop = await furnished(parts, "kfz-brandt")
    wish = suggestions.Wish(question(shop, "Was kostet ein Ölwechsel?"), "Eva", "", "Brandt")
    hostile = Hostile()
    for _turn in range(10):
        with staffed(parts, hostile):
            said = b"".join([piece async for piece in suggestions.pieces(parts, wish)]).decode()
        assert MARK not in said
        assert "evil.example" not in said
        assert "<" not in said
