"""What a rule says: one of five states, how sure it is, and what it saw where."""

from collections.abc import Mapping
from types import MappingProxyType
from typing import Literal, NamedTuple

import msgspec

State = Literal["ok", "borderline", "abnormal", "not_assessable", "pid_missing"]
STATES: tuple[State, ...] = ("abnormal", "borderline", "ok", "not_assessable", "pid_missing")
"""Worst first; the two that say nothing about the car come last."""
FOUND: frozenset[State] = frozenset({"borderline", "abnormal"})
Value = float | str


class Limits(NamedTuple):
    """Beyond `borderline` a value is worth a look, beyond `abnormal` it is a fault."""

    borderline: float
    abnormal: float

    @property
    def worst_first(self) -> tuple[tuple[State, float], tuple[State, float]]:
        return ("abnormal", self.abnormal), ("borderline", self.borderline)


class Evidence(msgspec.Struct, frozen=True):
    """`from_s` to `to_s`: seconds since the recording began, None where time plays no part.

    `values` are what the rule measured (units stand in its sentence), `thresholds` what it
    compared them with, `signals` the keys to draw, `reason` a stable word why nothing can be said.
    """

    from_s: float | None = None
    to_s: float | None = None
    values: dict[str, Value] = {}
    thresholds: dict[str, float] = {}
    signals: list[str] = []
    reason: str = ""


class Verdict(msgspec.Struct, frozen=True):
    """`confidence` 0..1 is the least of window coverage, sampling adequacy and provenance."""

    number: int
    rule: str
    state: State
    confidence: float
    evidence: Evidence


class Answer(NamedTuple):
    """What the function of a rule gives back; the table adds number, name and thresholds."""

    state: State
    values: Mapping[str, Value] = MappingProxyType({})
    window: tuple[float, float] | None = None
    signals: tuple[str, ...] = ()
    confidence: float = 1.0
    reason: str = ""


def missing(*signals: str) -> Answer:
    """The car or the program did not give what the rule needs."""
    return Answer("pid_missing", signals=signals, confidence=0.0, reason="pid_missing")


def unknown(reason: str, **values: Value) -> Answer:
    """The recording has the signals, yet nothing may be concluded from them."""
    return Answer("not_assessable", values, confidence=0.0, reason=reason)


def above(value: float, limits: Limits) -> State:
    """Bigger is worse."""
    if value > limits.abnormal:
        return "abnormal"
    return "borderline" if value > limits.borderline else "ok"


def below(value: float, limits: Limits) -> State:
    """Smaller is worse."""
    return above(-value, Limits(-limits.borderline, -limits.abnormal))


def at_least(value: float, limits: Limits) -> State:
    """Bigger is worse, and reaching a limit counts."""
    if value >= limits.abnormal:
        return "abnormal"
    return "borderline" if value >= limits.borderline else "ok"


def worse(one: State, other: State) -> State:
    return min(one, other, key=STATES.index)
