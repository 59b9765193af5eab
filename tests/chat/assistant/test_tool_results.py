"""What a model is told of a tool's result fits, is whole, and what a visitor said is compared whole."""

import json
from decimal import Decimal

import msgspec
import pytest

from portal.chat.assistant.tools.faq_search import Answer, Answers
from portal.chat.assistant.tools.find_slots import Slot, Slots
from portal.chat.assistant.tools.fitting import fitted
from portal.chat.assistant.tools.registry import LONGEST_RESULT
from portal.chat.assistant.tools.said import has_mail, has_name, has_phone
from portal.chat.assistant.tools.services_and_prices import Service, Services


def a_service(number, description="Mit Ölwechsel nach Vorgabe des Herstellers."):
    return Service(
        name=f"Inspektion {number}",
        price=Decimal("249.00"),
        is_from=True,
        currency="EUR",
        minutes=120,
        description=description,
        bookable_online=True,
    )


def test_a_result_that_fits_is_told_as_it_is():
    few = Services(tuple(map(a_service, range(3))))
    assert fitted(few, LONGEST_RESULT) == msgspec.json.encode(few).decode()


@pytest.mark.parametrize("many", [40, 300])
def test_a_long_list_ends_behind_a_whole_item_and_tells_how_many_are_left(many):
    told = fitted(Services(tuple(map(a_service, range(many)))), LONGEST_RESULT)
    assert len(told.encode()) <= LONGEST_RESULT
    read = json.loads(told)
    shown = [one["name"] for one in read["services"]]
    assert shown == [f"Inspektion {number}" for number in range(len(shown))]
    assert len(shown) > 15
    assert f"{many - len(shown)} more services" in read["not_shown"]


def test_a_long_text_is_shortened_and_the_others_stay():
    answers = Answers((Answer("Lang?", "ä" * 20_000), Answer("Kurz?", "Ja.")))
    told = fitted(answers, LONGEST_RESULT)
    assert len(told.encode()) <= LONGEST_RESULT
    first, second = json.loads(told)["answers"]
    assert first["answer"].endswith("ä …")
    assert second == {"question": "Kurz?", "answer": "Ja."}
    assert "not_shown" not in json.loads(told)


def test_a_long_list_leaves_room_for_a_short_one():
    slots = tuple(Slot(f"slot-{n}", f"Montag, {n}. Dezember, 9:00 Uhr") for n in range(900))
    read = json.loads(fitted(Slots(("Räderwechsel", "Inspektion"), slots, fits=False), 2_000))
    assert read["services"] == ["Räderwechsel", "Inspektion"]
    assert read["fits"] is False
    assert 0 < len(read["slots"]) < 900


@pytest.mark.parametrize(
    "text",
    [
        "Erika Huber, 0171 2345678",
        "Sie erreichen mich unter +49 171/2345678.",
        "0049 (171) 23 45 678",
        "+49 (0) 171 2345678",
        "Tel.:01712345678!",
        "B-KF 1234 0171 2345678",
        "Montag 9:00 0171-2345678",
        "0171 2345678 9 Uhr passt",
        "Am 30.11. um 9 Uhr, 0171 2345678",
        "٠١٧١ ٢٣٤٥٦٧٨",
    ],
)
def test_a_number_is_known_however_it_is_written(text):
    assert has_phone("0171 2345678", [text])
    assert has_phone("+491712345678", ["Guten Tag", text])


@pytest.mark.parametrize(
    "text",
    [
        "",
        "0171 23456789",
        "0171 2345678 9",
        "90171 2345678",
        "0171 234567",
        "+43 171 2345678",
        "2345678",
        "0172 2345678",
        "12 0 171",
    ],
)
def test_a_part_of_a_number_is_another_number(text):
    assert not has_phone("0171 2345678", [text])


@pytest.mark.parametrize("number", ["", "keine", "1", "0", "+", "0171 2345678 oder 0172"])
def test_what_is_no_number_was_not_said(number):
    assert not has_phone(number, [f"Meine Nummer ist {number} 0171 2345678"])


def test_names_are_compared_by_whole_words():
    assert has_name("Erika Huber", ["ich bin ERIKA-HUBER, guten Tag"])
    assert has_name("Özgür Yıldız", ["Özgür  Yıldız"])
    assert not has_name("Ida", ["Frieda Huber"])
    assert not has_name("Erika Huber", ["Erika, die Frau Huber"])
    assert not has_name(" - ", ["egal - was"])


def test_a_mail_address_is_compared_to_the_letter():
    assert has_mail("e.huber@example.de", ["Mail: E.Huber@example.de."])
    assert not has_mail("huber@example.de", ["e.huber@example.de"])
    assert not has_mail("e.huber@example.de", ["e.huber@example.de.evil.example"])
