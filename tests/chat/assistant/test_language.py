"""In which language a message is answered: the one just written when that is sure, else as before."""

import pytest

from portal.chat.assistant.language import voice_of

SURE = {
    "de": (
        "Was kostet ein Ölwechsel?", "habt ihr samstag auf", "ich brauch nen termin", "wo seid ihr",
        "Guten Tag", "vielen Dank", "kann ich morgen vorbeikommen", "meine bremsen quietschen",
        "wie lange dauert das", "Können Sie mich bitte anrufen?", "is mein auto schon fertig",
        "Mein Name ist Ayşe Yıldız und ich möchte einen Termin",
    ),
    "en": (
        "How much is an oil change?", "are you open on saturday", "my brakes are grinding",
        "thank you", "can I bring my car tomorrow", "where are you", "I need an appointment",
        "I smell something burning", "do you speak English", "is my car ready",
    ),
    "tr": (
        "Merhaba", "Randevu almak istiyorum", "frenlerim tutmuyor", "yağ değişimi ne kadar",
        "cumartesi acik misiniz", "Çok teşekkürler", "arabam hazır mı", "TÜV için randevu istiyorum",
        "Reifenwechsel için ne zaman gelebilirim, yarın olur mu", "kirmizi isik yanıyor",
    ),
    "pl": (
        "Dzień dobry", "Hamulce nie działają", "ile kosztuje wymiana oleju", "chcę umówić wizytę",
        "czy moge przyjechac jutro", "dziękuję", "gdzie jest warsztat", "Czy mówią Państwo po polsku",
        "potrzebuję TÜV na samochód",
    ),
    "uk": (
        "Добрий день", "Гальма не працюють", "скільки коштує заміна оливи", "дякую",
        "хочу записатися на вівторок", "чи готове моє авто", "що робити",
    ),
    "ru": (
        "Здравствуйте", "Тормоза не работают", "сколько стоит замена масла", "спасибо",
        "можно записаться на вторник", "когда будет готова машина", "что делать",
    ),
    "ar": (
        "مرحبا", "الفرامل لا تعمل", "كم سعر تغيير الزيت", "شكرا", "أريد موعدًا", "أين أنتم",
        "هل سيارتي جاهزة",
    ),
}  # fmt: skip
UNSURE = (
    "ok", "TÜV", "B-AB 1234", "HH AB 12E", "Golf 7", "?", "👍", "0171 2345678", "Danke", "Hallo",
    "yes", "VW Polo 1.2 TSI", "Max Mustermann", "https://www.example.org/please-read-how-much",
    "info@where-are-you.example", "Inspektion", "WVWZZZ1JZXW000001", "HU/AU", "super", "14:30",
    "Ölwechsel",
)  # fmt: skip
OTHERS = {"de": "tr", "en": "de", "tr": "de", "pl": "de", "uk": "de", "ru": "en", "ar": "de"}


@pytest.mark.parametrize(
    ("language", "said"), [(language, said) for language, all_ in SURE.items() for said in all_]
)
def test_a_sure_message_is_answered_in_its_own_language(language, said):
    assert voice_of(said, OTHERS[language]) == language
    assert voice_of(said, language) == language


@pytest.mark.parametrize("said", UNSURE)
@pytest.mark.parametrize("locale", ["de", "en", "tr", "ar"])
def test_what_tells_nothing_never_switches(said, locale):
    assert voice_of(said, locale) == locale


def test_after_a_switch_short_words_stay_in_the_new_language():
    said = ["Guten Tag, wann haben Sie offen?", "Randevu almak istiyorum"]
    assert voice_of("ok", "de", said) == "tr"
    assert voice_of("TÜV", "de", said[:1]) == "de"
    assert voice_of("Danke, bis morgen dann", "de", said) == "de"


def test_a_language_that_we_do_not_speak_is_answered_in_english_or_as_before():
    assert voice_of("Combien coûte une vidange ?", "fr") == "en"
    assert voice_of("Combien coûte une vidange ?", "de") == "de"


def test_neighbours_that_share_their_letters_stay_with_who_speaks_them():
    assert voice_of("вторник", "uk") == "uk"
    assert voice_of("вторник", "de") == "ru"
