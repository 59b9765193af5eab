"""What identifies somebody never reaches a model, and comes back to its owner untouched."""

from uuid import UUID, uuid4

import pytest

from portal.chat.assistant.redact import Redaction, Restoring, redacted
from tests.makers.assistant import hear, question, staffed

TALK = UUID("01a22243-fb31-772f-98e5-44023c91fb1d")

PERSONAL = [
    ("Meine Mail ist erika.muster@web.de, danke", "erika.muster@web.de"),
    ("Rufen Sie 0171 / 234 56 78 an", "0171 / 234 56 78"),
    ("Handy +49 171 2345678", "+49 171 2345678"),
    ("Kennzeichen B-KF 1234", "B-KF 1234"),
    ("kennzeichen b-kf 1234 bitte", "b-kf 1234"),
    ("Das Auto M AB 123 steht hier", "M AB 123"),
    ("KENNZEICHEN HHAB1234", "HHAB1234"),
    ("FIN WVWZZZ1KZ6W612305 bitte prüfen", "WVWZZZ1KZ6W612305"),
    ("IBAN DE89 3704 0044 0532 0130 00", "DE89 3704 0044 0532 0130 00"),
    ("Ich heiße Erika Mustermann und frage", "Mustermann"),
    ("Mein Name ist Müller", "Müller"),
    ("Hier ist Frau Yilmaz-Kaya", "Yilmaz-Kaya"),
    ("My name is John Smith", "Smith"),
    ("Adım Mehmet Öztürk", "Öztürk"),
    ("Nazywam się Kowalski", "Kowalski"),
    ("Меня зовут Иванов", "Иванов"),
    ("Мене звати Шевченко", "Шевченко"),
    ("اسمي محمد", "محمد"),
    ("Wann ist der Wagen fertig? Gruß Peter Huber", "Huber"),
]
ORDINARY = [
    "Was kostet ein Ölwechsel mit 5W-30 für 89,00 €?",
    "Haben Sie am 24.11.2026 um 10:30 Uhr offen?",
    "Fehlercode P0420, Reifen 205/55 R16 91V",
    "Mein Golf hat 84.200 km, Baujahr 2019.",
    "Ich bin Kunde bei Ihnen.",
]


@pytest.mark.parametrize(("text", "secret"), PERSONAL)
def test_what_identifies_somebody_becomes_a_token_and_comes_back(text, secret):
    redaction = Redaction(TALK)
    hidden = redaction.hide(text)
    assert secret not in hidden
    assert "[" in hidden
    assert redaction.restore(hidden) == text


@pytest.mark.parametrize("text", ORDINARY)
def test_what_identifies_nobody_stays(text):
    assert Redaction(TALK).hide(text) == text


def test_a_token_is_the_same_all_the_time_in_a_conversation_and_another_in_the_next():
    first, again, elsewhere = Redaction(TALK), Redaction(TALK), Redaction(uuid4())
    said = first.hide("Ich bin unter 0171 2345678 erreichbar")
    assert again.hide("Nummer: 01712345678").split(": ")[1] in said
    assert elsewhere.hide("Nummer: 01712345678").split(": ")[1] not in said


def test_two_people_stay_two():
    hidden = Redaction(TALK).hide("Frau Huber und Herr Meier")
    assert len(set(hidden.split(" und "))) == 2
    assert "Huber" not in hidden
    assert "Meier" not in hidden


def test_a_name_that_is_known_is_hidden_wherever_it_stands():
    hidden = Redaction(TALK, names=["Erika Mustermann"]).hide("Guten Tag Erika, Ihre Mustermann")
    assert "Erika" not in hidden
    assert "Mustermann" not in hidden


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("0176/1234567 bitte", "[Telefon] bitte"),
        ("+49 30 23125140", "[Telefon]"),
        ("K-XY 77H", "[Kennzeichen]"),
        ("Ich heiße Huber", "Ich heiße [Name]"),
    ],
)
def test_a_list_names_only_the_kind(text, shown):
    assert redacted(text) == shown


def test_a_name_once_told_is_hidden_from_then_on():
    redaction = Redaction(TALK)
    redaction.hide("Ich heiße Schneiderhan.")
    assert "Schneiderhan" not in redaction.hide("Schneiderhan noch einmal")


def test_the_workshops_own_number_stays_readable():
    redaction = Redaction(TALK, keep=["030 23125 140", "info@kfz-brandt.example"])
    text = "Rufen Sie 030 23125-140 an oder info@kfz-brandt.example."
    assert redaction.hide(text) == text


@pytest.mark.parametrize("step", [1, 2, 3, 5, 7, 1000])
def test_tokens_come_back_across_the_borders_of_pieces(step):
    redaction = Redaction(TALK)
    text = "Danke Frau Huber, wir rufen 0171 2345678 an. [Kein Token] und [offen"
    hidden = redaction.hide(text)
    restoring = Restoring(redaction)
    pieces = [hidden[place : place + step] for place in range(0, len(hidden), step)]
    assert "".join(map(restoring.push, pieces)) + restoring.finish() == text


def test_a_token_that_a_model_writes_its_own_way_comes_back_and_an_invented_one_goes():
    redaction = Redaction(TALK)
    (token,) = redaction.hide("b-kf 1234").split()
    assert redaction.restore(f"Ihr {token.lower()}.") == "Ihr b-kf 1234."
    assert redaction.restore("Ihr [NAME_ABCD]!") == "Ihr !"


def test_nothing_is_held_that_cannot_become_a_token():
    assert Restoring(Redaction(TALK)).push("Guten Tag, ") == "Guten Tag, "


class Echo:
    """A model that says its visitor's words back, in two-letter pieces."""

    name, model = "echo", "echo"
    price_in, price_out, price_cached = 0.0, 0.0, None

    def __init__(self):
        self.told = ""

    async def stream(self, messages, **_limits):
        self.told = "\n".join(message.content for message in messages)
        said = messages[-2].content.removeprefix("<visitor>\n").removesuffix("\n</visitor>")
        for place in range(0, len(said), 2):
            yield said[place : place + 2]


async def test_a_model_reads_tokens_and_the_visitor_reads_words(parts, brandt):
    echo = Echo()
    text = "Ich heiße Erika Mustermann, B-KF 1234, was raten Sie bei Regen?"
    with staffed(parts, echo):
        heard = await hear(parts, question(brandt, text, names=("Erika Mustermann",)))
    assert heard.text == text
    for secret in ("Erika", "Mustermann", "1234,"):
        assert secret not in echo.told
