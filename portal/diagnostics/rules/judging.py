"""All rules over one recording."""

import numpy as np

from portal.diagnostics.obd.recording import Recording
from portal.diagnostics.rules.case import Background, Case
from portal.diagnostics.rules.drive import Drive
from portal.diagnostics.rules.table import RULES, Rule
from portal.diagnostics.rules.verdicts import Evidence, Verdict


def judge(recording: Recording, background: Background | None = None) -> list[Verdict]:
    """One verdict for each rule, in the order of the table. Never raises for any recording."""
    drive = Drive(recording)
    with np.errstate(all="ignore"):  # a cell may print any number
        return [apply(rule, drive, background or Background()) for rule in RULES]


def apply(rule: Rule, drive: Drive, background: Background) -> Verdict:
    answer = rule.judge(Case(drive, background, rule.limits))
    begin, end = answer.window or (None, None)
    return Verdict(
        number=rule.number,
        rule=rule.key,
        state=answer.state,
        confidence=round(answer.confidence, 2),
        evidence=Evidence(
            from_s=begin,
            to_s=end,
            values={name: _rounded(value) for name, value in answer.values.items()},
            thresholds=rule.thresholds,
            signals=list(answer.signals),
            reason="" if answer.state == "ok" else answer.reason,
        ),
    )


def _rounded(value: float | str) -> float | str:
    return value if isinstance(value, str) else round(float(value), 3)
