"""Sentences that only a booking tool or a mechanic may say.

`TRIGGERS` are the words without which no sentence can be such a claim, in every language that
visitors write: `gate.py` holds back from there on. Each pattern below contains one of them; a
test checks that. When in doubt a sentence is refused: the honest one that replaces it harms nobody.
"""

import re

from portal.chat.assistant import foreign_claims, order_claims
from portal.chat.assistant.foreign_claims import spelled as _spelled

_DONE = _spelled("""
gebucht,reserviert,reservierung,vorgemerkt,buchung,booked,booking,reserved,reservation,✅,✔,☑
""")
_SETTLED = _spelled("""
eingetragen,eingeplant,bestätig,vereinbart,festgelegt,festgemacht,fixiert,notiert,gesichert,
geblockt,erledigt,geklappt,steht,abgemacht, fix,freigehalten,ihnen sicher,bei uns im kalender,
in unserem kalender,storniert,verlegt,verschoben,abgesagt,umgebucht,put you down,is yours,
made the appointment,made an appointment,cancelled,canceled,rescheduled,been moved,
in our calendar,confirm,scheduled,arranged,all set, done,secured,pencil,locked in,you are in,
is fixed,geht klar,ist fix,passt
""")
_MEETING = _spelled("""
sehen uns,erwarten,erwartet,freuen uns auf, bis ,see you,expect you,expecting you
""")
_DRIVE_ON = _spelled("""
weiterfahr,weiter fahr,weiterzufahr,noch fahren,losfahren,fahrtüchtig,safe to drive,keep driving,
continue driving,continue to drive,drive on,still drive,unbedenklich,bedenkenlos,ungefährlich,
harmlos,einfach weiter,schafft er noch,schafft es noch,schafft sie noch,ruhig weiter,
ruhig nach hause,safely drive,go on driving,carry on driving,is harmless,easily last
""")
TRIGGERS = (
    *_DONE,
    *_SETTLED,
    *_MEETING,
    *_DRIVE_ON,
    *order_claims.TRIGGERS,
    *foreign_claims.TRIGGERS,
)

_WEEKDAY = (
    r"(?:montag|dienstag|mittwoch|donnerstag|freitag|samstag|sonnabend|"
    r"monday|tuesday|wednesday|thursday|friday|saturday)s?"
)
_BETWEEN = r"(?:[ ,]+[\w:.'/-]+){0,3}?[ ,]+"
_PARTICIPLE = (
    r"(?:fest |verbindlich |definitively )?(?:gebucht|reserviert|vorgemerkt|bestatigt|eingetragen|"
    r"vereinbart|eingeplant|storniert|verlegt|verschoben|abgesagt|umgebucht|"
    r"cancelled|canceled|moved|rescheduled|booked|reserved|confirmed|scheduled|arranged)"
)


def _any(words: tuple[str, ...]) -> str:
    return "|".join(re.escape(word) for word in words)


