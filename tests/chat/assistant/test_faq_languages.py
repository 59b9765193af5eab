"""The workshop's answers for guests: in their language where it has them, else said to be German."""

import pytest

from portal.content import faq
from portal.content.faq import FaqDraft
from portal.tenants.boundary import inside
from tests.makers.assistant import built_in_reply
from tests.makers.content import furnished


@pytest.mark.parametrize(
    ("locale", "said", "begins"),
    [
        ("tr", "kredi kartı geçiyor mu", "Servisimizde bu bilgi Almanca olarak var:"),
        ("pl", "czy można zapłacić kartą", "Warsztat ma tę informację po niemiecku:"),
        ("uk", "чи можна оплатити карткою", "Майстерня має цю інформацію німецькою мовою:"),
        ("ru", "можно платить картой", "У автосервиса эта информация есть на немецком языке:"),
        ("ar", "هل يمكن الدفع بالبطاقة", "هذه المعلومة متوفرة لدى الورشة باللغة الألمانية:"),
    ],
)
async def test_a_german_text_is_introduced_in_the_guests_language(
    parts, brandt, locale, said, begins
):
    answer, _reading = await built_in_reply(parts, brandt, said, locale=locale)
    assert answer.text.startswith(f"{begins}\nBei der Abholung zahlen Sie mit Girocard")
    assert [source.kind for source in answer.sources] == ["faq"]


async def test_an_english_visitor_gets_the_english_text_or_the_german_one_said_so(parts, brandt):
    own, _reading = await built_in_reply(parts, brandt, "Can I pay by credit card?", locale="en")
    assert own.text.startswith("You pay when you collect the car")
    german, _reading = await built_in_reply(parts, brandt, "Can I pay by instalments?", locale="en")
    assert german.text.startswith("The workshop has this information in German:\nJa, ab einem")


async def test_a_text_in_the_guests_own_language_goes_before_the_german_one(parts):
    shop = await furnished(parts, "kfz-brandt")
    async with inside(parts, shop.id) as db:
        draft = FaqDraft(
            question="Kredi kartı geçiyor mu?", answer="Evet, kartla ödeyebilirsiniz.", locale="tr"
        )
        await faq.write(db, draft)
    answer, _reading = await built_in_reply(parts, shop, "kredi kartı geçiyor mu", locale="tr")
    assert answer.text == "Evet, kartla ödeyebilirsiniz."


@pytest.mark.parametrize(
    ("locale", "before", "said", "kinds"),
    [
        ("tr", "Randevu almak istiyorum", "yağ değişimi", ["slots"]),
        ("pl", "chcę umówić wizytę", "wymiana opon", ["slots"]),
        ("ru", "хочу записаться", "замена масла", ["slots"]),
        ("de", "Randevu almak istiyorum", "Ölwechsel", ["slots"]),
    ],
)
async def test_a_booking_goes_on_in_the_guests_words(parts, brandt, locale, before, said, kinds):
    from portal.chat.assistant import Turn

    answer, reading = await built_in_reply(
        parts, brandt, said, locale=locale, turns=[Turn("visitor", before)]
    )
    assert [card.kind for card in answer.cards] == kinds
    assert reading.voice == ("tr" if locale == "de" else locale)
