"""The first draft of an owner's report, made by rule from what the page of the scan shows. Pure."""

from collections.abc import Sequence

from portal.diagnostics.owner_words import proposal
from portal.diagnostics.report_texts import STEPS, ReportContent, Sentence, Step
from portal.diagnostics.shown_codes import ShownFault
from portal.diagnostics.shown_findings import ShownFinding
from portal.diagnostics.summaries import CodesRead
from portal.kit.text import _

MOST_FOUND, MOST_ADVICE = 8, 4


def drafted(
    faults: Sequence[ShownFault],
    findings: Sequence[ShownFinding],
    *,
    codes_read: CodesRead,
    unread: Sequence[str] = (),
) -> ReportContent:
    """Plain words, each sentence tied to its code or finding; facts of the car are added later."""
    wrong = [one for one in findings if one.is_found and one.is_about_car]
    step = _least_step(faults, wrong, codes_read)
    return ReportContent(
        headline=_headline(faults, wrong, codes_read, step),
        found=[*_of_codes(faults), *_of_findings(wrong)][:MOST_FOUND]
        or [Sentence(_nothing(codes_read), "reading")],
        advice=_advice(faults, wrong, codes_read)[:MOST_ADVICE],
        step=step,
        least_step=step,
        unread=list(unread),
    )


def _least_step(
    faults: Sequence[ShownFault], wrong: Sequence[ShownFinding], codes_read: CodesRead
) -> Step:
    """The strictest of all; without a complete reading nothing comforting is left."""
    said = {fault.step for fault in faults} | {one.step for one in wrong}
    strictest: Step = next((step for step in STEPS if step and step in said), "")
    if codes_read != "complete" and strictest == "drive_on":
        return ""
    return strictest


def _headline(
    faults: Sequence[ShownFault],
    wrong: Sequence[ShownFinding],
    codes_read: CodesRead,
    step: Step,
) -> str:
    if step == "stop":
        return _("Your car needs our attention before you drive it again")
    if faults:
        return _("The electronics of your car report a fault")
    if any(one.state == "abnormal" for one in wrong):
        return _("The readings of your car are conspicuous")
    if wrong:
        return _("One reading of your car deserves attention")
    if codes_read == "complete":
        return _("We found no fault message when reading out your car")
    return _("We recorded readings of your car")


def _of_codes(faults: Sequence[ShownFault]) -> list[Sentence]:
    """Each code once, in the words of the code, with what the driver may notice of it."""
    seen: dict[str, Sentence] = {}
    for fault in faults:
        code = fault.code.code
        if code not in seen:
            said = _(
                "Your car reports: %(text)s (code %(code)s).",
                text=fault.text.rstrip("."),
                code=code,
            )
            signs = _("Typical signs: %(signs)s.", signs=fault.symptoms.rstrip("."))
            seen[code] = Sentence(
                f"{said} {signs}" if fault.symptoms and fault.is_exact else said, f"code:{code}"
            )
    return list(seen.values())


def _of_findings(wrong: Sequence[ShownFinding]) -> list[Sentence]:
    return [
        Sentence(
            _("%(title)s (%(sure)s): %(text)s", title=one.title, sure=one.sure, text=one.text),
            f"finding:{one.rule}",
        )
        for one in wrong
    ]


def _advice(
    faults: Sequence[ShownFault], wrong: Sequence[ShownFinding], codes_read: CodesRead
) -> list[Sentence]:
    steps = [(proposal(one.rule), f"finding:{one.rule}") for one in wrong]
    steps += [(proposal(one.family), f"check:{one.code.code}") for one in faults]
    once = {text: source for text, source in reversed(steps) if text}
    found = [Sentence(text, source) for text, source in reversed(once.items())]
    if codes_read != "complete":
        found.append(Sentence(_("We suggest to read out all control units of the car."), "reading"))
    return found


def _nothing(codes_read: CodesRead) -> str:
    return {
        "complete": _("None of the control units that answered has stored a fault."),
        "partial": _("The control units that were read have stored no fault; others were silent."),
        "none": _("The memory for faults was not read. We only recorded what sensors measured."),
    }[codes_read]
