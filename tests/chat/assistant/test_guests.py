"""Guests who speak neither German nor English: danger, wishes and courtesy in their language."""

import pytest

from portal.chat.assistant.intents import Intent, intents_in
from portal.chat.assistant.words import plain
from tests.makers.assistant import built_in_reply
from tests.makers.chat import a_guest
from tests.makers.shops import found_shop


@pytest.mark.parametrize(
    ("locale", "said", "warned"),
    [
        ("tr", "Frenlerim tutmuyor", "Lütfen aracı kullanmaya devam etmeyin."),
        ("pl", "Hamulce nie działają", "Proszę nie jechać dalej."),
        ("uk", "Гальма не працюють", "Будь ласка, не їдьте далі."),
        ("ru", "Тормоза не работают", "Пожалуйста, не продолжайте движение."),
        ("ar", "الفرامل لا تعمل", "يرجى عدم متابعة القيادة."),
    ],
)
async def test_a_warning_is_understood(parts, brandt, locale, said, warned):
    answer, _reading = await built_in_reply(parts, brandt, said, locale=locale)
    assert answer.text.startswith(warned)
    assert answer.hand_over == "safety"


@pytest.mark.parametrize(
    ("locale", "said", "begins", "card", "hand_over"),
    [
        ("tr", "Bir insanla konuşmak istiyorum", "Elbette, sizi", "contact_form", "asked"),
        ("tr", "Randevu almak istiyorum", "Memnuniyetle.", "services", None),
        ("pl", "Chcę umówić wizytę", "Chętnie.", "services", None),
        ("uk", "Хочу записатися на ремонт", "Охоче.", "services", None),
        ("ru", "Позовите меня с человеком", "Конечно,", "contact_form", "asked"),
        ("ar", "أريد موعد", "بكل سرور.", "services", None),
        ("tr", "Yarın vizeye gidiyorum", "Bunu ne yazık ki", "contact_form", "unknown"),
    ],
)
async def test_a_wish_is_answered(parts, brandt, locale, said, begins, card, hand_over):
    answer, _reading = await built_in_reply(parts, brandt, said, locale=locale)
    assert answer.text.startswith(begins)
    assert ([one.kind for one in answer.cards], answer.hand_over) == ([card], hand_over)


async def test_hours_prices_and_thanks_are_said_in_turkish(parts, brandt):
    async def told(text):
        return (await built_in_reply(parts, brandt, text, locale="tr"))[0].text

    assert "Çalışma saatlerimiz: Pzt" in await told("Açık mısınız?")
    assert "Cumartesi): kapalıyız" in await told("Yarın açık mısınız?")
    assert (await told("Yağ değişimi ne kadar?")).startswith("Ölwechsel mit Filter: 89,00 €")
    assert (await told("Fiyatlarınız ne kadar?")).startswith("Fiyatlarımızdan bazıları:")
    assert (await told("Çok teşekkürler")).startswith("Rica ederim!")
    assert "için şu saatler boş" in await told("Ölwechsel randevu")


@pytest.mark.parametrize(
    ("said", "begins"),
    [
        ("Frenlerim tutmuyor", "Lütfen aracı"),
        ("Hamulce nie działają", "Proszę nie jechać"),
        ("Гальма не працюють", "Будь ласка"),
        ("Тормоза не работают", "Пожалуйста"),
        ("الفرامل لا تعمل", "يرجى"),
        ("Bremse kaputt", "Bitte fahren Sie nicht weiter"),
        ("Lenkung zieht", "Bitte fahren Sie nicht weiter"),
    ],
)
async def test_a_conversation_that_began_in_german_warns_in_the_language_of_the_message(
    parts, brandt, said, begins
):
    answer, _reading = await built_in_reply(parts, brandt, said, locale="de")
    assert answer.text.startswith(begins)


async def test_a_guest_who_writes_german_is_answered_in_german(parts, brandt):
    answer, _reading = await built_in_reply(parts, brandt, "Haben Sie heute offen?", locale="tr")
    assert answer.text.startswith("Heute")


async def test_what_is_said_between_the_messages_is_turkish_too(client, parts):
    shop = await found_shop(parts, languages=["de", "tr"])
    guest = await a_guest(client, shop, locale="tr")
    await guest.post("handover", {})
    await guest.say("Frenlerim tutmuyor")
    said = [message["text"] for message in await guest.history()]
    assert said[0].startswith("Merhaba")
    assert said[1].startswith("Talebinizi ekibimize ilettik.")
    assert said[-1].startswith("Lütfen aracı kullanmaya devam etmeyin.")


async def test_while_a_person_is_waited_for_danger_is_answered_in_the_language_of_the_message(
    client, parts
):
    guest = await a_guest(client, await found_shop(parts), locale="de")
    await guest.post("handover", {})
    await guest.say("Frenlerim tutmuyor")
    said = [message["text"] for message in await guest.history()]
    assert said[-1].startswith("Lütfen aracı kullanmaya devam etmeyin.")
    assert said[1].startswith("Wir haben Ihr Anliegen")


@pytest.mark.parametrize(
    ("locale", "said", "begins"),
    [
        ("de", "ok", "Sehr gern!"),
        ("de", "alles klar super", "Sehr gern!"),
        ("en", "Okay", "You are welcome!"),
        ("tr", "ok", "Rica ederim!"),
        ("pl", "dobrze", "Bardzo proszę!"),
        ("uk", "добре", "Будь ласка!"),
        ("ru", "хорошо", "Пожалуйста!"),
        ("ar", "حسنا", "على الرحب والسعة!"),
    ],
)
async def test_who_only_nods_is_not_asked_for_a_number(parts, brandt, locale, said, begins):
    answer, _reading = await built_in_reply(parts, brandt, said, locale=locale)
    assert answer.text.startswith(begins)
    assert (answer.cards, answer.hand_over) == ((), None)


@pytest.mark.parametrize(
    "said", ["Wo ist das Center?", "Tonsil auf centre", "Ich will nach Bremen"]
)
def test_words_of_ours_are_not_taken_for_theirs(said):
    assert not intents_in(plain(said)).keys() & {Intent.PRICE, Intent.BOOKING, Intent.PERSON}
