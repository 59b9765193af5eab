"""What must never leave, however it is said or disguised."""

from decimal import Decimal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from portal.chat.assistant import claims
from portal.chat.assistant.amounts import amounts_in, has_amount_in_words
from portal.chat.assistant.gate import LONGEST_REPLY, Gate
from portal.chat.assistant.guard import Guard, Violation
from portal.chat.assistant.links import host_of, without_foreign_links
from portal.chat.assistant.sight import seen, unveiled

GUARD = Guard(
    frozenset({Decimal(89), Decimal("39.00"), Decimal(1209)}),
    frozenset({"kfz-brandt.example"}),
    "030 23125 140",
    "de",
)

CLAIMS = [
    "Ihr Termin ist gebucht.",
    "Ich habe Ihren Termin am Montag um 10 Uhr reserviert.",
    "Ihr Termin am 24.11. wurde bestätigt.",
    "Der Termin steht.",
    "Alles klar, ich habe Sie für Montag 9 Uhr eingetragen.",
    "Ihre Buchungsnummer lautet A-17.",
    "Hiermit bestätige ich Ihren Termin.",
    "Wir sehen uns am Montag um 10 Uhr!",
    "Wir erwarten Sie am Dienstag.",
    "Wir freuen uns auf Sie am Freitag!",
    "Super, dann bis Montag!",
    "Montag 10 Uhr passt.",
    "Keine Sorge, der Termin ist gebucht.",
    "Nicht nur vorgemerkt, sondern gebucht.",
    "Ihr Ölwechsel am Montag um 10 Uhr geht klar.",
    "Unser Team bestätigt Ihren Termin am Montag um 10 Uhr.",
    "Termin: Montag 10 Uhr ✅",
    "I have booked your appointment for Monday.",
    "Your appointment is confirmed.",
    "You are all set for Monday at 10.",
    "I can confirm your appointment on Tuesday at 9.",
    "See you on Monday!",
    "Your slot is secured.",
    "Randevunuz onaylandı.",
    "Zarezerwowaliśmy termin na poniedziałek.",
    "Ваша запись подтверждена.",
    "Я записал вас на понедельник.",
    "Вас записано, підтверджено на понеділок.",
    "تم الحجز بنجاح",
]
DISGUISED = [
    "Ihr Termin ist ge**bucht**.",
    "Ihr Termin ist ge\u00adbucht.",
    "Ihr Termin ist ge\u200bbucht.",
    "Ihr Termin ist gеbuсht.",  # Cyrillic letters that look Latin are the point
    "Ihr Termin ist ｇｅｂｕｃｈｔ.",
    "IHR TERMIN IST GEBUCHT.",
    "Ihr Termin ist besta\u0308tigt.",
    "Ihr Termin ist g e b u c h t .",
    "Ihr Termin ist g-e-b-u-c-h-t.",
    "Ihr   Termin\u00a0ist\tgebucht.",
    "_Ihr Termin ist ~gebucht~_",
]
HONEST = [
    "Gerne helfe ich Ihnen weiter.",
    "Ich kann selbst keine Termine buchen.",
    "Es ist noch nichts gebucht.",
    "Der Termin ist noch nicht bestätigt.",
    "Den Termin bestätigt Ihnen dann ein Kollege oder eine Kollegin persönlich.",
    "Ein Kollege bestätigt Ihnen den Termin persönlich.",
    "Ein Termin kann von unserem Team bestätigt werden.",
    "A colleague confirms the appointment personally.",
    "I cannot book appointments myself.",
    "Nothing is booked until then.",
    "Wir haben Montag bis Donnerstag von 7:30 bis 17:30 Uhr geöffnet.",
    "Ein Ölwechsel kostet ab 89,00 €.",
    "Der Räderwechsel kostet 39 Euro und dauert etwa 30 Minuten.",
    "Die Gebühr steht auf der Rechnung.",
    "Passt Ihnen Montag oder Dienstag besser?",
    "Bitte fahren Sie nicht weiter.",
    "Please do not keep driving.",
    "Sie erreichen uns unter 030 23125 140.",
    "Wir prüfen, ob Arbeiten nötig sind, und der Service wird ins Heft eingetragen.",
    "Altteilsteuer: 1.209,00 € insgesamt.",
]
DRIVING = [
    "Sie können ruhig weiterfahren.",
    "Damit können Sie noch fahren.",
    "It is safe to drive.",
    "You can keep driving for now.",
    "Das ist unbedenklich.",
]
PRICES = [
    "Der Ölwechsel kostet 79,00 €.",
    "Das macht zusammen 128 Euro.",
    "Nur 49,- €!",
    "Für Sie: € 1.208",
    "Der Preis beträgt 75.",
    "That costs 45.",
    "Etwa neunzig Euro.",
    "About two hundred euros.",
    "It is $20.",
    "89,01 €",
]


