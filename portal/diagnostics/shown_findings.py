"""Findings of the rules as a mechanic reads them: why, how sure, with what evidence, what next."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from typing import Any

import msgspec

from portal.diagnostics.signal_texts import signal_text
from portal.kit import text
from portal.kit.text import _

_TONES = {"abnormal": "danger", "borderline": "warning", "ok": "success"}
_STOP = frozenset({"overheating"})
"""Rules that speak of damage within minutes when they find something abnormal."""
_OF_PAPER = frozenset(
    {
        "not_ready",
        "recently_cleared",
        "permanent_without_stored",
        "software_changed",
        "odometer",
        "consumption_monitor",
    }
)
"""Rules about tests, history and papers: they say nothing about driving on."""
_OF_RECORDING = frozenset({"recording_quality"})
"""Rules about the recording: a broken radio link is no fault of the car."""
FOUND = frozenset({"abnormal", "borderline"})


class ShownFinding(msgspec.Struct, frozen=True, kw_only=True):
    """`show` is what the plot needs to lead there: signals and a stretch in seconds."""

    rule: str
    state: str
    title: str
    text: str
    confidence: float
    next_step: str
    stretch: str = ""
    limits: str = ""
    signals: list[str] = []
    show: dict[str, Any] | None = None

    @property
    def is_found(self) -> bool:
        return self.state in FOUND

    @property
    def is_about_car(self) -> bool:
        """False for what only says how well somebody recorded."""
        return self.rule not in _OF_RECORDING

    @property
    def tone(self) -> str:
        if self.is_found and not self.is_about_car:
            return "warning"
        return state_tone(self.state)

    @property
    def state_text(self) -> str:
        return state_text(self.state)

    @property
    def sure(self) -> str:
        return sure_text(self.confidence)

    @property
    def step(self) -> str:
        """How urgent it is to see a workshop, in the words of the trouble codes."""
        if self.rule in _OF_PAPER | _OF_RECORDING:
            return ""
        if self.state == "abnormal":
            return "stop" if self.rule in _STOP else "workshop_soon"
        return "drive_on" if self.state == "borderline" else ""


def state_tone(state: str) -> str:
    return _TONES.get(state, "neutral")


def state_text(state: str) -> str:
    return {
        "abnormal": _("conspicuous"),
        "borderline": _("borderline"),
        "ok": _("unremarkable"),
        "not_assessable": _("cannot be judged"),
        "pid_missing": _("value missing"),
    }[state]


def sure_text(confidence: float) -> str:
    """Three steps that people tell apart; the bar shows the rest."""
    if confidence >= 0.75:
        return _("well supported")
    return _("partly supported") if confidence >= 0.45 else _("weakly supported")


def shown_findings(findings: Iterable[Any], there: Collection[str]) -> list[ShownFinding]:
    """Rows of `findings.of_scan` in their order; `there`: keys of the signals that the scan has."""
    return [_shown(one, there) for one in findings]


def _shown(finding: Any, there: Collection[str]) -> ShownFinding:
    evidence = finding.evidence
    keys = [key for key in evidence.get("signals") or [] if key in there]
    begin, end = evidence.get("from_s"), evidence.get("to_s")
    has_stretch = begin is not None and end is not None
    rule = finding.rule
    has_limits = has_stretch and rule not in _OF_RECORDING
    return ShownFinding(
        rule=rule,
        state=finding.state,
        title=finding.title,
        text=finding.text,
        confidence=finding.confidence,
        next_step=finding.next_step,
        stretch=f"{_clock(begin)}–{_clock(end)}" if has_stretch else "",
        limits=_limits(evidence.get("thresholds") or {}) if has_limits else "",
        signals=[signal_text(key) for key in keys],
        show={"signals": keys, "from": begin, "to": end, "finding": rule} if keys else None,
    )


def windows(findings: Sequence[ShownFinding]) -> list[dict[str, Any]]:
    """The stretches that the plot shades."""
    return [
        {"from": one.show["from"], "to": one.show["to"], "tone": one.tone, "finding": one.rule}
        for one in findings
        if one.is_found and one.show and one.show["from"] is not None
    ]


def weightiest_signals(findings: Sequence[ShownFinding]) -> list[str]:
    """Keys of the signals that the first finding rests on: the plot begins with them."""
    first = next((one.show for one in findings if one.is_found and one.show), None)
    return list(first["signals"]) if first else []


def _limits(thresholds: Mapping[str, float]) -> str:
    low, high = thresholds.get("borderline"), thresholds.get("abnormal")
    if low is None or high is None:
        return ""
    figures = {"low": text.number(low, _digits(low)), "high": text.number(high, _digits(high))}
    if high < low:
        return _("borderline below %(low)s, conspicuous below %(high)s", **figures)
    return _("borderline above %(low)s, conspicuous above %(high)s", **figures)


def _digits(value: float) -> int:
    return 0 if value == round(value) else 1 if abs(value) >= 10 else 2


def _clock(seconds: float) -> str:
    return f"{int(seconds // 60)}:{int(seconds % 60):02d}"
