"""Sentences that only a booking tool or a mechanic may say. There is no booking tool yet.

`TRIGGERS` are the words without which no sentence can be such a claim, in every language that
visitors write: `gate.py` holds back from there on. Each pattern below contains one of them; a
test checks that. When in doubt a sentence is refused: the honest one that replaces it harms nobody.
"""

import re

from portal.chat.assistant.sight import seen


def _spelled(words: str) -> tuple[str, ...]:
    return tuple(seen(line)[0][1:].rstrip("\n") for line in words.strip("\n").split(","))


_DONE = _spelled(
    "gebucht,reserviert,reservierung,vorgemerkt,buchung,booked,booking,reserved,reservation,✅,✔,☑,"
    "onayland,rezerv,randevunuz,potwierdz,zarezerwow,umówion,zapisan,забронир,подтвержд,"
    "записал,записан,заброньов,підтверд,حجز,تأكيد"
)
_SETTLED = _spelled(
    "eingetragen,eingeplant,bestätig,vereinbart,festgelegt,festgemacht,fixiert,notiert,gesichert,"
    "geblockt,erledigt,geklappt, steht,sehen uns,erwarten,erwartet,freuen uns auf, bis montag,"
    " bis dienstag, bis mittwoch, bis donnerstag, bis freitag, bis samstag, bis morgen, bis dann,"
    " bis bald,confirm,scheduled,arranged,all set,see you,expect you, done,secured,pencil,"
    "locked in,you are in,is fixed,geht klar,ist fix,passt"
)
_DRIVE_ON = _spelled(
    "weiterfahr,weiter fahr,weiterzufahr,noch fahren,losfahren,fahrtüchtig,safe to drive,"
    "keep driving,continue driving,continue to drive,drive on,still drive,unbedenklich"
)
TRIGGERS = (*_DONE, *_SETTLED, *_DRIVE_ON)


def _any(words: tuple[str, ...]) -> str:
    return "|".join(re.escape(word) for word in words)


_IS_DONE = re.compile(_any(_DONE))
_IS_SETTLED = re.compile(_any(_SETTLED))
_IS_DRIVE_ON = re.compile(_any(_DRIVE_ON))
_APPOINTMENT = re.compile(
    r"termin|buchung|appointment|booking|slot|\buhr\b|\bplatz\b|"
    r"montag|dienstag|mittwoch|donnerstag|freitag|samstag|\bmorgen\b|"
    r"monday|tuesday|wednesday|thursday|friday|saturday|tomorrow|o clock|\d ?(am|pm)\b|\d:\d\d"
)
_PINNED = re.compile(
    r"\d|montag|dienstag|mittwoch|donnerstag|freitag|samstag|day\b|hiermit|hereby|"
    r"schon|bereits|already|\bfest\b"
)
_WORDS_BETWEEN = r"(?: [\w/-]+){0,3}? "
_PARTICIPLE = (
    r"(?:fest |verbindlich |definitively )?(?:gebucht|reserviert|vorgemerkt|bestatigt|eingetragen|"
    r"vereinbart|eingeplant|booked|reserved|confirmed|scheduled|arranged)"
)
_NOT_YET = re.compile(
    rf"\b(?:nicht|nichts|kein|keine|keinen|not|nothing|never|no)\b(?! nur| only){_WORDS_BETWEEN}?"
    rf"{_PARTICIPLE}\b|"
    rf"\b(?:nicht|kein|keine|keinen|cannot|can't|not)\b{_WORDS_BETWEEN}?"
    r"(?:buchen|bestatigen|reservieren|book|confirm|reserve|buchung|booking|reservierung|reservation)"
)
_BY_A_PERSON = re.compile(
    rf"\b(?:kann|konnen|muss|mussen|must|can|could|has to|needs to)\b{_WORDS_BETWEEN}?(?:be )?"
    rf"{_PARTICIPLE}(?: werden)?\b|"
    r"\b(?:kolleg\w*|mitarbeiter\w*|team|colleague|person|mensch)\b(?! hat| haben| has| have)"
    rf"{_WORDS_BETWEEN}?(?:bestatig\w*|confirms?)\b"
)
_NEVER_DRIVE = re.compile(
    r"\b(?:nicht|keinesfalls|nie|niemals|not|never|don't)\b(?: [\w-]+){0,3}? ?"
    rf"(?:{_any(_DRIVE_ON)})"
)
_SPACED_OUT = re.compile(r"(?:(?<=\W)\w[ .\-·]){5,}")


def claims_booking(sentence: str, before: str) -> bool:
    """Whether the sentence says or suggests that an appointment exists.

    Both texts as `sight.seen` spells them; `before` is the sentence that came before.
    """
    rest = _NOT_YET.sub(" ", sentence)
    if not _PINNED.search(sentence):
        rest = _BY_A_PERSON.sub(" ", rest)
    if _IS_DONE.search(rest):
        return True
    about_appointment = _APPOINTMENT.search(f"{before} {sentence}") is not None
    return about_appointment and _IS_SETTLED.search(rest) is not None


def tells_to_drive_on(sentence: str) -> bool:
    """Whether the sentence says that the car may be driven; a warning not to is fine."""
    return _IS_DRIVE_ON.search(_NEVER_DRIVE.sub(" ", sentence)) is not None


def is_spaced_out(sentence: str) -> bool:
    """„g e b u c h t“: nobody writes so without a reason."""
    return _SPACED_OUT.search(sentence) is not None
