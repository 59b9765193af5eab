"""The verdict of a scan in one sentence: what is wrong, how sure, what to test next, may it drive.

Pure: made from what the page shows. It never says more than was read, and where nobody read the
trouble codes it never says that there are none.
"""

from collections.abc import Sequence
from typing import Literal

import msgspec

from portal.diagnostics.shown_codes import STEP_TONES, ShownFault
from portal.diagnostics.shown_findings import ShownFinding
from portal.kit.text import _, ngettext

CodesRead = Literal["complete", "partial", "none"]
_STEPS = ("drive_on", "workshop_soon", "stop")


class Summary(msgspec.Struct, frozen=True, kw_only=True):
    """`tone` colours the verdict; `confidence` 0..1 is None where no finding carries it."""

    tone: str
    headline: str
    detail: str
    sure: str
    confidence: float | None
    next_step: str
    drive: str
    drive_tone: str
    drive_why: str


def summarize(
    faults: Sequence[ShownFault],
    findings: Sequence[ShownFinding],
    *,
    codes_read: CodesRead,
) -> Summary:
    """`findings` in the order of their weight, as the page shows them."""
    wrong = [one for one in findings if one.is_found and one.is_about_car]
    step, why = _may_it_drive(faults, wrong, codes_read)
    return Summary(
        tone=_tone(faults, wrong, codes_read),
        headline=_headline(faults, wrong, codes_read),
        detail=_detail(faults, wrong, was_judged=_was_judged(findings)),
        sure=_sure(faults, wrong, codes_read),
        confidence=wrong[0].confidence if wrong else None,
        next_step=_next_step(faults, wrong, codes_read),
        drive=_drive_text(step),
        drive_tone=STEP_TONES.get(step, "neutral"),
        drive_why=why,
    )


def _was_judged(findings: Sequence[ShownFinding]) -> bool:
    judged = {"ok", "borderline", "abnormal"}
    return any(one.state in judged and one.is_about_car for one in findings)


def _tone(
    faults: Sequence[ShownFault], wrong: Sequence[ShownFinding], codes_read: CodesRead
) -> str:
    if any(fault.step == "stop" or fault.is_stored for fault in faults):
        return "danger"
    if any(one.state == "abnormal" for one in wrong):
        return "danger"
    if faults or wrong:
        return "warning"
    return "success" if codes_read == "complete" else "info"


def _headline(
    faults: Sequence[ShownFault], wrong: Sequence[ShownFinding], codes_read: CodesRead
) -> str:
    if not wrong:
        return _codes_sentence(faults, codes_read)
    titles = ", ".join(one.title for one in wrong[:3])
    measured = _("Conspicuous: %(titles)s.", titles=titles)
    return f"{_codes_sentence(faults, codes_read)} {measured}"


def _detail(
    faults: Sequence[ShownFault], wrong: Sequence[ShownFinding], *, was_judged: bool
) -> str:
    """What stands beside the headline, smaller: how the car feels, what the rules say."""
    if wrong:
        return wrong[0].text
    if faults:
        return faults[0].symptoms if faults[0].code.origin == "iso" else ""
    return _("Nothing conspicuous in what could be judged.") if was_judged else ""


def _codes_sentence(faults: Sequence[ShownFault], codes_read: CodesRead) -> str:
    if faults:
        first = faults[0]
        return ngettext(
            "Trouble code %(code)s: %(text)s.",
            "%(num)s trouble codes, first of all %(code)s: %(text)s.",
            len({fault.code.code for fault in faults}),
            code=first.code.code,
            text=first.said.rstrip("."),
        )
    return {
        "complete": _("No trouble code in the control units that answered."),
        "partial": _("The trouble codes were read incompletely: so far none is known."),
        "none": _("The trouble codes were not read."),
    }[codes_read]


def _sure(
    faults: Sequence[ShownFault], wrong: Sequence[ShownFinding], codes_read: CodesRead
) -> str:
    if wrong:
        return wrong[0].sure
    if faults:
        return _("Told by the control unit itself. The cause is not proven by that.")
    if codes_read == "complete":
        return _("Certain for what was read, and for nothing else.")
    return _("No statement about trouble codes is possible.")


def _next_step(
    faults: Sequence[ShownFault], wrong: Sequence[ShownFinding], codes_read: CodesRead
) -> str:
    gravest = next((fault for fault in faults if fault.step == "stop" and fault.checks), None)
    if gravest:
        return gravest.checks[0]
    if step := next((one.next_step for one in wrong if one.next_step), ""):
        return step
    if checks := next((fault.checks for fault in faults if fault.checks), []):
        return checks[0]
    if codes_read != "complete":
        return _("Read the trouble codes of all control units.")
    if faults:
        return _("Look the code up in the maker's documents.")
    return _("Nothing follows from this scan.")


def _may_it_drive(
    faults: Sequence[ShownFault], wrong: Sequence[ShownFinding], codes_read: CodesRead
) -> tuple[str, str]:
    """The gravest step of all that was found; no word of comfort after an incomplete reading."""
    steps = [(fault.step, fault.why) for fault in faults if fault.step]
    steps += [(one.step, one.title) for one in wrong if one.step]
    worst = max(steps, key=lambda pair: _STEPS.index(pair[0]), default=("", ""))
    if worst[0] in {"stop", "workshop_soon"}:
        return worst
    if codes_read != "complete":
        return "", _("Without all trouble codes nothing can be said about it.")
    if faults:
        return worst
    return "", _("This scan gives no reason to leave it. It does not test brakes or steering.")


def _drive_text(step: str) -> str:
    return {
        "stop": _("Do not drive on"),
        "workshop_soon": _("Into the workshop soon"),
        "drive_on": _("Can wait until the next visit"),
        "": _("No statement"),
    }[step]