_IS_DONE = re.compile(_any(_DONE))
_IS_SETTLED = re.compile(_any(_SETTLED))
_IS_DRIVE_ON = re.compile(_any(_DRIVE_ON))
_APPOINTMENT = re.compile(
    rf"termin|buchung|appointment|booking|\bslot\b|\bplatz\b|\bum \d|\bat \d|"
    rf"{_WEEKDAY}(?:\W+\w+){{0,3}}?\W+\d|\d ?(?:am|pm)\b"
)
_MEETS = re.compile(
    rf"(?:sehen uns|erwarten|erwartet|freuen uns auf|see you|expect you|expecting you){_BETWEEN}?"
    rf"(?:am |on |um |at |den )?(?:{_WEEKDAY}|morgen|ubermorgen|tomorrow|\d|dann\b|then\b)|"
    rf"(?:^\W*|[,–!] )(?:und |also |dann |alles klar )?bis (?:dann|zum|{_WEEKDAY}|morgen|bald)\b"
)
_PINNED = re.compile(
    rf"\d|{_WEEKDAY}|hiermit|hereby|\bschon\b|bereits|already|\bfest\b|verbindlich"
)
_NOT_YET = re.compile(
    rf"\b(?:nicht|nichts|kein|keine|keinen|not|nothing|never|no)\b(?! nur| only)"
    rf"(?:{_BETWEEN}| ){_PARTICIPLE}\b|"
    rf"\b(?:nicht|kein|keine|keinen|cannot|can't|not)\b(?:(?: [\w-]+){{0,3}}? | )"
    r"(?:buchen|bestatigen|reservieren|book|confirm|reserve|buchung|booking|reservierung|"
    r"reservation)\b"
)
_PEOPLE = r"(?:kolleg\w*|mitarbeiter\w*|team|colleague|person|mensch)"
_BY_A_PERSON = re.compile(
    rf"\b(?:kann|konnen|muss|mussen|must|can|could|has to|needs to)\b{_BETWEEN}?(?:be )?"
    rf"{_PARTICIPLE}(?: werden)?\b|"
    rf"\b{_PEOPLE}\b(?! hat| haben| has| have)(?:[ ,]+[\w:.'/-]+){{0,6}}?[ ,]+"
    r"(?:bestatig\w*|confirms?)\b|"
    rf"\bbestatig\w*(?: ihnen)?(?: dann)?(?: ein| eine| unser)? {_PEOPLE}\b"
)
_CHANGED = (
    r"(?:storniert|verlegt|verschoben|abgesagt|umgebucht|cancelled|canceled|moved|rescheduled)"
)
_RULE_OF_CHANGES = re.compile(
    rf"\b(?:kann|konnen|can|may|could)\b(?:[ ,]+[\w:.'/-]+){{0,7}}?[ ,]+(?:be )?{_CHANGED}\b|"
    r"\b(?:stornierte|verlegte|verschobene|abgesagte|umgebuchte)\w*\b"
)
_A_QUESTION_OF_FIT = re.compile(
    r"\bpasst\b(?=[^.!]*\?)|\b(?:wenn|ob|falls|welche\w*|wann)\b.*passt"
)
_NEVER_DRIVE = re.compile(
    r"\b(?:nicht|keinesfalls|nie|niemals|not|never|don't)\b(?: [\w-]+){0,3}? ?"
    rf"(?:{_any(_DRIVE_ON)})|"
    rf"\b(?:ob|whether)\b(?: [\w-]+){{0,4}}? (?:{_any(_DRIVE_ON)})"
)
_SPACED_OUT = re.compile(r"(?:(?<=\W)\w[ .\-·]){5,}")


def claims_booking(sentence: str, before: str) -> bool:
    """Whether the sentence says or suggests that an appointment exists.

    Both texts as `sight.seen` spells them; `before` is what came before.
    """
    rest = _RULE_OF_CHANGES.sub(" ", _A_QUESTION_OF_FIT.sub(" ", sentence))
    rest = _NOT_YET.sub(" ", rest)
    if not _PINNED.search(sentence):
        rest = _BY_A_PERSON.sub(" ", rest)
    if _IS_DONE.search(rest) or _MEETS.search(rest) or foreign_claims.claims_booking(rest):
        return True
    about_appointment = _APPOINTMENT.search(f"{before} {sentence}") is not None
    return about_appointment and _IS_SETTLED.search(_without_costs(rest)) is not None


def tells_to_drive_on(sentence: str) -> bool:
    """Whether the sentence says that the car may be driven; a warning not to is fine."""
    own = _IS_DRIVE_ON.search(_NEVER_DRIVE.sub(" ", sentence)) is not None
    return own or foreign_claims.tells_to_drive_on(sentence)


def is_spaced_out(sentence: str) -> bool:
    """„g e b u c h t“: nobody writes so without a reason."""
    return _SPACED_OUT.search(sentence) is not None


def _without_costs(sentence: str) -> str:
    """What stands on an invoice or in a book is no appointment."""
    return re.sub(
        r"\bsteht\b(?= (?:\w+ ){0,6}(?:rechnung|serviceheft|fahrzeugschein|plakette|hof|liste))"
        r"|\b(?:auf|in|im|vor)\b(?: \w+){0,3} steht\b",
        " ",
        sentence,
    )
