"""What customers read, word for word where it matters."""

from datetime import timedelta
from uuid import uuid4

import pytest

from portal.bookings.greetings import greeting
from portal.bookings.models import NoticeKind, State
from portal.bookings.notice_facts import Facts, Person, Place
from portal.bookings.notice_texts import duration, letter, plain, sms
from portal.kit import text
from portal.vehicles.models import Salutation
from tests.makers.bookings import at

MS, MR = Salutation.MS, Salutation.MR
ADDRESS = "https://portal.example/t/" + "a" * 78
GSM = set(
    "@£$¥èéùìòÇ\nØø\rÅåΔ_ΦΓΛΩΠΨΣΘΞÆæßÉ !\"#¤%&'()*+,-./0123456789:;<=>?¡ABCDEFGHIJKLMNOPQRSTUVWXYZ"
    "ÄÖÑÜ§¿abcdefghijklmnopqrstuvwxyzäöñüà"
)


def the_facts(**changes):
    place = Place(
        name="KFZ-Meisterbetrieb Brandt",
        street="Lindenstraße 4",
        city="10969 Berlin",
        phone="030 1234567",
        email="post@brandt.example",
        directions="Einfahrt über den Hof.",
    )
    known = {
        "place": place,
        "person": Person(name="Erika Mustermann", salutation="ms", email="e@example.de"),
        "address": ADDRESS,
        "subject_id": uuid4(),
        "code": "K7RQ2M",
        "state": State.CONFIRMED,
        "plate": "B-KF 1234",
        "car": "VW Golf",
        "services": ("Ölwechsel", "Bremsen prüfen"),
        "arrives_at": at("2026-11-23 08:00"),
        "starts_at": at("2026-11-23 08:30"),
        "ends_at": at("2026-11-23 10:30"),
        "pick_up_at": at("2026-11-23 16:00"),
        "minutes": 120,
        "hold_until": at("2026-11-21 14:30"),
        "withdrawn_at": at("2026-11-21 14:30"),
    }
    return Facts(**{**known, **changes})


@pytest.mark.parametrize(
    ("person", "words"),
    [
        (Person(name="Erika Mustermann", salutation=MS), "Sehr geehrte Frau Mustermann,"),
        (Person(name="Hans von der Heide", salutation=MR), "Sehr geehrter Herr von der Heide,"),
        (Person(name="Dr. Ute Lang", salutation=MS), "Sehr geehrte Frau Dr. Lang,"),
        (Person(name="Prof. Dr. Jan Kuhn", salutation=MR), "Sehr geehrter Herr Prof. Dr. Kuhn,"),
        (Person(name="Yılmaz, Ayşe", salutation=MS), "Sehr geehrte Frau Yılmaz,"),
        (Person(name="Meier", salutation=MR), "Sehr geehrter Herr Meier,"),
        (Person(name="Kim Meier"), "Guten Tag Kim Meier,"),
        (Person(company="Blumen Rot GmbH"), "Sehr geehrte Damen und Herren,"),
        (Person(), "Sehr geehrte Damen und Herren,"),
        (Person(name="Gewinne auf www.los.example"), "Sehr geehrte Damen und Herren,"),
        (Person(name="los.ru/x"), "Sehr geehrte Damen und Herren,"),
    ],
)
def test_letters_begin_formally_and_guess_nobodys_sex(person, words):
    assert greeting(person) == words


def test_a_confirmation_says_what_when_where_and_what_to_bring():
    shown = plain(letter(NoticeKind.CONFIRMED, the_facts()))
    for words in (
        "Sehr geehrte Frau Mustermann,",
        "Abgabe des Fahrzeugs: Montag, 23.11.2026, 08:00 Uhr",
        "Voraussichtlich fertig: Montag, 23.11.2026, 16:00 Uhr",
        "Fahrzeug: VW Golf, B-KF 1234",
        "Arbeiten: Ölwechsel, Bremsen prüfen",
        "Ort: Lindenstraße 4, 10969 Berlin",
        "Telefon: 030 1234567",
        "Terminnummer: K7RQ2M",
        "Fahrzeugschein (Zulassungsbescheinigung Teil I)",
        "So finden Sie uns: Einfahrt über den Hof.",
        "Die Terminbuchung ist unverbindlich.",
        ADDRESS,
    ):
        assert words in shown


def test_who_booked_a_contract_reads_its_terms_and_nothing_of_non_binding():
    facts = the_facts(is_contract=True, terms="Widerrufsbelehrung: vierzehn Tage …")
    shown = plain(letter(NoticeKind.CONFIRMED, facts))
    assert "Widerrufsbelehrung: vierzehn Tage …" in shown
    assert "unverbindlich" not in shown


def test_what_strangers_typed_is_mailed_to_nobody():
    facts = the_facts(
        trusted=False, services=(), title="Kaufen Sie bei x.example", state="requested"
    )
    assert "x.example" not in plain(letter(NoticeKind.RECEIVED, facts))


def test_a_moved_appointment_tells_both_times():
    facts = the_facts(was_at=at("2026-11-20 09:00"))
    shown = plain(letter(NoticeKind.MOVED, facts))
    assert "Bisheriger Termin: Freitag, 20.11.2026, 09:00 Uhr" in shown
    requested = letter(NoticeKind.MOVED, the_facts(state=State.REQUESTED))
    assert "bestätigen" in plain(requested)


def test_a_request_without_a_time_says_what_comes_next():
    facts = the_facts(arrives_at=None, starts_at=None, ends_at=None, pick_up_at=None)
    assert "einen Link" in plain(letter(NoticeKind.RECEIVED, facts))
    choice = letter(NoticeKind.CHOICE, facts)
    assert "dauern etwa 2 Stunden" in plain(choice)
    assert choice.action == ("Termin auswählen", ADDRESS)


def test_english_for_who_speaks_it():
    with text.speaking("en"):
        shown = plain(letter(NoticeKind.CONFIRMED, the_facts(language="en")))
    assert "Dear Ms Mustermann," in shown
    assert "Monday, 23 November 2026, 08:00 hrs" in shown


@pytest.mark.parametrize("kind", list(NoticeKind))
def test_no_service_message_advertises(kind):
    facts = the_facts(was_at=at("2026-11-20 09:00"))
    words = (plain(letter(kind, facts)) + sms(kind, facts)).lower()
    for banned in ("bewert", "newsletter", "angebot", "rabatt", "empfehl", "sterne", "rating"):
        assert banned not in words


@pytest.mark.parametrize("kind", list(NoticeKind))
def test_text_messages_fit_into_two_parts_of_plain_letters(kind):
    words = sms(kind, the_facts())
    assert len(words) <= 306
    assert set(words) <= GSM
    assert words.startswith("KFZ-Meisterbetrieb Brandt: ")


@pytest.mark.parametrize(
    ("minutes", "words"),
    [(45, "45 Minuten"), (60, "1 Stunde"), (120, "2 Stunden"), (150, "2,5 Stunden")],
)
def test_lengths_are_told_as_people_say_them(minutes, words):
    assert duration(minutes) == words


def test_who_waits_has_an_appointment_and_not_a_drop_off():
    facts = the_facts(waits=True, pick_up_at=the_facts().arrives_at + timedelta(hours=1))
    assert "Termin: Montag" in plain(letter(NoticeKind.REMINDER, facts))


def test_a_loaner_car_needs_a_licence():
    assert "Führerschein" in plain(letter(NoticeKind.REMINDER, the_facts(loaner=True)))
