"""Whatever a guest meets is said in the guest's language: every sentence, with its own plurals."""

import re
from pathlib import Path

import pytest
from babel.messages.extract import extract_from_file
from babel.messages.pofile import read_po

from portal.bookings.models import State
from portal.chat.assistant.guard import Violation, guard_for
from portal.chat.assistant.own_orders import Order
from portal.chat.assistant.replies_vehicle import STATES
from portal.chat.assistant.sight import seen
from portal.kit.db import new_id
from portal.kit.text import GUESTS, LOCALES, speaking
from tests.makers.assistant import FRIDAY, built_in_reply, facts_of
from tests.makers.chat import a_guest
from tests.makers.shops import found_shop

ROOT = Path(__file__).parents[3] / "portal"
MET_BY_VISITORS = (
    *sorted((ROOT / "chat/assistant").rglob("*.py")),
    ROOT / "bookings/opening_texts.py",
    ROOT / "chat/identity/answers.py",
    ROOT / "chat/identity/verifications.py",
    *sorted((ROOT / "chat").glob("widget_*.py")),
    *(
        ROOT / f"chat/{name}.py"
        for name in (
            "arrivals", "assignments", "bookings", "conversations", "estimates", "free_times",
            "handovers", "messages", "suggestions",
        )
    ),
)  # fmt: skip
FOR_THE_TEAM = {
    "A colleague is answering this conversation already.",
    "This person does not answer conversations.",
    "%(name)s is answering already.",
    "Call back: %(name)s",
    "The visitor has not written anything yet.",
    "Please check the positions of the estimate.",
    "Please enter at least one position with its price.",
    "We could not find this conversation.",
}
"""The last one the widget says itself: it knows what a 404 means."""
_KEYWORDS = {"_": None, "N_": None, "ngettext": (1, 2)}
_PLACE = re.compile(r"%\((\w+)\)s")


def sentences():
    for file in MET_BY_VISITORS:
        for _line, message, _comments, _context in extract_from_file("python", file, _KEYWORDS):
            forms = (message,) if isinstance(message, str) else message
            if forms[0] not in FOR_THE_TEAM:
                yield forms


def catalogue_of(language):
    with (LOCALES / language / "LC_MESSAGES" / "guests.po").open("rb") as source:
        return read_po(source, locale=language)


@pytest.mark.parametrize("language", GUESTS)
def test_every_sentence_that_a_visitor_can_meet_is_translated(language):
    known = catalogue_of(language)
    wanted = list(sentences())
    assert len(wanted) > 100
    missing = [
        forms[0] for forms in wanted if known.get(forms[0]) is None or not known[forms[0]].string
    ]
    assert missing == []


@pytest.mark.parametrize("language", GUESTS)
def test_translations_fill_in_the_same_names_and_have_all_plurals(language):
    catalogue = catalogue_of(language)
    assert catalogue.num_plurals == {"tr": 2, "ar": 6}.get(language, 3)
    for message in catalogue:
        if not message.id:
            continue
        is_plural = isinstance(message.id, tuple)
        one = message.id[0] if is_plural else message.id
        said = message.string if is_plural else (message.string,)
        assert all(said), one
        if is_plural:
            assert len(said) == catalogue.num_plurals, one
        else:
            assert set(_PLACE.findall(said[0])) == set(_PLACE.findall(one)), one