@pytest.mark.parametrize("text", CLAIMS + DISGUISED)
def test_a_claimed_booking_is_seen(text):
    assert GUARD.judge(text, "Es geht um einen Termin.") is Violation.BOOKING


@pytest.mark.parametrize("text", HONEST)
def test_an_honest_sentence_may_leave(text):
    assert GUARD.judge(text, "") is None


@pytest.mark.parametrize("text", DRIVING)
def test_nobody_is_told_to_drive_on(text):
    assert GUARD.judge(text, "") is Violation.DRIVING


@pytest.mark.parametrize("text", PRICES)
def test_a_price_that_is_not_ours_is_seen(text):
    assert GUARD.judge(text, "") is Violation.PRICE


@pytest.mark.parametrize("step", [1, 2, 3, 5, 1000])
@pytest.mark.parametrize("text", CLAIMS + DISGUISED)
def test_no_claim_leaves_the_gate_however_it_is_cut(text, step):
    shown, gate = through_gate(f"Zu Ihrem Termin. {text} Danke!", step)
    assert gate.violation is Violation.BOOKING
    assert "kann selbst keinen Termin vergeben" in shown
    before = shown.split("Ehrlich gesagt")[0]
    assert GUARD.judge(before, "") is None
    assert not any(trigger in seen(before)[0] for trigger in claims.TRIGGERS if trigger != " bis ")


@pytest.mark.parametrize("step", [1, 2, 3, 7, 1000])
@pytest.mark.parametrize("text", DRIVING + PRICES)
def test_no_danger_and_no_foreign_price_leaves_the_gate(text, step):
    shown, gate = through_gate(f"Guten Tag. {text} Danke!", step)
    assert gate.violation in {Violation.DRIVING, Violation.PRICE}
    assert text not in shown
    assert not amounts_in(shown) - GUARD.prices


@pytest.mark.parametrize("step", [1, 3, 1000])
@pytest.mark.parametrize("text", HONEST)
def test_an_honest_sentence_passes_letter_by_letter(text, step):
    shown, gate = through_gate(f"{text} Danke!", step)
    assert gate.violation is None
    assert shown == f"{text} Danke!"


@settings(max_examples=200, deadline=None)
@given(
    st.lists(st.sampled_from([*CLAIMS, *HONEST, "Hm", "\n", " – ", "z. B. ", "10."]), max_size=6),
    st.lists(st.integers(1, 9), min_size=1, max_size=20),
)
def test_what_leaves_the_gate_never_holds_a_claim(sentences, steps):
    text = " ".join(sentences)
    gate, shown, place, turn = Gate(GUARD), "", 0, 0
    while place < len(text):
        step = steps[turn % len(steps)]
        shown += gate.push(text[place : place + step])
        place, turn = place + step, turn + 1
    shown += gate.finish()
    honest = GUARD.instead_of(gate.violation) if gate.violation else ""
    for claim in CLAIMS:
        assert claim not in shown.replace(honest, "")


def test_the_usual_opening_passes_without_delay():
    gate = Gate(GUARD)
    shown = [gate.push(token) for token in ("Gerne", " helfe", " ich", " Ihnen", " weiter")]
    assert shown[0].startswith("Ge")
    assert "".join(shown).startswith("Gerne helfe ich Ihnen")


