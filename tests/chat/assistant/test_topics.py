"""What messages are about, in whatever order and dialect their words stand."""

from pathlib import Path

import pytest
import yaml

from portal.chat.assistant import concepts, topics
from portal.chat.assistant.dangers import Danger
from portal.chat.assistant.fit_to_say import is_fit
from portal.chat.assistant.intents import VOCABULARY, Intent
from portal.chat.assistant.refusals import without_refused_appointment, without_refused_services
from portal.chat.assistant.topics import topics_in
from portal.chat.assistant.words import plain

CONTENT = Path(__file__).parents[3] / "cms" / "content"


def about(text):
    return topics_in(plain(text, VOCABULARY))


@pytest.mark.parametrize(
    ("text", "asks"),
    [
        ("Kann ich die Karre abends noch hinstellen?", "schlusselkasten"),
        ("Abgabe auch nach Feierabend möglich?", "schlusselkasten"),
        ("Repariert ihr auch Dacia", "automarken"),
        ("Teile bei ebay bestellt, baut ihr die ein", "eigene teile"),
        ("geht das in Raten", "ratenzahlung"),
        ("an welchen Tagen kommt der Prüfer", "tuv prufer"),
    ],
)
def test_a_subject_is_recognised_by_what_is_spoken_of(text, asks):
    assert any(asks in one for one in about(text).asks)


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("vorne Scheiben und Klötze neu", "bremsbelage"),
        ("Räder wechseln", "raderwechsel"),
        ("mein Öl muss gewechselt werden", "olwechsel"),
        ("schaut ihr vorher mal drüber wegen TÜV", "hu vorabcheck"),
        ("Gebläse warm, Klima auffüllen", "klimaservice"),
    ],
)
def test_a_service_is_named_without_its_name(text, name):
    assert name in about(text).names


@pytest.mark.parametrize(
    ("text", "intent"),
    [
        ("könnt ihr mich mal anrufen", Intent.PERSON),
        ("ich will Frau Brandt sprechen", Intent.PERSON),
        ("ihr habt die falschen Reifen montiert", Intent.COMPLAINT),
        ("gebt mir mein Geld zurück", Intent.COMPLAINT),
        ("wie siehts mit meinem Golf aus", Intent.ORDER_STATUS),
        ("Termin verpennt", Intent.CHANGE_BOOKING),
        ("Kupplung rutscht", Intent.REPAIR),
        ("verkauft ihr auch Reifen", Intent.OTHER_TRADE),
        ("macht ihr im Sommer Betriebsferien", Intent.CLOSURES),
        ("sucht ihr noch Mechatroniker", Intent.JOB),
    ],
)
def test_a_wish_is_recognised_by_what_is_spoken_of(text, intent):
    assert intent in about(text).wants


@pytest.mark.parametrize(
    "text", ["rotes Lämpchen leuchtet", "Vorderrad eiert", "Lenkung geht nur mit Gewalt"]
)
def test_danger_is_recognised_in_any_order(text):
    assert about(text).danger == (Danger.DRIVING,)


@pytest.mark.parametrize(
    ("text", "intent"),
    [
        ("die Batterie ist schwach", Intent.COMPLAINT),
        ("bei Kälte startet er schlecht", Intent.COMPLAINT),
        ("E-Rechnung möglich", Intent.ORDER_STATUS),
        ("What does a brake job cost", Intent.JOB),
    ],
)
def test_what_only_sounds_alike_is_something_else(text, intent):
    assert intent not in about(text).wants


def test_words_too_far_from_each_other_are_no_subject():
    between = "und dann war da noch eine ganz andere Sache wegen der"
    assert "raderwechsel" not in about(f"Reifen {between} Tür tauschen").names


def test_a_compound_is_about_both_of_its_parts():
    assert {"battery", "change"} <= concepts.concepts_of("batteriewechsel")


def test_every_row_wants_something_that_exists_and_every_concept_is_used():
    rows = list(topics.every_row())
    assert {row.means for row in rows if row.kind == "wants"} <= set(Intent)
    assert {row.means for row in rows if row.kind == "danger"} <= set(Danger)
    used = {one for row in rows for one in (*row.lacks, *(c for held in row.holds for c in held))}
    unused = concepts.names() - used - concepts.THINGS - {"car", "make"}
    assert not unused


@pytest.mark.parametrize(
    ("written", "meant"),
    [
        ("bremsn", "bremsen"),
        ("samschdag", "samstag"),
        ("freidog", "freitag"),
        ("jeht", "geht"),
        ("ölwexel", "olwechsel"),
        ("offn", "offen"),
        ("terminnn", "termin"),
    ],
)
def test_a_word_is_understood_as_it_sounds(written, meant):
    assert plain(written, VOCABULARY) == f" {meant} "


@pytest.mark.parametrize("word", ["frau", "kaffee", "hamburg", "donau", "kanarini"])
def test_a_word_that_nobody_knows_stays(word):
    assert plain(word, VOCABULARY) == f" {word} "


def test_what_is_refused_is_not_wanted():
    assert "olwechsel" not in without_refused_services(" nicht olwechsel sondern raderwechsel ")
    assert "raderwechsel" in without_refused_services(" nicht olwechsel sondern raderwechsel ")
    assert "termin" not in without_refused_appointment(" ich brauche keinen termin nur preis ")
    wanted = " kann ich den termin nicht vorziehen "
    assert without_refused_appointment(wanted) == wanted


@pytest.mark.parametrize("text", ["faq.de.yaml", "faq.en.yaml"])
@pytest.mark.parametrize("shop", ["kfz-brandt", "autodienst-yilmaz"])
def test_every_answer_of_the_demo_may_be_told(shop, text):
    """An answer that sounds like a promise to this visitor would never be."""
    entries = yaml.safe_load((CONTENT / shop / text).read_text(encoding="utf-8"))
    assert [one["id"] for one in entries if not is_fit(one["answer"])] == []