ASKED = {
    "tr": (
        "merhaba", "teşekkürler", "cumartesi açık mısınız", "yağ değişimi ne kadar",
        "randevu almak istiyorum", "randevumu iptal etmek istiyorum", "arabam hazır mı",
        "bir insanla konuşmak istiyorum", "frenlerim tutmuyor", "motordan duman çıkıyor",
        "hava durumu nasıl", "adresiniz nerede", "telefon numaranız nedir", "en sevdiğiniz renk",
        "randevum ne zaman", "en son ne yapıldı",
    ),
    "pl": (
        "dzień dobry", "dziękuję", "czy w sobotę jest otwarte", "ile kosztuje wymiana oleju",
        "chcę umówić wizytę", "chcę odwołać wizytę", "czy mój samochód jest gotowy",
        "chcę rozmawiać z pracownikiem", "hamulce nie działają", "dym spod maski",
        "jaka jest pogoda", "jaki jest adres", "numer telefonu", "ulubiony kolor",
        "kiedy mam wizytę", "co ostatnio zrobiono",
    ),
    "uk": (
        "добрий день", "дякую", "ви працюєте в суботу", "скільки коштує заміна масла",
        "хочу записатися", "хочу скасувати запис", "чи готова моя машина",
        "хочу поговорити з людиною", "гальма не працюють", "йде дим з-під капота",
        "яка погода", "яка у вас адреса", "номер телефону", "улюблений колір",
        "коли мій запис", "що робили минулого разу",
    ),
    "ru": (
        "здравствуйте", "спасибо", "в субботу работаете", "сколько стоит замена масла",
        "хочу записаться", "хочу отменить запись", "моя машина готова",
        "хочу поговорить с человеком", "тормоза не работают", "дым из-под капота",
        "какая погода", "какой у вас адрес", "номер телефона", "любимый цвет",
        "когда моя запись", "что делали в прошлый раз",
    ),
    "ar": (
        "مرحبا", "شكرا", "هل أنتم مفتوحون يوم السبت", "كم سعر تغيير الزيت",
        "أريد موعد", "أريد إلغاء الموعد", "هل سيارتي جاهزة",
        "أريد التحدث مع موظف", "الفرامل لا تعمل", "دخان من المحرك",
        "كيف حال الطقس", "ما هو عنوانكم", "رقم الهاتف", "اللون المفضل",
        "متى موعدي", "ماذا فعلتم آخر مرة",
    ),
}  # fmt: skip
_LATIN = re.compile(r"[A-Za-zÀ-ÿ]{2,}")
_OURS = frozenset(
    """
    der die das und oder nicht wir uns sie ihr ihre bitte haben geschlossen geöffnet uhr heute
    morgen unten leider gern ist sind eine einen auf für mit von zum zur bis the and or not we our
    you your please are is closed open today tomorrow below with for from this that have has
    appointment team colleague nothing can cannot here
    """.split()  # noqa: SIM905  # a table of words, not a list of calls
)
"""Words that no German or English sentence goes without, and that Turkish and Polish do not have."""


def strange_words(language, text):
    words = [word.lower() for word in _LATIN.findall(text)]
    if language in {"tr", "pl"}:
        return [word for word in words if word in _OURS]
    return [word for word in words if word not in {"vin", "mail", "hu"}]


def without_the_workshops_own(text, facts):
    about = facts.about
    own = [about.name, about.street, about.city, about.phone, about.email, about.directions]
    own += [closure.reason for closure in facts.week.closures]
    own += [part for offer in facts.offers for part in (offer.name, offer.description)]
    own += [part for one in facts.found for part in (one.entry.answer, one.entry.question)]
    for part in sorted(filter(None, own), key=len, reverse=True):
        text = text.replace(part, " ")
    return text


@pytest.mark.parametrize("language", GUESTS)
async def test_no_reply_to_a_guest_holds_a_german_or_english_sentence(parts, brandt, language):
    for said in ASKED[language]:
        answer, _reading = await built_in_reply(parts, brandt, said, locale=language)
        facts = await facts_of(parts, brandt, said, locale=language)
        spoken = without_the_workshops_own(answer.text, facts)
        assert strange_words(language, spoken) == [], (said, answer.text)


@pytest.mark.parametrize("language", GUESTS)
async def test_what_takes_the_place_of_a_refused_sentence_is_foreign_too(parts, brandt, language):
    facts = await facts_of(parts, brandt, "?", locale=language)
    guard = guard_for(facts, language)
    for violation in Violation:
        honest = guard.instead_of(violation)
        assert strange_words(language, honest) == [], honest
        assert guard.judge_seen(honest, seen(honest)[0], "") is None, honest


def test_every_state_of_an_order_has_its_sentence_in_each_language():
    order = Order(id=new_id(), code="K7Q-21", title="", state=State.READY, state_since=FRIDAY)
    for language in GUESTS:
        with speaking(language):
            for tell in STATES.values():
                assert strange_words(language, tell(order)) == []


@pytest.mark.parametrize(
    ("accepted", "told"),
    [
        ("tr", "Lütfen önce bir mesaj yazın."),
        ("ar", "يرجى كتابة رسالة أولًا."),
        ("de", "Bitte schreiben Sie zuerst eine Nachricht."),
        ("fr,en;q=0.5", "Please write a message first."),
    ],
)
async def test_what_is_refused_is_told_in_the_visitors_language(client, parts, accepted, told):
    guest = await a_guest(client, await found_shop(parts))
    body = {"client_id": str(new_id()), "text": " "}
    headers = {**guest.headers, "accept-language": accepted}
    refused = await client.post("/widget/v1/messages", json=body, headers=headers)
    assert (refused.status_code, refused.json()["title"]) == (422, told)
