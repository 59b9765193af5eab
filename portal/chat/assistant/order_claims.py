"""Sentences that tell how far the work on a visitor's car is: only the calendar may say so.

What is usual („meist am selben Tag fertig“), asked or put under a condition is no claim.
"""

import re
from collections.abc import Collection

from portal.bookings.models import State
from portal.chat.assistant import foreign_claims

TRIGGERS = (
    "fertig", "abholbereit", "abholen", "abgeholt", "abholung", "repariert", "in arbeit",
    "abgeschlossen", "beendet", "auf der buhne", "eingetroffen", " ready", "finished", "completed",
    "repaired", "worked on", "in progress", "on the lift", " pick", "collect",
    "soweit", "wagen durch", "auto durch", "alles erledigt", "good to go", "done with your",
    "taken care",
    *foreign_claims.STATE,
    *foreign_claims.REPAIRED,
)  # fmt: skip

_CAR = r"(?:auto|wagen|fahrzeug|pkw|kfz|motorrad|transporter)"
_WORK = r"(?:reparatur|inspektion|arbeiten|teile?|ersatzteile?|auftrag)"
_READY = r"(?:fertig\w*|abholbereit|repariert|abgeschlossen|beendet|erledigt|bereit zur abholung)"
_UNDER_WAY = r"(?:in arbeit|auf der buhne|eingetroffen|repariert)"
_WORDS = r"(?:[^\s,.;:!?]+ ){0,6}?"
_SAID = re.compile(
    rf"\b(?:ihr\w*|dein\w*|euer|eure) {_WORDS}(?:{_CAR}|{_WORK})\b {_WORDS}"
    rf"(?:{_READY}|{_UNDER_WAY})\b|"
    rf"\b(?:ist|sind|wird|wurde|steht) (?:ihr\w*|dein\w*) {_WORDS}{_CAR} {_WORDS}"
    rf"(?:{_READY}|{_UNDER_WAY})\b|"
    rf"\b(?:das|der|die) (?:{_CAR}|reparatur) (?:ist|wurde|wird|steht) {_WORDS}"
    rf"(?:{_READY}|{_UNDER_WAY})\b|"
    rf"\b(?:er|es|sie) (?:ist|steht) {_WORDS}(?:abholbereit|fertig)\b|"
    rf"\b(?:konnen|kannst|konnt) {_WORDS}(?:ihn|es|ihr\w*|dein\w*|das|den) {_WORDS}"
    rf"(?:jetzt|sofort|heute|morgen|ab \S+) {_WORDS}abholen\b|"
    rf"\b(?:jetzt|sofort|heute|morgen|bereits|schon) {_WORDS}(?:abholen|abgeholt)\b|"
    rf"\bmit (?:ihr\w*|dein\w*) {_WORDS}(?:durch|alles erledigt|fertig)\b|"
    rf"\bihr\w* {_WORDS}{_CAR} (?:ist|ware) {_WORDS}soweit\b|"
    r"\bdone with your (?:\w+ ){0,2}(?:car|vehicle|van)\b|\bon your \w+ has been taken care\b|"
    r"\byour (?:car|vehicle|van) is (?:\w+ ){0,2}good to go\b|"
    r"\byour (?:car|vehicle|van) is waiting\b.*\bfinished\b|"
    r"\babholbereit\b|"
    r"\byour (?:\w+ ){0,3}(?:car|vehicle|van|repair|order|parts?)\b (?:\S+ ){0,5}?"
    r"(?:ready|done|finished|completed|repaired|fixed|worked on|in progress|on the lift|arrived)\b|"
    r"\b(?:the|your) (?:car|vehicle|repair) (?:is|has been|was) (?:\w+ ){0,2}"
    r"(?:ready|done|finished|completed|repaired|fixed)\b|"
    r"\bready (?:for|to be) (?:pick|collect)|"
    r"\b(?:pick|picked|collect|collected) (?:\w+ ){0,3}(?:up )?(?:now|today|tomorrow|any ?time)\b"
)
_OPEN = re.compile(
    r"\b(?:wenn|sobald|ob|falls|wann|bis|nachdem|damit|meist\w*|regel|normalerweise|gewohnlich|"
    r"ublicherweise|oft|innerhalb|selben|etwa|ca|noch nicht|nicht|kein\w*|if|when|once|whether|"
    r"until|usually|normally|typically|within|about|same|not|as soon as)\b"
    r"[^,.;:!?–]{0,80}$"
)
_TRUE = {
    State.READY: re.compile(r"fertig|abholbereit|abhol|abgeholt|ready|done|finished|collect|pick"),
    State.IN_WORK: re.compile(
        r"in arbeit|auf der buhne|repariert|worked on|in progress|on the lift"
    ),
    State.ARRIVED: re.compile(r"eingetroffen|arrived"),
}


def claims_state(sentence: str, before: str) -> bool:
    """Both as `sight.seen` spells them; `before` is what came before."""
    for found in _SAID.finditer(sentence):
        upto = f"{sentence[: found.start()]}{found[0]}"
        if "?" not in sentence[found.end() :][:3] and not _OPEN.search(upto):
            return True
    return foreign_claims.claims_state(sentence, before)


def is_true_of_any(sentence: str, states: Collection[State]) -> bool:
    """Whether an appointment of this visitor, looked up for this answer, is in that state."""
    return any(state in _TRUE and _TRUE[state].search(sentence) for state in states)
