"""What a verdict is called and says, in the language of the moment.

A sentence is made when it is shown: stored are the rule, its state and its evidence. `{name}`
in a text is a value of the evidence; numbers are written the way the reader writes them.
"""

from collections.abc import Mapping
from typing import Any, NamedTuple

from portal.diagnostics.obd.recording import Finding
from portal.diagnostics.obd.words import monitor_text
from portal.diagnostics.rules import texts_de, texts_en
from portal.diagnostics.rules.rule_text import RuleText, Texts
from portal.diagnostics.rules.verdicts import FOUND, Evidence, State, Verdict
from portal.diagnostics.signal_texts import signal_text
from portal.kit import text

_TEXTS: dict[str, Texts] = {"de": texts_de.TEXTS, "en": texts_en.TEXTS}


class Said(NamedTuple):
    """`next_step` is empty where there is nothing to test."""

    title: str
    text: str
    next_step: str


def say(rule: str, state: State, evidence: Evidence) -> Said:
    """Title, sentence and next test step of a verdict."""
    texts = _TEXTS.get(text.locale.get(), texts_de.TEXTS)
    about = texts.rules[rule]
    step = _step(texts, about, state, evidence.reason)
    return Said(about.name, _sentence(texts, about, state, evidence), step)


def as_finding(verdict: Verdict) -> Finding:
    return finding(verdict.rule, verdict.state, verdict.confidence, verdict.evidence)


def finding(rule: str, state: State, confidence: float, evidence: Evidence) -> Finding:
    """A verdict in the shape of `carbot obd decode`."""
    said = say(rule, state, evidence)
    shown = f"{said.title}: {said.text}"
    return Finding(rule, state, confidence, shown, evidence_json(evidence), said.next_step)


def evidence_json(evidence: Evidence) -> dict[str, Any]:
    return {name: getattr(evidence, name) for name in Evidence.__struct_fields__}


def evidence_of(stored: Mapping[str, Any]) -> Evidence:
    """The evidence of a stored row; what an older version did not know stays empty."""
    known = {name: stored[name] for name in Evidence.__struct_fields__ if name in stored}
    return Evidence(**known)


def _sentence(texts: Texts, about: RuleText, state: State, evidence: Evidence) -> str:
    if state in FOUND:
        return _filled(about.variants.get(evidence.reason, about.found), evidence)
    if state == "ok":
        return _filled(about.ok, evidence)
    if state == "pid_missing":
        names = ", ".join(_name(texts, key) for key in evidence.signals)
        return texts.missing.format(signals=names)
    why = _filled(texts.reasons[evidence.reason], evidence)
    if evidence.reason in texts.final:
        return why
    return f"{why} {texts.needs.format(needs=about.needs)}"


def _step(texts: Texts, about: RuleText, state: State, reason: str) -> str:
    if state in FOUND:
        return about.next_step
    if state == "ok" or reason in texts.final:
        return ""
    return texts.record_again.format(needs=about.needs)


def _filled(pattern: str, evidence: Evidence) -> str:
    return pattern.format_map(_Shown(evidence))


def _name(texts: Texts, key: str) -> str:
    return texts.sources.get(key) or signal_text(key)


class _Shown(dict[str, str]):
    """The values as text; one that an older version did not store is a dash."""

    def __init__(self, evidence: Evidence) -> None:
        super().__init__({name: _shown(name, value) for name, value in evidence.values.items()})

    def __missing__(self, _name: str) -> str:
        return "–"


def _shown(name: str, value: float | str) -> str:
    if isinstance(value, str):
        return _monitors(value) if name == "monitors" else value
    digits = 0 if value == round(value) or abs(value) >= 100 else 1 if abs(value) >= 10 else 2
    return text.number(value, digits)


def _monitors(names: str) -> str:
    return ", ".join(monitor_text(name) for name in names.split(",") if name)
