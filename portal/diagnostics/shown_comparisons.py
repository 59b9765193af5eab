"""Two scans of one car side by side, in words: what went, what came, what stayed."""

from collections.abc import Collection, Sequence

import msgspec

from portal.diagnostics.answer_texts import ecu_text
from portal.diagnostics.models import Scan, ScanFinding
from portal.diagnostics.obd.words import monitor_text, status_text
from portal.diagnostics.rules.comparison import Comparison, Figures
from portal.diagnostics.shown_codes import printed_words, words_of
from portal.diagnostics.shown_findings import state_text, state_tone
from portal.diagnostics.shown_readings import unit_names
from portal.diagnostics.signal_texts import signal_text, unit_text
from portal.kit import text
from portal.kit.text import _

_NOT_OF_THE_CAR = frozenset({"recently_cleared", "not_ready", "recording_quality"})
_TONES = {"new": "danger", "still": "warning", "gone": "success", "unknown": "neutral"}


class CodeRow(msgspec.Struct, frozen=True):
    code: str
    text: str
    ecu: str
    change: str
    tone: str
    before: str
    after: str


class MonitorRow(msgspec.Struct, frozen=True):
    name: str
    before: bool | None
    after: bool | None


class FindingRow(msgspec.Struct, frozen=True):
    """`direction` is better, worse or unknown."""

    title: str
    before: str
    before_tone: str
    after: str
    after_tone: str
    direction: str


class SignalRow(msgspec.Struct, frozen=True):
    name: str
    before: str
    after: str
    difference: str
    spans: tuple[str, str]


class ShownComparison(msgspec.Struct, frozen=True, kw_only=True):
    headline: str
    tone: str
    kilometres: str
    codes: list[CodeRow]
    monitors: list[MonitorRow]
    findings: list[FindingRow]
    signals: list[SignalRow]
    was_cleared: bool


def shown_comparison(
    said: Comparison,
    findings: Sequence[ScanFinding],
    make: str | None,
    *,
    scans: Sequence[Scan],
    codes_complete: bool,
) -> ShownComparison:
    """`findings` are those of the later scan: they know titles, and whether codes were cleared.

    `scans` are both, the earlier first: they know what their control units are called.
    `codes_complete`: both scans read all trouble codes.
    """
    names = {ecu: name for scan in scans for ecu, name in unit_names(scan).items()}
    printed = printed_words(scans)
    titles = {one.rule: one.title for one in findings}
    return ShownComparison(
        headline=_headline(said, codes_complete=codes_complete),
        tone=_tone(said),
        kilometres=_kilometres(said.kilometres),
        codes=[
            CodeRow(
                one.code,
                words_of(one.code, printed, make),
                ecu_text(one.ecu, names.get(one.ecu)),
                change_text(one.change),
                _TONES[one.change],
                _states(one.before),
                _states(one.after),
            )
            for one in said.codes
        ],
        monitors=[
            MonitorRow(monitor_text(one.monitor), one.before, one.after) for one in said.monitors
        ],
        findings=[
            FindingRow(
                titles.get(one.rule, one.rule),
                state_text(one.before),
                state_tone(one.before),
                state_text(one.after),
                state_tone(one.after),
                one.direction,
            )
            for one in said.findings
        ],
        signals=[_signal(one.key, one.before, one.after) for one in said.signals],
        was_cleared=any(one.rule == "recently_cleared" and one.is_found for one in findings),
    )


def change_text(change: str) -> str:
    return {
        "new": _("new"),
        "still": _("still there"),
        "gone": _("gone"),
        "unknown": _("not read on one side"),
    }[change]


def _headline(said: Comparison, *, codes_complete: bool) -> str:
    counts = {
        change: len({one.code for one in said.codes if one.change == change}) for change in _TONES
    }
    if not said.codes and not codes_complete:
        return _("No trouble code known: the codes were not read completely.")
    if not said.codes:
        return _("No trouble code in either scan.")
    parts = [
        _("%(count)s gone", count=counts["gone"]),
        _("%(count)s new", count=counts["new"]),
        _("%(count)s still there", count=counts["still"]),
    ]
    if counts["unknown"]:
        parts.append(_("%(count)s not read on one side", count=counts["unknown"]))
    return _("Trouble codes: %(changes)s.", changes=", ".join(parts))


def _tone(said: Comparison) -> str:
    """What follows from clearing codes and from the recording itself makes no car worse."""
    changes = {one.change for one in said.codes}
    directions = {one.direction for one in said.findings if one.rule not in _NOT_OF_THE_CAR}
    if "new" in changes or "worse" in directions:
        return "danger"
    if changes & {"still", "unknown"}:
        return "warning"
    return "success" if changes or "better" in directions else "neutral"


def _kilometres(kilometres: float | None) -> str:
    if kilometres is None:
        return ""
    if kilometres < 0:
        return _(
            "%(km)s km fewer than before: please check the odometer.", km=text.number(-kilometres)
        )
    return _("%(km)s km driven in between.", km=text.number(kilometres))


def _states(states: Collection[str]) -> str:
    return ", ".join(status_text(one) for one in sorted(states)) or "–"


def _signal(key: str, before: Figures, after: Figures) -> SignalRow:
    unit = unit_text(after.unit)
    digits = 1 if max(abs(before.mean), abs(after.mean)) >= 10 else 2
    change = after.mean - before.mean
    return SignalRow(
        name=signal_text(key),
        before=f"{text.number(before.mean, digits)} {unit}".rstrip(),
        after=f"{text.number(after.mean, digits)} {unit}".rstrip(),
        difference=("+" if change > 0 else "") + text.number(change, digits).replace("-", "−"),
        spans=(_span(before, digits), _span(after, digits)),
    )


def _span(figures: Figures, digits: int) -> str:
    return f"{text.number(figures.low, digits)} … {text.number(figures.high, digits)}"