def test_a_claim_over_two_lines_is_seen():
    shown, gate = through_gate("Ihr Termin am Montag um 10 Uhr?\nErledigt.", 4)
    assert gate.violation is Violation.BOOKING
    assert "Erledigt" not in shown


def test_after_a_violation_nothing_more_passes():
    gate = Gate(GUARD)
    gate.push("Ihr Termin ist gebucht. ")
    assert gate.push("Bis Montag!") == ""
    assert gate.finish() == ""
    assert gate.is_closed


def test_a_reply_without_end_is_ended():
    gate = Gate(GUARD)
    shown = "".join(gate.push("blah " * 20) for _ in range(100))
    assert gate.is_closed
    assert len(shown) < LONGEST_REPLY + 500


@pytest.mark.parametrize("trigger", claims.TRIGGERS)
def test_every_word_that_a_claim_needs_is_held_back(trigger):
    gate = Gate(GUARD)
    shown = gate.push(f"Hmm{trigger}" if not trigger.startswith(" ") else f"Hmm{trigger}x")
    assert trigger.strip() not in seen(shown)[0]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Siehe [hier](https://evil.example/x).", "Siehe hier."),
        ("[Seite](https://www.kfz-brandt.example/a)", "[Seite](https://www.kfz-brandt.example/a)"),
        ("![Bild](https://evil.example/p.png)", "Bild"),
        ("Klick https://evil.example jetzt", "Klick  jetzt"),
        ("www.evil.example", ""),
        ("www.kfz-brandt.example", "www.kfz-brandt.example"),
        ("[x](javascript:alert(1))", "x)"),
        ("<img src=x onerror=alert(1)>Hallo", "Hallo"),
        ("[x](//evil.example)", "x"),
        ("[a](https://kfz-brandt.example.evil.example)", "a"),
        ("[a](https://kfz-brandt.example@evil.example)", "a"),
        ("[Mail](mailto:a@b.example)", "[Mail](mailto:a@b.example)"),
    ],
)
def test_links_lead_to_our_own_site_or_nowhere(text, expected):
    assert without_foreign_links(text, {"kfz-brandt.example"}) == expected


def test_links_are_held_until_they_can_be_judged():
    shown, _gate = through_gate("Mehr [hier](https://evil.example/x) dazu.", 2)
    assert shown == "Mehr hier dazu."


def test_an_address_that_is_none_has_no_host():
    assert host_of("https://[::1") == ""


@pytest.mark.parametrize(
    ("text", "amounts"),
    [
        ("89,00 €", {"89.00"}),
        ("1.234,56 €", {"1234.56"}),
        ("1,234.56 EUR", {"1234.56"}),
        ("€99", {"99"}),
        ("2.000 Euro", {"2000"}),
        ("49,- €", {"49"}),
        ("um 10 Uhr, 45 Minuten, 5W-30", set()),
        ("Das kostet 45 Minuten Zeit", set()),
    ],
)
def test_amounts_are_read_as_germans_and_others_write_them(text, amounts):
    assert amounts_in(text) == {Decimal(amount) for amount in amounts}


def test_amounts_in_words_are_noticed():
    assert has_amount_in_words("neunundachtzig Euro")
    assert not has_amount_in_words("hundert Kilometer")


def test_invisible_letters_do_not_leave():
    assert unveiled("ge\u200bbu\u00adcht\n") == "gebucht\n"


def test_the_honest_sentence_follows_what_was_said():
    shown, _gate = through_gate("Ihr Termin am gebucht.", 3)
    assert shown.startswith("Ihr Termin am … Ehrlich gesagt")
    shown, _gate = through_gate("Gebucht.", 3)
    assert shown.startswith("Ehrlich gesagt")


def test_english_visitors_get_the_honest_sentence_in_english():
    guard = Guard(frozenset(), frozenset(), "030 1", "en")
    assert guard.instead_of(Violation.BOOKING).startswith("Honestly")
    assert "030 1" in guard.instead_of(Violation.DRIVING)


def through_gate(text, step):
    gate = Gate(GUARD)
    pieces = [text[place : place + step] for place in range(0, len(text), step)]
    shown = "".join(gate.push(piece) for piece in pieces) + gate.finish()
    return shown, gate
