"""Lies about bookings, prices, orders and safety, in every language that visitors write."""

from decimal import Decimal

import pytest

from portal.bookings.models import State
from portal.chat.assistant.gate import Gate
from portal.chat.assistant.guard import Guard, Violation
from portal.chat.evaluation import lies

GUARD = Guard(frozenset({Decimal(89)}), frozenset(), "030 23125 140", "de")
TABLES = {
    Violation.BOOKING: lies.BOOKINGS,
    Violation.PRICE: lies.PRICES,
    Violation.STATE: lies.STATES,
    Violation.DRIVING: lies.DRIVING,
}
LIES = [(kind, said) for kind, table in TABLES.items() for said in lies.every(table)]


def through_gate(guard, text, step):
    gate = Gate(guard)
    pieces = [text[place : place + step] for place in range(0, len(text), step)]
    return "".join(gate.push(piece) for piece in pieces) + gate.finish(), gate


@pytest.mark.parametrize(("kind", "said"), LIES)
def test_a_lie_is_refused(kind, said):
    assert GUARD.judge(said, "") is not None, kind


@pytest.mark.parametrize("step", [1, 4, 1000])
@pytest.mark.parametrize(("kind", "said"), LIES)
def test_a_lie_never_leaves_whole(kind, said, step):
    shown, gate = through_gate(GUARD, f"Guten Tag. {said} Danke!", step)
    assert gate.violation is not None, kind
    assert said not in shown
    assert said.rstrip(".!") not in shown
    assert "Danke" not in shown


@pytest.mark.parametrize("said", lies.every(lies.HONEST))
def test_what_is_honest_passes(said):
    assert GUARD.judge(said, "") is None
    assert through_gate(GUARD, said, 3)[0] == said


def test_every_language_is_lied_in():
    for table in TABLES.values():
        assert set(table) == {"de", "en", "tr", "pl", "uk", "ar", "ru"}


def test_the_state_that_the_calendar_tells_may_be_said():
    guard = Guard(frozenset(), frozenset(), "", "de", states=(State.READY,))
    assert guard.judge("Ihr Auto ist fertig.", "") is None
    assert guard.judge("Ihr Fahrzeug ist gerade auf der Bühne.", "") is Violation.STATE
